"""What closing a shift shows: first a blind count, then what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.money import Money
from pos_app.domain.shift import CNY_PIECES
from pos_app.ui.state import Notice


@dataclass(frozen=True, slots=True)
class TenderSum:
    """What one way of paying came to.

    Attributes:
        kind: A ``TenderKind`` value; the view has the word.
        count: How often it was taken.
        amount: Taken less given back.
    """

    kind: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class CloseResult:
    """What came of the count. There is none before it, so nothing of it can be shown before it.

    Attributes:
        number: Of the closed shift.
        counted: What is in the drawer.
        expected: What the books said should be.
        opening_float: At the start of the shift.
        cash_sales: Cash taken less change and cash refunds.
        cash_movements: Put in less taken out.
        sales: How many sales.
        net: What was sold less what came back.
        tenders: By way of paying.
    """

    number: int
    counted: Money
    expected: Money
    opening_float: Money
    cash_sales: Money
    cash_movements: Money
    sales: int
    net: Money
    tenders: tuple[TenderSum, ...] = ()

    @property
    def difference(self) -> Money:
        """Over when positive, short when negative."""
        return self.counted - self.expected


@dataclass(frozen=True, slots=True)
class ShiftCloseState:
    """State of closing a shift.

    Attributes:
        session: Another number empties the count.
        number: Of the shift.
        cashier: Whose it is.
        since: When it was opened, in words.
        faces: Face values, the largest first.
        result: After the count; None while counting.
        can_close_day: The day may be ended after this.
        notice: What went wrong or is to be known.
        busy: Being booked.
    """

    session: int = 0
    number: int = 1
    cashier: str = ""
    since: str = ""
    faces: tuple[Money, ...] = tuple(Money(minor) for minor in CNY_PIECES)
    result: CloseResult | None = None
    can_close_day: bool = True
    notice: Notice | None = None
    busy: bool = False
