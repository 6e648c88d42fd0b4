"""What putting cash in or taking it out shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from pos_app.ui.state import Notice


class Direction(enum.Enum):
    """Which way the cash goes."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class CashMoveAsked:
    """What somebody wants to move.

    Attributes:
        direction: In or out.
        amount: As typed, without a sign; to be read by ``Money.parse``.
        reason: In the shop's words; may be empty.
    """

    direction: Direction
    amount: str
    reason: str


@dataclass(frozen=True, slots=True)
class CashMoveState:
    """State of the sheet. What the drawer holds is never shown here: the count stays blind.

    Attributes:
        session: Another number empties the boxes and takes :attr:`direction` over.
        direction: In or out.
        notice: What went wrong.
        busy: Being booked.
        approval_needed: Somebody else's PIN will be asked for.
    """

    session: int = 0
    direction: Direction = Direction.IN
    notice: Notice | None = None
    busy: bool = False
    approval_needed: bool = False
