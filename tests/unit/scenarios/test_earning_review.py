"""What a review says of rules of earning: what never counts, and what gives more than it takes."""

from __future__ import annotations

import msgspec
import pytest
from pos_testkit import builders as build

from pos_app.domain.ids import CategoryId, ProductId, TierId
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.programme.document import (
    CapPeriod,
    Conditions,
    FixedEarning,
    FixedStep,
    Multipliers,
    RatioStep,
    SteppedFixedEarning,
    SteppedRatioEarning,
    What,
    When,
    Who,
)
from pos_app.domain.programme.findings import Severity
from pos_app.domain.programme.review import review_programme
from pos_app.domain.tender import TenderKind
from pos_app.domain.text import LocalText

NAME = LocalText("积分")
BASE = build.earning()
WEDNESDAYS = Conditions(when=When(weekdays=(3,)))
FRUIT = Conditions(what=What(categories=(CategoryId("fruit"),)))
DRINKS = Conditions(what=What(categories=(CategoryId("drinks"),)))
GOLD = Conditions(who=Who(tiers=(TierId("gold"),)))


def found(*rules, **fields) -> list[tuple[str, str]]:
    findings = review_programme(build.programme(earning=rules, **fields))
    assert all("{" not in each.text.zh + each.text.en for each in findings)
    return [(each.code, each.place) for each in findings]


def ladder(*ratios: int) -> SteppedRatioEarning:
    steps = tuple(RatioStep(Money(n * 10_000), Points(points), Money(1_000)) for n, points in enumerate(ratios))
    return SteppedRatioEarning("ladder", NAME, steps)


def test_a_sound_programme_has_no_findings() -> None:
    extra = build.earning("fruit", conditions=FRUIT, times_tier=False)
    big = SteppedFixedEarning("big", NAME, (FixedStep(Money(10_000), Points(50)),))
    assert found(BASE, extra, big, ladder(1, 2), build.multiplier(conditions=WEDNESDAYS)) == []


@pytest.mark.parametrize(
    ("rules", "fields", "expected"),
    [
        ((build.earning(points=0),), {}, ("nothing", "earning.base")),
        ((BASE, ladder(0, 0)), {}, ("nothing", "earning.ladder")),
        ((BASE, ladder(2, 1)), {}, ("falling_step", "earning.ladder.steps[1]")),
        (
            (BASE, build.earning("p", tenders=(TenderKind.POINTS,))),
            {},
            ("never_tender", "earning.p.tenders"),
        ),
        ((BASE, FixedEarning("visit", NAME, Points(10))), {}, ("every_bill", "earning.visit")),
        ((BASE, build.multiplier(bp=10_000)), {}, ("nothing", "earning.double")),
        (
            (build.earning(conditions=FRUIT), build.multiplier(conditions=DRINKS)),
            {},
            ("never_together", "earning.double.conditions.what"),
        ),
        (
            (BASE, build.earning("f", conditions=FRUIT), build.multiplier(conditions=DRINKS, rules=("f",))),
            {},
            ("never_together", "earning.double.conditions.what"),
        ),
        (
            (
                build.earning(conditions=Conditions(what=What(products=(ProductId("A"),)))),
                build.multiplier(conditions=Conditions(what=What(products=(ProductId("B"),)))),
            ),
            {},
            ("never_together", "earning.double.conditions.what"),
        ),
        (
            (BASE, build.multiplier("a", 30_000), build.multiplier("b", 20_000, conditions=WEDNESDAYS)),
            {"multipliers": Multipliers.BEST},
            ("beaten", "earning.b"),
        ),
        (
            (BASE, build.multiplier(bp=15_000, conditions=GOLD)),
            {"multipliers": Multipliers.BEST},
            ("beaten", "earning.double"),
        ),
        ((BASE,), {"earning_caps": (build.earning_cap(0),)}, ("nothing", "earning_caps.cap-day")),
        (
            (BASE,),
            {"earning_caps": (build.earning_cap(100, CapPeriod.DAY, "base"), build.earning_cap(100, CapPeriod.MONTH))},
            ("beaten", "earning_caps.cap-day"),
        ),
        (
            (BASE,),
            {"earning_caps": (build.earning_cap(100, CapPeriod.DAY, "base"), build.earning_cap(99, CapPeriod.MONTH))},
            ("beaten", "earning_caps.cap-day"),
        ),
        (
            (BASE,),
            {"earning_caps": (build.earning_cap(100, CapPeriod.DAY), build.earning_cap(99, CapPeriod.BILL))},
            None,
        ),
        (
            (BASE, build.earning("other")),
            {"earning_caps": (build.earning_cap(100, CapPeriod.DAY), build.earning_cap(99, CapPeriod.MONTH, "base"))},
            None,
        ),
    ],
)
def test_what_never_counts_is_found(rules, fields, expected) -> None:
    assert found(*rules, **fields) == ([] if expected is None else [expected])


