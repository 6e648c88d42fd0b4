"""Coupons as holdings: given as lots of uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

import msgspec

from pos_app.domain.coupon_codes import short_code
from pos_app.domain.ids import LotId, MemberId, TierId, derived_id
from pos_app.domain.ledger.moves import Move, Purpose, Undo
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.money import Money
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
    repaid = tuple(_repaid(plain, account))
    left = coupon.uses - sum(each.amount for each in repaid)
    return (*repaid, msgspec.structs.replace(plain, amount=left)) if left else repaid


def _repaid(plain: Move, account: MemberAccount) -> Iterator[Move]:
    """What a new coupon repays of uses that a refund could not take back."""
    left = plain.amount
    for owed in account.owed:
        if owed.asset is not Asset.COUPON or owed.source_id != plain.source_id or left == 0:
            continue
        part = min(left, owed.amount)
        left -= part
        yield msgspec.structs.replace(
            plain,
            lot_id=owed.lot_id,
            amount=part,
            made_on=owed.made_on,
            expires_on=owed.expires_on,
            makes_lot=False,
            code=owed.code,
            is_owed=True,
        )
