"""Tiers that can be written down and yet are not meant: nobody reaches them, or more easily than those below."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pos_app.domain.member import Progress
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.earning_review import gives_points
from pos_app.domain.programme.findings import Finding, Severity, found
from pos_app.domain.programme.periods import Span
from pos_app.domain.programme.standing import is_reached
from pos_app.domain.programme.tier_checks import figures_of
from pos_app.domain.programme.tier_rules import TierCondition

#: Days of the longest month.
_MONTH_DAYS: Final = 31


_TEXTS: Final[dict[str, tuple[Severity, str, str]]] = {
    "unreachable": (
        Severity.WARNING,
        "没有人能升到这一级：一个周期没有这么多天，或者方案里没有积分可得",
        "nobody can reach it: no period has so many days, or no rule gives points",
    ),
    "easier_tier": (
        Severity.WARNING,
        "达不到下一级 {other} 的条件也能升到这一级，请确认",
        "it can be reached without what {other} below it needs; make sure that is meant",
    ),
}


def review_tiers(programme: Programme) -> Iterator[Finding]:
    """Yield what is doubtful about tiers."""
    has_points = gives_points(programme)
    climbed = [(tier, tier.reach) for tier in programme.tiers if tier.reach is not None]
    for tier, reach in climbed:
        if tier.paid is None and not _can_be_reached(reach, has_points=has_points):
            yield found(_TEXTS, "unreachable", f"tiers.{tier.tier_id}.reach")
    for (lower, low), (higher, high) in pairwise(climbed):
        if any(not is_reached(low, least) for least in _least(high)):
            yield found(_TEXTS, "easier_tier", f"tiers.{higher.tier_id}.reach", other=lower.name)


def _can_be_reached(reach: TierCondition, *, has_points: bool) -> bool:
    possible = {
        "spend": True,
        "visits": reach.visits is None or reach.visits <= _most_days(reach.span),
        "points": has_points,
    }
    parts = [possible[name] for name in figures_of(reach)]
    return all(parts) if reach.all_of else any(parts)


def _most_days(span: Span) -> int:
    """No period of so many months has more days."""
    if span.months is None:
        return 10**9
    years, months = divmod(span.months, 12)
    return min(years * 366 + months * _MONTH_DAYS, span.months * _MONTH_DAYS)


def _least(reach: TierCondition) -> list[Progress]:
    """The least progress that fulfils a condition, in each way in which it can be fulfilled."""
    spend, visits, points = reach.spend or Money(0), reach.visits or 0, reach.points or Points(0)
    if reach.all_of:
        return [Progress(spend, visits, points)]
    ways = {"spend": Progress(spend), "visits": Progress(visits=visits), "points": Progress(points=points)}
    return [ways[name] for name in figures_of(reach)]
