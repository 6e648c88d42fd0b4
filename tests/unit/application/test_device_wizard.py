"""The wizard as a table: what is answered, and where that leads."""

import pytest

from pos_app.application.device_wizard.scanner_steps import around
from pos_app.application.device_wizard.state import (
    KNOWN_CODE,
    Again,
    Cancel,
    Candidate,
    Choose,
    Done,
    Heard,
    Listen,
    Look,
    Looked,
    Mark,
    Marked,
    OpenDrawer,
    PrintCode,
    PrintSpeeds,
    PrintTrial,
    Said,
    Save,
    Step,
    Typed,
)
from pos_app.application.device_wizard.steps import answer, begin
from pos_app.config import DeviceSettings, PrinterSettings, ScannerSettings, WedgeSettings, Wire, WireKind

USB = Candidate(Wire(kind=WireKind.USB, vendor=0x0416, product=0x5011), "POS80", "printer")
PORT = Candidate(Wire(kind=WireKind.SERIAL, device="/dev/ttyUSB0"), "USB Serial", "unknown")
SCANNER = Candidate(Wire(kind=WireKind.HID, device="0c2e:0b61"), "Honeywell", "scanner")
NETWORK = PrinterSettings(kind=WireKind.TCP, host="192.168.1.50", charset="utf8")
BEFORE = DeviceSettings(printer=NETWORK, wedge=WedgeSettings(prefix="%"))


def told(*answers, devices=BEFORE):
    state = begin(devices)
    for each in answers:
        state = answer(state, each)
    return state


FOUND = (Choose(1), Looked((SCANNER, USB, PORT)))
SCANNING = (Choose(3), Done())
TRIED = (*FOUND, Choose(1), Done())


def marked(*numbers):
    return (*TRIED, *(Mark(each) for each in numbers), Marked())


@pytest.mark.parametrize(
    ("answers", "step", "act"),
    [
        ((), Step.KIND, None),
        ((Choose(1),), Step.LOOKING, Look()),
        (FOUND, Step.WHICH, None),
        (
            (*FOUND, Choose(1)),
            Step.PRINTING,
            PrintTrial(PrinterSettings(kind=WireKind.USB, vendor=1046, product=20497)),
        ),
        (
            (*FOUND, Choose(2)),
            Step.PRINTING_SPEEDS,
            PrintSpeeds(PrinterSettings(kind=WireKind.SERIAL, device="/dev/ttyUSB0")),
        ),
        ((*FOUND, Choose(2), Done()), Step.SPEED, None),
        (
            (*FOUND, Choose(2), Done(), Choose(3)),
            Step.PRINTING,
            PrintTrial(PrinterSettings(kind=WireKind.SERIAL, device="/dev/ttyUSB0", baud=38400)),
        ),
        ((*FOUND, Choose(3)), Step.ADDRESS, None),
        (
            (*FOUND, Choose(3), Typed(" 192.168.1.9:9101 ")),
            Step.PRINTING,
            PrintTrial(PrinterSettings(kind=WireKind.TCP, host="192.168.1.9", port=9101)),
        ),
        (TRIED, Step.TRIAL, None),
        (marked(1), Step.CUT, None),
        ((Choose(3),), Step.PRINTING_CODE, PrintCode(NETWORK)),
        (SCANNING, Step.SCAN, Listen(KNOWN_CODE)),
        ((Choose(2),), Step.PULSING, OpenDrawer(NETWORK)),
        ((Choose(2), Done()), Step.DRAWER, None),
    ],
)
def test_what_follows(answers, step, act):
    state = told(*answers)
    assert (state.step, state.act, state.notice) == (step, act, "")


@pytest.mark.parametrize(
    ("answers", "step", "notice"),
    [
        ((*FOUND, Choose(1), Done("paper_out")), Step.WHICH, "paper_out"),
        ((*FOUND, Choose(2), Done("busy")), Step.WHICH, "busy"),
        ((*FOUND, Choose(2), Done(), Choose(0)), Step.WHICH, "wizard.no_speed"),
        ((*FOUND, Choose(3), Typed("one two")), Step.ADDRESS, "wizard.no_address"),
        ((*FOUND, Choose(3), Typed("a:0")), Step.ADDRESS, "wizard.no_address"),
        (marked(5, 8), Step.WHICH, "wizard.nothing_right"),
        ((Choose(2), Done("offline")), Step.SUMMARY, "offline"),
        ((Choose(3), Done("offline")), Step.SCAN, "wizard.code_not_printed"),
        ((*SCANNING, Heard(KNOWN_CODE, gap_ms=151)), Step.SCAN, "wizard.too_slow"),
        ((*SCANNING, Heard("6901234567892")), Step.SCAN, "wizard.other_code"),
        ((*SCANNING, Heard(KNOWN_CODE), Heard(f"%{KNOWN_CODE}")), Step.SCAN, "wizard.not_the_same"),
    ],
)
def test_what_goes_wrong_is_said_where_something_else_can_be_tried(answers, step, notice):
    state = told(*answers)
    assert (state.step, state.notice) == (step, notice)


