"""The receipt printer tells the truth about every job, whatever the printer does."""

import threading
import time

import msgspec
import pytest

from hardware.ports import DeviceError, DeviceState, Reason
from hardware.printers.document import Cut, Document, DrawerPulse, Text
from hardware.printers.escpos_encoder import encode
from hardware.printers.profile import PAPER_80, StatusSupport
from hardware.printers.receipt_printer import PrinterTimings, PrintState, ReceiptPrinter
from hardware.printers.status import Paper, status_of
from hardware.transports.file import FileTransport
from hardware.transports.memory import MemoryTransport
from hardware.transports.tcp import TcpTransport
from hardware.virtual.printer import Fault, VirtualPrinter

FAST = PrinterTimings(open_ms=500, status_ms=100, stall_ms=200, confirm_ms=200, close_ms=100)
JOB = encode(Document((DrawerPulse(), Text("柜台示范店"), Text("应收 ￥5.00"), Cut())), PAPER_80)


@pytest.fixture
def virtual():
    with VirtualPrinter(PAPER_80) as printer:
        yield printer


def _device(virtual, profile=PAPER_80, **kwargs):
    return ReceiptPrinter(TcpTransport(virtual.host, virtual.port), profile, timings=FAST, **kwargs)


def _print(device, data=JOB):
    left = []
    outcome = device.print("job-1", data, on_bytes_leaving=lambda: left.append(True))
    assert len(left) <= 1
    return outcome, bool(left)


def test_a_healthy_printer_confirms(virtual):
    states = []
    device = _device(virtual, on_state=lambda state, reason: states.append((state, reason)))
    assert device.state is DeviceState.CLOSED
    outcome, left = _print(device)
    assert (outcome.state, outcome.reason, outcome.bytes_sent) == (PrintState.CONFIRMED, None, len(JOB))
    assert left
    [paper] = virtual.wait_for_papers(1, timeout_ms=2000)
    assert [line.text for line in paper.lines] == ["柜台示范店", "应收 ￥5.00"]
    assert (paper.problems, paper.cuts, virtual.drawer.is_open) == ((), 1, True)
    assert states == [(DeviceState.BUSY, None), (DeviceState.IDLE, None)]
    device.close()
    assert device.state is DeviceState.CLOSED


def test_the_first_byte_leaves_at_once(virtual):
    device = _device(virtual)
    _print(device)
    started = time.perf_counter()
    first_byte = []
    device.print("job", JOB, on_bytes_leaving=lambda: first_byte.append(time.perf_counter()))
    assert (first_byte[0] - started) * 1000 < 100


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault.OFF, Reason.OFFLINE),
        (Fault.PAPER_OUT, Reason.PAPER_OUT),
        (Fault.COVER_OPEN, Reason.COVER_OPEN),
    ],
)
def test_a_printer_that_cannot_print_fails_before_any_byte(virtual, fault, reason):
    device = _device(virtual)
    virtual.fault = fault
    outcome, left = _print(device)
    assert (outcome.state, outcome.reason, outcome.bytes_sent) == (PrintState.FAILED_BEFORE_ANY_BYTE, reason, 0)
    assert not left
    assert (device.state, device.reason) == (DeviceState.ERROR, reason)
    virtual.fault = Fault.NONE
    assert _print(device)[0].state is PrintState.CONFIRMED
    assert len(virtual.wait_for_papers(1, timeout_ms=2000)) == 1


def test_a_printer_that_was_never_heard_and_prints_nothing_is_unconfirmed(virtual):
    virtual.fault = Fault.SILENT
    outcome, left = _print(_device(virtual))
    assert outcome.state is PrintState.SENT_UNCONFIRMED
    assert left


def test_a_printer_known_to_answer_that_falls_silent_fails_before_any_byte(virtual):
    device = _device(virtual)
    _print(device)
    virtual.fault = Fault.SILENT
    outcome, left = _print(device)
    assert (outcome.state, outcome.reason, left) == (PrintState.FAILED_BEFORE_ANY_BYTE, Reason.TIMEOUT, False)


