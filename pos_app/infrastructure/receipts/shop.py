"""Whose papers these are."""

from __future__ import annotations

import msgspec

from pos_app.domain.text import LocalText


class ShopHeader(msgspec.Struct, frozen=True):
    """What the head and the foot of a receipt say of the shop; what is empty is left out.

    Attributes:
        name: Large, at the top.
        address: Below it.
        phone: As customers call it.
        tax_number: The shop's.
        footer: Last words; empty takes the template's.
        logo: PNG file content, above the name.
    """

    name: LocalText
    address: LocalText = LocalText("")
    phone: str = ""
    tax_number: str = ""
    footer: LocalText = LocalText("")
    logo: bytes = b""
