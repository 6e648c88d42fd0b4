"""What the states of all screens share. Plain data: no Qt, so presenters are tested without a window."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_app.errors import KnownError


class Phase(enum.Enum):
    """What a list or a panel has to show."""

    READY = "ready"
    EMPTY = "empty"
    LOADING = "loading"
    OFFLINE = "offline"
    FAILED = "failed"


class Tone(enum.Enum):
    """How a message is meant; always shown by a sign and words as well as by colour."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message by code; the words are found when it is drawn, so they follow a change of language.

    Attributes:
        tone: How it is meant.
        code: Key into :mod:`pos_app.ui.messages`.
        details: Values for the words.
    """

    tone: Tone
    code: str
    details: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, error: KnownError, tone: Tone = Tone.DANGER) -> Notice:
        """The notice for an error of the world."""
        return cls(tone, error.code, dict(error.details))
