"""Rows of the ledger as what they mean."""

from __future__ import annotations

from pos_app.application.ports import DocumentRow, JobKind, JobState, PrintJob
from pos_app.domain.ids import JobId, MemberId, ShiftId, StaffId
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.money import Money
from pos_app.domain.shift import Shift
from pos_app.infrastructure.column_values import from_int, uuid_of
from pos_app.infrastructure.databases import Row


def shift_from(row: Row) -> Shift:
    """A shift."""
    shift_id, number, cashier, opening_float, business_date, opened_ms, opened_seq, closed_seq = row
    return Shift(
        ShiftId(uuid_of(shift_id)),
        number,
        StaffId(cashier),
        Money(opening_float),
        from_int(business_date),
        opened_ms,
        opened_seq,
        closed_seq,
    )


def document_from(row: Row) -> DocumentRow:
    """A line of the list of sales and refunds."""
    receipt_key, kind, wall_ms, business_date, operator, amount_minor, member, original = row
    return DocumentRow(
        receipt_no=receipt_key[::-1],
        kind=RecordKind(kind),
        wall_ms=wall_ms,
        business_date=from_int(business_date),
        operator=StaffId(operator),
        amount_minor=amount_minor,
        member_id=None if member is None else MemberId(uuid_of(member)),
        original_receipt_no=original,
    )


def job_from(row: Row) -> PrintJob:
    """A print job."""
    job_id, kind, seq, copy, opens_drawer, state, reason, created_ms, training, target, lines = row
    return PrintJob(
        JobId(uuid_of(job_id)),
        JobKind(kind),
        seq,
        copy,
        bool(opens_drawer),
        JobState(state),
        reason,
        created_ms,
        bool(training),
        target,
        tuple(int(line) for line in lines.split(",") if line),
    )
