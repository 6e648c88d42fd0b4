"""The best allowed combination of benefits, against every combination there is, and what must hold of any."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import benefit_strategies as draw_from
from pos_testkit import builders as build
from pos_testkit.benefit_oracle import Oracle

from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer, quote
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.loading import check_programme

CUSTOMERS = st.sampled_from([None, build.customer()])


def price(basket: Basket, customer: Customer | None, programme: Programme) -> Quote:
    return quote(basket, customer, programme, build.NOON, today=build.TODAY, store="S1")


@given(draw_from.baskets(), CUSTOMERS, draw_from.programmes())
def test_small_baskets_cost_the_lowest_of_all_allowed_combinations(basket, customer, programme):
    result = price(basket, customer, programme)
    lowest = Oracle(basket, programme, is_member=customer is not None).lowest()
    assert result.payable.minor - result.gap.minor <= lowest <= result.payable.minor
    assert (result.payable, result.gap) == (Money(lowest), Money(0))


@given(draw_from.baskets(max_lines=12, max_pieces=60), CUSTOMERS, draw_from.programmes(max_benefits=12))
def test_no_single_allowed_benefit_costs_less(basket, customer, programme):
    payable = price(basket, customer, programme).payable
    for benefit in programme.benefits:
        alone = msgspec.structs.replace(programme, benefits=(benefit,))
        assert payable <= price(basket, customer, alone).payable


@given(draw_from.baskets(max_lines=10, max_pieces=30), CUSTOMERS, draw_from.programmes(max_benefits=10))
def test_parts_sum_nothing_is_negative_and_every_benefit_has_a_reason(basket, customer, programme):
    result = price(basket, customer, programme)
    floor_bp = programme.layers.floor_bp
    for line in result.lines:
        assert all(reduction.amount > Money(0) for reduction in line.reductions)
        assert line.regular_amount.minor - sum(r.amount.minor for r in line.reductions) == line.amount.minor
        assert line.amount.minor * 10_000 >= line.regular_amount.minor * floor_bp
        assert len({r.source_id for r in line.reductions}) == len(line.reductions)
    assert sum(line.amount.minor for line in result.lines) == result.payable.minor
    assert Money(0) <= result.gap <= result.payable
    by_benefit: dict[str, int] = {}
    for reduction in (each for line in result.lines for each in line.reductions):
        by_benefit[reduction.source_id] = by_benefit.get(reduction.source_id, 0) + reduction.amount.minor
    assert {each.benefit_id: each.saved.minor for each in result.benefits if each.saved} == by_benefit
    groups = {b.benefit_id: b.group for b in programme.benefits if b.group}
    used = [groups[each] for each in by_benefit if each in groups]
    assert len(used) == len(set(used))
    for outcome in result.benefits:
        assert outcome.applied == bool(outcome.saved) == (not outcome.reason)
        assert outcome.missing is None or outcome.missing > Money(0)


@given(draw_from.baskets(max_lines=8, max_pieces=20), CUSTOMERS, draw_from.programmes(max_benefits=8), st.randoms())
def test_the_order_of_scanning_does_not_matter(basket, customer, programme, random):
    shuffled = list(basket.lines)
    random.shuffle(shuffled)
    other = msgspec.structs.replace(basket, lines=tuple(shuffled))
    one, two = price(basket, customer, programme), price(other, customer, programme)
    assert msgspec.structs.replace(one, lines=()) == msgspec.structs.replace(two, lines=())
    assert sorted(one.lines, key=lambda line: line.line_no) == sorted(two.lines, key=lambda line: line.line_no)


@given(draw_from.baskets(max_lines=6, max_pieces=12), CUSTOMERS, draw_from.programmes(max_benefits=8), st.data())
def test_a_line_taken_out_and_scanned_again_changes_nothing(basket, customer, programme, data):
    line = data.draw(st.sampled_from(basket.lines))
    again = basket.remove(line.line_no).add(line.product, line.quantity)
    one, two = price(basket, customer, programme), price(again, customer, programme)
    assert msgspec.structs.replace(one, lines=()) == msgspec.structs.replace(two, lines=())


@given(draw_from.baskets(max_lines=6), CUSTOMERS, draw_from.programmes(max_benefits=8))
def test_what_was_found_before_changes_nothing(basket, customer, programme):
    fresh = msgspec.structs.replace(programme)
    price(basket.remove(basket.lines[0].line_no), customer, programme)
    assert price(basket, customer, programme) == price(basket, customer, fresh)


@given(draw_from.programmes(max_benefits=8))
def test_drawn_programmes_have_no_problem_that_a_shop_could_not_have_made(programme):
    assert all("steps" in problem or "items" in problem for problem in check_programme(programme))
