"""A scale is found by what it says; whether it says what lies on it, the person before it sees."""

from __future__ import annotations

import msgspec

from pos_app.application.device_wizard.state import (
    Answer,
    Done,
    FindScales,
    Marked,
    Said,
    ScalesFound,
    Step,
    Weigh,
    Weighed,
    WizardState,
    ask,
)
from pos_app.config import DeviceSettings

_change = msgspec.structs.replace


def about_scale(state: WizardState, given: Answer) -> WizardState:
    """The state after an answer about a scale."""
    match state.step, given:
        case Step.LOAD, Marked():
            act = FindScales(_ports_of_others(state.before))
            return _change(state, step=Step.SEARCHING, act=act, notice="")
        case Step.SEARCHING, ScalesFound(scales=scales):
            return _weigh(_change(state, scales=scales))
        case Step.SEARCHING, Done(reason=reason) if reason:
            return ask(state, Step.LOAD, reason)
        case Step.WEIGHING, Weighed():
            return _change(state, weighed=given)
        case Step.WEIGHING, Said(yes=True):
            return ask(_change(state, devices=_change(state.before, scale=state.scales[0])), Step.SUMMARY)
        case Step.WEIGHING, Said(yes=False):
            return _weigh(_change(state, scales=state.scales[1:]))
        case _:
            return state


def _weigh(state: WizardState) -> WizardState:
    """Read the first of those that are left."""
    state = _change(state, weighed=None)
    if not state.scales:
        return ask(state, Step.LOAD, "wizard.no_scale")
    return _change(state, step=Step.WEIGHING, act=Weigh(state.scales[0]), notice="")


def _ports_of_others(devices: DeviceSettings) -> tuple[str, ...]:
    """Where other devices are, to which a question for a weight would be something to print or to show."""
    printers = (devices.printer, devices.stand_in, *(each.printer for each in devices.copies))
    others = (*printers, *devices.scanners, devices.display, devices.drawer)
    return tuple(sorted({each.device for each in others if each.device}))
