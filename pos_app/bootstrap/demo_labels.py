"""Labels of single items in the demo shop: genuine, sold before, forged.

The demo's key is made from a constant that stands here for everybody to read. It signs the demo's bottles and protects
nothing; a shop's own key comes from ``guitai unit-codes key``.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from pos_app.domain.unit_codes import unit_code
from pos_app.infrastructure.keys import DeviceKey
from pos_app.infrastructure.signatures import sign_link

if TYPE_CHECKING:
    from pos_app.domain.catalog import Product

DEMO_KEY_ID: Final = "demo"
DEMO_KEY: Final = DeviceKey(hashlib.sha256(b"guitai demo shop: everybody knows this key, it protects nothing").digest())
_FORGER: Final = DeviceKey(hashlib.sha256(b"guitai demo shop: a forger's key").digest())
_SITE: Final = "https://id.example"
#: The bottle that the demo's programme sells by its own code only.
BOTTLE: Final = "101606"
GENUINE: Final = ("K7M2A4C6", "K7M2A4D8")
SOLD_BEFORE: Final = "H3P9X5W2"
FORGED: Final = "Z8Z8Z8Z8"


def link_of(product: Product, serial: str, *, forged: bool = False) -> str:
    """The link on the label of one bottle; empty for goods that have no number."""
    unit = unit_code(product.barcodes[0], serial) if product.barcodes else None
    if unit is None:
        return ""
    return sign_link(_FORGER if forged else DEMO_KEY, _SITE, unit, DEMO_KEY_ID) or ""
