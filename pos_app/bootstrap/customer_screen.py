"""The customer's screen of a running till: the desk's sales, this computer's monitors, and codes drawn as on papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui.customer_screen.monitors import Monitors
from pos_app.ui.customer_screen.screen import CustomerScreen

if TYPE_CHECKING:
    from pos_app.ui.desk import Desk


def code_of(text: str) -> list[list[bool]] | None:
    """The modules of a QR code; None where the text is longer than one holds."""
    from hardware.printers.barcodes import qr_matrix
    from hardware.printers.errors import DocumentError

    try:
        return qr_matrix(text.encode())
    except DocumentError:
        return None


def customer_screen_for(desk: Desk) -> CustomerScreen:
    """The customer's screen, not shown yet."""
    return CustomerScreen(desk, Monitors(desk), code_of)
