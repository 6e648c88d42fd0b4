"""Several scanners at one till: each is heard whole, stands for itself, and comes back by itself."""

import sys

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from hardware.scanners.hid_pos import reports_for
from hardware.scanners.input_events import events_for
from hardware.scanners.wedge import WedgeConfig, WedgeRecogniser
from hardware.virtual.node_scanner import VirtualNodeScanner, as_keys, as_reports
from hardware.virtual.scanner import VirtualScanner
from pos_app.bootstrap import device_service
from pos_app.bootstrap.device_service import DeviceService
from pos_app.config import DeviceSettings, ScannerSettings, Settings, WireKind
from pos_app.runtime.device_board import DeviceRole
from pos_app.ui.scan_router import ScanRouter

pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals and named pipes are a POSIX thing"),
]
EANS = ("6901234567892", "6909876543210", "96385074")


class Till:
    """The devices of a till with three scanners of three kinds, each virtual and pluggable, and a keyboard."""

    def __init__(self, qtbot, folder, monkeypatch):
        self.qtbot = qtbot
        self.lines = []
        monkeypatch.setattr(device_service, "_log", self.lines.append)
        self.serial = VirtualScanner(link=folder / "serial")
        self.keys = VirtualNodeScanner(folder / "keys", as_keys)
        self.reports = VirtualNodeScanner(folder / "reports", as_reports)
        self.all = (self.serial, self.keys, self.reports)
        for each in self.all:
            each.plug()
        self.places = tuple(str(folder / name) for name in ("serial", "keys", "reports"))
        kinds = (WireKind.SERIAL, WireKind.INPUT, WireKind.HID)
        scanners = tuple(ScannerSettings(kind, device=place) for kind, place in zip(kinds, self.places, strict=True))
        self.service = DeviceService()
        self.scans = []
        self.service.scanners.scanned.connect(self.heard)
        self.service.listen(Settings(devices=DeviceSettings(scanners=scanners)), with_virtual=False)
        qtbot.waitUntil(lambda: self.standing() == ["idle"] * 3)
        self.lines.clear()

    def heard(self, text):
        self.scans.append(text.removeprefix("]C0"))

    def standing(self):
        by_place = {each.place: each.state for each in self.service.board.standings(DeviceRole.SCANNER)}
        return [by_place.get(place, "") for place in self.places]

    def wait_for(self, count):
        self.qtbot.waitUntil(lambda: len(self.scans) >= count)

    def close(self):
        self.service.close()
        for each in self.all:
            each.unplug()


@pytest.fixture
def till(app, qtbot, tmp_path, monkeypatch):
    made = Till(qtbot, tmp_path, monkeypatch)
    yield made
    made.close()


def test_pieces_that_come_in_turns_are_whole_codes(till):
    texts = [f"{code}\r\n".encode() for code in EANS]
    typed = [events_for(f"{code}1\r") for code in EANS]
    sent = [reports_for(b"2" + code.encode() * 9) for code in EANS]
    streams = [b"".join(part) for part in (texts, typed, sent)]
    # Reports come whole; the rest in whatever pieces the wire makes of it.
    sizes = (3, 100, 64)
    while any(streams):
        for number, (scanner, size) in enumerate(zip(till.all, sizes, strict=True)):
            if streams[number]:
                scanner.send_bytes(streams[number][:size])
                streams[number] = streams[number][size:]
    till.wait_for(9)
    assert sorted(till.scans) == sorted([*EANS, *(code + "1" for code in EANS), *("2" + code * 9 for code in EANS)])


def test_one_article_at_three_scanners_counts_three_times(till):
    for each in till.all:
        each.send(EANS[0])
    till.wait_for(3)
    assert till.scans == [EANS[0]] * 3


def test_a_trigger_that_bounces_counts_once_at_each(till):
    for each in till.all:
        each.send(EANS[0])
        each.send(EANS[0])
        each.send(EANS[1])
    till.wait_for(6)
    assert sorted(till.scans) == sorted([EANS[0], EANS[1]] * 3)


@pytest.mark.parametrize("number", range(3))
def test_one_is_pulled_out_and_put_back(till, number):
    gone, others = till.all[number], [each for each in till.all if each is not till.all[number]]
    gone.unplug()
    till.qtbot.waitUntil(lambda: till.standing()[number] == "error", timeout=2000)
    assert [each.place for each in till.service.board.wrong()] == [till.places[number]]
    for each in others:
        each.send(EANS[2])
    till.wait_for(2)
    till.qtbot.wait(600)  # it is looked for meanwhile, and nothing is said of that
    assert [(line.place, line.state) for line in till.lines] == [(till.places[number], "error")]
    gone.plug()
    till.qtbot.waitUntil(lambda: till.standing()[number] == "idle", timeout=5000)
    gone.send(EANS[0])
    till.wait_for(3)
    assert till.scans[-1] == EANS[0]
    assert [line.state for line in till.lines] == ["error", "idle"]


def test_a_scanner_with_a_port_in_the_middle_of_one_that_types(till):
    """The keys of the one are held back meanwhile; the scan of the other is there at once and goes before."""
    recogniser = WedgeRecogniser(WedgeConfig(max_gap_ms=30))
    router = ScanRouter(recogniser)
    till.service.scanners.scanned.connect(router.on_serial_scan)
    heard = []
    router.scanned.connect(heard.append)
    window = QObject()

    def press(text):
        for char in text:
            press.now += 4
            key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
                event.setTimestamp(press.now)
                router.eventFilter(window, event)

    press.now = 1000
    press(EANS[0][:6])
    router._idle.stop()  # the test's time stands still between two keys
    till.serial.send(EANS[1])
    till.wait_for(1)
    assert heard == [EANS[1]]
    press(EANS[0][6:] + "\r")
    assert heard == [EANS[1], EANS[0]]
