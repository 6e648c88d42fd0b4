"""A cash drawer made of software: opens on a pulse, stays open until somebody closes it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.virtual.paper import Pulse

_SHORTEST_MS = 20
"""Solenoids do not move on less."""


class VirtualDrawer:
    """State of the drawer on a virtual printer; may be used from any thread.

    Args:
        pin: The pin its cable listens on.
        on_change: Called with the new state, in the thread that caused it.
    """

    def __init__(self, *, pin: int = 2, on_change: Callable[[bool], None] | None = None) -> None:
        self._pin = pin
        self._on_change = on_change
        self._lock = threading.Lock()
        self._open = False
        self._times_opened = 0

    @property
    def is_open(self) -> bool:
        """Whether it stands open."""
        return self._open

    @property
    def times_opened(self) -> int:
        """How many pulses have opened it."""
        return self._times_opened

    def pulse(self, pulse: Pulse) -> None:
        """Open, when the pulse is on this drawer's pin and long enough."""
        if pulse.pin != self._pin or pulse.on_ms < _SHORTEST_MS:
            return
        with self._lock:
            changed = not self._open
            self._open = True
            self._times_opened += changed
        if changed and self._on_change is not None:
            self._on_change(True)

    def close(self) -> None:
        """Push it shut."""
        with self._lock:
            changed = self._open
            self._open = False
        if changed and self._on_change is not None:
            self._on_change(False)
