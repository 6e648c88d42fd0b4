"""Leaving the benefits of a group out gives what a programme without them gives: it is only quicker."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import benefit_strategies, builders

from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.benefits import apply_benefits
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.programme.document import Programme

MEMBER = builders.member()


def lowest(basket: Basket, programme: Programme, without: frozenset[str]) -> tuple[int, dict[str, str]]:
    """What the goods cost, and why each benefit did not apply."""
    lines = [PricedLine(line) for line in basket.lines]
    outcomes, gap = apply_benefits(lines, programme, MEMBER, lambda _: None, in_force=True, without=without)
    assert gap == 0, "small baskets are solved to the end"
    return sum(line.amount for line in lines), {each.benefit_id: each.reason for each in outcomes}


@given(st.data())
def test_leaving_a_group_out_is_as_if_it_were_not_there(data: st.DataObject) -> None:
    programme = data.draw(benefit_strategies.programmes())
    basket = data.draw(benefit_strategies.baskets())
    groups = sorted({each.group for each in programme.benefits if each.group})
    without = frozenset(data.draw(st.sets(st.sampled_from(groups)))) if groups else frozenset()
    rest = tuple(each for each in programme.benefits if each.group not in without)
    fewer = msgspec.structs.replace(programme, benefits=rest)
    lowest(basket, programme, frozenset())  # what is kept of the lines must not show through
    amount, reasons = lowest(basket, programme, without)
    expected, expected_reasons = lowest(basket, fewer, frozenset())
    assert amount == expected
    assert {name: reason for name, reason in reasons.items() if name in expected_reasons} == expected_reasons
    assert all(reasons[each.benefit_id] == "coupon_instead" for each in programme.benefits if each.group in without)
