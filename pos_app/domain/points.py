"""Points: a whole number that is not money and does not mix with it."""

from __future__ import annotations

from typing import Any, Final, Self

from pos_app.domain.money import require_int

#: More points than this in one figure are a mistake; the same width as money, for the same reasons.
MAX_POINTS: Final = 1_000_000_000_000_000


class Points:
    """A number of points; may be negative (a deduction).

    Attributes:
        count: The number of points.
    """

    __slots__ = ("count",)
    count: int

    def __new__(cls, count: int) -> Self:
        """A number of points; none is one object, which journal bodies leave out by default."""
        if type(count) is not int:
            require_int(count, "Points")
        if count == 0:
            return _ZERO  # type: ignore[no-any-return]
        if not -MAX_POINTS <= count <= MAX_POINTS:
            raise OverflowError(f"points out of range: {count}")
        self = object.__new__(cls)
        _set_count(self, count)  # a quote makes hundreds
        return self

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Points is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("Points is immutable")

    def __reduce__(self) -> tuple[type[Points], tuple[int]]:
        return Points, (self.count,)

    def _other(self, other: Points) -> int:
        if not isinstance(other, Points):
            raise TypeError(f"Points and {type(other).__name__} do not mix")
        return other.count

    def __add__(self, other: Points) -> Points:
        return Points(self.count + self._other(other))

    def __sub__(self, other: Points) -> Points:
        return Points(self.count - self._other(other))

    def __neg__(self) -> Points:
        return Points(-self.count)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Points) and self.count == other.count

    def __lt__(self, other: Points) -> bool:
        return self.count < self._other(other)

    def __le__(self, other: Points) -> bool:
        return self.count <= self._other(other)

    def __gt__(self, other: Points) -> bool:
        return self.count > self._other(other)

    def __ge__(self, other: Points) -> bool:
        return self.count >= self._other(other)

    def __hash__(self) -> int:
        return hash(("points", self.count))

    def __bool__(self) -> bool:
        return self.count != 0

    def __repr__(self) -> str:
        return f"Points({self.count})"

    def display(self) -> str:
        """With thousands separators, as on every screen: ``1,280``."""
        return f"{self.count:,}"


_set_count: Final = Points.__dict__["count"].__set__
_ZERO: Final[Any] = object.__new__(Points)
_set_count(_ZERO, 0)
