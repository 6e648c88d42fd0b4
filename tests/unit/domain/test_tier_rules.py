"""What of tiers is refused, and what is doubted."""

from __future__ import annotations

import pytest
from pos_testkit import builders as build

from pos_app.domain.ids import TierId
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.programme.document import AtEnd, PaidTerm, Period, Tier, TierCondition, TierRules
from pos_app.domain.programme.loading import check_programme
from pos_app.domain.programme.review import review_programme
from pos_app.domain.text import LocalText

ENTRY = Tier(TierId("a"), LocalText("甲"), 0)
YEAR = TierCondition(Money(100), period=Period.CALENDAR_YEAR)


def with_tier(reach: TierCondition | None, paid: PaidTerm | None = None, **fields):
    tier = Tier(TierId("b"), LocalText("乙"), 1, reach, paid=paid)
    return build.programme(levels=(ENTRY, tier), **fields)


@pytest.mark.parametrize(
    ("programme", "problem"),
    [
        (with_tier(TierCondition()), "tiers.b.reach: names neither spend nor visits nor points"),
        (
            with_tier(TierCondition(points=Points(0))),
            "tiers.b.reach: points must be more than zero and more than for the tiers below",
        ),
        (
            with_tier(TierCondition(Money(1), period=Period.ROLLING_MONTHS, months=0)),
            "tiers.b.reach.months: 1 to 1200",
        ),
        (with_tier(TierCondition(Money(1), months=6)), "tiers.b.reach.months: only for rolling_months"),
        (with_tier(None, PaidTerm(Money(0))), "tiers.b.paid: price must be more than zero"),
        (with_tier(None, PaidTerm(Money(1), 0)), "tiers.b.paid: months must be 1 to 1200"),
        (with_tier(None, PaidTerm(Money(1), tax_rate_bp=10_001)), "tiers.b.paid: tax_rate_bp must be 0 to 10000"),
        (
            build.programme(levels=(Tier(TierId("a"), LocalText("甲"), 0, paid=PaidTerm(Money(1))),)),
            "tiers.a.paid: everybody has the entry tier",
        ),
        (
            with_tier(TierCondition(Money(1), period=Period.LIFE), tier_rules=TierRules(AtEnd.LOWER_ONE)),
            "tier_rules.at_end: a whole life has no end; use keep, or another period",
        ),
        (
            with_tier(TierCondition(Money(1)), tier_rules=TierRules(AtEnd.RESET)),
            "tier_rules.at_end: reset needs a period of the calendar; lower_to_fit does it for rolling months",
        ),
        (
            with_tier(None, tier_rules=TierRules(AtEnd.RESET)),
            "tier_rules.at_end: no tier has a condition that could be judged",
        ),
        (
            with_tier(YEAR, tier_rules=TierRules(judged_from=build.TODAY)),
            "tier_rules.judged_from: tiers that are kept are never judged",
        ),
        (
            build.programme(
                levels=(
                    ENTRY,
                    Tier(
                        TierId("b"), LocalText("乙"), 1, TierCondition(Money(1), period=Period.ROLLING_MONTHS, months=3)
                    ),
                    Tier(
                        TierId("c"), LocalText("丙"), 2, TierCondition(Money(2), period=Period.ROLLING_MONTHS, months=6)
                    ),
                )
            ),
            "tiers: all conditions must count over the same period",
        ),
    ],
)
def test_it_is_refused_with_its_place(programme, problem):
    assert list(check_programme(programme)) == [problem]


def test_any_rule_that_fits_its_period_is_taken():
    for at_end in AtEnd:
        rules = TierRules(at_end, None if at_end is AtEnd.KEEP else build.TODAY)
        assert list(check_programme(with_tier(YEAR, tier_rules=rules))) == []
    assert list(check_programme(with_tier(None, PaidTerm(Money(1))))) == []
    assert list(check_programme(with_tier(YEAR, PaidTerm(Money(1))))) == []


def found(programme) -> list[tuple[str, str]]:
    return [(each.code, each.place) for each in review_programme(programme)]


@pytest.mark.parametrize(
    ("visits", "period", "reachable"),
    [
        (31, Period.CALENDAR_MONTH, True),
        (32, Period.CALENDAR_MONTH, False),
        (366, Period.CALENDAR_YEAR, True),
        (367, Period.ROLLING_12_MONTHS, False),
        (10_000, Period.LIFE, True),
    ],
)
def test_more_days_than_a_period_has_are_never_reached(visits, period, reachable):
    expected = [] if reachable else [("unreachable", "tiers.b.reach")]
    assert found(with_tier(TierCondition(visits=visits, period=period))) == expected
    either = TierCondition(Money(1), visits, period)
    assert found(with_tier(either)) == []
    both = TierCondition(Money(1), visits, period, all_of=True)
    assert found(with_tier(both)) == expected
    assert found(with_tier(both, PaidTerm(Money(1)))) == []


def test_points_that_no_rule_gives_lead_nowhere():
    assert ("unreachable", "tiers.b.reach") in found(with_tier(TierCondition(points=Points(1)), earning=()))
    assert found(with_tier(TierCondition(points=Points(1)))) == []


@pytest.mark.parametrize(
    ("lower", "higher", "doubted"),
    [
        (TierCondition(Money(100), 5), TierCondition(Money(200), 9), False),
        (TierCondition(Money(100)), TierCondition(Money(200), 9), True),
        (TierCondition(Money(100), 5, all_of=True), TierCondition(Money(200), 9), True),
        (TierCondition(Money(100), 5, all_of=True), TierCondition(Money(200), 9, all_of=True), False),
        (TierCondition(Money(100), 5), TierCondition(points=Points(9)), True),
    ],
)
def test_a_tier_that_is_easier_than_the_one_below_is_doubted(lower, higher, doubted):
    levels = (ENTRY, Tier(TierId("b"), LocalText("乙"), 1, lower), Tier(TierId("c"), LocalText("丙"), 2, higher))
    assert found(build.programme(levels=levels)) == ([("easier_tier", "tiers.c.reach")] if doubted else [])
