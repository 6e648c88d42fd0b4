"""What a sale does to terms of tiers: each line that sells one makes a lot, which goes when the line comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from pos_app.domain.ids import SaleId
from pos_app.domain.ledger.bodies import Refund, RefundLine, Sale
from pos_app.domain.ledger.moves import Move, Purpose, Undo
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.offering import OfferingKind
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.pricing.terms import terms_of
from pos_app.domain.programme.document import Programme
from pos_app.errors import KnownError


def term_moves(
    basket: Basket, quote: Quote, customer: Customer | None, programme: Programme, *, sale_id: SaleId, today: dt.date
) -> Iterator[Move]:
    """The moves of a basket's terms.

    Raises:
        KnownError: ``term.needs_member``; ``term.not_sold``.
    """
    if not any(line.offering and line.offering.kind is OfferingKind.TIER_TERM for line in basket.lines):
        return
    if customer is None or quote.tier is None:
        raise KnownError("term.needs_member")
    for term in terms_of(basket.lines, customer.account, programme, today):
        held = term.holding(sale_id)
        yield Move(
            asset=Asset.TERM,
            account_id=customer.member.member_id,
            lot_id=held.lot_id,
            amount=1,
            purpose=Purpose.ISSUED,
            source_id=term.tier.tier_id,
            name=term.tier.name,
            made_on=term.begins,
            expires_on=term.until,
            makes_lot=True,
            undo=Undo.LINES,
            lines=(term.line_no,),
        )


def without_terms(
    account: MemberAccount, sale: Sale, earlier: Sequence[Refund], lines: Sequence[RefundLine]
) -> MemberAccount:
    """An account without the terms whose lines have come back with these."""
    back: dict[int, int] = {}
    for line in (*(line for refund in earlier for line in refund.lines), *lines):
        back[line.line_no] = back.get(line.line_no, 0) + line.quantity.milli
    whole = {line.line_no for line in sale.lines if back.get(line.line_no, 0) >= line.quantity.milli}
    gone = {move.lot_id for move in sale.moves if move.asset is Asset.TERM and whole.issuperset(move.lines)}
    return msgspec.structs.replace(account, wallet=tuple(each for each in account.wallet if each.lot_id not in gone))
