"""The smallest till that the pure domain makes up: journal, postings and folds, nothing stored anywhere."""

from __future__ import annotations

import datetime as dt
import random

from pos_testkit import builders as build

from pos_app.domain.clock import Moment
from pos_app.domain.ids import LotId, MemberId, RecordId, SaleId, ShiftId, StaffId
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.bodies import PointsExpired, Refund, Sale
from pos_app.domain.ledger.journal import (
    GENESIS,
    Entry,
    Head,
    Record,
    RecordKind,
    Signer,
    read_body,
    read_payload,
    seal,
)
from pos_app.domain.ledger.lots import (
    NO_BASE,
    LotOrigin,
    OwnActivity,
    expired_lots,
    lot_origins,
    own_days,
    own_holdings,
    own_progress,
    own_sums,
)
from pos_app.domain.ledger.moves import Purpose, accounts_of, move_postings, take
from pos_app.domain.ledger.people import after_record
from pos_app.domain.ledger.postings import (
    MEMBER_AVAILABLE,
    POINTS_EXPIRED,
    SAFE,
    Asset,
    Posting,
    check_balanced,
    entry,
    gift_account,
)
from pos_app.domain.ledger.refunds import (
    RefundContext,
    RefundRequest,
    build_refund,
    everything_left,
    refundable,
)
from pos_app.domain.ledger.reward_bodies import HoldingsExpired, Rewarded
from pos_app.domain.ledger.sales import SaleContext, build_sale
from pos_app.domain.ledger.usage import MemberUsage, usages_of
from pos_app.domain.member import Member, MemberAccount
from pos_app.domain.money import Money, total
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer, quote
from pos_app.domain.pricing.paid import NOTHING_PAID, Paid, paid_with
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.standing import progress_span
from pos_app.domain.referrer import Referrer
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText

SHIFT = ShiftId(build.some_uuid(9))
CASHIER = StaffId("1001")


class NoSigner:
    """Signs nothing in 64 bytes."""

    def sign(self, data: bytes) -> bytes:
        return data + data


