"""From what a scale says to the quantity of a line: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.quantity import Quantity
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from pos_app.domain.catalog import Product


def weighed_quantity(product: Product, grams: int, *, is_net: bool) -> Quantity:
    """How much of a product lies on the scale, without its packaging.

    Args:
        product: What is weighed.
        grams: What the scale shows.
        is_net: A tare was taken off at the scale, so nothing is taken off here.

    Raises:
        KnownError: ``scale.only_tare`` where nothing but the packaging lies there, or as ``Quantity``.
    """
    net = grams if is_net else grams - product.tare_g
    if net <= 0:
        raise KnownError("scale.only_tare", name=product.name, tare=product.tare_g)
    return Quantity(net)
