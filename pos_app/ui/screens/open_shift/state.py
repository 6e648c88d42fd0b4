"""What opening a shift shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.ui.state import Notice

if TYPE_CHECKING:
    from pos_app.domain.money import Money


@dataclass(frozen=True, slots=True)
class OpenShiftState:
    """State of opening a shift.

    Attributes:
        cashier: Who opens it.
        number: Number the shift will have.
        usual_float: What is usually in the drawer; typed for the cashier.
        last_closed: When the last shift was closed, in words; empty for never.
        notice: What went wrong.
        busy: Being booked.
    """

    cashier: str = ""
    number: int = 1
    usual_float: Money | None = None
    last_closed: str = ""
    notice: Notice | None = None
    busy: bool = False
