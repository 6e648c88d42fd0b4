"""Every transport keeps the same promises: all bytes in order, deadlines, reasons, closing twice."""

import contextlib
import os
import socket
import sys
import time

import pytest
from contract.hardware.sinks import PtySink, TcpSink
from contract.hardware.usb_bus import Bus, UsbPrinter

from hardware.ports import DeviceError, Findable, PeerClosedError, Reason, Transport
from hardware.printers.profile import PAPER_80
from hardware.transports.file import FileTransport
from hardware.transports.memory import MemoryTransport
from hardware.transports.serial_port import SerialSettings, SerialTransport
from hardware.transports.tcp import TcpTransport
from hardware.transports.usb import UsbAddress, UsbTransport
from hardware.virtual.printer import Fault, VirtualPrinter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are a POSIX thing")
TEXT = b"".join(b"line %05d\n" % number for number in range(2000))


@contextlib.contextmanager
def _tcp(_tmp_path):
    with TcpSink() as sink:
        yield TcpTransport("127.0.0.1", sink.port), lambda: bytes(sink.data)


@contextlib.contextmanager
def _serial(_tmp_path):
    with PtySink() as sink:
        yield SerialTransport(SerialSettings(port=sink.port, baud=115200)), lambda: bytes(sink.data)


@contextlib.contextmanager
def _file(tmp_path):
    path = tmp_path / "printed.bin"
    yield FileTransport(path), lambda: path.read_bytes() if path.exists() else b""


@contextlib.contextmanager
def _memory(_tmp_path):
    transport, collected = MemoryTransport(), bytearray()
    transport.on_write = collected.extend
    yield transport, lambda: bytes(collected)


@contextlib.contextmanager
def _virtual(_tmp_path):
    with VirtualPrinter(PAPER_80) as printer:

        def printed():
            papers = printer.papers
            return "".join(line.text + "\n" for paper in papers for line in paper.lines).encode()

        yield TcpTransport(printer.host, printer.port), printed


@contextlib.contextmanager
def _usb(_tmp_path):
    printer = UsbPrinter()
    yield UsbTransport(UsbAddress(vendor=0x0416, product=0x5011), backend=Bus(printer)), lambda: bytes(printer.received)


WORKING = [_tcp, _serial, _file, _memory, _usb, _virtual]


def _eventually(condition, timeout_s=5.0):
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.005)


@pytest.mark.parametrize("make", WORKING)
def test_all_bytes_arrive_in_order_over_several_connections(make, tmp_path):
    with make(tmp_path) as (transport, received):
        assert isinstance(transport, Transport)
        for _ in range(2):
            transport.open(timeout_ms=2000)
            transport.write(TEXT[:10_000], timeout_ms=5000)
            transport.write(TEXT[10_000:], timeout_ms=5000)
            transport.close(timeout_ms=2000)
        transport.close(timeout_ms=10)
        _eventually(lambda: len(received()) >= 2 * len(TEXT))
        assert received() == TEXT * 2


@pytest.mark.parametrize("make", WORKING)
def test_silence_is_an_empty_answer_within_the_deadline(make, tmp_path):
    with make(tmp_path) as (transport, _received):
        transport.open(timeout_ms=2000)
        started = time.monotonic()
        assert transport.read(10, timeout_ms=50) == b""
        assert time.monotonic() - started < 1
        transport.close(timeout_ms=100)


@pytest.mark.parametrize("make", WORKING)
def test_a_closed_transport_is_offline(make, tmp_path):
    with make(tmp_path) as (transport, _received):
        with pytest.raises(DeviceError) as caught:
            transport.write(b"x", timeout_ms=50)
        assert caught.value.reason is Reason.OFFLINE
        with pytest.raises(DeviceError):
            transport.read(1, timeout_ms=50)


@pytest.mark.parametrize("make", WORKING)
def test_it_has_a_name_and_a_speed(make, tmp_path):
    with make(tmp_path) as (transport, _received):
        assert "://" in transport.name
        assert transport.bytes_per_second > 0


def _closed_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda tmp: TcpTransport("127.0.0.1", _closed_port()), Reason.OFFLINE),
        (lambda tmp: TcpTransport("256.0.0.1.invalid", 9100), Reason.NOT_FOUND),
        (lambda tmp: TcpTransport("a" * 300, 9100), Reason.NOT_FOUND),
        (lambda tmp: SerialTransport(SerialSettings(port=str(tmp / "ttyX"))), Reason.NOT_FOUND),
        (lambda tmp: FileTransport(tmp / "lp0", create=False), Reason.NOT_FOUND),
        (lambda tmp: FileTransport(tmp / "none" / "lp0"), Reason.NOT_FOUND),
        (lambda tmp: FileTransport(tmp), Reason.NOT_FOUND),
        (lambda tmp: UsbTransport(UsbAddress(vendor=1, product=2), backend=Bus(UsbPrinter())), Reason.NOT_FOUND),
    ],
)
def test_what_is_not_there_is_told_with_its_reason(make, reason, tmp_path):
    with pytest.raises(DeviceError) as caught:
        make(tmp_path).open(timeout_ms=500)
    assert caught.value.reason is reason
    assert caught.value.bytes_written == 0


