"""Money as an exact integer of minor units, and the ways it is divided.

There is no floating point here: constructors refuse it, ratios are basis points or integer fractions, and every
division names its rounding at the call.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, Self

from pos_app.errors import KnownError

#: One hundred per cent in basis points.
FULL_RATE_BP: Final = 10_000
#: The largest amount any figure may have, in minor units: a till's totals over its whole life fit, and so do SQLite's
#: INTEGER and JSON numbers elsewhere (below 2**53).
MAX_MINOR: Final = 1_000_000_000_000_000
#: The largest amount that may be typed, be a price or be a bill (100,000,000.00). So far below :data:`MAX_MINOR` that
#: a mistaken bill, once voided, never keeps the totals of a day from being written.
MAX_ENTRY_MINOR: Final = 10_000_000_000


class Rounding(enum.Enum):
    """How a fraction becomes a whole number."""

    DOWN = "down"  # towards zero
    UP = "up"  # away from zero
    HALF_UP = "half_up"  # nearest, halves away from zero


def divide(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Divide two integers exactly and round once.

    Args:
        numerator: Any integer.
        denominator: A positive integer.
        rounding: How the fraction becomes whole; symmetric about zero.
    """
    if denominator <= 0:
        raise ValueError(f"denominator must be positive, got {denominator}")
    whole, rest = divmod(abs(numerator), denominator)
    if rest and (rounding is Rounding.UP or (rounding is Rounding.HALF_UP and 2 * rest >= denominator)):
        whole += 1
    return whole if numerator >= 0 else -whole


