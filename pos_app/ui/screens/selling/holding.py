"""Baskets put aside, and the one that was open when the till stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.text import mask_name
from pos_app.errors import KnownError
from pos_app.ui.requests import RecallRequest

if TYPE_CHECKING:
    from pos_app.domain.pricing.basket import Basket
    from pos_app.ui.current_sale import CurrentSale
    from pos_app.ui.desk import Desk


class Holding(QObject):
    """Puts the current sale aside and takes others back.

    Signals:
        held: The current sale was put aside.
        taken: A basket is to be gone on with; carries it and whether it was restored after a stop.
        counted: How many are put aside is known anew.
        failed: Why not; carries the error.

    Attributes:
        count: How many are put aside.
    """

    held = Signal()
    taken = Signal(object, bool)
    counted = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, sale: CurrentSale, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sale = sale
        self.count = 0

    def hold(self) -> None:
        """Put the current sale aside."""
        basket, operator = self._sale.basket, self._desk.require_operator()
        selling, member = self._desk.till.selling, self._sale.member
        label = mask_name(member.customer.member.name) if member else ""
        self._desk.ledger(lambda: selling.hold(operator, basket, label), self._on_held, self._fail)

    def _on_held(self, _held: object) -> None:
        self.held.emit()
        self.read_count()

    def recall(self) -> None:
        """Choose one to go on with."""
        if self._sale.is_empty:
            self._desk.open("recall", RecallRequest(self._on_recalled))
        else:
            self.failed.emit(KnownError("selling.finish_first"))

    def _on_recalled(self, basket: Basket) -> None:
        self.taken.emit(basket, False)
        self.read_count()

    def restore(self) -> None:
        """Go on with what was open when the till stopped."""
        self._desk.reader(self._desk.till.selling.draft, self._on_draft)

    def _on_draft(self, basket: Basket | None) -> None:
        if basket is not None and not basket.is_empty and self._sale.is_empty:
            self.taken.emit(basket, True)

    def read_count(self) -> None:
        """Ask how many are put aside."""
        self._desk.reader(self._desk.till.selling.held, self._on_list)

    def _on_list(self, held: tuple[object, ...]) -> None:
        self.count = len(held)
        self.counted.emit()

    def _fail(self, error: KnownError) -> None:
        self.failed.emit(error)
