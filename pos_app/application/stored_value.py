"""Stored value at the counter: the balance, recharges, change that is kept, paying from the balance."""

from __future__ import annotations

import datetime as dt
import enum

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.gift_cards import room_for_own
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.prepaid_moves import check_limit
from pos_app.domain.money import Money, total
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer, quote
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.pricing.recharging import CHANGE, Recharge, free_offer, recharge_product, status_reason
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.prepaid import FreeAmounts, StoredValue
from pos_app.domain.stored_value import Balance, balance_of
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import usable
from pos_app.errors import KnownError

_YUAN = 100


class ChangePart(enum.StrEnum):
    """How much of the change is kept in the balance."""

    ALL = "all"
    CENTS = "cents"  # what is below a yuan


class RechargeStep(msgspec.Struct, frozen=True):
    """A step of the ladder, as this member may have it now.

    Attributes:
        ladder_id: Which.
        name: In the shop's words.
        amount: Paid in.
        bonus: Given on top.
        reason: Why not: ``over_limit``, or the condition that is not met; empty where it is open.
    """

    ladder_id: str
    name: LocalText
    amount: Money
    bonus: Money
    reason: str = ""


class StoredBonus(msgspec.Struct, frozen=True):
    """A bonus that ends.

    Attributes:
        amount: What is left of it.
        expires_on: Last day.
    """

    amount: Money
    expires_on: dt.date


class RechargeMenu(msgspec.Struct, frozen=True):
    """All that a screen shows of a member's stored value.

    Attributes:
        balance: What can be spent.
        limit: What can be stored at most.
        possible: What can still be stored, bonus included, with what is in the basket already.
        steps: Of the ladder.
        free: Amounts of the customer's choice; None where there are none.
        change_max: The largest change that can be kept; None where none can.
        ending: Bonuses with an end, the earliest first.
        reason: Why nothing can be paid in at all: ``none``, ``needs_member``, ``member_frozen``, ``member_closed``;
            or empty.
    """

    balance: Balance = Balance()
    limit: Money = Money(0)
    possible: Money = Money(0)
    steps: tuple[RechargeStep, ...] = ()
    free: FreeAmounts | None = None
    change_max: Money | None = None
    ending: tuple[StoredBonus, ...] = ()
    reason: str = ""


