"""When to apply: what a till sent is safe before it is booked, and the till waits for the former only."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

#: Looked again after this time where nobody said that there is something.
IDLE_S: Final = 1.0
#: Batches that are further apart than this do not come at once.
QUIET_S: Final = 0.1
#: For so long at a time tills that send go first.
ROOM_S: Final = 2.0


class Room:
    """Lets tills go first: while batches come in, nothing is applied, but for no longer than a moment.

    Once all is applied, that moment is there again in full; so what never stops coming is applied all the same.

    Args:
        is_told: Waits so many seconds at most for word that there is something new; returns whether there was.
        now_s: A clock that never jumps.
    """

    def __init__(self, is_told: Callable[[float], bool], now_s: Callable[[], float] = time.monotonic) -> None:
        self._is_told: Final = is_told
        self._now_s: Final = now_s
        self._left_s = ROOM_S
        self._comes = False

    def give(self) -> None:
        """Wait until no more comes in; not at all where nothing came since the last time."""
        within_s = QUIET_S if self._comes else 0.0
        while self._left_s > 0:
            begin = self._now_s()
            self._comes = self._is_told(min(within_s, self._left_s))
            self._left_s -= self._now_s() - begin
            if not self._comes:
                return
            within_s = QUIET_S

    def rest(self) -> None:
        """Everything is applied: wait for something new."""
        self._left_s = ROOM_S
        self._comes = self._is_told(IDLE_S)
