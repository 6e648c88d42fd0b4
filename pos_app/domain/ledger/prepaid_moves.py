"""What a sale does to stored value: payments take out of lots, recharges and gift cards make them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from pos_app.domain.ids import LotId, MemberId, SaleId, derived_id
from pos_app.domain.ledger.moves import Move, Purpose, Undo, take
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.usage import GIFT_CARDS_SOLD
from pos_app.domain.member import MemberAccount
from pos_app.domain.money import Money, total
from pos_app.domain.offering import OfferingKind
from pos_app.domain.pricing.basket import Basket, BasketLine
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.pricing.recharging import Recharge, status_reason
from pos_app.domain.programme.document import Programme, add_months
from pos_app.domain.programme.prepaid import GiftCardKind, StoredValue, UseOrder
from pos_app.domain.stored_value import DEFAULT_RULES, balance_of, bonus_part, most_payable
from pos_app.domain.tender import OWN, Tender, TenderKind
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import Holding, usable
from pos_app.errors import KnownError

_CARD: Final = LocalText("礼品卡", "Gift card")


def prepaid_moves(
    basket: Basket,
    quote: Quote,
    tenders: Sequence[Tender],
    customer: Customer | None,
    programme: Programme,
    holders: Mapping[MemberId, MemberAccount],
    *,
    sale_id: SaleId,
    today: dt.date,
) -> Iterator[Move]:
    """Payments first, in the order in which they were taken, then what is bought ahead, in the order of the lines.

    Args:
        basket: What is bought.
        quote: Of it.
        tenders: That cover it.
        customer: The member, or None.
        programme: The rules.
        holders: Accounts of gift cards that pay or are sold.
        sale_id: New lots are named after it.
        today: Business date.

    Raises:
        KnownError: ``sale.advance_needs_money``, ``stored.needs_member``, ``stored.member_frozen``,
            ``stored.member_closed``, ``stored.second``, ``stored.too_little``, ``stored.unknown_offer``,
            ``stored.not_open``, ``prepaid.over_limit``, ``gift_card.unknown``, ``gift_card.expired``,
            ``gift_card.empty``, ``gift_card.too_little``, ``gift_card.in_sale``, ``gift_card.known``,
            ``gift_card.amount_wrong``.
    """
    prepaid = total(price.amount for price, line in zip(quote.lines, basket.lines, strict=True) if line.is_prepaid)
    goods = quote.payable - prepaid
    if total(tender.amount for tender in tenders if tender.kind in OWN) > goods:
        raise KnownError("sale.advance_needs_money", prepaid=prepaid)
    kinds = [tender.kind for tender in tenders]
    if kinds.count(TenderKind.STORED_VALUE) > 1:
        raise KnownError("stored.second")
    cards = [tender.account_id for tender in tenders if tender.account_id is not None]
    cards += [line.offering.account_id for line in basket.lines if line.offering and line.offering.account_id]
    if len(set(cards)) < len(cards):
        raise KnownError("gift_card.in_sale")
    for tender in tenders:
        if tender.kind is TenderKind.STORED_VALUE:
            yield from _from_balance(tender.amount, goods, customer, programme, today)
        elif tender.kind is TenderKind.GIFT_CARD:
            yield from _from_card(tender, holders, programme, today)
    yield from _recharged(quote.recharges, customer, programme, sale_id, today)
    for line in basket.lines:
        if line.offering is not None and line.offering.kind is OfferingKind.GIFT_CARD:
            yield _sold_card(line, holders, programme, sale_id, today)


# Paying


def _from_balance(
    amount: Money, goods: Money, customer: Customer | None, programme: Programme, today: dt.date
) -> Iterator[Move]:
    yield from spend(_allowed(customer).account, amount, goods, programme.stored_value or DEFAULT_RULES, today)


def spend(account: MemberAccount, amount: Money, goods: Money, rules: StoredValue, today: dt.date) -> Iterator[Move]:
    """Pay with a member's stored value, in the order of the rules.

    Args:
        account: The member's.
        amount: What is paid.
        goods: The bill without money in advance: a bonus pays for a share of it.
        rules: Of the programme.
        today: Business date.

    Raises:
        KnownError: ``stored.too_little`` with how much is ``possible``.
    """
    balance = balance_of(account, today)
    most = most_payable(balance, goods, rules)
    if amount > most:
        raise KnownError("stored.too_little", possible=most)
    bonus = bonus_part(amount, balance, goods, rules)
    parts = [(Asset.PRINCIPAL, amount - bonus), (Asset.BONUS, bonus)]
    if rules.order is UseOrder.BONUS_FIRST:
        parts.reverse()
    for asset, part in parts:
        for holding, fen in _out_of(usable(account.wallet, asset, today), part.minor):
            yield _spent(holding, account.member_id, fen, rules.name, TenderKind.STORED_VALUE)


def _from_card(
    tender: Tender, holders: Mapping[MemberId, MemberAccount], programme: Programme, today: dt.date
) -> Iterator[Move]:
    card = holders.get(tender.account_id) if tender.account_id is not None else None
    if card is None or not card.used(GIFT_CARDS_SOLD, dt.date.min):
        raise KnownError("gift_card.unknown")
    held = usable(card.wallet, Asset.PRINCIPAL, today)
    possible = balance_of(card, today).principal
    if tender.amount > possible:
        raise card_refusal(card, possible)
    for holding, fen in _out_of(held, tender.amount.minor):
        kind = gift_card_kind(programme, holding.source_id)
        yield _spent(holding, card.member_id, fen, kind.name if kind else _CARD, TenderKind.GIFT_CARD)


def card_refusal(card: MemberAccount, possible: Money) -> KnownError:
    """Why a card does not give as much as is asked of it."""
    if possible:
        return KnownError("gift_card.too_little", possible=possible)
    expired = [each.expires_on for each in card.wallet if each.amount and each.expires_on is not None]
    return KnownError("gift_card.expired", expires_on=max(expired)) if expired else KnownError("gift_card.empty")


def gift_card_kind(programme: Programme, kind_id: str) -> GiftCardKind | None:
    """A kind of gift card; None for one that the programme does not know any more."""
    return next((kind for kind in programme.gift_cards if kind.kind_id == kind_id), None)


def _out_of(holdings: Sequence[Holding], fen: int) -> Iterator[tuple[Holding, int]]:
    for holding in holdings:
        part = min(fen, holding.amount)
        fen -= part
        if part:
            yield holding, part


def _spent(holding: Holding, account_id: MemberId, fen: int, name: LocalText, kind: TenderKind) -> Move:
    move = take(holding, account_id, fen, Purpose.REDEEMED, name)
    return msgspec.structs.replace(move, undo=Undo.TENDER, tender=kind)


# Paying in


def _allowed(customer: Customer | None) -> Customer:
    if customer is None:
        raise KnownError("stored.needs_member")
    reason = status_reason(customer.member)
    if reason:
        raise KnownError(f"stored.{reason}")
    return customer


def _recharged(
    recharges: Sequence[Recharge],
    customer: Customer | None,
    programme: Programme,
    sale_id: SaleId,
    today: dt.date,
) -> Iterator[Move]:
    if not recharges:
        return
    who = _allowed(customer)
    for each in recharges:
        if each.reason == "unknown_offer":
            raise KnownError("stored.unknown_offer")
        if each.reason:
            raise KnownError("stored.not_open", name=each.name.zh)
    rules = programme.stored_value or DEFAULT_RULES
    check_limit(balance_of(who.account, today).total, total(each.principal + each.bonus for each in recharges), rules)
    owed = [each for each in who.account.owed if each.asset is Asset.BONUS]
    until = None if rules.bonus_months is None else add_months(today, rules.bonus_months) - dt.timedelta(days=1)
    for each in recharges:
        paid_in = _new(Asset.PRINCIPAL, who.account.member_id, each, each.principal.minor, sale_id, today, until=None)
        yield paid_in
        rest = each.bonus.minor
        for holding, fen in _out_of(owed, rest):  # a gift first repays what is owed of its kind
            owed = _less(owed, holding, fen)
            rest -= fen
            yield msgspec.structs.replace(
                paid_in,
                asset=Asset.BONUS,
                lot_id=holding.lot_id,
                amount=fen,
                made_on=holding.made_on,
                expires_on=holding.expires_on,
                makes_lot=False,
                is_owed=True,
            )
        if rest:
            yield _new(Asset.BONUS, who.account.member_id, each, rest, sale_id, today, until=until)


def _less(owed: Sequence[Holding], holding: Holding, fen: int) -> list[Holding]:
    kept = [
        msgspec.structs.replace(each, amount=each.amount - fen) if each.lot_id == holding.lot_id else each
        for each in owed
    ]
    return [each for each in kept if each.amount]


def check_limit(stored: Money, more: Money, rules: StoredValue) -> None:
    """Refuse to store more than the programme (and the law) allow.

    Raises:
        KnownError: ``prepaid.over_limit`` with how much is ``possible`` still and the ``limit``.
    """
    possible = max(Money(0), rules.max_balance - stored)
    if more > possible:
        raise KnownError("prepaid.over_limit", possible=possible, limit=rules.max_balance)


def _new(
    asset: Asset,
    account_id: MemberId,
    recharge: Recharge,
    fen: int,
    sale_id: SaleId,
    today: dt.date,
    *,
    until: dt.date | None,
) -> Move:
    return Move(
        asset=asset,
        account_id=account_id,
        lot_id=LotId(derived_id(sale_id, asset.value, recharge.line_no)),
        amount=fen,
        purpose=Purpose.ISSUED,
        source_id=recharge.offer_id,
        name=recharge.name,
        made_on=today,
        expires_on=until,
        makes_lot=True,
        undo=Undo.ADVANCE,
        lines=(recharge.line_no,),
    )


def _sold_card(
    line: BasketLine,
    holders: Mapping[MemberId, MemberAccount],
    programme: Programme,
    sale_id: SaleId,
    today: dt.date,
) -> Move:
    offering = line.offering
    kind = gift_card_kind(programme, offering.offer_id) if offering is not None else None
    if offering is None or offering.account_id is None or kind is None or not programme.is_effective(today):
        raise KnownError("gift_card.other_shop")
    if not kind.is_sold_at(line.product.price):
        raise KnownError("gift_card.amount_wrong", name=kind.name.zh)
    card = holders.get(offering.account_id)
    if card is not None and card.used(GIFT_CARDS_SOLD, dt.date.min):
        raise KnownError("gift_card.known")
    return Move(
        asset=Asset.PRINCIPAL,
        account_id=offering.account_id,
        lot_id=LotId(derived_id(sale_id, "gift_card", line.line_no)),
        amount=line.product.price.minor,
        purpose=Purpose.ISSUED,
        source_id=kind.kind_id,
        name=kind.name,
        made_on=today,
        expires_on=add_months(today, kind.months) - dt.timedelta(days=1),
        makes_lot=True,
        code=offering.code,
        undo=Undo.ADVANCE,
        lines=(line.line_no,),
    )


# Giving a card's value to a member


def transfer(
    card: MemberAccount, customer: Customer, programme: Programme, lot_id: LotId, today: dt.date
) -> tuple[Move, ...]:
    """Move what is left on a card into a member's stored value: it then belongs to a name and has no end.

    Args:
        card: The card's account.
        customer: Who gets it.
        programme: The rules.
        lot_id: For the member's new lot.
        today: Business date.

    Raises:
        KnownError: ``stored.member_frozen``, ``stored.member_closed``, ``stored.none``, ``gift_card.unknown``,
            ``gift_card.empty``, ``gift_card.expired``, ``gift_card.not_transferable``, ``prepaid.over_limit``.
    """
    who = _allowed(customer)
    if programme.stored_value is None:
        raise KnownError("stored.none")
    if not card.used(GIFT_CARDS_SOLD, dt.date.min):
        raise KnownError("gift_card.unknown")
    held = usable(card.wallet, Asset.PRINCIPAL, today)
    if not held:
        raise card_refusal(card, Money(0))
    kind = gift_card_kind(programme, held[0].source_id)
    if kind is not None and not kind.transferable:
        raise KnownError("gift_card.not_transferable", name=kind.name.zh)
    amount = sum(each.amount for each in held)
    check_limit(balance_of(who.account, today).total, Money(amount), programme.stored_value)
    name = kind.name if kind is not None else _CARD
    out = [take(each, card.member_id, each.amount, Purpose.TRANSFERRED, name) for each in held]
    into = Move(
        asset=Asset.PRINCIPAL,
        account_id=who.account.member_id,
        lot_id=lot_id,
        amount=amount,
        purpose=Purpose.TRANSFERRED,
        source_id=held[0].source_id,
        name=name,
        made_on=today,
        makes_lot=True,
    )
    return (*out, into)
