"""What the shop sells."""

from __future__ import annotations

from typing import Final

import msgspec

from pos_app.domain.ids import CategoryId, ProductId
from pos_app.domain.money import FULL_RATE_BP, MAX_ENTRY_MINOR, Money
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

#: Heavier packaging is taken for a mistake.
MAX_TARE_G: Final = 50_000


class Category(msgspec.Struct, frozen=True):
    """A group of products that rules and reports speak of."""

    category_id: CategoryId
    name: LocalText


class Product(msgspec.Struct, frozen=True):
    """A thing that can be sold.

    Attributes:
        product_id: The shop's item number (货号).
        name: As on the shelf label and the receipt.
        barcodes: GTINs and in-house codes, digits as scanned (normalised to no leading zeros beyond EAN-13).
        unit: The word behind a quantity (瓶, 袋, kg).
        price: Regular price per unit, tax included.
        member_price: Price per unit for members, where there is one.
        tax_rate_bp: VAT rate contained in the price, in basis points.
        category_id: The group it belongs to.
        is_weighed: Sold by weight; quantities are kilograms.
        is_open_price: The cashier types the price (services, postage).
        is_discountable: Whether discounts may touch it (tobacco may not).
        is_active: Whether it may be sold now.
        brand: Maker's name, for rules.
        tare_g: Weight of the packaging it is weighed in, in grams; taken off unless the scale did.
    """

    product_id: ProductId
    name: str
    price: Money
    category_id: CategoryId
    barcodes: tuple[str, ...] = ()
    unit: str = "件"
    member_price: Money | None = None
    tax_rate_bp: int = 1300
    is_weighed: bool = False
    is_open_price: bool = False
    is_discountable: bool = True
    is_active: bool = True
    brand: str = ""
    tare_g: int = 0

    def __post_init__(self) -> None:
        for price in (self.price, self.member_price):
            if price is not None and not 0 <= price.minor <= MAX_ENTRY_MINOR:
                raise KnownError("product.price_out_of_range", product=self.product_id)
        if not 0 <= self.tax_rate_bp <= FULL_RATE_BP:
            raise KnownError("product.tax_out_of_range", product=self.product_id)
        if not 0 <= self.tare_g <= MAX_TARE_G:
            raise KnownError("product.tare_out_of_range", product=self.product_id, most=MAX_TARE_G)
