"""Prices a basket as tests of pricing like to: at noon, by the builders' programme unless told otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pos_testkit import builders as build

from pos_app.domain.ids import MemberId
from pos_app.domain.member import MemberAccount
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import NO_BEARERS, Customer, quote
from pos_app.domain.pricing.paid import NOTHING_PAID, Paid
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import Programme
from pos_app.domain.tender import TenderKind


def paid_by_points(fen: int) -> Paid:
    """So much is paid with points, of the rest nothing is known."""
    return Paid(((TenderKind.POINTS, Money(fen)),)) if fen else NOTHING_PAID


def price(
    basket: Basket,
    customer: Customer | None = None,
    programme: Programme | None = None,
    *,
    now: dt.datetime = build.NOON,
    today: dt.date | None = None,
    points_value: int = 0,
    paid: Paid | None = None,
    bearers: Mapping[MemberId, MemberAccount] = NO_BEARERS,
) -> Quote:
    """A quote of a basket; ``points_value`` fen of it are paid with points, or it is paid as ``paid`` says."""
    return quote(
        basket,
        customer,
        programme or build.programme(),
        now,
        today=today or now.date(),
        store="S1",
        paid=paid_by_points(points_value) if paid is None else paid,
        bearers=bearers,
    )
