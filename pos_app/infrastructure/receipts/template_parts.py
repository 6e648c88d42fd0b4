"""What the templates of all papers are made of: emphasis, forms of codes, names of blocks."""

from __future__ import annotations

import enum
from typing import Literal

import msgspec


class Style(enum.StrEnum):
    """Emphasis of a line."""

    PLAIN = "plain"
    BOLD = "bold"
    TALL = "tall"  # bold, twice as high
    LARGE = "large"  # bold, twice as high and wide; tall where the paper is too narrow for it


class Code(enum.StrEnum):
    """How the receipt number is printed for the scanner."""

    BARCODE = "barcode"
    QR = "qr"
    NONE = "none"


class BillDiscount(enum.StrEnum):
    """Where a discount by hand on the whole bill is shown."""

    ONCE = "once"  # as one line after the goods
    BY_LINE = "by_line"  # its share below each item


def holds(*names: str) -> msgspec.Meta:
    """Say which placeholders a word may hold."""
    return msgspec.Meta(extra={"holds": names})


SaleBlock = Literal[
    "shop", "title", "facts", "items", "totals", "tenders", "taxes", "member", "balances", "coupons", "code", "head",
    "thanks", "line", "double_line", "space",
]  # fmt: skip
RefundBlock = Literal[
    "shop", "title", "facts", "items", "totals", "tenders", "taxes", "member", "balances", "coupons", "signature",
    "code", "head", "thanks", "line", "double_line", "space",
]  # fmt: skip
XBlock = Literal[
    "shop", "title", "facts", "sales", "tenders", "taxes", "members", "events", "head", "signature",
    "line", "double_line", "space",
]  # fmt: skip
ExplanationBlock = Literal[
    "shop", "title", "facts", "items", "totals", "applied", "not_applied", "points", "gifts",
    "odds", "no_receipt", "line", "double_line", "space",
]  # fmt: skip
ShiftBlock = Literal[XBlock, "cash", "count"]
ZBlock = Literal[XBlock, "over_short", "perpetual", "journal", "head_office"]
