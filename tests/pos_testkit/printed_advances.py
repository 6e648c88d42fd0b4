"""Papers of money in advance: recharges, payments from the balance, gift cards, and what is given back."""

from __future__ import annotations

import msgspec
from pos_testkit import builders as build
from pos_testkit import print_contents as contents
from pos_testkit.pure_till import Till

from pos_app.application.ports import JobKind
from pos_app.application.print_content import PrintContent
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.bodies import Refund, Sale, XReport
from pos_app.domain.money import Money
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.pricing.recharging import gift_card_product, recharge_product
from pos_app.domain.programme.document import GiftCardKind, Ladder, StoredValue, UseOrder
from pos_app.domain.text import LocalText

LADDER = Ladder("l200", LocalText("充200送20", "200 gets 20"), Money(20_000), Money(2_000))
CARD = GiftCardKind("festival", LocalText("节庆礼品卡", "Festival card"), "8801")
_STORED = StoredValue(ladders=(LADDER,), order=UseOrder.BONUS_FIRST, max_bonus_share_bp=5_000)
_NUMBERED = {"receipt_no": "R00012506180001714"}


def advance_papers() -> dict[str, PrintContent]:
    """Each paper by its name."""
    till = Till(msgspec.structs.replace(build.programme(), stored_value=_STORED, gift_cards=(CARD,)))
    who = build.member_id(1)
    tea = build.product(1, 4_800, name="明前龙井 50g", unit="盒")
    goods = build.basket(tea, for_member=build.member(1))
    paid_in = till.sell(
        goods.add_offering(
            recharge_product(LADDER.name.zh, LADDER.amount, LADDER.ladder_id),
            Offering(OfferingKind.RECHARGE, LADDER.ladder_id),
        ),
        who,
    )
    spent = till.sell(build.basket((tea, 1), for_member=build.member(1)), who, stored=3_000)
    back = till.refund(paid_in, ((2, 1_000),))
    card = till.sell(
        build.basket().add_offering(
            gift_card_product(CARD, Money(50_000), f"{CARD.name.zh} *2718"),
            Offering(OfferingKind.GIFT_CARD, CARD.kind_id, "2718", MemberId(build.some_uuid(77))),
        )
    )
    totals = msgspec.structs.replace(contents.totals(), prepaid=Money(30_000), prepaid_back=Money(16_600))
    return {
        "recharge": _paper(paid_in, JobKind.SALE),
        "stored_value": _paper(spent, JobKind.SALE),
        "recharge_back": _paper(back, JobKind.REFUND),
        "gift_card": _paper(card, JobKind.SALE),
        "x_report_advances": contents.content(XReport(3, totals), JobKind.X_REPORT),
    }


def _paper(body: Sale | Refund, kind: JobKind) -> PrintContent:
    numbers = _NUMBERED if isinstance(body, Sale) else {**_NUMBERED, "sale_receipt_no": _NUMBERED["receipt_no"]}
    return contents.content(msgspec.structs.replace(body, **numbers), kind, contents.regular())
