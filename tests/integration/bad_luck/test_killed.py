"""kill -9 at the worst moments: after the restart nothing is lost, nothing is sold or printed twice."""

import subprocess
import sys
from pathlib import Path

import pytest
from pos_testkit import builders
from pos_testkit.window import make_home, till_window

from hardware.printers.profile import PAPER_80
from hardware.virtual.printer import VirtualPrinter
from pos_app.application.ports import JobState
from pos_app.config import DeviceSettings, PrinterSettings, Settings, WireKind
from pos_app.domain.money import Money
from pos_app.infrastructure.audit import verify
from pos_app.infrastructure.paths import paths_below
from pos_app.ui.state import Tone

pytestmark = [pytest.mark.gui, pytest.mark.slow]
PROCESS = Path(__file__).with_name("selling_process.py")


@pytest.fixture
def printer():
    with VirtualPrinter(PAPER_80) as one:
        yield one


@pytest.fixture
def killed_at(home, printer):
    """Bring a till to a moment, kill it there; returns the receipt number it said."""
    make_home(
        home,
        Settings(
            devices=DeviceSettings(printer=PrinterSettings(kind=WireKind.TCP, host=printer.host, port=printer.port))
        ),
    )

    def bring(moment: str) -> str:
        with subprocess.Popen(
            [sys.executable, str(PROCESS), str(home), moment], stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ) as process:
            try:
                assert process.stdout is not None
                said = process.stdout.readline().split()
            finally:
                process.kill()
        assert said[:1] == [moment], said
        assert process.returncode == -9
        assert printer.papers == (), "it was killed before"
        return said[1]

    return bring


def sales(window) -> list[str]:
    return [row.receipt_no for row in window.running.books.till.refunds.documents()]


def audited(window) -> bool:
    books = window.running.books
    return verify(books.ledger.path, books.keys.ledger).ok


def test_between_commit_and_print_the_receipt_prints_once(home, printer, killed_at):
    number = killed_at("committed")
    with till_window(paths_below(home)) as window:
        window.until(lambda: printer.papers, "the receipt prints by itself")
        window.until(lambda: not window.running.books.till.queue.open_jobs(), "the queue is empty")
        assert sales(window) == [number]
        assert window.running.books.till.selling.draft() is None, "what was sold is not offered again"
        window.sit_down()
        assert window.state("selling").lines == ()
        assert audited(window)
    assert len(printer.papers) == 1
    assert printer.papers[0].codes[0].data == number
    with till_window(paths_below(home)) as window:
        window.settle()
        assert window.running.books.till.queue.open_jobs() == ()
    assert len(printer.papers) == 1, "and not again with the next start"


def test_while_sending_a_person_is_asked_before_it_prints_again(home, printer, killed_at, clear):
    number = killed_at("sending")
    with till_window(paths_below(home)) as window:
        window.until(lambda: "printer.interrupted" in window.told, "somebody is told")
        clear("printer.interrupted")
        assert window.desk._header.printer is Tone.DANGER
        (job,) = window.running.books.till.queue.open_jobs()
        assert (job.state, job.reason) == (JobState.FAILED, "interrupted")
        window.sit_down()
        assert printer.papers == ()
        window.desk.ledger(lambda: window.running.books.till.queue.retry(window.desk.operator, job.job_id))
        window.until(lambda: printer.papers, "asked for, it prints")
        assert "重打 第1次" in printer.papers[0].text()
        assert sales(window) == [number]


def test_the_open_basket_is_there_again_with_its_member(home, killed_at, clear):
    killed_at("draft")
    with till_window(paths_below(home)) as window:
        window.sit_down()
        window.until(lambda: window.state("selling").member is not None, "the member is there again")
        state = window.state("selling")
        assert [line.name for line in state.lines] == ["农夫山泉1号", "农夫山泉2号", "农夫山泉3号"]
        assert state.payable == Money(150 + 200 + 250)
        clear(state.notice)
        window.scan(builders.ean13(4))
        window.pay_cash()
        assert window.state("payment").done
        assert len(sales(window)) == 1
        assert audited(window)
