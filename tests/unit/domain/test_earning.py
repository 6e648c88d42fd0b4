"""Rules of earning one by one, with the promises of real programmes."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from pos_testkit import builders as build
from pos_testkit.pricing import price

from pos_app.domain.ids import CategoryId, TierId
from pos_app.domain.member import Birthday, Usage
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.paid import NOTHING_PAID, Paid, paid_with
from pos_app.domain.programme.document import (
    Base,
    Birthdays,
    CapPeriod,
    Conditions,
    FixedEarning,
    FixedStep,
    Multipliers,
    Per,
    RatioStep,
    Rounding,
    SteppedFixedEarning,
    SteppedRatioEarning,
    Tier,
    What,
    When,
    Who,
)
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText

NAME = LocalText("积分")
FRUIT = Conditions(what=What(categories=(CategoryId("fruit"),)))
WEDNESDAYS = Conditions(when=When(weekdays=(3,)))
THE_20TH = Conditions(when=When(days_of_month=(20,)))
BIRTHDAY = Conditions(who=Who(birthday=Birthdays.DAY))
TIERS = (
    Tier(TierId("regular"), LocalText("普通"), 0),
    Tier(TierId("silver"), LocalText("银卡"), 1, multiplier_bp=15_000),
    Tier(TierId("gold"), LocalText("金卡"), 2, multiplier_bp=20_000),
)


def goods(*fen: int):
    return build.basket(*[build.product(n, each, category_id="vegetables") for n, each in enumerate(fen, 1)])


def points(what, *rules, member=None, now=build.NOON, paid=NOTHING_PAID, usage=(), **fields):
    account = msgspec.structs.replace(build.account(), usage=usage)
    customer = build.customer(member or build.member(), account)
    programme = build.programme(earning=rules, levels=fields.pop("levels", TIERS), **fields)
    return price(what, customer, programme, now=now, paid=paid)


def earned(*arguments, **fields) -> int:
    return points(*arguments, **fields).points_earned.count


def paying(**amounts: int) -> Paid:
    return Paid(tuple((TenderKind(kind), Money(fen)) for kind, fen in amounts.items()))


# Kinds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tier", "wanted"), [("regular", 39), ("silver", 59), ("gold", 79)])
def test_one_one_and_a_half_and_two_points_a_yuan(tier: str, wanted: int) -> None:
    assert earned(goods(3_990), build.earning(), member=build.member(tier=tier)) == wanted


def test_fixed_points_for_a_bill_are_given_once_and_lie_on_its_lines() -> None:
    rule = FixedEarning("visit", NAME, Points(10), times_tier=False)
    result = points(goods(3_000, 1_000), rule, member=build.member(tier="gold"))
    assert result.points_earned == Points(10)
    assert [line.points.count for line in result.lines] == [8, 2]  # 7.5 and 2.5
    assert earned(goods(0), rule) == 0  # nothing was bought


def test_fixed_points_for_a_bill_need_goods_that_are_covered() -> None:
    rule = FixedEarning("fruit", NAME, Points(10), conditions=FRUIT)
    apple = build.product(9, 300, category_id="fruit")
    assert earned(goods(3_000), rule) == 0
    result = points(build.basket(build.product(1, 3_000), apple), rule)
    assert [line.points.count for line in result.lines] == [0, 10]


def test_fixed_points_for_each_piece_and_for_each_kilogram() -> None:
    rule = FixedEarning("fruit", NAME, Points(10), Per.PIECE, conditions=FRUIT)
    apple = build.product(1, 300, category_id="fruit")
    pears = build.product(2, 800, category_id="fruit", is_weighed=True)
    result = points(build.basket((apple, 3), (pears, "1.550"), build.product(3, 500)), rule)
    assert [line.points.count for line in result.lines] == [30, 15, 0]  # 45.5, made whole once
    assert earned(build.basket((apple, 3)), rule, paid=paying(points=450)) == 15  # half of it is paid with points


@pytest.mark.parametrize(("fen", "wanted"), [(9_999, 0), (10_000, 10), (19_999, 10), (20_000, 30), (1_000_000, 30)])
def test_stepped_fixed_points_are_those_of_the_highest_step_reached(fen: int, wanted: int) -> None:
    steps = (FixedStep(Money(10_000), Points(10)), FixedStep(Money(20_000), Points(30)))
    assert earned(goods(fen), SteppedFixedEarning("big", NAME, steps)) == wanted


@pytest.mark.parametrize(
    ("fen", "whole", "slices"),
    [(9_999, 99, 98), (10_000, 150, 99), (30_000, 450, 399), (50_000, 1_000, 699), (60_000, 1_200, 899), (50, 0, 0)],
)
def test_stepped_ratios_are_of_the_whole_amount_or_of_slices(fen: int, whole: int, slices: int) -> None:
    steps = (
        RatioStep(Money(100), Points(1), Money(100)),
        RatioStep(Money(10_000), Points(3), Money(200)),
        RatioStep(Money(50_000), Points(2), Money(100)),
    )
    assert earned(goods(fen), SteppedRatioEarning("s", NAME, steps)) == whole
    # The first slice begins at one yuan, and that one yuan gives nothing.
    assert earned(goods(fen), SteppedRatioEarning("s", NAME, steps, whole_amount=False)) == slices


def test_slices_of_a_ratio_from_nothing_on() -> None:
    steps = (RatioStep(Money(0), Points(1), Money(100)), RatioStep(Money(10_000), Points(2), Money(100)))
    rule = SteppedRatioEarning("s", NAME, steps, whole_amount=False)
    assert [earned(goods(fen), rule) for fen in (9_900, 10_000, 15_000)] == [99, 100, 200]
    result = points(goods(10_000, 5_000), rule)
    assert [line.points.count for line in result.lines] == [133, 67]  # all lines share in the higher ratio


def test_points_of_what_the_reductions_left_or_of_the_regular_price() -> None:
    half = (build.discount("half", 5_000),)
    assert earned(goods(1_000), build.earning(), benefits=half) == 5
    assert earned(goods(1_000), build.earning(base=Base.REGULAR), benefits=half) == 10
    # Half of what is left is paid with points: half of the regular price counts.
    assert earned(goods(1_000), build.earning(base=Base.REGULAR), benefits=half, paid=paying(points=250)) == 5
    free = (build.discount("free", 10_000),)
    assert earned(goods(1_000), build.earning(base=Base.REGULAR), benefits=free) == 10
    assert earned(goods(1_000), build.earning(base=Base.REGULAR, tenders=(TenderKind.CASH,)), benefits=free) == 0


# Tenders ----------------------------------------------------------------------------------------------------------


def test_only_what_is_paid_with_a_tender_counts_for_a_rule_that_names_it() -> None:
    rule = build.earning("mobile", tenders=(TenderKind.MOBILE,))
    assert earned(goods(1_000), rule) == 0  # nothing is known to be paid so
    assert earned(goods(1_000), rule, paid=paying(mobile=700, cash=300)) == 7
    assert earned(goods(1_000), rule, paid=paying(cash=1_000)) == 0
    both = build.earning("two", tenders=(TenderKind.MOBILE, TenderKind.BANK_CARD))
    assert earned(goods(1_000), both, paid=paying(mobile=300, bank_card=400, cash=300)) == 7


def test_a_tender_pays_for_all_lines_alike() -> None:
    rule = build.earning("mobile", tenders=(TenderKind.MOBILE,), conditions=FRUIT)
    basket = build.basket(build.product(1, 6_000, category_id="fruit"), build.product(2, 4_000))
    assert earned(basket, rule, paid=paying(mobile=5_000)) == 30


def test_what_points_or_a_bonus_pay_for_earns_nothing() -> None:
    assert earned(goods(1_000), build.earning(), paid=paying(points=400)) == 6
    assert earned(goods(1_000), build.earning(), paid=paying(points=400), earn_on_points_tender=True) == 10
    by_points = build.earning("p", tenders=(TenderKind.POINTS,))
    assert earned(goods(1_000), by_points, paid=paying(points=400)) == 0
    assert earned(goods(1_000), by_points, paid=paying(points=400), earn_on_points_tender=True) == 4
    bonus = Paid(((TenderKind.MOBILE, Money(700)),), Money(300))
    assert earned(goods(1_000), build.earning(), paid=bonus) == 7
    assert earned(goods(1_000), build.earning(), paid=bonus, earn_on_points_tender=True) == 7
    assert earned(goods(1_000), build.earning(), paid=Paid((), Money(5_000))) == 0


BY_FRUIT = build.points_as_cash(1, 1, step=1, minimum=0, max_share_bp=10_000, conditions=FRUIT)


def fruit_and_others(*others: int):
    return build.basket(
        build.product(1, 2_000, category_id="fruit"), *[build.product(n, each) for n, each in enumerate(others, 2)]
    )


def test_points_that_pay_for_some_goods_take_nothing_off_the_others() -> None:
    others = build.earning(conditions=Conditions(what=What(except_categories=(CategoryId("fruit"),))))
    basket, paid = fruit_and_others(8_000), paying(points=1_000)
    assert earned(basket, build.earning(conditions=FRUIT), paid=paid, burning=(BY_FRUIT,)) == 10
    assert earned(basket, others, paid=paid, burning=(BY_FRUIT,)) == 80
    assert earned(basket, others, paid=paid) == 72  # points for all goods pay a tenth of each line
    regular = build.earning(conditions=FRUIT, base=Base.REGULAR)
    assert earned(basket, regular, paid=paid, burning=(BY_FRUIT,), benefits=(build.discount("half", 5_000),)) == 0
    result = points(basket, others, paid=paid, burning=(BY_FRUIT,))
    assert [line.by_points for line in result.lines] == [Money(1_000), Money(0)]


def test_for_each_piece_points_count_the_part_that_was_not_paid_with_points() -> None:
    rule = FixedEarning("piece", NAME, Points(100), Per.PIECE)
    basket, paid = fruit_and_others(8_000), paying(points=500)
    assert earned(basket, rule, paid=paid, burning=(BY_FRUIT,)) == 75 + 100
    assert earned(basket, rule, paid=paid) == 95 + 95
    assert earned(fruit_and_others(), rule, paid=paying(points=2_000), burning=(BY_FRUIT,)) == 0


def test_a_bonus_is_spread_over_what_points_left() -> None:
    with_bonus = Paid(((TenderKind.POINTS, Money(1_000)),), Money(900))  # a tenth of the 90.00 that points left
    piece = FixedEarning("piece", NAME, Points(100), Per.PIECE)
    basket = fruit_and_others(8_000)
    assert earned(basket, build.earning(conditions=FRUIT), paid=with_bonus, burning=(BY_FRUIT,)) == 9
    assert earned(basket, build.earning(), paid=with_bonus, burning=(BY_FRUIT,)) == 81
    assert earned(basket, piece, paid=with_bonus, burning=(BY_FRUIT,)) == 45 + 90


def test_a_rule_that_names_points_counts_the_lines_they_paid_for() -> None:
    of_points = build.earning("p", tenders=(TenderKind.POINTS,), conditions=FRUIT)
    of_mobile = build.earning("m", tenders=(TenderKind.MOBILE,), conditions=FRUIT)
    basket, paid = fruit_and_others(8_000), paying(points=1_000, mobile=4_500)
    assert earned(basket, of_points, paid=paid, burning=(BY_FRUIT,), earn_on_points_tender=True) == 10
    assert earned(basket, of_mobile, paid=paid, burning=(BY_FRUIT,), earn_on_points_tender=True) == 5
    both = build.earning("b", tenders=(TenderKind.POINTS, TenderKind.MOBILE), conditions=FRUIT)
    assert earned(basket, both, paid=paid, burning=(BY_FRUIT,), earn_on_points_tender=True) == 15


def test_tenders_are_summed_by_kind() -> None:
    def tender(kind: TenderKind, fen: int) -> Tender:
        return Tender(kind, Money(fen), Money(fen))

    paid = paid_with([tender(TenderKind.MOBILE, 100), tender(TenderKind.CASH, 50), tender(TenderKind.MOBILE, 20)])
    assert paid == Paid(((TenderKind.CASH, Money(50)), (TenderKind.MOBILE, Money(120))))
    assert paid.of({TenderKind.MOBILE, TenderKind.POINTS}) == Money(120)
    assert paid_with(()) == NOTHING_PAID


# Multipliers ------------------------------------------------------------------------------------------------------


def test_wednesdays_the_20th_and_birthdays_multiply() -> None:
    rules = (
        build.earning(),
        build.multiplier("wednesday", 20_000, conditions=WEDNESDAYS),
        build.multiplier("the20th", 30_000, conditions=THE_20TH),
        build.multiplier("birthday", 20_000, conditions=BIRTHDAY),
    )
    born = build.member(birthday=Birthday(6, 18))

    def on(day: dt.date, member=None):
        result = points(
            goods(10_000), *rules, member=member, now=build.NOON.replace(year=day.year, month=day.month, day=day.day)
        )
        return result.points_earned.count, [each.rule_id for each in result.multipliers]

    assert on(dt.date(2025, 6, 19)) == (100, [])
    assert on(dt.date(2025, 6, 18)) == (200, ["wednesday"])
    assert on(dt.date(2025, 6, 20)) == (300, ["the20th"])
    assert on(dt.date(2025, 8, 20)) == (600, ["wednesday", "the20th"])
    assert on(dt.date(2025, 6, 18), born) == (400, ["wednesday", "birthday"])
    assert on(dt.date(2026, 6, 18), born) == (200, ["birthday"])


@pytest.mark.parametrize(
    ("how", "regular", "silver"),
    [(Multipliers.PRODUCT, 200, 300), (Multipliers.ADD, 200, 250), (Multipliers.BEST, 200, 200)],
)
def test_how_a_multiplier_goes_with_the_tiers(how: Multipliers, regular: int, silver: int) -> None:
    rules = (build.earning(), build.multiplier(bp=20_000))
    got = [
        earned(goods(10_000), *rules, member=build.member(tier=tier), multipliers=how) for tier in ("regular", "silver")
    ]
    assert got == [regular, silver]
    constant = (build.earning(times_tier=False), build.multiplier(bp=20_000))
    assert earned(goods(10_000), *constant, member=build.member(tier="silver"), multipliers=how) == 200


def test_multipliers_are_exact_in_fractions() -> None:
    rules = (
        build.earning(),
        build.multiplier("a", 11_000),
        build.multiplier("b", 11_000),
        build.multiplier("c", 33_333),
    )
    result = points(goods(1_000_000), *rules, rounding=Rounding.HALF_UP)
    assert result.points_earned == Points(40_333)  # 10,000 × 1.1 × 1.1 × 3.3333 = 40,332.93
    assert earned(goods(100), build.earning(), *rules[1:3], rounding=Rounding.DOWN) == 1  # 1.21


def test_a_multiplier_below_one_adds_up_to_no_less_than_nothing() -> None:
    rules = (build.earning(), build.multiplier("a", 4_000), build.multiplier("b", 3_000))
    assert earned(goods(10_000), *rules, multipliers=Multipliers.ADD) == 0
    assert earned(goods(10_000), *rules, multipliers=Multipliers.PRODUCT) == 12
    assert earned(goods(10_000), *rules, multipliers=Multipliers.BEST) == 100  # the tier's one is the best


def test_a_multiplier_that_names_goods_multiplies_the_points_of_those_lines_alone() -> None:
    basket = build.basket(build.product(1, 1_000, category_id="fruit"), build.product(2, 1_000))
    result = points(basket, build.earning(), build.multiplier(conditions=FRUIT))
    assert [line.points.count for line in result.lines] == [20, 10]
    without = points(goods(1_000), build.earning(), build.multiplier(conditions=FRUIT))
    assert (without.points_earned, without.multipliers) == (Points(10), ())


def test_a_multiplier_that_names_rules_multiplies_those_alone() -> None:
    rules = (build.earning(), build.earning("extra", 5), build.multiplier(rules=("extra",)))
    result = points(goods(1_000), *rules)
    assert [(each.rule_id, each.points.count) for each in result.earned] == [("base", 10), ("extra", 100)]


# Caps -------------------------------------------------------------------------------------------------------------

YESTERDAY = build.TODAY - dt.timedelta(days=1)
LAST_MONTH = dt.date(2025, 5, 31)


@pytest.mark.parametrize(
    ("per", "usage", "wanted"),
    [
        (CapPeriod.BILL, ("points", build.TODAY, 70), 60),
        (CapPeriod.DAY, ("points", build.TODAY, 20), 40),
        (CapPeriod.DAY, ("points", build.TODAY, 60), 0),
        (CapPeriod.DAY, ("points", build.TODAY, 600), 0),
        (CapPeriod.DAY, ("points", YESTERDAY, 20), 60),
        (CapPeriod.DAY, ("points:base", build.TODAY, 20), 60),
        (CapPeriod.MONTH, ("points", YESTERDAY, 20), 40),
        (CapPeriod.MONTH, ("points", LAST_MONTH, 20), 60),
    ],
)
def test_a_cap_counts_what_the_member_had(per: CapPeriod, usage: tuple[str, dt.date, int], wanted: int) -> None:
    result = points(goods(10_000), build.earning(), usage=(Usage(*usage),), earning_caps=(build.earning_cap(60, per),))
    assert result.points_earned == Points(wanted)
    (capped,) = result.capped
    assert (capped.cap_id, capped.per, capped.points, capped.cut) == (
        f"cap-{per}",
        per,
        Points(60),
        Points(100 - wanted),
    )


def test_a_cap_on_some_rules_leaves_the_others_alone() -> None:
    rules = (build.earning(), build.earning("extra", 5), build.earning("more", 3))
    cap = build.earning_cap(40, CapPeriod.DAY, "extra", "more")
    usage = (
        Usage("points", build.TODAY, 999),
        Usage("points:extra", build.TODAY, 10),
        Usage("points:more", build.TODAY, 6),
    )
    result = points(goods(1_000), *rules, usage=usage, earning_caps=(cap,))
    assert {each.rule_id: each.points.count for each in result.earned} == {"base": 10, "extra": 15, "more": 9}
    assert [each.cut.count for each in result.capped] == [56]


def test_a_cap_that_is_not_reached_says_nothing() -> None:
    result = points(goods(1_000), build.earning(), earning_caps=(build.earning_cap(10),))
    assert (result.points_earned, result.capped) == (Points(10), ())


def test_several_caps_all_hold() -> None:
    caps = (
        build.earning_cap(50, CapPeriod.BILL),
        build.earning_cap(30, CapPeriod.DAY),
        build.earning_cap(40, CapPeriod.MONTH),
    )
    result = points(goods(10_000), build.earning(), earning_caps=caps)
    assert result.points_earned == Points(30)
    assert [(each.cap_id, each.cut.count) for each in result.capped] == [("cap-bill", 50), ("cap-day", 20)]
