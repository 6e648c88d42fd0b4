"""Devices are set up otherwise while a sale is open: nothing of it is lost, and what waited comes out once."""

import contextlib
import sys

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.window import make_home, till_window

from hardware.printers.profile import PAPER_58, PAPER_80
from hardware.virtual.display import VirtualDisplay
from hardware.virtual.port import VirtualPort
from hardware.virtual.printer import Fault, VirtualPrinter
from hardware.virtual.scale import VirtualScale
from hardware.virtual.scanner import VirtualScanner
from pos_app.application.ports import JobState
from pos_app.config import (
    DeviceSettings,
    DisplaySettings,
    DrawerSettings,
    PrinterSettings,
    ScaleSettings,
    ScannerSettings,
    Settings,
    WireKind,
)
from pos_app.domain.quantity import Quantity
from pos_app.infrastructure.paths import paths_below
from pos_app.runtime.device_board import DeviceRole
from pos_app.ui.screens.payment.state import CASH, TenderAsked
from pos_app.ui.state import Tone

pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are a POSIX thing"),
]
SERIAL = WireKind.SERIAL


class Devices:
    """One of each kind, and the settings that say so."""

    def __init__(self, stack, folder, paper):
        folder.mkdir()
        self.pulses = []
        self.printer = stack.enter_context(VirtualPrinter(paper))
        self.scanner = stack.enter_context(VirtualScanner(link=folder / "scanner"))
        self.scale = stack.enter_context(VirtualScale("general", link=folder / "scale"))
        self.display = stack.enter_context(VirtualDisplay(figures=8, link=folder / "display"))
        self.box = stack.enter_context(VirtualPort("box", on_data=self.pulses.append, link=folder / "drawer"))

    @property
    def tcp(self):
        return PrinterSettings(kind=WireKind.TCP, host=self.printer.host, port=self.printer.port)

    def settings(self, **others):
        return DeviceSettings(
            printer=self.tcp,
            scanners=(ScannerSettings(SERIAL, device=self.scanner.port),),
            scale=ScaleSettings(SERIAL, device=self.scale.port),
            display=DisplaySettings(SERIAL, device=self.display.port),
            drawer=DrawerSettings(SERIAL, device=self.box.port, pulse="07"),
            **others,
        )

    def printed(self, number):
        return sum(number in str(paper.codes) + paper.text() for paper in self.printer.papers)


@pytest.fixture
def both(tmp_path):
    with contextlib.ExitStack() as stack:
        yield Devices(stack, tmp_path / "old", PAPER_80), Devices(stack, tmp_path / "new", PAPER_58)


@pytest.fixture
def window(home, both):
    make_home(home, Settings(devices=both[0].settings()))
    with till_window(paths_below(home)) as one:
        _all_there(one.sit_down())
        yield one


def _all_there(window):
    roles = (DeviceRole.SCANNER, DeviceRole.SCALE, DeviceRole.DISPLAY, DeviceRole.DRAWER)
    for role in roles:
        window.until(lambda role=role: [e.state for e in window.desk.devices.standings(role)] == ["idle"], str(role))


def _use(window, devices):
    """As the devices screen does it."""
    settings = msgspec.structs.replace(window.desk.settings, devices=devices)
    window.running.save_settings(settings)
    window.desk.use_settings(settings)
    window.desk.services.apply_devices(settings)
    window.settle()


def _sell(window, *numbers):
    window.scan(*(builders.ean13(number) for number in numbers))
    window.pay_cash()
    assert window.state("payment").done
    number = window.state("payment").number
    window.view("payment").next_requested.emit()
    window.settle()
    return number


