"""How far something has come and how long the rest will take, by a rate that is smoothed."""

from __future__ import annotations

from typing import Final

import msgspec

#: Parts of a thousand that the newest measurement counts for.
_NEWEST: Final = 300


class Progress(msgspec.Struct, frozen=True):
    """A run of work.

    Attributes:
        total: What there was to do since it began; grows with what is added.
        done: What is done.
        rate: Things in a thousand seconds, smoothed; 0 before the first measurement.
        measured_ms: When it was measured last.
    """

    total: int = 0
    done: int = 0
    rate: int = 0
    measured_ms: int = 0

    @property
    def left(self) -> int:
        """What is left to do."""
        return self.total - self.done

    @property
    def seconds_left(self) -> int | None:
        """Until it is done, rounded up; None while nothing is left or no rate is known."""
        if self.left <= 0 or self.rate <= 0:
            return None
        return -(-self.left * 1000 // self.rate)

    def with_left(self, left: int, now_ms: int) -> Progress:
        """What is left has changed: less is work done, more is work added. Nothing left ends the run."""
        if left <= 0:
            return Progress()
        if self.total == 0:
            return Progress(left, 0, 0, now_ms)
        if left > self.left:
            return msgspec.structs.replace(self, total=self.total + left - self.left)
        step, elapsed = self.left - left, now_ms - self.measured_ms
        if step == 0 or elapsed <= 0:
            return msgspec.structs.replace(self, done=self.total - left)
        newest = step * 1_000_000 // elapsed
        rate = newest if self.rate == 0 else (newest * _NEWEST + self.rate * (1000 - _NEWEST)) // 1000
        return Progress(self.total, self.total - left, max(1, rate), now_ms)
