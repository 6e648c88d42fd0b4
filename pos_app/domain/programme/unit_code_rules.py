"""What a programme says of one item's code: whether it is taken, and whether goods may be sold without one."""

from __future__ import annotations

import datetime as dt

from pos_app.domain.catalog import Product
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.unit_codes import UnitCodes, UnitKey
from pos_app.errors import KnownError


def takes_serial(rules: UnitCodes, product: Product) -> bool:
    """Whether a GS1 serial number that nobody signed counts as the code of one item of a product."""
    return rules.serials is not None and not product.is_weighed and covers(rules.serials, product)


def needs_code(rules: UnitCodes, product: Product) -> bool:
    """Whether a product is sold by the code of the item only."""
    return rules.required is not None and not product.is_weighed and covers(rules.required, product)


def check_has_code(rules: UnitCodes, product: Product, unit_code: str) -> None:
    """Refuse goods without the code they are sold by.

    Raises:
        KnownError: ``unit.code_needed``.
    """
    if not unit_code and needs_code(rules, product):
        raise KnownError("unit.code_needed", name=product.name)


def check_key(key: UnitKey, product: Product, today: dt.date) -> None:
    """Refuse a link whose signature is right and yet does not speak for this product today.

    Raises:
        KnownError: ``unit.wrong_product``, ``unit.key_not_yet``, ``unit.key_expired``.
    """
    if product.is_weighed or not covers(key.what, product):
        raise KnownError("unit.wrong_product", name=product.name)
    if key.from_date is not None and today < key.from_date:
        raise KnownError("unit.key_not_yet", name=product.name, date=key.from_date.isoformat())
    if key.to_date is not None and today > key.to_date:
        raise KnownError("unit.key_expired", name=product.name, date=key.to_date.isoformat())
