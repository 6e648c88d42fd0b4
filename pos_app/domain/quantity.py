"""Quantities in thousandths of a unit: pieces, or kilograms to the gram."""

from __future__ import annotations

import re
from typing import Final

from pos_app.domain.money import half_width, require_int
from pos_app.errors import KnownError

#: One whole unit in thousandths.
UNIT_MILLI: Final = 1000
#: More than this of one thing in one line is taken for a mistake (9,999 units).
MAX_MILLI: Final = 9_999_000
_TYPED: Final = re.compile(r"\s*(?P<sign>-?)(?P<whole>[0-9]{0,24})(?:\.(?P<part>[0-9]{0,24}))?\s*")


class Quantity:
    """How much of a thing, exact to a thousandth of its unit; always more than zero.

    Attributes:
        milli: Thousandths of the unit: 2 pieces are 2000, 285 g are 285 of a kilogram.
    """

    __slots__ = ("milli",)
    milli: int

    def __init__(self, milli: int) -> None:
        require_int(milli, "Quantity")
        if not 0 < milli <= MAX_MILLI:
            raise KnownError("quantity.out_of_range", limit=MAX_MILLI // UNIT_MILLI)
        object.__setattr__(self, "milli", milli)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Quantity is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("Quantity is immutable")

    def __reduce__(self) -> tuple[type[Quantity], tuple[int]]:
        return Quantity, (self.milli,)

    @classmethod
    def pieces(cls, count: int) -> Quantity:
        """A whole number of units."""
        return cls(require_int(count, "pieces") * UNIT_MILLI)

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Read what a person typed: ``3``, ``0.285``, with full-width characters too.

        Raises:
            KnownError: ``quantity.unreadable``, ``quantity.too_fine`` (below a thousandth) or
                ``quantity.out_of_range``.
        """
        match = _TYPED.fullmatch(half_width(text)) if len(text) <= 64 else None
        if match is None or not (match["whole"] or match["part"]):
            raise KnownError("quantity.unreadable")
        part = match["part"] or ""
        milli = int(match["whole"] + part[:3].ljust(3, "0"))
        too_fine = bool(part[3:].strip("0"))
        if match["sign"] or milli > MAX_MILLI or (milli == 0 and not too_fine):
            raise KnownError("quantity.out_of_range", limit=MAX_MILLI // UNIT_MILLI)
        if too_fine:
            raise KnownError("quantity.too_fine")
        return cls(milli)

    @property
    def is_whole(self) -> bool:
        """Whether this is a whole number of units."""
        return self.milli % UNIT_MILLI == 0

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.milli + other.milli)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quantity) and self.milli == other.milli

    def __lt__(self, other: Quantity) -> bool:
        return self.milli < other.milli

    def __le__(self, other: Quantity) -> bool:
        return self.milli <= other.milli

    def __hash__(self) -> int:
        return hash(("quantity", self.milli))

    def __repr__(self) -> str:
        return f"Quantity({self.milli})"

    def display(self) -> str:
        """Whole units plainly, parts with three decimals: ``2``, ``0.285``."""
        whole, part = divmod(self.milli, UNIT_MILLI)
        return str(whole) if part == 0 else f"{whole}.{part:03d}"
