"""A second look at what points buy: draws that give more than they take, gifts that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from pos_app.domain.money import Money
from pos_app.domain.programme.burning import Draw, PointsCoupon, PointsItem, Prize, as_cash
from pos_app.domain.programme.coupons import AmountCoupon
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.findings import Finding, Severity, found

_TEXTS: Final[dict[str, tuple[Severity, str, str]]] = {
    "draw_loop": (
        Severity.ERROR,
        "抽一次花 {points} 积分，平均得回 {back} 积分：积分永远用不完",
        "a turn costs {points} points and gives back {back} on average: points never run out",
    ),
    "draw_worth": (
        Severity.WARNING,
        "抽一次的积分可抵 ¥{worth}，奖品平均值 ¥{back}：送出的比收到的多，请确认",
        "the points of a turn are worth {worth} yuan, its prizes {back} on average: make sure that is meant",
    ),
    "no_stock": (
        Severity.WARNING,
        "一开始就没有库存，要先登记到货才能兑换",
        "there is none to begin with: nobody gets it until somebody notes that more came",
    ),
    "unknown": (Severity.WARNING, "商品资料里没有 {what}", "the shop's goods know no {what}"),
}


def review_burning(programme: Programme, products: frozenset[str] | None) -> Iterator[Finding]:
    """Look at everything that points buy beside the bill itself.

    Args:
        programme: One that the checks have nothing to say about.
        products: Item numbers of the shop's goods, where they are known.
    """
    for rule in programme.burning:
        place = f"burning.{rule.rule_id}"
        if isinstance(rule, PointsItem | PointsCoupon) and rule.stock == 0:
            yield found(_TEXTS, "no_stock", f"{place}.stock")
        if isinstance(rule, PointsItem):
            yield from _known(rule.product, f"{place}.product", products)
        if isinstance(rule, Draw):
            yield from _review_draw(rule, programme)
            for number, prize in enumerate(rule.prizes):
                yield from _known(prize.product, f"{place}.prizes[{number}].product", products)
                if prize.stock == 0:
                    yield found(_TEXTS, "no_stock", f"{place}.prizes[{number}].stock")


def _known(product: str, place: str, products: frozenset[str] | None) -> Iterator[Finding]:
    if product and products is not None and product not in products:
        yield found(_TEXTS, "unknown", place, what=product)


def _review_draw(rule: Draw, programme: Programme) -> Iterator[Finding]:
    place = f"burning.{rule.rule_id}.prizes"
    points = Fraction(sum(prize.weight * prize.points.count for prize in rule.prizes), rule.weight)
    if points >= rule.points.count:
        yield found(_TEXTS, "draw_loop", place, points=rule.points.count, back=_rounded(points))
        return
    a_point = max((Fraction(each.value.minor, each.points.count) for each in as_cash(programme.burning)), default=None)
    if a_point is None:
        return
    prizes = (prize.weight * _fen(prize, programme, a_point) for prize in rule.prizes)
    back = sum(prizes, start=Fraction(0)) * Fraction(1, rule.weight)
    cost = rule.points.count * a_point
    if back >= cost:
        yield found(_TEXTS, "draw_worth", place, worth=Money(int(cost)).plain(), back=Money(int(back)).plain())


def _fen(prize: Prize, programme: Programme, a_point: Fraction) -> Fraction:
    """What a prize is worth, as far as the programme says it: goods have no price here."""
    coupon = programme.coupon(prize.coupon)
    off = coupon.off.minor if isinstance(coupon, AmountCoupon) else 0
    return prize.points.count * a_point + prize.bonus.minor + off


def _rounded(points: Fraction) -> str:
    tenths = int(points * 10)
    return f"{tenths // 10}.{tenths % 10}"
