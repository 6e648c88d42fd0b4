"""What can be wrong with how points are got, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pos_app.domain.money import FULL_RATE_BP
from pos_app.domain.points import Points
from pos_app.domain.programme.earning import (
    Earning,
    EarningCap,
    FixedEarning,
    FixedStep,
    Multiplier,
    RatioEarning,
    RatioStep,
    SteppedFixedEarning,
    SteppedRatioEarning,
)

#: Beyond these a figure is taken for a slip: a hundred points for a fen, ten million at once, a hundredfold multiplier.
_MAX_POINTS_PER_FEN: Final = 100
_MAX_POINTS: Final = 10_000_000
MAX_MULTIPLIER_BP: Final = 100 * FULL_RATE_BP


def check_earning(rules: Sequence[Earning], caps: Sequence[EarningCap], others: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with rules of earning and caps.

    Args:
        rules: Of the programme.
        caps: Of the programme.
        others: Ids of rules elsewhere in the programme that give points with a bill.
    """
    giving = {*others, *(rule.rule_id for rule in rules if not isinstance(rule, Multiplier))}
    for rule in rules:
        place = f"earning.{rule.rule_id}"
        for problem in _check(rule):
            yield f"{place}{problem}"
        if isinstance(rule, Multiplier):
            yield from _check_named(f"{place}.rules", rule.rules, giving)
        else:
            for kind in sorted({each for each in rule.tenders if rule.tenders.count(each) > 1}):
                yield f"{place}.tenders: {kind.value!r} is named twice"
    seen: set[str] = set()
    for cap in caps:
        place = f"earning_caps.{cap.cap_id}"
        if not cap.cap_id:
            yield f"{place}: the id must not be empty"
        if cap.cap_id in seen:
            yield f"{place}: this id is used twice"
        seen.add(cap.cap_id)
        if cap.points.count < 0:
            yield f"{place}.points: must not be negative"
        yield from _check_named(f"{place}.rules", cap.rules, giving)


def _check_named(place: str, named: Sequence[str], giving: set[str]) -> Iterator[str]:
    for rule_id in named:
        if rule_id not in giving:
            yield f"{place}: {rule_id!r} is no rule of earning that gives points"
    for rule_id in sorted({each for each in named if named.count(each) > 1}):
        yield f"{place}: {rule_id!r} is named twice"


def _check(rule: Earning) -> Iterator[str]:
    match rule:
        case RatioEarning():
            if rule.per.minor <= 0 or rule.points.count < 0:
                yield ": per must be more than zero and points not negative"
            elif rule.points.count > _MAX_POINTS_PER_FEN * rule.per.minor:
                yield f": more than {_MAX_POINTS_PER_FEN} points for a fen"
        case FixedEarning():
            yield from _check_points(".points", rule.points)
        case SteppedFixedEarning():
            yield from _check_fixed_steps(rule.steps)
        case SteppedRatioEarning():
            yield from _check_ratio_steps(rule.steps)
        case Multiplier():
            if not 0 <= rule.multiplier_bp <= MAX_MULTIPLIER_BP:
                yield f".multiplier_bp: 0 to {MAX_MULTIPLIER_BP}"


def _check_points(place: str, points: Points) -> Iterator[str]:
    if not 0 <= points.count <= _MAX_POINTS:
        yield f"{place}: 0 to {_MAX_POINTS}"


def _check_fixed_steps(steps: Sequence[FixedStep]) -> Iterator[str]:
    if not steps:
        yield ".steps: at least one step is needed"
    reach = points = 0
    for index, step in enumerate(steps):
        place = f".steps[{index}]"
        if step.reach.minor <= reach:
            yield f"{place}.reach: must be more than zero and more than for the step before"
        if step.points.count <= points:
            yield f"{place}.points: must be more than zero and more than for the step before"
        yield from _check_points(f"{place}.points", Points(max(0, step.points.count)))
        reach, points = max(reach, step.reach.minor), max(points, step.points.count)


def _check_ratio_steps(steps: Sequence[RatioStep]) -> Iterator[str]:
    if not steps:
        yield ".steps: at least one step is needed"
    reach = -1
    for index, step in enumerate(steps):
        place = f".steps[{index}]"
        if step.reach.minor <= reach:
            yield f"{place}.reach: must not be negative, and more than for the step before"
        if step.per.minor <= 0 or step.points.count < 0:
            yield f"{place}: per must be more than zero and points not negative"
        elif step.points.count > _MAX_POINTS_PER_FEN * step.per.minor:
            yield f"{place}: more than {_MAX_POINTS_PER_FEN} points for a fen"
        reach = max(reach, step.reach.minor)
