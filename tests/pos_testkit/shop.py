"""A programme whose points buy things, with count cards and services; baskets of its lines."""

from __future__ import annotations

from pos_testkit import builders as build

from pos_app.domain.ids import CategoryId, ProductId, TierId
from pos_app.domain.money import Money
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.shop import card_product, offering_of, shop_product, shop_rules
from pos_app.domain.programme.coupons import AmountCoupon, Validity
from pos_app.domain.programme.document import (
    Conditions,
    CountCard,
    Draw,
    Limits,
    PointsCoupon,
    PointsItem,
    Prize,
    Programme,
    Service,
    ServicePeriod,
    What,
    Who,
)
from pos_app.domain.text import LocalText

CUT = CategoryId("cut")


def name(text: str) -> LocalText:
    """A name in Chinese alone."""
    return LocalText(text)


MUG = PointsItem("mug", name("马克杯"), Points(200), stock=3, limits=Limits(per_bill=2))
SET = PointsItem("set", name("加价换购套装"), Points(100), Money(1_990), stock=5)
VOUCHER = PointsCoupon("voucher", name("兑五元券"), Points(50), "five", limits=Limits(per_day=2))
ONCE = PointsItem("once", name("入会纪念"), Points(1), limits=Limits(per_member=1))
WHEEL = Draw(
    "wheel",
    name("大转盘"),
    Points(10),
    (
        Prize("bear", name("小熊"), 1, product=ProductId("BEAR"), stock=2),
        Prize("points", name("30 积分"), 3, points=Points(30)),
        Prize("bonus", name("两元赠金"), 2, bonus=Money(200), valid_days=10),
        Prize("ticket", name("五元券"), 1, coupon="five"),
        Prize("thanks", name("谢谢参与"), 5),
    ),
    "thanks",
)
WASH = CountCard("wash", name("洗剪吹五次卡"), Money(20_000), 5, conditions=Conditions(what=What(categories=(CUT,))))
DELIVERY = Service(
    "delivery",
    name("免费送货"),
    3,
    conditions=Conditions(who=Who(tiers=(TierId("regular"),)), what=What(products=(ProductId("DELIVERY"),))),
)
PARKING = Service("parking", name("停车一次"), 2, ServicePeriod.MONTH)
FIVE = AmountCoupon(coupon_id="five", name=name("五元券"), off=Money(500), validity=Validity(days=30))


def programme(**changes: object) -> Programme:
    """A programme with all of it."""
    from msgspec.structs import replace

    plain = build.programme(burning=(build.points_as_cash(), MUG, SET, VOUCHER, ONCE, WHEEL))
    whole = replace(plain, count_cards=(WASH,), services=(DELIVERY, PARKING), coupons=(FIVE,))
    return replace(whole, **changes) if changes else whole


def add(basket: Basket, offer_id: str, rules: Programme | None = None) -> Basket:
    """A basket with something of the programme more."""
    rules = rules or programme()
    for card in rules.count_cards:
        if card.card_id == offer_id:
            return basket.add_offering(card_product(card), Offering(OfferingKind.COUNT_CARD, offer_id))
    rule = next(each for each in shop_rules(rules) if each.rule_id == offer_id)
    return basket.add_offering(shop_product(rule), offering_of(rule))
