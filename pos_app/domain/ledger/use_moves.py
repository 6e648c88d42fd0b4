"""Count cards in a sale: uses given with a card that is sold, uses taken where the basket used one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from pos_app.domain.ids import LotId, SaleId, derived_id
from pos_app.domain.ledger.moves import Move, Purpose, Undo, take
from pos_app.domain.ledger.planning import after_moves, give
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.offering import OfferingKind
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.quote import Quote, ReductionKind
from pos_app.domain.programme.count_cards import CountCard
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.periods import add_months


def use_moves(
    basket: Basket,
    quote: Quote,
    account: MemberAccount,
    programme: Programme,
    *,
    sale_id: SaleId,
    today: dt.date,
) -> tuple[Move, ...]:
    """The moves of uses: those taken first, then those of the cards that are sold.

    Args:
        basket: What is sold.
        quote: Which uses it takes.
        account: The member's, as what else in the sale gives uses leaves it.
        programme: The rules.
        sale_id: New lots are named after it.
        today: Business date.
    """
    moves = list(_taken(quote, account))
    cards = {card.card_id: card for card in programme.count_cards}
    for line in basket.lines:
        if line.offering is not None and line.offering.kind is OfferingKind.COUNT_CARD:
            card = cards[line.offering.offer_id]
            given = give(_card(card, line.line_no, account, sale_id, today), after_moves(account, moves))
            left = sum(
                each.amount
                for each in after_moves(account, (*moves, *given)).wallet
                if each.asset is Asset.USE and each.source_id == card.card_id and each.is_usable(today)
            )
            moves += (msgspec.structs.replace(each, left=left) for each in given)
    return tuple(moves)


def _taken(quote: Quote, account: MemberAccount) -> Iterator[Move]:
    wallet = {each.lot_id: each for each in account.wallet}
    for offer in quote.uses:
        if offer.kind is not ReductionKind.COUNT_CARD or offer.lot_id is None:
            continue
        left = offer.left
        for line_no, count in offer.taken:
            left -= count
            move = take(
                wallet[offer.lot_id], account.member_id, count, Purpose.REDEEMED, offer.name, rule_id=offer.source_id
            )
            yield msgspec.structs.replace(move, undo=Undo.LINES, lines=(line_no,), left=left)


def _card(card: CountCard, line_no: int, account: MemberAccount, sale_id: SaleId, today: dt.date) -> Move:
    return Move(
        asset=Asset.USE,
        account_id=account.member_id,
        lot_id=LotId(derived_id(sale_id, "count_card", line_no)),
        amount=card.uses,
        purpose=Purpose.ISSUED,
        source_id=card.card_id,
        rule_id=card.card_id,
        name=card.name,
        made_on=today,
        expires_on=card_expiry(card, today),
        makes_lot=True,
        undo=Undo.UNUSED,
        lines=(line_no,),
    )


def card_expiry(card: CountCard, sold_on: dt.date) -> dt.date | None:
    """Last day of a card that is sold on a day."""
    if card.valid_months is not None:
        return add_months(sold_on, card.valid_months) - dt.timedelta(days=1)
    return None if card.valid_days is None else sold_on + dt.timedelta(days=card.valid_days)
