"""What a sale does to holdings: one planner for each kind of thing, all of them pure, their moves in one row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from pos_app.domain.ids import MemberId, SaleId
from pos_app.domain.ledger.bodies_shop import Drawn
from pos_app.domain.ledger.coupons import coupon_moves
from pos_app.domain.ledger.lots import plan_burn
from pos_app.domain.ledger.moves import Move
from pos_app.domain.ledger.planning import after_moves
from pos_app.domain.ledger.prepaid_moves import prepaid_moves
from pos_app.domain.ledger.shop_moves import shop_moves
from pos_app.domain.ledger.term_moves import term_moves
from pos_app.domain.ledger.use_moves import use_moves
from pos_app.domain.member import MemberAccount
from pos_app.domain.points import Points
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
    draws: Sequence[Drawn] = (),
) -> tuple[Move, ...]:
    """All moves of a sale, in an order that depends on nothing but the sale.

    New lots are named after the sale (``derived_id``), so that a sale which is built twice is the same sale. Each
    planner sees the account as those before it leave it. ``holders`` are the accounts of what anybody may hold: gift
    cards that pay or are sold.

    Raises:
        KnownError: ``points.too_few``, ``sale.line_refused``, ``term.needs_member``, ``term.not_sold``.
    """
    terms = tuple(term_moves(basket, quote, customer, programme, sale_id=sale_id, today=today))
    prepaid = tuple(prepaid_moves(basket, quote, tenders, customer, programme, holders, sale_id=sale_id, today=today))
    used = coupon_moves(quote)
    if customer is None or quote.tier is None:
        return (*used, *prepaid)
    account = _paid_with_points(customer.account, quote, tenders, today)
    account = after_moves(account, (*used, *prepaid))
    moves = use_moves(basket, quote, account, programme, sale_id=sale_id, today=today)
    account = after_moves(account, moves)
    shop = shop_moves(basket, quote, account, programme, draws, sale_id=sale_id, today=today)
    return (*used, *prepaid, *terms, *moves, *shop)


def _paid_with_points(
    account: MemberAccount, quote: Quote, tenders: tuple[Tender, ...], today: dt.date
) -> MemberAccount:
    """The account without the points that pay as cash, which are no moves, and with what earned points repay."""
    paid = Points(sum(tender.points.count for tender in tenders))
    gone = {part.lot_id: part.points.count for part in plan_burn(account.lots, paid, today)}
    return msgspec.structs.replace(
        account,
        lots=tuple(
            msgspec.structs.replace(lot, available=lot.available - gone.get(lot.lot_id, 0)) for lot in account.lots
        ),
        receivable=max(0, account.receivable - quote.points_earned.count),
    )