def test_what_is_missing_is_seen_without_opening_it(tmp_path):
    node = tmp_path / "lp0"
    with TcpSink() as sink, PtySink() as port:
        tcp = TcpTransport("127.0.0.1", sink.port)
        serial = SerialTransport(SerialSettings(port=port.port))
        file = FileTransport(node, create=False)
        assert [each.missing() for each in (tcp, serial, file)] == [None, None, Reason.NOT_FOUND]
        node.touch()
        assert file.missing() is None
        assert sink.data == port.data == b""
        assert isinstance(tcp, Findable)
    assert [each.missing() for each in (tcp, serial)] == [Reason.OFFLINE, Reason.NOT_FOUND]


def test_a_pipe_without_reader_is_offline(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DeviceError) as caught:
        FileTransport(tmp_path / "pipe").open(timeout_ms=100)
    assert caught.value.reason is Reason.OFFLINE


def test_a_full_device_is_out_of_paper():
    transport = FileTransport("/dev/full", create=False)
    transport.open(timeout_ms=100)
    with pytest.raises(DeviceError) as caught:
        transport.write(b"x", timeout_ms=100)
    assert caught.value.reason is Reason.PAPER_OUT
    transport.close(timeout_ms=0)


def test_a_serial_port_is_held_alone():
    with PtySink() as sink:
        first, second = (SerialTransport(SerialSettings(port=sink.port)) for _ in range(2))
        first.open(timeout_ms=100)
        with pytest.raises(DeviceError) as caught:
            second.open(timeout_ms=100)
        assert caught.value.reason is Reason.BUSY
        assert first.clear_to_send() is None, "a pseudo terminal has no such line, which is no error"
        first.close(timeout_ms=100)


@pytest.mark.parametrize("kind", ["tcp", "serial", "pipe", "memory", "usb"])
def test_a_device_that_stops_reading_is_a_timeout_with_a_count(kind, tmp_path):
    with contextlib.ExitStack() as stack:
        if kind == "tcp":
            transport = TcpTransport("127.0.0.1", stack.enter_context(TcpSink("stall")).port)
        elif kind == "serial":
            transport = SerialTransport(SerialSettings(port=stack.enter_context(PtySink(reads=False)).port))
        elif kind == "pipe":
            os.mkfifo(tmp_path / "pipe")
            reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
            stack.callback(os.close, reader)
            transport = FileTransport(tmp_path / "pipe")
        elif kind == "usb":
            printer = UsbPrinter()
            printer.accept_bytes = 100
            transport = UsbTransport(UsbAddress(vendor=0x0416, product=0x5011), backend=Bus(printer))
        else:
            transport = MemoryTransport()
            transport.accept_bytes = 100
        transport.open(timeout_ms=1000)
        started = time.monotonic()
        with pytest.raises(DeviceError) as caught:
            transport.write(b"x" * 8_000_000, timeout_ms=150)
        assert caught.value.reason is Reason.TIMEOUT
        assert 0 < caught.value.bytes_written < 8_000_000
        transport.close(timeout_ms=1000)
        assert time.monotonic() - started < 1.5


def test_a_reset_is_offline_and_does_not_report_success():
    with TcpSink("reset", limit=1000) as sink:
        transport = TcpTransport("127.0.0.1", sink.port)
        transport.open(timeout_ms=1000)

        def keep_writing():
            for _ in range(200):
                transport.write(b"x" * 1000, timeout_ms=500)
                time.sleep(0.002)

        with pytest.raises(DeviceError) as caught:
            keep_writing()
        assert caught.value.reason is Reason.OFFLINE
        transport.close(timeout_ms=0)


def test_a_peer_that_has_gone_is_noticed_before_the_first_write():
    with TcpSink("close") as sink:
        transport = TcpTransport("127.0.0.1", sink.port)
        transport.open(timeout_ms=1000)
        time.sleep(0.05)
        with pytest.raises(DeviceError) as caught:
            transport.write(b"x", timeout_ms=500)
        assert (caught.value.reason, caught.value.bytes_written) == (Reason.OFFLINE, 0)
        transport.open(timeout_ms=1000)
        with pytest.raises(PeerClosedError):
            transport.read(1, timeout_ms=1000)
        transport.close(timeout_ms=0)


def test_unplugging_a_serial_port_is_offline():
    sink = PtySink(reads=False)
    transport = SerialTransport(SerialSettings(port=sink.port))
    transport.open(timeout_ms=100)
    sink.hang_up()
    with pytest.raises(DeviceError) as caught:
        transport.read(1, timeout_ms=500)
    assert caught.value.reason is Reason.OFFLINE
    transport.close(timeout_ms=100)


def test_a_printer_switched_off_refuses():
    with VirtualPrinter(PAPER_80) as printer:
        printer.fault = Fault.OFF
        transport = TcpTransport(printer.host, printer.port)
        with pytest.raises(DeviceError) as caught:
            transport.open(timeout_ms=500)
        assert caught.value.reason is Reason.OFFLINE
        printer.fault = Fault.NONE
        transport.open(timeout_ms=500)
        transport.close(timeout_ms=100)
