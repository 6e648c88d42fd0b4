"""``quote``: the pure function from basket, member, programme and moment to a price with its reasons.

Order of work, the same for every basket whatever the order of scanning: regular amounts; the best allowed
benefit on each line; discounts decided at the till, by line, then on the bill (spread over its lines by largest
remainder); tax; points, made whole once for the bill and spread over the lines that earned them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

import msgspec

from pos_app.domain.ids import TierId
from pos_app.domain.member import Member, MemberAccount, MemberStatus, Progress
from pos_app.domain.money import FULL_RATE_BP, MAX_ENTRY_MINOR, Money, Rounding, divide, split_by_weight
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, BasketLine, ManualDiscount, ManualDiscountKind
from pos_app.domain.pricing.quote import (
    BenefitOutcome,
    BurnOffer,
    EarnedPoints,
    LinePrice,
    Quote,
    Reduction,
    ReductionKind,
    TaxAmount,
)
from pos_app.domain.programme.conditions import covers, refusal
from pos_app.domain.programme.document import Benefit, Conditions, MemberPrice, PointsAsCash, Programme, Stacking
from pos_app.domain.programme.tiers import next_tier, tier_for
from pos_app.domain.quantity import UNIT_MILLI
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

_NO_NAME = LocalText("")
_NOTHING = Money(0)


class Customer(msgspec.Struct, frozen=True):
    """The member a basket is priced for.

    Attributes:
        member: Who.
        account: Balances and progress.
    """

    member: Member
    account: MemberAccount


class _Line:
    """One line while it is being priced; amounts are fen."""

    __slots__ = ("amount", "basket_line", "points", "reductions", "regular", "unit_price")

    def __init__(self, basket_line: BasketLine) -> None:
        self.basket_line = basket_line
        self.unit_price = (basket_line.override.unit_price if basket_line.override else basket_line.product.price).minor
        if basket_line.label_amount is not None and basket_line.override is None:
            self.regular = basket_line.label_amount.minor
        else:
            self.regular = _times(self.unit_price, basket_line.quantity.milli)
        self.amount = self.regular
        self.reductions: list[Reduction] = []
        self.points = 0

    @property
    def order_key(self) -> tuple[object, ...]:
        """Sorts lines by what they are, not by when they were scanned; equal lines are interchangeable."""
        product = self.basket_line.product
        return (
            product.product_id,
            product.category_id,
            product.brand,
            product.tax_rate_bp,
            self.regular,
            self.unit_price,
            self.basket_line.quantity.milli,
        )

    def take_off(self, kind: ReductionKind, source_id: str, name: LocalText, fen: int) -> None:
        fen = min(fen, self.amount)
        if fen > 0:
            self.amount -= fen
            self.reductions.append(Reduction(kind, source_id, name, Money(fen)))

    def member_amount(self) -> int | None:
        """The line at the product's member price, where it has a lower one."""
        product = self.basket_line.product
        if product.member_price is None or product.member_price >= product.price:
            return None
        if self.basket_line.label_amount is not None:
            return divide(self.regular * product.member_price.minor, product.price.minor, Rounding.HALF_UP)
        return _times(product.member_price.minor, self.basket_line.quantity.milli)


def _split(total: int, lines: Sequence[_Line], weights: Sequence[int]) -> list[int]:
    """Split a whole over lines; which line gets an odd fen does not depend on the order of scanning."""
    order = sorted(range(len(lines)), key=lambda index: (lines[index].order_key, weights[index]))
    parts = [0] * len(lines)
    for index, part in zip(order, split_by_weight(total, [weights[index] for index in order]), strict=True):
        parts[index] = part
    return parts


def _times(unit_price_minor: int, milli: int) -> int:
    return divide(unit_price_minor * milli, UNIT_MILLI, Rounding.HALF_UP)


