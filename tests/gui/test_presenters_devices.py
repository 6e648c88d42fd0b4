"""Devices and settings: tests, papers that wait, forms that are wrong, permissions."""

import msgspec
import pytest
from pos_testkit.builders import product
from pos_testkit.desk import CASHIER, MANAGER, counter, some_settings

from pos_app.application.ports import JobKind, JobState
from pos_app.config import (
    DeviceSettings,
    DisplaySettings,
    DrawerSettings,
    PrinterSettings,
    ScaleSettings,
    WireKind,
)
from pos_app.errors import KnownError
from pos_app.runtime.device_board import DeviceRole, DeviceStanding
from pos_app.runtime.displaying import Seen, SeenKind
from pos_app.runtime.printing import PrintResult
from pos_app.runtime.weighing import Weight, WeightState
from pos_app.ui import messages
from pos_app.ui.screens.devices.form_state import PrinterForm, WireForm
from pos_app.ui.screens.devices.state import DeviceKind
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


def _form() -> PrinterForm:
    return PrinterForm(WireForm(WireKind.TCP, host="192.168.1.50", port="9100"), paper_mm=58)


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


def test_the_first_sheet_of_keys_makes_the_shops_mark_and_later_ones_have_it(till):
    till.desk.go("devices")
    assert till.desk.shell.key_mark == ""
    till.view("devices").test_requested.emit(DeviceKind.SCANNER)
    first = till.printer.printed[-1]
    assert first.kind is JobKind.KEY_SHEET
    assert first.key_mark == till.desk.settings.devices.key_mark == till.desk.shell.key_mark != ""
    till.view("devices").test_requested.emit(DeviceKind.SCANNER)
    assert len(till.printer.printed) == 2
    assert till.printer.printed[-1].key_mark == first.key_mark


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
    till.view("devices").save_requested.emit(_form())
    assert till.services.saved[-1].devices.printer.host == "192.168.1.50"
    assert till.services.applied[-1].devices.printer.paper_mm == 58
    state = till.state("devices")
    assert (state.notice.code, state.busy) == ("settings.saved", False)
    assert state.devices == till.services.saved[-1].devices
    assert _card(till, DeviceKind.PRINTER).where == "192.168.1.50:9100"


def test_a_cashier_changes_devices_with_the_managers_pin(till):
    till.desk.set_operator(CASHIER)
    till.desk.go("devices")
    assert not till.state("devices").can_change
    till.view("devices").save_requested.emit(_form())
    assert till.screen == "approval"
    till.approve(MANAGER)
    assert till.services.saved[-1].devices.printer.kind is WireKind.TCP


def test_settings_that_cannot_be_saved_change_nothing(till):
    till.desk.go("devices")
    before = till.desk.settings
    till.services.failure = KnownError("settings.not_saved")
    till.view("devices").save_requested.emit(_form())
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


# Scale, customer's display, a drawer at a wire of its own


class _Scale:
    def __init__(self):
        self.weight = None

    def start(self, on_weight, on_state):
        self.on_weight, self.on_state = on_weight, on_state

    def watch(self, on):
        return

    def current(self):
        return self.weight

    def stop(self):
        return

    def say(self, state, grams=0):
        self.weight = Weight(state, grams)
        self.on_weight(self.weight)


class _Display:
    def __init__(self):
        self.seen = []

    def start(self, on_state):
        self.on_state = on_state

    def show(self, seen):
        self.seen.append(seen)

    def stop(self):
        return


@pytest.fixture
def full(qtbot, tmp_path):
    devices = DeviceSettings(
        printer=PrinterSettings(kind=WireKind.VIRTUAL),
        scale=ScaleSettings(kind=WireKind.SERIAL, device="/dev/ttyS1"),
        display=DisplaySettings(kind=WireKind.SERIAL, device="/dev/ttyS2"),
    )
    with counter(tmp_path, settings=some_settings(devices=devices)) as one:
        one.scale, one.display = _Scale(), _Display()
        one.desk.scale.use("/dev/ttyS1", one.scale)
        one.desk.display.use("/dev/ttyS2", one.display)
        one.sit_down(MANAGER)
        one.desk.go("devices")
        yield one


