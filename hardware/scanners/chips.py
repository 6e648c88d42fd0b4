"""Chip cards and tags (RFID): the same number, whichever way a reader writes it.

Readers differ in base and byte order. A shop says which way its own readers write (`ChipForm`), and a card then has one
number at all tills. Tags on goods carry a GTIN and a serial number (SGTIN-96).
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from hardware.scanners import gs1


class ChipForm(enum.StrEnum):
    """How a reader writes the number of a chip."""

    DECIMAL = "decimal"
    """Ten digits: a four-byte number as most readers with a keyboard plug type it."""
    DECIMAL_REVERSED = "decimal_reversed"
    """Ten digits of the bytes in the other order."""
    HEX = "hex"
    """Eight hexadecimal digits; the same chip as DECIMAL."""
    HEX_REVERSED = "hex_reversed"
    """Eight hexadecimal digits, last byte first."""
    HEX_LONG = "hex_long"
    """Fourteen hexadecimal digits: a number of seven bytes."""
    WIEGAND = "wiegand"
    """``188,24910``: site and number as access readers write them."""
    EPC = "epc"
    """24 hexadecimal digits of a tag read from afar; of goods it says GTIN and serial number."""


class ChipNumber(NamedTuple):
    """What a chip says.

    Attributes:
        number: One way of writing for each chip: ten digits of four bytes, capitals for longer ones.
        gtin: Of a tag on goods, 14 digits; else empty.
        serial: Of a tag on goods; else empty.
    """

    number: str
    gtin: str = ""
    serial: str = ""


_FORMS: Final = {
    ChipForm.DECIMAL: re.compile(r"\d{10}", re.ASCII),
    ChipForm.DECIMAL_REVERSED: re.compile(r"\d{10}", re.ASCII),
    ChipForm.HEX: re.compile(r"[0-9A-Fa-f]{8}", re.ASCII),
    ChipForm.HEX_REVERSED: re.compile(r"[0-9A-Fa-f]{8}", re.ASCII),
    ChipForm.HEX_LONG: re.compile(r"[0-9A-Fa-f]{14}", re.ASCII),
    ChipForm.WIEGAND: re.compile(r"(\d{1,3}),(\d{1,5})", re.ASCII),
    ChipForm.EPC: re.compile(r"[0-9A-Fa-f]{24}", re.ASCII),
}
_FOUR_BYTES: Final = 1 << 32
_SGTIN_96: Final = 0x30
#: Bits and digits of the company's number, by partition; what is left of 44 bits and 13 digits is the item's.
_PARTITIONS: Final = ((40, 12), (37, 11), (34, 10), (30, 9), (27, 8), (24, 7), (20, 6))


def read_chip(text: str, forms: Iterable[ChipForm]) -> ChipNumber | None:
    """The number of a chip, if the text is written in one of the shop's forms."""
    for form in forms:
        match = _FORMS[form].fullmatch(text)
        found = _number(form, match) if match else None
        if found is not None:
            return found
    return None


def _number(form: ChipForm, match: re.Match[str]) -> ChipNumber | None:
    text = match[0]
    match form:
        case ChipForm.DECIMAL | ChipForm.DECIMAL_REVERSED:
            return _four_bytes(int(text), reverse=form is ChipForm.DECIMAL_REVERSED)
        case ChipForm.HEX | ChipForm.HEX_REVERSED:
            return _four_bytes(int(text, 16), reverse=form is ChipForm.HEX_REVERSED)
        case ChipForm.WIEGAND:
            site, number = int(match[1]), int(match[2])
            return ChipNumber(f"{site:03d},{number:05d}") if site < 1 << 8 and number < 1 << 16 else None
        case ChipForm.EPC:
            return _sgtin(int(text, 16)) or ChipNumber(text.upper())
        case ChipForm.HEX_LONG:
            return ChipNumber(text.upper())


def _four_bytes(value: int, *, reverse: bool) -> ChipNumber | None:
    if value >= _FOUR_BYTES:
        return None
    if reverse:
        value = int.from_bytes(value.to_bytes(4, "big"), "little")
    return ChipNumber(f"{value:010d}")


def _sgtin(epc: int) -> ChipNumber | None:
    """GTIN and serial number of a tag laid out as SGTIN-96; None for other tags."""
    partition = epc >> 82 & 7
    if epc >> 88 != _SGTIN_96 or partition >= len(_PARTITIONS):
        return None
    bits, digits = _PARTITIONS[partition]
    company = (epc >> 82 - bits) & ((1 << bits) - 1)
    item = (epc >> 38) & ((1 << 44 - bits) - 1)
    if company >= 10**digits or item >= 10 ** (13 - digits):
        return None
    written = f"{item:0{13 - digits}d}"
    body = written[0] + f"{company:0{digits}d}" + written[1:]
    return ChipNumber(f"{epc:024X}", body + gs1.check_digit(body), str(epc & ((1 << 38) - 1)))
