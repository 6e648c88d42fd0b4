"""Stored value and gift cards in scenarios: what is held before, what is bought ahead, what is spent elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from pos_app.application.scenarios.part import Part
from pos_app.domain.catalog import Product
from pos_app.domain.ids import LotId, MemberId, derived_id
from pos_app.domain.ledger.moves import move_postings
from pos_app.domain.ledger.postings import Asset, Posting, entry, sales_account
from pos_app.domain.ledger.prepaid_moves import spend
from pos_app.domain.ledger.usage import GIFT_CARDS_SOLD
from pos_app.domain.member import MemberAccount, Usage
from pos_app.domain.money import Money
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.recharging import FREE, free_offer, gift_card_product, recharge_product
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.prepaid import GiftCardKind
from pos_app.domain.stored_value import DEFAULT_RULES
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import Holding
from pos_app.errors import KnownError

_LONG_AGO: Final = dt.date(2000, 1, 1)
#: Names what has no record in a scenario: cards by their name, lots by their place.
_ROOT: Final = UUID(int=0x5)


class StoredLot(Part, frozen=True):
    """Stored value by lot, for cases in which lots matter.

    Attributes:
        principal: Paid in; either this or ``bonus``.
        bonus: Given on top.
        expires_on: Last day; never, where it is not given.
        given_on: Day of the recharge, for the order of use among equals.
    """

    principal: Money = Money(0)
    bonus: Money = Money(0)
    expires_on: dt.date | None = None
    given_on: dt.date = _LONG_AGO


class CardBefore(Part, frozen=True):
    """A gift card that was sold before.

    Attributes:
        card: A name for it in this file.
        kind: Which kind of the programme.
        left: What is left on it.
        expires_on: Last day; never, where it is not given.
    """

    card: str
    kind: str
    left: Money
    expires_on: dt.date | None = None


class Offer(Part, frozen=True):
    """What of the programme a line of the basket buys; the line's price is the cash it costs.

    Attributes:
        kind: recharge, gift_card, count_card, points_item, points_coupon or draw.
        id: Of a recharge: a step of the ladder, ``free`` or ``change``; of a gift card: its kind; of a count card: its
            id; else the rule of the points shop.
        card: For a gift card: a name for it in this file.
    """

    kind: OfferingKind
    id: str
    card: str = ""


def with_offer(basket: Basket, name: str, price: Money, offer: Offer) -> Basket:
    """A basket with something of the programme more.

    Raises:
        KnownError: ``scenario.wrong`` for what is not bought ahead.
    """
    product: Product
    if offer.kind is OfferingKind.RECHARGE:
        offer_id = free_offer(price) if offer.id == FREE else offer.id
        product = recharge_product(name, price, offer_id)
        return basket.add_offering(product, Offering(offer.kind, offer_id))
    if offer.kind is OfferingKind.GIFT_CARD:
        product = gift_card_product(GiftCardKind(offer.id, LocalText(name), ""), price, name)
        return basket.add_offering(product, Offering(offer.kind, offer.id, offer.card, card_account(offer.card)))
    raise KnownError("scenario.wrong", problems=(f"offer.kind: {offer.kind.value} is not bought ahead",))


def card_account(card: str) -> MemberId:
    """The account of a card by its name in the file."""
    return MemberId(derived_id(_ROOT, f"card:{card}"))


def member_holdings(principal: Money, bonus: Money, lots: tuple[StoredLot, ...]) -> tuple[Holding, ...]:
    """What a member has stored before."""
    told = (StoredLot(principal=principal), StoredLot(bonus=bonus), *lots)
    return tuple(
        Holding(asset, LotId(derived_id(_ROOT, asset.value, place)), amount.minor, "", each.given_on, each.expires_on)
        for place, each in enumerate(told)
        for asset, amount in ((Asset.PRINCIPAL, each.principal), (Asset.BONUS, each.bonus))
        if amount
    )


def card_holdings(card: CardBefore) -> tuple[Holding, ...]:
    """What is on a card before."""
    lot_id = LotId(derived_id(_ROOT, f"lot:{card.card}"))
    held = Holding(Asset.PRINCIPAL, lot_id, card.left.minor, card.kind, _LONG_AGO, card.expires_on, card.card)
    return (held,) if card.left else ()


def card_usage() -> tuple[Usage, ...]:
    """That a card was sold."""
    return (Usage(GIFT_CARDS_SOLD, _LONG_AGO, 1),)


def own_tenders(stored: Money, cards: Mapping[str, Money]) -> tuple[Tender, ...]:
    """Payments from the balance and with cards."""
    paid = tuple(
        Tender(TenderKind.GIFT_CARD, amount, amount, name, account_id=card_account(name))
        for name, amount in cards.items()
    )
    return (*((Tender(TenderKind.STORED_VALUE, stored, stored),) if stored else ()), *paid)


def spent_elsewhere(account: MemberAccount, amount: Money, programme: Programme, today: dt.date) -> tuple[Posting, ...]:
    """What another sale, paid from the balance, does to the books."""
    rules = programme.stored_value or DEFAULT_RULES
    moves = tuple(spend(account, amount, amount, rules, today))
    return (*move_postings(moves), *entry(Asset.FEN, sales_account(0), -amount.minor))
