"""Goods that come back: tick lines, see exactly what returns where."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pos_app.ui.screens.refund.state import RefundState
from pos_app.ui.widgets.base import ScreenView


class RefundView(ScreenView[RefundState]):
    """Goods that come back: tick lines, see exactly what returns where.

    Signals:
        find_requested: A receipt number (or its end) was typed.
        line_requested: Key of a line to tick or untick.
        quantity_requested: A :class:`QuantityAsked`.
        step_requested: ``(key, 1 or -1)``: one more or one less of a line comes back.
        all_requested: Everything that is left comes back, or, when all of it is ticked, nothing.
        reason_requested: A :class:`Reason`.
        in_cash_requested: True: give external tenders back in cash; False: as they were paid.
        refund_requested: Do it; carries the reason in words, empty for none.
        void_requested: Void the whole sale instead.
        retry_requested: Look the sale up again.
    """

    find_requested = Signal(object)
    line_requested = Signal(object)
    quantity_requested = Signal(object)
    step_requested = Signal(object)
    all_requested = Signal()
    reason_requested = Signal(object)
    in_cash_requested = Signal(object)
    refund_requested = Signal(object)
    void_requested = Signal()
    retry_requested = Signal()

    def _draw(self, state: RefundState) -> None:
        """To be drawn."""
