"""Any device is pulled out in the middle of a sale, with all the others there: seen soon, logged once, back by itself.

The sale goes on without it, what waited for it is shown or printed once, and nobody hears of the devices that stayed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pos_testkit import builders
from pos_testkit.window import TillWindow, make_home, till_window
from PySide6.QtCore import QRect

from hardware.printers.profile import PAPER_80
from hardware.virtual.display import VirtualDisplay
from hardware.virtual.node_scanner import VirtualNodeScanner, as_keys, as_reports
from hardware.virtual.port import VirtualPort
from hardware.virtual.printer import Fault, VirtualPrinter
from hardware.virtual.scale import VirtualScale
from hardware.virtual.scanner import VirtualScanner
from pos_app.config import (
    CustomerScreenSettings,
    DeviceSettings,
    DisplaySettings,
    DrawerSettings,
    PrinterSettings,
    ScaleSettings,
    ScannerSettings,
    ScreenPlace,
    Settings,
    WireKind,
)
from pos_app.infrastructure.logs import LOG_FILE
from pos_app.infrastructure.paths import paths_below
from pos_app.runtime.device_board import DeviceRole
from pos_app.ui.customer_screen.monitors import Monitor, Monitors
from pos_app.ui.state import Tone

pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals and pipes with names are a POSIX thing"),
]
#: What the cashier is promised.
SOON_S = 2
PULSE = b"\x1bp\x00\x19\xfa"
TILL = Monitor("eDP-1", QRect(0, 0, 1024, 768))
CUSTOMERS = Monitor("HDMI-1", QRect(1024, 0, 1024, 600))
READING = {"scanner": "serial", "keys": "input", "reports": "hid"}


class TwoMonitors(Monitors):
    """The till's, and one that is pulled out."""

    there = True

    def found(self) -> tuple[Monitor, ...]:
        return (TILL, CUSTOMERS) if self.there else (TILL,)

    def of(self, _window: object) -> Monitor:
        return TILL

    def plug(self, *, there: bool) -> None:
        self.there = there
        self.changed.emit()


@dataclass
class Counter:
    """A till with a device of every kind.

    Attributes:
        window: The till.
        printer: Its printer, and so on.
        pulses: What arrived at the drawer's box.
        plugs: Of each device what plugs it in, and with False pulls it out.
    """

    window: TillWindow
    printer: VirtualPrinter
    scanners: dict[str, VirtualScanner | VirtualNodeScanner]
    scale: VirtualScale
    display: VirtualDisplay
    pulses: list[bytes]
    plugs: dict[str, Callable[[bool], object]]

    def until(self, condition: Callable[[], object], what: str, seconds: float = 15) -> None:
        self.window.until(condition, what, seconds)

    def states(self, role: DeviceRole) -> set[str]:
        return {each.state for each in self.window.desk.devices.standings(role)}

    def logged(self, role: DeviceRole, place: str) -> list[str]:
        """The states of a device that are in the log file, in order."""
        lines = (self.window.paths.logs / LOG_FILE).read_text(encoding="utf-8")
        return re.findall(rf"role='{role.value}' place='{re.escape(place)}' state='(\w+)'", lines)

    def printed(self, number: str) -> int:
        return sum(number in str(paper.codes) + paper.text() for paper in self.printer.papers)


def _plug(device: VirtualScale | VirtualDisplay | VirtualScanner | VirtualNodeScanner | VirtualPort):
    return lambda there: device.plug() if there else device.unplug()