def test_a_multiplier_without_anything_to_multiply_never_applies() -> None:
    assert ("nothing_to_multiply", "earning.double") in found(build.multiplier())
    findings = review_programme(build.programme(earning=(build.multiplier(),)))
    assert {each.severity for each in findings if each.code == "nothing_to_multiply"} == {Severity.ERROR}


def test_a_multiplier_that_other_rules_combine_with_is_not_beaten() -> None:
    rules = (BASE, build.multiplier("a", 30_000), build.multiplier("b", 20_000))
    for how in (Multipliers.PRODUCT, Multipliers.ADD):
        assert found(*rules, multipliers=how) == []
    apart = (BASE, build.multiplier("a", 30_000, conditions=WEDNESDAYS), build.multiplier("b", 25_000))
    assert found(*apart, multipliers=Multipliers.BEST) == []


@pytest.mark.parametrize(
    ("how", "value", "code"),
    [
        # At the platinum tier (double) a point a yuan, always times four: 8, 5 or 4 points a yuan.
        (Multipliers.PRODUCT, 13, "giveaway"),
        (Multipliers.PRODUCT, 12, None),
        (Multipliers.ADD, 20, "giveaway"),
        (Multipliers.ADD, 19, None),
        (Multipliers.BEST, 25, "giveaway"),
        (Multipliers.BEST, 24, None),
    ],
)
def test_multipliers_count_in_what_is_given_away(how: Multipliers, value: int, code: str | None) -> None:
    burning = (build.points_as_cash(1, value, step=1, minimum=0),)
    got = found(BASE, build.multiplier(bp=40_000), multipliers=how, burning=burning)
    assert got == ([] if code is None else [(code, "burning.cash")])
    sometimes = found(BASE, build.multiplier(bp=40_000, conditions=WEDNESDAYS), multipliers=how, burning=burning)
    assert sometimes == ([] if code is None else [("giveaway_best", "burning.cash")])


def test_points_that_buy_points_by_a_multiplier_are_a_loop() -> None:
    burning = (build.points_as_cash(1, 25, step=1, minimum=0),)
    got = found(BASE, build.multiplier(), burning=burning, earn_on_points_tender=True)
    assert got == [("giveaway", "burning.cash"), ("loop", "earn_on_points_tender")]


@pytest.mark.parametrize("kind", ["fixed", "ratio"])
def test_the_dearest_step_counts_in_what_is_given_away(kind: str) -> None:
    stepped = (
        SteppedFixedEarning("s", NAME, (FixedStep(Money(100), Points(1)), FixedStep(Money(10_000), Points(5_000))))
        if kind == "fixed"
        else ladder(1, 500)
    )
    burning = (build.points_as_cash(100, 100),)
    assert found(msgspec.structs.replace(stepped, times_tier=False), burning=burning) == []
    assert found(stepped, burning=burning) == [("giveaway", "burning.cash")]
