"""What of a programme's tiers cannot be right, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pos_app.domain.money import FULL_RATE_BP
from pos_app.domain.programme.periods import Period
from pos_app.domain.programme.tier_rules import AtEnd, Tier, TierCondition, TierRules

_MAX_MULTIPLIER_BP: Final = 100 * FULL_RATE_BP
_MAX_MONTHS: Final = 1_200
#: The figures of a condition.
_FIGURES: Final = ("spend", "visits", "points")


def check_tiers(tiers: tuple[Tier, ...], rules: TierRules) -> Iterator[str]:
    """Yield what is wrong with tiers and with what becomes of them, each with its place."""
    ranks = [tier.rank for tier in tiers]
    if ranks != sorted(set(ranks)):
        yield "tiers: ranks must grow from the first to the last"
    entry = tiers[0]
    if entry.reach is not None:
        yield f"tiers.{entry.tier_id}.reach: the entry tier needs no condition"
    if entry.paid is not None:
        yield f"tiers.{entry.tier_id}.paid: everybody has the entry tier"
    spans = {tier.reach.span for tier in tiers if tier.reach is not None}
    if len(spans) > 1:
        yield "tiers: all conditions must count over the same period"
    seen: set[str] = set()
    highest = dict.fromkeys(_FIGURES, 0)
    for tier in tiers:
        place = f"tiers.{tier.tier_id}"
        if not tier.tier_id:
            yield "tiers: tier_id must not be empty"
        if tier.tier_id in seen:
            yield f"{place}: this id is used twice"
        seen.add(tier.tier_id)
        if not 0 <= tier.multiplier_bp <= _MAX_MULTIPLIER_BP:
            yield f"{place}: multiplier_bp must be 0 to {_MAX_MULTIPLIER_BP}"
        if tier.paid is not None and tier.paid.price.minor <= 0:
            yield f"{place}.paid: price must be more than zero"
        if tier.paid is not None and not 1 <= tier.paid.months <= _MAX_MONTHS:
            yield f"{place}.paid: months must be 1 to {_MAX_MONTHS}"
        if tier.reach is not None:
            yield from _check_reach(f"{place}.reach", tier.reach, highest)
        if tier.paid is not None and not 0 <= tier.paid.tax_rate_bp <= FULL_RATE_BP:
            yield f"{place}.paid: tax_rate_bp must be 0 to {FULL_RATE_BP}"
    yield from _check_rules(tiers, rules)


def figures_of(reach: TierCondition) -> dict[str, int]:
    """The figures that a condition gives: fen, visits, points."""
    figures: dict[str, int] = {}
    if reach.spend is not None:
        figures["spend"] = reach.spend.minor
    if reach.visits is not None:
        figures["visits"] = reach.visits
    if reach.points is not None:
        figures["points"] = reach.points.count
    return figures


def _check_reach(place: str, reach: TierCondition, highest: dict[str, int]) -> Iterator[str]:
    figures = figures_of(reach)
    if not figures:
        yield f"{place}: names neither spend nor visits nor points"
    for name, figure in figures.items():
        if figure <= highest[name]:
            yield f"{place}: {name} must be more than zero and more than for the tiers below"
        highest[name] = max(highest[name], figure)
    if reach.period is Period.ROLLING_MONTHS:
        if not 1 <= reach.months <= _MAX_MONTHS:
            yield f"{place}.months: 1 to {_MAX_MONTHS}"
    elif reach.months != TierCondition().months:
        yield f"{place}.months: only for rolling_months"


def _check_rules(tiers: tuple[Tier, ...], rules: TierRules) -> Iterator[str]:
    reaches = [tier.reach for tier in tiers if tier.reach is not None]
    if rules.at_end is AtEnd.KEEP:
        if rules.judged_from is not None:
            yield "tier_rules.judged_from: tiers that are kept are never judged"
        return
    if not reaches:
        yield "tier_rules.at_end: no tier has a condition that could be judged"
    elif reaches[0].span.months is None:
        yield "tier_rules.at_end: a whole life has no end; use keep, or another period"
    elif rules.at_end is AtEnd.RESET and not reaches[0].span.by_calendar:
        yield "tier_rules.at_end: reset needs a period of the calendar; lower_to_fit does it for rolling months"
