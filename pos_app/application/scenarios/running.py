"""Sell and refund a scenario with the functions the till uses, in memory: nothing is read, nothing is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

import msgspec

from pos_app.application.scenarios.books import Books
from pos_app.application.scenarios.coupons import choose, left_figures
from pos_app.application.scenarios.document import Return, Scenario
from pos_app.application.scenarios.giving import (
    Step,
    StepOutcome,
    what_step_gives,
)
from pos_app.application.scenarios.items import CASHIER, by_hand, with_item
from pos_app.application.scenarios.outcome import Before, Outcome, RefundOutcome
from pos_app.application.scenarios.paying import tenders_of
from pos_app.application.scenarios.shop import used_elsewhere, uses_now, with_uses
from pos_app.application.scenarios.stored import (
    card_account,
    spent_elsewhere,
)
from pos_app.domain.clock import business_date
from pos_app.domain.ids import LotId, SaleId, ShiftId, TierId
from pos_app.domain.ledger.bodies import Refund
from pos_app.domain.ledger.lots import (
    plan_burn,
)
from pos_app.domain.ledger.moves import accounts_of, move_postings
from pos_app.domain.ledger.postings import (
    POINTS_REDEEMED,
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
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer, quote
from pos_app.domain.pricing.paid import NOTHING_PAID, Paid, paid_with
from pos_app.domain.pricing.quote import BurnOffer, Quote
from pos_app.domain.pricing.terms import add_term
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.tiers import tier_now
from pos_app.domain.rewards import Visit
from pos_app.domain.tender import Tender
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


class _Run(Books):
    """One scenario from its first step to its last refund."""

    def outcome(self) -> Outcome:
        steps = tuple(self._do(step) for step in self._scenario.before)
        self._expire()
        if steps and not self._scenario.basket and not self._scenario.terms:
            return Outcome(self._sold_on, None, None, None, self._account(), held=self._held(), before=steps)
        try:
            basket = self._basket()
        except KnownError as error:
            if error.code == "scenario.wrong":
                raise
            account = self._account() if self._member is not None else None
            return Outcome(self._sold_on, None, None, None, account, error.code, held=self._held(), before=steps)
        customer = self._customer()
        priced: Quote | None = None
        offer: BurnOffer | None = None
        refused = ""
        told = self._scenario
        try:
            basket = choose(basket, told.coupons, customer, self._programme, told.moment, self._today, told.store)
            priced = self._price(basket, customer, NOTHING_PAID)
            offer = priced.burn
            tenders = tenders_of(self._scenario.pay, offer, priced.payable)
            priced = self._price(basket, customer, paid_with(tenders))
            self._sell(basket, priced, tenders, customer)
        except KnownError as error:
            refused = error.code
        account = self._account() if self._member is not None else None
        held = self._held()
        cards, uses, stock = self._cards(), uses_now(account, self._programme, self._today), self._stock_now()
        refunds = tuple(self._give_back(each) for each in self._scenario.refunds) if self._sale is not None else ()
        outcome = Outcome(
            self._sold_on, priced, offer, self._sale, account, refused, refunds, cards, uses, stock, held, steps
        )
        return msgspec.structs.replace(outcome, coupons_left=left_figures(account, self._programme, self._sold_on))

    def _do(self, step: Step) -> StepOutcome:
        """Something the member does before the sale."""
        scenario = self._scenario
        moment = step.moment or scenario.moment
        self._today = business_date(moment, scenario.day_starts_hour)
        self._expire()
        refused, given = "", dict[str, int]()
        customer = self._customer()
        if customer is None:
            raise KnownError("member.unknown")
        try:
            visit = Visit(customer, self._programme, moment, self._today, scenario.store)
            body = what_step_gives(step, visit, self._id())
            self._book(body, move_postings(body.moves))
            for each in body.given:
                given[each.rule_id] = given.get(each.rule_id, 0) + 1
        except KnownError as error:
            refused = error.code
        balance = self._account().balance(self._today).count
        held = self._held()
        self._today = self._sold_on
        return StepOutcome(refused, given, balance, held)

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

    def _sell(self, basket: Basket, priced: Quote, tenders: tuple[Tender, ...], customer: Customer | None) -> None:
        context = SaleContext(
            SaleId(self._id()),
            "R",
            ShiftId(self._id()),
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
            cards, stock, held = self._cards(), self._stock_now(), self._held()
            return RefundOutcome(refund, None, TierId(""), self._today, refused, cards, stock=stock, held=held)
        account = self._account()
        tier = tier_now(self._programme, member, account, self._today)
        uses, stock = uses_now(account, self._programme, self._today), self._stock_now()
        return RefundOutcome(
            refund,
            account,
            tier.tier_id,
            self._today,
            refused,
            self._cards(),
            uses,
            stock,
            self._held(),
            left_figures(account, self._programme, self._today),
        )

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
            sold_under=self._sold_under,
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
