"""What the sheet of held sales shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.domain.money import Money


@dataclass(frozen=True, slots=True)
class HeldSale:
    """A sale on hold.

    Attributes:
        key: Carried by the signals.
        label: What the cashier called it, or the first goods.
        since: ``HH:MM``.
        cashier: Who put it on hold.
        lines: How many lines.
        amount: What it came to.
        member: Masked name; empty for none.
    """

    key: object
    label: str
    since: str
    cashier: str
    lines: int
    amount: Money
    member: str = ""


@dataclass(frozen=True, slots=True)
class RecallState:
    """State of the sheet.

    Attributes:
        held: Sales on hold, the newest first.
        phase: READY, LOADING or FAILED.
        notice: What went wrong.
    """

    held: tuple[HeldSale, ...] = ()
    phase: Phase = Phase.READY
    notice: Notice | None = None
