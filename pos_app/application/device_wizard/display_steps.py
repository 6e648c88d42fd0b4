"""A line display is learnt from what a person reads on it: it is spoken to in several ways, each with a number."""

from __future__ import annotations

import msgspec

from pos_app.application.device_wizard.state import (
    DISPLAY_TRIES,
    LAMP_MODELS,
    Answer,
    Done,
    LightLamp,
    Mark,
    Marked,
    Said,
    ShowNumbers,
    Step,
    WizardState,
    ask,
)
from pos_app.config import DisplaySettings, Wire

_change = msgspec.structs.replace


def try_display(state: WizardState, wire: Wire) -> WizardState:
    """A port was chosen: show the numbers there."""
    display = _change(DisplaySettings(), **msgspec.structs.asdict(wire))
    return _change(state, display=display, step=Step.SHOWING, act=ShowNumbers(wire), notice="")


def about_display(state: WizardState, given: Answer) -> WizardState:
    """The state after an answer about a display."""
    match state.step, given:
        case ((Step.SHOWING | Step.LIGHTING), Done(reason=reason)) if reason:
            return ask(state, Step.WHICH, reason)
        case Step.SHOWING, Done():
            return ask(_change(state, marks=frozenset()), Step.READ)
        case Step.READ, Mark(number=number) if 1 <= number <= len(DISPLAY_TRIES):
            return _change(state, marks=state.marks ^ {number}, notice="")
        case Step.READ, Marked():
            return _read(state)
        case Step.LIGHTING, Done():
            return ask(state, Step.LAMP)
        case Step.LAMP, Said(yes=yes):
            return _done(state) if yes else _next_lamp(state)
        case _:
            return state


def _read(state: WizardState) -> WizardState:
    if not state.marks:
        return ask(state, Step.WHICH, "wizard.nothing_read")
    # One of text shows what is meant for figures, too; the other way round it is garbage.
    number = max(state.marks, key=lambda each: (DISPLAY_TRIES[each - 1][0] not in LAMP_MODELS, -each))
    model, baud = DISPLAY_TRIES[number - 1]
    state = _change(state, display=_change(state.display, model=model, baud=baud))
    return _light(state) if model in LAMP_MODELS else _done(state)


def _light(state: WizardState) -> WizardState:
    return _change(state, step=Step.LIGHTING, act=LightLamp(state.display), notice="")


def _next_lamp(state: WizardState) -> WizardState:
    model = LAMP_MODELS[LAMP_MODELS.index(state.display.model) + 1]
    state = _change(state, display=_change(state.display, model=model))
    return _done(state) if model == LAMP_MODELS[-1] else _light(state)


def _done(state: WizardState) -> WizardState:
    before = state.before.display
    display = _change(state.display, greeting=before.greeting, charset=before.charset, columns=before.columns)
    return ask(_change(state, devices=_change(state.before, display=display)), Step.SUMMARY)
