"""Plugs pulled and pushed in hundreds of times: no thread, no open file and no object is left behind."""

import gc
import logging
import sys
import threading
import time
from pathlib import Path

import pytest

from hardware.displays.codec import Picture
from hardware.displays.display import CustomerDisplay
from hardware.displays.models import CD5220, Shows
from hardware.ports import DeviceState
from hardware.printers.profile import PAPER_80
from hardware.printers.receipt_printer import PrinterTimings, PrintState, ReceiptPrinter
from hardware.scales.protocols import GENERAL
from hardware.scales.scale import Scale
from hardware.scanners.loop import ScannerConfig, ScannerLoop
from hardware.transports.serial_port import SerialSettings, SerialTransport
from hardware.transports.tcp import TcpTransport
from hardware.virtual.port import VirtualPort
from hardware.virtual.printer import Fault, VirtualPrinter
from hardware.virtual.scale import VirtualScale
from hardware.virtual.scanner import VirtualScanner
from hardware.worker import Keeps, WorkerConfig

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts open files as Linux shows them")

CYCLES = 100
WARM = 10
ROUNDS = 3
SOON = WorkerConfig(keeps=Keeps.LATEST, poll_ms=2, retry_first_ms=2, retry_most_ms=4)
HASTY = PrinterTimings(open_ms=300, status_ms=100, stall_ms=300, confirm_ms=300, close_ms=20)


@pytest.fixture(autouse=True)
def _nobody_keeps_what_is_logged():
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def _until(condition):
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


def _held():
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir())), threading.active_count(), len(gc.get_objects())


def _go_through(cycle, times=CYCLES):
    """Something that is left behind is left behind in every round; what others in this process do is not."""
    for _ in range(WARM):
        cycle()
    for _ in range(ROUNDS):
        before = _held()
        for _ in range(times):
            cycle()
        after = _held()
        grown = [now - then for now, then in zip(after, before, strict=True)]
        if grown[0] <= 0 and grown[1] <= 0 and grown[2] < times:
            return
    assert not grown, "open files, threads, objects more than before the last round"


def test_a_scanner(tmp_path):
    scanner, heard = VirtualScanner(link=tmp_path / "scanner"), []
    wire = SerialTransport(SerialSettings(port=scanner.port))
    config = ScannerConfig(poll_ms=5, retry_first_ms=2, retry_most_ms=4, echo_ms=0)
    loop = ScannerLoop(wire, on_scan=heard.append, config=config)
    thread = threading.Thread(target=loop.run)
    thread.start()

    def cycle():
        scanner.plug()
        _until(lambda: loop.state is DeviceState.IDLE)
        scanner.send("6901234567892")
        _until(lambda: heard)
        heard.clear()
        scanner.unplug()
        _until(lambda: loop.state is DeviceState.ERROR)

    try:
        _go_through(cycle)
    finally:
        loop.stop()
        thread.join(5)
        scanner.unplug()


def test_a_scale(tmp_path):
    virtual = VirtualScale("general", link=tmp_path / "scale")
    scale = Scale(SerialTransport(SerialSettings(port=virtual.port)), GENERAL, config=SOON)
    virtual.lay(500)
    scale.start()

    def cycle():
        virtual.plug()
        _until(lambda: scale.reading is not None)
        virtual.unplug()
        _until(lambda: scale.state is DeviceState.ERROR)

    try:
        _go_through(cycle, 30)  # it says a weight several times before it is believed
    finally:
        scale.stop()
        virtual.unplug()


def test_a_display(tmp_path):
    port, shown = VirtualPort("display", on_data=lambda data: shown.append(data), link=tmp_path / "display"), []
    display = CustomerDisplay(SerialTransport(SerialSettings(port=str(tmp_path / "display"))), CD5220, config=SOON)
    display.start()
    amounts = iter(range(1, 10_000))

    def cycle():
        port.plug()
        _until(lambda: display.state is DeviceState.IDLE)
        amount = f"{next(amounts)}.00"
        display.show(Picture(shows=Shows.TOTAL, amount=amount))
        _until(lambda: amount.encode() in b"".join(shown))
        shown.clear()
        port.unplug()
        _until(lambda: display.state is DeviceState.ERROR)

    try:
        _go_through(cycle)
    finally:
        display.stop()
        port.unplug()


def test_a_printer():
    with VirtualPrinter(PAPER_80) as virtual:
        printer = ReceiptPrinter(TcpTransport(virtual.host, virtual.port), PAPER_80, timings=HASTY)

        def cycle():
            virtual.fault = Fault.OFF
            assert printer.missing() is not None
            outcome = printer.print("off", b"off", on_bytes_leaving=lambda: None)
            assert outcome.state is PrintState.FAILED_BEFORE_ANY_BYTE
            virtual.fault = Fault.RESET_MID_JOB
            outcome = printer.print("broken", b"x" * 4096, on_bytes_leaving=lambda: None)
            assert outcome.state is not PrintState.CONFIRMED
            virtual.fault = Fault.NONE
            assert printer.missing() is None
            printer.status()
            virtual._papers.clear()  # it keeps what it printed, for people to look at

        _go_through(cycle)
