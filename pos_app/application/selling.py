"""Selling: pricing for a member, completing the sale in one transaction, holding and recalling, the open draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.coupons import FoundCoupon, is_left_next, leave_offer, present, use_offer
from pos_app.application.gifts import stock_of_basket
from pos_app.application.head_office import Authorised, SpendAsset, SpendQuestion
from pos_app.application.permissions import granted_by
from pos_app.application.ports import HeldSale, JobKind, LedgerReader, LedgerTx, MasterKind, PrintJob
from pos_app.application.shifts import require_shift
from pos_app.application.spend_steps import Book
from pos_app.application.spending import Spending, asked_first, settled
from pos_app.application.unit_codes import check_not_held, check_units
from pos_app.domain import codec
from pos_app.domain.ids import HoldId, JobId, MemberId, RecordId, SaleId
from pos_app.domain.ledger.bodies import Sale
from pos_app.domain.ledger.journal import Entry, RecordKind, read_body, read_payload
from pos_app.domain.ledger.people import after_record
from pos_app.domain.ledger.postings import Posting
from pos_app.domain.ledger.sales import SaleContext, build_sale
from pos_app.domain.ledger.spends import spends_of
from pos_app.domain.member import Favourite, Member, MemberAccount, join_favourites
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket, ManualDiscount, PriceOverride
from pos_app.domain.pricing.coupon_offers import CouponOffer
from pos_app.domain.pricing.engine import Customer, best_coupons, quote
from pos_app.domain.pricing.paid import NOTHING_PAID, Paid, paid_with
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import Programme, Tier
from pos_app.domain.rewards import Visit, due
from pos_app.domain.staff import Operator, Permission
from pos_app.domain.tender import Tender, TenderKind
from pos_app.errors import KnownError

_NO_STOCK: Final[Mapping[str, int]] = MappingProxyType({})
#: How many favourites the member panel shows.
FAVOURITES = 3
#: Of what a member bought under one id, where that turns out to be one of several.
MANY: Final = 300


class MemberView(msgspec.Struct, frozen=True):
    """All the selling screen shows of a member.

    Attributes:
        customer: Member and account, as pricing needs them.
        tier: The tier now, with its name.
        favourites: What they buy most often here.
        gifts_due: Whether something is to be given to them today (``RewardsService.give_due``).
        other_ids: Under which they were known before they turned out to be this member.
    """

    customer: Customer
    tier: Tier
    favourites: tuple[Favourite, ...]
    gifts_due: bool = False
    other_ids: tuple[MemberId, ...] = ()


class CompleteSale(msgspec.Struct, frozen=True):
    """What the cashier decided.

    Attributes:
        sale_id: Made when payment began: completing the same sale twice gives the first result.
        basket: What is bought.
        tenders: What was taken.
        expected: What the screen said was to be paid; a sale that would come to something else is refused.
        print_receipt: Whether a receipt is printed.
    """

    sale_id: SaleId
    basket: Basket
    tenders: tuple[Tender, ...]
    expected: Money
    print_receipt: bool = True


class SaleDone(msgspec.Struct, frozen=True):
    """A sale that is in the books: goods may go.

    Attributes:
        sale: As recorded.
        seq: Its journal record.
        member: The member as after the sale, for the replica's index; None without one or when nothing changed.
    """

    sale: Sale
    seq: int
    member: Member | None = None


class SellingService:
    """Everything between the first scan and the change."""

    def __init__(self, context: TillContext) -> None:
        self._context = context
        self._spending = Spending(context)
        self._bearers: Mapping[MemberId, MemberAccount] = {}

    def programme(self) -> Programme:
        """The rules that price baskets now; kept by the screen, asked again with every new sale."""
        return self._context.programme()

    def price(
        self,
        basket: Basket,
        customer: Customer | None,
        programme: Programme,
        paid: Paid = NOTHING_PAID,
        stock: Mapping[str, int] = _NO_STOCK,
    ) -> Quote:
        """Price a basket. Pure and quick: may be called on any thread.

        What is left of gifts is not asked here: the list of what points buy said so, and the sale looks again, with
        ``stock``.
        """
        return self._price(basket, customer, programme, paid, stock, self._bearers)

    def _price(
        self,
        basket: Basket,
        customer: Customer | None,
        programme: Programme,
        paid: Paid,
        stock: Mapping[str, int],
        bearers: Mapping[MemberId, MemberAccount],
    ) -> Quote:
        return quote(
            basket,
            customer,
            programme,
            self._context.local_now(),
            today=self._context.today(),
            store=self._context.store,
            paid=paid,
            stock=stock,
            bearers=bearers_in(basket, bearers),
        )

    def present_coupon(self, basket: Basket, found: FoundCoupon, programme: Programme) -> Basket:
        """Use a coupon whose code was scanned or typed; a member's coupon says for whom the sale is.

        Raises:
            KnownError: As ``coupons.present``.
        """
        changed = present(basket, found, programme)
        if found.account is not None:
            self._bearers = {**self._bearers, found.account.member_id: found.account}
        return changed

    def use_coupon(self, basket: Basket, customer: Customer | None, programme: Programme, offer: CouponOffer) -> Basket:
        """Use one more coupon of an offer of the basket's quote; what it does not go together with is left. Pure.

        Raises:
            KnownError: As ``coupons.use_offer``.
        """
        accounts = [*([customer.account] if customer is not None else ()), *self._bearers.values()]
        lots = {each.lot_id: each.amount for account in accounts for each in account.wallet}
        return use_offer(basket, offer, lots, programme)

    def leave_coupon(self, basket: Basket, offer: CouponOffer) -> Basket:
        """Leave one chosen coupon of an offer unused after all. Pure."""
        return leave_offer(basket, offer)

    def toggle_coupon(
        self, basket: Basket, customer: Customer | None, programme: Programme, offer: CouponOffer
    ) -> Basket:
        """An offer was touched: use one more, or leave one where no more can be used or the chosen one waits. Pure.

        Raises:
            KnownError: As ``coupons.use_offer``.
        """
        if is_left_next(basket, offer):
            return leave_offer(basket, offer)
        return self.use_coupon(basket, customer, programme, offer)

    def use_best_coupons(self, basket: Basket, customer: Customer | None, programme: Programme) -> Basket:
        """The basket with those coupons that make it cheapest. Pure; with many coupons it takes a moment."""
        return best_coupons(
            basket,
            customer,
            programme,
            self._context.local_now(),
            today=self._context.today(),
            store=self._context.store,
            bearers=bearers_in(basket, self._bearers),
        )

    def _remember_bearers(self, reader: LedgerReader, basket: Basket) -> None:
        """Keep the accounts of what a basket uses that is nobody's in particular, for pricing without the books."""
        self._bearers = {**self._bearers, **self._context.bearers(reader, basket)}

    def new_sale_id(self) -> SaleId:
        """An id for the sale that payment begins for."""
        return SaleId(self._context.ids.new())

    def member_view(self, member_id: MemberId) -> MemberView:
        """A member with account, tier and favourites.

        Raises:
            KnownError: ``member.unknown``.
        """
        context = self._context
        programme = context.programme()
        with context.ledger.read() as reader:
            customer = context.customer(reader, member_id, programme)
            ids = context.replica.ids_of(member_id)
            bought = [reader.favourites(each, MANY) for each in ids]
        if customer is None:
            raise KnownError("member.unknown")
        priced = self.price(Basket(), customer, programme)
        tier = priced.tier or programme.tier(customer.member.tier_id)
        visit = Visit(customer, programme, context.local_now(), context.today(), context.store)
        return MemberView(customer, tier, join_favourites(bought)[:FAVOURITES], bool(due(visit)), ids[1:])

    def check_override(self, operator: Operator, approver: Operator | None, unit_price: Money) -> PriceOverride:
        """A price decided at the till, with whose permission.

        Raises:
            KnownError: ``permission.missing``, ``price.negative``.
        """
        return PriceOverride(unit_price, granted_by(operator, approver, Permission.PRICE_OVERRIDE))

    def check_discount(self, operator: Operator, approver: Operator | None, discount: ManualDiscount) -> ManualDiscount:
        """A discount decided at the till, with whose permission.

        Raises:
            KnownError: ``permission.missing``.
        """
        approved_by = granted_by(operator, approver, Permission.DISCOUNT)
        return msgspec.structs.replace(discount, approved_by=approved_by)

    def complete(self, operator: Operator, command: CompleteSale) -> SaleDone:
        """Put a sale into the books; where head office is to be asked, wait for its word: not in the window's thread.

        Raises:
            KnownError: As ``attempt``.
        """
        return settled(self._context, lambda heard: self.attempt(operator, command, heard))

    def attempt(
        self, operator: Operator, command: CompleteSale, heard: tuple[Authorised, ...] = ()
    ) -> SaleDone | SpendQuestion:
        """Put a sale into the books: journal record, postings, receipt number and print job in one transaction.

        Goods, drawer and receipt only after this has returned the sale.

        Args:
            operator: Who sells.
            command: What the cashier decided.
            heard: What head office answered to the questions of this try.

        Returns:
            The sale; or what head office is to be asked first, remembered in the books. Then ask, and try again.

        Raises:
            KnownError: ``sale.price_changed`` (with ``payable``) when the price is no longer what the screen said,
                ``shift.none``, ``sale.empty``, ``sale.not_covered``, ``points.too_few``, ``ledger.not_saved``,
                ``sale.line_refused`` (with ``name`` and ``why``),
                ``unit.code_needed``, ``unit.in_basket``, ``unit.sold``, ``unit.sold_elsewhere``, ``unit.held``; for
                stored value and gift cards as ``prepaid_moves``; for what is spent ``spend.declined`` (with ``asset``
                and ``available``), ``spend.offline`` and ``spend.no_answer`` (with ``asset``), ``spend.unsettled``.
        """
        granted_by(operator, None, Permission.SELL)
        programme = self._context.programme()
        with self._context.ledger.write(operator.staff_id) as tx:
            done = _already_done(tx, command.sale_id)
            if done is not None:
                return done
            sale, postings, changed = self._plan(tx, command, programme)
            member_id = sale.member.member_id if sale.member else None
            step = self._spending.step(tx, RecordId(command.sale_id), spends_of(postings), heard, member_id)
            if isinstance(step, Book):
                if step.release:  # a record more: draws go by the head before the sale
                    sale, postings, changed = self._plan(tx, command, programme)
                sale = msgspec.structs.replace(
                    sale, receipt_no=tx.next_receipt_no(), authorisations=step.authorisations
                )
                record = tx.append(Entry(RecordKind.SALE, sale, RecordId(command.sale_id), postings, member_id))
                if changed is not None:
                    keep_member(tx, changed)
                self._enqueue_receipt(tx, record.seq, sale, command)
                tx.save_draft(None)
                done = SaleDone(sale, record.seq, changed)
        if done is None:
            return asked_first(step)
        if changed is not None:
            self._context.replica_writer.put_members([changed])
        return done

    def give_up(self, operator: Operator, sale_id: SaleId) -> None:
        """A sale that head office was asked about is not made.

        Raises:
            KnownError: ``ledger.not_saved``.
        """
        self._spending.give_up(operator, RecordId(sale_id))

    def unavailable(self, assets: Iterable[SpendAsset]) -> tuple[SpendAsset, ...]:
        """Of what could be spent that which cannot be now, because head office cannot be asked."""
        return self._spending.unavailable(assets)

    def _plan(
        self, tx: LedgerTx, command: CompleteSale, programme: Programme
    ) -> tuple[Sale, tuple[Posting, ...], Member | None]:
        """The sale as it would be written now, its receipt number apart; and the member where it assigns a tier."""
        shift = require_shift(tx)
        check_units(tx, self._context.replica, command.basket, programme)
        customer = self._context.customer(tx, command.basket.member_id, programme)
        stock = stock_of_basket(tx, command.basket, programme)
        bearers = self._context.bearers(tx, command.basket)
        priced = self._price(command.basket, customer, programme, paid_with(command.tenders), stock, bearers)
        if priced.payable != command.expected:
            raise KnownError("sale.price_changed", payable=priced.payable)
        sale, postings = build_sale(
            command.basket,
            priced,
            command.tenders,
            customer,
            programme,
            SaleContext(
                sale_id=command.sale_id,
                receipt_no="",
                shift_id=shift.shift_id,
                today=self._context.today(),
                points_pending=self._context.points_pending,
                head=tx.head().hash,
                stock=stock,
                holders=self._cards(tx, command),
            ),
        )
        changed = None
        if customer is not None and sale.member is not None and sale.member.standing is not None:
            changed = after_record(customer.member, sale.member)
        return sale, postings, changed

    def _cards(self, reader: LedgerReader, command: CompleteSale) -> dict[MemberId, MemberAccount]:
        """Accounts of the gift cards that pay or are sold."""
        sold = (line.offering.account_id for line in command.basket.lines if line.offering is not None)
        found = {*sold, *(tender.account_id for tender in command.tenders)}
        return {each: self._context.card_account(reader, each) for each in found if each is not None}

    def _enqueue_receipt(self, tx: LedgerTx, seq: int, sale: Sale, command: CompleteSale) -> None:
        # Training leaves the real drawer shut.
        has_cash = not self._context.training and any(each.kind is TenderKind.CASH for each in sale.tenders)
        if command.print_receipt or has_cash:
            kind = JobKind.SALE if command.print_receipt else JobKind.OPEN_DRAWER
            tx.enqueue(msgspec.structs.replace(self._job(kind, seq), opens_drawer=has_cash))
        if not self._context.training:  # nobody is to make what was never sold
            for target, lines in self._context.slips.slips(sale):
                tx.enqueue(msgspec.structs.replace(self._job(JobKind.SLIP, seq), target=target, lines=lines))

    def _job(self, kind: JobKind, seq: int) -> PrintJob:
        return PrintJob(
            job_id=JobId(self._context.ids.new()),
            kind=kind,
            seq=seq,
            created_ms=self._context.clock.now().wall_ms,
            training=self._context.training,
        )

    def hold(self, operator: Operator, basket: Basket, label: str = "") -> HeldSale:
        """Put a basket aside; it survives a power cut.

        Raises:
            KnownError: ``sale.empty``, ``unit.held`` for an item that is in another basket put aside.
        """
        if basket.is_empty:
            raise KnownError("sale.empty")
        held = HeldSale(
            HoldId(self._context.ids.new()), basket, self._context.clock.now().wall_ms, operator.staff_id, label
        )
        with self._context.ledger.write(operator.staff_id) as tx:
            check_not_held(tx, {line.unit_code: line.product.name for line in basket.lines if line.unit_code})
            tx.hold(held)
            tx.save_draft(None)
        return held

    def held(self) -> tuple[HeldSale, ...]:
        """Baskets put aside, oldest first."""
        with self._context.ledger.read() as reader:
            return tuple(reader.held())

    def recall(self, operator: Operator, hold_id: HoldId) -> Basket:
        """Take a basket back; it becomes the draft in the same transaction.

        Raises:
            KnownError: ``hold.gone``.
        """
        with self._context.ledger.write(operator.staff_id) as tx:
            held = tx.take_held(hold_id)
            if held is None:
                raise KnownError("hold.gone")
            tx.save_draft(held.basket)
            self._remember_bearers(tx, held.basket)
        return held.basket

    def drop_held(self, operator: Operator, hold_id: HoldId) -> None:
        """Give up a basket put aside."""
        with self._context.ledger.write(operator.staff_id) as tx:
            if tx.take_held(hold_id) is None:
                raise KnownError("hold.gone")

    def save_draft(self, operator: Operator, basket: Basket) -> None:
        """Remember the open basket, so that a power cut does not lose it."""
        with self._context.ledger.write(operator.staff_id) as tx:
            tx.save_draft(None if basket.is_empty else basket)

    def draft(self) -> Basket | None:
        """The basket that was open when the till stopped."""
        with self._context.ledger.read() as reader:
            basket = reader.draft()
            if basket is not None:
                self._remember_bearers(reader, basket)
            return basket


def bearers_in(basket: Basket, known: Mapping[MemberId, MemberAccount]) -> dict[MemberId, MemberAccount]:
    """Of known accounts those that a basket uses."""
    used = {each.account_id for each in basket.used}
    return {account_id: account for account_id, account in known.items() if account_id in used}


def keep_member(tx: LedgerTx, member: Member) -> None:
    """Keep a member's data at this till, in the transaction of the record that speaks of it."""
    tx.put_master(MasterKind.MEMBER, [(member.member_id.hex, codec.encode(member))])


def _already_done(reader: LedgerReader, sale_id: SaleId) -> SaleDone | None:
    """The result of a sale that is in the books already: pressing twice sells once."""
    seq = reader.record_seq(RecordId(sale_id))
    record = reader.record(seq) if seq is not None else None
    if record is None:
        return None
    return SaleDone(read_body(read_payload(record), Sale), record.seq)
