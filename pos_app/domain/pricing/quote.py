"""The quote: what a basket costs, and why."""

from __future__ import annotations

import datetime as dt
import enum

import msgspec

from pos_app.domain.ids import LotId
from pos_app.domain.member import Standing
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.coupon_offers import CouponOffer, CouponUse
from pos_app.domain.pricing.gifts import GiftOutcome
from pos_app.domain.pricing.paid import NOTHING_PAID, Paid
from pos_app.domain.pricing.recharging import Recharge, StoredOffer
from pos_app.domain.programme.document import Tier
from pos_app.domain.programme.tiers import NextTier, TierTerm
from pos_app.domain.text import LocalText


class ReductionKind(enum.StrEnum):
    """What kind of reason took something off a line."""

    MEMBER_PRICE = "member_price"
    DISCOUNT = "discount"
    SPECIAL_PRICE = "special_price"
    NTH_ITEM = "nth_item"
    BUY_GET = "buy_get"
    BUNDLE = "bundle"
    CHEAPEST_FREE = "cheapest_free"
    THRESHOLD = "threshold"
    COUNT_CARD = "count_card"  # a use that was bought ahead
    SERVICE = "service"  # a use that the tier gives
    MANUAL_LINE = "manual_line"
    MANUAL_BILL = "manual_bill"
    COUPON = "coupon"


class Reduction(msgspec.Struct, frozen=True):
    """Something taken off a line.

    Attributes:
        kind: What kind of reason.
        source_id: The benefit's or coupon's id, or the approver's staff number for a discount by hand.
        name: In the shop's words; empty Chinese name for a discount by hand.
        amount: Taken off the line; more than zero.
    """

    kind: ReductionKind
    source_id: str
    name: LocalText
    amount: Money


class LinePrice(msgspec.Struct, frozen=True):
    """What one line costs and why.

    Attributes:
        line_no: The basket's line.
        unit_price: Per unit before reductions (the override, where there is one).
        regular_amount: Before reductions.
        reductions: What was taken off, in order.
        amount: To pay; never negative.
        points: Points this line earns.
        overridden: Whether a person set the unit price.
        points_price: What the line costs in points besides.
        refused: Why the line cannot be sold (what the programme sells, goods for members only), as a code, or empty.
        by_points: What points pay of this line, if so much is paid with points as the caller said; zero where they may
            pay for any goods.
    """

    line_no: int
    unit_price: Money
    regular_amount: Money
    reductions: tuple[Reduction, ...]
    amount: Money
    points: Points
    overridden: bool = False
    points_price: Points = Points(0)
    refused: str = ""
    by_points: Money = Money(0)


class UseOffer(msgspec.Struct, frozen=True):
    """Uses of a count card or of a service that the member has, and what they are good for in this basket.

    Attributes:
        kind: ``COUNT_CARD`` or ``SERVICE``.
        source_id: Which card or service of the programme.
        name: In the shop's words.
        lot_id: Which lot of uses; None for a service, which has none.
        left: Uses that are left before this sale.
        expires_on: Last day of the lot, or of the period a service is counted in; None for never.
        most: Uses that this basket has room for, within the limits.
        taken: Uses that are taken, by line.
        reason: Why it cannot be used here, as a code; empty where it can.
    """

    kind: ReductionKind
    source_id: str
    name: LocalText
    lot_id: LotId | None
    left: int
    expires_on: dt.date | None
    most: int
    taken: tuple[tuple[int, int], ...] = ()
    reason: str = ""

    @property
    def count(self) -> int:
        """Uses that are taken in all."""
        return sum(count for _, count in self.taken)


class BenefitOutcome(msgspec.Struct, frozen=True):
    """What became of one benefit in this basket.

    Attributes:
        benefit_id: Which.
        name: In the shop's words.
        saved: What it took off in all; zero when it did not apply.
        reason: Why it did not apply: a code such as ``not_this_weekday``, ``better_offer``, ``no_goods``,
            ``members_only``, ``not_enough``; empty when it applied.
        missing: What is still to be bought of its goods for the (next) reduction of a threshold; None where there is
            no next one, where it is not open to this customer now, and for other kinds.
    """

    benefit_id: str
    name: LocalText
    saved: Money
    reason: str = ""
    missing: Money | None = None

    @property
    def applied(self) -> bool:
        """Whether it took anything off."""
        return not self.reason


class EarnedPoints(msgspec.Struct, frozen=True):
    """Points by the rule that gave them."""

    rule_id: str
    name: LocalText
    points: Points


