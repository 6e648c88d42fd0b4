"""Money in advance in a basket: what recharges give, and what could be paid with stored value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from pos_app.domain.catalog import Product
from pos_app.domain.ids import CategoryId, ProductId
from pos_app.domain.member import Member, MemberAccount, MemberStatus
from pos_app.domain.money import Money
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.pricing.paid import Paid
from pos_app.domain.programme.prepaid import GiftCardKind, Ladder, StoredValue
from pos_app.domain.programme.rules import Conditions
from pos_app.domain.stored_value import DEFAULT_RULES, balance_of, bonus_part, most_payable
from pos_app.domain.tender import TenderKind
from pos_app.domain.text import LocalText

#: Goods category of what is paid in advance; no rule for goods speaks of it.
ADVANCE_CATEGORY: Final = CategoryId("advance")
#: Recharges that are no step of the ladder: an amount of the customer's choice, and change that is kept.
FREE: Final = "free"
CHANGE: Final = "change"
_CHANGE_NAME: Final = LocalText("零钱存入", "Change kept")

Refusal = Callable[[Conditions], str | None]


class Recharge(msgspec.Struct, frozen=True):
    """What a recharge of the basket gives.

    Attributes:
        line_no: The basket's line.
        offer_id: A step of the ladder, ``free:<fen>`` or ``change``.
        name: On screen and receipt.
        principal: Paid in.
        bonus: Given on top.
        reason: Why it cannot be sold, as a code, or empty.
    """

    line_no: int
    offer_id: str
    name: LocalText
    principal: Money
    bonus: Money = Money(0)
    reason: str = ""


class StoredOffer(msgspec.Struct, frozen=True):
    """What the member could pay with stored value now.

    Attributes:
        principal: In the balance.
        bonus: In the balance.
        amount: The most that can be paid with it.
        reason: Why nothing can be: ``nothing_stored``, ``nothing_to_pay``, ``member_frozen``, ``member_closed``;
            else why no more can be: ``balance``, ``bonus_share``; empty where it can pay for all goods.
    """

    principal: Money
    bonus: Money
    amount: Money
    reason: str = ""


def free_offer(amount: Money) -> str:
    """The id of a recharge with an amount of the customer's choice."""
    return f"{FREE}:{amount.minor}"


def recharge_product(name: str, amount: Money, offer_id: str) -> Product:
    """The product behind a recharge: no tax, nothing is taken off it."""
    return _advance(f"recharge:{offer_id.partition(':')[0]}", name, amount, "笔")


def gift_card_product(kind: GiftCardKind, amount: Money, name: str) -> Product:
    """The product behind a gift card that is sold."""
    return _advance(f"gift_card:{kind.kind_id}", name, amount, "张")


def _advance(product_id: str, name: str, amount: Money, unit: str) -> Product:
    return Product(
        product_id=ProductId(product_id),
        name=name,
        price=amount,
        category_id=ADVANCE_CATEGORY,
        unit=unit,
        tax_rate_bp=0,
        is_discountable=False,
    )


def recharge_of(
    line_no: int, offering: Offering, amount: Money, rules: StoredValue | None, refusal: Refusal
) -> Recharge | None:
    """What a line's offering gives for an amount; None where it is no recharge.

    Args:
        line_no: The basket's line.
        offering: What it sells.
        amount: What it costs.
        rules: Of the programme; None where nothing can be paid in.
        refusal: Why conditions do not hold here and now.
    """
    if offering.kind is not OfferingKind.RECHARGE:
        return None
    offer_id = offering.offer_id
    unknown = Recharge(line_no, offer_id, LocalText(offer_id), amount, reason="unknown_offer")
    if rules is None:
        return unknown
    if offer_id == CHANGE:
        is_open = rules.change_max is not None and amount <= rules.change_max
        return Recharge(line_no, offer_id, _CHANGE_NAME, amount, reason="" if is_open else "unknown_offer")
    if offer_id == free_offer(amount) and rules.free is not None:
        if not rules.free.least <= amount <= rules.free.most:
            return unknown
        return Recharge(line_no, offer_id, rules.name, amount, free_bonus(rules, amount, refusal))
    for ladder in rules.ladders:
        if ladder.ladder_id == offer_id and ladder.amount == amount:
            reason = refusal(ladder.conditions) or ""
            return Recharge(line_no, offer_id, ladder.name, amount, ladder.bonus, reason)
    return unknown


def free_bonus(rules: StoredValue, amount: Money, refusal: Refusal) -> Money:
    """The bonus of an amount of the customer's choice: of the best step that it reaches and that is open."""
    if rules.free is None or not rules.free.with_bonus:
        return Money(0)
    reached = (ladder for ladder in rules.ladders if ladder.amount <= amount and refusal(ladder.conditions) is None)
    each = rules.free.each
    return max((_bonus(ladder, amount, each=each) for ladder in reached), default=Money(0))


def _bonus(ladder: Ladder, amount: Money, *, each: bool) -> Money:
    return ladder.bonus * (amount.minor // ladder.amount.minor) if each else ladder.bonus


def status_reason(member: Member) -> str:
    """Why nothing can be paid in or spent by a member, as a code, or empty."""
    shut = member.status in (MemberStatus.FROZEN, MemberStatus.CLOSED)
    return f"member_{member.status.value}" if shut else ""


def stored_offer(
    goods: Money, member: Member, account: MemberAccount, rules: StoredValue | None, today: dt.date
) -> StoredOffer | None:
    """What could be paid with stored value; also while no programme is in force: it is the member's money.

    Args:
        goods: The bill without money in advance.
        member: Whose wallet it is.
        account: Theirs.
        rules: Of the programme; None where it says nothing of stored value.
        today: Business date.

    Returns:
        None where nothing is stored and the shop has no stored value either.
    """
    balance = balance_of(account, today)
    if rules is None and not balance.total:
        return None
    used = rules or DEFAULT_RULES
    reason = status_reason(member)
    most = Money(0) if reason else most_payable(balance, goods, used)
    if not reason and not balance.total:
        reason = "nothing_stored"
    elif not reason and not goods:
        reason = "nothing_to_pay"
    elif not reason and most < goods:
        reason = "balance" if most == balance.total else "bonus_share"
    return StoredOffer(balance.principal, balance.bonus, most, reason)


def without_bonus(paid: Paid, goods: Money, account: MemberAccount, rules: StoredValue | None, today: dt.date) -> Paid:
    """How a bill is paid, with that part of stored value set apart that earns no points."""
    used = rules or DEFAULT_RULES
    amount = paid.of({TenderKind.STORED_VALUE})
    if not amount or (used.earns and used.bonus_earns):
        return paid
    balance = balance_of(account, today)
    if amount > most_payable(balance, goods, used):
        return paid  # the sale refuses it
    bonus = bonus_part(amount, balance, goods, used)
    principal = amount - bonus
    barren = (Money(0) if used.earns else principal) + (Money(0) if used.bonus_earns else bonus)
    return Paid(
        tuple(_less(paid.by_kind, TenderKind.STORED_VALUE, barren)),
        paid.without_points + barren,
    )


def _less(
    by_kind: Iterable[tuple[TenderKind, Money]], kind: TenderKind, off: Money
) -> Iterable[tuple[TenderKind, Money]]:
    for each, amount in by_kind:
        rest = amount - off if each is kind else amount
        if rest:
            yield each, rest
