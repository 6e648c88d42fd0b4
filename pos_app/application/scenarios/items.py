"""Goods of a scenario into its basket, asked what the till would ask when they are scanned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pos_app.application.scenarios.document import Item, Off
from pos_app.application.scenarios.shop import OF_PROGRAMME, with_shop_line
from pos_app.application.scenarios.stored import with_offer
from pos_app.domain.catalog import Product
from pos_app.domain.ids import CategoryId, ProductId, StaffId
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind, PriceOverride
from pos_app.domain.programme.unit_code_rules import check_has_code, check_key, takes_serial
from pos_app.domain.programme.unit_codes import UnitCodes
from pos_app.domain.unit_codes import read_unit_code
from pos_app.errors import KnownError

CASHIER = StaffId("scenario")


def with_item(basket: Basket, item: Item, rules: UnitCodes, today: dt.date, sold_before: Iterable[str]) -> Basket:
    """A basket with one item more.

    Raises:
        KnownError: As ``Basket.add``; for items with codes of their own ``unit.code_needed``, ``unit.sold``,
            ``unit.unknown_key``, ``unit.wrong_product``, ``unit.key_not_yet``, ``unit.key_expired``.
    """
    if item.offer is not None:
        if item.offer.kind in OF_PROGRAMME:
            return with_shop_line(basket, product_of(item), item.offer)
        return with_offer(basket, item.name, item.price, item.offer)
    product = product_of(item)
    code = _checked_code(item, product, rules, today, sold_before)
    check_has_code(rules, product, code)
    basket = basket.add(product, item.quantity, label_amount=item.label, unit_code=code)
    line_no = basket.lines[-1].line_no
    if item.price_set is not None:
        basket = basket.set_override(line_no, PriceOverride(item.price_set, CASHIER))
    return basket.set_discount(line_no, by_hand(item.off)) if item.off is not None else basket


def product_of(item: Item) -> Product:
    """The goods that a line of a scenario tells of."""
    return Product(
        product_id=ProductId(item.product or item.name),
        name=item.name,
        price=item.price,
        category_id=CategoryId(item.category),
        unit="kg" if item.weighed else "件",
        member_price=item.member_price,
        is_weighed=item.weighed,
        is_discountable=item.discountable,
        brand=item.brand,
    )


def by_hand(off: Off | None) -> ManualDiscount | None:
    """A discount that the cashier gives."""
    if off is None:
        return None
    if off.percent_bp:
        return ManualDiscount(ManualDiscountKind.PERCENT, CASHIER, off_bp=off.percent_bp)
    return ManualDiscount(ManualDiscountKind.AMOUNT, CASHIER, off=off.amount)


def _checked_code(item: Item, product: Product, rules: UnitCodes, today: dt.date, sold_before: Iterable[str]) -> str:
    """The code of the item in its normal form; empty where the programme does not look at it."""
    unit = read_unit_code(item.unit_code)
    if unit is None:
        return ""
    if unit.text in {known.text for each in sold_before if (known := read_unit_code(each)) is not None}:
        raise KnownError("unit.sold", name=product.name)
    if not item.signed_by:
        return unit.text if takes_serial(rules, product) else ""
    key = next((each for each in rules.keys if each.key_id == item.signed_by), None)
    if key is None:
        raise KnownError("unit.unknown_key", name=product.name, key=item.signed_by)
    check_key(key, product, today)
    return unit.text
