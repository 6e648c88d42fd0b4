"""What the key help shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelpState:
    """State of the key help.

    Attributes:
        keys: ``(key, what it does)`` of the view in front.
    """

    keys: tuple[tuple[str, str], ...] = ()
