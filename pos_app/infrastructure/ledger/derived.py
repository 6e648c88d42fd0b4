"""Rows that follow from records: postings, documents with their lines, items sold by code, lots, usage, closings.

Everything here could be made again from the journal; it is written in the record's own transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from uuid import UUID

from pos_app.domain.ids import LotId
from pos_app.domain.ledger.bodies import DayClosed, NewLot, OpeningLots, Refund, Sale
from pos_app.domain.ledger.journal import Entry, Record, RecordKind
from pos_app.domain.ledger.moves import moves_of
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, MEMBER_PENDING, Asset
from pos_app.domain.ledger.usage import usages_of
from pos_app.domain.unit_codes import code_hash
from pos_app.errors import BugError
from pos_app.infrastructure.column_values import to_int, to_int_or_none
from pos_app.infrastructure.databases import Connection
from pos_app.infrastructure.ledger import change_statements as w

#: Which balance of a lot each account is.
_MOVE: Final = {MEMBER_AVAILABLE: w.MOVE_AVAILABLE, MEMBER_PENDING: w.MOVE_PENDING}


class _Lot(NamedTuple):
    """A lot as the table has it, whatever record speaks of it."""

    lot_id: LotId
    made_on: dt.date
    expires_on: dt.date | None
    asset: Asset = Asset.POINTS
    source_id: str = ""
    code: str = ""


def write_derived(
    connection: Connection,
    entry: Entry,
    record: Record,
    *,
    till: str,
    wall_ms: int,
    business_date: dt.date,
    operator: str,
) -> None:
    """Write all rows that follow from one record."""
    if entry.postings:
        connection.run_many(
            w.INSERT_POSTING,
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
        member = None if body.member is None else body.member.member_id.bytes
        kept = sum(line.quantity.milli for line in body.lines)
        connection.run(
            w.INSERT_DOCUMENT,
            *(record.seq, body.receipt_no[::-1], entry.kind.value, day, wall_ms, operator),
            *(body.payable.minor, member, "", day, kept, (body.payable - body.prepaid).minor),
        )
        connection.run_many(w.INSERT_LINE, _lines(record.seq, body))
        units = [(code_hash(each.unit_code), till, record.seq, each.line_no) for each in body.lines if each.unit_code]
        if units:
            connection.run_many(w.INSERT_UNIT, units)
    elif isinstance(body, Refund):
        member = None if body.member is None else body.member.member_id.bytes
        sale_key = body.sale_receipt_no[::-1]
        sold = connection.one(w.DAY_OF_SALE, sale_key)
        connection.run(
            w.INSERT_DOCUMENT,
            *(record.seq, body.receipt_no[::-1], entry.kind.value, day, wall_ms, operator),
            *(body.amount.minor, member, body.sale_receipt_no, day if sold is None else sold[0], 0),
            (body.amount - body.prepaid).minor,
        )
        connection.run_many(w.INSERT_LINE, _lines(record.seq, body))
        connection.run(w.CAME_BACK, sum(line.quantity.milli for line in body.lines), sale_key)
        for line in body.lines:
            if line.unit_code and connection.run(w.RELEASE_UNIT, code_hash(line.unit_code)) != 1:
                raise BugError("an item comes back that is not in the books as sold")
    elif isinstance(body, DayClosed):
        connection.run(
            w.INSERT_CLOSING,
            *(body.z_number, record.seq, to_int(body.business_date)),
            *(body.perpetual_gross.minor, body.perpetual_refunded.minor, body.perpetual_sales),
        )
        connection.run(w.INSERT_TOTALS, record.seq)
    connection.run_many(
        w.INSERT_USAGE,
        [
            (each.member_id.bytes, to_int(each.usage.on), each.usage.what, record.seq, each.usage.amount)
            for each in usages_of(body, business_date)
        ],
    )
    _write_lots(connection, entry, record.seq)


def _lines(seq: int, body: Sale | Refund) -> list[tuple[Any, ...]]:
    """What was bought; money in advance is nobody's favourite."""
    return [
        (seq, line.line_no, line.product_id, line.name, line.quantity.milli, line.amount.minor)
        for line in body.lines
        if not getattr(line, "is_prepaid", False)
    ]


def _new_lots(body: Any) -> Iterator[_Lot]:
    """Lots that a record brings into being."""
    points: tuple[NewLot, ...] = ()
    if isinstance(body, Sale):
        if body.member is not None and body.member.new_lot is not None:
            points = (body.member.new_lot,)
    elif isinstance(body, Refund):
        if body.member is not None:
            points = body.member.grace_lots
    elif isinstance(body, OpeningLots):
        points = body.lots
    for lot in points:
        yield _Lot(lot.lot_id, lot.earned_on, lot.expires_on)
    for move in moves_of(body):
        if move.makes_lot:
            yield _Lot(move.lot_id, move.made_on, move.expires_on, move.asset, move.source_id, move.code)


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
                *(new.lot_id.bytes, owners[new.lot_id], seq, to_int(new.made_on), to_int_or_none(new.expires_on)),
                *(1, balances.get(MEMBER_AVAILABLE, 0), balances.get(MEMBER_PENDING, 0), 0),
                *(new.asset.value, new.source_id, new.code),
            )
        )
    if made:
        connection.run_many(w.INSERT_LOT, made)
    back = list(_lots_put_back(entry.body))
    if back:
        connection.run_many(
            w.REMEMBER_LOT,
            [
                (
                    *(each.lot_id.bytes, owners[each.lot_id], seq, to_int(each.made_on)),
                    *(to_int_or_none(each.expires_on), 0, 0, 0, 0),
                    *(each.asset.value, each.source_id, each.code),
                )
                for each in back
            ],
        )
    for account, statement in _MOVE.items():
        rows = [(by[account], lot_id.bytes) for lot_id, by in moves.items() if by.get(account)]
        if rows:
            connection.run_many(statement, rows)
    if entry.kind in (RecordKind.POINTS_EXPIRED, RecordKind.HOLDINGS_EXPIRED):
        gone = [(-by[MEMBER_AVAILABLE], lot_id.bytes) for lot_id, by in moves.items() if MEMBER_AVAILABLE in by]
        connection.run_many(w.MOVE_EXPIRED, gone)


def _lots_put_back(body: Any) -> Iterator[_Lot]:
    """Lots that something goes back into, with their days: head office may have forgotten them as empty."""
    if isinstance(body, Refund):
        for part in body.member.given_back if body.member is not None else ():
            yield _Lot(part.lot_id, part.earned_on or dt.date.min, part.expires_on)
    for move in moves_of(body):
        if not move.makes_lot and (move.amount > 0 or move.is_owed):
            yield _Lot(move.lot_id, move.made_on, move.expires_on, move.asset, move.source_id, move.code)
