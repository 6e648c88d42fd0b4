"""The printer is off, without paper, or swallows papers; the scanner is pulled out: sold once, printed once, said."""

import functools

import pytest
from pos_testkit import builders
from pos_testkit.window import TillWindow, make_home, till_window

from hardware.printers import receipt_printer
from hardware.printers.profile import PAPER_80
from hardware.scanners.hid_pos import reports_for
from hardware.scanners.input_events import events_for
from hardware.virtual.node_scanner import VirtualNodeScanner, as_keys, as_reports
from hardware.virtual.printer import Fault, VirtualPrinter
from hardware.virtual.scanner import VirtualScanner
from pos_app.application.ports import JobState
from pos_app.config import DeviceSettings, PrinterSettings, ScannerSettings, Settings, WireKind
from pos_app.infrastructure.paths import paths_below
from pos_app.runtime.device_board import DeviceRole
from pos_app.ui.state import Tone

pytestmark = pytest.mark.gui


@pytest.fixture
def hasty(monkeypatch):
    """A printer's patience in tenths of a second: what is waited for is the same."""
    timings = functools.partial(
        receipt_printer.PrinterTimings, open_ms=500, status_ms=100, stall_ms=400, confirm_ms=400, close_ms=50
    )
    monkeypatch.setattr(receipt_printer, "PrinterTimings", timings)


@pytest.fixture
def printer():
    with VirtualPrinter(PAPER_80) as one:
        yield one


@pytest.fixture
def window(home, printer, hasty):
    settings = Settings(
        devices=DeviceSettings(printer=PrinterSettings(kind=WireKind.TCP, host=printer.host, port=printer.port))
    )
    make_home(home, settings)
    with till_window(paths_below(home)) as one:
        one.running.printing._retry.setInterval(50)
        yield one.sit_down()


def heard(window: TillWindow) -> bool:
    return [each.state for each in window.desk.devices.standings(DeviceRole.SCANNER)] == ["idle"]


def sell(window: TillWindow) -> str:
    """Three goods for cash; returns the receipt number."""
    window.view("payment").next_requested.emit() if window.screen == "payment" else None
    window.settle()
    window.scan(builders.ean13(1), builders.ean13(2), builders.ean13(3))
    window.pay_cash()
    assert window.state("payment").done
    return window.state("payment").number


def jobs(window: TillWindow) -> list[tuple[JobState, str]]:
    return [(job.state, job.reason) for job in window.running.books.till.queue.open_jobs()]


def printed(printer: VirtualPrinter, number: str) -> int:
    """How many originals of a receipt are on paper, whole."""
    return sum(1 for paper in printer.papers if number in str(paper.codes) + paper.text() and paper.cuts)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(Fault.OFF, "not_found"), (Fault.PAPER_OUT, "paper_out"), (Fault.COVER_OPEN, "cover_open")],
)
def test_it_waits_is_said_and_prints_once_when_the_printer_is_back(window, printer, clear, fault, reason):
    printer.fault = fault
    number = sell(window)
    window.until(lambda: not window.running.printing.status.ready, "the printer's trouble is noticed")
    status = window.running.printing.status
    assert (status.reason, status.waiting, status.failed) in {(reason, 1, 0), ("offline", 1, 0)}
    said = next(notice for notice in window.toasts if notice.code.startswith("printer."))
    assert said.code == f"printer.{status.reason}"
    clear(said)
    # Tried again and again it is still said once, and the till goes on.
    second = sell(window)
    window.until(lambda: window.running.printing.status.waiting == 2, "both papers wait")
    assert sum(code.startswith("printer.") for code in window.told) == 1
    assert window.desk._header.printer is Tone.WARNING
    assert window.desk._header.receipts_waiting == 2
    printer.fault = Fault.NONE
    window.until(lambda: printed(printer, second), "both are printed")
    window.until(lambda: window.running.printing.status.ready and not jobs(window), "the queue is empty")
    assert (printed(printer, number), printed(printer, second)) == (1, 1)
    window.settle()
    assert window.desk._header.printer is Tone.SUCCESS


def test_a_printer_that_swallows_a_paper_is_asked_about_and_never_sent_it_twice(window, printer, clear):
    sell(window)
    window.until(lambda: not jobs(window), "the first is on paper")
    printer.fault = Fault.RESET_MID_JOB
    sell(window)
    window.until(lambda: any(state is JobState.FAILED for state, _ in jobs(window)), "it is for a person to decide")
    ((state, reason),) = jobs(window)
    window.until(lambda: window.running.printing.status.failed == 1, "the badge says so")
    window.settle()
    said = next(notice for notice in window.toasts if notice.code.startswith("printer."))
    clear(said)
    assert reason not in {"", "not_found"}
    assert window.desk._header.printer is Tone.DANGER
    printer.fault = Fault.NONE
    # Nobody has decided: the next sale prints, the lost one does not.
    third = sell(window)
    window.until(lambda: printed(printer, third), "the next one prints")
    window.until(lambda: len(jobs(window)) == 1, "only the lost one is left")
    assert jobs(window) == [(state, reason)]
    job = window.running.books.till.queue.open_jobs()[0]
    window.desk.ledger(lambda: window.running.books.till.queue.retry(window.desk.operator, job.job_id))
    window.until(lambda: not jobs(window), "the copy is sent")

    def copies() -> int:
        return sum("重打 第1次" in paper.text() for paper in printer.papers)

    window.until(copies, "the copy is on paper, marked as one")
    assert copies() == 1


