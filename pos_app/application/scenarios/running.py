"""Sell and refund a scenario with the functions the till uses, in memory: nothing is read, nothing is stored."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from pos_app.application.scenarios.document import Lot, Return, Scenario
from pos_app.application.scenarios.document import Who as ScenarioMember
from pos_app.application.scenarios.items import CASHIER, by_hand, with_item
from pos_app.application.scenarios.outcome import Before, Outcome, RefundOutcome
from pos_app.application.scenarios.shop import moved_before, stock_now, used_elsewhere, uses_now, with_uses
from pos_app.application.scenarios.stored import (
    card_account,
    card_holdings,
    card_usage,
    member_holdings,
    own_tenders,
    spent_elsewhere,
)
from pos_app.domain.clock import business_date
from pos_app.domain.ids import LotId, MemberId, SaleId, ShiftId, TierId, uuid7
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.lots import (
    Base,
    LotOrigin,
    OwnActivity,
    expired_lots,
    fold_account,
    lot_origins,
    own_days,
    own_holdings,
    own_progress,
    own_sums,
    plan_burn,
)
from pos_app.domain.ledger.moves import accounts_of, move_postings
from pos_app.domain.ledger.postings import (
    MEMBER_AVAILABLE,
    POINTS_EXPIRED,
    POINTS_REDEEMED,
    Asset,
    Posting,
    check_balanced,
    entry,
)
from pos_app.domain.ledger.refunds import (
    RefundContext,
    RefundRequest,
    build_refund,
    everything_left,
    refundable,
    tier_change,
)
from pos_app.domain.ledger.sales import SaleContext, build_sale
from pos_app.domain.ledger.usage import MemberUsage, usages_of
from pos_app.domain.member import Birthday, Member, MemberAccount, Progress, ProgressDay, Standing, Usage
from pos_app.domain.member import Lot as AccountLot
from pos_app.domain.money import Money, total
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer, quote
from pos_app.domain.pricing.paid import NOTHING_PAID, Paid, paid_with
from pos_app.domain.pricing.quote import BurnOffer, Quote
from pos_app.domain.pricing.terms import add_term
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.standing import progress_span
from pos_app.domain.programme.tiers import tier_now
from pos_app.domain.stored_value import balance_of
from pos_app.domain.tender import Tender, TenderKind, remaining, take
from pos_app.domain.wallet import Holding
from pos_app.errors import KnownError

_NO_OTHERS: Final[Mapping[str, Programme]] = {}


def run_scenario(scenario: Scenario, programme: Programme, later: Mapping[str, Programme] = _NO_OTHERS) -> Outcome:
    """Price the basket, sell it and take back what comes back.

    Args:
        scenario: What is done.
        programme: In force at the sale.
        later: Programmes that come into force before a refund, by the name the refund gives.

    Raises:
        KnownError: ``scenario.wrong`` for a basket that no till would take. What a till refuses later, when it prices
            or sells, is an outcome.
    """
    return _Run(scenario, programme, later).outcome()


def before(scenario: Scenario, programme: Programme) -> Before | None:
    """The member as they come to the counter; None where nobody is known.

    Raises:
        KnownError: ``scenario.wrong`` for a tier that the programme has not.
    """
    return _Run(scenario, programme, _NO_OTHERS).before()


class _Run:
    """The books of one scenario."""

    def __init__(self, scenario: Scenario, programme: Programme, later: Mapping[str, Programme]) -> None:
        self._scenario, self._programme, self._later = scenario, programme, later
        self._count = 0
        self._sold_on = self._today = business_date(scenario.moment, scenario.day_starts_hour)
        self._postings: list[Posting] = []
        self._usage: list[MemberUsage] = []
        self._origins: dict[LotId, LotOrigin] = {}
        self._expired: dict[LotId, int] = {}
        self._sale: Sale | None = None
        self._refunds: list[Refund] = []
        self._member = self._make_member(scenario.member) if scenario.member is not None else None
        self._terms = self._make_terms(scenario.member) if scenario.member is not None else ()
        self._lots = self._make_lots(scenario.member) if scenario.member is not None else ()
        self._uses = self._make_uses(scenario.member) if scenario.member is not None else ()
        self._moved_before = moved_before(scenario.stock, programme)

    def before(self) -> Before | None:
        told = self._scenario.member
        return None if self._member is None or told is None else Before(self._member, self._base(told))

    def outcome(self) -> Outcome:
        self._expire()
        try:
            basket = self._basket()
        except KnownError as error:
            if error.code == "scenario.wrong":
                raise
            account = self._account() if self._member is not None else None
            return Outcome(self._sold_on, None, None, None, account, error.code)
        customer = Customer(self._member, self._account()) if self._member is not None else None
        priced: Quote | None = None
        offer: BurnOffer | None = None
        refused = ""
        try:
            priced = self._price(basket, customer, NOTHING_PAID)
            offer = priced.burn
            tenders = self._tenders(priced.payable, self._own_tenders(offer))
            priced = self._price(basket, customer, paid_with(tenders))
            self._sell(basket, priced, tenders, customer)
        except KnownError as error:
            refused = error.code
        account = self._account() if self._member is not None else None
        cards, uses, stock = self._cards(), uses_now(account, self._programme, self._today), self._stock_now()
        refunds = tuple(self._give_back(each) for each in self._scenario.refunds) if self._sale is not None else ()
        return Outcome(self._sold_on, priced, offer, self._sale, account, refused, refunds, cards, uses, stock)

    def _price(self, basket: Basket, customer: Customer | None, paid: Paid) -> Quote:
        scenario = self._scenario
        return quote(
            basket,
            customer,
            self._programme,
            scenario.moment,
            today=self._today,
            store=scenario.store,
            paid=paid,
            stock=self._moved_before,
        )

    def _own_tenders(self, offer: BurnOffer | None) -> tuple[Tender, ...]:
        pay = self._scenario.pay
        return (*self._points_tender(offer), *own_tenders(pay.stored_value, pay.gift_cards))

    def _points_tender(self, offer: BurnOffer | None) -> tuple[Tender, ...]:
        points = self._scenario.pay.points
        if not points:
            return ()
        if offer is None or points < offer.step.count:
            raise KnownError("sale.points_over_limit")
        value = Money(points // offer.step.count * offer.step_value.minor)
        return (Tender(TenderKind.POINTS, value, value, points=Points(points)),)

    def _tenders(self, payable: Money, points: tuple[Tender, ...]) -> tuple[Tender, ...]:
        pay, tenders = self._scenario.pay, points
        if total(tender.amount for tender in tenders) > payable:
            raise KnownError("sale.points_over_limit" if pay.points else "tender.more_than_owed")
        for kind, amount in ((TenderKind.BANK_CARD, pay.card), (TenderKind.MOBILE, pay.mobile)):
            if amount:
                tenders = (*tenders, take(payable, tenders, kind, amount))
        owed = remaining(payable, tenders)
        if owed or pay.cash is not None:
            tenders = (*tenders, take(payable, tenders, TenderKind.CASH, owed if pay.cash is None else pay.cash))
        return tenders

    def _sell(self, basket: Basket, priced: Quote, tenders: tuple[Tender, ...], customer: Customer | None) -> None:
        context = SaleContext(
            SaleId(self._id()),
            "R",
            ShiftId(self._id()),
            lot_id=LotId(self._id()),
            today=self._today,
            holders={card_account(name): self._card(name) for name in self._card_names()},
            head=hashlib.sha256(self._scenario.seed.encode()).digest(),
            stock=self._moved_before,
        )
        self._sale, postings = build_sale(basket, priced, tenders, customer, self._programme, context)
        self._book(self._sale, postings)
        self._assign(priced.standing)

    def _give_back(self, wanted: Return) -> RefundOutcome:
        refund: Refund | None = None
        refused = ""
        self._today = wanted.on or self._today
        if wanted.programme:
            self._programme = self._later[wanted.programme]
        self._expire()
        try:
            self._spend(wanted.spent_before)
            self._spend_stored(wanted.stored_spent_before)
            self._use(wanted.used_before)
            refund = self._refund(wanted)
        except KnownError as error:
            refused = error.code
        member = self._member
        if member is None:
            return RefundOutcome(refund, None, TierId(""), self._today, refused, self._cards(), stock=self._stock_now())
        account = self._account()
        tier = tier_now(self._programme, member, account, self._today)
        uses, stock = uses_now(account, self._programme, self._today), self._stock_now()
        return RefundOutcome(refund, account, tier.tier_id, self._today, refused, self._cards(), uses, stock)

    def _refund(self, wanted: Return) -> Refund:
        sale = self._sale
        if sale is None:
            raise KnownError("refund.nothing")
        left = refundable(sale, self._refunds)
        lines = tuple(
            (line.line, left[line.line] if line.quantity is None else line.quantity.milli) for line in wanted.lines
        )
        request = RefundRequest(lines or everything_left(sale, self._refunds), in_cash=wanted.in_cash)
        lot = sale.member.new_lot if sale.member else None
        kept = sum(left.values()) - sum(milli for _, milli in request.lines)
        came_before = self._scenario.member is not None and any(
            each.on == self._sold_on for each in self._scenario.member.history
        )
        account = self._account() if sale.member is not None else None
        context = RefundContext(
            SaleId(self._id()),
            "R",
            ShiftId(self._id()),
            self._today,
            CASHIER,
            tuple(LotId(self._id()) for _ in (sale.member.burned if sale.member else ())),
            Points(self._expired.get(lot.lot_id, 0) if lot else 0),
            member=self._member,
            sold_on=self._sold_on,
            ends_visit=kept == 0 and not came_before,
            holders={holder: self._holder(holder) for holder in accounts_of(sale.moves)},
            expired=self._expired,
        )
        refund, postings = build_refund(sale, self._refunds, request, account, self._programme, context)
        self._refunds.append(refund)
        self._book(refund, postings)
        tiers = tier_change(sale, refund.lines, account, self._programme, context) if account is not None else None
        if tiers is not None and tiers.after != tiers.before:
            self._assign(tiers.after)
        return refund

    def _spend(self, points: int) -> None:
        if not points or self._member is None:
            return
        for part in plan_burn(self._account().lots, Points(points), self._today):
            self._post_out(part.lot_id, part.points.count, POINTS_REDEEMED)

    def _spend_stored(self, amount: Money) -> None:
        if amount:
            self._book(None, spent_elsewhere(self._account(), amount, self._programme, self._today))

    def _use(self, wanted: Mapping[str, int]) -> None:
        for card_id, count in wanted.items():
            moves = used_elsewhere(self._account(), card_id, count, self._today)
            self._book(None, move_postings(moves))

    def _stock_now(self) -> dict[str, int]:
        return stock_now(self._programme, self._moved_before, self._postings)

    def _expire(self) -> None:
        if self._member is None:
            return
        for part in expired_lots(self._account().lots, self._today):
            self._expired[part.lot_id] = self._expired.get(part.lot_id, 0) + part.points.count
            self._post_out(part.lot_id, part.points.count, POINTS_EXPIRED)

    def _post_out(self, lot_id: LotId, points: int, account: str) -> None:
        member_id = self._member.member_id if self._member else None
        postings = entry(Asset.POINTS, MEMBER_AVAILABLE, -points, member_id=member_id, lot_id=lot_id)
        self._book(None, (*postings, *entry(Asset.POINTS, account, points)))

    def _book(self, body: Sale | Refund | None, postings: tuple[Posting, ...]) -> None:
        check_balanced(postings)
        self._postings += postings
        self._usage += usages_of(body, self._today)
        for origin in lot_origins(body):
            self._origins.setdefault(origin.lot_id, origin)

    def _account(self) -> MemberAccount:
        member, told = self._member, self._scenario.member
        if member is None or told is None:
            raise KnownError("member.unknown")
        base = self._base(told)
        sold = self._sale if self._sale is not None and self._sale.member is not None else None
        days = self._days(told, [(self._sold_on, sold, self._refunds)] if sold is not None else [])
        activity = OwnActivity(
            sums=own_sums(self._postings, member.member_id),
            holdings=own_holdings(self._postings, member.member_id),
            origins=tuple(self._origins.values()),
            progress=own_progress(days, progress_span(self._programme).start(self._today)),
            last_visit=self._sold_on if sold is not None else None,
            usage=self._usage_of(member.member_id),
            days=days,
        )
        return fold_account(member.member_id, base, activity)

    def _base(self, told: ScenarioMember) -> Base:
        """What head office said of the member's account before."""
        last = told.last_period
        return Base(
            lots=self._lots,
            receivable=told.receivable,
            progress=Progress(told.spend, told.visits, Points(told.points_earned)),
            last_visit=max((each.on for each in told.history), default=None),
            usage=tuple(Usage(each.what, each.on, each.amount) for each in told.had),
            wallet=(
                *member_holdings(told.principal, told.bonus, told.stored),
                *self._terms,
                *self._uses,
            ),
            progress_before=Progress(last.spend, last.visits, Points(last.points)),
        )

    def _days(self, told: ScenarioMember, sales: list[tuple[dt.date, Sale, list[Refund]]]) -> tuple[ProgressDay, ...]:
        """What the member did by day: the history that is told, and the scenario's own sale."""
        mine = self._usage_of(self._member.member_id) if self._member is not None else ()
        days = {day.on: day.progress for day in own_days(sales, mine)}
        for each in told.history:
            there = days.get(each.on, Progress())
            earlier = Progress(each.amount, 0 if there.visits else 1, Points(each.points))
            days[each.on] = there + earlier
        return tuple(ProgressDay(day, progress) for day, progress in sorted(days.items()))

    def _usage_of(self, account_id: MemberId) -> tuple[Usage, ...]:
        return tuple(each.usage for each in self._usage if each.member_id == account_id)

    def _holder(self, account_id: MemberId) -> MemberAccount:
        if self._member is not None and account_id == self._member.member_id:
            return self._account()
        return next(self._card(name) for name in self._card_names() if card_account(name) == account_id)

    def _card_names(self) -> list[str]:
        told = [card.card for card in self._scenario.cards]
        sold = [item.offer.card for item in self._scenario.basket if item.offer is not None and item.offer.card]
        return list(dict.fromkeys((*told, *self._scenario.pay.gift_cards, *sold)))

    def _card(self, name: str) -> MemberAccount:
        account_id = card_account(name)
        told = next((card for card in self._scenario.cards if card.card == name), None)
        base = Base() if told is None else Base(wallet=card_holdings(told), usage=card_usage())
        activity = OwnActivity(
            holdings=own_holdings(self._postings, account_id),
            origins=tuple(self._origins.values()),
            usage=self._usage_of(account_id),
        )
        return fold_account(account_id, base, activity)

    def _cards(self) -> dict[str, Money]:
        return {name: balance_of(self._card(name), self._today).principal for name in self._card_names()}

    def _basket(self) -> Basket:
        basket = Basket().with_member(self._member.member_id if self._member else None)
        for number, item in enumerate(self._scenario.basket, 1):
            try:
                grown = with_item(basket, item, self._programme.unit_codes, self._today, self._scenario.sold_before)
            except KnownError as error:
                if error.code.startswith("unit."):
                    raise  # what a scan is refused for is an outcome
                raise KnownError("scenario.wrong", problems=(f"basket[{number}]: {error}",)) from error
            if len(grown.lines) == len(basket.lines):
                problem = f"basket[{number}]: the same as an earlier line; write its quantity there"
                raise KnownError("scenario.wrong", problems=(problem,))
            basket = grown
        for tier_id in self._scenario.terms:
            try:
                basket = add_term(basket, self._programme, tier_id)
            except KnownError as error:
                raise KnownError("scenario.wrong", problems=(f"terms: {tier_id!r} is not sold",)) from error
        account = self._account() if self._member is not None else None
        basket = with_uses(basket, self._scenario.use, account, self._programme, self._today)
        return basket.set_discount(None, by_hand(self._scenario.off))

    def _make_member(self, told: ScenarioMember) -> Member:
        if told.tier and told.tier not in {tier.tier_id for tier in self._programme.tiers}:
            raise KnownError("scenario.wrong", problems=(f"member.tier: unknown tier {told.tier!r}",))
        return Member(
            member_id=MemberId(self._id()),
            joined_on=dt.date(2000, 1, 1),
            birthday=Birthday.parse(told.birthday) if told.birthday else None,
            status=told.status,
            tier_id=told.tier or self._programme.tiers[0].tier_id,
            tier_since=told.tier_since,
            tags=told.tags,
        )

    def _make_lots(self, told: ScenarioMember) -> tuple[AccountLot, ...]:
        lots = told.lots or ((Lot(told.points),) if told.points else ())
        return tuple(AccountLot(LotId(self._id()), each.points, each.earned_on, each.expires_on) for each in lots)

    def _make_terms(self, told: ScenarioMember) -> tuple[Holding, ...]:
        return tuple(
            Holding(Asset.TERM, LotId(self._id()), 1, each.tier, each.begins, each.until) for each in told.terms
        )

    def _make_uses(self, told: ScenarioMember) -> tuple[Holding, ...]:
        return tuple(
            Holding(Asset.USE, LotId(self._id()), each.uses, each.card, each.made_on, each.expires_on)
            for each in told.uses
        )

    def _assign(self, standing: Standing | None) -> None:
        if self._member is not None and standing is not None:
            self._member = self._member.with_standing(standing)

    def _id(self) -> UUID:
        self._count += 1
        return uuid7(self._count, bytes(10))
