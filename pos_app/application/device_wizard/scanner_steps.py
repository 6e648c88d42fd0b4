"""A scanner is learnt from what it sends when a known code is scanned."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from pos_app.application.device_wizard.state import (
    KNOWN_CODE,
    LONGEST_GAP_MS,
    SCANS_WANTED,
    Answer,
    Done,
    Heard,
    Listen,
    PrintCode,
    Step,
    WizardState,
    ask,
)
from pos_app.config import DeviceSettings, ScannerSettings, WireKind

_ENDS: Final = "\r\n\t"
#: The scanner says which kind of code it was; that is no prefix of the shop's.
_AIM: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]$")
_LONGEST_AFFIX: Final = 16
_change = msgspec.structs.replace


def begin_scanner(state: WizardState) -> WizardState:
    """A scanner is to be set up: the code it is to scan is printed where that can be."""
    printer = state.before.printer
    if printer.kind is WireKind.NONE:
        return _listen(state)
    return _change(state, step=Step.PRINTING_CODE, act=PrintCode(printer))


def about_scanner(state: WizardState, given: Answer) -> WizardState:
    """The state after an answer about a scanner."""
    match state.step, given:
        case Step.PRINTING_CODE, Done(reason=reason):
            return _listen(state, "wizard.code_not_printed" if reason else "")
        case Step.SCAN, Heard():
            return _heard(state, given)
        case _:
            return state


def _listen(state: WizardState, notice: str = "") -> WizardState:
    return _change(state, step=Step.SCAN, act=Listen(), notice=notice)


def _heard(state: WizardState, heard: Heard) -> WizardState:
    if heard.gap_ms > LONGEST_GAP_MS:
        return _change(state, notice="wizard.too_slow")
    if around(heard.text) is None:
        return _change(state, notice="wizard.other_code")
    first = state.heard[0] if state.heard else heard
    if (first.wire, around(first.text)) != (heard.wire, around(heard.text)):
        # Another scanner, or one that sends something else each time: begin to count again.
        return _change(state, heard=(heard,), notice="wizard.not_the_same")
    scans = (*state.heard, heard)
    state = _change(state, heard=scans, notice="")
    if len(scans) < SCANS_WANTED:
        return state
    return ask(_change(state, devices=_with_scanner(state)), Step.SUMMARY)


def around(text: str, code: str = KNOWN_CODE) -> tuple[str, str] | None:
    """What stands before and after the known code; None where it is another code, or too much stands there."""
    before, found, after = text.strip(_ENDS).partition(code)
    if not found:
        return None
    before = _AIM.sub("", before)
    return (before, after) if max(len(before), len(after)) <= _LONGEST_AFFIX else None


def readable(affix: str) -> str:
    """What a scanner sends, for people: control characters by their numbers, so that they steer nothing."""
    return "".join(each if each.isprintable() else f"<{ord(each):02X}>" for each in affix)


def _with_scanner(state: WizardState) -> DeviceSettings:
    first, before = state.heard[0], state.before
    prefix, suffix = around(first.text) or ("", "")
    if first.wire.kind is WireKind.NONE:
        measured = max(each.gap_ms for each in state.heard)
        wedge = _change(before.wedge, prefix=prefix, suffix=suffix, gap_ms=measured or before.wedge.gap_ms)
        return _change(before, wedge=wedge)
    others = tuple(each for each in before.scanners if each.device != first.wire.device)
    scanner = ScannerSettings(**msgspec.structs.asdict(first.wire), prefix=prefix, suffix=suffix)
    return _change(before, scanners=(*others, scanner))
