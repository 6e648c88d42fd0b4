"""Rows that follow from journal records: postings, documents with their lines, lots, usage, closings.

Everything here could be made again from the journal; it is written in the record's own transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from pos_app.domain.ledger.bodies import DayClosed, NewLot, OpeningLots, Refund, RefundMember, Sale
from pos_app.domain.ledger.journal import Entry, Record, RecordKind
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, MEMBER_PENDING
from pos_app.domain.ledger.usage import usages_of
from pos_app.errors import BugError
from pos_app.infrastructure.column_values import to_int, to_int_or_none
from pos_app.infrastructure.databases import Connection
from pos_app.infrastructure.ledger import statements as q

#: Which balance of a lot each account is.
_MOVE: Final = {MEMBER_AVAILABLE: q.MOVE_AVAILABLE, MEMBER_PENDING: q.MOVE_PENDING}


def write_derived(
    connection: Connection, entry: Entry, record: Record, *, wall_ms: int, business_date: dt.date, operator: str
) -> None:
    """Write all rows that follow from one record."""
    if entry.postings:
        connection.run_many(
            q.INSERT_POSTING,
            [
                (
                    record.seq,
                    n,
                    each.asset.value,
                    each.account,
                    each.amount,
                    None if each.member_id is None else each.member_id.bytes,
                    None if each.lot_id is None else each.lot_id.bytes,
                )
                for n, each in enumerate(entry.postings)
            ],
        )
    day = to_int(business_date)
    body = entry.body
    if isinstance(body, Sale):
        member, tier = (None, "") if body.member is None else (body.member.member_id.bytes, body.member.tier_before)
        kept = sum(line.quantity.milli for line in body.lines)
        connection.run(
            q.INSERT_DOCUMENT,
            *(record.seq, body.receipt_no[::-1], entry.kind.value, day, wall_ms, operator),
            *(body.payable.minor, member, "", day, kept, tier),
        )
        connection.run_many(q.INSERT_LINE, _lines(record.seq, body))
    elif isinstance(body, Refund):
        member = None if body.member is None else body.member.member_id.bytes
        sale_key = body.sale_receipt_no[::-1]
        sold = connection.one(q.DAY_OF_SALE, sale_key)
        connection.run(
            q.INSERT_DOCUMENT,
            *(record.seq, body.receipt_no[::-1], entry.kind.value, day, wall_ms, operator),
            *(body.amount.minor, member, body.sale_receipt_no, day if sold is None else sold[0], 0, ""),
        )
        connection.run_many(q.INSERT_LINE, _lines(record.seq, body))
        connection.run(q.CAME_BACK, sum(line.quantity.milli for line in body.lines), sale_key)
    elif isinstance(body, DayClosed):
        connection.run(
            q.INSERT_CLOSING,
            *(body.z_number, record.seq, to_int(body.business_date)),
            *(body.perpetual_gross.minor, body.perpetual_refunded.minor, body.perpetual_sales),
        )
        connection.run(q.INSERT_TOTALS, record.seq)
    connection.run_many(
        q.INSERT_USAGE,
        [
            (each.member_id.bytes, to_int(each.usage.on), each.usage.what, record.seq, each.usage.amount)
            for each in usages_of(body, business_date)
        ],
    )
    _write_lots(connection, entry, record.seq)


def _lines(seq: int, body: Sale | Refund) -> list[tuple[Any, ...]]:
    return [
        (seq, line.line_no, line.product_id, line.name, line.quantity.milli, line.amount.minor) for line in body.lines
    ]


def _new_lots(body: Any) -> Iterator[NewLot]:
    """Lots that a record brings into being."""
    if isinstance(body, Sale):
        if body.member is not None and body.member.new_lot is not None:
            yield body.member.new_lot
    elif isinstance(body, Refund):
        if body.member is not None:
            yield from body.member.grace_lots
    elif isinstance(body, OpeningLots):
        yield from body.lots


def _write_lots(connection: Connection, entry: Entry, seq: int) -> None:
    """Make the record's lots and move the balances of those its postings name."""
    moves: dict[UUID, dict[str, int]] = {}
    owners: dict[UUID, bytes] = {}
    for each in entry.postings:
        if each.lot_id is not None and each.member_id is not None:
            owners[each.lot_id] = each.member_id.bytes
            accounts = moves.setdefault(each.lot_id, {})
            accounts[each.account] = accounts.get(each.account, 0) + each.amount
    made: list[tuple[Any, ...]] = []
    for new in _new_lots(entry.body):
        if new.lot_id not in owners:
            raise BugError("a new lot has no posting, so nobody owns it")
        balances = moves.pop(new.lot_id)
        made.append(
            (
                *(new.lot_id.bytes, owners[new.lot_id], seq, to_int(new.earned_on), to_int_or_none(new.expires_on)),
                *(1, balances.get(MEMBER_AVAILABLE, 0), balances.get(MEMBER_PENDING, 0), 0),
            )
        )
    if made:
        connection.run_many(q.INSERT_LOT, made)
    if isinstance(entry.body, Refund) and entry.body.member is not None and entry.body.member.given_back:
        _remember_lots(connection, entry.body.member, seq)
    for account, statement in _MOVE.items():
        rows = [(by[account], lot_id.bytes) for lot_id, by in moves.items() if by.get(account)]
        if rows:
            connection.run_many(statement, rows)
    if entry.kind is RecordKind.POINTS_EXPIRED:
        gone = [(-by[MEMBER_AVAILABLE], lot_id.bytes) for lot_id, by in moves.items() if MEMBER_AVAILABLE in by]
        connection.run_many(q.MOVE_EXPIRED, gone)


def _remember_lots(connection: Connection, member: RefundMember, seq: int) -> None:
    """Note the days of lots that points go back into: head office may have forgotten them as empty."""
    connection.run_many(
        q.REMEMBER_LOT,
        [
            (
                *(part.lot_id.bytes, member.member_id.bytes, seq, to_int(part.earned_on or dt.date.min)),
                *(to_int_or_none(part.expires_on), 0, 0, 0, 0),
            )
            for part in member.given_back
        ],
    )
