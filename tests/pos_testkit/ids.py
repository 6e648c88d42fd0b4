"""Ids that repeat from run to run."""

from __future__ import annotations

from uuid import UUID

from pos_app.domain.ids import uuid7


class SequentialIds:
    """Fulfils ``IdSource``: 1, 2, 3 ... laid out as UUIDv7."""

    def __init__(self, start: int = 0, wall_ms: int = 1_750_000_000_000) -> None:
        self._number = start
        self._wall_ms = wall_ms

    def new(self) -> UUID:
        """The next one; greater than all before it."""
        self._number += 1
        return uuid7(self._wall_ms + self._number // 1000, self._number.to_bytes(10, "big"))