def test_a_clone_without_answers_prints_unconfirmed_and_is_not_asked_again(virtual):
    virtual.fault = Fault.NO_ANSWERS
    device = _device(virtual)
    outcome, _left = _print(device)
    assert (outcome.state, outcome.reason) == (PrintState.SENT_UNCONFIRMED, None)
    outcome, _left = _print(device)
    assert outcome.state is PrintState.SENT_UNCONFIRMED
    assert outcome.duration_ms < FAST.status_ms + FAST.confirm_ms
    assert len(virtual.wait_for_papers(2, timeout_ms=2000)) == 2


def test_a_reset_in_the_middle_fails_after_bytes_left(virtual):
    device = _device(virtual)
    virtual.fault = Fault.RESET_MID_JOB
    outcome, left = _print(device, JOB * 20)
    assert (outcome.state, outcome.reason) == (PrintState.FAILED_AFTER_BYTES_LEFT, Reason.OFFLINE)
    assert left


def test_paper_out_during_the_job_fails_after_bytes_left(virtual):
    device = _device(virtual)
    outcome = device.print("job", JOB, on_bytes_leaving=lambda: setattr(virtual, "fault", Fault.PAPER_OUT))
    assert (outcome.state, outcome.reason) == (PrintState.FAILED_AFTER_BYTES_LEFT, Reason.PAPER_OUT)


def test_a_big_job_into_a_printer_that_never_reads_is_noticed(virtual):
    device = _device(virtual, msgspec.structs.replace(PAPER_80, realtime_status=StatusSupport.NO))
    virtual.fault = Fault.SILENT
    outcome, left = _print(device, JOB + b"\n" * 400_000)
    assert (outcome.state, outcome.reason) == (PrintState.FAILED_AFTER_BYTES_LEFT, Reason.TIMEOUT)
    assert left
    assert 0 < outcome.bytes_sent < 400_000


def test_a_slow_printer_is_waited_for(virtual):
    virtual.fault = Fault.SLOW
    timings = msgspec.structs.replace(FAST, status_ms=500, confirm_ms=3000)
    device = ReceiptPrinter(TcpTransport(virtual.host, virtual.port), PAPER_80, timings=timings)
    assert _print(device, JOB * 3)[0].state is PrintState.CONFIRMED


def test_what_the_caller_raises_before_the_first_byte_stops_the_job(virtual):
    device = _device(virtual)
    with pytest.raises(RuntimeError, match="disk full"):
        device.print("job", JOB, on_bytes_leaving=lambda: (_ for _ in ()).throw(RuntimeError("disk full")))
    assert device.state is DeviceState.IDLE
    assert _print(device)[0].state is PrintState.CONFIRMED
    assert len(virtual.wait_for_papers(1, timeout_ms=2000)) == 1


def test_status_is_a_health_check(virtual):
    device = _device(virtual)
    found = device.status()
    assert (found.answered, found.online, found.paper, found.drawer_signal) == (True, True, Paper.OK, False)
    virtual.fault = Fault.PAPER_OUT
    assert device.status().reason is Reason.PAPER_OUT
    virtual.fault = Fault.OFF
    assert (device.status().reachable, device.state) == (False, DeviceState.ERROR)
    virtual.fault = Fault.NONE
    assert device.status().reason is None
    assert device.state is DeviceState.IDLE
    assert virtual.papers == ()


def test_the_drawer_opens_alone(virtual):
    device = _device(virtual)
    assert device.open_drawer().state is PrintState.SENT_UNCONFIRMED
    virtual.wait_for_papers(1, timeout_ms=2000)
    assert (virtual.drawer.is_open, virtual.drawer.times_opened) == (True, 1)
    virtual.drawer.close()
    assert device.open_drawer(DrawerPulse(pin=5)).state is PrintState.SENT_UNCONFIRMED
    virtual.wait_for_papers(2, timeout_ms=2000)
    assert not virtual.drawer.is_open, "nothing is connected to pin 5"
    virtual.fault = Fault.OFF
    assert device.open_drawer().state is PrintState.FAILED_BEFORE_ANY_BYTE


