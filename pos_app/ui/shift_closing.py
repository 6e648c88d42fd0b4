"""Closing a shift from wherever a drawer is counted: the count is read back once, and somebody else's needs a PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.money import Money
from pos_app.domain.staff import Permission
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from pos_app.application.shifts import ShiftResult
    from pos_app.domain.staff import Operator
    from pos_app.ui.desk import Desk

Count = tuple[tuple[int, int], ...]


class ShiftClosing(QObject):
    """Takes a count and closes the open shift with it.

    Signals:
        asked_again: A count cannot be taken back: the same once more books it; carries its ``Money``.
        withdrawn: Another count is typed, so that the question is void.
        begun: It is being booked.
        closed: The ``ShiftResult``.
        refused: The ``KnownError``.
        approval_asked: Somebody else has to give a PIN; nothing is being booked meanwhile.
    """

    asked_again = Signal(object)
    withdrawn = Signal()
    begun = Signal()
    closed = Signal(object)
    refused = Signal(object)
    approval_asked = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Count | None = None
        self._count: Count = ()

    def reset(self) -> None:
        """Forget what was asked."""
        self._asked = None

    def close(self, count: Count) -> None:
        """Take a count: read back the first time, booked the second."""
        if count != self._asked:
            # A count cannot be taken back, so it is read back once; what should be there is not said yet.
            self._asked = count
            self.asked_again.emit(Money(sum(face * pieces for face, pieces in count)))
            return
        self._count = count
        self._close_as(self._desk.operator)

    def change(self) -> None:
        """Another count is asked about again."""
        if self._asked is not None:
            self._asked = None
            self.withdrawn.emit()

    def _close_as(self, closer: Operator | None) -> None:
        """Close in the name of whoever may: the cashier, or somebody who gave a PIN for it."""
        if closer is None:
            return
        till, count = self._desk.till, self._count
        self.begun.emit()

        def work() -> ShiftResult:
            draft = till.selling.draft()
            if draft is not None and not draft.is_empty:
                raise KnownError("shift.open_sale")
            return till.shifts.close(closer, count)

        self._desk.ledger(work, self._on_closed, self._on_not_closed)

    def _on_closed(self, result: ShiftResult) -> None:
        self._asked = None
        self._desk.set_shift(None)
        self.closed.emit(result)

    def _on_not_closed(self, error: KnownError) -> None:
        if error.code == "shift.not_yours":
            self.approval_asked.emit()
            self._desk.ask_approval(Permission.CLOSE_DAY, self._close_as, "shift_close")
            return
        self.refused.emit(error)
