"""What a counter does, as journal entries: real bodies and postings from the domain's own planners, nothing stored.

Goods and rules are as plain as they can be: one line a sale, one point for each yuan. What matters here is what becomes
of the records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from pos_testkit import builders as build

from pos_app.domain.ids import LotId, MemberId, ProductId, RecordId, SaleId, ShiftId, StaffId, TierId, derived_id
from pos_app.domain.ledger.bodies import (
    CouponIssued,
    LotAmount,
    MemberCaptured,
    NewLot,
    PointsExpired,
    Refund,
    Sale,
    SaleLine,
    SaleMember,
)
from pos_app.domain.ledger.bodies_sync import LineChanged, SpendReleased
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.lots import expired_lots, plan_burn
from pos_app.domain.ledger.moves import Move, Purpose, Undo, move_postings, take
from pos_app.domain.ledger.planning import give
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, POINTS_EXPIRED, Asset, entry
from pos_app.domain.ledger.refunds import RefundContext, RefundRequest, build_refund, everything_left, refundable
from pos_app.domain.ledger.sales import sale_postings
from pos_app.domain.member import Member, MemberAccount
from pos_app.domain.money import Money
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.points import Points
from pos_app.domain.pricing.engine import taxes_of
from pos_app.domain.pricing.quote import EarnedPoints
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import usable

PROGRAMME: Final = build.programme()
SHIFT: Final = ShiftId(build.some_uuid(9))
CASHIER: Final = StaffId("1001")
MANAGER: Final = StaffId("1002")
COUPON: Final = "tea"
_TEXT: Final = LocalText("x")
_TIER: Final = TierId("regular")
_TAX_BP: Final = 1300


class Wish(msgspec.Struct, frozen=True):
    """What a customer wants of a sale.

    Attributes:
        pieces: Of goods at one yuan each.
        points: To pay with; one pays one fen.
        stored: Of the balance to pay with, in fen.
        coupon: Whether to use a coupon.
        recharge: Pay in this much instead, in fen.
        bonus: Given for it.
    """

    pieces: int = 1
    points: int = 0
    stored: int = 0
    coupon: bool = False
    recharge: int = 0
    bonus: int = 0

    @property
    def spends(self) -> bool:
        """Whether it takes something that the member has."""
        return bool(self.points or self.stored or self.coupon)


class Spent(msgspec.Struct, frozen=True):
    """Which lots a sale would take from: what an authorisation is asked for, and then what the sale does."""

    burned: tuple[LotAmount, ...] = ()
    moves: tuple[Move, ...] = ()

    def items(self) -> tuple[tuple[str, LotId, int], ...]:
        """Asset, lot and amount of each part."""
        return (
            *(("points", part.lot_id, part.points.count) for part in self.burned),
            *((move.asset.value, move.lot_id, -move.amount) for move in self.moves),
        )


def plan_spending(account: MemberAccount, wish: Wish, today: dt.date) -> Spent:
    """What can be spent of what is wished, at most the price."""
    price = wish.pieces * 100
    points = min(wish.points, account.spendable(today).count, price - 1)
    burned = plan_burn(account.lots, Points(points), today) if points else ()
    left = min(wish.stored, price - points)
    moves: list[Move] = []
    for held in (*usable(account.wallet, Asset.PRINCIPAL, today), *usable(account.wallet, Asset.BONUS, today)):
        part = min(left, held.amount)
        if part:
            left -= part
            moves.append(_used(take(held, account.member_id, part, Purpose.REDEEMED, _TEXT), Undo.TENDER))
    if wish.coupon:
        moves += [
            _used(take(held, account.member_id, 1, Purpose.REDEEMED, _TEXT), Undo.LINES)
            for held in usable(account.wallet, Asset.COUPON, today, COUPON)[:1]
        ]
    return Spent(burned, tuple(moves))


def _used(move: Move, undo: Undo) -> Move:
    if undo is Undo.TENDER:
        return msgspec.structs.replace(move, undo=undo, tender=TenderKind.STORED_VALUE)
    return msgspec.structs.replace(move, undo=undo, lines=(1,))


def sale(
    sale_id: SaleId,
    receipt_no: str,
    account: MemberAccount | None,
    wish: Wish,
    spent: Spent,
    today: dt.date,
    *,
    authorisations: Sequence[SaleId] = (),
    pending: bool = True,
) -> tuple[RecordKind, Sale, tuple]:
    """A sale's body and postings."""
    price = Money(wish.recharge or wish.pieces * 100)
    points = sum(part.points.count for part in spent.burned)
    stored = -sum(move.amount for move in spent.moves if move.asset is not Asset.COUPON)
    tenders = [
        *([Tender(TenderKind.POINTS, Money(points), Money(points), points=Points(points))] if points else []),
        *([Tender(TenderKind.STORED_VALUE, Money(stored), Money(stored))] if stored else []),
    ]
    rest = price - Money(points + stored)
    if rest:
        tenders.append(Tender(TenderKind.CASH, rest, rest))
    prepaid = bool(wish.recharge)
    earned = 0 if prepaid or account is None else rest.minor // 100
    line = SaleLine(
        line_no=1,
        product_id=ProductId("P00001"),
        name="商品1",
        unit="件",
        category_id="drinks",
        quantity=Quantity.pieces(1 if prepaid else wish.pieces),
        unit_price=price if prepaid else Money(100),
        regular_amount=price,
        amount=price,
        tax_rate_bp=_TAX_BP,
        points=Points(earned),
        offering=Offering(OfferingKind.RECHARGE, "ladder") if prepaid else None,
    )
    moves = spent.moves
    if prepaid and account is not None:
        moves += _recharged(account, sale_id, wish, today)
    body = Sale(
        sale_id=sale_id,
        receipt_no=receipt_no,
        shift_id=SHIFT,
        lines=(line,),
        tenders=tuple(tenders),
        regular_total=price,
        payable=price,
        programme_version=1,
        taxes=() if prepaid else taxes_of([(_TAX_BP, price.minor)]),
        member=None if account is None else _member(sale_id, account, earned, spent, today),
        prepaid=price if prepaid else Money(0),
        moves=moves,
        authorisations=tuple(authorisations),
    )
    return RecordKind.SALE, body, sale_postings(body, points_pending=pending)


