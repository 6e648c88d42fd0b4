"""A drawer is set up by trying what may open it: the printer's two wires, or a box at a port of its own."""

from __future__ import annotations

import msgspec

from pos_app.application.device_wizard.state import (
    BOX_PULSES,
    Answer,
    Choose,
    Done,
    Kind,
    Look,
    OpenBox,
    OpenDrawer,
    Said,
    Step,
    WizardState,
    ask,
)
from pos_app.config import DrawerSettings, Wire, WireKind

AT_PRINTER, AT_PORT = 1, 2
_change = msgspec.structs.replace


def about_drawer(state: WizardState, given: Answer) -> WizardState:
    """The state after an answer about a drawer, or about the cutter before it."""
    match state.step, given:
        case Step.DRAWER_AT, Choose(number=number) if number == AT_PORT:
            return _change(state, step=Step.LOOKING, act=Look(), notice="")
        case Step.DRAWER_AT, Choose(number=number) if number == AT_PRINTER:
            if state.before.printer.kind is WireKind.NONE:
                return ask(state, Step.DRAWER_AT, "wizard.printer_first")
            printer = _change(state.before.printer, drawer_pin=2)
            return _pulse(_change(state, printer=printer, drawer=DrawerSettings()))
        case Step.CUT, Said(yes=yes):
            return _pulse(_change(state, printer=_change(state.printer, has_cutter=yes, drawer_pin=2)))
        case Step.PULSING, Done(reason=reason):
            return _not_tried(state, reason) if reason else ask(state, Step.DRAWER)
        case Step.DRAWER, Said(yes=yes):
            return _box_said(state, opened=yes) if _is_box(state) else _printer_said(state, opened=yes)
        case _:
            return state


def _is_box(state: WizardState) -> bool:
    return state.drawer.kind is not WireKind.NONE


def _pulse(state: WizardState) -> WizardState:
    act = OpenBox(state.drawer) if _is_box(state) else OpenDrawer(state.printer)
    return _change(state, step=Step.PULSING, act=act, notice="")


def _not_tried(state: WizardState, reason: str) -> WizardState:
    if _is_box(state):
        return ask(state, Step.WHICH, reason)
    return ask(state, Step.DRAWER_AT, reason) if state.kind is Kind.DRAWER else _done(state, reason)


def _printer_said(state: WizardState, *, opened: bool) -> WizardState:
    if opened:
        return _done(state)
    if state.printer.drawer_pin == 2:
        return _pulse(_change(state, printer=_change(state.printer, drawer_pin=5)))
    if state.kind is Kind.DRAWER:
        return ask(state, Step.DRAWER_AT, "wizard.no_drawer")
    return _done(_change(state, printer=_change(state.printer, drawer_pin=2)), "wizard.no_drawer")


def _done(state: WizardState, notice: str = "") -> WizardState:
    devices = _change(state.before, printer=state.printer)
    if state.kind is Kind.DRAWER:
        # What is left of a wire of its own would be used instead.
        devices = _change(devices, drawer=_change(state.before.drawer, kind=WireKind.NONE))
    return ask(_change(state, devices=devices), Step.SUMMARY, notice)


# A box at a port of its own


def try_box(state: WizardState, wire: Wire) -> WizardState:
    """A port was chosen: try what boxes take for a pulse, one after another."""
    drawer = DrawerSettings(**msgspec.structs.asdict(wire), pulse=BOX_PULSES[0])
    return _pulse(_change(state, drawer=drawer))


def _box_said(state: WizardState, *, opened: bool) -> WizardState:
    if opened:
        return ask(_change(state, devices=_change(state.before, drawer=state.drawer)), Step.SUMMARY)
    tried = BOX_PULSES.index(state.drawer.pulse) + 1
    if tried == len(BOX_PULSES):
        return ask(_change(state, drawer=DrawerSettings()), Step.WHICH, "wizard.no_box")
    return _pulse(_change(state, drawer=_change(state.drawer, pulse=BOX_PULSES[tried])))
