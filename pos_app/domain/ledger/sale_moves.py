"""What a sale does to holdings: one planner for each kind of thing, all of them pure, their moves in one row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pos_app.domain.ids import MemberId, SaleId
from pos_app.domain.ledger.moves import Move
from pos_app.domain.ledger.prepaid_moves import prepaid_moves
from pos_app.domain.member import MemberAccount
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import Programme
from pos_app.domain.tender import Tender


def sale_moves(
    basket: Basket,
    quote: Quote,
    tenders: tuple[Tender, ...],
    customer: Customer | None,
    programme: Programme,
    *,
    sale_id: SaleId,
    today: dt.date,
    holders: Mapping[MemberId, MemberAccount],
) -> tuple[Move, ...]:
    """All moves of a sale, in an order that depends on nothing but the sale.

    New lots are named after the sale (``derived_id``), so that a sale which is built twice is the same sale.
    ``holders`` are the accounts of what anybody may hold: gift cards that pay or are sold.
    """
    return tuple(prepaid_moves(basket, quote, tenders, customer, programme, holders, sale_id=sale_id, today=today))
