"""The print service: takes jobs from the durable queue to the printer, one at a time, and says how it stands."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.application.ports import JobKind, JobState, PrintJob
from pos_app.application.print_content import PrintContent
from pos_app.application.printing import UNTOUCHED
from pos_app.application.till import Till
from pos_app.domain.ids import JobId
from pos_app.errors import KnownError
from pos_app.runtime.lanes import LaneName, Operations

PRINTER_LANE = "printer"
#: How often a printer that was not ready is tried again.
RETRY_MS = 3_000
#: How often it is looked whether an idle printer is there, and one that is not ready is asked how it is.
WATCH_MS = 1_000
#: Each so many looks an idle printer that is there is asked how it is.
ASK_EVERY = 10
#: A paper that comes out so long after it was asked for opens no drawer: nobody stands there any more.
LATE_MS = 30_000
#: So many jobs are remembered as having asked for the drawer while they wait.
_REMEMBERED = 64


class PrintResult(msgspec.Struct, frozen=True):
    """What came of a job at the printer.

    Attributes:
        state: SENT, CONFIRMED, QUEUED (nothing left the till: try again) or FAILED (bytes had left: ask a person).
        reason: Why, as a code; empty when all is well.
        instead_of: Why the printer it was for is not ready, as a code, where another stood in; else empty.
    """

    state: JobState
    reason: str = ""
    instead_of: str = ""


class PrinterHealth(msgspec.Struct, frozen=True):
    """How a printer is.

    Attributes:
        reason: Why it is not ready, as a code, or empty.
        stand_in: Another prints meanwhile.
        drawer_high: Level of the drawer's sensor at it; None where it does not say.
    """

    reason: str = ""
    stand_in: bool = False
    drawer_high: bool | None = None


class PrinterStatus(msgspec.Struct, frozen=True):
    """How the printer stands, for the status bar and the device screen.

    Attributes:
        ready: Whether papers come out, as far as the last word goes.
        reason: Why the printer itself is not ready, as a code; empty when it is.
        stand_in: Papers come out at another printer meanwhile.
        waiting: Jobs not yet printed.
        failed: Jobs that wait for a person's decision.
        printing: Whether a job is on its way.
        drawer_high: Level of the drawer's sensor at the printer, as it said last; None where it does not say.
    """

    ready: bool = True
    reason: str = ""
    stand_in: bool = False
    waiting: int = 0
    failed: int = 0
    printing: bool = False
    drawer_high: bool | None = None


class Printer(Protocol):
    """A printer as the service uses it; every call is on the printer's lane."""

    def print(self, job_id: str, content: PrintContent, on_bytes_leaving: Callable[[], None]) -> PrintResult:
        """Print one job. ``on_bytes_leaving`` is called before the first byte."""

    def open_drawer(self, job_id: str) -> None:
        """Open the drawer for a job whose paper has to wait, where that can be done; once for a job."""

    def missing(self) -> str:
        """Why it is not there, as a code, or empty; looked at without asking it."""

    def health(self) -> PrinterHealth:
        """How it is."""

    def close(self) -> None:
        """Let the port go."""


