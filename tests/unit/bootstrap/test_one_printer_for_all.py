"""Receipts, slips and a stand-in may all come out at one printer: each waits for the other, and none is refused."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from pos_testkit.print_contents import header

from hardware.ports import DeviceError, Reason
from hardware.printers.profile import PAPER_80
from hardware.printers.receipt_printer import PrinterTimings, ReceiptPrinter
from pos_app.application.ports import JobKind, JobState
from pos_app.application.print_content import PrintContent
from pos_app.bootstrap.devices import PaperPrinter

CONTENT = PrintContent(JobKind.SALE, header(), None)
HASTY = PrinterTimings(open_ms=50, status_ms=1, stall_ms=50, confirm_ms=1, close_ms=1)


class _Port:
    """A port that one at a time may hold, as USB and serial ones are."""

    def __init__(self):
        self.held = threading.Lock()
        self.written = []
        self.looked = 0


class _Wire:
    bytes_per_second = 100_000

    def __init__(self, port, name="usb://0416:5011"):
        self.port, self.name, self.mine = port, name, False

    def missing(self):
        self.port.looked += 1
        return Reason.BUSY if self.port.held.locked() else None

    def open(self, *, timeout_ms):
        if not self.port.held.acquire(blocking=False):
            raise DeviceError(Reason.BUSY, "somebody holds it")
        self.mine = True

    def write(self, data, *, timeout_ms):
        time.sleep(0.01)
        self.port.written.append(data)

    def read(self, max_bytes, *, timeout_ms):
        return b""

    def close(self, *, timeout_ms):
        if self.mine:
            self.mine = False
            self.port.held.release()


def _printers(port, *names):
    return [
        PaperPrinter(ReceiptPrinter(_Wire(port, name), PAPER_80, timings=HASTY), lambda content: b"paper")
        for name in names
    ]


def test_each_waits_for_the_other():
    port = _Port()
    name = "usb://0416:5011"
    receipts, slips = _printers(port, name, name)
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        lanes = ((one, receipts), (other, slips))
        done = [lane.submit(each.print, str(at), CONTENT, lambda: None) for at in range(5) for lane, each in lanes]
        states = [each.result().state for each in done]
    assert states == [JobState.SENT] * 10
    assert sum(data.startswith(b"paper") for data in port.written) == 10


def test_what_another_prints_at_is_not_asked_and_not_missed():
    port = _Port()
    name = "serial:///dev/ttyS0?baud=9600"
    receipts, slips = _printers(port, name, name.replace("9600", "19200"))
    began, go = threading.Event(), threading.Event()

    def leaving():
        began.set()
        go.wait(5)

    with ThreadPoolExecutor(1) as pool:
        printing = pool.submit(receipts.print, "1", CONTENT, leaving)
        assert began.wait(5)
        try:
            assert slips.missing() == ""
            assert slips.health().reason == ""
            assert port.looked == 0
        finally:
            go.set()
        assert printing.result().state is JobState.SENT


@pytest.mark.parametrize("other", ["usb://0416:5011/A", "tcp://127.0.0.1:9100"])
def test_others_wait_for_nobody(other):
    name = "usb://0416:5011/B"
    [first], [second] = _printers(_Port(), name), _printers(_Port(), other)
    began, go = threading.Event(), threading.Event()

    def leaving():
        began.set()
        go.wait(5)

    with ThreadPoolExecutor(1) as pool:
        printing = pool.submit(first.print, "1", CONTENT, leaving)
        assert began.wait(5)
        try:
            assert second.print("2", CONTENT, lambda: None).state is JobState.SENT
        finally:
            go.set()
        assert printing.result().state is JobState.SENT
