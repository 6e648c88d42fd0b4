"""Papers of one day at a real till: what was sold, given back, counted and closed there, through its own print queue.

Nothing is made up here but the goods and the rules: each paper comes out of a job that the till queued, gathered by the
service that gathers it in the shop. Only the journal's head is fixed, or every new field of a record would change them
all.
"""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from pos_testkit import builders as make
from pos_testkit import print_contents as contents
from pos_testkit.counter import CASHIER, MANAGER, SUPERVISOR, Counter, card, cash, counter_at, pieces, points

from hardware.scanners.config import ScanConfig
from pos_app.application.ports import JobKind, JobState, PrintJob
from pos_app.application.print_content import PrintContent
from pos_app.application.slips import SlipRule
from pos_app.application.till import build_till
from pos_app.domain.ids import JobId
from pos_app.domain.ledger.bodies import DayClosed, Refund, Sale
from pos_app.domain.ledger.refunds import RefundRequest
from pos_app.domain.member import Birthday
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.pricing.shop import offering_of, shop_product
from pos_app.domain.programme.burning import Draw, PointsItem, Prize
from pos_app.domain.programme.coupons import AmountCoupon, ExchangeCoupon, PercentCoupon, Validity
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.giving import BirthdayGift, GiftPack, PackCoupons, PurchaseGift
from pos_app.domain.programme.rules import Birthdays
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText
from pos_app.infrastructure.code_parser import HardwareCodeParser

KITCHEN = "后厨 Kitchen"
_REGULAR = make.member(1, name="王小明")
_CLARA = make.member(2, name="Ольга Müller", birthday=Birthday(6, 18))

_FULL = AmountCoupon(
    coupon_id="full",
    name=LocalText("满30减5元券", "5 off 30 yuan"),
    terms=LocalText("烟酒、充值除外，一次用一张，不找零。", "Not for tobacco, liquor or recharges. One at a time."),
    off=Money(500),
    reach=Money(3_000),
    validity=Validity(days=30),
)
_TIMES = PercentCoupon(
    coupon_id="times", name=LocalText("三次九折券", "10 % off, three times"), off_bp=1_000, uses=3, for_holder=False
)
_CAKE = ExchangeCoupon(coupon_id="cake", name=LocalText("生日蛋糕兑换券", "A birthday cake"), validity=Validity(days=7))
_WHEEL = Draw(
    "wheel",
    LocalText("幸运大转盘", "Lucky wheel"),
    Points(50),
    (Prize("umbrella", LocalText("晴雨伞一把", "An umbrella"), 1, points=Points(100)),),
    "umbrella",
)
_TOWEL = PointsItem("towel", LocalText("毛巾", "Towel"), Points(200))

RAMEN = make.product(41, 2_800, name="招牌红烧牛肉拉面（大碗，加面，不要香菜）", unit="碗", category_id="fruit")
TEA = make.product(42, 1_200, name="Earl Grey Tee (heiß) – 0,3 l", unit="杯")
#: Characters that no font of a GBK printer has, next to those that it has in a width of its own.
ODD = (
    make.product(51, 880, name="䶮记 𠮷野家 牛丼🍜 家庭装", unit="盒"),
    make.product(52, 1_590, name="Crème brûlée à l’orange ½ №5 ℃ ™", unit="件"),
    make.product(53, 2_350, name="ＡＢＣ全角１２３ half-width ABC 123 ｶﾀｶﾅ", unit="袋"),
    make.product(54, 700, name="Хлеб бородинский 700 г · Ψωμί", unit="шт"),
    make.product(55, 450, name="ขนมไทย مرحبا שלום नमस्ते", unit="袋"),
)