class Till:
    """A till of pure functions."""

    def __init__(
        self, programme: Programme, members: int = 2, *, pending: bool = False, signer: Signer | None = None
    ) -> None:
        self.programme, self.pending, self.signer = programme, pending, signer or NoSigner()
        self.ids = build.Ids()
        self.name = "T1"
        self.today = build.TODAY
        self.members = {build.member_id(n): build.member(n) for n in range(1, members + 1)}
        self.records: list[Record] = []
        self.postings: list[Posting] = []
        self.usage: list[MemberUsage] = []
        self.origins: dict[LotId, LotOrigin] = {}
        self.expired: dict[LotId, int] = {}
        self.sales: list[tuple[dt.date, Sale]] = []
        self.refunds: dict[SaleId, list[Refund]] = {}

    def book(
        self,
        kind: RecordKind,
        body,
        postings: tuple[Posting, ...],
        member_id: MemberId | None,
        record_id: RecordId | None = None,
    ) -> None:
        check_balanced(postings)
        head = Head(self.records[-1].seq, self.records[-1].hash) if self.records else GENESIS
        record = seal(
            Entry(kind, body, record_id or RecordId(self.ids.new()), postings, member_id),
            head,
            self.signer,
            till=self.name,
            incarnation=1,
            moment=Moment(1_750_000_000_000, 1),
            business_date=self.today,
            operator=CASHIER,
        )
        payload = read_payload(record)
        assert payload.postings == postings
        assert read_body(payload, type(body)) == body
        self.records.append(record)
        self.postings += postings
        self.usage += usages_of(body, self.today)
        for origin in lot_origins(body):
            self.origins.setdefault(origin.lot_id, origin)

    def account(self, member_id: MemberId, *, shuffle: random.Random | None = None) -> MemberAccount:
        postings, origins, usage = list(self.postings), list(self.origins.values()), list(self.usage)
        if shuffle is not None:
            shuffle.shuffle(postings)
            shuffle.shuffle(origins)
            shuffle.shuffle(usage)
        since = progress_span(self.programme).start(self.today)
        own = [
            (day, sale) for day, sale in self.sales if sale.member is not None and sale.member.member_id == member_id
        ]
        mine = tuple(each.usage for each in usage if each.member_id == member_id)
        days = own_days([(day, sale, self.refunds[sale.sale_id]) for day, sale in own], mine)
        activity = OwnActivity(
            sums=own_sums(postings, member_id),
            holdings=own_holdings(postings, member_id),
            origins=tuple(origins),
            progress=own_progress(days, since),
            days=days,
            last_visit=max(
                (day for day, sale in own if any(refundable(sale, self.refunds[sale.sale_id]).values())), default=None
            ),
            usage=mine,
        )
        return fold_account(member_id, NO_BASE, activity)

    def customer(self, member_id: MemberId | None) -> Customer | None:
        if member_id is None:
            return None
        member = self.members[member_id]
        referrer = self.members.get(member.referrer_id) if member.referrer_id is not None else None
        return Customer(
            member,
            self.account(member_id),
            None if referrer is None else Referrer(referrer, self.account(referrer.member_id), self._above(referrer)),
        )

    def _above(self, member: Member) -> tuple[MemberId, ...]:
        above: list[MemberId] = []
        while member.referrer_id is not None and member.referrer_id not in above:
            above.append(member.referrer_id)
            if member.referrer_id not in self.members:
                break
            member = self.members[member.referrer_id]
        return tuple(above)

    def sell(
        self, basket: Basket, member_id: MemberId | None = None, *, points: int = 0, card: int = 0, stored: int = 0
    ) -> Sale:
        """Sell: ``points`` points if the offer allows, up to ``stored`` and ``card`` fen, the rest in cash."""
        customer = self.customer(member_id)

        def priced(paid: Paid):
            return quote(
                basket, customer, self.programme, build.NOON, today=self.today, paid=paid, stock=self.gifts_moved()
            )

        offer = priced(NOTHING_PAID).burn
        tenders: list[Tender] = []
        if offer is not None and points >= offer.step.count:
            steps = min(points, offer.points.count) // offer.step.count
            value = Money(steps * offer.step_value.minor)
            if steps and steps * offer.step.count >= offer.minimum.count:
                tenders.append(Tender(TenderKind.POINTS, value, value, points=Points(steps * offer.step.count)))
        first = priced(NOTHING_PAID)
        owed = first.payable - (tenders[0].amount if tenders else Money(0))
        goods = owed - total(line.product.price for line in basket.lines if line.is_prepaid)
        by_balance = min(Money(stored), goods, first.stored.amount if first.stored else Money(0))
        if by_balance:
            tenders.append(Tender(TenderKind.STORED_VALUE, by_balance, by_balance))
            owed -= by_balance
        by_card = min(Money(card), owed)
        if by_card:
            tenders.append(Tender(TenderKind.BANK_CARD, by_card, by_card, "ref"))
        if owed - by_card:
            tenders.append(Tender(TenderKind.CASH, owed - by_card, owed - by_card + Money(500)))
        result = priced(paid_with(tenders))
        context = SaleContext(
            SaleId(self.ids.new()),
            f"R{len(self.records)}",
            SHIFT,
            self.today,
            points_pending=self.pending,
            head=self.records[-1].hash if self.records else GENESIS.hash,
            stock=self.gifts_moved(),
        )
        sale, postings = build_sale(basket, result, tuple(tenders), customer, self.programme, context)
        self.sales.append((self.today, sale))
        self.refunds[sale.sale_id] = []
        self.book(RecordKind.SALE, sale, postings, member_id, RecordId(sale.sale_id))
        if member_id is not None:
            self.members[member_id] = after_record(self.members[member_id], sale.member)
        return sale

    def refund(
        self, sale: Sale, lines: tuple[tuple[int, int], ...] | None = None, *, in_cash: bool = False, void: bool = False
    ) -> Refund:
        earlier = self.refunds[sale.sale_id]
        member_id = sale.member.member_id if sale.member else None
        request = RefundRequest(everything_left(sale, earlier) if lines is None else lines, in_cash=in_cash)
        lot = sale.member.new_lot if sale.member else None
        sold_on = next(day for day, each in self.sales if each is sale)
        context = RefundContext(
            SaleId(self.ids.new()),
            f"R{len(self.records)}",
            SHIFT,
            self.today,
            build.SUPERVISOR,
            tuple(LotId(self.ids.new()) for _ in (sale.member.burned if sale.member else ())),
            Points(self.expired.get(lot.lot_id, 0) if lot else 0),
            member=self.members[member_id] if member_id else None,
            is_void=void,
            sold_on=sold_on,
            ends_visit=member_id is not None and self._ends_visit(sale, sold_on, request),
            holders={holder: self.account(holder) for holder in accounts_of(sale.moves)},
            expired=self.expired,
        )
        account = self.account(member_id) if member_id else None
        refund, postings = build_refund(sale, earlier, request, account, self.programme, context)
        self.refunds[sale.sale_id].append(refund)
        self.book(
            RecordKind.VOID if void else RecordKind.REFUND, refund, postings, member_id, RecordId(refund.refund_id)
        )
        if member_id is not None:
            self.members[member_id] = after_record(self.members[member_id], refund.member)
        return refund

    def _ends_visit(self, sale: Sale, day: dt.date, request: RefundRequest) -> bool:
        assert sale.member is not None
        kept = -sum(milli for _, milli in request.lines)
        for on, each in self.sales:
            if on == day and each.member is not None and each.member.member_id == sale.member.member_id:
                kept += sum(refundable(each, self.refunds[each.sale_id]).values())
        return kept == 0

    def expire(self, member_id: MemberId) -> None:
        lots = expired_lots(self.account(member_id).lots, self.today)
        if not lots:
            return
        postings: tuple[Posting, ...] = ()
        for lot in lots:
            self.expired[lot.lot_id] = self.expired.get(lot.lot_id, 0) + lot.points.count
            postings += entry(
                Asset.POINTS, MEMBER_AVAILABLE, -lot.points.count, member_id=member_id, lot_id=lot.lot_id
            ) + entry(Asset.POINTS, POINTS_EXPIRED, lot.points.count)
        self.book(RecordKind.POINTS_EXPIRED, PointsExpired(lots), postings, member_id)

    def expire_holdings(self, member_id: MemberId) -> None:
        gone = [each for each in self.account(member_id).wallet if each.expires_on and each.expires_on < self.today]
        moves = tuple(take(each, member_id, each.amount, Purpose.EXPIRED, LocalText("")) for each in gone)
        for each in gone:
            self.expired[each.lot_id] = self.expired.get(each.lot_id, 0) + each.amount
        if moves:
            self.book(RecordKind.HOLDINGS_EXPIRED, HoldingsExpired(moves), move_postings(moves), member_id)

    def use_up(self, member_id: MemberId, asset: Asset) -> None:
        """Spend everything of a kind elsewhere."""
        held = [each for each in self.account(member_id).wallet if each.asset is asset]
        moves = tuple(take(each, member_id, each.amount, Purpose.REDEEMED, LocalText("")) for each in held)
        if moves:
            postings = move_postings(moves)
            fen = sum(each.amount for each in postings if each.asset is Asset.FEN)
            postings += entry(Asset.FEN, SAFE, -fen)  # what was bought with it is not the point here
            self.book(RecordKind.MEMBER_REWARDED, Rewarded("goodwill", (), moves), postings, member_id)

    def gifts_moved(self) -> dict[str, int]:
        """What came and went of gifts, by what the books call them."""
        moved: dict[str, int] = {}
        for each in self.postings:
            if each.asset is Asset.GIFT and each.account.startswith(gift_account("")):
                what = each.account.removeprefix(gift_account(""))
                moved[what] = moved.get(what, 0) + each.amount
        return moved

    def sum_of(self, account: str) -> int:
        return sum(posting.amount for posting in self.postings if posting.account == account)
