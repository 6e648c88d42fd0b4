"""Fields of forms: a small word over a box, and boxes that take digits only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent


class _FieldBox(TextBox):
    """A box that says when it has the focus, so that a pad can type into it.

    Signals:
        focused: The box has the focus now; carries it.
    """

    focused = Signal(object)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self)


class Field(QWidget):
    """A named box. Any widget can stand in for the box.

    Attributes:
        box: Where one types.
    """

    def __init__(self, *, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = _FieldBox(role)
        self._word = label("small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._word)
        column.addWidget(self.box)

    def set_word(self, words: str) -> None:
        """Name the field."""
        self._word.setText(words)
        self.box.setAccessibleName(words)

    def text(self) -> str:
        """What was typed, without spaces around it."""
        return self.box.text().strip()

    def set_text(self, text: str) -> None:
        """Put text into the box."""
        self.box.setText(text)

    def show_bad(self, *, bad: bool) -> None:
        """Mark the box as holding something that cannot be used."""
        self.box.show_bad(bad=bad)


class Named(QWidget):
    """A small word over any widget."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = label("small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._word)
        column.addWidget(content)

    def set_word(self, words: str) -> None:
        """Name the widget."""
        self._word.setText(words)


def digits_only(box: QLineEdit, most: int) -> None:
    """Let a box take up to ``most`` digits and nothing else; the input method is off."""
    box.setMaxLength(most)
    box.setValidator(QRegularExpressionValidator(QRegularExpression(f"[0-9]{{0,{most}}}"), box))
    box.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)


def secret_digits(box: QLineEdit, most: int) -> None:
    """A box for a PIN: digits only, never shown, never kept by an input method."""
    digits_only(box, most)
    box.setEchoMode(QLineEdit.EchoMode.Password)
