"""The points of a bill, by rule and by line.

Everything is exact in fractions until the bill's points are made whole, once; the whole is then divided among rules and
lines by largest remainder, and caps take off what is too many of it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import msgspec

from pos_app.domain.member import ALL_POINTS, MemberAccount, points_of
from pos_app.domain.money import Rounding, divide, split_by_weight
from pos_app.domain.points import Points
from pos_app.domain.pricing.burning import pays_for_some
from pos_app.domain.pricing.lines import PricedLine, split
from pos_app.domain.pricing.paid import Paid
from pos_app.domain.pricing.quote import CappedPoints, EarnedPoints, PointsMultiplier
from pos_app.domain.pricing.unit_points import unit_points
from pos_app.domain.programme.benefits import Base
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.document import Conditions, Programme
from pos_app.domain.programme.earning import (
    CapPeriod,
    EarningCap,
    FixedEarning,
    Multiplier,
    Per,
    PointsRule,
    RatioEarning,
    SteppedFixedEarning,
    SteppedRatioEarning,
)
from pos_app.domain.programme.rules import What
from pos_app.domain.programme.unit_codes import UnitPoints
from pos_app.domain.quantity import UNIT_MILLI
from pos_app.domain.tender import TenderKind

_POINTS_TENDER = frozenset({TenderKind.POINTS})


class Earned(msgspec.Struct, frozen=True):
    """What a bill earns.

    Attributes:
        by_rule: Points by rule; their sum is that of the lines.
        multipliers: Rules that multiply points of this bill.
        capped: Caps that took points off.
    """

    by_rule: tuple[EarnedPoints, ...] = ()
    multipliers: tuple[PointsMultiplier, ...] = ()
    capped: tuple[CappedPoints, ...] = ()


class _Share:
    """What one rule gives before it is made whole: by line, over one denominator."""

    __slots__ = ("denominator", "numerators", "rule")

    def __init__(self, rule: PointsRule | UnitPoints, numerators: list[int], denominator: int) -> None:
        self.rule, self.numerators, self.denominator = rule, numerators, denominator


def earn(
    lines: Sequence[PricedLine],
    programme: Programme,
    refusal: Callable[[Conditions], str | None],
    tier_bp: int,
    account: MemberAccount,
    paid: Paid,
    today: dt.date,
) -> Earned:
    """Work out the points of a bill and note them on its lines.

    Args:
        lines: With their final amounts; they get their points.
        programme: The rules.
        refusal: Why conditions are not met here and now, or None.
        tier_bp: The tier's multiplier.
        account: The member's, for caps by day and month.
        paid: How the bill is paid, as far as is known.
        today: The business date.
    """
    speaking = [rule for rule in programme.earning if refusal(rule.conditions) is None]
    multipliers = _Multiplying(lines, programme, tier_bp, [rule for rule in speaking if isinstance(rule, Multiplier)])
    bases = _Bases(lines, programme, paid)
    shares: list[_Share] = []
    for rule in speaking:
        if isinstance(rule, Multiplier):
            continue
        share = _share(rule, lines, bases)
        if share is not None:
            shares.append(share)
    shares += [_Share(rule, points, 1) for rule, points in unit_points(lines, programme.unit_codes, refusal)]
    for share in shares:
        multipliers.apply(share)
    if not shares:
        return Earned()
    common = math.lcm(*(share.denominator for share in shares))
    by_rule = [sum(share.numerators) * (common // share.denominator) for share in shares]
    whole = divide(sum(by_rule), common, programme.rounding)
    points, capped = _cap(
        programme.earning_caps,
        [share.rule.rule_id for share in shares],
        split_by_weight(whole, by_rule),
        account,
        today,
    )
    for share, count in zip(shares, points, strict=True):
        if count:
            for line, part in zip(lines, split(count, lines, share.numerators), strict=True):
                line.points += part
    return Earned(
        tuple(
            EarnedPoints(share.rule.rule_id, share.rule.name, Points(count))
            for share, count in zip(shares, points, strict=True)
            if count
        ),
        multipliers.used(),
        capped,
    )


def tenders_that_matter(programme: Programme) -> frozenset[TenderKind]:
    """Tenders of which a quote must know how much they pay before it can say what a bill earns, and points paid for."""
    named = {kind for rule in programme.earning if not isinstance(rule, Multiplier) for kind in rule.tenders}
    by_line = any(pays_for_some(rule) for rule in programme.burning)
    return frozenset(named if programme.earn_on_points_tender and not by_line else {*named, *_POINTS_TENDER})


class _Bases:
    """What counts of each line, by kind of base and tenders; amounts are fen.

    What points paid of a line is a part by itself: it counts or it does not. What tenders pay of the rest of the bill
    is spread over what points left.
    """

    def __init__(self, lines: Sequence[PricedLine], programme: Programme, paid: Paid) -> None:
        self._lines, self._paid = lines, paid
        self._barren = frozenset() if programme.earn_on_points_tender else _POINTS_TENDER
        self._costs = any(line.amount for line in lines if line.basket_line.earns)
        self._by_points = sum(line.by_points for line in lines)
        self._payable = sum(line.amount - line.by_points for line in lines if line.basket_line.earns)
        without = paid.without_points.minor + paid.of(self._barren).minor
        self._earnable = max(0, self._payable - (without - (self._by_points if self._barren else 0)))
        self._known: dict[tuple[Base, frozenset[TenderKind]], list[int]] = {}

    def part(self, line: PricedLine, tenders: Sequence[TenderKind]) -> tuple[int, int]:
        """How much of a line counts for a rule with these tenders, as numerator and denominator."""
        if not self._costs:  # nothing is paid with anything
            return 1, 1
        counted, payable = (self._counted(tenders), self._payable) if self._payable else (0, 1)
        if not line.by_points:
            return counted, payable
        by_points = line.by_points if self._points_count(tenders) else 0
        return by_points * payable + (line.amount - line.by_points) * counted, line.amount * payable

    def _counted(self, tenders: Sequence[TenderKind]) -> int:
        """How much of the bill, less what points paid of lines, counts for a rule with these tenders."""
        if not tenders:
            return self._earnable
        by_points = self._by_points if self._points_count(tenders) else 0
        return min(self._earnable, self._paid.of(set(tenders) - self._barren).minor - by_points)

    def _points_count(self, tenders: Sequence[TenderKind]) -> bool:
        return not self._barren and (not tenders or TenderKind.POINTS in tenders)

    def weights(self, base: Base, tenders: Sequence[TenderKind]) -> list[int]:
        """What counts of each line: all of it, less its part of what the rest of the bill is paid with."""
        key = (base, frozenset(tenders))
        if key not in self._known:
            self._known[key] = self._weights(base, tenders)
        return self._known[key]

    def _weights(self, base: Base, tenders: Sequence[TenderKind]) -> list[int]:
        amounts = [
            (line.amount if base is Base.REDUCED else line.regular) if line.basket_line.earns else 0
            for line in self._lines
        ]
        if not self._costs:  # nothing is paid with anything
            return [0] * len(amounts) if tenders else amounts
        by_points = [
            divide(amount * line.by_points, line.amount, Rounding.UP) if line.by_points else 0
            for amount, line in zip(amounts, self._lines, strict=True)
        ]
        rest = [amount - part for amount, part in zip(amounts, by_points, strict=True)]
        whole = sum(rest)
        counted = divide(whole * self._counted(tenders), self._payable, Rounding.DOWN) if self._payable else 0
        if counted < whole:
            left_out = split(whole - counted, self._lines, rest)
            rest = [amount - part for amount, part in zip(rest, left_out, strict=True)]
        if self._points_count(tenders):
            return [amount + part for amount, part in zip(rest, by_points, strict=True)]
        return rest


def _share(rule: PointsRule, lines: Sequence[PricedLine], bases: _Bases) -> _Share | None:
    """What a rule gives before multipliers; None for nothing."""
    what = rule.conditions.what
    weights = bases.weights(rule.base, rule.tenders)
    if what != What():
        weights = [
            weight if weight and covers(what, line.basket_line.product) else 0
            for line, weight in zip(lines, weights, strict=True)
        ]
    base = sum(weights)
    if not base:
        return None
    match rule:
        case RatioEarning():
            return _Share(rule, [weight * rule.points.count for weight in weights], rule.per.minor)
        case FixedEarning(per=Per.BILL):
            return _Share(rule, [weight * rule.points.count for weight in weights], base)
        case FixedEarning():
            parts = [bases.part(line, rule.tenders) for line in lines]
            common = math.lcm(*{denominator for _, denominator in parts})
            pieces = [
                line.basket_line.quantity.milli * part * (common // denominator) if weight else 0
                for line, weight, (part, denominator) in zip(lines, weights, parts, strict=True)
            ]
            return _Share(rule, [each * rule.points.count for each in pieces], UNIT_MILLI * common)
        case SteppedFixedEarning():
            reached = [step.points.count for step in rule.steps if base >= step.reach.minor]
            return _Share(rule, [weight * reached[-1] for weight in weights], base) if reached else None
        case SteppedRatioEarning():
            points, per = _by_ratio(rule, base)
            return _Share(rule, [weight * points for weight in weights], base * per) if points else None


def _by_ratio(rule: SteppedRatioEarning, base: int) -> tuple[int, int]:
    """Points of an amount, as numerator and denominator."""
    steps = [step for step in rule.steps if base >= step.reach.minor]
    if not steps:
        return 0, 1
    if rule.whole_amount:
        return base * steps[-1].points.count, steps[-1].per.minor
    common = math.lcm(*(step.per.minor for step in steps))
    points = 0
    ends = [step.reach.minor for step in steps[1:]]
    for step, end in zip(steps, [*ends, base], strict=True):
        points += (end - step.reach.minor) * step.points.count * (common // step.per.minor)
    return points, common


class _Multiplying:
    """The tier's multiplier and those of rules, as they go together on each line."""

    def __init__(
        self, lines: Sequence[PricedLine], programme: Programme, tier_bp: int, rules: Sequence[Multiplier]
    ) -> None:
        self._lines, self._how, self._tier_bp, self._rules = lines, programme.multipliers, tier_bp, rules
        self._covered = [
            [rule.conditions.what == What() or covers(rule.conditions.what, line.basket_line.product) for line in lines]
            for rule in rules
        ]
        self._known: dict[tuple[bool, tuple[int, ...]], tuple[list[int], int]] = {}
        self._used: set[int] = set()

    def apply(self, share: _Share) -> None:
        """Multiply what a rule gives."""
        of_goods = not isinstance(share.rule, UnitPoints)
        chosen = tuple(
            n for n, each in enumerate(self._rules) if (share.rule.rule_id in each.rules if each.rules else of_goods)
        )
        key = (share.rule.times_tier, chosen)
        if key not in self._known:
            self._known[key] = self._factors(*key)
        factors, denominator = self._known[key]
        for n in chosen:
            if any(given and covered for given, covered in zip(share.numerators, self._covered[n], strict=True)):
                self._used.add(n)
        share.numerators = [given * factor for given, factor in zip(share.numerators, factors, strict=True)]
        share.denominator *= denominator

    def used(self) -> tuple[PointsMultiplier, ...]:
        """Rules that had points to multiply."""
        return tuple(
            PointsMultiplier(rule.rule_id, rule.name, rule.multiplier_bp)
            for n, rule in enumerate(self._rules)
            if n in self._used
        )

    def _factors(self, times_tier: bool, chosen: tuple[int, ...]) -> tuple[list[int], int]:
        """For each line the numerator of its factor, and their common denominator."""
        together: dict[tuple[int, ...], Fraction] = {}  # most lines have the same ones
        factors: list[Fraction] = []
        for line in range(len(self._lines)):
            here = tuple(n for n in chosen if self._covered[n][line])
            if here not in together:
                several = [self._tier_bp] if times_tier else []
                together[here] = self._how.together([*several, *(self._rules[n].multiplier_bp for n in here)])
            factors.append(together[here])
        common = math.lcm(*(factor.denominator for factor in factors))
        return [factor.numerator * (common // factor.denominator) for factor in factors], common


def _cap(
    caps: Sequence[EarningCap], rule_ids: Sequence[str], points: list[int], account: MemberAccount, today: dt.date
) -> tuple[list[int], tuple[CappedPoints, ...]]:
    """Take off what caps do not allow: of each rule's points in proportion."""
    capped: list[CappedPoints] = []
    for cap in caps:
        held = [
            count if not cap.rules or rule_id in cap.rules else 0
            for rule_id, count in zip(rule_ids, points, strict=True)
        ]
        left = max(0, cap.points.count - _had(cap, account, today))
        cut = sum(held) - left
        if cut > 0:
            kept = split_by_weight(left, held)
            points = [count - was + now for count, was, now in zip(points, held, kept, strict=True)]
            capped.append(CappedPoints(cap.cap_id, cap.name, cap.per.value, cap.points, Points(cut)))
    return points, tuple(capped)


def _had(cap: EarningCap, account: MemberAccount, today: dt.date) -> int:
    """What the member has already of what a cap holds together."""
    if cap.per is CapPeriod.BILL:
        return 0
    since = today if cap.per is CapPeriod.DAY else today.replace(day=1)
    return sum(account.used(what, since) for what in (map(points_of, cap.rules) if cap.rules else [ALL_POINTS]))
