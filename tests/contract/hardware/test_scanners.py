"""Scanners with ports of their own: however they are connected, codes come whole and unplugging is one change."""

import sys
import threading
import time

import pytest

from hardware.ports import DeviceState, Reason
from hardware.scanners.codes import Gtin, Unknown, UnknownReason, parse
from hardware.scanners.config import ScanConfig
from hardware.scanners.hid_pos import HidPosDecoder, reports_for
from hardware.scanners.input_events import KeyDecoder, events_for
from hardware.scanners.loop import LineSplitter, ScannerConfig, ScannerLoop
from hardware.transports.hid import HidApiTransport, HidrawTransport
from hardware.transports.input_device import InputTransport
from hardware.transports.memory import MemoryTransport
from hardware.virtual.node_scanner import VirtualNodeScanner
from hardware.virtual.scanner import VirtualScanner

EAN = "6901234567892"
FAST = ScannerConfig(idle_ends_ms=60, poll_ms=20, retry_first_ms=10, retry_most_ms=40, echo_ms=0)
DECODERS = {"lines": LineSplitter, "keys": KeyDecoder, "reports": HidPosDecoder}


def _whole(kind, code):
    match kind:
        case "lines":
            return (code + "\r\n").encode()
        case "keys":
            return events_for(code + "\r")
        case _:
            return reports_for(code.encode(), "]E0" if code.isdigit() else "")


def _half(kind, code):
    match kind:
        case "lines":
            return code.encode()
        case "keys":
            return events_for(code)
        case _:
            return reports_for(code.encode() * 20, "]C0")[:64]


class _HidLibrary:
    """``hid.device`` over a wire in memory: lists of numbers, errors as OSError, one report a read."""

    def __init__(self, wire):
        self._wire = wire

    def open(self, vendor_id, product_id, serial_number=None):
        assert (vendor_id, product_id, serial_number) == (0x0C2E, 0x0B61, "S1")
        self.open_path(b"")

    def open_path(self, _path):
        try:
            self._wire.open(timeout_ms=1)
        except Exception as error:
            raise OSError("open failed") from error

    def read(self, max_length, timeout_ms=0):
        try:
            return list(self._wire.read(min(64, max_length), timeout_ms=timeout_ms))
        except Exception as error:
            raise OSError("read error") from error

    def close(self):
        self._wire.close(timeout_ms=0)


class _Scanner:
    """A scanner of one kind on one wire, driven the same for all."""

    def __init__(self, kind, transport, twin):
        self.kind, self._transport, self._twin = kind, transport, twin

    def transport(self):
        return self._transport

    def decoder(self):
        return DECODERS[self.kind](FAST.max_length)

    def send(self, code, *, complete=True):
        self.send_bytes((_whole if complete else _half)(self.kind, code))

    def send_bytes(self, data):
        (self._twin.push if isinstance(self._twin, MemoryTransport) else self._twin.send_bytes)(data)

    def plug(self):
        self._twin.plug()

    def unplug(self):
        self._twin.unplug()


WIRES = ["lines/pty", "lines/memory", "keys/node", "keys/memory", "reports/node", "reports/memory", "reports/library"]


@pytest.fixture(params=WIRES)
def virtual(request, tmp_path):
    kind, wire = request.param.split("/")
    memory = MemoryTransport()
    if wire == "memory":
        yield _Scanner(kind, memory, memory)
    elif wire == "library":
        yield _Scanner(kind, HidApiTransport("0C2E:0b61/S1", make=lambda: _HidLibrary(memory)), memory)
    elif sys.platform == "win32":
        pytest.skip("pseudo terminals and named pipes are a POSIX thing")
    elif wire == "pty":
        with VirtualScanner(link=tmp_path / "ttyScanner") as twin:
            yield _Scanner(kind, twin.transport(), twin)
    else:
        path = tmp_path / "node"
        transport = InputTransport(str(path)) if kind == "keys" else HidrawTransport(str(path))
        with VirtualNodeScanner(path, str.encode) as twin:
            yield _Scanner(kind, transport, twin)


class _Till:
    def __init__(self, virtual, config=FAST):
        self.codes, self.states = [], []
        self.scanner = ScannerLoop(
            virtual.transport(),
            on_scan=self._scanned,
            on_state=lambda *state: self.states.append(state),
            decoder=virtual.decoder(),
            config=config,
        )
        self.thread = threading.Thread(target=self.scanner.run)

    def _scanned(self, code):
        code = code.removeprefix("]E0")
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
    # What comes in reports says of itself that more must follow, and is dropped when nothing does.
    half = [] if virtual.kind == "reports" else ["690123"]
    till.until(lambda: till.scanner._decoder.holding or till.codes)
    till.until(lambda: not till.scanner._decoder.holding and till.codes == half)
    virtual.send(EAN)
    till.until(lambda: till.codes == [*half, EAN])
    assert parse("690123", ScanConfig()) == Unknown(UnknownReason.TOO_SHORT, "690123")


def test_an_endless_code_is_cut_off_and_refused(virtual, till):
    virtual.send("9" * 3000)
    till.until(lambda: till.codes)
    assert len(till.codes[0]) == FAST.max_length
    assert parse(till.codes[0], ScanConfig()).reason is UnknownReason.TOO_LONG


def test_unplugged_and_plugged_again_is_one_change_each(virtual, till):
    virtual.send("69012", complete=False)
    till.until(lambda: till.scanner._decoder.holding or till.codes)
    virtual.unplug()
    till.until(lambda: till.scanner.state is DeviceState.ERROR)
    time.sleep(0.15)
    virtual.plug()
    till.until(lambda: till.scanner.state is DeviceState.IDLE)
    virtual.send(EAN)
    till.until(lambda: till.codes[-1:] == [EAN])  # not glued to what came before the plug was pulled
    assert [state for state, _reason in till.states] == [DeviceState.IDLE, DeviceState.ERROR, DeviceState.IDLE]
    assert till.states[1][1] in {Reason.OFFLINE, Reason.NOT_FOUND}


def test_a_second_scan_on_purpose_counts_and_a_bounced_trigger_does_not(virtual):
    till = _Till(virtual, ScannerConfig(poll_ms=20, echo_ms=150))
    till.thread.start()
    till.until(lambda: till.scanner.state is DeviceState.IDLE)
    try:
        for _ in range(3):
            virtual.send(EAN)
        virtual.send("96385074")
        till.until(lambda: till.codes[-1:] == ["96385074"])
        assert till.codes == [EAN, "96385074"]
        time.sleep(0.2)
        virtual.send("96385074")
        till.until(lambda: till.codes == [EAN, "96385074", "96385074"])
    finally:
        till.scanner.stop()
        till.thread.join(5)


def test_a_code_of_every_kind_of_character(virtual, till):
    code = "]Q1Az09 ~!@#$%^&*()_+-=[]{};':\",./<>?|\\`"
    virtual.send(code)
    till.until(lambda: till.codes)
    assert till.codes == [code]


def test_garbage_is_survived(virtual, till):
    virtual.send_bytes(bytes(range(256)) * 3)
    till.until(lambda: till.scanner.state is DeviceState.IDLE)
    time.sleep(0.1)
    # A wire that lost its place finds it again by unplugging at the latest.
    virtual.unplug()
    till.until(lambda: till.scanner.state is DeviceState.ERROR)
    virtual.plug()
    till.until(lambda: till.scanner.state is DeviceState.IDLE)
    virtual.send(EAN)
    till.until(lambda: till.codes[-1:] == [EAN])


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
    scanner = ScannerLoop(wire, on_scan=print, on_state=lambda *state: states.append(state), config=FAST)
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
