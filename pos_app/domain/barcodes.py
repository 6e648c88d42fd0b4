"""Numbers of goods as barcodes carry them (GTIN): one normal form, and whether the check digit is right."""

from __future__ import annotations

import re
from typing import Final

from pos_app.domain.ids import check_digit

#: Digits of EAN-8, UPC-A, EAN-13 and ITF-14.
GTIN_LENGTHS: Final = frozenset({8, 12, 13, 14})
#: What a shop may use as a code of its own: printable, without spaces.
_IN_HOUSE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/+-]{0,39}", re.ASCII)


def is_gtin(code: str) -> bool:
    """Whether a code is digits of a GTIN's length with a right check digit."""
    return code.isascii() and code.isdigit() and len(code) in GTIN_LENGTHS and check_digit(code[:-1]) == code[-1]


def is_in_store(code: str) -> bool:
    """Whether a code of a GTIN's length is from a range that GS1 leaves to shops: EAN-13 2, UPC-A 2, EAN-8 0 and 2."""
    if not (code.isascii() and code.isdigit()):
        return False
    if len(code) == 8:
        return code[0] in "02"
    return code.zfill(14)[1] == "2" or code.zfill(14)[1:3] == "02"


def normal_barcode(code: str) -> str:
    """One form for all barcodes of one article: a GTIN without zeros beyond EAN-13, or EAN-8; others unchanged.

    UPC-A becomes EAN-13 by the zero in front, whichever way a scanner is set.
    """
    if not is_gtin(code):
        return code
    bare = code.lstrip("0")
    return bare.zfill(8 if len(code) == 8 or len(bare) <= 8 else 13)


def is_in_house(code: str) -> bool:
    """Whether a code may serve as a shop's own: one to forty letters, digits and ``. _ / + -``."""
    return _IN_HOUSE.fullmatch(code) is not None