def test_a_drawer_needs_a_printer():
    assert told(Choose(2), devices=DeviceSettings()).notice == "wizard.printer_first"


@pytest.mark.parametrize(
    ("numbers", "charset", "paper_mm", "columns", "native_qr"),
    [
        ((1, 2, 5, 6, 7, 8, 9), "gb18030", 80, 0, True),
        ((1, 3, 5, 9), "gbk", 58, 0, False),
        ((3, 4, 5, 6, 9), "utf8", 80, 42, False),
        ((4,), "raster", 58, 0, False),
        ((1, 2, 2, 7), "gbk", 80, 0, False),
    ],
)
def test_lines_that_look_right_make_the_printer(numbers, charset, paper_mm, columns, native_qr):
    made = told(*marked(*numbers)).printer
    assert (made.charset, made.paper_mm, made.columns, made.native_qr) == (charset, paper_mm, columns, native_qr)


@pytest.mark.parametrize(
    ("opened", "pin", "notice"), [((True,), 2, ""), ((False, True), 5, ""), ((False, False), 2, "wizard.no_drawer")]
)
def test_a_drawer_is_tried_at_both_pins(opened, pin, notice):
    answers = [*marked(1, 7), Said(yes=False)]
    for each in opened:
        answers += [Done(), Said(yes=each)]
    state = told(*answers)
    assert (state.step, state.notice) == (Step.SUMMARY, notice)
    made = state.devices.printer
    assert (made.drawer_pin, made.has_cutter, made.charset) == (pin, False, "gbk")
    assert answer(state, Said(yes=True)).act == Save(state.devices)


def test_without_a_printer_the_code_is_only_shown():
    state = told(Choose(3), devices=DeviceSettings())
    assert (state.step, state.act, state.notice) == (Step.SCAN, Listen(KNOWN_CODE), "")


def test_three_scans_of_one_scanner_teach_what_it_types():
    state = told(*SCANNING, *(Heard(f"%%{KNOWN_CODE}#\r", gap_ms=gap) for gap in (20, 66, 31)))
    assert state.step is Step.SUMMARY
    assert state.devices.wedge == WedgeSettings(prefix="%%", suffix="#", gap_ms=66)
    assert state.devices.printer == NETWORK


def test_three_scans_at_a_port_make_a_scanner_beside_the_others():
    other = ScannerSettings(kind=WireKind.SERIAL, device="/dev/ttyS1")
    port = Wire(kind=WireKind.SERIAL, device="/dev/ttyUSB0", baud=115200)
    before = DeviceSettings(scanners=(other, ScannerSettings(kind=WireKind.SERIAL, device="/dev/ttyUSB0")))
    state = told(*SCANNING, *[Heard(f"\x02{KNOWN_CODE}\x03\r\n", port)] * 3, devices=before)
    taught = ScannerSettings(kind=WireKind.SERIAL, device="/dev/ttyUSB0", baud=115200, prefix="\x02", suffix="\x03")
    assert state.devices.scanners == (other, taught)


def test_another_scanner_in_between_begins_to_count_again():
    state = told(*SCANNING, Heard(KNOWN_CODE), Heard(f"A{KNOWN_CODE}"), Heard(f"A{KNOWN_CODE}"))
    assert len(state.heard) == 2
    assert answer(state, Heard(f"A{KNOWN_CODE}")).devices.wedge.prefix == "A"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"]E0{KNOWN_CODE}\r", ("", "")),
        (f"A]E0{KNOWN_CODE}\r\n", ("A", "")),
        (f"{'x' * 17}{KNOWN_CODE}", None),
        ("2912345678", None),
    ],
)
def test_what_stands_around_a_code(text, found):
    assert around(text) == found


ANYWHERE = [
    (),
    (Choose(1),),
    FOUND,
    (*FOUND, Choose(3)),
    TRIED,
    marked(1),
    (Choose(3),),
    SCANNING,
    (*marked(2), Said(yes=True)),
]


@pytest.mark.parametrize("answers", ANYWHERE)
def test_cancelling_anywhere_leaves_all_as_it_was(answers):
    state = told(*answers, Cancel())
    assert (state.step, state.devices, state.act) == (Step.CANCELLED, BEFORE, None)
    assert answer(state, Choose(1)) == state
    assert told(*answers, Again()) == begin(BEFORE)


@pytest.mark.parametrize("answers", ANYWHERE)
@pytest.mark.parametrize(
    "given", [Choose(99), Mark(77), Heard("x" * 600), Looked(()), Typed("x" * 999), Said(yes=True)]
)
def test_no_answer_sets_anything_up_before_it_is_confirmed(answers, given):
    state = answer(told(*answers), given)
    assert state.devices == BEFORE or state.step is Step.SUMMARY
    assert not isinstance(state.act, Save) or state.step is Step.SAVING


def test_saving_that_fails_can_be_tried_again():
    state = told(*SCANNING, *[Heard(KNOWN_CODE)] * 3, Said(yes=True))
    failed = answer(state, Done("settings.not_saved"))
    assert (failed.step, failed.notice) == (Step.SUMMARY, "settings.not_saved")
    assert answer(answer(failed, Said(yes=True)), Done()).step is Step.FINISHED
