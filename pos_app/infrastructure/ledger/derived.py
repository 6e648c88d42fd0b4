"""Rows that follow from journal records: postings, documents with their lines, lots, closings.

Everything here could be made again from the journal; it is written in the record's own transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import bindparam, func, literal_column, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.ledger.bodies import DayClosed, NewLot, OpeningLots, Refund, RefundMember, Sale
from pos_app.domain.ledger.journal import Entry, Record, RecordKind
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, MEMBER_PENDING
from pos_app.errors import BugError
from pos_app.infrastructure.column_values import to_int, to_int_or_none
from pos_app.infrastructure.databases import Connection, Prepared, prepare
from pos_app.infrastructure.ledger.schema import account_total, closing, document, document_line, lot, posting


def insert_all(table: sa.Table) -> Prepared:
    """An INSERT of every column, in the table's order."""
    names = [column.name for column in table.columns]
    return prepare(sa.insert(table), *names)


_INSERT_POSTING: Final = insert_all(posting)
_INSERT_DOCUMENT: Final = insert_all(document)
_INSERT_LINE: Final = insert_all(document_line)
_INSERT_LOT: Final = insert_all(lot)
_REMEMBER_LOT: Final = prepare(
    upsert(lot).on_conflict_do_nothing(index_elements=["lot_id"]), *(column.name for column in lot.columns)
)
_INSERT_CLOSING: Final = insert_all(closing)
_DAY_OF_SALE: Final = prepare(
    select(document.c.business_date).where(document.c.receipt_key == bindparam("receipt_key")), "receipt_key"
)
_CAME_BACK: Final = prepare(
    sa.update(document)
    .where(document.c.receipt_key == bindparam("receipt_key_of_sale"))
    .values(kept_milli=document.c.kept_milli - bindparam("milli")),
    "milli",
    "receipt_key_of_sale",
)


def _move(column: sa.Column[Any]) -> Prepared:
    return prepare(
        sa.update(lot).where(lot.c.lot_id == bindparam("which")).values({column: column + bindparam("by")}),
        "by",
        "which",
    )


_MOVE: Final = {MEMBER_AVAILABLE: _move(lot.c.available), MEMBER_PENDING: _move(lot.c.pending)}
_MOVE_EXPIRED: Final = _move(lot.c.expired)
_previous_total = sa.select(func.max(account_total.c.seq)).scalar_subquery()
#: Totals at a closing: those of the last one, and the postings since.
_earlier = select(account_total.c.account, account_total.c.asset, account_total.c.amount).where(
    account_total.c.seq == _previous_total
)
_since = select(posting.c.account, posting.c.asset, posting.c.amount).where(
    posting.c.seq > func.coalesce(_previous_total, literal_column("0")),
    sa.not_(posting.c.account.startswith(literal_column("'member:'"))),
)
_both = sa.union_all(_earlier, _since).subquery()
_INSERT_TOTALS: Final = prepare(
    sa.insert(account_total).from_select(
        ["account", "asset", "seq", "amount"],
        select(_both.c.account, _both.c.asset, bindparam("seq", type_=sa.Integer), func.sum(_both.c.amount)).group_by(
            _both.c.account, _both.c.asset
        ),
    ),
    "seq",
)


def write_derived(
    connection: Connection, entry: Entry, record: Record, *, wall_ms: int, business_date: dt.date, operator: str
) -> None:
    """Write all rows that follow from one record."""
    if entry.postings:
        connection.run_many(
            _INSERT_POSTING,
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
            _INSERT_DOCUMENT,
            *(record.seq, body.receipt_no[::-1], entry.kind.value, day, wall_ms, operator),
            *(body.payable.minor, member, "", day, kept, tier),
        )
        connection.run_many(_INSERT_LINE, _lines(record.seq, body))
    elif isinstance(body, Refund):
        member = None if body.member is None else body.member.member_id.bytes
        sale_key = body.sale_receipt_no[::-1]
        sold = connection.one(_DAY_OF_SALE, sale_key)
        connection.run(
            _INSERT_DOCUMENT,
            *(record.seq, body.receipt_no[::-1], entry.kind.value, day, wall_ms, operator),
            *(body.amount.minor, member, body.sale_receipt_no, day if sold is None else sold[0], 0, ""),
        )
        connection.run_many(_INSERT_LINE, _lines(record.seq, body))
        connection.run(_CAME_BACK, sum(line.quantity.milli for line in body.lines), sale_key)
    elif isinstance(body, DayClosed):
        connection.run(
            _INSERT_CLOSING,
            *(body.z_number, record.seq, to_int(body.business_date)),
            *(body.perpetual_gross.minor, body.perpetual_refunded.minor, body.perpetual_sales),
        )
        connection.run(_INSERT_TOTALS, record.seq)
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
        connection.run_many(_INSERT_LOT, made)
    if isinstance(entry.body, Refund) and entry.body.member is not None and entry.body.member.given_back:
        _remember_lots(connection, entry.body.member, seq)
    for account, statement in _MOVE.items():
        rows = [(by[account], lot_id.bytes) for lot_id, by in moves.items() if by.get(account)]
        if rows:
            connection.run_many(statement, rows)
    if entry.kind is RecordKind.POINTS_EXPIRED:
        gone = [(-by[MEMBER_AVAILABLE], lot_id.bytes) for lot_id, by in moves.items() if MEMBER_AVAILABLE in by]
        connection.run_many(_MOVE_EXPIRED, gone)


def _remember_lots(connection: Connection, member: RefundMember, seq: int) -> None:
    """Note the days of lots that points go back into: head office may have forgotten them as empty."""
    connection.run_many(
        _REMEMBER_LOT,
        [
            (
                *(part.lot_id.bytes, member.member_id.bytes, seq, to_int(part.earned_on or dt.date.min)),
                *(to_int_or_none(part.expires_on), 0, 0, 0, 0),
            )
            for part in member.given_back
        ],
    )
