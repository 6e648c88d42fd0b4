"""Contents of print jobs for tests: real sales and refunds of a supermarket's programme, and reports that fit.

Everything comes out of the domain's own functions where there are any, so that no test sees a paper whose sums are
wrong.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from pos_testkit import builders as make
from pos_testkit.pricing import paid_by_points

from pos_app.application.end_of_day import KeptDay
from pos_app.application.head_office import DayComparison, SetAsideRecord
from pos_app.application.ports import JobKind
from pos_app.application.print_content import Body, Explanation, PrintContent, PrintHeader, PrintMember
from pos_app.domain.catalog import Product
from pos_app.domain.ids import SaleId, ShiftId, StaffId, TierId, receipt_number
from pos_app.domain.ledger.bodies import CashCount, DayClosed, Refund, Sale, ShiftClosed, TenderTotal, Totals, XReport
from pos_app.domain.ledger.refunds import RefundContext, RefundRequest, build_refund, everything_left
from pos_app.domain.ledger.run_figures import RunFigures
from pos_app.domain.ledger.sales import SaleContext, build_sale
from pos_app.domain.member import Member, MemberAccount
from pos_app.domain.money import Money, total
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind
from pos_app.domain.pricing.engine import Customer, quote
from pos_app.domain.pricing.quote import TaxAmount
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.loading import load_programme
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText, mask_name, mask_phone
from pos_app.infrastructure.receipts.shop import ShopHeader

SHOP = ShopHeader(
    name=LocalText("惠民生活超市", "Huimin Supermarket"),
    address=LocalText("云水市柳岸区长堤路 88 号", "88 Changdi Road, Liuan, Yunshui"),
    phone="400-000-0000",
    tax_number="91000000MA00000000",
    footer=LocalText(
        "谢谢惠顾，欢迎再来\n七天内凭小票退换", "Thank you. Returns within\nseven days with this receipt."
    ),
)
SHIFT = ShiftId(make.some_uuid(7))
_SALE = SaleId(make.some_uuid(8))
_REFUND = SaleId(make.some_uuid(9))


def header(*, copy: int = 0, training: bool = False, operator: str = "小陈") -> PrintHeader:
    """A header of the shop's noon."""
    return PrintHeader(
        printed_at=make.NOON + dt.timedelta(minutes=42 if copy else 0),
        happened_at=make.NOON,
        business_date=make.TODAY,
        till_number=1,
        operator_id=StaffId("01"),
        operator_name=operator,
        head="3f9a0c7e",
        copy=copy,
        training=training,
    )


def supermarket_programme() -> Programme:
    """A supermarket's programme."""
    return load_programme(make.supermarket_programme_text())


def water(number: int = 1) -> Product:
    """Bottled water with a member price."""
    return make.product(number, 200, name="涧泉 饮用天然水 550ml", member_price=180, unit="瓶")


def apples(number: int = 2) -> Product:
    """Weighed apples."""
    name = "红富士苹果"
    return make.product(number, 3980, name=name, category_id="fruit", tax_rate_bp=900, is_weighed=True)


def coffee(number: int = 3) -> Product:
    """A thing with a long name."""
    return make.product(
        number, 9990, name="晨屿 冻干黑咖啡粉 Freeze-dried Black Coffee 2g×100 条 家庭分享装", unit="盒"
    )


def noodles(number: int = 4) -> Product:
    """A thing that sells by the dozen."""
    return make.product(number, 1090, name="老街 红烧牛肉面 五连包", unit="提", member_price=990)


def basket() -> Basket:
    """Water, weighed apples, noodles."""
    return make.basket((water(), 3), (apples(), "0.285"), noodles())


def off_bill(result: Basket, fen: int) -> Basket:
    """With a discount by hand on the whole bill."""
    return result.set_discount(None, ManualDiscount(ManualDiscountKind.AMOUNT, make.SUPERVISOR, off=Money(fen)))


def off_line(result: Basket, line_no: int, off_bp: int) -> Basket:
    """With a discount by hand on a line."""
    return result.set_discount(line_no, ManualDiscount(ManualDiscountKind.PERCENT, make.SUPERVISOR, off_bp=off_bp))


