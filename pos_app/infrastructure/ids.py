"""Identifiers of the till: UUID version 7 that grow, whatever the wall clock does."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import Final
from uuid import UUID

from pos_app.domain.ids import uuid7

_COUNTER_BITS: Final = 12
_RANDOM_BITS: Final = 68


class SystemIds:
    """Makes UUIDv7 (fulfils ``IdSource``); any thread may ask.

    Within a process each id is greater than the one before (RFC 9562, section 6.2, method 1: a counter in the bits
    behind the time), so keys are inserted at the end of their index; a clock that runs backwards changes nothing.
    """

    def __init__(self, wall_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000) -> None:
        self._wall_ms: Final = wall_ms
        self._lock: Final = threading.Lock()
        self._last_ms = 0
        self._counter = 0

    def new(self) -> UUID:
        """A new UUIDv7."""
        noise = int.from_bytes(os.urandom(9), "big")
        with self._lock:
            now = self._wall_ms()
            if now > self._last_ms:
                self._last_ms = now
                # The top bit stays free, so that a burst within one millisecond has room to count.
                self._counter = noise & 0x7FF
            else:
                self._counter += 1
                if self._counter >> _COUNTER_BITS:
                    self._last_ms += 1
                    self._counter = 0
            wall_ms, counter = self._last_ms, self._counter
        return uuid7(wall_ms, (counter << _RANDOM_BITS | noise >> 4).to_bytes(10, "big"))
