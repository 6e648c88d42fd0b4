"""Invented states of the wizard for devices: every question, in order."""

from __future__ import annotations

from typing import Any

import msgspec
from gallery_shot import Shot

from pos_app.application.device_wizard.state import (
    KNOWN_CODE,
    Candidate,
    Choose,
    Done,
    Heard,
    Looked,
    Mark,
    Marked,
    Said,
    ScalesFound,
    Typed,
    Weighed,
    WizardState,
)
from pos_app.application.device_wizard.steps import answer, begin
from pos_app.bootstrap.trials import samples
from pos_app.config import DeviceSettings, PrinterSettings, ScaleSettings, Wire, WireKind
from pos_app.ui.device_words import trial_notice
from pos_app.ui.screens.device_wizard.state import DeviceWizardState

PRINTER = PrinterSettings(kind=WireKind.TCP, host="192.168.1.50")
FOUND = (
    Candidate(Wire(kind=WireKind.USB, vendor=0x0416, product=0x5011), "POS80", "printer"),
    Candidate(Wire(kind=WireKind.SPOOLER, queue="XP-58"), "", "printer"),
    Candidate(Wire(kind=WireKind.SERIAL, device="/dev/ttyS0"), "", "unknown"),
)
_PRINTER = (Choose(1), Looked(FOUND))
_SERIAL = (*_PRINTER, Choose(3))
_TRIED = (*_PRINTER, Choose(1), Done())
_MARKED = (*_TRIED, Mark(1), Mark(2), Mark(5), Mark(7), Mark(8), Mark(9))
_CUT = (*_MARKED, Marked())
_BOX = (Choose(2), Choose(2), Looked(FOUND), Choose(1), Done())
_SCALE = (
    Choose(4),
    Marked(),
    ScalesFound((ScaleSettings(kind=WireKind.SERIAL, device="/dev/ttyS1", data_bits=7, parity="E"),)),
)
_POLE = (Choose(5), Looked(FOUND), Choose(1), Done())
_SCAN = (Choose(3), Done())
_WEDGE = Heard(f"%{KNOWN_CODE}\r", gap_ms=46)
_PORT = Heard(
    f"\x02{KNOWN_CODE}\r", Wire(kind=WireKind.SERIAL, device="/dev/ttyUSB0", baud=19200, data_bits=7, parity="E")
)


def _state(*answers: Any, devices: DeviceSettings | None = None, can_save: bool = True) -> DeviceWizardState:
    wizard: WizardState = begin(devices or DeviceSettings(printer=PRINTER))
    for each in answers:
        wizard = answer(wizard, each)
    notice = trial_notice(wizard.notice) if wizard.notice else None
    return DeviceWizardState(wizard, samples(), 0, bool(answers) and not wizard.is_over, can_save, notice)


def wizard_shots() -> list[Shot]:
    """Every question of the wizard."""
    none = DeviceSettings()
    many = tuple(
        msgspec.structs.replace(FOUND[2], wire=Wire(kind=WireKind.SERIAL, device=f"/dev/ttyS{number}"))
        for number in range(12)
    )
    states = {
        "kind": _state(),
        "kind_printer_first": _state(Choose(2), devices=none),
        "looking": _state(Choose(1)),
        "which": _state(*_PRINTER),
        "which_many": _state(Choose(1), Looked(many)),
        "which_failed": _state(*_PRINTER, Choose(1), Done("paper_out")),
        "address": _state(*_PRINTER, Choose(4)),
        "address_wrong": _state(*_PRINTER, Choose(4), Typed("one two")),
        "printing_speeds": _state(*_SERIAL),
        "speed": _state(*_SERIAL, Done()),
        "printing": _state(*_PRINTER, Choose(1)),
        "trial": _state(*_TRIED),
        "trial_marked": _state(*_MARKED),
        "cut": _state(*_CUT),
        "pulsing": _state(*_CUT, Said(yes=True)),
        "drawer": _state(*_CUT, Said(yes=True), Done()),
        "summary_printer": _state(*_CUT, Said(yes=True), Done(), Said(yes=True)),
        "summary_no_drawer": _state(
            *_CUT, Said(yes=True), Done(), Said(yes=False), Done(), Said(yes=False), can_save=False
        ),
        "printing_code": _state(Choose(3)),
        "scan": _state(*_SCAN),
        "scan_shown_only": _state(Choose(3), Done("offline")),
        "scan_twice": _state(*_SCAN, _WEDGE, _WEDGE),
        "scan_other": _state(*_SCAN, _WEDGE, Heard("6901234567892")),
        "summary_wedge": _state(*_SCAN, _WEDGE, _WEDGE, _WEDGE),
        "summary_port": _state(*_SCAN, _PORT, _PORT, _PORT),
        "drawer_at": _state(Choose(2)),
        "which_port": _state(Choose(2), Choose(2), Looked(FOUND)),
        "drawer_box": _state(*_BOX),
        "summary_box": _state(*_BOX, Said(yes=True)),
        "load": _state(Choose(4)),
        "searching": _state(Choose(4), Marked()),
        "load_none": _state(Choose(4), Marked(), ScalesFound(())),
        "weighing": _state(*_SCALE),
        "weighing_moves": _state(*_SCALE, Weighed(1_280)),
        "weighing_stable": _state(*_SCALE, Weighed(285, is_stable=True)),
        "summary_scale": _state(*_SCALE, Weighed(285, is_stable=True), Said(yes=True)),
        "showing": _state(*_POLE[:-1]),
        "read": _state(*_POLE),
        "read_some": _state(*_POLE, Mark(1), Mark(3)),
        "lighting": _state(*_POLE, Mark(1), Marked()),
        "lamp": _state(*_POLE, Mark(1), Marked(), Done()),
        "summary_display": _state(*_POLE, Mark(3), Marked()),
        "saving": _state(*_SCAN, _PORT, _PORT, _PORT, Said(yes=True)),
        "finished": _state(*_SCAN, _PORT, _PORT, _PORT, Said(yes=True), Done()),
    }
    return [Shot(f"wizard_{name}", "device_wizard", state) for name, state in states.items()]
