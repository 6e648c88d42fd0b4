"""A shop that has everything a member can hold, and a cashier's hand that counts its steps at the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from pos_testkit import builders as build
from pos_testkit import coupons as make
from pos_testkit.desk import MANAGER, Counter

from pos_app.domain.catalog import Product
from pos_app.domain.gift_card_numbers import gift_card_number
from pos_app.domain.ids import ProductId, TierId
from pos_app.domain.ledger.bodies import Sale
from pos_app.domain.ledger.journal import RecordKind, read_body
from pos_app.domain.member import Birthday, Member, MemberAccount
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.programme.burning import Draw, Limits, PointsCoupon, PointsItem, Prize
from pos_app.domain.programme.count_cards import CountCard
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.giving import (
    BirthdayGift,
    CheckInGift,
    GiftPack,
    PackCoupons,
    PackUses,
    PurchaseGift,
    SurveyGift,
)
from pos_app.domain.programme.prepaid import FreeAmounts, GiftCardKind, Ladder, StoredValue
from pos_app.domain.programme.rules import Conditions, What, Who
from pos_app.domain.programme.services import Service
from pos_app.domain.programme.tier_rules import PaidTerm, Tier
from pos_app.domain.text import LocalText
from pos_app.ui.requests import BenefitsRequest
from pos_app.ui.screens.payment.state import CASH, TenderAsked
from pos_app.ui.widgets.rows import Row

TEA = build.product(1, 3_000, name="西湖龙井")
CAKE = build.product(2, 1_250, name="桂花糕", category_id="fruit")
WASH = build.product(3, 2_500, name="普洗", category_id="services")
DELIVERY = build.product(4, 800, name="送货费", category_id="tobacco")
GOODS = (TEA, CAKE, WASH, DELIVERY)

#: One amount only, and one of the customer's choice.
CARD, OPEN_CARD = gift_card_number("8801", 1), gift_card_number("8802", 2)
SECOND_CARD = gift_card_number("8801", 3)

ANNA = build.member(1, name="王小明", cards=("M00001",))
BELLA = build.member(2, name="李芳", cards=("M00002",))
#: Born on the day of the tests.
CLARA = build.member(3, name="欧阳娜娜", cards=("M00003",), birthday=Birthday(6, 18))


def shop_programme() -> Programme:
    """Rules of every kind that a member meets at the counter."""
    base = make.programme(
        make.amount("ten", 1_000, conditions=Conditions(what=What(categories=("drinks",)))),
        make.threshold("full", (10_000, 2_000)),
        make.exchange("cake", conditions=Conditions(what=What(products=(CAKE.product_id,)))),
        make.percent("spring", 2_000, shared_code="SPRING20"),
        make.amount("bearer", 300, for_holder=False),
    )
    black = Tier(
        TierId("black"), LocalText("黑金会员", "Black"), 9, None, 20_000, "black", PaidTerm(Money(9_900), months=12)
    )
    return msgspec.structs.replace(
        base,
        tiers=(*base.tiers, black),
        burning=(
            *base.burning,
            PointsItem("mug", LocalText("保温杯", "Mug"), Points(500), stock=1),
            PointsItem("soap", LocalText("换购洗衣液", "Detergent"), Points(200), Money(990)),
            PointsItem("any", LocalText("任选糕点", "Any cake"), Points(50), conditions=_of(CAKE)),
            PointsCoupon("ten_points", LocalText("积分换代金券", "Coupon for points"), Points(100), "ten"),
            Draw(
                "wheel",
                LocalText("幸运大转盘", "Lucky wheel"),
                Points(50),
                (
                    Prize("coupon", LocalText("代金券一张", "A coupon"), 1, coupon="ten"),
                    Prize("none", LocalText("谢谢参与", "Better luck next time"), 1),
                ),
                fallback="none",
                limits=Limits(per_day=5),
            ),
        ),
        stored_value=StoredValue(
            ladders=(
                Ladder("l100", LocalText("充100送10", "100 + 10"), Money(10_000), Money(1_000)),
                Ladder("l500", LocalText("充500送80", "500 + 80"), Money(50_000), Money(8_000)),
            ),
            free=FreeAmounts(least=Money(5_000), most=Money(60_000)),
            max_balance=Money(100_000),
            change_max=Money(1_000),
        ),
        gift_cards=(
            GiftCardKind("spring", LocalText("春节礼品卡", "Spring card"), "8801", faces=(Money(2_000),)),
            GiftCardKind("open", LocalText("自选礼品卡", "Open card"), "8802"),
        ),
        count_cards=(
            CountCard("wash", LocalText("洗车次卡", "Car wash card"), Money(20_000), 10, conditions=_of(WASH)),
        ),
        services=(
            Service("delivery", LocalText("免费送货", "Free delivery"), 2, conditions=_of(DELIVERY)),
            Service("lounge", LocalText("茶歇一次", "Tea break"), 2),
        ),
        packs=(
            GiftPack("hundred", LocalText("百分礼"), points=Points(100)),
            GiftPack("coupon", LocalText("券礼"), coupons=(PackCoupons("ten"),)),
            GiftPack("birthday", LocalText("生日礼包"), points=Points(50), uses=(PackUses("wash", 1),)),
        ),
        giving=(
            CheckInGift(rule_id="daily", name=LocalText("每日签到", "Check-in"), pack="hundred"),
            SurveyGift(rule_id="opinion", name=LocalText("夏季问卷", "Survey"), pack="coupon", survey="summer"),
            BirthdayGift(rule_id="birthday", name=LocalText("生日礼", "Birthday gift"), pack="birthday"),
            PurchaseGift(rule_id="spend", name=LocalText("满额礼", "Big bill"), pack="coupon", reach=Money(20_000)),
        ),
    )


def _of(product: Product, *, tiers: tuple[str, ...] = ()) -> Conditions:
    return Conditions(
        who=Who(tiers=tuple(TierId(each) for each in tiers)),
        what=What(products=(ProductId(product.product_id),)),
    )


@dataclass
class Hand:
    """A cashier's hand at a window: what it does counts as steps.

    Attributes:
        at: The window.
        steps: Touches, keys that begin something, scans, and entries, since :meth:`begin`.
    """

    at: Counter
    steps: int = 0

    def begin(self) -> None:
        """Count anew."""
        self.steps = 0

    # Steps

    def scan(self, text: str) -> None:
        """The scanner reads a code: whatever is in front gets it."""
        self.steps += 1
        self.at.shell.deliver_scan(text)

    def type(self, text: str) -> None:
        """Text and Enter in the one box."""
        self.steps += 1
        self.at.view("selling").input_requested.emit(text)

    def open(self, tab: str | None = None) -> None:
        """F8, or a button of the member's panel that leads to one list."""
        self.steps += 1
        self.at.view("selling").benefits_requested.emit(tab)
        assert self.at.screen == "benefits"

    def tab(self, tab: str) -> None:
        """Another list."""
        self.steps += 1
        self.at.view("benefits").tab_requested.emit(tab)

    def touch(self, title: str) -> None:
        """A row by the beginning of its title; rows that cannot be chosen do nothing, as on the screen."""
        self.steps += 1
        row = self.row(title)
        assert row.enabled, f"{row.title} cannot be chosen: {row.note}"
        self.at.view("benefits").row_requested.emit(row.key)

    def best(self) -> None:
        """F9 in the sheet."""
        self.steps += 1
        self.at.view("benefits").primary_requested.emit()

    def answer(self, text: str) -> None:
        """What the sheet asked for, and Enter."""
        self.steps += 1
        assert self.sheet.ask is not None, "nothing is asked"
        self.at.view("benefits").entry_requested.emit(text)

    def offer(self, words: str) -> None:
        """An offer on the member's panel."""
        self.steps += 1
        offer = next(each for each in self.member.offers if each.words.startswith(words))
        self.at.view("selling").offer_requested.emit(offer.key)

    def pay(self) -> None:
        """F9 at the counter."""
        self.steps += 1
        self.at.view("selling").pay_requested.emit()

    def kind(self, kind: str) -> None:
        """Another way of paying."""
        self.steps += 1
        self.at.view("payment").kind_requested.emit(kind)

    def take(self, kind: str = CASH, amount: str = "", reference: str = "") -> None:
        """An amount and Enter; without one what the box offers."""
        self.steps += 1
        offered = amount or self.at.view("payment")._amount.text()
        self.at.view("payment").tender_requested.emit(TenderAsked(kind, offered, reference))

    def back(self) -> None:
        """Esc in whatever is in front."""
        self.at.view(self.at.screen).back_requested.emit()

    # What is seen

    @property
    def sheet(self) -> Any:
        """The state of the sheet."""
        return self.at.state("benefits")

    @property
    def selling(self) -> Any:
        """The state of the counter."""
        return self.at.state("selling")

    @property
    def payment(self) -> Any:
        """The state of the payment."""
        return self.at.state("payment")

    @property
    def member(self) -> Any:
        """The member's panel."""
        assert self.selling.member is not None, "no member is known"
        return self.selling.member

    @property
    def payable(self) -> int:
        """What is to be paid, in fen."""
        return self.selling.payable.minor

    @property
    def said(self) -> str:
        """Code of what is said in front, or empty."""
        notice = self.at.state(self.at.screen).notice
        return notice.code if notice is not None else ""

    @property
    def request(self) -> BenefitsRequest:
        """What the sheet was opened with."""
        return self.at.presenter("benefits")._request  # type: ignore[attr-defined]

    def row(self, title: str) -> Row:
        """A row of the sheet by the beginning of its title."""
        rows = [each for each in self.sheet.rows if each.title.startswith(title)]
        assert len(rows) == 1, f"{title} among {[each.title for each in self.sheet.rows]}"
        return rows[0]

    # Whole stretches

    def finish(self) -> Sale:
        """Pay what is owed in cash, and go on with the next sale."""
        if self.at.screen == "selling":
            self.pay()
        self.take(CASH, self.payment.remaining.plain())
        assert self.payment.done, self.payment.notice
        self.at.view("payment").next_requested.emit()
        return self.last_sale()

    def last_sale(self) -> Sale:
        """The last sale in the books in use."""
        with self.at.till.context.ledger.read() as reader:
            *_, payload = reader.payloads(after_seq=0, kinds=(RecordKind.SALE,))
            return read_body(payload, Sale)

    def account(self, who: Member = ANNA) -> MemberAccount:
        """What a member has, by the books in use."""
        context = self.at.till.context
        with context.ledger.read() as reader:
            customer = context.customer(reader, who.member_id, context.programme())
        assert customer is not None
        return customer.account

    def wallet(self, who: Member = ANNA) -> dict[str, int]:
        """What a member holds, by source (or asset) and amount."""
        amount_of: dict[str, int] = {}
        for each in self.account(who).wallet:
            name = each.source_id if each.asset.value in ("coupon", "use") else each.asset.value
            amount_of[name] = amount_of.get(name, 0) + each.amount
        return amount_of

    def points(self, who: Member = ANNA) -> int:
        """Points that a member has."""
        return self.account(who).balance(self.at.till.context.today()).count

    def give_coupons(self, *coupon_ids: str, who: Member | None = ANNA) -> str:
        """Coupons by hand, through the books; the code of the last."""
        code = ""
        for coupon_id in coupon_ids:
            member_id = None if who is None else who.member_id
            (move,) = self.at.till.coupons.give(MANAGER, None, coupon_id, member_id, "等候太久").moves
            code = move.code
        return code

    def give_points(self, points: int, who: Member = ANNA) -> None:
        """Points by hand, through the books."""
        self.at.till.rewards.goodwill(MANAGER, None, who.member_id, Points(points), "开业")

    def pay_in(self, ladder: str = "100 + 10", who: Member = ANNA) -> Sale:
        """A recharge, at the window."""
        self.scan(who.cards[0])
        self.open("recharge")
        self.touch(ladder)
        return self.finish()

    def sell_card(self, number: str = CARD) -> Sale:
        """A gift card that is sold at one amount only, at the window."""
        self.scan(number)
        return self.finish()
