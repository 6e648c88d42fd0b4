"""What could be paid with points here and now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from pos_app.domain.member import MemberAccount
from pos_app.domain.money import FULL_RATE_BP, Money, Rounding, divide
from pos_app.domain.points import Points
from pos_app.domain.pricing.lines import PricedLine, split
from pos_app.domain.pricing.quote import BurnOffer
from pos_app.domain.programme.burning import Burning, PointsAsCash
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.rules import Conditions, What

#: What the log of usage calls points that a rule of points as cash took.
CASH_USAGE = "burn"
_NONE = Points(0)


def burn_usage(rule_id: str) -> str:
    """The points that were paid with by a rule, as the log of usage names them."""
    return f"{CASH_USAGE}:{rule_id}"


def pays_for_some(rule: Burning) -> bool:
    """Whether by this rule points pay for some goods alone: then it matters which lines they paid for."""
    return isinstance(rule, PointsAsCash) and rule.conditions.what != What()


def cost_of(lines: Iterable[PricedLine], what: What) -> Money:
    """What the goods cost that a rule names; money in advance is no goods."""
    return Money(sum(line.amount for line in lines if _may_pay(what, line)))


def spread_points(
    lines: Sequence[PricedLine], rules: Iterable[Burning], offer: BurnOffer | None, by_points: Money
) -> None:
    """Note on lines what points pay of each, where the rule that speaks names goods: in proportion to what they cost.

    Points that may pay for everything belong to no line, as any other tender.

    Args:
        lines: With their final amounts.
        rules: Of the programme.
        offer: By which of them points pay.
        by_points: What points pay; more than the goods cost is refused by the sale.
    """
    rule = next((each for each in rules if offer is not None and each.rule_id == offer.rule_id), None)
    if rule is None or not by_points or not pays_for_some(rule):
        return
    what = rule.conditions.what
    amounts = [line.amount if _may_pay(what, line) else 0 for line in lines]
    for line, part in zip(lines, split(min(by_points.minor, sum(amounts)), lines, amounts), strict=True):
        line.by_points = part


def _may_pay(what: What, line: PricedLine) -> bool:
    return not line.basket_line.is_prepaid and (what == What() or covers(what, line.basket_line.product))


def burn_offer(
    payable: Callable[[What], Money],
    account: MemberAccount,
    rules: Iterable[Burning],
    refusal: Callable[[Conditions], str | None],
    today: dt.date,
    promised: Points = _NONE,
) -> BurnOffer | None:
    """The best rule of points as cash that speaks now: the one that pays most; the first of equals.

    Args:
        payable: What goods of the bill cost that a rule names.
        account: The member's.
        rules: Of the programme.
        refusal: Why conditions do not hold here and now.
        today: Business date.
        promised: Points that lines of the bill cost themselves.

    Returns:
        None where the programme has no such rule; where none gives anything, the first with its reason.
    """
    offers = [
        _offer(payable(rule.conditions.what), account, rule, refusal(rule.conditions) or "", today, promised)
        for rule in rules
        if isinstance(rule, PointsAsCash)
    ]
    if not offers:
        return None
    speaking = [offer for offer in offers if offer.points] or [offer for offer in offers if _is_near(offer)]
    return max(speaking or offers[:1], key=lambda offer: offer.value.minor)


def _is_near(offer: BurnOffer) -> bool:
    """Whether nothing but points or the bill is missing: such a reason tells more than that another rule is shut."""
    return offer.reason in ("too_few_points", "bill_too_small", "nothing_to_pay", "limit_reached")


def _offer(
    payable: Money, account: MemberAccount, rule: PointsAsCash, reason: str, today: dt.date, promised: Points
) -> BurnOffer:
    points = 0
    if not reason:
        left = max(0, account.spendable(today).count - promised.count)
        allowed = _allowed(rule, account, today)
        spendable = Points(left if allowed is None else min(left, allowed))
        points = most_points(rule, payable, spendable)
        if not payable:
            reason = "nothing_to_pay" if rule.conditions.what == What() else "no_goods"
        elif not points:
            least = -(-max(rule.minimum.count, 1) // rule.step.count) * rule.step.count
            if left < least:
                reason = "too_few_points"
            else:
                reason = "limit_reached" if spendable.count < least else "bill_too_small"
    return BurnOffer(
        rule.rule_id,
        rule.name,
        Points(points),
        Money(points * rule.value.minor // rule.points.count),
        rule.step,
        Money(rule.step.count * rule.value.minor // rule.points.count),
        rule.minimum,
        reason,
    )


def _allowed(rule: PointsAsCash, account: MemberAccount, today: dt.date) -> int | None:
    """How many points the rule's limits by day and month leave; None where it has none."""
    what = burn_usage(rule.rule_id)
    left = [
        limit.count - account.used(what, since)
        for limit, since in ((rule.max_points_per_day, today), (rule.max_points_per_month, today.replace(day=1)))
        if limit is not None
    ]
    return max(0, min(left)) if left else None


def most_points(rule: PointsAsCash, payable: Money, spendable: Points) -> int:
    """The most points that a rule lets a bill be paid with."""
    ceiling = divide(payable.minor * rule.max_share_bp, FULL_RATE_BP, Rounding.DOWN)
    steps = min(
        spendable.count // rule.step.count,
        ceiling * rule.points.count // (rule.value.minor * rule.step.count),
    )
    points = steps * rule.step.count
    return points if points >= rule.minimum.count else 0
