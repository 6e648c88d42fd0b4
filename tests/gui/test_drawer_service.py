"""A drawer with a wire of its own: opened once for a job whatever becomes of the paper, watched, never late."""

import time

import msgspec
import pytest
from pos_testkit.builders import product
from pos_testkit.desk import MANAGER, counter, some_settings
from PySide6.QtCore import QCoreApplication

from pos_app.application.lookup import FoundProduct
from pos_app.application.ports import JobState
from pos_app.bootstrap.device_service import DeviceService
from pos_app.bootstrap.devices import PaperPrinter
from pos_app.config import DeviceSettings, DrawerSettings, PrinterSettings, Settings, WireKind
from pos_app.domain.quantity import Quantity
from pos_app.runtime.device_board import DeviceRole
from pos_app.runtime.printing import PrintResult
from pos_app.ui.drawer_watch import DrawerWatch

pytestmark = pytest.mark.gui


class _Drawer:
    """A drawer that counts how often it was opened."""

    def __init__(self):
        self.opened, self.there = 0, True

    def start(self, on_open, on_state):
        self.on_open, self.on_state = on_open, on_state

    def open_drawer(self):
        self.opened += self.there
        return self.there

    def stop(self):
        return


@pytest.fixture
def till(qtbot, tmp_path):
    drawer = DrawerSettings(kind=WireKind.SERIAL, device="/dev/ttyS4", sensor="cts", warns_open=True)
    devices = DeviceSettings(printer=PrinterSettings(kind=WireKind.VIRTUAL), drawer=drawer)
    with counter(tmp_path, settings=some_settings(devices=devices)) as one:
        one.drawer = _Drawer()
        one.desk.drawer.use("/dev/ttyS4", one.drawer)
        one.desk.printing.use_printer(one.desk.drawer.beside(one.printer))
        DrawerWatch(one.desk, one.desk.drawer)
        one.sit_down(MANAGER)
        one.drawer.opened = 0
        one.printer.printed.clear()
        yield one


def _cash_sale(till):
    till.real.sell(product(1, 150))
    till.desk.printing.kick()


def test_a_cash_sale_opens_it_and_prints_without_a_pulse(till):
    _cash_sale(till)
    assert till.drawer.opened == 1
    [paper] = till.printer.printed
    assert not paper.opens_drawer


def test_paper_that_is_out_opens_it_once_however_often_it_is_tried(till):
    till.printer.result = PrintResult(JobState.QUEUED, "paper_out")
    _cash_sale(till)
    till.desk.printing._retry.stop()
    till.desk.printing.kick()
    assert till.drawer.opened == 1
    till.printer.result = PrintResult(JobState.CONFIRMED)
    till.desk.printing._retry.stop()
    till.desk.printing.kick()
    assert (till.drawer.opened, len(till.printer.printed)) == (1, 1)


def test_opening_without_a_sale_needs_no_paper_and_is_in_the_books(till):
    till.desk.go("devices")
    till.view("devices").drawer_requested.emit()
    assert (till.drawer.opened, till.printer.printed) == (1, [])
    with till.real.ledger.read() as reader:
        assert not reader.open_jobs(), "a box does not say what it did, and is not asked again"


def test_papers_that_wait_for_the_printer_hold_no_drawer_up(till):
    """Neither the next sale nor opening without one waits; and nothing happens again when the papers come."""
    till.printer.result = PrintResult(JobState.QUEUED, "paper_out")
    _cash_sale(till)
    _cash_sale(till)
    till.desk.go("devices")
    till.view("devices").drawer_requested.emit()
    assert till.drawer.opened == 3
    assert till.printer.printed == []
    till.printer.result = PrintResult(JobState.CONFIRMED)
    till.desk.printing._retry.stop()
    till.desk.printing.kick()
    assert (till.drawer.opened, len(till.printer.printed)) == (3, 2)


def test_a_drawer_that_is_gone_does_not_open_later(till):
    till.drawer.there = False
    till.desk.go("devices")
    till.view("devices").drawer_requested.emit()
    till.drawer.there = True
    till.desk.printing.kick()
    assert till.drawer.opened == 0
    _cash_sale(till)
    assert till.drawer.opened == 1


