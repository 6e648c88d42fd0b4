"""What conditions and tiers mean, read from the product's description a second time: tests compare both readings."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from pos_testkit import builders as build

from pos_app.domain.catalog import Product
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.programme.document import Birthdays, Conditions, Programme, Tier, What


def half_up(value: Fraction) -> int:
    """The nearest whole number; halves go up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def speaks(conditions: Conditions, customer: Customer | None, tier: str, day: dt.date = build.TODAY) -> bool:
    """Whether conditions are met at noon of a day in store S1."""
    who, when = conditions.who, conditions.when
    if conditions.stores and "S1" not in conditions.stores:
        return False
    if (when.weekdays and day.isoweekday() not in when.weekdays) or (
        when.days_of_month and day.day not in when.days_of_month
    ):
        return False
    if customer is None:
        return not (who.tiers or who.tags or who.birthday)
    if who.tiers and tier not in who.tiers:
        return False
    if who.tags and not any(tag in who.tags for tag in customer.member.tags):
        return False
    if who.birthday is None:
        return True
    born = customer.member.birthday
    if born is None:
        return False
    this_year = (
        dt.date(day.year, 2, 28) if (born.month, born.day) == (2, 29) else dt.date(day.year, born.month, born.day)
    )
    away = abs((this_year - day).days)
    return {Birthdays.DAY: away == 0, Birthdays.WEEK: away <= 3, Birthdays.MONTH: born.month == day.month}[who.birthday]


def touches(what: What, product: Product) -> bool:
    """Whether goods are meant."""
    named = [*what.categories, *what.products, *what.brands]
    inside = not named or bool({product.category_id, product.product_id, product.brand} & set(named))
    return inside and product.category_id not in what.except_categories


def tier_of(customer: Customer, programme: Programme) -> Tier:
    """The tier a member is priced in."""
    spend, visits = customer.account.progress.spend.minor, customer.account.progress.visits
    possible = [programme.tiers[0]]
    possible += [t for t in programme.tiers if t.tier_id == customer.member.tier_id]
    possible += [
        t
        for t in programme.tiers
        if t.reach and t.reach.spend and t.reach.visits and (spend >= t.reach.spend.minor or visits >= t.reach.visits)
    ]
    return max(possible, key=lambda t: t.rank)
