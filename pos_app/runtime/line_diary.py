"""When the journal says that the line to head office went or came back: not at every hiccup, and not every moment."""

from __future__ import annotations

from typing import Final

#: It must have been so for this long.
STEADY_MS: Final = 10_000
#: Between two records, at least.
APART_MS: Final = 60_000


class LineDiary:
    """What was written of the line last, and what is to be written. A till begins with a line that is there."""

    def __init__(self) -> None:
        self._written = True
        self._written_ms: int | None = None
        self._is_online = True
        self._since_ms = 0

    def seen(self, is_online: bool, now_ms: int) -> None:
        """How the line is now."""
        if is_online != self._is_online:
            self._is_online, self._since_ms = is_online, now_ms

    def due_ms(self) -> int | None:
        """When something is to be written, if nothing changes until then; None for nothing."""
        if self._is_online == self._written:
            return None
        steady = self._since_ms + STEADY_MS
        return steady if self._written_ms is None else max(steady, self._written_ms + APART_MS)

    def take(self, now_ms: int) -> bool | None:
        """What is to be written now: True for a line that came back; None for nothing."""
        due = self.due_ms()
        if due is None or now_ms < due:
            return None
        self._written, self._written_ms = self._is_online, now_ms
        return self._is_online