def split_by_weight(total: int, weights: Sequence[int]) -> list[int]:
    """Split a whole into parts in proportion to weights, by largest remainder, so that the parts sum to the whole.

    Ties go to the earlier part, so the result depends on nothing but the arguments.

    Args:
        total: The whole; not negative.
        weights: Not negative; when all are zero, everything goes to the first part.
    """
    if not weights:
        if total:
            raise ValueError("nothing to give the parts to")
        return []
    if total < 0 or min(weights) < 0:
        raise ValueError("total and weights must not be negative")
    weight_sum = sum(weights)
    if weight_sum == 0:
        return [total] + [0] * (len(weights) - 1)
    shares = [total * weight for weight in weights]
    parts = [share // weight_sum for share in shares]
    short = total - sum(parts)
    if short:
        remainders = [share % weight_sum for share in shares]
        # A reversed sort keeps equal ones in their order: the earlier part is the first to get one.
        for index in sorted(range(len(parts)), key=remainders.__getitem__, reverse=True)[:short]:
            parts[index] += 1
    return parts


def split_cumulative(done: int, whole: int, capacities: Sequence[int]) -> list[int]:
    """How much of each part is used up once ``done`` of ``whole`` is, so that any order of steps ends at the whole.

    Each part grows monotonically with ``done`` and the parts always sum to ``done``: the first takes its share of
    the rest, then the second of what then remains, and so on. Used to give partial refunds back by tender.

    Args:
        done: Between 0 and ``whole``.
        whole: The sum of ``capacities``.
        capacities: The parts at ``done == whole``; not negative.
    """
    if not 0 <= done <= whole or sum(capacities) != whole:
        raise ValueError(f"done {done} of {whole} does not fit {list(capacities)}")
    parts: list[int] = []
    rest_done, rest_whole = done, whole
    for capacity in capacities:
        part = rest_done * capacity // rest_whole if rest_whole else 0
        parts.append(part)
        rest_done -= part
        rest_whole -= capacity
    return parts


def require_int(value: object, what: str) -> int:
    """Return ``value`` if it is an int (a bool is not), else raise TypeError."""
    if type(value) is not int:
        raise TypeError(f"{what} takes int, got {type(value).__name__}")
    return value


class Money:
    """An amount in minor units (fen) of one currency.

    Attributes:
        minor: The amount in minor units; may be negative.
        currency: ISO 4217 code.
    """

    __slots__ = ("currency", "minor")
    minor: int
    currency: str

    def __new__(cls, minor: int, currency: str = "CNY") -> Self:
        """An amount; nothing of the usual currency is one object, which journal bodies leave out by default."""
        if type(minor) is not int:
            require_int(minor, "Money")
        is_usual = currency == "CNY"
        if is_usual:
            known = _KNOWN.get(minor)
            if known is not None:
                return known  # type: ignore[no-any-return]
        if not -MAX_MINOR <= minor <= MAX_MINOR:
            raise OverflowError(f"amount out of range: {minor}")
        self = object.__new__(cls)
        # A quote makes hundreds: the slots are set without looking them up by name.
        _set_minor(self, minor)
        _set_currency(self, currency)
        if is_usual and len(_KNOWN) < _MOST_KNOWN:
            _KNOWN[minor] = self
        return self

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Money is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("Money is immutable")

    def __reduce__(self) -> tuple[type[Money], tuple[int, str]]:
        return Money, (self.minor, self.currency)

    @classmethod
    def parse(cls, text: str, currency: str = "CNY") -> Money:
        """Read what a person typed: ``12``, ``12.5``, ``¥1,234.50``, ``12元``, with full-width characters too.

        Commas stand between groups of three digits and nowhere else, so that ``1,5`` is never taken for 15.

        Raises:
            KnownError: ``money.unreadable`` for anything else, ``money.too_fine`` below one minor unit,
                ``money.too_large`` beyond :data:`MAX_ENTRY_MINOR`.
        """
        match = _TYPED.fullmatch(half_width(text)) if len(text) <= _MAX_TYPED else None
        if match is None:
            raise KnownError("money.unreadable")
        whole, part = match["whole"].replace(",", ""), match["part"] or ""
        if not whole and not part:
            raise KnownError("money.unreadable")
        if part[2:].strip("0"):
            raise KnownError("money.too_fine")
        minor = int(whole + part[:2].ljust(2, "0"))
        if minor > MAX_ENTRY_MINOR:
            raise KnownError("money.too_large")
        return cls(-minor if match["sign"] else minor, currency)

    def _other(self, other: Money) -> int:
        if not isinstance(other, Money):
            raise TypeError(f"Money and {type(other).__name__} do not mix")
        if other.currency != self.currency:
            raise ValueError(f"currencies differ: {self.currency}, {other.currency}")
        return other.minor

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._other(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._other(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * require_int(count, "Money *"), self.currency)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Money) and self.minor == other.minor and self.currency == other.currency

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._other(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._other(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._other(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._other(other)

    def __hash__(self) -> int:
        return hash((self.minor, self.currency))

    def __bool__(self) -> bool:
        return self.minor != 0

    def __repr__(self) -> str:
        return f"Money({self.minor}, {self.currency!r})"

    def share(self, rate_bp: int, rounding: Rounding) -> Money:
        """The given share of this amount; ``rate_bp`` in basis points (10,000 is the whole)."""
        return Money(divide(self.minor * require_int(rate_bp, "rate"), FULL_RATE_BP, rounding), self.currency)

    def plain(self) -> str:
        """Two decimals, no sign of currency, no separators: ``-1234.50``."""
        sign = "-" if self.minor < 0 else ""
        yuan, fen = divmod(abs(self.minor), 100)
        return f"{sign}{yuan}.{fen:02d}"

    def display(self) -> str:
        """Two decimals with ``¥`` and thousands separators, as on every screen: ``-¥1,234.50``."""
        sign = "-" if self.minor < 0 else ""
        yuan, fen = divmod(abs(self.minor), 100)
        return f"{sign}¥{yuan:,}.{fen:02d}"


_set_minor: Final = Money.__dict__["minor"].__set__
_set_currency: Final = Money.__dict__["currency"].__set__
_ZERO: Final[Any] = object.__new__(Money)
_set_minor(_ZERO, 0)
_set_currency(_ZERO, "CNY")
#: Amounts that came before are the same object again: prices come again and again, and what is the same object need
#: not be compared.
_KNOWN: Final[dict[int, Any]] = {0: _ZERO}
_MOST_KNOWN: Final = 5_000
#: Longer texts are not read at all.
_MAX_TYPED: Final = 64
#: Full-width digits and punctuation that Chinese input methods produce; both signs of the yuan become one.
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．。，－−￥", "0123456789..,--¥")
_TYPED: Final = re.compile(
    r"\s*(?:(?P<sign>-\s*¥|¥\s*-|-)|¥?)\s*"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{0,24})(?:\.(?P<part>[0-9]{0,24}))?\s*元?\s*"
)


def half_width(text: str) -> str:
    """Digits and punctuation as ASCII, whatever the input method made of them."""
    return text.translate(_FULL_WIDTH)


def total(amounts: Iterable[Money], currency: str = "CNY") -> Money:
    """Sum amounts of one currency; zero for none."""
    result = Money(0, currency)
    for amount in amounts:
        result += amount
    return result
