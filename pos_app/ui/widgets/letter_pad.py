"""Letters and digits for fingers: a code, or the address of a machine."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.buttons import Button, SignButton

_ROWS: Final = ("1234567890", "QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM.:")
_HEIGHT: Final = 48


class LetterPad(QWidget):
    """Keys that type into a box; capitals, which codes are written in and addresses do not mind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target: QLineEdit | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE_1 + 2)
        for row, letters in enumerate(_ROWS):
            for column, letter in enumerate(letters):
                key = Button("pad")
                key.setText(letter)
                key.setMinimumHeight(_HEIGHT)
                # Keyboards have these keys already: Tab need not stop at each of them.
                key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                key.clicked.connect(self._on_key)
                grid.addWidget(key, row, column)
        self._back = SignButton("backspace")
        self._back.setMinimumHeight(_HEIGHT)
        self._back.setAutoRepeat(True)
        self._back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._back.clicked.connect(self._on_back)
        grid.addWidget(self._back, len(_ROWS) - 1, len(_ROWS[-1]))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def set_target(self, target: QLineEdit) -> None:
        """Choose the box the letters go to."""
        self._target = target

    def _on_key(self) -> None:
        sender = self.sender()
        if self._target is not None and isinstance(sender, Button):
            self._target.insert(sender.text())

    def _on_back(self) -> None:
        if self._target is not None:
            self._target.backspace()

    def _retranslate(self) -> None:
        self._back.name(self.tr("Delete the last letter"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
