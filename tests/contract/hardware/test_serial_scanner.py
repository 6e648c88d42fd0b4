"""Serial scanners: codes come through a real (pseudo) port, unplugging is a state and not a storm."""

import sys
import threading
import time

import pytest

from hardware.ports import DeviceState, Reason
from hardware.scanners.codes import Gtin, Unknown, UnknownReason, parse
from hardware.scanners.config import ScanConfig
from hardware.scanners.serial_scanner import LineSplitter, ScannerConfig, SerialScanner
from hardware.transports.memory import MemoryTransport
from hardware.virtual.scanner import VirtualScanner

EAN = "6901234567892"
FAST = ScannerConfig(idle_ends_ms=60, poll_ms=20, retry_first_ms=10, retry_most_ms=40)


class _MemoryScanner:
    """The twin for systems without pseudo terminals, driven like `VirtualScanner`."""

    def __init__(self):
        self._wire = MemoryTransport()

    def transport(self):
        return self._wire

    def send(self, code, *, complete=True):
        self._wire.push((code + ("\r\n" if complete else "")).encode())

    def send_bytes(self, data):
        self._wire.push(data)

    def plug(self):
        self._wire.plug()

    def unplug(self):
        self._wire.unplug()


@pytest.fixture(params=["pty", "memory"])
def virtual(request, tmp_path):
    if request.param == "memory":
        yield _MemoryScanner()
    elif sys.platform == "win32":
        pytest.skip("pseudo terminals are a POSIX thing")
    else:
        with VirtualScanner(link=tmp_path / "ttyScanner") as scanner:
            yield scanner


class _Till:
    def __init__(self, virtual):
        self.codes, self.states = [], []
        self.scanner = SerialScanner(
            virtual.transport(), on_scan=self._scanned, on_state=lambda *state: self.states.append(state), config=FAST
        )
        self.thread = threading.Thread(target=self.scanner.run)

    def _scanned(self, code):
        self.codes.append(code)
        if code == "raise":
            raise ValueError("a mistake in the listener")

    def until(self, condition):
        end = time.monotonic() + 5
        while not condition():
            assert time.monotonic() < end, (self.codes, self.states)
            time.sleep(0.005)


@pytest.fixture
def till(virtual):
    till = _Till(virtual)
    till.thread.start()
    till.until(lambda: till.scanner.state is DeviceState.IDLE)
    yield till
    till.scanner.stop()
    till.thread.join(5)
    assert not till.thread.is_alive()


def test_codes_arrive_also_two_at_once(virtual, till):
    virtual.send(EAN)
    virtual.send("96385074")
    virtual.send("矿泉水")
    till.until(lambda: len(till.codes) == 3)
    assert till.codes == [EAN, "96385074", "矿泉水"]
    assert isinstance(parse(till.codes[0], ScanConfig()), Gtin)


def test_half_a_scan_is_told_and_not_glued_to_the_next(virtual, till):
    virtual.send("690123", complete=False)
    till.until(lambda: till.codes == ["690123"])
    virtual.send(EAN)
    till.until(lambda: till.codes == ["690123", EAN])
    assert parse("690123", ScanConfig()) == Unknown(UnknownReason.TOO_SHORT, "690123")


def test_an_endless_code_is_cut_off_and_refused(virtual, till):
    virtual.send("9" * 3000)
    till.until(lambda: till.codes)
    assert len(till.codes[0]) == FAST.max_length
    assert parse(till.codes[0], ScanConfig()).reason is UnknownReason.TOO_LONG


def test_unplugged_and_plugged_again_is_one_change_each(virtual, till):
    virtual.send("69012", complete=False)
    till.until(lambda: till.scanner._splitter.holding or till.codes)
    virtual.unplug()
    till.until(lambda: till.scanner.state is DeviceState.ERROR)
    time.sleep(0.15)
    virtual.plug()
    till.until(lambda: till.scanner.state is DeviceState.IDLE)
    virtual.send(EAN)
    till.until(lambda: till.codes[-1:] == [EAN])  # not glued to what came before the plug was pulled
    assert [state for state, _reason in till.states] == [DeviceState.IDLE, DeviceState.ERROR, DeviceState.IDLE]
    assert till.states[1][1] in {Reason.OFFLINE, Reason.NOT_FOUND}


def test_stop_is_prompt_also_while_it_is_away(virtual, till):
    virtual.unplug()
    till.until(lambda: till.scanner.state is DeviceState.ERROR)
    started = time.monotonic()
    till.scanner.stop()
    till.thread.join(5)
    assert time.monotonic() - started < 0.5
    assert till.scanner.state is DeviceState.CLOSED


def test_a_mistake_in_the_listener_does_not_silence_the_scanner(virtual, till, caplog):
    virtual.send("raise")
    virtual.send(EAN)
    till.until(lambda: EAN in till.codes)
    assert "listener" in caplog.text


def test_two_loops_on_one_scanner_are_a_bug(virtual, till):
    with pytest.raises(RuntimeError, match="two threads"):
        till.scanner.run()


def test_a_scanner_that_is_not_there_is_one_state_change():
    wire = MemoryTransport()
    wire.fail_open = Reason.NOT_FOUND
    states = []
    scanner = SerialScanner(wire, on_scan=print, on_state=lambda *state: states.append(state), config=FAST)
    thread = threading.Thread(target=scanner.run)
    thread.start()
    time.sleep(0.2)
    scanner.stop()
    thread.join(5)
    assert states == [(DeviceState.ERROR, Reason.NOT_FOUND), (DeviceState.CLOSED, None)]


def test_splitting_is_pure():
    splitter = LineSplitter(8)
    assert splitter.feed(b"12\r\n\r\n34\n5") == ["12", "34"]
    assert splitter.holding
    assert splitter.feed(b"6789012345") == []
    assert splitter.end() == ["56789012"]
    assert splitter.feed("中".encode("gb18030") + b"\n") == ["中"]
    assert splitter.feed(b"\x00\r") == []


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are a POSIX thing")
def test_sending_from_an_unplugged_scanner_is_refused():
    scanner = VirtualScanner()
    with pytest.raises(RuntimeError, match="not plugged"):
        scanner.send(EAN)
    scanner.plug()
    scanner.plug()
    assert scanner.port.startswith("/dev/")
    scanner.unplug()
    scanner.unplug()