def test_everything_is_another_in_the_middle_of_a_sale(window, both):
    old, new = both
    old.printer.fault = Fault.PAPER_OUT
    waits = _sell(window, 1)
    window.until(lambda: len(old.pulses) == 1, "change can be given")
    window.until(lambda: window.running.printing.status.waiting == 1, "its receipt waits for paper")
    old.scanner.send(builders.ean13(2))
    window.until(lambda: len(window.state("selling").lines) == 1, "the next sale has begun")
    before = window.state("selling").lines

    new.scale.lay(500)
    _use(window, new.settings(stand_in=old.tcp))
    assert window.state("selling").lines == before
    _all_there(window)
    window.until(lambda: new.printed(waits) == 1, "what waited comes out at the new printer")
    window.until(lambda: new.display.lamp in ("price", "total"), "the new display shows the sale")
    assert new.display.lines == (window.state("selling").payable.plain(),)
    assert new.pulses == [], "the drawer was opened for it when it was paid"
    window.until(lambda: window.desk.scale.weight and window.desk.scale.weight.state == "stable", "it is weighed there")
    old.scanner.send(builders.ean13(3))
    new.scanner.send(builders.ean13(21))
    window.until(lambda: len(window.state("selling").lines) == 2, "the new scanner is heard")
    assert window.state("selling").lines[-1].quantity == Quantity(500), "weighed at the new scale"
    assert window.state("selling").lines[:1] == before
    number = _sell(window)
    window.until(lambda: new.printed(number) == 1 and len(new.pulses) == 1, "printed and opened where they are now")
    window.until(lambda: window.desk._header.printer is Tone.SUCCESS, "the badge is green")
    window.settle()
    assert [new.printed(each) for each in (waits, number)] == [1, 1]
    assert [old.printed(each) for each in (waits, number)] == [0, 0]
    assert (len(old.pulses), len(new.pulses)) == (1, 1)
    assert not [code for code in window.told if code.endswith(".gone") and not code.startswith("printer")]
    jobs = window.running.books.till.queue.open_jobs()
    assert [job.state for job in jobs if job.state is not JobState.SENT] == []


def test_what_was_taken_for_a_sale_stays_taken(window, both):
    old, new = both
    window.scan(builders.ean13(1), builders.ean13(2))
    window.view("selling").pay_requested.emit()
    window.settle()
    window.view("payment").tender_requested.emit(TenderAsked(CASH, "0.50"))
    window.settle()
    taken, remaining = window.state("payment").tenders, window.state("payment").remaining
    assert taken
    _use(window, new.settings())
    _all_there(window)
    assert (window.screen, window.state("payment").tenders) == ("payment", taken)
    assert window.state("payment").remaining == remaining
    window.until(lambda: new.display.lamp == "paid", "the customer sees it at the new display")
    window.pay_cash()
    number = window.state("payment").number
    window.until(lambda: new.printed(number) == 1 and new.pulses, "printed and opened")
    assert (old.printed(number), old.pulses) == (0, [])


def test_nothing_at_all_is_set_up_any_more_and_the_sale_ends_all_the_same(window, both):
    old, _ = both
    window.scan(builders.ean13(1))
    old.scale.unplug()
    window.until(lambda: window.desk._header.device_gone == "scale", "it is missed")
    window.desk._clock.stop()
    _use(window, DeviceSettings())
    assert window.desk.devices.standings(DeviceRole.SCALE) == ()
    assert window.desk._header.device_gone == "", "nobody misses it any more"
    assert len(window.state("selling").lines) == 1
    number = _sell(window, 2)
    window.settle()
    assert (old.printed(number), old.pulses) == (0, [])
    assert window.desk._header.printer is Tone.NEUTRAL
    assert window.desk._header.device_gone == ""


def test_whether_an_open_drawer_is_told_of_changes_at_once(home):
    drawer = DrawerSettings(WireKind.VIRTUAL, sensor="cts")
    make_home(home, Settings(devices=DeviceSettings(drawer=drawer)))
    with till_window(paths_below(home)) as window:
        window.sit_down()
        box = window.running.devices.virtual.pulse_box
        for warns in (False, True):
            _use(window, DeviceSettings(drawer=msgspec.structs.replace(drawer, warns_open=warns)))
            box = window.running.devices.virtual.pulse_box
            window.until(lambda: window.desk.drawer.is_open is False, "it is shut")
            _sell(window, 1)
            window.until(lambda: window.desk.drawer.is_open, "it was left open")
            window.scan(builders.ean13(1))
            window.settle()
            assert ("drawer.still_open" in window.told) is warns
            box.drawer.close()
            window.until(lambda: window.desk.drawer.is_open is False, "it is pushed shut")
            _sell(window)
