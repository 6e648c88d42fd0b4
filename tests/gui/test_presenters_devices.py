"""Devices and settings: tests, papers that wait, forms that are wrong, permissions."""

import pytest
from pos_testkit.builders import product
from pos_testkit.desk import CASHIER, MANAGER, counter

from pos_app.application.ports import JobKind, JobState
from pos_app.config import ScannerSettings, WireKind
from pos_app.errors import KnownError
from pos_app.runtime.device_board import DeviceRole, DeviceStanding
from pos_app.runtime.printing import PrintResult
from pos_app.ui.screens.devices.state import DeviceKind, PrinterForm, ScannerForm
from pos_app.ui.screens.settings.state import SettingsForm
from pos_app.ui.state import Tone

pytestmark = pytest.mark.gui


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        one.sit_down(MANAGER)
        yield one


def _card(till, kind: DeviceKind):
    return next(card for card in till.state("devices").cards if card.kind is kind)


def _form(**changes: object) -> PrinterForm:
    values: dict[str, object] = {
        "kind": WireKind.TCP,
        "host": "192.168.1.50",
        "port": "9100",
        "device": "",
        "baud": "9600",
        "paper_mm": 58,
        "charset": "gbk",
        "drawer_pin": 2,
    }
    return PrinterForm(**{**values, **changes})  # type: ignore[arg-type]


def _failed_job(till) -> None:
    till.printer.result = PrintResult(JobState.FAILED, "timeout")
    till.real.sell(product(1, 150))
    till.desk.printing.kick()
    till.printer.result = PrintResult(JobState.CONFIRMED)


# Devices


def test_a_test_page_is_no_receipt_and_in_no_books(till):
    with till.real.ledger.read() as reader:
        before = reader.head()
    till.desk.go("devices")
    till.view("devices").test_requested.emit(DeviceKind.PRINTER)
    assert till.state("devices").notice.code == "print.test_done"
    content = till.printer.printed[-1]
    assert content.header.training
    assert not content.opens_drawer
    with till.real.ledger.read() as reader:
        assert reader.head() == before
        assert not reader.open_jobs()


@pytest.mark.parametrize(
    ("reason", "code"),
    [("paper_out", "printer.paper_out"), ("offline", "printer.offline"), ("odd_thing", "printer.unknown")],
)
def test_a_printer_that_does_not_print_says_why(till, reason, code):
    till.desk.go("devices")
    till.printer.result = PrintResult(JobState.QUEUED, reason)
    till.view("devices").test_requested.emit(DeviceKind.PRINTER)
    assert till.state("devices").notice.code == code
    card = _card(till, DeviceKind.PRINTER)
    assert (card.tone, card.notice.code, card.testing) == (Tone.WARNING, code, False)


def test_the_drawer_is_tested(till):
    till.desk.go("devices")
    till.view("devices").test_requested.emit(DeviceKind.DRAWER)
    assert till.told[-1] == "drawer.opened"
    assert till.printer.printed[-1].kind is JobKind.OPEN_DRAWER


def test_a_scan_shows_that_the_scanner_works(till):
    till.desk.go("devices")
    assert _card(till, DeviceKind.SCANNER).tone is Tone.NEUTRAL
    till.view("devices").handle_scan("690\x1d2300007076")
    card = _card(till, DeviceKind.SCANNER)
    assert (card.last, card.tone) == ("690 2300007076", Tone.SUCCESS)
    till.desk.devices.note(DeviceStanding(DeviceRole.SCANNER, "/dev/ttyUSB0", "error", "offline"))
    assert _card(till, DeviceKind.SCANNER).notice.code == "scanner.gone"


def test_a_failed_paper_is_printed_again_as_a_copy(till):
    _failed_job(till)
    assert till.desk.printing.status.failed == 1
    till.desk.go("more")
    assert till.state("more").trouble == 1
    till.desk.go("devices")
    (job,) = till.state("devices").jobs
    assert (job.paper, job.failed, job.reason.code, job.when) == ("sale", True, "printer.timeout", "12:00")
    assert job.number.startswith("R0001250618")
    assert _card(till, DeviceKind.PRINTER).tone is Tone.DANGER
    till.view("devices").job_again_requested.emit(job.key)
    assert till.told[-1] == "print.again"
    assert till.state("devices").jobs == ()
    assert till.printer.printed[-1].header.copy == 1, "it may be on paper already, so it says that it is a copy"


def test_a_failed_paper_is_given_up(till):
    _failed_job(till)
    till.desk.go("devices")
    (job,) = till.state("devices").jobs
    till.view("devices").job_drop_requested.emit(job.key)
    assert till.state("devices").jobs == ()
    assert till.desk.printing.status.failed == 0
    till.view("devices").job_again_requested.emit(job.key)
    assert till.state("devices").notice.code == "print.job_gone"


def test_papers_that_wait_are_not_failures(till):
    till.printer.result = PrintResult(JobState.QUEUED, "paper_out")
    till.real.sell(product(1, 150))
    till.desk.printing.kick()
    till.desk.go("devices")
    (job,) = till.state("devices").jobs
    assert not job.failed
    assert _card(till, DeviceKind.PRINTER).notice.code == "printer.paper_out"


