"""What a list or panel shows when it has nothing: empty, loading, offline, failed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.state import Phase
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.labels import Sign, label

_SIGNS = {
    Phase.READY: ("empty", "muted"),
    Phase.EMPTY: ("empty", "muted"),
    Phase.LOADING: ("neutral", "muted"),
    Phase.OFFLINE: ("offline", "warning"),
    Phase.FAILED: ("warning", "danger"),
}


class Placeholder(QWidget):
    """A sign, a sentence and, where it helps, one thing to do.

    Signals:
        action_requested: The button was pressed.
    """

    action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        column.setSpacing(theme.SPACE_2)
        column.addStretch(1)
        self._sign = Sign(size=36)
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        self._title = label("strong", wrap=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._title)
        self._words = label("muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._words)
        self._action = Button()
        self._action.clicked.connect(self.action_requested)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        self._action.hide()
        column.addStretch(1)

    def show_phase(self, phase: Phase, title: str, words: str = "", action: str = "", sign: str = "") -> None:
        """Show a phase in words; without ``action`` there is no button."""
        default_sign, tone = _SIGNS[phase]
        self._sign.show_sign(sign or default_sign, tone)
        self._title.setText(title)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._action.setText(action)
        self._action.setVisible(bool(action))
