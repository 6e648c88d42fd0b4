"""The second look at what points buy: loops, gifts that are not there, goods that nobody sells."""

from __future__ import annotations

from msgspec.structs import replace
from pos_testkit import shop

from pos_app.domain.ids import ProductId
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.programme.findings import Severity
from pos_app.domain.programme.loading import check_programme
from pos_app.domain.programme.review import KnownGoods, review_programme


def found(programme, goods=None):
    assert list(check_programme(programme)) == []
    return [(each.code, each.place) for each in review_programme(programme, goods)]


def with_wheel(**changes):
    rules = shop.programme()
    return replace(
        rules, burning=tuple(replace(each, **changes) if each is shop.WHEEL else each for each in rules.burning)
    )


def test_a_shop_that_is_right_is_clean() -> None:
    assert found(shop.programme(burning=shop.programme().burning[:-1])) == []


def test_a_draw_that_gives_back_as_many_points_as_it_takes_is_refused() -> None:
    points = shop.WHEEL.prizes[1]
    prizes = (replace(points, points=Points(20), weight=1), shop.WHEEL.prizes[4])
    even = with_wheel(prizes=(replace(prizes[0], weight=5), prizes[1]), points=Points(10))
    assert found(even) == [("draw_loop", "burning.wheel.prizes")]
    finding = review_programme(even)[0]
    assert finding.severity is Severity.ERROR
    assert "10.0" in finding.text.en
    assert found(with_wheel(prizes=(prizes[0], prizes[1]), points=Points(10))) == []


def test_prizes_worth_more_than_the_points_of_a_turn_are_doubted() -> None:
    """10 points pay 0.10 yuan; a bonus of 2 yuan twice in twelve and a voucher of 5 once in twelve are 0.75."""
    assert ("draw_worth", "burning.wheel.prizes") in found(shop.programme())
    dear = with_wheel(points=Points(200))
    assert found(dear) == []
    assert found(replace(dear, burning=dear.burning[1:])) == []  # nothing says what a point is worth


def test_what_is_not_there_to_begin_with_is_doubted() -> None:
    bear = replace(shop.WHEEL.prizes[0], stock=0)
    rules = with_wheel(points=Points(200), prizes=(bear, *shop.WHEEL.prizes[1:]))
    rules = replace(
        rules, burning=tuple(replace(each, stock=0) if each is shop.SET else each for each in rules.burning)
    )
    assert found(rules) == [("no_stock", "burning.set.stock"), ("no_stock", "burning.wheel.prizes[0].stock")]


def test_goods_that_the_shop_does_not_know_are_named() -> None:
    rules = with_wheel(points=Points(200))
    named = replace(shop.MUG, product=ProductId("MUG"))
    rules = replace(
        rules, burning=tuple(named if each is shop.MUG else each for each in rules.burning), count_cards=(), services=()
    )
    goods = KnownGoods(products=frozenset({"MUG"}))
    assert found(rules, goods) == [("unknown", "burning.wheel.prizes[0].product")]
    assert ("unknown", "burning.mug.product") in found(rules, KnownGoods(products=frozenset({"BEAR"})))
    assert Money(0) == named.price
