"""What a sale does to holdings: one planner for each kind of thing, all of them pure, their moves in one row."""

from __future__ import annotations

import datetime as dt

from pos_app.domain.ids import SaleId
from pos_app.domain.ledger.moves import Move
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
) -> tuple[Move, ...]:
    """All moves of a sale, in an order that depends on nothing but the sale.

    New lots are named after the sale (``derived_id``), so that a sale which is built twice is the same sale.
    """
    del basket, quote, tenders, customer, programme, sale_id, today  # no planner yet
    return ()
