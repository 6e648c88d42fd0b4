"""When to try again: full jitter, so that many tills that lost the line at once do not come back at once."""

from __future__ import annotations

from collections.abc import Callable

#: A random whole number from 0 to below the bound (``random.Random.randrange``).
Rng = Callable[[int], int]


def retry_after(failures: int, rng: Rng, *, first_ms: int, last_ms: int) -> int:
    """Milliseconds to wait after a number of failures in a row: anything up to a bound that doubles each time."""
    bound = last_ms if failures > 30 else min(last_ms, first_ms << max(0, failures - 1))
    return 1 + rng(max(1, bound))


def spread(window_ms: int, rng: Rng) -> int:
    """Milliseconds to wait with the first try after a cut."""
    return rng(max(1, window_ms))
