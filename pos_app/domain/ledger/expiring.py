"""Points that end soon: what screen and receipt say of them after a sale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from pos_app.domain.ledger.bodies import LotAmount, NewLot
from pos_app.domain.ledger.moves import Move
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.points import Points


def expiring_after(
    account: MemberAccount,
    burned: Iterable[LotAmount],
    new_lot: NewLot | None,
    moves: Iterable[Move],
    today: dt.date,
    by: dt.date,
) -> tuple[Points, dt.date]:
    """Points that a member can spend after a sale and that end soon, and the day on which the last of them do.

    Args:
        account: Before the sale.
        burned: Points the sale was paid with.
        new_lot: Points it earned, where they count at once.
        moves: What else it did to the member's points.
        today: Business date.
        by: Until when "soon" is; the answer where nothing ends.
    """
    moved: dict[object, int] = {part.lot_id: -part.points.count for part in burned}
    new: list[tuple[int, dt.date | None]] = []
    if new_lot is not None:
        new.append((new_lot.points.count, new_lot.expires_on))
    for move in moves:
        if move.asset is not Asset.POINTS or move.account_id != account.member_id or move.is_owed:
            continue
        if move.makes_lot:
            new.append((move.amount, move.expires_on))
        else:
            moved[move.lot_id] = moved.get(move.lot_id, 0) + move.amount
    old = ((lot.available + moved.get(lot.lot_id, 0), lot.expires_on) for lot in account.lots)
    ending = list(_ending((*old, *new), today, by))
    return Points(sum(count for count, _ in ending)), max((day for _, day in ending), default=by)


def _ending(lots: Iterable[tuple[int, dt.date | None]], today: dt.date, by: dt.date) -> Iterator[tuple[int, dt.date]]:
    for count, day in lots:
        if count > 0 and day is not None and today <= day <= by:
            yield count, day
