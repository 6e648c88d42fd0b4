"""A second printer for receipts, and printers for slips: each prints what is its own, once, whatever the others do."""

import functools

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.window import TillWindow, make_home, till_window

from hardware.printers import receipt_printer
from hardware.printers.profile import PAPER_58, PAPER_80
from hardware.virtual.printer import Fault, VirtualPrinter
from pos_app.application.ports import JobState
from pos_app.config import DeviceSettings, PrinterSettings, Settings, SlipSettings, WireKind
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
def first():
    with VirtualPrinter(PAPER_80) as one:
        yield one


@pytest.fixture
def second():
    with VirtualPrinter(PAPER_58) as one:
        yield one


def at(printer: VirtualPrinter, **changes: object) -> PrinterSettings:
    settings = PrinterSettings(kind=WireKind.TCP, host=printer.host, port=printer.port)
    return msgspec.structs.replace(settings, **changes)


def sell(window: TillWindow, *numbers: int) -> str:
    """Goods for cash; returns the receipt number."""
    window.view("payment").next_requested.emit() if window.screen == "payment" else None
    window.settle()
    window.scan(*(builders.ean13(number) for number in numbers or (1, 2)))
    window.pay_cash()
    assert window.state("payment").done
    return window.state("payment").number


def papers(printer: VirtualPrinter, number: str) -> list[str]:
    return [paper.text() for paper in printer.papers if number in str(paper.codes) + paper.text()]


def jobs(window: TillWindow) -> list[tuple[str, JobState]]:
    return [(job.target, job.state) for job in window.running.books.till.queue.open_jobs()]


def standings(window: TillWindow) -> dict[str, str]:
    return {each.place: each.reason for each in window.desk.devices.standings(DeviceRole.PRINTER)}


def said(window: TillWindow, clear) -> set[str]:
    """What was said of printers, each in words that are clear."""
    notices = [notice for notice in window.toasts if notice.code.startswith("printer.")]
    for each in notices:
        clear(each)
    return {each.code for each in notices}


@pytest.fixture
def stood_in(home, first, second, hasty):
    make_home(
        home, Settings(devices=DeviceSettings(printer=at(first), stand_in=at(second, paper_mm=58), stand_in_after_s=0))
    )
    with till_window(paths_below(home)) as window:
        window.running.printing._retry.setInterval(50)
        window.running.printing._health.setInterval(50)
        yield window.sit_down()


def test_the_stand_in_prints_while_the_printer_is_off_and_only_then(stood_in, first, second, clear):
    window = stood_in
    before = sell(window)
    window.until(lambda: papers(first, before), "the printer prints")
    window.until(lambda: not jobs(window), "the queue is empty")
    first.fault = Fault.OFF
    during = sell(window)
    window.until(lambda: papers(second, during), "the stand-in prints")
    window.until(lambda: window.running.printing.status.stand_in, "the status says so")
    status = window.running.printing.status
    assert (status.ready, status.reason) == (True, "offline")
    window.settle()
    assert (window.desk._header.printer, window.desk._header.stand_in) == (Tone.WARNING, True)
    assert "printer.stand_in" in said(window, clear)
    first.fault = Fault.NONE
    window.until(lambda: not window.running.printing.status.stand_in, "it is back by itself")
    after = sell(window)
    window.until(lambda: papers(first, after), "the printer prints again")
    assert [len(papers(first, each)) for each in (before, during, after)] == [1, 0, 1]
    assert [len(papers(second, each)) for each in (before, during, after)] == [0, 1, 0]


def test_what_has_begun_at_the_printer_never_goes_to_the_stand_in(stood_in, first, second, clear):
    window = stood_in
    sell(window)
    window.until(lambda: not jobs(window), "it worked before")
    first.fault = Fault.RESET_MID_JOB
    number = sell(window)
    window.until(lambda: jobs(window) == [("", JobState.FAILED)], "it is for a person to decide")
    first.fault = Fault.NONE
    last = sell(window)
    window.until(lambda: papers(first, last), "the next one prints")
    assert not papers(second, number)
    assert second.papers == ()
    window.settle()
    assert said(window, clear) >= {"printer.broken_off"}


GOODS = [
    builders.product(1, name="冻柠茶", category_id="drinks"),
    builders.product(2, name="毛巾", category_id="home"),
    builders.product(3, name="牛腩面", category_id="dishes"),
]


@pytest.fixture
def kitchen(home, first, second, hasty):
    slips = SlipSettings(name="厨房", printer=at(second, paper_mm=58), categories=("drinks", "dishes"))
    make_home(home, Settings(devices=DeviceSettings(printer=at(first), copies=(slips,))), products=GOODS)
    with till_window(paths_below(home)) as window:
        for each in (window.running.printing, *window.running._printers._slips.values()):
            each._retry.setInterval(50)
            each._health.setInterval(50)
        yield window.sit_down()


def test_a_slip_has_the_goods_of_its_categories_and_no_prices(kitchen, first, second):
    number = sell(kitchen, 1, 2, 3)
    kitchen.until(lambda: papers(first, number) and papers(second, number), "receipt and slip")
    (slip,) = papers(second, number)
    assert slip.split()[0] == "厨房"
    assert ("冻柠茶" in slip, "毛巾" in slip, "牛腩面" in slip) == (True, False, True)
    assert "3.00" not in slip
    other = sell(kitchen, 2)
    kitchen.until(lambda: papers(first, other), "a receipt")
    kitchen.until(lambda: not jobs(kitchen), "the queue is empty")
    assert not papers(second, other), "there is nothing to make"


