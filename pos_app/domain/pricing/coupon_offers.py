"""What a quote says of coupons: each of the wallet with its worth in this basket, and what was used of which lot."""

from __future__ import annotations

import datetime as dt

import msgspec

from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.money import Money
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import Holding


class CouponOffer(msgspec.Struct, frozen=True):
    """Coupons of a wallet that are alike: of one kind, with one last day, of one holder.

    Attributes:
        coupon_id: Which coupon of the programme.
        name: In the shop's words.
        worth: What one use (of a used one: the last) makes this bill cheaper, given what else is used; negative where
            it makes the bill dearer because the benefits of its group are then off. Of one that others used keep
            away: what using it instead of them would.
        used: How many uses are used in this bill.
        count: How many uses there are, the used ones included; 0 for a published code, which has no number.
        off: What the used ones take off.
        reason: Why it is not used though chosen, or why it cannot be: a code, or empty. The condition that was not
            met, or ``programme_not_in_force``, ``coupon_unknown``, ``coupon_gone``, ``coupon_expired``,
            ``coupon_used_up``, ``no_goods``, ``not_enough``, ``coupon_alone``, ``coupon_group``, ``coupon_per_bill``,
            ``coupon_nothing_left``, ``better_offer``.
        missing: What of its goods is still to be bought for one more use; None where that is not what lacks.
        expires_on: Last day; None without end.
        lots: In the order of use; none for a published code.
        account_id: Whose, where it is not the member's: it belongs to whoever has its code.
        shared_code: The published code, where it is one.
    """

    coupon_id: str
    name: LocalText
    worth: Money
    used: int
    count: int
    off: Money = Money(0)
    reason: str = ""
    missing: Money | None = None
    expires_on: dt.date | None = None
    lots: tuple[LotId, ...] = ()
    account_id: MemberId | None = None
    shared_code: str = ""


class CouponUse(msgspec.Struct, frozen=True):
    """One use of a coupon in this bill.

    Attributes:
        coupon_id: Which coupon of the programme.
        name: In the shop's words.
        off: What it takes off; more than zero.
        lines: Numbers of the lines it reduces.
        holding: The lot; None for a published code.
        account_id: Whose the lot is; None for a published code.
    """

    coupon_id: str
    name: LocalText
    off: Money
    lines: tuple[int, ...]
    holding: Holding | None = None
    account_id: MemberId | None = None
