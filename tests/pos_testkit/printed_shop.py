"""Papers of what points buy, of draws, count cards and services, and of what is given back of them."""

from __future__ import annotations

import msgspec
from pos_testkit import builders as build
from pos_testkit import print_contents as contents
from pos_testkit.pure_till import Till

from pos_app.application.ports import JobKind
from pos_app.application.print_content import Explanation, PrintContent
from pos_app.domain.ids import CategoryId, ProductId
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.money import Money
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.pricing.shop import card_product, offering_of, shop_product
from pos_app.domain.programme.document import Conditions, CountCard, Draw, PointsItem, Prize, Service, What
from pos_app.domain.quantity import Quantity
from pos_app.domain.text import LocalText

_MUG = PointsItem("mug", LocalText("马克杯", "Mug"), Points(300), Money(990))
_WHEEL = Draw(
    "wheel",
    LocalText("幸运大转盘", "Lucky wheel"),
    Points(50),
    (Prize("points", LocalText("100 积分", "100 points"), 1, points=Points(100)),),
    "points",
)
_WASH = CountCard(
    "wash",
    LocalText("洗剪吹十次卡", "Ten washes and cuts"),
    Money(28_800),
    10,
    valid_months=12,
    conditions=Conditions(what=What(categories=(CategoryId("cut"),))),
)
_DELIVERY = Service(
    "delivery",
    LocalText("免费送货", "Free delivery"),
    3,
    conditions=Conditions(what=What(products=(ProductId("DELIVERY"),))),
)
_NUMBERED = {"receipt_no": "R00012506180001714"}


def shop_papers() -> dict[str, PrintContent]:
    """Each paper by its name."""
    plain = build.programme(burning=(_MUG, _WHEEL))
    till = Till(msgspec.structs.replace(plain, count_cards=(_WASH,), services=(_DELIVERY,)))
    who = build.member_id(1)
    start = Basket().with_member(who)
    cut = msgspec.structs.replace(build.product(1, 4_800, name="洗剪吹", unit="次"), category_id=CategoryId("cut"))
    fee = msgspec.structs.replace(build.product(2, 1_500, name="送货费", unit="次"), product_id=ProductId("DELIVERY"))
    bought = till.sell(
        start.add(build.product(3, 68_000, name="吹风机", unit="台"), Quantity.pieces(1)).add_offering(
            card_product(_WASH), Offering(OfferingKind.COUNT_CARD, _WASH.card_id)
        ),
        who,
    )
    lot_id = till.account(who).wallet[0].lot_id
    exchanged = start.add(cut, Quantity.pieces(2)).add(fee, Quantity.pieces(1))
    exchanged = exchanged.use(Used(_WASH.card_id, lot_id, count=2)).use(Used(_DELIVERY.service_id))
    for rule in (_MUG, _WHEEL):
        exchanged = exchanged.add_offering(shop_product(rule), offering_of(rule))
    used = till.sell(exchanged, who)
    back = till.refund(used, ((1, 1_000), (3, 1_000), (4, 1_000)))
    card_back = till.refund(bought, ((2, 1_000),))
    return {
        "count_card": _paper(bought, JobKind.SALE),
        "points_shop": _paper(used, JobKind.SALE),
        "points_shop_back": _paper(back, JobKind.REFUND),
        "count_card_back": _paper(card_back, JobKind.REFUND),
        "odds": _odds(),
    }


def _odds() -> PrintContent:
    """An explanation in a shop with a draw."""
    prizes = (
        Prize("grand", LocalText("电动车", "An e-bike"), 1),
        Prize("points", LocalText("100 积分", "100 points"), 999),
        Prize("thanks", LocalText("谢谢参与", "Nothing this time"), 9_000),
    )
    draw = msgspec.structs.replace(_WHEEL, prizes=prizes, fallback="thanks")
    explained = contents.explained(Basket().add_offering(shop_product(draw), offering_of(draw)), contents.regular())
    assert isinstance(explained.body, Explanation)
    return msgspec.structs.replace(explained, body=msgspec.structs.replace(explained.body, draws=(draw,)))


def _paper(body: Sale | Refund, kind: JobKind) -> PrintContent:
    numbers = _NUMBERED if isinstance(body, Sale) else {**_NUMBERED, "sale_receipt_no": _NUMBERED["receipt_no"]}
    return contents.content(msgspec.structs.replace(body, **numbers), kind, contents.regular())
