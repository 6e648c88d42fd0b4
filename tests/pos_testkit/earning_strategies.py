"""Hypothesis strategies of every kind of earning, and what such rules must give, worked out in fractions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hypothesis import strategies as st
from pos_testkit.builders import multiplier, points_as_cash, programme
from pos_testkit.strategies import conditions as some_conditions

from pos_app.domain.catalog import Product
from pos_app.domain.ids import CategoryId
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import (
    Base,
    CapPeriod,
    Conditions,
    Earning,
    EarningCap,
    FixedEarning,
    FixedStep,
    Multiplier,
    Multipliers,
    Per,
    Programme,
    RatioEarning,
    RatioStep,
    Rounding,
    SteppedFixedEarning,
    SteppedRatioEarning,
    What,
)
from pos_app.domain.tender import TenderKind
from pos_app.domain.text import LocalText

_PER = st.sampled_from([1, 100, 300, 777, 1_000])
#: What points may pay for.
_PAID_FOR = (What(), What(categories=(CategoryId("fruit"), CategoryId("drinks"))))
_TENDERS = st.sampled_from([(), (), (), (TenderKind.MOBILE,), (TenderKind.CASH, TenderKind.MOBILE)])


@st.composite
def points_rules(draw: st.DrawFn, rule_id: str, *, tenders: bool = True) -> Earning:
    """A rule that gives points, of any kind."""
    kind = draw(st.sampled_from(["ratio", "bill", "piece", "stepped_fixed", "whole", "slices"]))
    name = LocalText(f"积分{rule_id}")
    common = {
        "times_tier": draw(st.booleans()),
        "conditions": draw(some_conditions),
        "base": draw(st.sampled_from([Base.REDUCED, Base.REDUCED, Base.REGULAR])),
        "tenders": draw(_TENDERS) if tenders else (),
    }
    points = Points(draw(st.sampled_from([0, 1, 2, 7, 50])))
    reaches = sorted(draw(st.sets(st.sampled_from([1, 99, 100, 1_000, 10_000, 50_000]), min_size=1, max_size=3)))
    match kind:
        case "ratio":
            return RatioEarning(rule_id, name, points, Money(draw(_PER)), **common)
        case "bill" | "piece":
            return FixedEarning(rule_id, name, points, Per(kind), **common)
        case "stepped_fixed":
            steps = tuple(FixedStep(Money(reach), Points(n * 7)) for n, reach in enumerate(reaches, 1))
            return SteppedFixedEarning(rule_id, name, steps, **common)
        case _:
            ratios = tuple(
                RatioStep(Money(reach), Points(draw(st.integers(0, 3))), Money(draw(_PER))) for reach in reaches
            )
            return SteppedRatioEarning(rule_id, name, ratios, kind == "whole", **common)


@st.composite
def earning_programmes(draw: st.DrawFn, *, caps: bool = True, tenders: bool = True) -> Programme:
    """Programmes with rules of every kind, multipliers and caps; points can be used."""
    giving = [draw(points_rules(f"e{n}", tenders=tenders)) for n in range(draw(st.integers(1, 4)))]
    ids = [rule.rule_id for rule in giving]
    some_ids = st.one_of(st.just(()), st.lists(st.sampled_from(ids), min_size=1, unique=True).map(tuple))
    multiplying = [
        multiplier(
            f"m{n}",
            draw(st.sampled_from([0, 5_000, 10_000, 15_000, 20_000, 33_333])),
            conditions=draw(some_conditions),
            rules=draw(some_ids),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    held = tuple(
        EarningCap(
            f"c{n}",
            LocalText(f"上限{n}"),
            draw(st.sampled_from(list(CapPeriod))),
            Points(draw(st.sampled_from([0, 1, 10, 100, 5_000]))),
            draw(some_ids),
        )
        for n in range(draw(st.integers(0, 3)) if caps else 0)
    )
    return programme(
        earning=tuple(draw(st.permutations([*giving, *multiplying]))),
        burning=(
            points_as_cash(
                1,
                1,
                step=1,
                minimum=0,
                max_share_bp=10_000,
                conditions=Conditions(what=draw(st.sampled_from(_PAID_FOR))),
            ),
        ),
        rounding=draw(st.sampled_from(list(Rounding))),
        multipliers=draw(st.sampled_from(list(Multipliers))),
        earning_caps=held,
        earn_on_points_tender=draw(st.booleans()),
    )


def exact_points(
    rules: Programme,
    basket: Basket,
    result: Quote,
    tier_bp: int,
    speaks: Callable[[Conditions], bool],
    touches: Callable[[What, Product], bool],
) -> Fraction:
    """The points of a bill of which nothing is known to be paid, before they are made whole."""
    multiplying = [rule for rule in rules.earning if isinstance(rule, Multiplier) and speaks(rule.conditions)]
    exact = Fraction(0)
    for rule in rules.earning:
        if isinstance(rule, Multiplier) or rule.tenders or not speaks(rule.conditions):
            continue
        bases: dict[int, int] = {}
        for line, priced in zip(basket.lines, result.lines, strict=True):
            base = priced.amount.minor if rule.base is Base.REDUCED else priced.regular_amount.minor
            if base and touches(rule.conditions.what, line.product):
                bases[line.line_no] = base
        whole = sum(bases.values())
        if not whole:
            continue
        for line in basket.lines:
            if line.line_no not in bases:
                continue
            if isinstance(rule, FixedEarning) and rule.per is Per.PIECE:
                given = Fraction(line.quantity.milli * rule.points.count, 1_000)
            else:
                given = _of_amount(rule, whole) * Fraction(bases[line.line_no], whole)
            several = [Fraction(tier_bp, 10_000)] if rule.times_tier else []
            several += [
                Fraction(each.multiplier_bp, 10_000)
                for each in multiplying
                if (not each.rules or rule.rule_id in each.rules) and touches(each.conditions.what, line.product)
            ]
            exact += given * _together(rules.multipliers, several)
    return exact


def _of_amount(rule: Earning, whole: int) -> Fraction:
    match rule:
        case RatioEarning():
            return Fraction(whole * rule.points.count, rule.per.minor)
        case FixedEarning():
            return Fraction(rule.points.count)
        case SteppedFixedEarning():
            return Fraction(max((step.points.count for step in rule.steps if step.reach.minor <= whole), default=0))
        case SteppedRatioEarning():
            ends = [*(step.reach.minor for step in rule.steps[1:]), whole]
            result = Fraction(0)
            for step, end in zip(rule.steps, ends, strict=True):
                if step.reach.minor <= whole:
                    ratio = Fraction(step.points.count, step.per.minor)
                    part = ratio * (min(end, whole) - step.reach.minor)
                    result = ratio * whole if rule.whole_amount else result + part
            return result
        case Multiplier():
            raise AssertionError("a multiplier gives no points of its own")


def _together(how: Multipliers, several: list[Fraction]) -> Fraction:
    if Fraction(0) in several:
        return Fraction(0)
    if how is Multipliers.ADD:
        return max(Fraction(0), 1 + sum((each - 1 for each in several), start=Fraction(0)))
    if how is Multipliers.BEST:
        return max(several, default=Fraction(1))
    product = Fraction(1)
    for each in several:
        product *= each
    return product