def quote(
    basket: Basket,
    customer: Customer | None,
    programme: Programme,
    now: dt.datetime,
    *,
    today: dt.date,
    store: str = "",
    points_value: Money = _NOTHING,
) -> Quote:
    """Price a basket.

    Args:
        basket: What is bought, with what the cashier decided.
        customer: The member, or None.
        programme: The rules. One that is not in force today gives nothing and says so.
        now: Local time of the shop: rules by time of day look at it.
        today: The business date: rules by date, weekday and birthday, expiry and tiers look at it.
        store: The store's code, for rules by store.
        points_value: What of the bill is paid with points, for rules that give no points for that part.

    Raises:
        KnownError: ``money.too_large`` for a basket beyond any bill.
    """
    lines = [_Line(line) for line in basket.lines]
    if sum(line.regular for line in lines) > MAX_ENTRY_MINOR:
        raise KnownError("money.too_large")
    notice = ""
    in_force = programme.is_effective(today)
    if not in_force:
        notice = "programme_not_in_force"
    member = customer if in_force else None
    if member is not None and member.member.status in (MemberStatus.FROZEN, MemberStatus.CLOSED):
        notice, member = f"member_{member.member.status.value}", None
    progress = member.account.progress if member else Progress()
    tier = tier_for(programme, member.member.tier_id, progress) if member else None

    place = _Place(member.member if member else None, tier.tier_id if tier else TierId(""), now, today, store)
    benefits = _apply_benefits(lines, programme, place, in_force=in_force)
    _apply_manual(lines, basket.discount)

    payable = Money(sum(line.amount for line in lines))
    earned: tuple[EarnedPoints, ...] = ()
    burn: BurnOffer | None = None
    tier_after = following = None
    if member is not None and tier is not None:
        earned = _earn(lines, programme, place, tier.multiplier_bp, points_value)
        burn = _burn_offer(payable, member.account, programme, place)
        new_visit = 1 if lines and member.account.last_visit != today else 0
        after = Progress(progress.spend + payable, progress.visits + new_visit)
        tier_after = tier_for(programme, tier.tier_id, after)
        following = next_tier(programme, tier_after, after)
    return Quote(
        lines=tuple(
            LinePrice(
                line.basket_line.line_no,
                Money(line.unit_price),
                Money(line.regular),
                tuple(line.reductions),
                Money(line.amount),
                Points(line.points),
                line.basket_line.override is not None,
            )
            for line in lines
        ),
        regular_total=Money(sum(line.regular for line in lines)),
        saved=Money(sum(line.regular - line.amount for line in lines)),
        payable=payable,
        taxes=taxes_of((line.basket_line.product.tax_rate_bp, line.amount) for line in lines),
        benefits=benefits,
        earned=earned,
        burn=burn,
        tier=tier,
        tier_after=tier_after,
        next_tier=following,
        programme_version=programme.version if in_force else 0,
        notice=notice,
        points_value=points_value,
    )


class _Place(msgspec.Struct, frozen=True):
    """Whom, when and where a basket is priced for."""

    member: Member | None
    tier_id: TierId
    now: dt.datetime
    today: dt.date
    store: str

    def refusal(self, conditions: Conditions) -> str | None:
        """Why a rule does not speak here and now, or None when it does."""
        return refusal(
            conditions, member=self.member, tier_id=self.tier_id, now=self.now, store=self.store, today=self.today
        )


def _apply_benefits(
    lines: list[_Line], programme: Programme, place: _Place, *, in_force: bool
) -> tuple[BenefitOutcome, ...]:
    """Give every line its best allowed combination; say of each benefit what it saved or why it did not."""
    reasons: dict[str, str] = {}
    open_benefits: list[Benefit] = []
    for benefit in programme.benefits:
        members_only = isinstance(benefit, MemberPrice) or benefit.for_members
        if not in_force:
            reason: str | None = "programme_not_in_force"
        elif members_only and place.member is None:
            reason = "members_only"
        else:
            reason = place.refusal(benefit.conditions)
        if reason is None:
            open_benefits.append(benefit)
        else:
            reasons[benefit.benefit_id] = reason
    saved: dict[str, int] = {}
    could: set[str] = set()
    for line in lines:
        if line.basket_line.override is not None or not line.basket_line.product.is_discountable:
            continue
        best, candidates = _best_on_line(line, open_benefits, programme.stacking)
        could |= candidates
        for benefit, fen in best:
            kind = ReductionKind.MEMBER_PRICE if isinstance(benefit, MemberPrice) else ReductionKind.DISCOUNT
            line.take_off(kind, benefit.benefit_id, benefit.name, fen)
            saved[benefit.benefit_id] = saved.get(benefit.benefit_id, 0) + fen
    return tuple(
        BenefitOutcome(
            benefit.benefit_id,
            benefit.name,
            Money(saved.get(benefit.benefit_id, 0)),
            ""
            if benefit.benefit_id in saved
            else reasons.get(benefit.benefit_id, "better_offer" if benefit.benefit_id in could else "no_goods"),
        )
        for benefit in programme.benefits
    )


def _best_on_line(
    line: _Line, benefits: list[Benefit], stacking: Stacking
) -> tuple[list[tuple[Benefit, int]], set[str]]:
    """The allowed combination that leaves the lowest amount, and the ids of all that could have applied.

    Among equals the benefit named first in the programme wins, so the result does not depend on anything else.
    """
    product = line.basket_line.product
    best: list[tuple[Benefit, int]] = []
    best_saving = 0
    candidates: set[str] = set()
    member_amount = line.member_amount()
    for benefit in benefits:
        if not covers(benefit.conditions.what, product):
            continue
        combination: list[tuple[Benefit, int]] = []
        if isinstance(benefit, MemberPrice):
            if member_amount is not None and member_amount < line.regular:
                combination = [(benefit, line.regular - member_amount)]
        else:
            combination = [(benefit, divide(line.regular * benefit.off_bp, FULL_RATE_BP, Rounding.HALF_UP))]
            if stacking is Stacking.MEMBER_PRICE_THEN_DISCOUNT and member_amount is not None:
                price = next(
                    (b for b in benefits if isinstance(b, MemberPrice) and covers(b.conditions.what, product)), None
                )
                if price is not None and member_amount < line.regular:
                    off = divide(member_amount * benefit.off_bp, FULL_RATE_BP, Rounding.HALF_UP)
                    combination = [(price, line.regular - member_amount), (benefit, off)]
        saving = sum(fen for _, fen in combination)
        if saving > 0:
            candidates.update(each.benefit_id for each, _ in combination)
        if saving > best_saving:
            best, best_saving = [(each, fen) for each, fen in combination if fen > 0], saving
    return best, candidates