def test_devices_that_do_not_exist_have_no_card(till):
    till.desk.go("devices")
    kinds = [card.kind for card in till.state("devices").cards]
    # The customer's screen needs nothing but the till: in a window it can always be looked at.
    assert kinds == [DeviceKind.PRINTER, DeviceKind.DRAWER, DeviceKind.SCANNER, DeviceKind.CUSTOMER_SCREEN]


def test_the_scales_card_shows_what_lies_on_it_as_it_changes(full):
    assert _card(full, DeviceKind.SCALE).tone is Tone.INFO, "it is being looked for"
    full.scale.on_state("idle", "")
    full.scale.say(WeightState.MOVING, 280)
    assert _card(full, DeviceKind.SCALE).last == "0.280 kg"
    full.scale.say(WeightState.STABLE, 1285)
    card = _card(full, DeviceKind.SCALE)
    assert (card.tone, card.where, card.last, card.can_test) == (Tone.SUCCESS, "/dev/ttyS1", "1.285 kg", False)
    full.scale.say(WeightState.OVERLOAD)
    assert _card(full, DeviceKind.SCALE).notice.code == "scale.overload"
    full.scale.say(WeightState.ZERO)
    assert (_card(full, DeviceKind.SCALE).last, _card(full, DeviceKind.SCALE).notice) == ("", None)


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("timeout", "scale.gone"),
        ("protocol", "scale.garbled"),
        ("device.not_configured", "device.no_address"),
        ("scale.table_wrong", "scale.table_wrong"),
    ],
)
def test_a_scale_that_is_not_ready_says_why(full, reason, code):
    full.scale.on_state("error", reason)
    card = _card(full, DeviceKind.SCALE)
    assert (card.tone, card.notice.code) == (Tone.WARNING, code)
    assert "{" not in messages.words(card.notice)


def test_a_display_is_tried_with_a_line_and_shows_the_sale_again_afterwards(full):
    full.display.on_state("idle", "")
    full.desk.display.show(Seen(SeenKind.TOTAL, "3.60"))
    full.view("devices").test_requested.emit(DeviceKind.DISPLAY)
    assert full.display.seen[-1].amount == "123456.78"
    notice = full.state("devices").notice
    assert notice.code == "display.look"
    assert "123456.78" in messages.words(notice)
    full.view("devices").back_requested.emit()
    assert full.display.seen[-1] == Seen(SeenKind.TOTAL, "3.60")
    full.desk.go("devices")
    full.display.on_state("error", "offline")
    assert _card(full, DeviceKind.DISPLAY).notice.code == "display.gone"


def test_the_drawers_card_says_whether_it_stands_open(full):
    assert _card(full, DeviceKind.DRAWER).is_open is None
    full.desk.drawer.use("", None, at_printer=True)
    full.desk.drawer.hear_printer(high=True)
    assert _card(full, DeviceKind.DRAWER).is_open is True
    full.desk.drawer.hear_printer(high=False)
    assert _card(full, DeviceKind.DRAWER).is_open is False


def test_a_drawer_at_a_wire_of_its_own_stands_by_itself(full):
    settings = full.desk.settings
    drawer = DrawerSettings(kind=WireKind.SERIAL, device="/dev/ttyS4")
    full.desk.use_settings(
        msgspec.structs.replace(settings, devices=msgspec.structs.replace(settings.devices, drawer=drawer))
    )
    full.desk.devices.note(DeviceStanding(DeviceRole.DRAWER, "/dev/ttyS4", "error", "not_found"))
    card = _card(full, DeviceKind.DRAWER)
    assert (card.tone, card.where, card.notice.code) == (Tone.WARNING, "/dev/ttyS4", "drawer.gone")
    assert not card.can_test