def test_a_drawer_that_is_set_up_otherwise_is_opened_otherwise(till):
    """The printer stays the same: what it does with a drawer follows the settings of the moment."""
    other = _Drawer()
    till.desk.drawer.use("/dev/ttyS5", other)
    _cash_sale(till)
    assert (till.drawer.opened, other.opened) == (0, 1)
    till.desk.drawer.use("", None)
    _cash_sale(till)
    assert other.opened == 1
    assert till.printer.printed[-1].opens_drawer, "it hangs on the printer now"


def _begin(till):
    till.presenter("selling")._add(FoundProduct(product(1, 150), Quantity.pieces(1)))


def test_it_says_once_that_it_still_stands_open(till):
    till.desk.go("selling")
    till.drawer.on_open(False)
    _begin(till)
    assert "drawer.still_open" not in till.told
    till.view("selling").remove_requested.emit(till.presenter("selling")._sale.basket.lines[-1].line_no)
    till.drawer.on_open(True)
    _begin(till)
    _begin(till)
    assert till.told.count("drawer.still_open") == 1
    assert len(till.state("selling").lines) >= 1, "and holds nothing up"


def test_a_shop_that_does_not_want_to_be_told_is_not(till):
    settings = till.desk.settings
    quiet = msgspec.structs.replace(settings.devices.drawer, warns_open=False)
    till.desk.use_settings(
        msgspec.structs.replace(settings, devices=msgspec.structs.replace(settings.devices, drawer=quiet))
    )
    till.desk.go("selling")
    till.drawer.on_open(True)
    _begin(till)
    assert "drawer.still_open" not in till.told


def test_a_sensor_at_the_printer_is_asked_before_anybody_is_told(till):
    till.desk.drawer.use("", None, at_printer=False)
    watch = till.desk.findChild(DrawerWatch)
    till.desk.drawer.hear_printer(high=False)
    assert till.desk.drawer.is_open is True
    till.desk.go("selling")
    _begin(till)
    assert "drawer.still_open" not in till.told, "perhaps it was shut since"
    till.desk.drawer.hear_printer(high=True)
    watch._later.timeout.emit()
    assert "drawer.still_open" not in till.told
    till.desk.drawer.hear_printer(high=False)
    watch._later.timeout.emit()
    assert "drawer.still_open" in till.told
    till.desk.drawer.hear_printer(high=None)
    assert till.desk.drawer.is_open is None
    till.desk.drawer.use("", None)
    till.desk.drawer.hear_printer(high=True)
    assert till.desk.drawer.is_open is None, "no sensor is set up"


def test_the_printer_says_the_level_of_its_drawers_sensor(qapp):
    from hardware.printers.profile import PAPER_80
    from hardware.printers.receipt_printer import ReceiptPrinter
    from hardware.transports.tcp import TcpTransport
    from hardware.virtual.printer import VirtualPrinter

    with VirtualPrinter(PAPER_80) as virtual:
        printer = PaperPrinter(ReceiptPrinter(TcpTransport(virtual.host, virtual.port), PAPER_80), lambda _content: b"")
        assert printer.health().drawer_high is False
        printer._device.open_drawer()
        virtual.wait_for_papers(1, timeout_ms=2000)
        assert printer.health().drawer_high is True


def test_a_virtual_one_from_settings_opens_and_tells(qapp):
    service = DeviceService()
    drawer = DrawerSettings(kind=WireKind.VIRTUAL, pulse="1B 70 00 19 FA", sensor="cts")
    service.have_drawer(Settings(devices=DeviceSettings(drawer=drawer)))

    def until(condition):
        end = time.monotonic() + 5
        while not condition():
            assert time.monotonic() < end
            QCoreApplication.processEvents()
            time.sleep(0.005)

    until(lambda: service.drawer.is_open is False)
    assert service.drawer.open_drawer()
    until(lambda: service.drawer.is_open is True)
    service.virtual.pulse_box.drawer.close()
    until(lambda: service.drawer.is_open is False)
    assert service.virtual.pulse_box.problems == []
    service.close()
    assert service.drawer.is_open is None


@pytest.mark.parametrize("pulse", ["", "7", "zz", "00" * 33])
def test_what_cannot_open_a_drawer_is_told(qapp, pulse):
    service = DeviceService()
    drawer = DrawerSettings(kind=WireKind.SERIAL, device="/dev/ttyS0", pulse=pulse)
    service.have_drawer(Settings(devices=DeviceSettings(drawer=drawer)))
    QCoreApplication.processEvents()
    [standing] = service.board.standings(DeviceRole.DRAWER)
    assert (standing.reason, service.drawer.has_wire) == ("drawer.setting_wrong", False)
    service.close()
