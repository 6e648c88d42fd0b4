"""Cash into the drawer or out of it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pos_app.ui.screens.cash_move.state import CashMoveState
from pos_app.ui.widgets.sheet import SheetView


class CashMoveView(SheetView[CashMoveState]):
    """Cash into the drawer or out of it.

    Signals:
        move_requested: A :class:`CashMoveAsked`.
    """

    move_requested = Signal(object)

    def _draw(self, state: CashMoveState) -> None:
        """To be drawn."""
