"""Lucky draws: the published chances, decided by what stands in the journal, the same for whoever draws again."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pos_testkit import builders as build
from pos_testkit import shop

from pos_app.domain.ids import SaleId
from pos_app.domain.ledger.draws import decide_draws, draw
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.odds import chances_of
from pos_app.infrastructure.audit_gifts import draw_again

SALE = SaleId(build.some_uuid(77))
HEAD = bytes(range(32))


def test_a_turn_is_the_same_whenever_it_is_drawn_and_another_one_for_anything_else() -> None:
    weights = [1] * 1_000_000
    first = draw(HEAD, SALE, 0, weights)
    assert first == draw(HEAD, SALE, 0, weights) == 749_660
    others = {
        draw(HEAD, SALE, 1, weights),
        draw(HEAD[::-1], SALE, 0, weights),
        draw(HEAD, SaleId(build.some_uuid(78)), 0, weights),
    }
    assert len(others | {first}) == 4


@pytest.mark.parametrize("weights", [(1, 4, 5), (1,) * 7, (3, 1, 1, 95), (999, 1)])
def test_prizes_fall_as_often_as_their_weights_say(weights: tuple[int, ...]) -> None:
    """Pearson's chi-square over fixed seeds; 40 is far beyond what chance gives for six degrees of freedom."""
    turns = 20_000
    drawn = Counter(draw(HEAD, SALE, turn, weights) for turn in range(turns))
    expected = [turns * weight / sum(weights) for weight in weights]
    assert sum((drawn[place] - want) ** 2 / want for place, want in enumerate(expected)) < 40


@given(
    st.binary(min_size=32, max_size=32), st.uuids(), st.integers(0, 500), st.lists(st.integers(1, 10**8), min_size=1)
)
def test_the_auditor_draws_the_same_with_code_of_its_own(head, sale_id, turn, weights) -> None:
    place = draw(head, SaleId(sale_id), turn, weights)
    assert 0 <= place < len(weights)
    assert draw_again(head, sale_id.bytes, turn, weights) == place


def wheel(turns: int) -> Basket:
    basket = Basket()
    for _ in range(turns):
        basket = shop.add(basket, "wheel")
    return basket


def test_a_prize_that_has_run_out_falls_to_the_fallback_also_within_one_sale() -> None:
    only_bears = replace(
        shop.WHEEL,
        prizes=tuple(replace(each, weight=10**8 if each.prize_id == "bear" else 1) for each in shop.WHEEL.prizes),
    )
    programme = shop.programme(burning=(only_bears,))
    draws = decide_draws(wheel(3), programme, HEAD, SALE, {})
    assert [each.prizes[each.drawn] for each in draws] == ["bear"] * 3
    assert [each.prizes[each.given] for each in draws] == ["bear", "bear", "thanks"]
    assert [each.turn for each in draws] == [0, 1, 2]
    later = decide_draws(wheel(1), programme, HEAD, SALE, {"wheel/bear": -2})
    assert later[0].prizes[later[0].given] == "thanks"
    assert later[0].prize.zh == "谢谢参与"


def test_published_chances_say_what_is_left() -> None:
    chances = chances_of(shop.WHEEL, {"wheel/bear": -1})
    assert [(each.prize_id, each.weight, each.of, each.left) for each in chances][:2] == [
        ("bear", 1, 12, 1),
        ("points", 3, 12, None),
    ]
    assert [each.percent for each in chances] == ["8.333 %", "25 %", "16.667 %", "8.333 %", "41.667 %"]
    rare = chances_of(
        replace(shop.WHEEL, prizes=(shop.WHEEL.prizes[1], replace(shop.WHEEL.prizes[4], weight=10**7))), {}
    )
    assert rare[0].percent == "0.000030 %"