class PointsMultiplier(msgspec.Struct, frozen=True):
    """A rule that multiplies points of this bill.

    Attributes:
        rule_id: Which.
        name: In the shop's words.
        multiplier_bp: In basis points; what comes of several is said by the programme.
    """

    rule_id: str
    name: LocalText
    multiplier_bp: int


class CappedPoints(msgspec.Struct, frozen=True):
    """A cap that took points off this bill.

    Attributes:
        cap_id: Which.
        name: In the shop's words.
        per: ``bill``, ``day`` or ``month``.
        points: The most that it allows.
        cut: How many points it took off.
    """

    cap_id: str
    name: LocalText
    per: str
    points: Points
    cut: Points


class BurnOffer(msgspec.Struct, frozen=True):
    """What the member could pay with points now.

    Attributes:
        rule_id: By which rule.
        name: In the shop's words.
        points: The most that can be taken; zero when nothing can.
        value: What that pays for.
        step: Points are taken in multiples of this.
        step_value: What one step pays for.
        minimum: The least that can be taken.
        reason: Why nothing can be taken, as a code (``too_few_points``, ``bill_too_small``, ``nothing_to_pay``, or
            the condition that was not met), or empty.
    """

    rule_id: str
    name: LocalText
    points: Points
    value: Money
    step: Points
    step_value: Money
    minimum: Points
    reason: str = ""


class TaxAmount(msgspec.Struct, frozen=True):
    """Tax contained in the bill, by rate."""

    rate_bp: int
    amount: Money
    tax: Money


class Quote(msgspec.Struct, frozen=True):
    """What a basket costs, and why.

    Attributes:
        lines: One for each line of the basket, in its order.
        regular_total: Before reductions.
        saved: What was taken off.
        payable: What is to be paid, by whatever tender.
        taxes: Contained in ``payable``, by rate, lowest first.
        benefits: Every benefit of the programme: what it saved, or why it did not.
        earned: Points the bill earns, by rule, if it is paid as the caller said.
        burn: What could be paid with points.
        tier: The member's tier before this sale; None without a member.
        tier_after: The tier with this sale counted in.
        next_tier: The way to the next tier after this sale; None at the top or without a member.
        tier_term: Until when the tier lasts, and what keeps it, after this sale; None where it has no end.
        standing: The standing to assign to the member with this sale; None where the one assigned stays.
        programme_version: Which version of the rules was used; 0 when none was in force.
        notice: A code for what the cashier should know about the whole bill (``programme_not_in_force``,
            ``member_frozen``), or empty.
        paid: How the caller said the bill is paid.
        gap: By how much a lower price of the goods could not be ruled out within the work allowed; zero when the
            combination of benefits is proven to be the best.
        multipliers: Rules that multiply points of this bill.
        gifts: What became of every rule of giving that a sale can be the occasion of.
        capped: Caps that took points off this bill.
        recharges: What recharges of the basket give.
        stored: What could be paid with stored value; None without a member or where there is no such thing.
        uses: Count cards and services that the member has uses of.
        coupons: Every coupon of the member, and those the basket uses: what each is worth here, or why it is not.
        coupon_uses: What coupons took off, use by use.
    """

    lines: tuple[LinePrice, ...]
    regular_total: Money
    saved: Money
    payable: Money
    taxes: tuple[TaxAmount, ...]
    benefits: tuple[BenefitOutcome, ...]
    earned: tuple[EarnedPoints, ...]
    burn: BurnOffer | None
    tier: Tier | None
    tier_after: Tier | None
    next_tier: NextTier | None
    programme_version: int
    notice: str = ""
    paid: Paid = NOTHING_PAID
    gap: Money = Money(0)
    multipliers: tuple[PointsMultiplier, ...] = ()
    capped: tuple[CappedPoints, ...] = ()
    coupons: tuple[CouponOffer, ...] = ()
    coupon_uses: tuple[CouponUse, ...] = ()
    tier_term: TierTerm | None = None
    standing: Standing | None = None
    recharges: tuple[Recharge, ...] = ()
    stored: StoredOffer | None = None
    uses: tuple[UseOffer, ...] = ()

    @property
    def points_price(self) -> Points:
        """What the lines cost in points."""
        return Points(sum(line.points_price.count for line in self.lines))

    gifts: tuple[GiftOutcome, ...] = ()

    @property
    def points_earned(self) -> Points:
        """Points the bill earns in all."""
        return Points(sum(each.points.count for each in self.earned))
