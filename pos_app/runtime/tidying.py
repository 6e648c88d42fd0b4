"""Collects cyclic garbage when it suits the cashier and not when Python's counters say so.

A full collection of a running till takes 15 to 30 ms, more than a frame, and Python starts one wherever the last
straw falls: between a scan and its line, or in a lane's thread, where it may delete a widget. Here the window's thread
does it on a timer: what is young often and quickly, everything seldom. What the start made lasts as long as the
program and is not looked at again.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

#: So often what is young is looked through; about a millisecond.
YOUNG_MS: Final = 2_000
#: Every so many times everything is looked through: a pause longer than a frame, once a minute.
THOROUGH_EVERY: Final = 30


class Tidying(QObject):
    """The garbage collector on a leash. At most one per process is at work."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(YOUNG_MS)
        self._timer.timeout.connect(self._on_time)

    @staticmethod
    def hold() -> None:
        """Collect nothing for now: the start makes many things that stay."""
        gc.disable()

    def begin(self, _opened: object = None) -> None:
        """Take what there is for lasting, and collect by the clock from now on."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def end(self) -> None:
        """Let Python collect as it likes again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _on_time(self) -> None:
        self._rounds += 1
        gc.collect(2 if self._rounds % THOROUGH_EVERY == 0 else 1)
