"""Keeps the open basket against a power cut: the last one always, each one in between when there is time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.runtime.lanes import LaneName

if TYPE_CHECKING:
    from pos_app.domain.pricing.basket import Basket
    from pos_app.ui.desk import Desk


class DraftKeeper(QObject):
    """One write at a time; while one is under way, only the last basket waits.

    Signals:
        failed: ``KnownError`` why a basket could not be kept; selling goes on.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, basket: Callable[[], Basket], parent: QObject) -> None:
        """Make a keeper.

        Args:
            desk: The rest of the window.
            basket: Asked for the basket as it is when the write begins.
            parent: Owner.
        """
        super().__init__(parent)
        self._desk = desk
        self._basket = basket
        self._under_way = False
        self._again = False

    def keep(self) -> None:
        """The basket changed."""
        if self._under_way:
            self._again = True
            return
        operator = self._desk.operator
        if operator is None:
            return  # they logged out meanwhile; the basket stays on the screen
        self._under_way = True
        selling, basket = self._desk.till.selling, self._basket()
        self._desk.operations.run(
            LaneName.LEDGER, lambda: selling.save_draft(operator, basket), self._on_kept, self._on_failed
        )

    def keep_after_all(self) -> None:
        """The books emptied the basket: a write under way may bring the old one back, so write once more."""
        self._again = self._under_way

    def _on_kept(self, nothing: object) -> None:
        self._under_way = False
        if self._again:
            self._again = False
            self.keep()

    def _on_failed(self, error: object) -> None:
        self._under_way = False
        self.failed.emit(error)
