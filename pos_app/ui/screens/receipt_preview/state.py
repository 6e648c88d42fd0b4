"""What the receipt preview shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.state import Notice, Phase


@dataclass(frozen=True, slots=True)
class ReceiptPreviewState:
    """State of the preview.

    Attributes:
        number: Number of the sale.
        image: The paper as PNG, as the printer would print it; empty where there is none.
        text: The same as text, for the screen reader and where there is no picture.
        copy: It will be marked as a copy.
        phase: LOADING while it is made, FAILED when it could not be.
        notice: Of the printer.
        can_print: There is a printer.
    """

    number: str = ""
    image: bytes = b""
    text: str = ""
    copy: bool = False
    phase: Phase = Phase.READY
    notice: Notice | None = None
    can_print: bool = True
