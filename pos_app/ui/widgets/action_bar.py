"""The row of function keys at the foot of every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.buttons import KeyButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_KEYS = {
    "Esc": Qt.Key.Key_Escape,
    "Enter": Qt.Key.Key_Return,
    "Del": Qt.Key.Key_Delete,
    **{f"F{n}": Qt.Key(int(Qt.Key.Key_F1) + n - 1) for n in range(1, 13)},
}


class ActionBar(QFrame):
    """Holds one button for each key of a screen and presses the button when the key is pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.SPACE_3, theme.SPACE_2, theme.SPACE_3, theme.SPACE_2)
        self._row.setSpacing(theme.SPACE_2)
        self._by_key: dict[Qt.Key, KeyButton] = {}

    def add(self, key: str, role: str = "", *, stretch: int = 1, shown: str = "") -> KeyButton:
        """Add a button for a key; its words are set when the screen is (re)translated.

        Args:
            key: The key that presses it.
            role: Its part in the style sheet.
            stretch: Its share of the width.
            shown: What is painted as its key, where Enter does the same.
        """
        result = KeyButton(shown or key, role)
        self._row.addWidget(result, stretch)
        self._by_key[_KEYS[key]] = result
        return result

    def add_widget(self, widget: QWidget, *, stretch: int = 1) -> None:
        """Add something that is no key: a fact, or room."""
        self._row.addWidget(widget, stretch)

    def buttons(self) -> tuple[KeyButton, ...]:
        """The buttons in the order shown."""
        return tuple(self._by_key.values())

    def press(self, event: QKeyEvent) -> bool:
        """Press the button of a key. Returns whether the key is one of those shown; a disabled one does nothing."""
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Enter:
            key = Qt.Key.Key_Return
        found = self._by_key.get(key)
        if found is None or found.isHidden() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if found.isEnabled() and not event.isAutoRepeat():
            found.click()
        return True
