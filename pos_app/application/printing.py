"""The print queue: what is waiting, what came of it, and copies that are marked as such."""

from __future__ import annotations

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.permissions import granted_by
from pos_app.application.ports import JobKind, JobState, PrintJob
from pos_app.domain.ids import JobId, RecordId, StaffId
from pos_app.domain.ledger.bodies import Reprinted
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.staff import Operator, Permission
from pos_app.errors import KnownError


class PrintQueueService:
    """The durable queue of print jobs. Only the device service takes jobs from it."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def open_jobs(self) -> tuple[PrintJob, ...]:
        """Jobs that are not done, oldest first; what was sent and is not confirmed is done as far as can be known."""
        with self._context.ledger.read() as reader:
            return tuple(reader.open_jobs())

    def recover(self) -> int:
        """After a start: jobs that were being sent when the till stopped become failed, for a person to decide.

        What was on its way may be on paper or not; printing it again unasked could give a receipt twice.
        """
        with self._context.ledger.write(_NOBODY) as tx:
            lost = [job for job in tx.open_jobs() if job.state is JobState.SENDING]
            for job in lost:
                tx.set_job_state(job.job_id, JobState.FAILED, "interrupted")
        return len(lost)

    def mark(self, job_id: JobId, state: JobState, reason: str = "") -> None:
        """Say where a job stands."""
        with self._context.ledger.write(_NOBODY) as tx:
            tx.set_job_state(job_id, state, reason)

    def claim(self, job_id: JobId) -> None:
        """Take a job that waits, before its first byte leaves.

        Raises:
            KnownError: ``print.job_gone`` when it was given up or taken meanwhile.
        """
        with self._context.ledger.write(_NOBODY) as tx:
            job = next((each for each in tx.open_jobs() if each.job_id == job_id), None)
            if job is None or job.state is not JobState.QUEUED:
                raise KnownError("print.job_gone")
            tx.set_job_state(job_id, JobState.SENDING)

    def retry(self, operator: Operator, job_id: JobId) -> None:
        """Print a failed job after all: as a marked copy, unless the till itself failed before it reached the printer.

        What never left the till is not failed but still queued, and is tried again without being asked.

        Raises:
            KnownError: ``print.job_gone``.
        """
        with self._context.ledger.write(operator.staff_id) as tx:
            job = next((each for each in tx.open_jobs() if each.job_id == job_id), None)
            if job is None:
                raise KnownError("print.job_gone")
            if job.state is not JobState.FAILED:
                return
            if "." in job.reason:  # an error of the till: its paper could not be made, or the books not be written
                tx.set_job_state(job_id, JobState.QUEUED)
                return
            tx.set_job_state(job_id, JobState.CANCELLED, job.reason)
            again = self._copy(job.kind, job.seq, max(1, tx.copies(job.seq, job.target)))
            tx.enqueue(msgspec.structs.replace(again, target=job.target, lines=job.lines))

    def drop_targets(self, known: frozenset[str]) -> int:
        """Give up slips whose printer is set up no more; returns how many."""
        with self._context.ledger.write(_NOBODY) as tx:
            lost = [job for job in tx.open_jobs() if job.target and job.target not in known]
            for job in lost:
                tx.set_job_state(job.job_id, JobState.CANCELLED, "no_printer")
        return len(lost)

    def cancel(self, operator: Operator, job_id: JobId) -> None:
        """Give a job up."""
        with self._context.ledger.write(operator.staff_id) as tx:
            tx.set_job_state(job_id, JobState.CANCELLED)

    def reprint(self, operator: Operator, approver: Operator | None, receipt_no: str) -> None:
        """Print a further copy of a receipt, marked and journalled.

        Raises:
            KnownError: ``receipt.unknown``, ``permission.missing``.
        """
        granted_by(operator, approver, Permission.REPRINT)
        with self._context.ledger.write(operator.staff_id) as tx:
            rows = tx.documents(business_date=None, text=receipt_no, limit=2)
            row = next((each for each in rows if each.receipt_no == receipt_no), None)
            seq = tx.document_seq(receipt_no)
            if row is None or seq is None:
                raise KnownError("receipt.unknown")
            copy = max(1, tx.copies(seq))
            tx.append(Entry(RecordKind.REPRINT, Reprinted(receipt_no, copy), RecordId(self._context.ids.new())))
            kind = JobKind.SALE if row.kind is RecordKind.SALE else JobKind.REFUND
            tx.enqueue(self._copy(kind, seq, copy))

    def print_report(self, operator: Operator, kind: JobKind, seq: int) -> None:
        """Print a report that is in the journal."""
        with self._context.ledger.write(operator.staff_id) as tx:
            tx.enqueue(self._copy(kind, seq, tx.copies(seq)))

    def _copy(self, kind: JobKind, seq: int, copy: int) -> PrintJob:
        return PrintJob(
            job_id=JobId(self._context.ids.new()),
            kind=kind,
            seq=seq,
            copy=copy,
            created_ms=self._context.clock.now().wall_ms,
            training=self._context.training,
        )


#: Reasons that say that no byte reached the printer, so that printing again cannot give a second original.
UNTOUCHED = frozenset({"not_found", "busy", "offline", "paper_out", "cover_open", "timeout_before", "protocol", ""})
_NOBODY = StaffId("")
