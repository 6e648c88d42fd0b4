"""The system's print queues: a real CUPS with raw queues to a TCP sink, and Windows' functions made of Python."""

import ctypes
import os
import pathlib
import stat
import sys
import tempfile
import threading
import time

import pytest
from contract.hardware import cups
from contract.hardware.sinks import TcpSink
from contract.hardware.winspool_api import Winspool

from hardware.ports import DeviceError, Reason, Transport
from hardware.printers.profile import PAPER_80
from hardware.printers.receipt_printer import PrinterTimings, PrintState, ReceiptPrinter
from hardware.transports.spooler import CupsSpooler, Fate, SpoolerTransport, system_spooler
from hardware.transports.winspool import WindowsSpooler, typed

JOB = b"\x1b@" + "柜台示范店\n".encode("gbk") * 300 + b"\x10\x04\x01\x00\xff" + b"\x1dV\x00"
WITHOUT = cups.why_not()
needs_cups = pytest.mark.skipif(bool(WITHOUT), reason=WITHOUT)


@pytest.fixture(scope="module")
def server():
    with tempfile.TemporaryDirectory(prefix="cups-", dir="/tmp") as folder:
        pathlib.Path(folder).chmod(0o755)
        with cups.running(pathlib.Path(folder)) as running:
            yield running


def _printed(sink, size):
    end = time.monotonic() + 20
    while len(sink.data) < size:
        assert time.monotonic() < end, f"{len(sink.data)} of {size} bytes were printed"
        time.sleep(0.02)
    time.sleep(0.1)
    return bytes(sink.data)


def _refused(action, *args, **kwargs):
    with pytest.raises(DeviceError) as caught:
        action(*args, **kwargs)
    return caught.value


@needs_cups
def test_cups_prints_each_job_once_and_unchanged(server):
    with TcpSink() as sink:
        server.queue("receipts", sink.port)
        wire = SpoolerTransport("receipts", spooler=CupsSpooler(server.environment))
        assert isinstance(wire, Transport)
        device = ReceiptPrinter(wire, PAPER_80, timings=PrinterTimings(close_ms=15_000))
        leaving = []
        for number in range(2):
            outcome = device.print(f"job-{number}", JOB, on_bytes_leaving=lambda: leaving.append(1))
            assert (outcome.state, outcome.reason) == (PrintState.SENT_UNCONFIRMED, None), outcome.detail
        assert len(leaving) == 2
        assert _printed(sink, 2 * len(JOB)) == JOB * 2, "no question to the printer is mixed in"
        assert device.status().reason is None


@needs_cups
def test_a_stopped_queue_takes_nothing(server):
    with TcpSink() as sink:
        server.queue("stopped", sink.port)
        server.run("cupsdisable", "stopped")
        device = ReceiptPrinter(SpoolerTransport("stopped", spooler=CupsSpooler(server.environment)), PAPER_80)
        outcome = device.print("job", JOB, on_bytes_leaving=lambda: pytest.fail("nothing may leave"))
        assert (outcome.state, outcome.reason) == (PrintState.FAILED_BEFORE_ANY_BYTE, Reason.OFFLINE)
        server.run("cupsenable", "stopped")
        server.run("cupsreject", "stopped")
        assert device.status().reason is Reason.OFFLINE
        server.run("cupsaccept", "stopped")
        assert device.print("job", JOB, on_bytes_leaving=lambda: None).state is PrintState.SENT_UNCONFIRMED
        assert _printed(sink, len(JOB)) == JOB


@needs_cups
def test_a_job_that_waits_for_a_dead_printer_is_sent_and_one_thrown_away_is_not(server):
    with TcpSink() as sink:
        dead = sink.port
    server.queue("dead", dead)
    spooler = CupsSpooler(server.environment)
    wire = SpoolerTransport("dead", spooler=spooler)
    wire.open(timeout_ms=5000)
    wire.write(JOB, timeout_ms=5000)
    wire.close(timeout_ms=200)
    job = spooler.submit("dead", JOB, title="x", timeout_ms=5000)
    assert spooler.fate("dead", job, timeout_ms=5000) is Fate.WAITING
    wire.open(timeout_ms=5000)
    wire.write(JOB, timeout_ms=5000)
    for each in server.waiting("dead"):
        server.run("cancel", each)
    assert spooler.fate("dead", job, timeout_ms=5000) is Fate.LOST
    assert _refused(wire.close, timeout_ms=5000).reason is Reason.OFFLINE
    server.run("cancel", "-a", "-x", "dead")
    assert spooler.fate("dead", job, timeout_ms=5000) is Fate.WAITING, "forgotten: nobody can say"


