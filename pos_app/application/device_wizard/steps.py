"""From state and answer to the next state. An answer that makes no sense where it is given changes nothing."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from pos_app.application.device_wizard.display_steps import about_display, try_display
from pos_app.application.device_wizard.drawer_steps import about_drawer, try_box
from pos_app.application.device_wizard.scale_steps import about_scale
from pos_app.application.device_wizard.scanner_steps import about_scanner, begin_scanner
from pos_app.application.device_wizard.state import (
    PRINTER_SPEEDS,
    TRIAL_CHARSETS,
    TRIAL_COLUMNS,
    TRIAL_QR,
    TRIAL_QR_DRAWN,
    Again,
    Answer,
    Cancel,
    Choose,
    Done,
    Kind,
    Look,
    Looked,
    Mark,
    Marked,
    PrintSpeeds,
    PrintTrial,
    Said,
    Save,
    Step,
    Typed,
    WizardState,
    ask,
    may_be,
)
from pos_app.config import DeviceSettings, PrinterSettings, WireKind

#: The best first: a printer that knows more characters is asked for more.
_BEST_CHARSETS: Final = (2, 1, 3, 4)
_HOST: Final = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}))(?::(\d{1,5}))?")
_MOST_PORT: Final = 65_535
_USUAL_PORT: Final = 9100
_change = msgspec.structs.replace


def begin(devices: DeviceSettings) -> WizardState:
    """The wizard as it opens."""
    return WizardState(before=devices, devices=devices)


def answer(state: WizardState, given: Answer) -> WizardState:
    """The state after an answer of a person or of what was to be done."""
    if state.is_over:
        return state
    if isinstance(given, Cancel):
        return _change(state, step=Step.CANCELLED, devices=state.before, act=None, notice="")
    if isinstance(given, Again):
        return begin(state.before)
    match state.step, given:
        case Step.KIND, Choose(number=number) if 1 <= number <= len(Kind):
            return _kind(state, tuple(Kind)[number - 1])
        case ((Step.CUT | Step.DRAWER_AT | Step.PULSING | Step.DRAWER), _):
            return about_drawer(state, given)
        case ((Step.LOAD | Step.SEARCHING | Step.WEIGHING), _):
            return about_scale(state, given)
        case ((Step.SHOWING | Step.READ | Step.LIGHTING | Step.LAMP), _):
            return about_display(state, given)
        case ((Step.PRINTING_CODE | Step.SCAN), _):
            return about_scanner(state, given)
        case Step.SUMMARY, Said(yes=yes):
            return (
                _change(state, step=Step.SAVING, act=Save(state.devices), notice="") if yes else answer(state, Cancel())
            )
        case Step.SAVING, Done(reason=reason):
            return ask(state, Step.SUMMARY, reason) if reason else ask(state, Step.FINISHED)
        case _:
            return _about_printer(state, given)


def _about_printer(state: WizardState, given: Answer) -> WizardState:
    match state.step, given:
        case Step.LOOKING, Looked(candidates=found):
            candidates = tuple(each for each in found if may_be(state.kind, each))
            return ask(_change(state, candidates=candidates), Step.WHICH)
        case Step.LOOKING, Done(reason=reason) if reason:
            return ask(state, Step.KIND, reason)
        case Step.WHICH, Choose(number=number) if 1 <= number <= state.choices:
            return _which(state, number)
        case Step.ADDRESS, Typed(text=text):
            return _address(state, text)
        case ((Step.PRINTING_SPEEDS | Step.PRINTING), Done(reason=reason)) if reason:
            return ask(state, Step.WHICH, reason)
        case Step.PRINTING_SPEEDS, Done():
            return ask(state, Step.SPEED)
        case Step.SPEED, Choose(number=0):
            return ask(state, Step.WHICH, "wizard.no_speed")
        case Step.SPEED, Choose(number=number) if 1 <= number <= len(PRINTER_SPEEDS):
            return _print(_change(state, printer=_change(state.printer, baud=PRINTER_SPEEDS[number - 1])))
        case Step.PRINTING, Done():
            return ask(_change(state, marks=frozenset()), Step.TRIAL)
        case Step.TRIAL, (Mark() | Marked() as given):
            return _trial(state, given)
        case _:
            return state


def _kind(state: WizardState, kind: Kind) -> WizardState:
    state = _change(WizardState(before=state.before, devices=state.before), kind=kind)
    match kind:
        case Kind.PRINTER | Kind.DISPLAY:
            return _change(state, step=Step.LOOKING, act=Look())
        case Kind.DRAWER:
            return ask(state, Step.DRAWER_AT)
        case Kind.SCANNER:
            return begin_scanner(state)
        case Kind.SCALE:
            return ask(state, Step.LOAD)


def _which(state: WizardState, number: int) -> WizardState:
    if number > len(state.candidates):
        return ask(state, Step.ADDRESS)
    wire = state.candidates[number - 1].wire
    if state.kind is Kind.DRAWER:
        return try_box(state, wire)
    if state.kind is Kind.DISPLAY:
        return try_display(state, wire)
    printer = _change(PrinterSettings(), **msgspec.structs.asdict(wire))
    state = _change(state, printer=printer)
    if wire.kind is WireKind.SERIAL:
        return _change(state, step=Step.PRINTING_SPEEDS, act=PrintSpeeds(printer), notice="")
    return _print(state)


def _address(state: WizardState, text: str) -> WizardState:
    found = _HOST.fullmatch(text.strip())
    port = int(found[2] or _USUAL_PORT) if found is not None else 0
    if found is None or not 1 <= port <= _MOST_PORT:
        return ask(state, Step.ADDRESS, "wizard.no_address")
    return _print(_change(state, printer=PrinterSettings(kind=WireKind.TCP, host=found[1], port=port)))


def _print(state: WizardState) -> WizardState:
    return _change(state, step=Step.PRINTING, act=PrintTrial(state.printer), notice="")


def _trial(state: WizardState, given: Mark | Marked) -> WizardState:
    if isinstance(given, Mark):
        if not 1 <= given.number <= TRIAL_QR_DRAWN:
            return state
        return _change(state, marks=state.marks ^ {given.number}, notice="")
    charset = next((TRIAL_CHARSETS[each] for each in _BEST_CHARSETS if each in state.marks), "")
    if not charset:
        return ask(state, Step.WHICH, "wizard.nothing_right")
    widths = [columns for number, columns in TRIAL_COLUMNS.items() if number in state.marks]
    columns = max(widths, default=TRIAL_COLUMNS[min(TRIAL_COLUMNS)])
    usual = {32: 58, 48: 80}
    printer = _change(
        state.printer,
        charset=charset,
        paper_mm=usual.get(columns, 80),
        columns=0 if columns in usual else columns,
        native_qr=TRIAL_QR in state.marks,
    )
    return ask(_change(state, printer=printer), Step.CUT)
