"""The wizard at work: what it asks of devices and of a person; nothing is changed that was not saved."""

import pytest
from pos_testkit.desk import CASHIER, MANAGER, counter

from pos_app.application.device_wizard.state import (
    KNOWN_CODE,
    Candidate,
    Done,
    FindScales,
    Heard,
    LightLamp,
    Look,
    Looked,
    OpenDrawer,
    PrintCode,
    PrintTrial,
    ScalesFound,
    ShowNumbers,
    Step,
    Weigh,
    Weighed,
)
from pos_app.config import ScaleSettings, Wire, WireKind
from pos_app.domain.ledger.journal import RecordKind
from pos_app.errors import KnownError
from pos_app.ui.requests import DeviceWizardRequest
from pos_app.ui.session_flow import SessionFlow

pytestmark = pytest.mark.gui
USB = Candidate(Wire(kind=WireKind.USB, vendor=0x0416, product=0x5011), "POS80", "printer")


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        one.sit_down(MANAGER)
        one.acts = one.services.device_acts
        one.acts.answers[Look] = Looked((USB,))
        one.desk.go("device_wizard", DeviceWizardRequest("devices"))
        yield one


def _press(till, *numbers):
    for number in numbers:
        till.view("device_wizard").number_requested.emit(number)


def _next(till):
    till.view("device_wizard").next_requested.emit()


def _back(till):
    till.view("device_wizard").back_requested.emit()


def _step(till):
    return till.state("device_wizard").wizard.step


def _drawers_opened(till):
    with till.real.ledger.read() as reader:
        return reader.count_of_kind(RecordKind.DRAWER_OPENED)


def _set_printer_up(till):
    """To the summary: USB printer, lines 1, 7 and 8 right, cut, drawer at the second wire."""
    _press(till, 1, 1, 1, 7, 8)
    _next(till)
    _press(till, 1, 2, 1)


def test_a_printer_is_set_up_from_look_to_save(till):
    _set_printer_up(till)
    assert [type(act) for act in till.acts.done] == [Look, PrintTrial, OpenDrawer, OpenDrawer]
    assert _step(till) is Step.SUMMARY
    assert till.acts.held
    assert till.services.saved == []
    _next(till)
    assert _step(till) is Step.FINISHED
    printer = till.services.saved[-1].devices.printer
    assert (printer.kind, printer.charset, printer.paper_mm, printer.drawer_pin) == (WireKind.USB, "gbk", 80, 5)
    assert till.desk.settings.devices.printer == printer
    assert (till.acts.held, till.acts.given_back) == (False, 1)
    _press(till, 2)
    assert till.screen == "devices"
    assert till.acts.given_back == 1


def test_each_opening_of_the_drawer_stands_in_the_books(till):
    before = _drawers_opened(till)
    _set_printer_up(till)
    assert _drawers_opened(till) == before + 2


def test_whoever_may_not_open_the_drawer_asks_somebody(till):
    till.desk.set_operator(CASHIER)
    _press(till, 1, 1, 1)
    _next(till)
    before = _drawers_opened(till)
    _press(till, 1)
    assert (till.screen, _step(till)) == ("approval", Step.PULSING)
    assert OpenDrawer not in map(type, till.acts.done)
    till.approve(MANAGER)
    assert _step(till) is Step.DRAWER
    assert _drawers_opened(till) == before + 1


def test_saving_asks_for_somebody_who_may(till):
    till.desk.set_operator(CASHIER)
    till.desk.go("device_wizard", DeviceWizardRequest("devices"))
    assert not till.state("device_wizard").can_save
    _press(till, 3)
    _scan(till, KNOWN_CODE, 3)
    _next(till)
    assert (till.screen, till.services.saved) == ("approval", [])
    till.approve(MANAGER)
    assert _step(till) is Step.FINISHED
    assert len(till.services.saved) == 1


@pytest.mark.parametrize("answers", [(), (1,), (1, 1), (1, 1, 1), (3,), (2, 1)])
def test_leaving_anywhere_gives_all_back(till, answers):
    _press(till, *answers)
    till.view("device_wizard").leave_requested.emit()
    assert till.screen == "devices"
    assert (till.services.saved, till.acts.held, till.acts.tell) == ([], False, None)
    assert till.acts.given_back == (1 if answers else 0)


@pytest.mark.parametrize("way", ["log_out", "other_screen"])
def test_another_screen_gives_all_back(till, way):
    _press(till, 3)
    assert till.acts.tell is not None
    if way == "log_out":
        SessionFlow(till.desk, till.shell).log_out()
    else:
        till.desk.go("selling")
    assert (till.acts.tell, till.acts.held, till.acts.given_back) == (None, False, 1)


def test_back_asks_the_question_before(till):
    _press(till, 1, 1, 1, 7)
    _next(till)
    assert _step(till) is Step.CUT
    for step in (Step.TRIAL, Step.WHICH, Step.KIND):
        _back(till)
        assert _step(till) is step
    assert till.acts.done[-1] == PrintTrial(till.acts.done[-1].printer), "going back tries nothing again"
    _back(till)
    assert till.screen == "devices"


def test_what_goes_wrong_is_said_and_can_be_tried_again(till):
    till.acts.answers[PrintTrial] = Done("paper_out")
    _press(till, 1, 1)
    assert (_step(till), till.state("device_wizard").notice.code) == (Step.WHICH, "trial.paper_out")
    till.acts.answers[PrintTrial] = Done()
    _press(till, 1)
    assert (_step(till), till.state("device_wizard").notice) == (Step.TRIAL, None)