def test_two_threads_at_once_are_a_bug(virtual):
    device = _device(virtual)
    inside, go_on = threading.Event(), threading.Event()

    def leaving():
        inside.set()
        go_on.wait(5)

    thread = threading.Thread(target=device.print, args=("job", JOB), kwargs={"on_bytes_leaving": leaving})
    thread.start()
    assert inside.wait(5)
    with pytest.raises(RuntimeError, match="two threads"):
        device.status()
    go_on.set()
    thread.join(5)


def test_a_file_takes_jobs_unconfirmed(tmp_path):
    device = ReceiptPrinter(FileTransport(tmp_path / "out.bin"), PAPER_80, timings=FAST)
    _print(device)
    outcome, _left = _print(device)
    assert outcome.state is PrintState.SENT_UNCONFIRMED
    assert (tmp_path / "out.bin").read_bytes().count("柜台示范店".encode("gbk")) == 2


def test_late_answers_to_other_questions_are_no_confirmation():
    transport = MemoryTransport()
    transport.on_write = lambda data: transport.push(b"\x12") if data else None
    device = ReceiptPrinter(transport, PAPER_80, timings=FAST)
    outcome, _left = _print(device)
    assert (outcome.state, outcome.reason) == (PrintState.SENT_UNCONFIRMED, Reason.TIMEOUT)


@pytest.mark.parametrize("reason", [Reason.NOT_FOUND, Reason.BUSY, Reason.TIMEOUT])
def test_reasons_for_not_opening_are_passed_on(reason):
    transport = MemoryTransport()
    transport.fail_open = reason
    device = ReceiptPrinter(transport, PAPER_80, timings=FAST)
    assert _print(device)[0].reason is reason
    assert device.status().reason is reason


def test_a_break_after_some_bytes_counts_them():
    transport = MemoryTransport()
    profile = msgspec.structs.replace(PAPER_80, realtime_status=StatusSupport.NO, completion=StatusSupport.NO)
    transport.reset_after_bytes = 10
    outcome, _left = _print(ReceiptPrinter(transport, profile, timings=FAST))
    assert (outcome.state, outcome.bytes_sent) == (PrintState.FAILED_AFTER_BYTES_LEFT, 10)


@pytest.mark.parametrize(
    ("answers", "reason", "paper"),
    [
        ((0x12, 0x12, 0x12), None, Paper.OK),
        ((0x12, 0x12, 0x1E), None, Paper.LOW),
        ((0x1A, 0x32, 0x72), Reason.PAPER_OUT, Paper.OUT),
        ((0x1A, 0x16, 0x12), Reason.COVER_OPEN, Paper.OK),
        ((0x1A, 0x12, None), Reason.OFFLINE, Paper.UNKNOWN),
        ((0x12, None, None), None, Paper.UNKNOWN),
    ],
)
def test_status_bytes(answers, reason, paper):
    found = status_of(*answers)
    assert (found.reason, found.paper) == (reason, paper)


def test_errors_say_what_they_are():
    assert str(DeviceError(Reason.BUSY, "taken")) == "BUSY: taken"


def test_the_virtual_printer_stops_cleanly_and_keeps_its_port():
    before = threading.active_count()
    printer = VirtualPrinter(PAPER_80)
    printer.start()
    printer.start()
    port = printer.port
    printer.stop()
    printer.stop()
    printer.start()
    assert printer.port == port
    printer.stop()
    assert threading.active_count() == before


def test_the_drawer_opens_at_once_although_the_paper_is_out():
    with VirtualPrinter(PAPER_80) as virtual:
        virtual.fault = Fault.PAPER_OUT
        device = ReceiptPrinter(TcpTransport(virtual.host, virtual.port), PAPER_80)
        outcome = device.open_drawer(at_once=True)
        assert outcome.state is PrintState.SENT_UNCONFIRMED
        deadline = time.monotonic() + 2
        while not virtual.drawer.is_open and time.monotonic() < deadline:
            time.sleep(0.005)
        assert virtual.drawer.is_open
        device.close()