@needs_cups
def test_what_is_no_queue_is_told(server):
    spooler = CupsSpooler(server.environment)
    assert _refused(SpoolerTransport("nobody", spooler=spooler).open, timeout_ms=5000).reason is Reason.NOT_FOUND
    assert _refused(SpoolerTransport("-E", spooler=spooler).open, timeout_ms=5000).reason is Reason.NOT_FOUND
    nowhere = CupsSpooler({**server.environment, "CUPS_SERVER": "/nowhere/sock"})
    assert _refused(SpoolerTransport("receipts", spooler=nowhere).open, timeout_ms=5000).reason is Reason.OFFLINE


def _programs(folder, **scripts):
    """Programs of these names, as shell scripts, and the environment that finds them."""
    for name, script in scripts.items():
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return {"PATH": f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin"}


_RUNNING = 'echo "scheduler is running"; echo "printer q is idle.  enabled since x"'
posix = pytest.mark.skipif(sys.platform == "win32", reason="CUPS is no part of Windows")


@posix
def test_a_program_that_hangs_is_given_up_and_the_job_may_be_on_paper(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", _programs(tmp_path, lpstat=_RUNNING, lp="exec sleep 20")["PATH"])
    device = ReceiptPrinter(
        SpoolerTransport("q", spooler=CupsSpooler()), PAPER_80, timings=PrinterTimings(open_ms=5000, stall_ms=200)
    )
    outcome = device.print("job", JOB, on_bytes_leaving=lambda: None)
    assert (outcome.state, outcome.reason) == (PrintState.FAILED_AFTER_BYTES_LEFT, Reason.TIMEOUT)


@posix
def test_a_job_that_is_refused_never_left(tmp_path, monkeypatch):
    script = 'cat > /dev/null; echo "lp: Destination \\"q\\" is not accepting jobs." >&2; exit 1'
    monkeypatch.setenv("PATH", _programs(tmp_path, lpstat=_RUNNING, lp=script)["PATH"])
    device = ReceiptPrinter(SpoolerTransport("q", spooler=CupsSpooler()), PAPER_80)
    outcome = device.print("job", JOB, on_bytes_leaving=lambda: None)
    assert (outcome.state, outcome.reason) == (PrintState.FAILED_BEFORE_ANY_BYTE, Reason.OFFLINE)


@posix
def test_a_queue_that_took_the_job_and_answers_no_more_has_it(tmp_path, monkeypatch):
    lpstat = f'case "$*" in *not-completed*) exec sleep 20;; esac; {_RUNNING}'
    script = 'cat > /dev/null; echo "request id is q-7 (0 file(s))"'
    monkeypatch.setenv("PATH", _programs(tmp_path, lpstat=lpstat, lp=script)["PATH"])
    device = ReceiptPrinter(SpoolerTransport("q", spooler=CupsSpooler()), PAPER_80)
    assert device.print("job", JOB, on_bytes_leaving=lambda: None).state is PrintState.SENT_UNCONFIRMED


@posix
@pytest.mark.parametrize(
    ("alerts", "reason"),
    [
        ("media-empty-error", Reason.PAPER_OUT),
        ("media-low-warning, media-empty-report", Reason.PAPER_OUT),
        ("cover-open", Reason.COVER_OPEN),
        ("offline-report", Reason.OFFLINE),
        ("media-empty-warning", None),
        ("none", None),
    ],
)
def test_what_cups_knows_of_the_printer(tmp_path, monkeypatch, alerts, reason):
    script = f"{_RUNNING}; echo '\tAlerts: {alerts}'; echo 'q accepting requests since x'"
    monkeypatch.setenv("PATH", _programs(tmp_path, lpstat=script)["PATH"])
    device = ReceiptPrinter(SpoolerTransport("q", spooler=CupsSpooler()), PAPER_80)
    assert device.status().reason is reason


@posix
def test_a_system_without_cups_has_no_queues(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(system_spooler(), CupsSpooler)
    assert _refused(SpoolerTransport("q").open, timeout_ms=1000).reason is Reason.NOT_FOUND


# Windows


def _windows(api):
    return SpoolerTransport("小票", spooler=WindowsSpooler(api, last_error=lambda: api.error))


def test_windows_takes_a_job_in_pieces_and_ends_it():
    api = Winspool("小票", most=1000)
    device = ReceiptPrinter(_windows(api), PAPER_80, timings=PrinterTimings(close_ms=500))
    outcome = device.print("job", JOB, on_bytes_leaving=lambda: None)
    assert (outcome.state, outcome.reason) == (PrintState.SENT_UNCONFIRMED, None), outcome.detail
    assert api.jobs == [("receipt", "RAW", JOB)]
    assert api.handles == 0, "every handle is given back"


@pytest.mark.parametrize(
    ("status", "attributes", "reason"),
    [
        (0x10, 0, Reason.PAPER_OUT),
        (0x400000, 0, Reason.COVER_OPEN),
        (0x80, 0, Reason.OFFLINE),
        (0x1, 0, Reason.OFFLINE),
        (0, 0x400, Reason.OFFLINE),
    ],
)
def test_what_windows_knows_of_the_printer_keeps_the_job_here(status, attributes, reason):
    api = Winspool("小票", status=status, attributes=attributes)
    outcome = ReceiptPrinter(_windows(api), PAPER_80).print("job", JOB, on_bytes_leaving=lambda: None)
    assert (outcome.state, outcome.reason) == (PrintState.FAILED_BEFORE_ANY_BYTE, reason)
    assert api.jobs == []


@pytest.mark.parametrize(
    ("fails", "error", "state", "reason"),
    [
        ("OpenPrinterW", 1801, PrintState.FAILED_BEFORE_ANY_BYTE, Reason.NOT_FOUND),
        ("OpenPrinterW", 5, PrintState.FAILED_BEFORE_ANY_BYTE, Reason.BUSY),
        ("StartDocPrinterW", 1722, PrintState.FAILED_BEFORE_ANY_BYTE, Reason.OFFLINE),
        ("StartPagePrinter", 1722, PrintState.FAILED_BEFORE_ANY_BYTE, Reason.OFFLINE),
        ("WritePrinter", 28, PrintState.FAILED_BEFORE_ANY_BYTE, Reason.PAPER_OUT),
        ("EndPagePrinter", 1722, PrintState.FAILED_BEFORE_ANY_BYTE, Reason.OFFLINE),
        ("EndDocPrinter", 1722, PrintState.FAILED_AFTER_BYTES_LEFT, Reason.OFFLINE),
    ],
)
def test_windows_refuses_at_each_step(fails, error, state, reason):
    api = Winspool("小票", fails=fails, error=error)
    outcome = ReceiptPrinter(_windows(api), PAPER_80).print("job", JOB, on_bytes_leaving=lambda: None)
    assert (outcome.state, outcome.reason) == (state, reason)
    assert api.jobs == []
    assert api.handles == 0


def test_windows_breaking_off_in_the_middle_may_be_on_paper():
    api = Winspool("小票", most=100, fails_after=3)
    outcome = ReceiptPrinter(_windows(api), PAPER_80).print("job", JOB, on_bytes_leaving=lambda: None)
    assert (outcome.state, outcome.bytes_sent) == (PrintState.FAILED_AFTER_BYTES_LEFT, 300)
    assert (api.jobs, api.aborted) == ([], 1)


def test_a_windows_spooler_that_hangs_is_given_up_and_makes_no_job_later():
    go_on = threading.Event()
    api = Winspool("小票", most=100, hold=go_on)
    timings = PrinterTimings(stall_ms=100)
    outcome = ReceiptPrinter(_windows(api), PAPER_80, timings=timings).print("j", JOB, on_bytes_leaving=lambda: None)
    assert (outcome.state, outcome.reason) == (PrintState.FAILED_AFTER_BYTES_LEFT, Reason.TIMEOUT)
    go_on.set()
    end = time.monotonic() + 5
    while not api.aborted:
        assert time.monotonic() < end, "what was given up is thrown away"
        time.sleep(0.005)
    assert api.jobs == []


@pytest.mark.parametrize(
    ("job_status", "fate"),
    [
        (0, Fate.WAITING),
        (0x80, Fate.LEFT),
        (0x1000, Fate.LEFT),
        (0x100, Fate.LOST),
        (0x4, Fate.LOST),
        (None, Fate.LEFT),
    ],
)
def test_what_became_of_a_windows_job(job_status, fate):
    api = Winspool("小票", job_status=job_status)
    spooler = WindowsSpooler(api, last_error=lambda: api.error)
    job = spooler.submit("小票", JOB, title="x", timeout_ms=1000)
    assert spooler.fate("小票", job, timeout_ms=1000) is fate


def test_windows_names_its_queues():
    assert WindowsSpooler(Winspool("小票")).queues(timeout_ms=1000) == ["小票", "PDF"]


@posix
def test_cups_names_its_queues_and_nothing_that_is_no_name(tmp_path, monkeypatch):
    program = tmp_path / "lpstat"
    program.write_text(
        "#!/bin/sh\necho 'receipts accepting requests since Mon'\necho '\treason unknown'\necho '-x y'\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert CupsSpooler().queues(timeout_ms=5000) == ["receipts"]


def test_the_functions_are_told_their_types():
    class Library:
        def __getattr__(self, name):
            function = type("Function", (), {})()
            setattr(self, name, function)
            return function

    api = typed(Library())
    assert api.OpenPrinterW.restype is ctypes.c_int
    assert len(api.WritePrinter.argtypes) == 4


@posix
def test_other_systems_have_no_such_spooler():
    assert _refused(WindowsSpooler().check, "q", timeout_ms=1000).reason is Reason.NOT_FOUND
