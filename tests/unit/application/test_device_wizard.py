"""The wizard as a table: what is answered, and where that leads."""

import msgspec
import pytest

from pos_app.application.device_wizard.scanner_steps import around
from pos_app.application.device_wizard.state import (
    DISPLAY_TRIES,
    KNOWN_CODE,
    Again,
    Cancel,
    Candidate,
    Choose,
    Done,
    FindScales,
    Heard,
    LightLamp,
    Listen,
    Look,
    Looked,
    Mark,
    Marked,
    OpenBox,
    OpenDrawer,
    PrintCode,
    PrintSpeeds,
    PrintTrial,
    Said,
    Save,
    ScalesFound,
    ShowNumbers,
    Step,
    Typed,
    Weigh,
    Weighed,
    shown_number,
)
from pos_app.application.device_wizard.steps import answer, begin
from pos_app.config import (
    DeviceSettings,
    DisplaySettings,
    DrawerSettings,
    PrinterSettings,
    ScaleSettings,
    ScannerSettings,
    WedgeSettings,
    Wire,
    WireKind,
)

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
AT_PRINTER = (Choose(2), Choose(1))
BOX_TRIED = (Choose(2), Choose(2), Looked((SCANNER, USB, PORT)), Choose(1), Done())
BOX = {"kind": WireKind.SERIAL, "device": "/dev/ttyUSB0"}
SCALES = (
    ScaleSettings(kind=WireKind.SERIAL, device="/dev/ttyS0", protocol="general"),
    ScaleSettings(kind=WireKind.SERIAL, device="/dev/ttyS1", protocol="cas_22"),
)
FOUND_SCALES = (Choose(4), Marked(), ScalesFound(SCALES))
POLE_WIRE = {"kind": WireKind.SERIAL, "device": "/dev/ttyS2"}
POLE = Candidate(Wire(**POLE_WIRE), "VFD", "display")
POLE_TRIED = (Choose(5), Looked((SCANNER, PORT, POLE)), Choose(2), Done())
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
        ((Choose(2),), Step.DRAWER_AT, None),
        ((*AT_PRINTER, Done()), Step.DRAWER, None),
        (AT_PRINTER, Step.PULSING, OpenDrawer(NETWORK)),
        ((Choose(2), Choose(2)), Step.LOOKING, Look()),
        (BOX_TRIED[:-1], Step.PULSING, OpenBox(DrawerSettings(**BOX, pulse="07"))),
        (BOX_TRIED, Step.DRAWER, None),
        ((*BOX_TRIED, Said(yes=False)), Step.PULSING, OpenBox(DrawerSettings(**BOX, pulse="1B700019FA"))),
        ((Choose(4),), Step.LOAD, None),
        ((Choose(4), Marked()), Step.SEARCHING, FindScales()),
        (FOUND_SCALES, Step.WEIGHING, Weigh(SCALES[0])),
        ((*FOUND_SCALES, Said(yes=False)), Step.WEIGHING, Weigh(SCALES[1])),
        ((Choose(5), Looked((SCANNER, USB, PORT, POLE))), Step.WHICH, None),
        (POLE_TRIED[:-1], Step.SHOWING, ShowNumbers(POLE.wire)),
        (POLE_TRIED, Step.READ, None),
        ((*POLE_TRIED, Mark(2), Marked()), Step.LIGHTING, LightLamp(DisplaySettings(**POLE_WIRE, baud=9600))),
        ((*POLE_TRIED, Mark(2), Marked(), Done()), Step.LAMP, None),
    ],
)
def test_what_follows(answers, step, act):
    state = told(*answers)
    assert (state.step, state.act, state.notice) == (step, act, "")


@pytest.mark.parametrize(
    ("answers", "step", "notice"),
    [
        ((*FOUND, Choose(1), Done("paper_out")), Step.WHICH, "paper_out"),
        ((Choose(1), Done("bug.unexpected")), Step.KIND, "bug.unexpected"),
        ((Choose(4), Marked(), Done("bug.unexpected")), Step.LOAD, "bug.unexpected"),
        ((*FOUND, Choose(2), Done("busy")), Step.WHICH, "busy"),
        ((*FOUND, Choose(2), Done(), Choose(0)), Step.WHICH, "wizard.no_speed"),
        ((*FOUND, Choose(3), Typed("one two")), Step.ADDRESS, "wizard.no_address"),
        ((*FOUND, Choose(3), Typed("a:0")), Step.ADDRESS, "wizard.no_address"),
        (marked(5, 8), Step.WHICH, "wizard.nothing_right"),
        ((*AT_PRINTER, Done("offline")), Step.DRAWER_AT, "offline"),
        ((*AT_PRINTER, Done(), Said(yes=False), Done(), Said(yes=False)), Step.DRAWER_AT, "wizard.no_drawer"),
        ((*BOX_TRIED[:-1], Done("busy")), Step.WHICH, "busy"),
        ((*BOX_TRIED, Said(yes=False), Done(), Said(yes=False)), Step.WHICH, "wizard.no_box"),
        ((Choose(4), Marked(), ScalesFound(())), Step.LOAD, "wizard.no_scale"),
        ((*FOUND_SCALES, Said(yes=False), Said(yes=False)), Step.LOAD, "wizard.no_scale"),
        ((*POLE_TRIED, Marked()), Step.WHICH, "wizard.nothing_read"),
        ((*POLE_TRIED[:-1], Done("offline")), Step.WHICH, "offline"),
        ((Choose(3), Done("offline")), Step.SCAN, "wizard.code_not_printed"),
        ((*SCANNING, Heard(KNOWN_CODE, gap_ms=151)), Step.SCAN, "wizard.too_slow"),
        ((*SCANNING, Heard("6901234567892")), Step.SCAN, "wizard.other_code"),
        ((*SCANNING, Heard(KNOWN_CODE), Heard(f"%{KNOWN_CODE}")), Step.SCAN, "wizard.not_the_same"),
    ],
)
def test_what_goes_wrong_is_said_where_something_else_can_be_tried(answers, step, notice):
    state = told(*answers)
    assert (state.step, state.notice) == (step, notice)