def test_a_dead_kitchen_holds_its_slips_and_no_receipt(kitchen, first, second, clear):
    second.fault = Fault.OFF
    numbers = [sell(kitchen, 1), sell(kitchen, 3)]
    kitchen.until(lambda: all(papers(first, number) for number in numbers), "the receipts come out")
    kitchen.until(lambda: jobs(kitchen) == [("厨房", JobState.QUEUED)] * 2, "the slips wait")
    kitchen.until(lambda: standings(kitchen).get("厨房"), "it is said which printer")
    kitchen.until(lambda: "printer.gone" in said(kitchen, clear), "and said aloud")
    assert kitchen.running.printing.status.ready
    kitchen.settle()
    assert kitchen.desk._header.device_gone == "printer"
    assert said(kitchen, clear) <= {"printer.gone", "printer.back"}
    second.fault = Fault.NONE
    kitchen.until(lambda: not jobs(kitchen), "the slips come out by themselves")
    assert [len(papers(second, number)) for number in numbers] == [1, 1]
    kitchen.until(lambda: not standings(kitchen)["厨房"], "and it is said")


def test_a_slip_that_broke_off_is_printed_again_as_a_marked_copy_in_the_kitchen(kitchen, first, second, clear):
    sell(kitchen, 1)
    kitchen.until(lambda: not jobs(kitchen), "it worked before")
    second.fault = Fault.RESET_MID_JOB
    number = sell(kitchen, 3)
    kitchen.until(lambda: jobs(kitchen) == [("厨房", JobState.FAILED)], "it is for a person to decide")
    second.fault = Fault.NONE
    (job,) = kitchen.running.books.till.queue.open_jobs()
    kitchen.desk.ledger(lambda: kitchen.running.books.till.queue.retry(kitchen.desk.operator, job.job_id))
    kitchen.until(lambda: not jobs(kitchen), "the copy is printed")
    copies = [text for text in papers(second, number) if "重打 第1次" in text]
    assert len(copies) == 1
    assert "牛腩面" in copies[0]
    kitchen.until(lambda: papers(first, number), "the receipt")
    assert not any("重打" in text for text in papers(first, number))
    kitchen.settle()
    assert said(kitchen, clear) <= {"printer.gone", "printer.back"}


def test_slips_of_a_printer_that_is_set_up_no_more_are_given_up(kitchen, first, second, clear):
    second.fault = Fault.OFF
    sell(kitchen, 1)
    kitchen.until(lambda: jobs(kitchen) == [("厨房", JobState.QUEUED)], "the slip waits")
    settings = kitchen.running.settings
    devices = msgspec.structs.replace(settings.devices, copies=())
    kitchen.running.apply_devices(msgspec.structs.replace(settings, devices=devices))
    kitchen.until(lambda: not jobs(kitchen), "nobody waits for it")
    second.fault = Fault.NONE
    number = sell(kitchen, 1)
    kitchen.until(lambda: papers(first, number), "receipts go on")
    assert second.papers == ()
    kitchen.settle()
    assert said(kitchen, clear) <= {"printer.gone", "printer.back"}


def test_a_printer_that_is_pulled_out_while_idle_is_noticed_and_comes_back_by_itself(kitchen, first, clear, caplog):
    number = sell(kitchen, 2)
    kitchen.until(lambda: papers(first, number) and not jobs(kitchen), "it works")
    place = f"{first.host}:{first.port}"
    first.fault = Fault.OFF
    kitchen.until(lambda: standings(kitchen)[place] == "offline", "nobody has printed, and it is known")
    kitchen.settle()
    assert kitchen.desk._header.printer is Tone.WARNING
    assert said(kitchen, clear) - {"printer.back"} == {"printer.offline"}
    first.fault = Fault.NONE
    kitchen.until(lambda: standings(kitchen)[place] == "", "it is back")
    assert kitchen.running.printing.status.ready
    lines = [record.getMessage() for record in caplog.records if f"place='{place}'" in record.getMessage()]
    assert ["state='error'" in line for line in lines][-2:] == [True, False], "one line for each change"
    assert len(lines) <= 3


@pytest.fixture
def one_for_all(home, first, hasty):
    """A shop with one printer: receipts and the kitchen's slips come out at the same."""
    slips = SlipSettings(name="厨房", printer=at(first), categories=("drinks", "dishes"))
    settings = Settings(devices=DeviceSettings(printer=at(first), stand_in=at(first), copies=(slips,)))
    make_home(home, settings, products=GOODS)
    with till_window(paths_below(home)) as window:
        yield window.sit_down()


def test_receipts_and_slips_at_one_printer_are_not_in_each_others_way(one_for_all, first, clear):
    window = one_for_all
    numbers = [sell(window, 1), sell(window, 3), sell(window, 1, 3)]
    window.until(lambda: not jobs(window), "all come out, and none had to be tried again")
    for number in numbers:
        assert len(papers(first, number)) == 2, "a receipt and a slip"
    window.settle()
    assert said(window, clear) == set()
    assert [window.running.printing.status.reason, *standings(window).values()] == [""] * 3
