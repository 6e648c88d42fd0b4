"""Prices a basket as tests of pricing like to: at noon, by the builders' programme unless told otherwise."""

from __future__ import annotations

import datetime as dt

from pos_testkit import builders as build

from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer, quote
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import Programme


def price(
    basket: Basket,
    customer: Customer | None = None,
    programme: Programme | None = None,
    *,
    now: dt.datetime = build.NOON,
    today: dt.date | None = None,
    points_value: int = 0,
) -> Quote:
    """A quote of a basket."""
    return quote(
        basket,
        customer,
        programme or build.programme(),
        now,
        today=today or now.date(),
        store="S1",
        points_value=Money(points_value),
    )
