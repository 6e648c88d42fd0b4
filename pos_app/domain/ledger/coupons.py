"""Coupons as holdings: given as lots of uses, used by sales, given back when all they reduced has come back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from pos_app.domain.coupon_codes import short_code
from pos_app.domain.ids import LotId, MemberId, TierId, derived_id
from pos_app.domain.ledger.moves import Move, Purpose, Undo, take
from pos_app.domain.ledger.planning import give
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.money import Money
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.coupons import Coupon


class Undoing(msgspec.Struct, frozen=True):
    """How a refund takes back what was given; see :class:`~pos_app.domain.ledger.moves.Move`."""

    undo: Undo = Undo.NEVER
    lines: tuple[int, ...] = ()
    keep: Money = Money(0)
    tier: TierId = TierId("")


NEVER_UNDONE = Undoing()


def bearer_account(lot_id: LotId) -> MemberId:
    """The account of a coupon that belongs to whoever has its code."""
    return MemberId(derived_id(lot_id, "bearer"))


def issue_coupon(
    coupon: Coupon,
    account: MemberAccount | None,
    today: dt.date,
    parent_id: UUID,
    n: int,
    undoing: Undoing = NEVER_UNDONE,
    *,
    rule_id: str = "",
) -> tuple[Move, ...]:
    """The moves that give one coupon; the sales, records and rules that give it name the record.

    What the account owes of the same coupon is repaid first; then the coupon comes with fewer uses, or not at all.

    Args:
        coupon: Which.
        account: Whose, as it is before; what an earlier call for the same record gave or repaid must be in it.
            None gives nothing but a coupon that belongs to whoever has its code.
        today: Business date.
        parent_id: Of the record that gives it; the lot is named after it.
        n: Which of the coupons that the record gives.
        undoing: How a refund takes it back.
        rule_id: Which rule gave it; empty where a person did.

    Returns:
        Nothing where it would be over before it could be used, for a published code, and for a coupon of members
        without a member.
    """
    last = coupon.validity.last_day(today)
    first = coupon.validity.first_day(today)
    if coupon.shared_code or (last is not None and last < max(first, today)):
        return ()
    if coupon.for_holder and account is None:
        return ()
    lot_id = LotId(derived_id(parent_id, "coupon", n))
    plain = Move(
        asset=Asset.COUPON,
        account_id=bearer_account(lot_id) if account is None or not coupon.for_holder else account.member_id,
        lot_id=lot_id,
        amount=coupon.uses,
        purpose=Purpose.ISSUED,
        source_id=coupon.coupon_id,
        rule_id=rule_id,
        name=coupon.name,
        made_on=first,
        expires_on=last,
        makes_lot=True,
        code=short_code(lot_id),
        undo=undoing.undo,
        lines=undoing.lines,
        keep=undoing.keep,
        tier=undoing.tier,
    )
    if not coupon.for_holder or account is None:
        return (plain,)
    return give(plain, account)


def coupon_moves(quote: Quote) -> tuple[Move, ...]:
    """The moves of a sale that uses coupons: one for each use, so that each is given back with its own lines."""
    left = _left(quote)
    result: list[Move] = []
    for use in quote.coupon_uses:
        if use.holding is None or use.account_id is None:
            continue
        key = (use.coupon_id, use.account_id)
        left[key] = left.get(key, 0) - 1
        move = take(use.holding, use.account_id, 1, Purpose.REDEEMED, use.name)
        result.append(msgspec.structs.replace(move, undo=Undo.LINES, lines=use.lines, left=max(0, left[key])))
    return tuple(result)


def _left(quote: Quote) -> dict[tuple[str, MemberId], int]:
    """How many uses there were of each coupon, by holder."""
    foreign = {offer.account_id for offer in quote.coupons}
    own = next((use.account_id for use in quote.coupon_uses if use.account_id not in foreign), None)
    result: dict[tuple[str, MemberId], int] = {}
    for offer in quote.coupons:
        holder = offer.account_id or own
        if holder is not None and offer.reason != "coupon_expired":
            result[offer.coupon_id, holder] = result.get((offer.coupon_id, holder), 0) + offer.count
    return result
