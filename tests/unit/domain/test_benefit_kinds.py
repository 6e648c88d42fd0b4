"""Each kind of benefit by example, what a malformed one is told, and refunds of what they gave."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import benefit_strategies as draw_from
from pos_testkit import builders as build
from pos_testkit.pure_till import Till

from pos_app.domain.ids import CategoryId, ProductId
from pos_app.domain.ledger.postings import DRAWER
from pos_app.domain.money import Money
from pos_app.domain.pricing.engine import quote
from pos_app.domain.pricing.quote import Quote, ReductionKind
from pos_app.domain.programme.document import (
    Base,
    Bundle,
    BundleItem,
    BuyGet,
    CheapestFree,
    Conditions,
    Layers,
    MemberPrice,
    NthItem,
    SpecialPrice,
    Stacking,
    Step,
    Threshold,
    What,
)
from pos_app.domain.programme.loading import check_programme
from pos_app.domain.text import LocalText

NAME = LocalText("优惠")
TEA, CAKE, JUICE = (build.product(n, p) for n, p in ((1, 1_000), (2, 600), (3, 301)))


def steps(*pairs: tuple[int, int]) -> tuple[Step, ...]:
    return tuple(Step(Money(reach), Money(off)) for reach, off in pairs)


def price(basket, *benefits, layers: Layers = Layers(), member=None) -> Quote:  # noqa: B008 - immutable
    programme = msgspec.structs.replace(build.programme(benefits=benefits), layers=layers)
    return quote(basket, member, programme, build.NOON, today=build.TODAY)


@pytest.mark.parametrize(
    ("benefit", "items", "payable"),
    [
        (NthItem("b", NAME, 2, 5_000), [(TEA, 2)], 1_500),
        (NthItem("b", NAME, 2, 5_000), [(TEA, 3), (CAKE, 1)], 3_100),
        (NthItem("b", NAME, 2, 5_000, same_product=False), [TEA, CAKE], 1_300),
        (NthItem("b", NAME, 2, 5_000, limit=1), [(TEA, 4)], 3_500),
        (BuyGet("b", NAME, 2, 1), [(TEA, 3)], 2_000),
        (BuyGet("b", NAME, 2, 1), [(TEA, 2), CAKE], 2_600),
        (BuyGet("b", NAME, 2, 1, same_product=False), [(TEA, 2), CAKE], 2_000),
        (CheapestFree("b", NAME, 3), [TEA, CAKE, JUICE], 1_600),
        (
            Bundle("b", NAME, (BundleItem((ProductId("P00001"),)), BundleItem((ProductId("P00002"),))), Money(1_200)),
            [(TEA, 2), CAKE],
            2_200,
        ),
        (SpecialPrice("b", NAME, Money(500), limit=2, for_members=False), [(TEA, 3)], 2_000),
        (SpecialPrice("b", NAME, Money(500), for_members=False), [(TEA, 3)], 1_500),
        (Threshold("b", NAME, steps((1_500, 200), (2_000, 500))), [TEA, CAKE], 1_400),
        (Threshold("b", NAME, steps((1_500, 200), (2_000, 500))), [(TEA, 2)], 1_500),
        (Threshold("b", NAME, steps((1_000, 100)), each=True), [(TEA, 3), CAKE], 3_300),
        (Threshold("b", NAME, steps((1_000, 100)), each=True, max_off=Money(200)), [(TEA, 3)], 2_800),
    ],
)
def test_each_kind(benefit, items, payable):
    result = price(build.basket(*items), benefit)
    assert (result.payable, result.gap) == (Money(payable), Money(0))
    if payable < result.regular_total.minor:
        kinds = {r.kind.value for line in result.lines for r in line.reductions}
        assert kinds == {msgspec.to_builtins(benefit, enc_hook=lambda _: 0)["kind"]}


def test_what_is_missing_for_the_next_step():
    threshold = Threshold("b", NAME, steps((1_500, 200), (3_000, 500)))
    for items, saved, reason, missing in [
        ([TEA], 0, "not_enough", Money(500)),
        ([TEA, CAKE], 200, "", Money(1_400)),
        ([(TEA, 3)], 500, "", None),
    ]:
        outcome = price(build.basket(*items), threshold).benefits[0]
        assert (outcome.saved, outcome.reason, outcome.missing) == (Money(saved), reason, missing)
    fruit = Conditions(what=What(categories=(CategoryId("fruit"),)))
    outcome = price(build.basket(TEA), msgspec.structs.replace(threshold, conditions=fruit)).benefits[0]
    assert (outcome.reason, outcome.missing) == ("no_goods", None)


def test_what_is_missing_in_a_group_is_what_would_be_better():
    """Of a group one is used; the others say what they lack only where reaching them would take more off."""
    benefits = (
        Threshold("small", NAME, steps((1_000, 100)), group="g"),
        Threshold("large", NAME, steps((2_000, 300)), group="g"),
        Threshold("none", NAME, steps((2_500, 100)), group="g"),
    )
    for items, said in [
        ([CAKE], [("not_enough", Money(400)), ("not_enough", Money(1_400)), ("not_enough", Money(1_900))]),
        ([TEA], [("", None), ("not_enough", Money(1_000)), ("not_enough", None)]),
        ([(TEA, 2)], [("better_offer", None), ("", None), ("not_enough", None)]),
    ]:
        outcomes = price(build.basket(*items), *benefits, layers=Layers(groups=("g",))).benefits
        assert [(each.reason, each.missing) for each in outcomes] == said


def test_a_member_price_is_left_away_where_a_threshold_gives_more():
    tea = build.product(1, 1_000, member_price=950)
    benefits = (MemberPrice("mp", NAME), Threshold("t", NAME, steps((1_000, 200))))
    result = price(build.basket(tea), *benefits, member=build.customer())
    assert result.payable == Money(800)
    assert [b.reason for b in result.benefits] == ["better_offer", ""]
    on_regular = price(build.basket(tea), *benefits, member=build.customer(), layers=Layers(bill_base=Base.REGULAR))
    assert on_regular.payable == Money(750)


def test_one_benefit_of_a_group():
    benefits = (
        NthItem("half", NAME, 2, 5_000, group="g"),
        Threshold("off", NAME, steps((2_000, 400)), group="g"),
    )
    result = price(build.basket((TEA, 2)), *benefits, layers=Layers(groups=("g",)))
    assert (result.payable, [b.reason for b in result.benefits]) == (Money(1_500), ["", "better_offer"])
    assert price(build.basket((TEA, 2)), NthItem("half", NAME, 2, 5_000), benefits[1]).payable == Money(1_500)


def test_nothing_goes_below_the_floor():
    free = BuyGet("b", NAME, 1, 1)
    assert price(build.basket((TEA, 2)), free, layers=Layers(floor_bp=3_000)).payable == Money(1_300)


def test_what_a_set_saves_is_spread_over_its_goods():
    result = price(build.basket(TEA, CAKE), NthItem("b", NAME, 2, 5_000, same_product=False))
    assert [line.amount for line in result.lines] == [Money(812), Money(488)]
    assert {r.kind for line in result.lines for r in line.reductions} == {ReductionKind.NTH_ITEM}


@pytest.mark.parametrize(
    ("benefit", "problem"),
    [
        (Threshold("b", NAME, ()), "benefits.b.steps: at least one"),
        (Threshold("b", NAME, steps((100, 10), (100, 20))), "benefits.b.steps[1].reach"),
        (Threshold("b", NAME, steps((100, 10), (200, 10))), "benefits.b.steps[1].off"),
        (Threshold("b", NAME, steps((100, 101))), "benefits.b.steps[0].off: more than"),
        (Threshold("b", NAME, steps((100, 1), (200, 2)), each=True), "benefits.b.steps: one step"),
        (Threshold("b", NAME, steps((100, 1)), max_off=Money(0)), "benefits.b.max_off"),
        (NthItem("b", NAME, 1, 5_000), "benefits.b.n"),
        (NthItem("b", NAME, 2, 10_001), "benefits.b.off_bp"),
        (NthItem("b", NAME, 2, 5_000, limit=0), "benefits.b.limit"),
        (BuyGet("b", NAME, 0, 1), "benefits.b: buy and get"),
        (CheapestFree("b", NAME, 1), "benefits.b.n"),
        (Bundle("b", NAME, (), Money(1)), "benefits.b.items: a bundle needs"),
        (Bundle("b", NAME, (BundleItem((), 2),), Money(1)), "benefits.b.items[0].products"),
        (Bundle("b", NAME, (BundleItem((ProductId("P"),), 2),), Money(-1)), "benefits.b.price"),
        (Bundle("b", NAME, (BundleItem((ProductId("P"), ProductId("P")), 2),), Money(1)), "is named twice"),
        (SpecialPrice("b", NAME, Money(-1)), "benefits.b.unit_price"),
        (BuyGet("b", NAME, 2, 1, group="nobody"), "benefits.b.group: unknown group 'nobody'"),
    ],
)
def test_a_malformed_benefit_is_told_its_place(benefit, problem):
    assert any(problem in each for each in check_programme(build.programme(benefits=(benefit,))))


def test_malformed_layers_are_told():
    layers = Layers(groups=("a", "a", ""), floor_bp=10_001, bill_max_off=Money(-1))
    programme = msgspec.structs.replace(build.programme(), layers=layers)
    assert len(list(check_programme(programme))) == 4


@given(draw_from.baskets(max_lines=6, max_pieces=12), st.sampled_from(list(Stacking)))
def test_nought_per_cent_is_nothing(basket, stacking):
    benefits = (NthItem("n", NAME, 2, 0), build.discount("d", 0, for_members=False))
    programme = build.programme(benefits=benefits, stacking=stacking)
    result = quote(basket, None, programme, build.NOON, today=build.TODAY)
    assert result.saved == Money(0)
    assert not any(each.applied for each in result.benefits)


@given(draw_from.baskets(max_lines=6, max_pieces=12), draw_from.programmes(max_benefits=8), st.booleans())
def test_a_sale_refunded_line_by_line_leaves_everything_as_before(basket, programme, by_line):
    shop = Till(programme)
    anna = build.member_id(1)
    before = shop.account(anna)
    sale = shop.sell(basket, anna)
    lines = [((each.line_no, each.quantity.milli),) for each in sale.lines] if by_line else [None]
    refunds = [shop.refund(sale, each) for each in lines]
    assert sum(each.amount.minor for each in refunds) == sale.payable.minor
    assert sum(tax.tax.minor for each in refunds for tax in each.taxes) == sum(tax.tax.minor for tax in sale.taxes)
    after = shop.account(anna)
    assert (after.balance(shop.today), after.receivable) == (before.balance(shop.today), before.receivable)
    assert after.progress == before.progress
    assert shop.sum_of(DRAWER) == 0