def test_a_printer_that_accepts_and_never_prints(window, printer, clear):
    """It answered before, so its silence is a fault: nothing was sent, and it is said in those words."""
    first = sell(window)
    window.until(lambda: printed(printer, first), "it worked before")
    window.until(lambda: not jobs(window), "the queue is empty")
    printer.fault = Fault.SILENT
    number = sell(window)
    window.until(lambda: window.running.printing.status.reason, "the silence is noticed")
    assert window.running.printing.status.reason == "timeout_before"
    assert jobs(window) == [(JobState.QUEUED, "")]
    clear(next(notice for notice in window.toasts if notice.code.startswith("printer.")))
    printer.fault = Fault.NONE
    window.until(lambda: printed(printer, number), "it prints when the printer speaks again")
    window.until(lambda: not jobs(window), "the queue is empty")
    assert printed(printer, number) == 1


def test_a_clone_that_answers_nothing_prints_without_delay(home, hasty):
    with VirtualPrinter(PAPER_80) as printer:
        printer.fault = Fault.NO_ANSWERS
        make_home(
            home,
            Settings(
                devices=DeviceSettings(printer=PrinterSettings(kind=WireKind.TCP, host=printer.host, port=printer.port))
            ),
        )
        with till_window(paths_below(home)) as window:
            window.sit_down()
            numbers = [sell(window) for _ in range(3)]
            window.until(lambda: all(printed(printer, number) for number in numbers), "all are printed")
            assert [printed(printer, number) for number in numbers] == [1, 1, 1]
            assert window.running.printing.status.ready


def test_a_shop_without_a_printer_is_not_nagged(home):
    make_home(home, Settings())
    with till_window(paths_below(home)) as window:
        window.sit_down()
        sell(window)
        window.until(lambda: not jobs(window), "the paper is given up")
        window.settle()
        assert window.running.printing.status.ready
        assert window.desk._header.printer is Tone.NEUTRAL
        assert not [code for code in window.told if code.startswith("printer.")]


def _half(kind: WireKind, code: str) -> bytes:
    """What arrives of a scan before the plug is pulled."""
    match kind:
        case WireKind.INPUT:
            return events_for(code)
        case WireKind.HID:
            return reports_for(code.encode() * 9)[:64]
        case _:
            return code.encode()


@pytest.mark.parametrize("kind", [WireKind.SERIAL, WireKind.INPUT, WireKind.HID])
def test_the_scanner_is_pulled_out_and_plugged_in_again(home, tmp_path, clear, kind):
    link = tmp_path / "scanner"
    scanner = {
        WireKind.SERIAL: VirtualScanner(link=link),
        WireKind.INPUT: VirtualNodeScanner(link, as_keys),
        WireKind.HID: VirtualNodeScanner(link, as_reports),
    }[kind]
    scanner.plug()
    try:
        make_home(home, Settings(devices=DeviceSettings(scanners=(ScannerSettings(kind, device=str(link)),))))
        with till_window(paths_below(home)) as window:
            window.sit_down()

            def lines() -> int:
                return len(window.state("selling").lines)

            window.until(lambda: heard(window), "the scanner is heard")
            scanner.send(builders.ean13(1))
            window.until(lambda: lines() == 1, "the first scan arrives")
            scanner.send_bytes(_half(kind, builders.ean13(2)))
            scanner.unplug()
            window.until(lambda: "scanner.gone" in window.told, "it is noticed")
            clear("scanner.gone")
            assert lines() == 1, "half a scan sells nothing"
            window.scan("P00003")  # typed meanwhile
            assert lines() == 2
            scanner.plug()
            window.until(lambda: "scanner.back" in window.told, "it is noticed that it is back")
            clear("scanner.back")
            scanner.send(builders.ean13(4))
            window.until(lambda: lines() == 3, "it scans again")
            assert window.told.count("scanner.gone") == 1
    finally:
        scanner.unplug()


def test_two_codes_in_one_burst_of_a_serial_scanner(home, tmp_path):
    link = tmp_path / "scanner"
    with VirtualScanner(link=link) as scanner:
        make_home(
            home, Settings(devices=DeviceSettings(scanners=(ScannerSettings(WireKind.SERIAL, device=str(link)),)))
        )
        with till_window(paths_below(home)) as window:
            window.sit_down()
            window.until(lambda: heard(window), "the scanner is heard")
            scanner.send_bytes(f"{builders.ean13(1)}\r\n{builders.ean13(2)}\r\n".encode())
            window.until(lambda: len(window.state("selling").lines) == 2, "both arrive")
