"""What a scenario file expects of its sale and of its refunds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pos_app.application.scenarios.part import Part
from pos_app.domain.ids import TierId
from pos_app.domain.money import Money


class LotLeft(Part, frozen=True):
    """What lies in a lot afterwards.

    Attributes:
        points: How many.
        expires_on: Last day; never, where it is not given.
    """

    points: int
    expires_on: dt.date | None = None


class RefundExpected(Part, frozen=True):
    """What a refund must do; what is not named is not checked.

    Attributes:
        refused: The code of the refusal.
        amount: Given back in all.
        cash: Given back in cash.
        card: Given back to the card.
        mobile: Given back to WeChat Pay or Alipay.
        points_back: Redeemed points given back.
        points_taken: Earned points taken from the sale's own lot.
        points_owed: Earned points that were spent and are owed now.
        grace_points: Of the points given back: those in a grace lot because their own had expired.
        balance: After the refund.
        receivable: After the refund.
        lots: After the refund, earliest end first.
        tier: After the refund.
        stored_value: Given back to the member's balance.
        gift_card: Given back to gift cards.
        spent: Of money in advance: what was spent and stays with the shop.
        bonus_spent: Of money in advance: what pays for the bonus of it that was spent.
        principal: In the member's balance, after the refund.
        bonus: In the member's balance, after the refund.
        cards: What is left on gift cards, after the refund.
        uses_left: Uses of count cards and services that are left afterwards, by id.
        coupons_back: Uses of coupons that are given back, by coupon.
        coupons_left: Uses of coupons that are left afterwards, by coupon.
        stock: What is left of gifts afterwards, by rule or ``rule/prize``.
        wallet: What the member has: ``bonus`` in fen, ``coupon:<id>`` and ``use:<id>`` in uses, usable yet or not.
        owed: What the member owes of gifts that were used, under the same names.
        referrer: What the one who brought the member has: ``points``, ``receivable``, and as for the member.
    """

    refused: str | None = None
    amount: Money | None = None
    cash: Money | None = None
    card: Money | None = None
    mobile: Money | None = None
    points_back: int | None = None
    points_taken: int | None = None
    points_owed: int | None = None
    grace_points: int | None = None
    balance: int | None = None
    receivable: int | None = None
    lots: tuple[LotLeft, ...] | None = None
    tier: TierId | None = None
    stored_value: Money | None = None
    gift_card: Money | None = None
    spent: Money | None = None
    bonus_spent: Money | None = None
    principal: Money | None = None
    bonus: Money | None = None
    cards: Mapping[str, Money] = {}
    uses_left: Mapping[str, int] = {}
    coupons_back: Mapping[str, int] = {}
    coupons_left: Mapping[str, int] = {}
    stock: Mapping[str, int] = {}
    wallet: Mapping[str, int] = {}
    owed: Mapping[str, int] = {}
    referrer: Mapping[str, int] = {}


class Expected(Part, frozen=True):
    """What the sale must do; what is not named is not checked.

    Attributes:
        refused: The code of the refusal, where the sale is refused.
        lines: To pay by line.
        line_points: Points by line.
        regular: Before reductions.
        saved: Taken off in all.
        payable: To pay.
        change: Given back in cash.
        earned: Points by rule; rules not named here must give none.
        points_earned: Points in all.
        capped: Points that each cap took off; caps not named here must take none.
        multiplied: Ids of the rules that multiply points of this bill, in the programme's order.
        points_usable: The most points that could pay.
        points_value: What those would pay for.
        points_why_not: Why no points can be used, as a code.
        saved_by: What each benefit took off.
        reasons: Why each benefit did not apply, as a code; ``applied`` where it did.
        missing: What is still to be bought for each threshold's (next) reduction.
        notice: A code for the whole bill.
        tier: Before the sale.
        tier_after: With the sale.
        next_tier: The next one that buying leads to; empty at the top.
        next_spend: What is still to be spent for it.
        next_visits: Visits that are still to be made for it.
        next_points: Points that are still to be earned for it.
        tier_until: Last day of the tier after the sale.
        keep_spend: What is still to be spent to keep it longer.
        keep_visits: Visits that are still to be made for that.
        keep_points: Points that are still to be earned for that.
        balance: Points after the sale.
        spendable: Points that can be spent after the sale.
        receivable: Owed points after the sale.
        repaid: Owed points that the sale's points repaid.
        expiring: Points that end soon, as the receipt says.
        lots: After the sale, earliest end first.
        prepaid: Of what is to be paid: money in advance.
        recharged: What each recharge gives on top, in the order of the lines.
        stored_usable: The most that could be paid from the balance.
        stored_why_not: Why not more, as a code.
        principal: In the member's balance, after the sale.
        bonus: In the member's balance, after the sale.
        cards: What is left on gift cards, after the sale.
        uses_left: Uses of count cards and services that are left afterwards, by id.
        coupon_worth: What one use of each coupon saves here, given what else is used; of a used one, the last.
        coupon_off: What each coupon took off.
        coupon_missing: What of its goods is still to be bought for one more use of each coupon.
        coupon_reasons: Why each coupon is not used, as a code; ``applied`` where it is.
        coupons_left: Uses of coupons that are left afterwards, by coupon.
        stock: What is left of gifts afterwards, by rule or ``rule/prize``.
        points_paid: Points that lines cost.
        line_refusals: Why lines cannot be sold, as codes, by line number; ``-`` for a line that can.
        usable: How many uses of a card or service the basket has room for, by id.
        drawn: Prizes that turns of draws gave, in their order.
        gifts: How often each rule of giving gives by this sale.
        gift_reasons: Why each gives nothing, as a code; ``given`` where it does.
        gift_missing: What is still to be bought for one (more).
        wallet: What the member has: ``bonus`` in fen, ``coupon:<id>`` and ``use:<id>`` in uses, usable yet or not.
        owed: What the member owes of gifts that were used, under the same names.
        referrer: What the one who brought the member has: ``points``, ``receivable``, and as for the member.
    """

    refused: str | None = None
    lines: tuple[Money, ...] | None = None
    line_points: tuple[int, ...] | None = None
    regular: Money | None = None
    saved: Money | None = None
    payable: Money | None = None
    change: Money | None = None
    earned: dict[str, int] | None = None
    points_earned: int | None = None
    capped: dict[str, int] | None = None
    multiplied: tuple[str, ...] | None = None
    points_usable: int | None = None
    points_value: Money | None = None
    points_why_not: str | None = None
    saved_by: Mapping[str, Money] = {}
    reasons: Mapping[str, str] = {}
    missing: Mapping[str, Money] = {}
    notice: str | None = None
    tier: TierId | None = None
    tier_after: TierId | None = None
    next_tier: TierId | None = None
    next_spend: Money | None = None
    next_visits: int | None = None
    next_points: int | None = None
    tier_until: dt.date | None = None
    keep_spend: Money | None = None
    keep_visits: int | None = None
    keep_points: int | None = None
    balance: int | None = None
    spendable: int | None = None
    receivable: int | None = None
    repaid: int | None = None
    expiring: int | None = None
    lots: tuple[LotLeft, ...] | None = None
    prepaid: Money | None = None
    recharged: tuple[Money, ...] | None = None
    stored_usable: Money | None = None
    stored_why_not: str | None = None
    principal: Money | None = None
    bonus: Money | None = None
    cards: Mapping[str, Money] = {}
    uses_left: Mapping[str, int] = {}
    coupon_worth: Mapping[str, Money] = {}
    coupon_off: Mapping[str, Money] = {}
    coupon_missing: Mapping[str, Money] = {}
    coupon_reasons: Mapping[str, str] = {}
    coupons_left: Mapping[str, int] = {}
    stock: Mapping[str, int] = {}
    points_paid: int | None = None
    line_refusals: Mapping[str, str] = {}
    usable: Mapping[str, int] = {}
    drawn: tuple[str, ...] | None = None
    gifts: Mapping[str, int] = {}
    gift_reasons: Mapping[str, str] = {}
    gift_missing: Mapping[str, Money] = {}
    wallet: Mapping[str, int] = {}
    owed: Mapping[str, int] = {}
    referrer: Mapping[str, int] = {}
