"""Wires that deceive: names that nobody resolves, bytes that never arrive, answers that come too late."""

import contextlib
import socket
import threading
import time

import pytest

from hardware.ports import DeviceError, Reason
from hardware.printers.profile import PAPER_80
from hardware.printers.receipt_printer import PrinterTimings, PrintState, ReceiptPrinter
from hardware.transports.tcp import TcpTransport

HASTY = PrinterTimings(open_ms=500, status_ms=50, stall_ms=400, confirm_ms=300, close_ms=50)


@pytest.fixture
def listener():
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2304)
        one.bind(("127.0.0.1", 0))
        one.listen(4)
        yield one


def _end_of(connection):
    """How a connection ends when all that comes is read."""
    try:
        while connection.recv(65536):
            pass
    except OSError as error:
        return type(error)
    return None


class TestNames:
    @pytest.fixture
    def resolver(self, monkeypatch, listener):
        """A name server that says nothing until it is let go."""
        answer = threading.Event()
        asked = []
        real = socket.getaddrinfo

        def getaddrinfo(host, port, *args, **kwargs):
            if host != "printer.shop.example" or kwargs.get("flags"):
                return real(host, port, *args, **kwargs)
            asked.append(host)
            answer.wait(10)
            return real("127.0.0.1", port, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        answer.asked = asked
        yield answer
        answer.set()

    def test_a_name_server_that_says_nothing_holds_nobody_up(self, resolver, listener):
        wire = TcpTransport("printer.shop.example", listener.getsockname()[1])
        before = threading.active_count()
        started = time.monotonic()
        for _ in range(5):
            with pytest.raises(DeviceError) as caught:
                wire.open(timeout_ms=100)
            assert caught.value.reason is Reason.TIMEOUT
        assert wire.missing() is Reason.TIMEOUT
        assert time.monotonic() - started < 5
        assert threading.active_count() <= before + 1, "one question at a time"
        resolver.set()
        wire.open(timeout_ms=2000)
        wire.close(timeout_ms=0)

    def test_a_printer_that_has_another_address_now_is_found_there(self, monkeypatch, listener):
        addresses = ["127.0.0.1", "127.0.0.2"]
        real = socket.getaddrinfo

        def getaddrinfo(host, port, *args, **kwargs):
            by_name = host == "printer.shop.example" and not kwargs.get("flags")
            return real(addresses[0] if by_name else host, port, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        port = listener.getsockname()[1]
        wire = TcpTransport("printer.shop.example", port)
        wire.open(timeout_ms=1000)
        listener.close()
        with socket.socket() as other:
            other.bind(("127.0.0.2", port))
            other.listen(1)
            with pytest.raises(DeviceError):
                wire.open(timeout_ms=1000)
            addresses.pop(0)
            wire.open(timeout_ms=1000)
            connection, _ = other.accept()
            connection.close()
        wire.close(timeout_ms=0)

    def test_one_dead_address_of_several_leaves_time_for_the_others(self, monkeypatch, listener):
        port = listener.getsockname()[1]
        info = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.3", port)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
        ]
        real = socket.getaddrinfo

        def getaddrinfo(*args, **kwargs):
            return real(*args, **kwargs) if kwargs.get("flags") else info

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        wire = TcpTransport("printer.shop.example", port)
        wire.open(timeout_ms=1000)
        wire.close(timeout_ms=0)


class TestBytesThatNeverArrive:
    @pytest.mark.parametrize("size", [12_000, 24_000])
    def test_what_still_waits_in_this_machine_is_not_printed(self, listener, size):
        """It accepts and never reads or answers: what its own memory did not take is lost when it is switched off."""
        printer = ReceiptPrinter(TcpTransport(*listener.getsockname()), PAPER_80, timings=HASTY)
        outcome = printer.print("a", b"x" * size, on_bytes_leaving=lambda: None)
        assert outcome.state is PrintState.FAILED_AFTER_BYTES_LEFT
        assert outcome.reason is Reason.TIMEOUT
        connection, _ = listener.accept()
        with connection:
            assert _end_of(connection) is ConnectionResetError, "half a receipt must not come out later"

    def test_a_slow_printer_that_says_nothing_prints_all(self, listener):
        got = bytearray()

        def read():
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                while piece := connection.recv(512):
                    got.extend(piece)
                    time.sleep(0.005)

        reader = threading.Thread(target=read)
        reader.start()
        printer = ReceiptPrinter(TcpTransport(*listener.getsockname()), PAPER_80, timings=HASTY)
        outcome = printer.print("a", b"x" * 24_000, on_bytes_leaving=lambda: None)
        reader.join(10)
        assert outcome.state is PrintState.SENT_UNCONFIRMED
        assert got.count(b"x") == 24_000


class _Late:
    """A wire to a printer that answers each question at once, and the confirmation when it is told to."""

    name, bytes_per_second = "late", 100_000

    def __init__(self):
        self.early = bytearray()
        self.asked = 0

    def open(self, *, timeout_ms):
        self.early.clear()

    def write(self, data, *, timeout_ms):
        if data[:2] == b"\x10\x04":
            self.early += b"\x12"
        if data.endswith(b"\x1dr\x01"):
            self.asked += 1
            self.early += self.answers.pop(0)

    def read(self, max_bytes, *, timeout_ms):
        if not self.early:
            time.sleep(timeout_ms / 1000)
        found = bytes(self.early[:max_bytes])
        del self.early[:max_bytes]
        return found

    def close(self, *, timeout_ms):
        return


def test_a_late_answer_confirms_no_later_job():
    wire = _Late()
    printer = ReceiptPrinter(wire, PAPER_80, timings=HASTY)

    def states(*answers):
        wire.answers = list(answers)
        return [printer.print(str(at), b"receipt", on_bytes_leaving=lambda: None).state for at in range(len(answers))]

    confirmed, unconfirmed = PrintState.CONFIRMED, PrintState.SENT_UNCONFIRMED
    assert states(b"\x00") == [confirmed]
    # A long report takes longer than anybody waits; its answer comes while the next receipt is on its way.
    assert states(b"", b"\x00") == [unconfirmed, unconfirmed]
    # Both answers come: then all is known again.
    assert states(b"\x00\x00", b"\x00") == [confirmed, confirmed]
