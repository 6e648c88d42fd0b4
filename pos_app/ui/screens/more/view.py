"""Everything that is not selling, as big tiles with digits."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pos_app.ui.screens.more.state import MoreState
from pos_app.ui.widgets.base import ScreenView


class MoreView(ScreenView[MoreState]):
    """Everything that is not selling, as big tiles with digits.

    Signals:
        item_requested: A :class:`MoreItem`.
    """

    item_requested = Signal(object)

    def _draw(self, state: MoreState) -> None:
        """To be drawn."""
