"""A whole till whose devices are set up in its window, by keys alone: afterwards they work, or nothing has changed."""

import sys
import time

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.trial_paper import look_at
from pos_testkit.window import MANAGER, make_home, till_window
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

from hardware.discovery import Discovery, Found, Likely, Way
from hardware.printers.profile import PAPER_58, PAPER_80
from hardware.virtual.display import VirtualDisplay
from hardware.virtual.node_scanner import VirtualNodeScanner, as_keys, as_reports
from hardware.virtual.printer import VirtualPrinter
from hardware.virtual.scale import VirtualScale
from hardware.virtual.scanner import VirtualScanner
from pos_app.application.device_wizard.state import KNOWN_CODE, Step, Weighed, shown_number
from pos_app.bootstrap import counter_trials, trials
from pos_app.config import DeviceSettings, PrinterSettings, ScannerSettings, Settings, WedgeSettings, WireKind
from pos_app.infrastructure.paths import paths_below
from pos_app.infrastructure.settings import load_settings
from pos_app.runtime.device_board import DeviceRole

pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are a POSIX thing"),
]
NONE = DeviceSettings()
GOOD = builders.ean13(3)


class Keyboard:
    """Keys of a real keyboard as far as the window can tell: they come at its window, each with its time."""

    def __init__(self, window):
        self._window = window
        self._now = 100_000

    def type(self, text, gap_ms=200):
        for char in text:
            self._now += gap_ms
            code = {"\r": Qt.Key.Key_Return, "\x1b": Qt.Key.Key_Escape}.get(char, Qt.Key(ord(char.upper())))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, "" if char == "\x1b" else char)
                event.setTimestamp(self._now)
                QCoreApplication.sendEvent(self._window.shell.windowHandle(), event)
            if gap_ms >= 200:
                # A person: the till has decided what the key was before the next one comes.
                self._window.until(self._is_decided, "typing is heard")
                self._window.settle()

    def _is_decided(self):
        router = self._window.running.router
        return not (router._idle.isActive() or router._decide.isActive())


class Bench:
    """A till, its keyboard, and who sits at it."""

    def __init__(self, window):
        self.window = window.sit_down(MANAGER)
        window.shell.activateWindow()
        self.keys = Keyboard(window)

    @property
    def wizard(self):
        return self.window.state("device_wizard").wizard

    def begin(self, keys):
        self.window.desk.go("device_wizard")
        self.keys.type(keys)

    def until(self, step):
        self.window.until(lambda: self.wizard.step is step and self.window.idle, f"{step}, not {self.wizard.step}")

    @property
    def saved(self):
        return load_settings(self.window.paths.settings).settings.devices

    def scanner_heard(self):
        states = [each.state for each in self.window.desk.devices.standings(DeviceRole.SCANNER)]
        return bool(states) and set(states) == {"idle"}

    def sell(self):
        """Sells by what was scanned; the receipt's number."""
        self.window.pay_cash()
        return self.window.state("payment").number


@pytest.fixture
def make_bench(home, monkeypatch):
    benches = []

    def make(devices=NONE, ports=(), nodes=()):
        serial = (Found(Likely.UNKNOWN, Way.SERIAL, port) for port in ports)
        found = Discovery((*nodes, *serial))
        monkeypatch.setattr(trials, "look", lambda: found)
        make_home(home, Settings(devices=devices))
        context = till_window(paths_below(home))
        benches.append(context)
        return Bench(context.__enter__())

    yield make
    for each in benches:
        each.__exit__(None, None, None)


def tcp(printer, **settings):
    return PrinterSettings(kind=WireKind.TCP, host=printer.host, port=printer.port, **settings)


def printed(printer, number):
    return sum(1 for paper in printer.papers if number in str(paper.codes) + paper.text())


