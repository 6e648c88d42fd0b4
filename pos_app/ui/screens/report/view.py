"""A report as a sheet of two columns."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pos_app.ui.screens.report.state import ReportState
from pos_app.ui.widgets.base import ScreenView


class ReportView(ScreenView[ReportState]):
    """A report as a sheet of two columns.

    Signals:
        print_requested: Print it.
        retry_requested: Make it again.
    """

    print_requested = Signal()
    retry_requested = Signal()

    def _draw(self, state: ReportState) -> None:
        """To be drawn."""
