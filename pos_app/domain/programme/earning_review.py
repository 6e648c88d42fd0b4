"""A second look at how points are got: what never counts, and what gives back more than it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.programme.burning import as_cash
from pos_app.domain.programme.document import Conditions, PointsAsCash, Programme, Tier, What
from pos_app.domain.programme.earning import (
    CapPeriod,
    EarningCap,
    FixedEarning,
    Multiplier,
    Multipliers,
    Per,
    PointsRule,
    RatioEarning,
    SteppedFixedEarning,
    SteppedRatioEarning,
)
from pos_app.domain.programme.findings import Finding, Severity, found
from pos_app.domain.programme.overlap import lies_within
from pos_app.domain.tender import TenderKind

#: From this worth on, points for every bill, however small, are worth splitting bills for.
DEAR_POINTS_FEN: Final = 10
_LENGTH: Final = {CapPeriod.BILL: 0, CapPeriod.DAY: 1, CapPeriod.MONTH: 2}

_TEXTS: Final[dict[str, tuple[Severity, str, str]]] = {
    "nothing": (Severity.WARNING, "什么也不给", "it gives nothing"),
    "nothing_to_multiply": (
        Severity.ERROR,
        "没有任何积分规则可以乘，永远不会生效",
        "there is no rule whose points it could multiply: it never applies",
    ),
    "never_together": (
        Severity.ERROR,
        "它点名的商品与所乘积分规则的商品没有交集，永远不会生效",
        "the goods it names earn nothing by the rules it multiplies: it never applies",
    ),
    "beaten": (
        Severity.WARNING,
        "在同样的条件下 {other} 总是不比它差，它永远轮不到",
        "wherever it applies, {other} is never worse: it is never used",
    ),
    "never_tender": (
        Severity.ERROR,
        "只对积分支付的部分计分，而积分支付的部分不计分，永远不会生效",
        "it counts only what points pay for, and that earns nothing: it never applies",
    ),
    "falling_step": (
        Severity.WARNING,
        "从 ¥{reach} 起比例低于前一档：多花钱反而少得积分",
        "from {reach} yuan on the ratio is lower than before: who spends more earns fewer points",
    ),
    "every_bill": (
        Severity.WARNING,
        "每单都给 {points} 积分，值 ¥{worth}：拆成许多小单，每单都得一次",
        "every bill gives {points} points worth {worth} yuan: splitting one into many gives them many times",
    ),
    "giveaway": (
        Severity.ERROR,
        "{tier}：每消费 ¥100 所得积分可抵 ¥{worth}，送出的比收到的还多",
        "{tier}: the points for 100 yuan are worth {worth} yuan: more is given than taken",
    ),
    "giveaway_best": (
        Severity.WARNING,
        "{tier}：所有积分规则同时生效时，每消费 ¥100 所得积分可抵 ¥{worth}",
        "{tier}: when all earning rules speak at once, the points for 100 yuan are worth {worth} yuan",
    ),
    "loop": (
        Severity.ERROR,
        "{tier}：用积分付款所得的积分不少于所用的积分，积分永远用不完",
        "{tier}: paying with points earns at least as many points as it takes: they never run out",
    ),
}


def review_earning(programme: Programme) -> Iterator[Finding]:
    """Look for rules, multipliers and caps that never count, and for points worth more than the money spent."""
    giving = [rule for rule in programme.earning if not isinstance(rule, Multiplier)]
    multipliers = [rule for rule in programme.earning if isinstance(rule, Multiplier)]
    for rule in giving:
        yield from _review_rule(rule, programme)
    for index in range(len(multipliers)):
        yield from _review_multiplier(index, multipliers, giving, programme)
    yield from _review_caps(programme.earning_caps)
    for burning in as_cash(programme.burning):
        yield from _review_worth(programme, giving, multipliers, burning)


def gives_points(programme: Programme) -> bool:
    """Whether any rule gives points at all."""
    return any(_most_points(rule) for rule in programme.earning if not isinstance(rule, Multiplier))


def _most_points(rule: PointsRule) -> int:
    match rule:
        case RatioEarning() | FixedEarning():
            return rule.points.count
        case SteppedFixedEarning() | SteppedRatioEarning():
            return max(step.points.count for step in rule.steps)


def _review_rule(rule: PointsRule, programme: Programme) -> Iterator[Finding]:
    place = f"earning.{rule.rule_id}"
    if not _most_points(rule):
        yield found(_TEXTS, "nothing", place)
    if rule.tenders and not programme.earn_on_points_tender and set(rule.tenders) == {TenderKind.POINTS}:
        yield found(_TEXTS, "never_tender", f"{place}.tenders")
    if isinstance(rule, SteppedRatioEarning) and rule.whole_amount:
        for index, (lower, higher) in enumerate(pairwise(rule.steps), 1):
            if Fraction(higher.points.count, higher.per.minor) < Fraction(lower.points.count, lower.per.minor):
                yield found(_TEXTS, "falling_step", f"{place}.steps[{index}]", reach=higher.reach.plain())
    if isinstance(rule, FixedEarning) and rule.per is Per.BILL and rule.points.count:
        for burning in as_cash(programme.burning):
            worth = rule.points.count * burning.value.minor // burning.points.count
            if worth >= DEAR_POINTS_FEN:
                details = {"points": rule.points.count, "worth": Money(worth).plain()}
                yield found(_TEXTS, "every_bill", place, **details)


def _review_multiplier(
    index: int, multipliers: Sequence[Multiplier], giving: Sequence[PointsRule], programme: Programme
) -> Iterator[Finding]:
    rule = multipliers[index]
    place = f"earning.{rule.rule_id}"
    multiplied = [each for each in giving if not rule.rules or each.rule_id in rule.rules]
    if any(each.rule_id in rule.rules for each in programme.unit_codes.points):
        return
    if not multiplied:
        yield found(_TEXTS, "nothing_to_multiply", place)
        return
    if all(_apart(rule.conditions.what, each.conditions.what) for each in multiplied):
        yield found(_TEXTS, "never_together", f"{place}.conditions.what")
        return
    if programme.multipliers is not Multipliers.BEST:
        if rule.multiplier_bp == FULL_RATE_BP:
            yield found(_TEXTS, "nothing", place)
        return
    if not rule.multiplier_bp:
        return  # it takes points away
    tiers = [tier for tier in programme.tiers if _is_for(rule.conditions, tier)]
    by_tier = all(each.times_tier for each in multiplied)
    if tiers and by_tier and all(tier.multiplier_bp >= rule.multiplier_bp for tier in tiers):
        lowest = min(tiers, key=lambda tier: tier.multiplier_bp)
        yield found(_TEXTS, "beaten", place, other=lowest.name)
        return
    for other_index, other in enumerate(multipliers):
        better = (other.multiplier_bp, -other_index) > (rule.multiplier_bp, -index)
        reaches = not other.rules or (bool(rule.rules) and set(rule.rules) <= set(other.rules))
        if better and reaches and lies_within(rule.conditions, other.conditions):
            yield found(_TEXTS, "beaten", place, other=other.rule_id)
            return


def _apart(one: What, two: What) -> bool:
    """Whether no goods can be named by both: sure only where both name categories alone, or items alone."""
    if one.categories and two.categories and not (one.products or one.brands or two.products or two.brands):
        return not set(one.categories) & set(two.categories)
    if one.products and two.products and not (one.categories or one.brands or two.categories or two.brands):
        return not set(one.products) & set(two.products)
    return False


def _review_caps(caps: Sequence[EarningCap]) -> Iterator[Finding]:
    for index, cap in enumerate(caps):
        place = f"earning_caps.{cap.cap_id}"
        if not cap.points:
            yield found(_TEXTS, "nothing", place)
        for other_index, other in enumerate(caps):
            longer = _LENGTH[other.per] >= _LENGTH[cap.per]
            comes_first = _LENGTH[other.per] > _LENGTH[cap.per] or other_index < index
            tighter = other.points < cap.points or (other.points == cap.points and comes_first)
            reaches = not other.rules or (bool(cap.rules) and set(cap.rules) <= set(other.rules))
            if other_index != index and tighter and longer and reaches:
                yield found(_TEXTS, "beaten", place, other=other.cap_id)
                break


def _review_worth(
    programme: Programme, giving: Sequence[PointsRule], multipliers: Sequence[Multiplier], burning: PointsAsCash
) -> Iterator[Finding]:
    """What points give back of the money they were earned with, at the tier where that is most."""
    always = [rule for rule in giving if rule.conditions == Conditions() and not rule.tenders]
    constant = [rule for rule in multipliers if rule.conditions == Conditions()]
    tier, worth = _most_worth(programme, always, constant, burning)
    place = f"burning.{burning.rule_id}"
    if worth >= 1:
        yield found(_TEXTS, "giveaway", place, tier=tier.name, worth=_yuan(worth))
        if programme.earn_on_points_tender:
            yield found(_TEXTS, "loop", "earn_on_points_tender", tier=tier.name)
        return
    helpful = [rule for rule in multipliers if rule in constant or rule.multiplier_bp > FULL_RATE_BP]
    tier, worth = _most_worth(programme, giving, helpful, burning)
    if worth >= 1:
        yield found(_TEXTS, "giveaway_best", place, tier=tier.name, worth=_yuan(worth))


def _most_worth(
    programme: Programme, rules: Sequence[PointsRule], multipliers: Sequence[Multiplier], burning: PointsAsCash
) -> tuple[Tier, Fraction]:
    """The tier whose points are worth most, and their worth as a share of the money spent."""
    best, most = programme.tiers[0], Fraction(0)
    for tier in programme.tiers:
        points_a_fen = Fraction(0)
        for rule in rules:
            if _is_for(rule.conditions, tier):
                several = [tier.multiplier_bp] if rule.times_tier else []
                several += [
                    each.multiplier_bp
                    for each in multipliers
                    if (not each.rules or rule.rule_id in each.rules) and _is_for(each.conditions, tier)
                ]
                points_a_fen += _points_a_fen(rule) * programme.multipliers.together(several)
        worth = points_a_fen * Fraction(burning.value.minor, burning.points.count)
        if worth > most:
            best, most = tier, worth
    return best, most


def _is_for(conditions: Conditions, tier: Tier) -> bool:
    return not conditions.who.tiers or tier.tier_id in conditions.who.tiers


def _points_a_fen(rule: PointsRule) -> Fraction:
    """The most points that a rule gives for a fen; for points that do not follow the amount it has no answer."""
    match rule:
        case RatioEarning():
            return Fraction(rule.points.count, rule.per.minor)
        case FixedEarning():
            return Fraction(0)
        case SteppedFixedEarning():
            return max(Fraction(step.points.count, step.reach.minor) for step in rule.steps)
        case SteppedRatioEarning():
            return max(Fraction(step.points.count, step.per.minor) for step in rule.steps)


def _yuan(worth: Fraction) -> str:
    """The worth of what 100 yuan earn."""
    return Money(int(worth * FULL_RATE_BP)).plain()
