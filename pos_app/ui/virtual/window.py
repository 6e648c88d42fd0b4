"""What both windows have in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui import theme


class VirtualWindow(QWidget):
    """A small window of its own that follows theme and language; closing it only hides it.

    Attributes:
        column: Where the content goes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setProperty("role", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # The till ends when its own window closes, whatever stands beside it.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        self.column.setSpacing(theme.SPACE_3)

    def retranslate(self) -> None:
        """Set every word."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