def test_a_printer_is_saved_and_used(till):
    till.desk.go("devices")
    session = till.state("devices").session
    till.view("devices").printer_save_requested.emit(_form())
    assert till.services.saved[-1].devices.printer.host == "192.168.1.50"
    assert till.services.applied[-1].devices.printer.paper_mm == 58
    state = till.state("devices")
    assert (state.notice.code, state.busy, state.session) == ("settings.saved", False, session + 1)
    assert _card(till, DeviceKind.PRINTER).where == "192.168.1.50:9100"


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"kind": WireKind.USB, "device": "0416:5011"}, "0416:5011"),
        ({"kind": WireKind.USB, "device": " 0416:5011/A1 "}, "0416:5011/A1"),
        ({"kind": WireKind.USB, "device": "0416:5011@1-2.3"}, "0416:5011@1-2.3"),
        ({"kind": WireKind.SPOOLER, "device": "小票"}, "小票"),
    ],
)
def test_a_printer_at_the_bus_or_behind_a_queue_is_saved(till, changes, where):
    till.desk.go("devices")
    till.view("devices").printer_save_requested.emit(_form(**changes))
    saved = till.services.saved[-1].devices.printer
    assert (saved.kind, saved.where) == (changes["kind"], where)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"host": " "}, "host"),
        ({"port": "0"}, "port"),
        ({"port": "99999"}, "port"),
        ({"port": "９１００x"}, "port"),
        ({"kind": WireKind.SERIAL}, "device"),
        ({"kind": WireKind.SPOOLER}, "device"),
        ({"kind": WireKind.USB}, "device"),
        ({"kind": WireKind.USB, "device": "a printer"}, "device"),
        ({"baud": "fast"}, "baud"),
    ],
)
def test_a_printer_form_that_cannot_be_names_its_field(till, changes, field):
    till.desk.go("devices")
    till.view("devices").printer_save_requested.emit(_form(**changes))
    assert till.state("devices").bad_field == field
    assert till.state("devices").notice is not None
    assert not till.services.saved


def test_a_scanner_is_saved(till):
    till.desk.go("devices")
    till.view("devices").scanner_save_requested.emit(ScannerForm("/dev/ttyUSB0", "115200", "~", ""))
    devices = till.services.saved[-1].devices
    assert devices.scanners == (ScannerSettings(WireKind.SERIAL, device="/dev/ttyUSB0", baud=115_200),)
    assert devices.wedge.prefix == "~"
    till.view("devices").scanner_save_requested.emit(ScannerForm("", "", "~", ""))
    assert till.services.saved[-1].devices.scanners == ()
    till.view("devices").scanner_save_requested.emit(ScannerForm("", "", "~" * 17, ""))
    assert till.state("devices").bad_field == "prefix"


def test_a_cashier_changes_devices_with_the_managers_pin(till):
    till.desk.set_operator(CASHIER)
    till.desk.go("devices")
    assert not till.state("devices").can_change
    till.view("devices").printer_save_requested.emit(_form())
    assert till.screen == "approval"
    till.approve(MANAGER)
    assert till.services.saved[-1].devices.printer.kind is WireKind.TCP


def test_settings_that_cannot_be_saved_change_nothing(till):
    till.desk.go("devices")
    before = till.desk.settings
    till.services.failure = KnownError("settings.not_saved")
    till.view("devices").printer_save_requested.emit(_form())
    assert till.state("devices").notice.code == "settings.not_saved"
    assert till.desk.settings == before


# Settings


def _settings_form(**changes: object) -> SettingsForm:
    values: dict[str, object] = {"name": "新店名", "address": "长堤路 1 号", "day_starts_hour": 4}
    return SettingsForm(**{**values, **changes})  # type: ignore[arg-type]


def test_the_shop_is_renamed_on_screen_and_paper(till):
    till.desk.go("settings")
    assert till.state("settings").form.name == "惠民生活超市"
    till.view("settings").save_requested.emit(_settings_form(name="  新店名 "))
    assert till.services.saved[-1].shop.name == "新店名"
    assert till.services.applied[-1].shop.address == "长堤路 1 号"
    assert till.desk.settings.shop.name == "新店名"
    assert till.state("settings").notice.code == "settings.saved"
    till.view("settings").back_requested.emit()
    assert till.screen == "more"


def test_another_beginning_of_the_day_holds_after_the_next_start(till):
    till.desk.go("settings")
    till.view("settings").save_requested.emit(_settings_form(day_starts_hour=6))
    assert till.state("settings").notice.code == "settings.saved_restart"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "长" * 41}, "name"),
        ({"thanks": "a\x07b"}, "thanks"),
        ({"day_starts_hour": 24}, "day_starts_hour"),
    ],
)
def test_a_form_that_cannot_be_names_its_field(till, changes, field):
    till.desk.go("settings")
    till.view("settings").save_requested.emit(_settings_form(**changes))
    assert till.state("settings").bad_field == field
    assert not till.services.saved


def test_theme_and_language_at_once(till):
    till.desk.go("settings")
    till.view("settings").theme_requested.emit("dark")
    assert till.state("settings").theme == "dark"
    assert till.services.saved[-1].theme == "dark"
    till.view("settings").theme_requested.emit("light")
    till.view("settings").language_requested.emit("en")
    assert till.state("settings").language == "en"
