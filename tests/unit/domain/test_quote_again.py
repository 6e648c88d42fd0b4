"""What was found for one basket helps with the next, and never changes what it costs."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import benefit_strategies as draw_from
from pos_testkit import builders as build
from pos_testkit.benefit_oracle import Oracle
from pos_testkit.pricing import price

from pos_app.domain.ids import ProductId
from pos_app.domain.money import Money
from pos_app.domain.pricing import packing
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind
from pos_app.domain.pricing.bill import BillRule, reductions, total_off
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.pricing.rule_index import index_of
from pos_app.domain.programme.document import (
    Base,
    BuyGet,
    CheapestFree,
    Conditions,
    Layers,
    NthItem,
    Programme,
    Step,
    Threshold,
    What,
)
from pos_app.domain.quantity import Quantity
from pos_app.domain.text import LocalText

CUSTOMERS = st.sampled_from([None, build.customer(), build.customer(build.member(2, tier="gold"))])
OFF = ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, off_bp=1_000)


def goods(basket: Basket) -> list:
    return [line.product for line in basket.lines]


@st.composite
def changed(draw: st.DrawFn, basket: Basket, shelf: list) -> Basket:
    """The basket after one thing more that happens at a counter."""
    what = draw(st.integers(0, 5))
    if what <= 2 or basket.is_empty:
        thing = draw(st.sampled_from(shelf))
        return basket.add(thing, Quantity(draw(st.integers(1, 2_000))) if thing.is_weighed else Quantity.pieces(1))
    line = draw(st.sampled_from(basket.lines))
    if what == 3:
        return basket.remove(line.line_no)
    if what == 4 and line.product.is_discountable:
        return basket.set_discount(line.line_no, draw(st.sampled_from([None, OFF])))
    if what == 5 and not line.product.is_weighed:
        return basket.set_quantity(line.line_no, Quantity.pieces(draw(st.integers(1, 4))))
    return basket


@given(draw_from.baskets(max_lines=8, max_pieces=16), draw_from.programmes(max_benefits=8), st.data())
def test_a_basket_costs_the_same_however_it_came_about(basket, programme, data):
    shelf = goods(basket)
    for _ in range(data.draw(st.integers(1, 4))):
        basket = data.draw(changed(basket, shelf))
        customer = data.draw(CUSTOMERS)
        again = price(basket, customer, programme)
        assert again == price(basket, customer, msgspec.structs.replace(programme))


def test_lines_are_known_again_by_what_they_are():
    programme = build.programme()
    situation = index_of(programme).situation((None,) * len(programme.benefits))
    one = Basket().add(build.product(1), Quantity.pieces(2)).lines[0]
    same = Basket().add(build.product(2), Quantity.pieces(1)).add(build.product(1), Quantity.pieces(2)).lines[1]
    more = Basket().add(build.product(1), Quantity.pieces(3)).lines[0]
    assert situation.ground(one) is situation.ground(one)
    assert situation.ground(one).number == situation.ground(same).number
    assert situation.ground(one).number != situation.ground(more).number
    assert PricedLine(one).content_key == PricedLine(same).content_key


# Many pieces are dealt out one by one; small baskets would be searched instead, so here searches give up at once.


@given(draw_from.baskets(max_pieces=6), st.sampled_from([None, build.customer()]), draw_from.programmes(max_benefits=5))
def test_dealing_pieces_out_finds_the_best(basket, customer, programme):
    before = packing._MAX_STATES
    packing._MAX_STATES = 0
    try:
        result = price(basket, customer, msgspec.structs.replace(programme))
    finally:
        packing._MAX_STATES = before
    lowest = Oracle(basket, programme, is_member=customer is not None).lowest()
    assert result.payable.minor - result.gap.minor <= lowest <= result.payable.minor
    layers = programme.layers
    has_thresholds = any(isinstance(each, Threshold) for each in programme.benefits)
    if layers.floor_bp == 0 and layers.item_base is Base.REDUCED and not has_thresholds:
        assert (result.payable.minor, result.gap) == (lowest, Money(0))


@given(st.data())
def test_what_thresholds_take_off_together_is_the_sum_of_the_parts(data):
    count = data.draw(st.integers(1, 6))
    amounts = data.draw(st.lists(st.integers(0, 400), min_size=count, max_size=count))
    floors = [amount * data.draw(st.sampled_from([0, 0, 1, 2])) // 3 for amount in amounts]
    rules = []
    for n in range(data.draw(st.integers(1, 5))):
        places = sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=1)))
        rule = Threshold(f"t{n}", LocalText("满减"), data.draw(draw_from.steps(2)))
        rules.append(BillRule(n, rule, places, data.draw(st.sampled_from([None, None, sum(amounts)]))))
    cap = data.draw(st.sampled_from([None, None, 50]))
    parts = reductions(rules, amounts, floors, cap)
    assert total_off(rules, amounts, floors, cap) == sum(fen for _, of_rule in parts for _, fen in of_rule)


def overlapping() -> Programme:
    """Three benefits that all want the same goods."""
    name = LocalText("优惠")
    some = Conditions(what=What(products=tuple(ProductId(f"P{n:05d}") for n in (1, 2, 3, 4))))
    return build.programme(
        benefits=(
            CheapestFree("a", name, n=3),
            NthItem("b", name, n=2, off_bp=5_000, same_product=True),
            BuyGet("c", name, buy=1, get=1, same_product=False, limit=2, conditions=some),
        )
    )


def test_a_trolley_full_of_things_on_offer_is_priced_to_the_last_fen():
    basket = Basket()
    for number, cost in enumerate((4_990, 2_990, 1_280, 1_000, 690, 499, 399, 350, 290, 199), 1):
        basket = basket.add(build.product(number, cost), Quantity.pieces(1 + number % 6))
    result = price(basket, None, overlapping())
    assert (result.payable, result.gap) == (Money(23_495), Money(0))


def test_of_a_groups_benefits_the_best_is_used_however_many_there_are():
    name = LocalText("满减")
    rules = tuple(Threshold(f"t{n}", name, (Step(Money(1_000 * n), Money(90 * n)),), group="g") for n in range(1, 13))
    programme = msgspec.structs.replace(build.programme(benefits=rules), layers=Layers(groups=("g",)))
    basket = Basket()
    for number in range(1, 41):
        basket = basket.add(build.product(number, 187), Quantity.pieces(1))
    result = price(basket, None, programme)
    assert {each.benefit_id: each.saved for each in result.benefits if each.applied} == {"t7": Money(630)}
    assert result.gap == Money(0)


def test_of_equal_benefits_of_a_group_the_one_named_first_is_used_and_a_better_one_before_both():
    name, steps = LocalText("满减"), (Step(Money(500), Money(50)),)
    equal = tuple(Threshold(f"t{n}", name, steps, group="g") for n in range(3))
    better = Threshold("better", name, (Step(Money(400), Money(60)),), group="g")
    basket = Basket().add(build.product(1, 700), Quantity.pieces(1))
    for benefits, used in ((equal, "t0"), ((*equal, better), "better"), ((better, *equal), "better")):
        programme = msgspec.structs.replace(build.programme(benefits=benefits), layers=Layers(groups=("g",)))
        result = price(basket, None, programme)
        assert [each.benefit_id for each in result.benefits if each.applied] == [used]
        assert {each.reason for each in result.benefits if not each.applied} == {"better_offer"}
