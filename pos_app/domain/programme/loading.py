"""Read a programme file (TOML) and refuse one that cannot be right, saying where."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import msgspec

from pos_app.domain.codec import convert
from pos_app.domain.money import FULL_RATE_BP
from pos_app.domain.programme.document import Conditions, Discount, Programme, TierCondition
from pos_app.errors import KnownError


def load_programme(text: str) -> Programme:
    """Read a programme from TOML.

    Amounts are whole fen, points whole points, rates basis points. A programme is taken whole or not at all.

    Raises:
        KnownError: ``programme.unreadable`` (with the place) or ``programme.wrong`` (with all problems found).
    """
    try:
        programme = convert(tomllib.loads(text), Programme)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError, TypeError, OverflowError) as error:
        raise KnownError("programme.unreadable", reason=str(error)) from error
    problems = list(check_programme(programme))
    if problems:
        raise KnownError("programme.wrong", problems=tuple(problems))
    return programme


def check_programme(programme: Programme) -> Iterator[str]:
    """Yield what is wrong with a programme, each with its place."""
    if not programme.tiers:
        yield "tiers: at least one tier is needed"
        return
    ranks = [tier.rank for tier in programme.tiers]
    if ranks != sorted(set(ranks)):
        yield "tiers: ranks must grow from the first to the last"
    if programme.effective_to is not None and programme.effective_to < programme.effective_from:
        yield "effective_to: before effective_from"
    known = {tier.tier_id for tier in programme.tiers}
    periods = {tier.reach.period for tier in programme.tiers if tier.reach is not None}
    if len(periods) > 1:
        yield "tiers: all conditions must count over the same period"
    for tier in programme.tiers:
        if tier.multiplier_bp < 0:
            yield f"tiers.{tier.tier_id}: multiplier_bp must not be negative"
        if tier.reach is not None and tier.reach == TierCondition(period=tier.reach.period):
            yield f"tiers.{tier.tier_id}.reach: names neither spend nor visits"
    yield from _check_rules(programme)
    for place, conditions in _all_conditions(programme):
        for tier_id in conditions.who.tiers:
            if tier_id not in known:
                yield f"{place}.conditions.who.tiers: unknown tier {tier_id!r}"
        if any(not 1 <= day <= 7 for day in conditions.when.weekdays):
            yield f"{place}.conditions.when.weekdays: 1 (Monday) to 7 (Sunday)"
        if any(not 1 <= day <= 31 for day in conditions.when.days_of_month):
            yield f"{place}.conditions.when.days_of_month: 1 to 31"


def _check_rules(programme: Programme) -> Iterator[str]:
    names: set[str] = set()
    for place, name in [
        *((f"earning.{rule.rule_id}", rule.rule_id) for rule in programme.earning),
        *((f"burning.{rule.rule_id}", rule.rule_id) for rule in programme.burning),
        *((f"benefits.{rule.benefit_id}", rule.benefit_id) for rule in programme.benefits),
    ]:
        if name in names:
            yield f"{place}: this id is used twice"
        names.add(name)
    for earning in programme.earning:
        if earning.per.minor <= 0 or earning.points.count < 0:
            yield f"earning.{earning.rule_id}: per must be more than zero and points not negative"
    for burning in programme.burning:
        if burning.points.count <= 0 or burning.value.minor <= 0 or burning.step.count <= 0:
            yield f"burning.{burning.rule_id}: points, value and step must be more than zero"
        elif burning.step.count * burning.value.minor % burning.points.count:
            yield f"burning.{burning.rule_id}: one step of points must be worth whole fen"
        if not 0 < burning.max_share_bp <= FULL_RATE_BP:
            yield f"burning.{burning.rule_id}: max_share_bp must be 1 to 10000"
    for benefit in programme.benefits:
        if isinstance(benefit, Discount) and not 0 <= benefit.off_bp <= FULL_RATE_BP:
            yield f"benefits.{benefit.benefit_id}: off_bp must be 0 to 10000"
    if len(programme.burning) > 1:
        yield "burning: one rule of points as cash"


def _all_conditions(programme: Programme) -> Iterator[tuple[str, Conditions]]:
    for earning in programme.earning:
        yield f"earning.{earning.rule_id}", earning.conditions
    for burning in programme.burning:
        yield f"burning.{burning.rule_id}", burning.conditions
    for benefit in programme.benefits:
        yield f"benefits.{benefit.benefit_id}", benefit.conditions
