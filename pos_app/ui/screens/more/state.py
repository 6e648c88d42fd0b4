"""What the menu shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from pos_app.ui.state import Notice


class MoreItem(enum.Enum):
    """What can be chosen; the value is its key."""

    SALES = "1"
    CASH_MOVE = "2"
    OPEN_DRAWER = "3"
    X_REPORT = "4"
    CLOSE_SHIFT = "5"
    END_DAY = "6"
    DEVICES = "7"
    SETTINGS = "8"
    TRAINING = "9"
    HEAD_OFFICE = "+"
    DEVICE_WIZARD = "-"
    LOG_OUT = "0"


@dataclass(frozen=True, slots=True)
class MoreState:
    """State of the menu.

    Attributes:
        shift_open: A shift is open: it can be closed.
        training: Training mode is on.
        disabled: What cannot be chosen now, beside what :attr:`shift_open` says.
        approval: What asks for somebody else's PIN; marked.
        cashier: Who is logged in.
        alone: This till belongs to no head office.
        concerns: How many things of head office wait for the manager.
        trouble: How many papers wait or failed; shown at the devices.
        notice: What went wrong.
    """

    shift_open: bool = True
    training: bool = False
    disabled: frozenset[MoreItem] = frozenset()
    approval: frozenset[MoreItem] = frozenset()
    cashier: str = ""
    alone: bool = True
    concerns: int = 0
    trouble: int = 0
    notice: Notice | None = None
