"""What the sheet of benefits shows: one list at a time, of what applies, what can be used, bought or got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.ui.widgets.rows import Row

SALE = "sale"
COUPONS = "coupons"
RECHARGE = "recharge"
REDEEM = "redeem"
CARDS = "cards"
TAKE_PART = "take_part"
#: The tabs, in the order of their function keys from F2.
TABS = (SALE, COUPONS, RECHARGE, REDEEM, CARDS, TAKE_PART)


@dataclass(frozen=True, slots=True)
class Ask:
    """Something to type or scan before it goes on.

    Attributes:
        prompt: What is asked for.
        is_amount: A figure, typed on the pad; else a reason, or a code that can be scanned too.
        initial: In the box at first.
    """

    prompt: str
    is_amount: bool = False
    initial: str = ""


@dataclass(frozen=True, slots=True)
class BenefitsState:
    """State of the sheet.

    Attributes:
        tab: The list that is shown, one of :data:`TABS`.
        counts: By tab, how much there is to use or to do; a tab without is not counted.
        rows: Of the list.
        phase: Of the list.
        empty: What the list says while it has no rows.
        hint: What could be done about it, or below the empty words.
        foot: A sentence below the list.
        primary: Words of the button for the obvious thing; empty for none.
        primary_enabled: Whether it can be done now.
        ask: Something to type or scan first; the list waits.
        notice: What went wrong, or is to be known.
        can_explain: Whether there is a bill that can be explained on paper.
    """

    tab: str = SALE
    counts: tuple[tuple[str, int], ...] = ()
    rows: tuple[Row, ...] = ()
    phase: Phase = Phase.READY
    empty: str = ""
    hint: str = ""
    foot: str = ""
    primary: str = ""
    primary_enabled: bool = True
    ask: Ask | None = None
    notice: Notice | None = None
    can_explain: bool = False
