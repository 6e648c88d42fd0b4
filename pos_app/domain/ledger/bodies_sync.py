"""Bodies of records about the till itself: its lives, its clock, the line to head office and what that had allowed."""

from __future__ import annotations

import enum
from uuid import UUID

import msgspec


class NewLife(enum.StrEnum):
    """Why a till began again."""

    RESTORED = "restored"  # from a copy of its own books
    SUCCESSOR = "successor"  # another machine, with what head office had of the books


class BeganAgain(msgspec.Struct, frozen=True):
    """A new incarnation of the till begins behind a record of an earlier one; that one writes nothing more.

    Attributes:
        incarnation: Of this life: higher than any before.
        public_key: With which the records of this life are signed.
        base_seq: The last record of the earlier life that this one builds on.
        base_hash: Of that record.
        why: What happened.
    """

    incarnation: int
    public_key: bytes
    base_seq: int
    base_hash: bytes
    why: NewLife


class ClockChanged(msgspec.Struct, frozen=True):
    """The wall clock moved against the monotonic one by this many milliseconds."""

    by_ms: int


class LineChanged(msgspec.Struct, frozen=True):
    """The line to head office went, or came back."""

    is_online: bool


class SpendReleased(msgspec.Struct, frozen=True):
    """Spends that head office had authorised were given up: what is held for them is free again."""

    authorisations: tuple[UUID, ...]