def test_a_printer_is_found_by_its_address_tried_saved_and_prints(make_bench):
    profile = msgspec.structs.replace(PAPER_58, drawer_pin=5)
    with VirtualPrinter(profile) as printer:
        bench = make_bench()
        bench.begin("1")
        bench.until(Step.WHICH)
        bench.keys.type("1")
        assert bench.wizard.step is Step.ADDRESS
        bench.keys.type(f"{printer.host}:{printer.port}\r")
        bench.until(Step.TRIAL)
        right = sorted(look_at(printer.wait_for_papers(1, timeout_ms=5000)[0]))
        bench.keys.type("".join(map(str, right)))
        assert bench.wizard.marks == set(right)
        bench.keys.type("\r1")
        bench.until(Step.DRAWER)
        assert not printer.drawer.is_open
        bench.keys.type("2")
        bench.until(Step.DRAWER)
        bench.window.until(lambda: printer.drawer.is_open, "the drawer opens at the other wire")
        assert bench.saved == NONE, "nothing is changed before it is saved"
        bench.keys.type("1\r")
        bench.until(Step.FINISHED)
        made = bench.saved.printer
        assert (made.host, made.port, made.paper_mm, made.drawer_pin) == (printer.host, printer.port, 58, 5)
        bench.keys.type("2")
        assert bench.window.screen == "selling"
        bench.window.scan(GOOD)
        number = bench.sell()
        bench.window.until(lambda: printed(printer, number) == 1, "the receipt comes out")


def test_a_serial_scanner_is_found_at_its_speed_and_sells(make_bench):
    from pos_testkit.pty_scanner import PtyScanner

    scanner = PtyScanner(19200)
    try:
        bench = make_bench(ports=("/dev/ttyNOWHERE", scanner.port))
        bench.begin("3")
        bench.until(Step.SCAN)
        deadline = time.monotonic() + 20
        while bench.wizard.step is Step.SCAN and time.monotonic() < deadline:
            before, until = len(bench.wizard.heard), time.monotonic() + 0.4
            scanner.scan(f"\x02{KNOWN_CODE}\r\n")
            bench.window.until(
                lambda before=before, until=until: len(bench.wizard.heard) != before or time.monotonic() > until, "it"
            )
        bench.keys.type("\r")
        bench.until(Step.FINISHED)
        [made] = bench.saved.scanners
        assert (made.device, made.baud, made.prefix) == (scanner.port, 19200, "\x02")
        bench.keys.type("2")
        bench.window.until(bench.scanner_heard, "the scanner is read")
        scanner.scan(f"\x02{GOOD}\r\n")
        bench.window.until(lambda: len(bench.window.state("selling").lines) == 1, "the scan is in the basket")
    finally:
        scanner.close()


@pytest.mark.parametrize(("way", "encode"), [(Way.HID, as_reports), (Way.INPUT, as_keys)])
def test_a_scanner_at_its_own_node_is_found_and_sells(make_bench, tmp_path, way, encode):
    scanner, keyboard = VirtualNodeScanner(tmp_path / "node", encode), VirtualNodeScanner(tmp_path / "kbd", as_keys)
    scanner.plug()
    keyboard.plug()
    try:
        nodes = (Found(Likely.SCANNER, way, scanner.port), Found(Likely.KEYBOARD, Way.INPUT, keyboard.port))
        bench = make_bench(nodes=nodes)
        bench.begin("3")
        bench.until(Step.SCAN)
        keyboard.send(KNOWN_CODE)  # nobody may take this away from the person who types at it
        for count in range(1, 4):
            scanner.send(KNOWN_CODE)
            bench.window.until(lambda count=count: len(bench.wizard.heard) == count, f"scan {count} is heard")
        bench.keys.type("\r")
        bench.until(Step.FINISHED)
        [made] = bench.saved.scanners
        assert (made.kind.value, made.device, made.prefix) == (way.value, scanner.port, "")
        bench.keys.type("2")
        bench.window.until(bench.scanner_heard, "the scanner is read")
        scanner.send(GOOD)
        bench.window.until(lambda: len(bench.window.state("selling").lines) == 1, "the scan is in the basket")
    finally:
        scanner.unplug()
        keyboard.unplug()


def test_a_scanner_that_types_is_taught_and_sells_and_nothing_leaks(make_bench):
    bench = make_bench()
    numbers = []
    bench.begin("3")
    bench.window.view("device_wizard").number_requested.connect(numbers.append)
    bench.until(Step.SCAN)
    for count in range(1, 4):
        bench.keys.type(f"%{KNOWN_CODE}\r", gap_ms=70)  # slower than any till would take for a scan untaught
        bench.window.until(lambda count=count: len(bench.wizard.heard) == count, f"scan {count} is heard")
    assert numbers == []
    assert bench.wizard.step is Step.SUMMARY
    bench.keys.type("\r")
    bench.until(Step.FINISHED)
    wedge = bench.saved.wedge
    assert (wedge.prefix, wedge.suffix) == ("%", "")
    assert 70 < wedge.gap_ms < 150
    bench.keys.type("2")
    bench.keys.type(f"%{GOOD}\r", gap_ms=70)
    bench.window.until(lambda: len(bench.window.state("selling").lines) == 1, "the scan is in the basket")
    bench.keys.type("12")
    assert bench.window.view("selling").box.text() == "12", "a person still types"