def _member(sale_id: SaleId, account: MemberAccount, earned: int, spent: Spent, today: dt.date) -> SaleMember:
    repaid = min(earned, account.receivable)
    lot = NewLot(LotId(sale_id), Points(earned - repaid), today, PROGRAMME.new_lot_expiry(today))
    before = account.balance(today)
    burned = Points(sum(part.points.count for part in spent.burned))
    return SaleMember(
        member_id=account.member_id,
        points_before=before,
        points_after=before + Points(earned) - burned,
        expiring_by=today,
        tier_before=_TIER,
        tier_after=_TIER,
        earned=(EarnedPoints("base", _TEXT, Points(earned)),) if earned else (),
        new_lot=lot if lot.points.count else None,
        repaid=Points(repaid),
        burned=spent.burned,
    )


def _recharged(account: MemberAccount, sale_id: SaleId, wish: Wish, today: dt.date) -> tuple[Move, ...]:
    moves: tuple[Move, ...] = ()
    for asset, amount in ((Asset.PRINCIPAL, wish.recharge), (Asset.BONUS, wish.bonus)):
        if amount:
            lot_id = LotId(derived_id(sale_id, asset.value))
            plain = Move(
                asset,
                account.member_id,
                lot_id,
                amount,
                Purpose.ISSUED,
                "ladder",
                name=_TEXT,
                made_on=today,
                makes_lot=True,
                undo=Undo.ADVANCE,
                lines=(1,),
            )
            moves += give(plain, account)
    return moves


def refund(
    refund_id: SaleId,
    receipt_no: str,
    sold: Sale,
    sold_on: dt.date,
    earlier: Sequence[Refund],
    pieces: int,
    account: MemberAccount | None,
    expired: Mapping[LotId, int],
    today: dt.date,
) -> tuple[RecordKind, Refund, tuple] | None:
    """A refund of some pieces; None when nothing is left to come back.

    Raises:
        KnownError: As ``build_refund``.
    """
    left = refundable(sold, earlier)[1] // 1000
    if left <= 0:
        return None
    lines = everything_left(sold, earlier) if pieces >= left else ((1, pieces * 1000),)
    lot = sold.member.new_lot if sold.member else None
    context = RefundContext(
        refund_id=refund_id,
        receipt_no=receipt_no,
        shift_id=SHIFT,
        today=today,
        approved_by=MANAGER,
        new_lot_ids=tuple(LotId(derived_id(refund_id, "points", n)) for n in range(20)),
        lot_expired=Points(expired.get(lot.lot_id, 0) if lot else 0),
        sold_on=sold_on,
        holders={} if account is None else {account.member_id: account},
        expired=expired,
    )
    body, postings = build_refund(sold, earlier, RefundRequest(lines), account, PROGRAMME, context)
    return RecordKind.REFUND, body, postings


def coupons(account: MemberAccount, lot_id: LotId, count: int, today: dt.date, until: dt.date | None) -> tuple:
    """Coupons given by hand."""
    plain = Move(
        Asset.COUPON,
        account.member_id,
        lot_id,
        count,
        Purpose.ISSUED,
        COUPON,
        name=_TEXT,
        made_on=today,
        expires_on=until,
        makes_lot=True,
    )
    moves = give(plain, account)
    return RecordKind.COUPON_ISSUED, CouponIssued(moves, MANAGER, "sorry"), move_postings(moves)


def expiry(account: MemberAccount, today: dt.date) -> tuple | None:
    """The record that a member's points reached their last day; None where none did."""
    gone = expired_lots(account.lots, today)
    if not gone:
        return None
    postings: tuple = ()
    for part in gone:
        count = part.points.count
        postings += entry(Asset.POINTS, MEMBER_AVAILABLE, -count, member_id=account.member_id, lot_id=part.lot_id)
        postings += entry(Asset.POINTS, POINTS_EXPIRED, count)
    return RecordKind.POINTS_EXPIRED, PointsExpired(gone), postings


def captured(salt: bytes) -> tuple:
    """A member signed up."""
    return RecordKind.MEMBER_CAPTURED, MemberCaptured(salt[:32].ljust(32, b"\0"), "counter"), ()


def released(authorisations: Sequence[SaleId]) -> tuple:
    """Spends that were authorised are given up."""
    return RecordKind.SPEND_RELEASED, SpendReleased(tuple(authorisations)), ()


def line_changed(*, is_online: bool) -> tuple:
    """A record that does nothing to the books."""
    return RecordKind.LINE_CHANGED, LineChanged(is_online), ()


def as_entry(made: tuple, record_id: RecordId, member_id: MemberId | None) -> Entry:
    """What a till writes of it."""
    kind, body, postings = made
    return Entry(kind, body, record_id, tuple(postings), member_id)


def person(member_id: MemberId, phone: str, joined_on: dt.date) -> Member:
    """A member's personal data, as it is sent beside the record."""
    return Member(member_id=member_id, joined_on=joined_on, phone=phone, name="王小明", tier_id=_TIER)
