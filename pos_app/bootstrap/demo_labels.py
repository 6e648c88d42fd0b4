"""Labels of single items in the demo shop: genuine, sold before, forged.

The demo's key is made from a constant that stands here for everybody to read. It signs the demo's bottles and protects
nothing; a shop's own key comes from ``guitai unit-codes key``.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.unit_codes import unit_code
from pos_app.infrastructure.keys import DeviceKey
from pos_app.infrastructure.signatures import sign_link

if TYPE_CHECKING:
    from pos_app.application.till import Till
    from pos_app.domain.catalog import Product
    from pos_app.domain.staff import Operator

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


def sell_one_before(till: Till, operator: Operator) -> None:
    """Sell one bottle in a shift of its own, so that its code is refused when it is scanned again.

    Does nothing where a shift was opened before. The shift's report is not printed: nobody waits for it.
    """
    product = till.context.replica.product_by_code(BOTTLE)
    with till.context.ledger.read() as reader:
        is_first = reader.last_shift_number() == 0
    unit = unit_code(product.barcodes[0], SOLD_BEFORE) if product is not None and product.barcodes else None
    if not is_first or product is None or unit is None:
        return
    from pos_app.application.selling import CompleteSale

    till.shifts.open(operator, Money(0))
    selling = till.selling
    basket = Basket().add(product, Quantity.pieces(1), unit_code=unit.text)
    payable = selling.price(basket, None, selling.programme()).payable
    paid = (Tender(TenderKind.MOBILE, payable, payable, "DEMO"),)
    selling.complete(operator, CompleteSale(selling.new_sale_id(), basket, paid, payable, print_receipt=False))
    till.shifts.close(operator, ())
    with till.context.ledger.read() as reader:
        jobs = list(reader.open_jobs())
    for job in jobs:
        till.queue.cancel(operator, job.job_id)