def test_a_scale_is_found_and_weighs_and_is_used(make_bench):
    with VirtualScale("general") as scale:
        scale.lay(285)
        bench = make_bench(ports=(scale.port,))
        bench.begin("4")
        bench.keys.type("\r")
        bench.until(Step.WEIGHING)
        bench.window.until(lambda: bench.wizard.weighed == Weighed(285, is_stable=True), "it says what lies on it")
        scale.lay(1280)
        bench.window.until(lambda: bench.wizard.weighed == Weighed(1280, is_stable=True), "it follows")
        bench.keys.type("1\r")
        bench.until(Step.FINISHED)
        assert (bench.saved.scale.device, bench.saved.scale.protocol) == (scale.port, "general")
        bench.keys.type("2")
        bench.window.until(lambda: bench.window.desk.scale.weight is not None, "the till reads it")
        assert bench.window.desk.scale.weight.grams == 1280


def test_a_display_is_read_and_used(make_bench, monkeypatch):
    monkeypatch.setattr(counter_trials, "SHOWN_S", 0.1)
    seen = []
    with VirtualDisplay(figures=8, on_change=lambda lines, lamp: seen.append((lines, lamp))) as display:
        bench = make_bench(ports=(display.port,))
        bench.begin("5")
        bench.until(Step.WHICH)
        bench.keys.type("1")
        bench.until(Step.READ)
        bench.window.until(lambda: any(shown_number(1) in lines for lines, _ in seen), "the first number is shown")
        bench.keys.type("1\r")
        bench.until(Step.LAMP)
        bench.window.until(lambda: (("88.88",), "total") in seen, "the lamp is lit")
        bench.keys.type("1\r")
        bench.until(Step.FINISHED)
        assert (bench.saved.display.model, bench.saved.display.baud) == ("led8", 2400)
        bench.keys.type("2")
        seen.clear()
        bench.window.scan(GOOD)
        bench.window.until(lambda: any(any(lines) for lines, _ in seen), "the customer sees what is rung")


@pytest.mark.parametrize("way", ["leave", "log_out", "other_screen"])
@pytest.mark.parametrize("keys", ["1", "3"])
def test_leaving_in_the_middle_leaves_everything_at_work(make_bench, way, keys):
    with VirtualPrinter(PAPER_80) as own, VirtualScanner() as scanner:
        port = ScannerSettings(kind=WireKind.SERIAL, device=scanner.port, prefix="A")
        devices = DeviceSettings(printer=tcp(own), scanners=(port,), wedge=WedgeSettings(prefix="#"))
        bench = make_bench(devices, ports=(scanner.port,))
        window = bench.window
        bench.begin(keys)
        if keys == "1":
            bench.until(Step.WHICH)
            bench.keys.type("2")
            bench.keys.type(f"{own.host}:{own.port}\r")  # the till's own one: it has let go of its port
            bench.until(Step.TRIAL)
        else:
            bench.until(Step.SCAN)
            assert not bench.scanner_heard() or window.running.devices.scanners._running == []
            assert KNOWN_CODE in str(own.wait_for_papers(1, timeout_ms=5000)[0].codes)
        before = len(own.papers)
        if way == "leave":
            window.view("device_wizard").leave_requested.emit()
        elif way == "log_out":
            window.desk._presenters["device_wizard"]._flow.log_out()
            window.settle()
            window.sit_down(MANAGER)
        else:
            window.desk.go("selling")
        window.settle()
        assert window.screen == "selling"
        assert bench.saved == devices
        window.until(bench.scanner_heard, "the scanner is read again")
        scanner.send(f"A{GOOD}")
        window.until(lambda: len(window.state("selling").lines) == 1, "the scan is in the basket")
        number = bench.sell()
        window.until(lambda: printed(own, number) == 1, "the receipt comes out")
        assert len(own.papers) == before + 1


def test_a_till_that_is_closed_in_the_middle_lets_go(make_bench):
    with VirtualPrinter(PAPER_80) as own, VirtualScanner() as scanner:
        bench = make_bench(DeviceSettings(printer=tcp(own)), ports=(scanner.port,))
        bench.begin("3")
        bench.until(Step.SCAN)
        bench.window.close()
        assert bench.window.running._device_acts._ports._thread.join(5) is None
        assert not bench.window.running._device_acts._ports._thread.is_alive()
