"""What a scenario has of the points shop, of count cards and of services: lines, choices, stock, and what is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from pos_app.application.scenarios.part import Part
from pos_app.application.scenarios.stored import Offer
from pos_app.domain.catalog import Product
from pos_app.domain.ledger.draws import prize_left
from pos_app.domain.ledger.moves import Move, Purpose, take
from pos_app.domain.ledger.postings import Asset, Posting, gift_account
from pos_app.domain.member import MemberAccount
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.pricing.shop import SHOP_KINDS, shop_rules, stock_left
from pos_app.domain.pricing.uses import service_left
from pos_app.domain.programme.burning import Draw, stock_of
from pos_app.domain.programme.document import Programme
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import usable
from pos_app.errors import KnownError


class Uses(Part, frozen=True):
    """Uses of a count card that the member brings along.

    Attributes:
        card: Which card of the programme.
        uses: How many are left.
        expires_on: Last day; never, where it is not given.
        made_on: Day on which the card was sold.
    """

    card: str
    uses: int
    expires_on: dt.date | None = None
    made_on: dt.date = dt.date(2000, 1, 1)


class Use(Part, frozen=True):
    """Something of what the member has that is used in the basket.

    Attributes:
        id: Which count card or service.
        count: How many uses at most.
    """

    id: str
    count: int = 1


#: What points buy, and count cards: lines with a price of the programme.
OF_PROGRAMME: Final = SHOP_KINDS | {OfferingKind.COUNT_CARD}


def with_shop_line(basket: Basket, product: Product, offer: Offer) -> Basket:
    """The basket with a line that the programme sells; its price is the cash it costs."""
    return basket.add_offering(
        msgspec.structs.replace(product, member_price=None, is_discountable=False), Offering(offer.kind, offer.id)
    )


def with_uses(
    basket: Basket, wanted: Iterable[Use], account: MemberAccount | None, programme: Programme, today: dt.date
) -> Basket:
    """The basket with what is chosen; of a card the lot that ends first is used first.

    Raises:
        KnownError: ``scenario.wrong`` for one that the programme does not have.
    """
    for number, use in enumerate(wanted, 1):
        if any(service.service_id == use.id for service in programme.services):
            basket = basket.use(Used(use.id, count=use.count))
            continue
        if not any(card.card_id == use.id for card in programme.count_cards):
            raise KnownError("scenario.wrong", problems=(f"use[{number}].id: the programme has no {use.id!r}",))
        left = use.count
        for lot in usable(account.wallet if account else (), Asset.USE, today, use.id):
            count = min(left, lot.amount)
            if count:
                basket = basket.use(Used(use.id, lot.lot_id, count=count))
                left -= count
    return basket


def moved_before(stock: Mapping[str, int], programme: Programme) -> dict[str, int]:
    """What came and went of gifts before the sale, so that as many are left as the scenario says.

    Raises:
        KnownError: ``scenario.wrong`` for a stock that nobody counts.
    """
    counted = {**_stock(programme, {})}
    for what in stock:
        if what not in counted:
            raise KnownError("scenario.wrong", problems=(f"stock.{what}: nobody counts the stock of this",))
    return {what: left - counted[what] for what, left in stock.items()}


def stock_now(programme: Programme, before: Mapping[str, int], postings: Iterable[Posting]) -> dict[str, int]:
    """What is left of everything that is counted."""
    moved = dict(before)
    names = {gift_account(what): what for what in _stock(programme, {})}
    for posting in postings:
        what = names.get(posting.account)
        if what is not None:
            moved[what] = moved.get(what, 0) + posting.amount
    return _stock(programme, moved)


def _stock(programme: Programme, moved: Mapping[str, int]) -> dict[str, int]:
    result: dict[str, int] = {}
    for rule in shop_rules(programme):
        if isinstance(rule, Draw):
            for prize in rule.prizes:
                left = prize_left(rule, prize, moved)
                if left is not None:
                    result[stock_of(rule.rule_id, prize.prize_id)] = left
        else:
            left = stock_left(rule, moved)
            if left is not None:
                result[stock_of(rule.rule_id)] = left
    return result


def uses_now(account: MemberAccount | None, programme: Programme, today: dt.date) -> dict[str, int]:
    """Uses that are left of every card and every service."""
    if account is None:
        return {}
    cards = {
        card.card_id: sum(lot.amount for lot in usable(account.wallet, Asset.USE, today, card.card_id))
        for card in programme.count_cards
    }
    return cards | {service.service_id: service_left(service, account, today) for service in programme.services}


def used_elsewhere(account: MemberAccount, card_id: str, count: int, today: dt.date) -> tuple[Move, ...]:
    """The moves of uses that the member takes in another sale.

    Raises:
        KnownError: ``scenario.wrong`` where there are not so many.
    """
    moves: list[Move] = []
    for lot in usable(account.wallet, Asset.USE, today, card_id):
        part = min(count, lot.amount)
        if part:
            count -= part
            moves.append(take(lot, account.member_id, part, Purpose.REDEEMED, LocalText(card_id)))
    if count:
        raise KnownError("scenario.wrong", problems=(f"used_before.{card_id}: {count} uses too many",))
    return tuple(moves)