def counter_programme() -> Programme:
    """Rules of every kind that papers speak of."""
    plain = make.programme(
        burning=(make.points_as_cash(), _WHEEL, _TOWEL),
        coupons=(_FULL, _TIMES, _CAKE),
        packs=(
            GiftPack("next", LocalText("回头礼", "For next time"), coupons=(PackCoupons("full"),)),
            GiftPack("day", LocalText("生日礼包", "Birthday pack"), points=Points(100), coupons=(PackCoupons("cake"),)),
        ),
        giving=(
            PurchaseGift(
                rule_id="spend", name=LocalText("满100元礼", "Gift from 100 yuan"), pack="next", reach=Money(10_000)
            ),
            BirthdayGift(rule_id="born", name=LocalText("生日礼", "Birthday gift"), pack="day", within=Birthdays.WEEK),
        ),
    )
    return msgspec.structs.replace(plain, name=LocalText("惠民会员", "Huimin Club"))


def counter_papers() -> dict[str, PrintContent]:
    """Each paper by its name."""
    with (
        tempfile.TemporaryDirectory() as folder,
        counter_at(
            Path(folder),
            opening_float=30_000,
            products=[contents.water(), contents.apples(), contents.coffee(), contents.noodles(), RAMEN, TEA, *ODD],
            members=[_REGULAR, _CLARA],
            programme=counter_programme(),
        ) as counter,
    ):
        return _Day(counter).papers()