def regular(points: int = 1280, spend: int = 88_000, visits: int = 17, *, tier: str = "regular") -> Customer:
    """A member with points, a part of which expires soon."""
    who = make.member(1, tier=tier, phone="13800001234")
    soon = make.lot(1, min(points, 1000), expires_on=make.TODAY + dt.timedelta(days=20))
    rest = make.lot(2, points - soon.available, expires_on=make.TODAY + dt.timedelta(days=400))
    return Customer(who, make.account(1, lots=(soon, rest), spend=spend, visits=visits))


def cash(amount: Money, received: int | None = None) -> Tender:
    """Cash, exactly or with change."""
    return Tender(TenderKind.CASH, amount, amount if received is None else Money(received))


def sell(what: Basket | None = None, customer: Customer | None = None, *, points: int = 0, mixed: bool = False) -> Sale:
    """Sell a basket: by cash with change, or with points, mobile and cash."""
    what = basket() if what is None else what
    programme = supermarket_programme()
    points_value = Money(points)  # its 100 points pay one yuan
    now = make.NOON
    priced = quote(what, customer, programme, now, today=make.TODAY, store="S1", paid=paid_by_points(points))
    tenders: list[Tender] = []
    if points:
        tenders.append(Tender(TenderKind.POINTS, points_value, points_value, points=Points(points)))
    if mixed:
        half = Money((priced.payable - points_value).minor // 2)
        tenders.append(Tender(TenderKind.MOBILE, half, half, reference="4200002718202506180012345678"))
    rest = priced.payable - total(each.amount for each in tenders)
    if rest:
        tenders.append(cash(rest, (rest.minor // 5000 + 1) * 5000))
    context = SaleContext(
        sale_id=_SALE,
        receipt_no=receipt_number(1, "250618", 17),
        shift_id=SHIFT,
        today=make.TODAY,
    )
    return build_sale(what, priced, tuple(tenders), customer, programme, context)[0]


def refund_of(
    sale: Sale, lines: tuple[tuple[int, int], ...] = (), account: MemberAccount | None = None, *, is_void: bool = False
) -> Refund:
    """Give part of a sale back, or all of it."""
    context = RefundContext(
        refund_id=_REFUND,
        receipt_no=receipt_number(1, "250618", 21),
        shift_id=SHIFT,
        today=make.TODAY,
        approved_by=StaffId("02"),
        new_lot_ids=tuple(make.lot_id(90 + number) for number in range(5)),
        member=_buyer(sale),
        is_void=is_void,
    )
    request = RefundRequest(lines or everything_left(sale, ()), "" if is_void else "包装破损")
    return build_refund(sale, (), request, account, supermarket_programme(), context)[0]


def _buyer(sale: Sale) -> Member | None:
    """The member of a sale: in the tier it led to, given the one before."""
    if sale.member is None:
        return None
    buyer = make.member(1, tier=sale.member.tier_after)
    return msgspec.structs.replace(buyer, given_tier=sale.member.tier_before)


def account_after(sale: Sale, customer: Customer) -> MemberAccount:
    """The member's account once a sale is in the books."""
    assert sale.member is not None
    gone = {part.lot_id: part.points.count for part in sale.member.burned}
    lots = [
        msgspec.structs.replace(lot, available=lot.available - gone.get(lot.lot_id, 0)) for lot in customer.account.lots
    ]
    if sale.member.new_lot is not None:
        new = sale.member.new_lot
        lots.append(make.Lot(new.lot_id, new.points.count, new.earned_on, new.expires_on))
    return msgspec.structs.replace(customer.account, lots=tuple(lots))


def content(body: Body | None, kind: JobKind, customer: Customer | None = None, **marks: object) -> PrintContent:
    """The content of a print job."""
    member = None
    if isinstance(body, Sale | Refund) and body.member is not None and customer is not None:
        programme = supermarket_programme()
        next_tier = body.member.next_tier if isinstance(body, Sale) and body.member is not None else ""
        member = PrintMember(
            name=mask_name(customer.member.name),
            phone=mask_phone(customer.member.phone),
            tier=programme.tier(body.member.tier_after).name,
            next_tier=programme.tier(TierId(next_tier)).name if next_tier else None,
        )
    opens = isinstance(body, Sale | Refund) and any(each.kind is TenderKind.CASH for each in body.tenders)
    return PrintContent(kind, header(**marks), body, member, opens_drawer=opens and not marks.get("copy"))  # type: ignore[arg-type]


def explained(what: Basket, customer: Customer | None) -> PrintContent:
    """Why a bill is what it is under a supermarket's programme."""
    priced = quote(what, customer, supermarket_programme(), make.NOON, today=make.TODAY, store="S1")
    return PrintContent(JobKind.EXPLANATION, header(), Explanation(what, priced))


def totals() -> Totals:
    """A day's figures; they sum."""
    return Totals(
        sales=128,
        refunds=3,
        voids=1,
        gross=Money(1_234_567),
        saved=Money(45_680),
        refunded=Money(12_340),
        voided=Money(2_227),
        net=Money(1_220_000),
        taxes=(
            TaxAmount(0, Money(20_000), Money(0)),
            TaxAmount(900, Money(400_000), Money(33_028)),
            TaxAmount(1300, Money(800_000), Money(92_035)),
        ),
        tenders=(
            TenderTotal("bank_card", 20, Money(300_000)),
            TenderTotal("cash", 61, Money(420_000)),
            TenderTotal("mobile", 52, Money(492_000)),
            TenderTotal("points", 9, Money(8_000)),
        ),
        member_sales=77,
        points_earned=Points(9_215),
        points_burned=Points(8_000),
        reprints=2,
        drawer_opened=4,
        overrides=6,
    )


def x_report() -> XReport:
    """The figures so far."""
    return XReport(3, totals())


def shift_closed(difference: int = -500, movements: int = -200_000) -> ShiftClosed:
    """A shift whose count is short by five yuan."""
    opening = Money(50_000)
    expected = opening + Money(420_000) + Money(movements)
    counted = expected.minor + difference
    pieces: list[tuple[int, int]] = []
    left = counted
    for face in (10_000, 5_000, 1_000, 500, 100, 50, 10):
        pieces.append((face, left // face))
        left %= face
    return ShiftClosed(
        shift_id=SHIFT,
        number=42,
        cashier=StaffId("01"),
        opening_float=opening,
        cash_movements=Money(movements),
        count=CashCount(tuple(pieces), Money(counted), expected),
        totals=totals(),
    )


def day_closed() -> DayClosed:
    """A day with two shifts."""
    return DayClosed(
        z_number=37,
        business_date=make.TODAY,
        shifts=(41, 42),
        period=totals(),
        perpetual_gross=Money(45_678_901),
        perpetual_refunded=Money(345_600),
        perpetual_sales=4_711,
        over_short=Money(-500),
        first_seq=18_233,
        head_before=bytes(range(16, 48)),
    )


def compared(*, asked: bool = True, differs: bool = False, waiting: int = 0, aside: int = 0) -> KeptDay:
    """What head office said of that day."""
    here = RunFigures(
        sales=128,
        refunds=3,
        gross=1_234_567,
        refunded=4_560,
        tenders={"cash": 420_000, "mobile": 790_007, "points": 8_000, "stored_value": 12_000},
        points_in=10_482,
        points_out=8_812,
        value_in=330_000,
        value_out=12_000,
    )
    other = msgspec.structs.replace(here, sales=127, gross=1_229_577, tenders={**here.tenders, "mobile": 785_017})
    said = DayComparison(18_233, 18_718, here, bytes(range(32)))
    if asked:
        said = msgspec.structs.replace(
            said,
            there=other if differs else here,
            there_hash=bytes(range(7, 39)) if differs else said.here_hash,
            is_decided=True,
            set_aside=tuple(SetAsideRecord(18_300 + n, "sale.completed", "quarantined", "x") for n in range(aside)),
        )
    return KeptDay(said, int(make.NOON.timestamp() * 1000) if asked else None, waiting)


def z_report(kept: KeptDay) -> PrintContent:
    """The sheet of that day."""
    return msgspec.structs.replace(content(day_closed(), JobKind.Z_REPORT), day=kept)


def thirty_lines() -> Basket:
    """A full trolley."""
    result = Basket()
    for number in range(1, 31):
        if number % 5 == 0:
            result = result.add(apples(number), Quantity(100 + number * 7))
        else:
            result = result.add((water, coffee, noodles)[number % 3](number), Quantity.pieces(number % 4 + 1))
    return result
