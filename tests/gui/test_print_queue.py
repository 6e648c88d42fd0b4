"""The queue at work: change is given while paper waits, nothing opens late, what was given up is not printed."""

import time

import pytest
from pos_testkit.builders import product
from pos_testkit.desk import MANAGER, FakePrinter, counter, some_settings

from hardware.printers.profile import PAPER_80
from hardware.printers.receipt_printer import ReceiptPrinter
from hardware.transports.tcp import TcpTransport
from hardware.virtual.printer import Fault, VirtualPrinter
from pos_app.application.ports import JobKind, JobState
from pos_app.bootstrap.devices import PaperPrinter
from pos_app.bootstrap.papers import receipt_settings, shop_header
from pos_app.infrastructure.receipts.output import receipt_bytes
from pos_app.runtime.printing import PrintResult

pytestmark = pytest.mark.gui
WAITS = PrintResult(JobState.QUEUED, "offline")


class _Drawer:
    """A drawer with a wire of its own that counts how often it was opened."""

    def __init__(self):
        self.opened = 0

    def start(self, on_open, on_state):
        return

    def open_drawer(self):
        self.opened += 1
        return True

    def stop(self):
        return


class _Hooked(FakePrinter):
    """Does something just before the first byte leaves."""

    before = staticmethod(lambda: None)

    def print(self, job_id, content, on_bytes_leaving):
        self.before()
        return super().print(job_id, content, on_bytes_leaving)


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        yield one


def _tells(till, printer):
    """Papers come out here from now on, tried again only when a test says so."""
    till.desk.printing.use_printer(printer)
    till.desk.printing._retry.setInterval(1_000_000)
    return printer


def _try_again(till):
    till.desk.printing._retry.stop()
    till.desk.printing.kick()


def _sell(till):
    till.real.sell(product(1, 150))
    till.desk.printing.kick()


def _jobs(till):
    return [(job.kind, job.state) for job in till.real.app.queue.open_jobs()]


@pytest.fixture
def with_drawer(till):
    drawer = _Drawer()
    till.desk.drawer.use("/dev/ttyS4", drawer)
    printer = _Hooked()
    _tells(till, till.desk.drawer.beside(printer))
    till.drawer, till.printer = drawer, printer
    printer.result = WAITS
    yield till
    till.desk.drawer.stop()


def test_each_cash_sale_opens_the_drawer_though_the_first_paper_still_waits(with_drawer):
    till = with_drawer
    for expected in (1, 2, 3):
        _sell(till)
        assert till.drawer.opened == expected
    _try_again(till)
    assert till.drawer.opened == 3
    till.printer.result = PrintResult(JobState.CONFIRMED)
    _try_again(till)
    assert (till.drawer.opened, len(till.printer.printed)) == (3, 3)


def test_what_is_printed_long_after_opens_no_drawer(till):
    printer = _tells(till, _Hooked())
    printer.result = WAITS
    _sell(till)
    till.real.clock.advance(minutes=10)
    printer.result = PrintResult(JobState.CONFIRMED)
    _try_again(till)
    assert [paper.opens_drawer for paper in printer.printed] == [False]
    _sell(till)
    assert [paper.opens_drawer for paper in printer.printed] == [False, True]


def test_opening_the_drawer_alone_is_given_up_when_it_would_come_late(till):
    till.sit_down(MANAGER)
    printer = _tells(till, _Hooked())
    printer.result = WAITS
    till.desk.go("devices")
    till.view("devices").drawer_requested.emit()
    assert _jobs(till) == [(JobKind.OPEN_DRAWER, JobState.QUEUED)]
    till.real.clock.advance(minutes=10)
    printer.result = PrintResult(JobState.CONFIRMED)
    _try_again(till)
    assert (_jobs(till), printer.printed) == ([], [])


@pytest.fixture
def virtual():
    with VirtualPrinter(PAPER_80) as one:
        yield one


@pytest.fixture
def at_printer(till, virtual):
    """A till whose drawer hangs on its printer."""
    settings = some_settings()
    device = ReceiptPrinter(TcpTransport(virtual.host, virtual.port), PAPER_80)
    header, how = shop_header(settings), receipt_settings(settings)
    _tells(till, PaperPrinter(device, lambda content: receipt_bytes(content, header, how)))
    return till


def _openings(virtual, count):
    """How often it was opened, as soon as that is `count` or after a while; it is shut again."""
    end = time.monotonic() + 0.3
    while virtual.drawer.times_opened < count and time.monotonic() < end:
        time.sleep(0.005)
    virtual.drawer.close()
    return virtual.drawer.times_opened


@pytest.mark.parametrize("fault", [Fault.PAPER_OUT, Fault.COVER_OPEN])
def test_the_drawer_at_a_printer_without_paper_opens_once_for_each_sale(at_printer, virtual, fault):
    virtual.fault = fault
    for expected in (1, 2, 3):
        _sell(at_printer)
        assert _openings(virtual, expected) == expected
    _try_again(at_printer)
    assert _openings(virtual, 4) == 3
    virtual.fault = Fault.NONE
    _try_again(at_printer)
    virtual.wait_for_papers(3, timeout_ms=3000)
    assert _jobs(at_printer) == []
    assert _openings(virtual, 4) == 3, "paper that comes later opens nothing"


def test_the_drawer_alone_needs_no_paper(at_printer, virtual):
    at_printer.sit_down(MANAGER)
    before = _openings(virtual, 1)
    virtual.fault = Fault.PAPER_OUT
    at_printer.desk.go("devices")
    at_printer.view("devices").drawer_requested.emit()
    assert _openings(virtual, before + 1) == before + 1
    assert _jobs(at_printer) == []
    virtual.fault = Fault.NONE
    _try_again(at_printer)
    assert _openings(virtual, before + 2) == before + 1


def test_a_paper_that_is_given_up_on_its_way_to_the_printer_is_not_printed(till):
    printer = _tells(till, _Hooked())
    queue = till.real.app.queue

    def give_up():
        (job,) = queue.open_jobs()
        queue.cancel(MANAGER, job.job_id)

    printer.before = give_up
    _sell(till)
    assert printer.printed == []
    assert _jobs(till) == []
    printer.before = lambda: None
    _sell(till)
    assert len(printer.printed) == 1


def test_a_paper_is_marked_in_the_books_it_is_from_though_others_are_open_by_then(till, tmp_path):
    """Training begins while a receipt is on its way: it is printed, and nobody is asked about it tomorrow."""
    printer = _tells(till, _Hooked())
    from pos_testkit.till import real_till

    with real_till(tmp_path / "training") as other:
        printer.before = lambda: till.desk.printing.use(other.app)
        _sell(till)
        assert len(printer.printed) == 1
        assert _jobs(till) == []
        assert other.app.queue.open_jobs() == ()


def test_papers_that_no_printer_confirms_do_not_stay_in_the_queue(till):
    """A printer that never answers would else have all its papers read again with each new one, for years."""
    printer = _tells(till, _Hooked())
    printer.result = PrintResult(JobState.SENT)
    _sell(till)
    assert len(printer.printed) == 1
    assert till.real.app.queue.open_jobs() == ()