class _Day:
    """One day, from the first sale to the Z report."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._papers: dict[str, PrintContent] = {}

    def papers(self) -> dict[str, PrintContent]:
        """Live through the day and return its papers."""
        counter, till = self._counter, self._counter.till
        self._take("x_report_empty", lambda: till.queue.print_report(MANAGER, JobKind.X_REPORT, self._x_report()))
        water, apples, coffee, noodles = contents.water(), contents.apples(), contents.coffee(), contents.noodles()
        plain = make.basket((water, 2), (apples, "0.735"))
        self._sell("sale_mobile", plain, self._all(plain, TenderKind.MOBILE))
        three = make.basket((coffee, 1), (noodles, 2))
        self._sell("sale_three_tenders", three, card(5_000), card(4_000, TenderKind.MOBILE), cash(3_170, 5_000))
        self._sell("odd_letters", make.basket(*ODD))
        self._sell("coupon_given", make.basket((apples, "6.200"), for_member=_REGULAR))

        big = make.basket((coffee, 11), for_member=_REGULAR)
        self._sell("tier_rose", big, points(100))
        given = counter.account(_REGULAR.member_id).wallet[0]
        self._sell("coupon_used", make.basket((noodles, 4), for_member=_REGULAR).use(Used("full", given.lot_id)))
        self._take("coupon_slip", lambda: till.coupons.give(MANAGER, None, "times", None, "等候太久"))
        bearer = till.coupons.give(MANAGER, None, "times", None, "送错货", print_slip=False).moves[0]
        used = make.basket((noodles, 1)).use(Used("times", bearer.lot_id, bearer.account_id))
        self._sell("coupon_uses_left", used, cash(981, 1_000), expected=981)

        till.rewards.give_due(CASHIER, _CLARA.member_id)
        born = PrintJob(JobId(make.some_uuid(1)), JobKind.COUPON, counter.head().seq)
        self._papers["birthday_coupon"] = self._content(born)
        wheel = Basket().with_member(_CLARA.member_id).add_offering(shop_product(_WHEEL), offering_of(_WHEEL))
        self._sell("draw_won", wheel.add(water, Quantity.pieces(1)))
        towel = Basket().with_member(_REGULAR.member_id).add_offering(shop_product(_TOWEL), offering_of(_TOWEL))
        self._sell("points_only", towel)

        with self._as(points_pending=True):
            self._sell("points_wait", make.basket((noodles, 1), for_member=_REGULAR))

        real = counter.real
        real.context.slips.rules = (SlipRule(KITCHEN, frozenset({"fruit"})),)
        self._sell("with_slip", make.basket((RAMEN, 2), (TEA, 1), (apples, "0.310")), slip="kitchen_slip")
        real.context.slips.rules = ()
        trolley = Basket()
        for number in range(200):
            thing = make.product(1_000 + number, 100 + number, name=f"第{number + 1}件商品")
            trolley = trolley.add(thing, Quantity.pieces(1))
        self._sell("two_hundred_lines", trolley)

        receipt = self._receipt("tier_rose")
        self._take("reprint_second", lambda: till.queue.reprint(MANAGER, None, receipt))
        self._take("reprint_third", lambda: till.queue.reprint(MANAGER, None, receipt))
        whole = self._receipt("sale_three_tenders")
        left = tuple(till.refunds.find(whole).left.items())
        self._take(
            "refund_whole", lambda: till.refunds.refund(CASHIER, SUPERVISOR, whole, RefundRequest(left, "买错了"))
        )
        self._take(
            "refund_part",
            lambda: till.refunds.refund(MANAGER, None, receipt, RefundRequest(((1, 5_000),), "客人改主意")),
        )
        self._take("refund_reprint", lambda: till.queue.reprint(MANAGER, None, self._receipt("refund_part")))
        mobile = self._receipt("sale_mobile")
        self._take("void_mobile", lambda: till.refunds.void(MANAGER, None, mobile, "重复收款"))
        till.shifts.move_cash(MANAGER, None, Money(-10_000), "交银行")
        self._take("x_report_day", lambda: till.queue.print_report(MANAGER, JobKind.X_REPORT, self._x_report()))
        self._take("shift_over", lambda: till.shifts.close(CASHIER, pieces(counter.drawer() + 150)))
        self._take("z_report_day", lambda: till.shifts.close_day(MANAGER, None))
        self._practise()
        return self._papers

    def _practise(self) -> None:
        """A trainee's sale, its refund and what the shift has come to."""
        with self._as(training=True):
            till = self._counter.till
            self._counter.open_shift()
            self._sell("training_member", make.basket((contents.coffee(), 1), for_member=_REGULAR))
            receipt = self._receipt("training_member")
            left = RefundRequest(tuple(till.refunds.find(receipt).left.items()), "练习")
            self._take("training_refund", lambda: till.refunds.refund(MANAGER, None, receipt, left))
            self._take(
                "training_x_report", lambda: till.queue.print_report(MANAGER, JobKind.X_REPORT, self._x_report())
            )

    # Steps

    @contextlib.contextmanager
    def _as(self, **changes: bool) -> Iterator[None]:
        """At a till of another kind over the same books."""
        usual, real = self._counter.till, self._counter.real
        context = dataclasses.replace(real.context, **changes)  # type: ignore[arg-type]
        real.__dict__["app"] = build_till(context, HardwareCodeParser(ScanConfig()))
        yield
        real.__dict__["app"] = usual

    def _sell(self, name: str, basket: Basket, *tenders: Tender, slip: str = "", expected: int | None = None) -> None:
        """Sell, in cash where no way to pay is named; keep the receipt, and the slip of another printer."""
        self._counter.sell(basket, *tenders, operator=MANAGER, expected=expected)
        for job in self._jobs():
            self._papers[slip if job.target else name] = self._content(job)

    def _take(self, name: str, act: Callable[[], object]) -> None:
        """Keep the one paper that an act prints."""
        act()
        (job,) = self._jobs()
        self._papers[name] = self._content(job)

    def _jobs(self) -> list[PrintJob]:
        """What was queued since the last time, without pulses for the drawer alone."""
        queue = self._counter.till.queue
        jobs = [job for job in queue.open_jobs() if job.state is JobState.QUEUED]
        for job in jobs:
            queue.mark(job.job_id, JobState.CONFIRMED)
        self._counter.real.clock.advance(minutes=3)
        return [job for job in jobs if job.kind is not JobKind.OPEN_DRAWER]

    def _content(self, job: PrintJob) -> PrintContent:
        content = self._counter.till.contents.content(job)
        body = content.body
        if isinstance(body, DayClosed):
            body = msgspec.structs.replace(body, head_before=bytes(range(16, 48)))
        header = msgspec.structs.replace(content.header, head="3f9a0c7e")
        return msgspec.structs.replace(content, header=header, body=body)

    # Facts

    def _all(self, basket: Basket, kind: TenderKind) -> Tender:
        return card(self._counter.price(basket).payable.minor, kind)

    def _x_report(self) -> int:
        return self._counter.till.shifts.x_report(MANAGER, None)[1]

    def _receipt(self, name: str) -> str:
        body = self._papers[name].body
        assert isinstance(body, Sale | Refund)
        return body.receipt_no
