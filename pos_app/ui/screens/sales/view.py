"""Sales and refunds, the newest first; found by the end of the receipt number."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pos_app.ui.screens.sales.state import SalesState
from pos_app.ui.widgets.base import ScreenView


class SalesView(ScreenView[SalesState]):
    """Sales and refunds, the newest first; found by the end of the receipt number.

    Signals:
        search_requested: The text in the box, as it is typed.
        show_requested: Key of the document to look at.
        reprint_requested: Key of the document to print again.
        refund_requested: Key of the sale of which something comes back.
        void_requested: Key of the sale to void; to be asked about first (``SalesState.voiding``).
        void_confirmed: A :class:`VoidConfirmed`.
        void_cancelled: It is not voided after all.
        retry_requested: Read the list again.
    """

    search_requested = Signal(object)
    show_requested = Signal(object)
    reprint_requested = Signal(object)
    refund_requested = Signal(object)
    void_requested = Signal(object)
    void_confirmed = Signal(object)
    void_cancelled = Signal()
    retry_requested = Signal()

    def _draw(self, state: SalesState) -> None:
        """To be drawn."""
