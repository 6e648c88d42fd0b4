"""Coupons in scenarios: what the member holds, what is used, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from pos_app.application.coupons import use_offer
from pos_app.application.scenarios.part import Part
from pos_app.domain.ids import LotId
from pos_app.domain.ledger.bodies import Refund
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.pricing.engine import Customer, best_coupons, quote
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import Programme
from pos_app.domain.wallet import Holding, amount_of
from pos_app.errors import KnownError

#: In ``use``: the till chooses.
BEST = "best"
#: What ``coupon_reasons`` says of a coupon that was used.
APPLIED = "applied"
#: Figures of a sale by coupon.
COUPON_FIGURES = ("coupon_worth", "coupon_off", "coupon_missing", "coupon_reasons", "coupons_left")


class CouponHeld(Part, frozen=True):
    """Coupons the member brings along.

    Attributes:
        coupon: Which, as the programme names it.
        uses: How many uses are left.
        expires_on: Last day; never, where it is not given.
        made_on: First day; long ago, where it is not given.
    """

    coupon: str
    uses: int = 1
    expires_on: dt.date | None = None
    made_on: dt.date = dt.date(2000, 1, 1)


def holdings_of(told: Sequence[CouponHeld], next_lot: Callable[[], LotId]) -> tuple[Holding, ...]:
    """The lots of what is told."""
    return tuple(
        Holding(Asset.COUPON, next_lot(), each.uses, each.coupon, each.made_on, each.expires_on) for each in told
    )


def choose(
    basket: Basket,
    wanted: Sequence[str],
    customer: Customer | None,
    programme: Programme,
    now: dt.datetime,
    today: dt.date,
    store: str,
) -> Basket:
    """The basket with coupons chosen as a cashier would choose them, one touch after the other.

    Raises:
        KnownError: As ``coupons.use_offer``; ``coupon.unknown`` for one the member does not hold.
    """
    lots = {each.lot_id: each.amount for each in (customer.account.wallet if customer is not None else ())}
    for coupon_id in wanted:
        coupon = programme.coupon(coupon_id)
        if coupon_id == BEST:
            basket = best_coupons(basket, customer, programme, now, today=today, store=store)
        elif coupon is not None and coupon.shared_code:
            basket = basket.use(Used(coupon_id))
        else:
            priced = quote(basket, customer, programme, now, today=today, store=store)
            offers = [each for each in priced.coupons if each.coupon_id == coupon_id]
            if not offers:
                raise KnownError("coupon.unknown")
            chosen = {each.lot_id: each.count for each in basket.used}
            free = [each for each in offers if any(chosen.get(lot, 0) < lots[lot] for lot in each.lots)]
            basket = use_offer(basket, (free or offers)[0], lots, programme)
    return basket


def quote_figures(quote: Quote) -> dict[str, Any]:
    """What a quote says of coupons; of several alike ones the first."""
    first = {each.coupon_id: each for each in reversed(quote.coupons)}
    return {
        "coupon_worth": {coupon_id: each.worth for coupon_id, each in first.items()},
        "coupon_off": {coupon_id: each.off for coupon_id, each in first.items()},
        "coupon_missing": {coupon_id: each.missing for coupon_id, each in first.items() if each.missing is not None},
        "coupon_reasons": {
            coupon_id: APPLIED if each.used and not each.reason else each.reason for coupon_id, each in first.items()
        },
    }


def left_figures(account: MemberAccount | None, programme: Programme, today: dt.date) -> dict[str, int]:
    """How many uses the member has left of each coupon of the programme."""
    return {
        each.coupon_id: amount_of(account.wallet if account else (), Asset.COUPON, today, each.coupon_id)
        for each in programme.coupons
    }


def back_figures(refund: Refund) -> dict[str, int]:
    """How many uses a refund gave back, by coupon."""
    result: dict[str, int] = {}
    for move in refund.moves:
        if move.asset is Asset.COUPON and move.amount > 0:
            result[move.source_id] = result.get(move.source_id, 0) + move.amount
    return result