def _apply_manual(lines: list[_Line], bill: ManualDiscount | None) -> None:
    for line in lines:
        discount = line.basket_line.discount
        if discount is not None:
            line.take_off(ReductionKind.MANUAL_LINE, discount.approved_by, _NO_NAME, _off(discount, line.amount))
    if bill is None:
        return
    takers = [line for line in lines if line.basket_line.product.is_discountable]
    base = sum(line.amount for line in takers)
    parts = _split(min(_off(bill, base), base), takers, [line.amount for line in takers])
    for line, part in zip(takers, parts, strict=True):
        line.take_off(ReductionKind.MANUAL_BILL, bill.approved_by, _NO_NAME, part)


def _off(discount: ManualDiscount, amount: int) -> int:
    if discount.kind is ManualDiscountKind.AMOUNT:
        return discount.off.minor
    return divide(amount * discount.off_bp, FULL_RATE_BP, Rounding.HALF_UP)


def _earn(
    lines: list[_Line], programme: Programme, place: _Place, multiplier_bp: int, points_value: Money
) -> tuple[EarnedPoints, ...]:
    """Points of the bill, by rule, and their attribution to the lines that earned them.

    Exact fractions are summed over all rules and made whole once; the whole is then divided among rules and lines
    by largest remainder.
    """
    weights = [line.amount for line in lines]
    if not programme.earn_on_points_tender and points_value:
        unpaid = min(points_value.minor, sum(weights))
        weights = [weight - part for weight, part in zip(weights, _split(unpaid, lines, weights), strict=True)]
    shares: list[tuple[str, LocalText, list[int], int]] = []
    for rule in programme.earning:
        if place.refusal(rule.conditions) is not None:
            continue
        factor = rule.points.count * (multiplier_bp if rule.times_tier else FULL_RATE_BP)
        numerators = [
            weight * factor if covers(rule.conditions.what, line.basket_line.product) else 0
            for line, weight in zip(lines, weights, strict=True)
        ]
        shares.append((rule.rule_id, rule.name, numerators, rule.per.minor * FULL_RATE_BP))
    if not shares:
        return ()
    common = math.lcm(*(denominator for _, _, _, denominator in shares))
    by_rule = [sum(numerators) * (common // denominator) for _, _, numerators, denominator in shares]
    whole = divide(sum(by_rule), common, programme.rounding)
    rule_points = split_by_weight(whole, by_rule)
    for (_, _, numerators, _), points in zip(shares, rule_points, strict=True):
        if points:
            for line, part in zip(lines, _split(points, lines, numerators), strict=True):
                line.points += part
    return tuple(
        EarnedPoints(rule_id, name, Points(points))
        for (rule_id, name, _, _), points in zip(shares, rule_points, strict=True)
        if points
    )


def _burn_offer(payable: Money, account: MemberAccount, programme: Programme, place: _Place) -> BurnOffer | None:
    if not programme.burning:
        return None
    rule = programme.burning[0]
    reason = place.refusal(rule.conditions) or ""
    points = 0
    if not reason:
        spendable = account.spendable(place.today)
        points = most_points(rule, payable, spendable)
        if not payable:
            reason = "nothing_to_pay"
        elif not points:
            least = -(-max(rule.minimum.count, 1) // rule.step.count) * rule.step.count
            reason = "too_few_points" if spendable.count < least else "bill_too_small"
    step_value = Money(rule.step.count * rule.value.minor // rule.points.count)
    return BurnOffer(
        rule.rule_id,
        rule.name,
        Points(points),
        Money(points * rule.value.minor // rule.points.count),
        rule.step,
        step_value,
        rule.minimum,
        reason,
    )


def most_points(rule: PointsAsCash, payable: Money, spendable: Points) -> int:
    """The most points that a rule lets a bill be paid with."""
    ceiling = divide(payable.minor * rule.max_share_bp, FULL_RATE_BP, Rounding.DOWN)
    steps = min(
        spendable.count // rule.step.count,
        ceiling * rule.points.count // (rule.value.minor * rule.step.count),
    )
    points = steps * rule.step.count
    return points if points >= rule.minimum.count else 0


def taxes_of(amounts: Iterable[tuple[int, int]]) -> tuple[TaxAmount, ...]:
    """Tax contained in amounts, by rate; rounded half up once per rate.

    Args:
        amounts: Pairs of rate in basis points and amount in fen.
    """
    by_rate: dict[int, int] = {}
    for rate_bp, amount in amounts:
        by_rate[rate_bp] = by_rate.get(rate_bp, 0) + amount
    return tuple(
        TaxAmount(rate_bp, Money(amount), Money(divide(amount * rate_bp, FULL_RATE_BP + rate_bp, Rounding.HALF_UP)))
        for rate_bp, amount in sorted(by_rate.items())
    )