def test_a_drawer_at_the_printer_needs_a_printer():
    state = told(*AT_PRINTER, devices=DeviceSettings())
    assert (state.step, state.notice) == (Step.DRAWER_AT, "wizard.printer_first")


def test_a_drawer_at_the_printer_takes_the_place_of_one_at_a_port():
    own = DrawerSettings(**BOX, sensor="cts")
    state = told(*AT_PRINTER, Done(), Said(yes=True), devices=msgspec.structs.replace(BEFORE, drawer=own))
    assert state.devices.drawer == msgspec.structs.replace(own, kind=WireKind.NONE)
    assert state.devices.printer.drawer_pin == 2


@pytest.mark.parametrize(("opened", "pulse"), [((True,), "07"), ((False, True), "1B700019FA")])
def test_a_drawer_at_a_port_opens_by_what_opened_it(opened, pulse):
    answers = list(BOX_TRIED[:-1])
    for each in opened:
        answers += [Done(), Said(yes=each)]
    state = told(*answers)
    assert (state.step, state.devices.drawer) == (Step.SUMMARY, DrawerSettings(**BOX, pulse=pulse))
    assert state.devices.printer == NETWORK


def test_a_scale_is_the_one_that_says_what_lies_on_it():
    state = told(*FOUND_SCALES, Weighed(285, is_stable=True))
    assert state.weighed == Weighed(285, is_stable=True)
    assert answer(state, Said(yes=False)).weighed is None
    assert answer(state, Said(yes=True)).devices == msgspec.structs.replace(BEFORE, scale=SCALES[0])
    assert told(*FOUND_SCALES, Said(yes=False), Said(yes=True)).devices.scale == SCALES[1]


def test_nothing_but_scales_is_asked_for_a_weight():
    port = ScannerSettings(kind=WireKind.SERIAL, device="/dev/ttyS3")
    printer = PrinterSettings(kind=WireKind.SERIAL, device="/dev/ttyS1")
    before = DeviceSettings(printer=printer, scanners=(port,), display=DisplaySettings(**POLE_WIRE), scale=SCALES[0])
    assert told(Choose(4), Marked(), devices=before).act == FindScales(("/dev/ttyS1", "/dev/ttyS2", "/dev/ttyS3"))


@pytest.mark.parametrize(
    ("read", "lamps", "model", "baud"),
    [
        ((1,), (True,), "led8", 2400),
        ((2,), (False, True), "led8_bytes", 9600),
        ((1,), (False, False), "led8_plain", 2400),
        ((3,), (), "cd5220", 9600),
        ((2, 3), (), "cd5220", 9600),
        ((4,), (), "escpos", 9600),
        ((5,), (), "cd5220", 19200),
    ],
)
def test_what_is_read_on_a_display_makes_it(read, lamps, model, baud):
    before = msgspec.structs.replace(BEFORE, display=DisplaySettings(greeting="HELLO", columns=16))
    answers = [*POLE_TRIED, *(Mark(each) for each in read), Marked()]
    for each in lamps:
        answers += [Done(), Said(yes=each)]
    state = told(*answers, devices=before)
    assert state.step is Step.SUMMARY
    wanted = DisplaySettings(**POLE_WIRE, model=model, baud=baud, greeting="HELLO", columns=16)
    assert state.devices == msgspec.structs.replace(before, display=wanted)


def test_each_number_on_a_display_is_its_own():
    shown = [shown_number(number) for number in range(1, len(DISPLAY_TRIES) + 1)]
    assert not [(a, b) for a in shown for b in shown if a != b and a in b]
    assert len(set(DISPLAY_TRIES)) == len(DISPLAY_TRIES)


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
    AT_PRINTER,
    BOX_TRIED,
    FOUND_SCALES,
    POLE_TRIED,
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