@pytest.fixture
def counter(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    monitors: list[TwoMonitors] = []

    def monitors_of(parent: object) -> TwoMonitors:
        monitors.append(TwoMonitors(parent))  # type: ignore[arg-type]
        return monitors[0]

    monkeypatch.setattr("pos_app.bootstrap.customer_screen.Monitors", monitors_of)
    pulses: list[bytes] = []
    scanners = {
        "scanner": VirtualScanner(link=tmp_path / "scanner"),
        "keys": VirtualNodeScanner(tmp_path / "keys", as_keys),
        "reports": VirtualNodeScanner(tmp_path / "reports", as_reports),
    }
    scale = VirtualScale("general", link=tmp_path / "scale")
    display = VirtualDisplay(figures=8, link=tmp_path / "display")
    box = VirtualPort("box", on_data=pulses.append, link=tmp_path / "drawer")
    ports = {**scanners, "scale": scale, "display": display, "drawer": box}
    with VirtualPrinter(PAPER_80) as printer:
        for each in ports.values():
            each.plug()
        settings = DeviceSettings(
            printer=PrinterSettings(kind=WireKind.TCP, host=printer.host, port=printer.port),
            scanners=tuple(
                ScannerSettings(WireKind(kind), device=scanners[name].port) for name, kind in READING.items()
            ),
            scale=ScaleSettings(WireKind.SERIAL, device=scale.port),
            display=DisplaySettings(WireKind.SERIAL, device=display.port),
            drawer=DrawerSettings(WireKind.SERIAL, device=box.port, pulse=PULSE.hex()),
            customer_screen=CustomerScreenSettings(ScreenPlace.MONITOR, CUSTOMERS.name),
        )
        make_home(home, Settings(devices=settings))
        try:
            with till_window(paths_below(home)) as window:
                plugs = {name: _plug(each) for name, each in ports.items()}
                plugs["printer"] = lambda there: setattr(printer, "fault", Fault.NONE if there else Fault.OFF)
                plugs["customer_screen"] = lambda there: monitors[0].plug(there=there)
                yield Counter(window.sit_down(), printer, scanners, scale, display, pulses, plugs)
        finally:
            for each in ports.values():
                each.unplug()


def _sell(counter: Counter, *, with_goods: int) -> str:
    """Pay what is rung; returns the receipt's number."""
    window = counter.window
    assert len(window.state("selling").lines) == with_goods
    window.pay_cash()
    assert window.state("payment").done
    number = window.state("payment").number
    window.view("payment").next_requested.emit()
    window.settle()
    return str(number)


ALL = ("printer", "scanner", "keys", "reports", "scale", "display", "drawer", "customer_screen")


@pytest.mark.parametrize("pulled", ALL)
def test_it_is_missed_soon_and_once_and_comes_back_by_itself(counter: Counter, pulled: str, clear) -> None:
    window = counter.window
    role = DeviceRole("scanner" if pulled in counter.scanners else pulled)
    for each in DeviceRole:
        counter.until(lambda each=each: counter.states(each) == {"idle"}, f"{each} is there")
    counter.scanners["scanner"].send(builders.ean13(1))
    counter.until(lambda: len(window.state("selling").lines) == 1, "the first goods")
    first = _sell(counter, with_goods=1)
    counter.until(lambda: counter.printed(first) == 1 and len(counter.pulses) == 1, "all of it works")
    window.scan(builders.ean13(1))
    ports = [counter.scanners[pulled].port] if pulled in counter.scanners else None
    place = next(each.place for each in window.desk.devices.standings(role) if ports is None or each.place in ports)

    counter.plugs[pulled](False)
    if pulled == "printer":
        counter.until(lambda: window.desk._header.printer is Tone.WARNING, "the badge says so", SOON_S)
    else:
        counter.until(lambda: window.desk._header.device_gone == role, "the status bar says so", SOON_S)
        assert window.desk._header.more_gone == 0
        clear(f"{role.value}.gone")
        clear(f"{role.value}.back")
    assert len([code for code in window.told if code.startswith(f"{role.value}.")]) == 1

    # Whatever is left of the counter does its work.
    others = [each for name, each in counter.scanners.items() if name != pulled]
    others[0].send(builders.ean13(2))
    counter.until(lambda: len(window.state("selling").lines) == 2, "another scanner goes on")
    second = _sell(counter, with_goods=2)
    window.scan(builders.ean13(3))
    third = _sell(counter, with_goods=1)
    if pulled != "drawer":
        counter.until(lambda: len(counter.pulses) == 3, "change can be given")
    if pulled == "printer":
        counter.until(lambda: window.running.printing.status.waiting == 2, "both wait")
    else:
        counter.until(lambda: counter.printed(second) and counter.printed(third), "receipts come out")

    counter.plugs[pulled](True)
    if pulled == "printer":
        counter.until(lambda: window.desk._header.printer is Tone.SUCCESS, "the badge is green")
    else:
        counter.until(lambda: window.desk._header.device_gone == "", "the status bar is as before", SOON_S)
    counter.until(lambda: f"{role.value}.back" in window.told or pulled == "printer", "it is said")
    counter.until(lambda: counter.printed(second) and counter.printed(third), "what waited is printed")
    counter.until(lambda: counter.display.lamp == "change", "the line shows the newest")
    if pulled in counter.scanners:
        counter.scanners[pulled].send(builders.ean13(4))
        counter.until(lambda: len(window.state("selling").lines) == 1, "it scans again")
    window.scan(builders.ean13(1))
    _sell(counter, with_goods=2 if pulled in counter.scanners else 1)
    counter.until(
        lambda: len(counter.pulses) == (2 if pulled == "drawer" else 4), "the drawer opens; once for each sale"
    )
    window.settle()
    assert [counter.printed(each) for each in (first, second, third)] == [1, 1, 1]
    assert counter.display.problems == ()
    assert set(counter.pulses) == {PULSE}
    assert window.told.count(f"{role.value}.gone") == (0 if pulled == "printer" else 1)
    assert window.told.count(f"{role.value}.back") == (0 if pulled == "printer" else 1)
    logged = counter.logged(role, place)
    assert logged.count("error") == 1
    assert logged[-1] == "idle"
    wrong = [line for other in DeviceRole if other is not role for line in _wrong(counter, other)]
    assert wrong == [], "nobody hears of the others"


def _wrong(counter: Counter, role: DeviceRole) -> list[str]:
    return [
        state
        for each in counter.window.desk.devices.standings(role)
        for state in counter.logged(role, each.place)
        if state == "error"
    ]


def test_what_is_pulled_out_together_is_counted(counter: Counter) -> None:
    for each in DeviceRole:
        counter.until(lambda each=each: counter.states(each) == {"idle"}, f"{each} is there")
    for each in ("scale", "display", "keys"):
        counter.plugs[each](False)
    counter.until(lambda: counter.window.desk._header.more_gone == 2, "all three", SOON_S)
    for each in ("scale", "display", "keys"):
        counter.plugs[each](True)
    counter.until(lambda: not counter.window.desk._header.device_gone, "all are back", SOON_S)
    assert counter.window.desk._header.more_gone == 0