class PrintService(QObject):
    """Moves jobs from queue to paper.

    The drawer waits for no paper: a sale whose receipt has to stand in the queue opens it all the same, once, and a
    receipt that comes out long after opens nothing.

    A job is marked *sending* in the books before its first byte leaves; whatever happens after that, it is never
    sent again unasked. One that never left stays queued and is tried again.

    Signals:
        status_changed: :class:`PrinterStatus`.
        job_failed: :class:`PrintJob` that waits for a person's decision.
        job_printed: :class:`PrintJob` that is on paper, as far as is known.
        test_finished: :class:`PrintResult` of a paper that was in no queue.
        kicked: Something was put into the queue, for this printer or another.
    """

    status_changed = Signal(object)
    job_failed = Signal(object)
    job_printed = Signal(object)
    test_finished = Signal(object)
    kicked = Signal()

    def __init__(
        self,
        operations: Operations,
        till: Till,
        printer: Printer,
        parent: QObject | None = None,
        *,
        target: str = "",
    ) -> None:
        """Make the service of one printer; nothing is done yet.

        Args:
            operations: Runs what waits.
            till: The books with the queue.
            printer: Prints; used on a lane of its own.
            parent: The owner.
            target: Takes the slips for this name; empty for receipts and all else.
        """
        super().__init__(parent)
        self._target = target
        self._lane = f"{PRINTER_LANE}:{target}" if target else PRINTER_LANE
        self._looks = 0
        self._stopped = False
        self._held = False
        self._watching = False
        self._operations = operations
        self._till = till
        self._printer = printer
        self._status = PrinterStatus()
        self._current: PrintJob | None = None
        self._books = till
        self._asked_drawer: deque[JobId] = deque(maxlen=_REMEMBERED)
        self._looking = False
        self._again = False
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.kick)
        self._health = QTimer(self)
        self._health.setInterval(WATCH_MS)
        self._health.timeout.connect(self._watch)

    @property
    def status(self) -> PrinterStatus:
        """The last word."""
        return self._status

    def start(self) -> None:
        """Deal with what was under way when the till stopped, then print what waits.

        The printer is asked how it is before the first sale: one that never answers is known as such by then, and no
        receipt waits for the answer.
        """
        self._operations.run(self._lane, self._printer.health, self._on_health, self._on_no_health)
        if self._target:
            self.kick()
        else:
            self._operations.run(LaneName.LEDGER, self._till.queue.recover, self._on_recovered, self._on_queue_error)
        self._health.start()

    def stop(self) -> None:
        """Take no further job; the one on its way is finished by its lane."""
        self._stopped = True
        self._retry.stop()
        self._health.stop()
        self._operations.run(self._lane, self._printer.close)

    def use(self, till: Till) -> None:
        """Go on with other books: training went on or off."""
        self._till = till
        self.kick()

    def hold(self) -> Future[None]:
        """Let the port go until :meth:`use_printer`: papers wait meanwhile.

        Returns:
            Done when the job on its way has ended and the port is free.
        """
        self._held = True
        self._retry.stop()
        return self._operations.submit(self._lane, self._printer.close)

    def use_printer(self, printer: Printer) -> None:
        """Go on with another printer; the job on its way ends at the old one."""
        self._held = False
        self._operations.run(self._lane, self._printer.close)
        self._printer = printer
        self._retry.stop()
        self.kick()

    def test(self, content: PrintContent) -> None:
        """Print a paper that is in no books and no queue; it is not tried again."""
        printer = self._printer
        self._operations.run(
            self._lane, lambda: printer.print("test", content, _nothing), self._on_tested, self._on_not_tested
        )

    def _on_tested(self, result: PrintResult) -> None:
        good = result.state in (JobState.SENT, JobState.CONFIRMED)
        if result.state is not JobState.CANCELLED:  # without a printer there is nothing to say of it
            self._set_status(ready=good, reason="" if good else result.reason, stand_in=False)
        self.test_finished.emit(result)
        self.kick()

    def _on_not_tested(self, error: KnownError) -> None:
        self.test_finished.emit(PrintResult(JobState.FAILED, error.code))

    def kick(self) -> None:
        """Something was put into the queue, or may be printed now."""
        self.kicked.emit()
        if self._stopped or self._held:
            return
        if self._current is not None or self._looking:
            self._again = True
            return
        self._looking = True
        till = self._till
        self._operations.run(
            LaneName.READER, lambda: (till, till.queue.open_jobs()), self._on_jobs, self._on_queue_error
        )

    def _on_recovered(self, lost: object) -> None:
        self.kick()

    def _on_queue_error(self, error: object) -> None:
        self._looking = False
        self._current = None
        self._retry.start()

    def _on_jobs(self, found: tuple[Till, tuple[PrintJob, ...]]) -> None:
        self._looking = False
        till, jobs = found
        if till is not self._till:
            self.kick()  # of other books: training went on or off meanwhile
            return
        mine = [job for job in jobs if job.target == self._target]
        waiting = [job for job in mine if job.state is JobState.QUEUED]
        failed = [job for job in mine if job.state is JobState.FAILED]
        self._set_status(waiting=len(waiting), failed=len(failed), printing=bool(waiting))
        if self._stopped or self._held:
            return
        if waiting and not self._retry.isActive():
            self._print(waiting[0])
            return
        self._open_drawer(waiting)
        if self._again:
            self._again = False
            self.kick()

    def _open_drawer(self, waiting: list[PrintJob]) -> None:
        """Let change be given for sales whose paper waits behind another."""
        printer = self._printer
        for job in waiting:
            if job.opens_drawer and job.job_id not in self._asked_drawer and not _is_late(self._till, job):
                self._asked_drawer.append(job.job_id)
                self._operations.run(self._lane, functools.partial(printer.open_drawer, str(job.job_id)))

    def _print(self, job: PrintJob) -> None:
        self._current, self._books = job, self._till
        self._again = False
        till, printer = self._till, self._printer
        ledger = self._operations

        marked: list[JobState] = []

        def claim() -> None:
            if not marked:
                ledger.wait(LaneName.LEDGER, lambda: till.queue.claim(job.job_id))
                marked.append(JobState.SENDING)

        def work() -> PrintResult:
            content = till.contents.content(job)
            if content.opens_drawer and _is_late(till, job):
                if job.kind is JobKind.OPEN_DRAWER:
                    return PrintResult(JobState.CANCELLED, "late")
                content = msgspec.structs.replace(content, opens_drawer=False)
            result = printer.print(str(job.job_id), content, claim)
            if result.state is JobState.QUEUED and marked:
                # It was about to leave and then nothing did.
                ledger.wait(LaneName.LEDGER, lambda: till.queue.mark(job.job_id, JobState.QUEUED))
            return result

        self._operations.run(self._lane, work, self._on_printed, self._on_print_error)

    def _on_print_error(self, error: KnownError) -> None:
        """The content could not be made, or the books could not be written: nothing left the till."""
        if error.code == "print.job_gone":
            self._on_marked(None)  # given up, or taken by another, while it was on its way
            return
        self._finish(PrintResult(JobState.FAILED, error.code))

    def _on_printed(self, result: PrintResult) -> None:
        self._finish(result)

    def _finish(self, result: PrintResult) -> None:
        job = self._current
        if job is None:
            return
        untouched = result.state is JobState.QUEUED and result.reason in UNTOUCHED
        if untouched:
            self._current = None
            self._set_status(ready=False, reason=result.reason, printing=False, stand_in=False)
            if not (self._stopped or self._held):
                self._retry.start()
                if self._again:
                    self._again = False
                    self.kick()
            return
        queue = self._books.queue
        state = JobState.FAILED if result.state is JobState.QUEUED else result.state
        self._operations.run(
            LaneName.LEDGER,
            lambda: queue.mark(job.job_id, state, result.reason),
            self._on_marked,
            self._on_queue_error,
        )
        failed = state is JobState.FAILED
        if state is not JobState.CANCELLED:  # without a printer there is nothing to say of it
            if result.instead_of:
                self._set_status(ready=not failed, reason=result.instead_of, stand_in=True)
            else:
                self._set_status(ready=not failed, reason=result.reason if failed else "", stand_in=False)
            (self.job_failed if failed else self.job_printed).emit(job)

    def _on_marked(self, nothing: object) -> None:
        self._current = None
        self.kick()

    def ask(self) -> None:
        """Ask an idle printer how it is now, and not when it is due."""
        if self._current is None and not self._watching and not self._held:
            self._watching = True
            self._operations.run(self._lane, self._printer.health, self._on_health, self._on_no_health)

    def _watch(self) -> None:
        """Look after a printer that has nothing to do: often whether it is there, now and then how it is."""
        if self._current is not None or self._looking or self._watching or self._held:
            return
        self._watching = True
        self._looks += 1
        if self._status.reason or self._looks % ASK_EVERY == 0:
            self._operations.run(self._lane, self._printer.health, self._on_health, self._on_no_health)
        else:
            self._operations.run(self._lane, self._printer.missing, self._on_looked, self._on_no_health)

    def _on_looked(self, reason: str) -> None:
        self._watching = False
        if reason:
            self._set_status(ready=False, reason=reason)

    def _on_no_health(self, error: KnownError) -> None:
        self._watching = False
        self._set_status(ready=False, reason=error.code)

    def _on_health(self, health: PrinterHealth) -> None:
        self._watching = False
        was_ready = self._status.ready
        ready = health.stand_in or not health.reason
        self._set_status(ready=ready, reason=health.reason, stand_in=health.stand_in, drawer_high=health.drawer_high)
        if ready and not was_ready:
            self._retry.stop()
            self.kick()

    def _set_status(self, **changes: object) -> None:
        status = msgspec.structs.replace(self._status, **changes)
        if status != self._status:
            self._status = status
            self.status_changed.emit(status)


def _is_late(till: Till, job: PrintJob) -> bool:
    return till.context.clock.now().wall_ms - job.created_ms > LATE_MS


def _nothing() -> None:
    """A test is in no books, so nothing is marked before its first byte."""
