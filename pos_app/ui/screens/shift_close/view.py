"""Closing a shift: count the drawer without knowing what should be in it, then see."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pos_app.ui.screens.shift_close.state import ShiftCloseState
from pos_app.ui.widgets.base import ScreenView


class ShiftCloseView(ScreenView[ShiftCloseState]):
    """Closing a shift: count the drawer without knowing what should be in it, then see.

    Signals:
        close_requested: The count: a tuple of (face value in fen, pieces), only faces with pieces.
        print_requested: Print the shift report again (the Z report once the day is closed).
        day_requested: Close the day (Z).
        done_requested: Leave, after the result was read.
        report_requested: See the whole report.
    """

    close_requested = Signal(object)
    print_requested = Signal()
    day_requested = Signal()
    done_requested = Signal()
    report_requested = Signal()

    def _draw(self, state: ShiftCloseState) -> None:
        """To be drawn."""