class StoredValueService:
    """Everything about stored value."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def menu(self, basket: Basket, customer: Customer | None, programme: Programme) -> RechargeMenu:
        """What can be paid in now, with what it gives; pure and quick."""
        rules = programme.stored_value
        today = self._context.today()
        reason = _why_not(rules, customer)
        if customer is None:
            return RechargeMenu(reason=reason)
        balance = balance_of(customer.account, today)
        ending = tuple(
            StoredBonus(Money(each.amount), each.expires_on)
            for each in usable(customer.account.wallet, Asset.BONUS, today)
            if each.expires_on is not None
        )
        if rules is None:
            return RechargeMenu(balance, ending=ending, reason=reason)
        room = max(Money(0), rules.max_balance - balance.total - self._coming(basket, customer, programme))
        steps = []
        for ladder in rules.ladders:
            found = self._recharge(ladder.ladder_id, ladder.amount, ladder.name.zh, customer, programme)
            why = reason or found.reason or ("over_limit" if found.principal + found.bonus > room else "")
            steps.append(RechargeStep(ladder.ladder_id, ladder.name, ladder.amount, ladder.bonus, why))
        return RechargeMenu(
            balance, rules.max_balance, room, tuple(steps), rules.free, rules.change_max, ending, reason
        )

    def bonus_of(self, amount: Money, customer: Customer, programme: Programme) -> Money:
        """The bonus that an amount of the customer's choice would give."""
        return self._recharge(free_offer(amount), amount, "", customer, programme).bonus

    def recharge(self, basket: Basket, customer: Customer | None, programme: Programme, ladder_id: str) -> Basket:
        """Put a step of the ladder into the basket.

        Raises:
            KnownError: ``stored.none``, ``stored.needs_member``, ``stored.member_frozen``, ``stored.member_closed``,
                ``stored.unknown_offer``, ``stored.not_open``, ``prepaid.over_limit``, ``basket.full``.
        """
        rules, who = _rules(programme, customer)
        ladder = next((each for each in rules.ladders if each.ladder_id == ladder_id), None)
        if ladder is None:
            raise KnownError("stored.unknown_offer")
        return self._add(basket, ladder.ladder_id, ladder.amount, ladder.name.zh, who, programme, rules)

    def recharge_free(self, basket: Basket, customer: Customer | None, programme: Programme, amount: Money) -> Basket:
        """Put an amount of the customer's choice into the basket.

        Raises:
            KnownError: As ``recharge``; ``stored.free_off``, ``stored.below_least``, ``stored.above_most``.
        """
        rules, who = _rules(programme, customer)
        if rules.free is None:
            raise KnownError("stored.free_off")
        if amount < rules.free.least:
            raise KnownError("stored.below_least", least=rules.free.least)
        if amount > rules.free.most:
            raise KnownError("stored.above_most", most=rules.free.most)
        return self._add(basket, free_offer(amount), amount, rules.name.zh, who, programme, rules)

    def keep_change(
        self,
        basket: Basket,
        customer: Customer | None,
        programme: Programme,
        tenders: tuple[Tender, ...],
        part: ChangePart = ChangePart.ALL,
    ) -> tuple[Basket, tuple[Tender, ...]]:
        """Keep change in the balance instead of giving it out (存零).

        Adds (or changes) the line for it, so that the cash handed over covers the bill and the line exactly, or up to
        whole yuan of change.

        Args:
            basket: The open one.
            customer: Its member.
            programme: The rules.
            tenders: That cover the bill without that line, one of them cash with change.
            part: All of the change, or what is below a yuan.

        Returns:
            The basket with the line, and the tenders that cover it.

        Raises:
            KnownError: ``stored.change_off``, ``stored.no_change``, ``stored.change_too_large``; as ``recharge``.
        """
        rules, who = _rules(programme, customer)
        if rules.change_max is None:
            raise KnownError("stored.change_off")
        kept_before = total(line.product.price for line in basket.lines if _is_change(line.offering))
        change = total(tender.change for tender in tenders) + kept_before
        amount = change if part is ChangePart.ALL else Money(change.minor % _YUAN)
        if not amount or not any(tender.kind is TenderKind.CASH for tender in tenders):
            raise KnownError("stored.no_change")
        if amount > rules.change_max:
            raise KnownError("stored.change_too_large", most=rules.change_max)
        without = self.give_change(basket)
        grown = self._add(without, CHANGE, amount, "零钱存入", who, programme, rules)
        return grown, tuple(_covering(each, amount - kept_before) for each in tenders)

    @staticmethod
    def give_change(basket: Basket) -> Basket:
        """Take the line for kept change out again."""
        for line in basket.lines:
            if _is_change(line.offering):
                basket = basket.remove(line.line_no)
        return basket

    @staticmethod
    def tender(quote: Quote, prepaid: Money, tenders: tuple[Tender, ...], offered: Money | None = None) -> Tender:
        """Pay from the balance: what was offered, else as much as is possible.

        Args:
            quote: Of the basket.
            prepaid: Of it, money in advance.
            tenders: Taken so far.
            offered: How much; None for all that is possible.

        Raises:
            KnownError: ``stored.needs_member``, ``stored.nothing_stored``, ``stored.nothing_to_pay``,
                ``stored.member_frozen``, ``stored.member_closed``, ``stored.second``, ``stored.too_little``,
                ``tender.nothing_owed``, ``sale.advance_needs_money``, ``tender.amount_wrong``.
        """
        offer = quote.stored
        if offer is None:
            raise KnownError("stored.needs_member")
        if not offer.amount:
            raise KnownError(f"stored.{offer.reason}")
        if any(tender.kind is TenderKind.STORED_VALUE for tender in tenders):
            raise KnownError("stored.second")
        most = min(room_for_own(quote.payable, prepaid, tenders), offer.amount)
        amount = most if offered is None else offered
        if amount > most:
            raise KnownError("stored.too_little", possible=most)
        return Tender(TenderKind.STORED_VALUE, amount, amount)

    def balance(self, member_id: MemberId) -> Balance:
        """What a member can spend.

        Raises:
            KnownError: ``member.unknown``.
        """
        programme = self._context.programme()
        with self._context.ledger.read() as reader:
            self._context.member(reader, member_id)
            return balance_of(self._context.account(reader, member_id, programme, None), self._context.today())

    def _add(
        self,
        basket: Basket,
        offer_id: str,
        amount: Money,
        name: str,
        customer: Customer,
        programme: Programme,
        rules: StoredValue,
    ) -> Basket:
        found = self._recharge(offer_id, amount, name, customer, programme)
        if found.reason == "unknown_offer":
            raise KnownError("stored.unknown_offer")
        if found.reason:
            raise KnownError("stored.not_open", name=name)
        stored = balance_of(customer.account, self._context.today()).total
        check_limit(stored + self._coming(basket, customer, programme), found.principal + found.bonus, rules)
        return _with(basket, offer_id, amount, name)

    def _coming(self, basket: Basket, customer: Customer, programme: Programme) -> Money:
        """What recharges in the basket will have stored."""
        recharges = (line for line in basket.lines if line.offering and line.offering.kind is OfferingKind.RECHARGE)
        alone = Basket(tuple(recharges), basket.next_line_no, basket.member_id)
        return total(each.principal + each.bonus for each in self._priced(alone, customer, programme).recharges)

    def _recharge(self, offer_id: str, amount: Money, name: str, customer: Customer, programme: Programme) -> Recharge:
        """What a recharge alone would give here and now."""
        alone = _with(Basket().with_member(customer.member.member_id), offer_id, amount, name)
        return self._priced(alone, customer, programme).recharges[0]

    def _priced(self, basket: Basket, customer: Customer, programme: Programme) -> Quote:
        context = self._context
        return quote(basket, customer, programme, context.local_now(), today=context.today(), store=context.store)


def _with(basket: Basket, offer_id: str, amount: Money, name: str) -> Basket:
    return basket.add_offering(recharge_product(name, amount, offer_id), Offering(OfferingKind.RECHARGE, offer_id))


def _is_change(offering: Offering | None) -> bool:
    return offering is not None and offering.kind is OfferingKind.RECHARGE and offering.offer_id == CHANGE


def _covering(tender: Tender, more: Money) -> Tender:
    if tender.kind is not TenderKind.CASH:
        return tender
    return msgspec.structs.replace(tender, amount=tender.amount + more)


def _why_not(rules: StoredValue | None, customer: Customer | None) -> str:
    if rules is None:
        return "none"
    return "needs_member" if customer is None else status_reason(customer.member)


def _rules(programme: Programme, customer: Customer | None) -> tuple[StoredValue, Customer]:
    reason = _why_not(programme.stored_value, customer)
    if reason or programme.stored_value is None or customer is None:
        raise KnownError(f"stored.{reason}")
    return programme.stored_value, customer