def test_a_reason_nobody_knows_is_told_in_general(till):
    till.acts.answers[PrintTrial] = Done("odd")
    _press(till, 1, 1)
    assert till.state("device_wizard").notice.code == "trial.unknown"


def _scan(till, text, times=1, **heard):
    for _ in range(times):
        till.acts.tell(Heard(text, **heard))


def test_a_scanner_that_types_is_taught(till):
    _press(till, 3)
    assert isinstance(till.acts.done[-1], PrintCode)
    _scan(till, f"%{KNOWN_CODE}\r", 3, gap_ms=66)
    assert till.acts.tell is None, "nobody listens any more"
    _next(till)
    wedge = till.services.saved[-1].devices.wedge
    assert (wedge.prefix, wedge.gap_ms) == ("%", 66)


def test_going_back_from_the_summary_listens_again_from_the_start(till):
    _press(till, 3)
    _scan(till, KNOWN_CODE, 3)
    _back(till)
    assert _step(till) is Step.SCAN
    _scan(till, KNOWN_CODE, 2)
    assert _step(till) is Step.SCAN
    _scan(till, KNOWN_CODE)
    assert _step(till) is Step.SUMMARY


def test_a_scan_that_comes_too_late_is_nobodys(till):
    _press(till, 3)
    tell = till.acts.tell
    _back(till)
    tell(Heard(KNOWN_CODE))
    assert (_step(till), till.state("device_wizard").wizard.heard) == (Step.KIND, ())


def test_a_scan_while_nothing_is_taught_changes_nothing(till):
    before = till.state("device_wizard")
    till.view("device_wizard").handle_scan(KNOWN_CODE)
    assert till.state("device_wizard") == before


def test_settings_that_are_not_saved_are_said_and_can_be_saved_again(till):
    _press(till, 3)
    _scan(till, KNOWN_CODE, 3)
    till.services.failure = KnownError("settings.not_saved")
    _next(till)
    assert (_step(till), till.state("device_wizard").notice.code) == (Step.SUMMARY, "settings.not_saved")
    till.services.failure = None
    _next(till)
    assert _step(till) is Step.FINISHED


def test_another_device_begins_with_what_was_saved(till):
    _set_printer_up(till)
    _next(till)
    _press(till, 1)
    assert _step(till) is Step.KIND
    assert till.state("device_wizard").wizard.before == till.services.saved[-1].devices


def test_it_is_offered_where_devices_are(till):
    till.desk.go("devices")
    till.view("devices").wizard_requested.emit()
    assert till.screen == "device_wizard"
    _back(till)
    assert till.screen == "devices"


def test_whoever_logs_in_first_after_the_set_up_comes_here_once(till):
    till.desk.first_screen = "device_wizard"
    flow = SessionFlow(till.desk, till.shell)
    flow.arrive()
    assert till.screen == "device_wizard"
    _back(till)
    assert till.screen == "selling"


# Scale, customer's display, a drawer at a port of its own

SCALES = tuple(ScaleSettings(kind=WireKind.SERIAL, device=f"/dev/ttyS{n}") for n in (0, 1))
PORT = Candidate(Wire(kind=WireKind.SERIAL, device="/dev/ttyS2"))


def test_a_scale_is_weighed_with_until_somebody_says_yes(till):
    till.acts.answers[FindScales] = ScalesFound(SCALES)
    _press(till, 4)
    _next(till)
    assert till.acts.stream == Weigh(SCALES[0])
    till.acts.tell(Weighed(285, is_stable=True))
    assert till.state("device_wizard").wizard.weighed == Weighed(285, is_stable=True)
    _press(till, 2)
    assert till.acts.stream == Weigh(SCALES[1]), "the next one is read"
    assert till.state("device_wizard").wizard.weighed is None
    _press(till, 1)
    assert till.acts.tell is None, "nobody reads it any more"
    _next(till)
    assert till.services.saved[-1].devices.scale == SCALES[1]


def test_what_a_scale_says_after_another_was_chosen_is_not_that_ones(till):
    till.acts.answers[FindScales] = ScalesFound(SCALES)
    _press(till, 4)
    _next(till)
    late = till.acts.tell
    _press(till, 2)
    late(Weighed(999, is_stable=True))
    assert till.state("device_wizard").wizard.weighed is None


def test_going_back_from_a_scale_reads_it_no_more(till):
    till.acts.answers[FindScales] = ScalesFound(SCALES)
    _press(till, 4)
    _next(till)
    _back(till)
    assert (_step(till), till.acts.tell) == (Step.LOAD, None)


def test_a_display_is_set_up_by_what_is_read_on_it(till):
    till.acts.answers[Look] = Looked((USB, PORT))
    _press(till, 5, 1, 2)
    _next(till)
    _press(till, 2)
    assert [type(act) for act in till.acts.done] == [Look, ShowNumbers, LightLamp, LightLamp]
    _press(till, 1)
    _next(till)
    display = till.services.saved[-1].devices.display
    assert (display.device, display.model, display.baud) == ("/dev/ttyS2", "led8_bytes", 9600)


def test_each_pulse_of_a_box_stands_in_the_books(till):
    till.acts.answers[Look] = Looked((PORT,))
    before = _drawers_opened(till)
    _press(till, 2, 2, 1)
    assert (_step(till), _drawers_opened(till)) == (Step.DRAWER, before + 1)
    _press(till, 2)
    assert _drawers_opened(till) == before + 2
    _press(till, 1)
    _next(till)
    assert till.services.saved[-1].devices.drawer.pulse == "1B700019FA"
