"""Where everything random comes from: one seed, and a noise of its own for each step.

A step that is left out (to find out which ones matter) leaves the others as they were, as far as that is possible.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from pos_app.domain.ids import uuid7

T = TypeVar("T")


class Chances:
    """The dice of a world."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._made = 0

    def begin(self, noise: int) -> None:
        """From here on, what is drawn depends on this noise alone."""
        self._dice.seed(noise)

    def below(self, bound: int) -> int:
        """From 0 to below a bound: what engines ask for."""
        return self._dice.randrange(bound)

    def happens(self, share: float) -> bool:
        """Whether something happens that does in this share of cases."""
        return self._dice.random() < share

    def number(self, low: int, high: int) -> int:
        """A whole number; both ends are possible."""
        return self._dice.randint(low, high)

    def one_of(self, things: Sequence[T]) -> T:
        """One of several."""
        return things[self._dice.randrange(len(things))]

    def bytes(self, count: int) -> bytes:
        """Random bytes."""
        return self._dice.randbytes(count)

    def uuid(self, wall_ms: int) -> UUID:
        """An id as tills make them; never the same twice in a world, though a step draws the same."""
        self._made += 1
        return uuid7(max(0, wall_ms), self._made.to_bytes(4, "big") + self._dice.randbytes(6))
