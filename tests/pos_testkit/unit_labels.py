"""Labels of single items for tests: GS1 codes, Digital Links, and links signed by a brand's key."""

from __future__ import annotations

import hashlib

from pos_testkit import builders

from pos_app.domain.catalog import Product
from pos_app.domain.points import Points
from pos_app.domain.programme.document import Programme, UnitCodes, UnitKey, UnitPoints, What
from pos_app.domain.text import LocalText
from pos_app.domain.unit_codes import UnitCode, to_base64, unit_code
from pos_app.infrastructure.keys import DeviceKey
from pos_app.infrastructure.signatures import sign_link

SITE = "https://id.example"
BRAND = DeviceKey(hashlib.sha256(b"a brand's key for tests").digest())
STRANGER = DeviceKey(hashlib.sha256(b"somebody else's key for tests").digest())


def unit(product: Product, serial: str) -> UnitCode:
    """The code of one item of a product."""
    found = unit_code(product.barcodes[0], serial)
    assert found is not None
    return found


def elements(product: Product, serial: str) -> str:
    """What a scanner sends of a GS1 DataMatrix."""
    return f"]d201{product.barcodes[0].zfill(14)}21{serial}"


def digital_link(product: Product, serial: str) -> str:
    """A GS1 Digital Link that nobody signed."""
    return f"{SITE}/01/{product.barcodes[0].zfill(14)}/21/{serial}"


def signed(product: Product, serial: str, *, key: DeviceKey = BRAND, key_id: str = "k1", site: str = SITE) -> str:
    """A signed link."""
    link = sign_link(key, site, unit(product, serial), key_id)
    assert link is not None
    return link


def unit_key(key_id: str = "k1", key: DeviceKey = BRAND, **more: object) -> UnitKey:
    """The brand's key as a programme names it."""
    return UnitKey(key_id, to_base64(key.public_key), **more)  # type: ignore[arg-type]


def unit_points(points: int = 20, *, times_tier: bool = False) -> UnitPoints:
    """Points that every code carries."""
    return UnitPoints("unit_gift", LocalText("扫码积分", "Points by code"), Points(points), times_tier)


def coded_programme(
    *,
    keys: tuple[UnitKey, ...] | None = None,
    serials: What | None = What(),  # noqa: B008 - immutable
    required: What | None = None,
    points: tuple[UnitPoints, ...] = (),
) -> Programme:
    """The builders' programme with codes of items: of all goods, signed by the brand or with a serial alone."""
    import msgspec

    rules = UnitCodes((unit_key(),) if keys is None else keys, serials, required, points)
    return msgspec.structs.replace(builders.programme(), unit_codes=rules)
