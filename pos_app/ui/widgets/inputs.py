"""Boxes to type in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from pos_app.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

#: More than a person types and more than any code holds; a paste of a book is cut here.
MAX_LENGTH = 256


class TextBox(QLineEdit):
    """A line to type in, 44 px high or more.

    Where codes or figures are typed (``codes=True``, and all amounts) the input method is off: it would take the keys
    of a scanner before the window sees them, and make words of them.

    Signals:
        submitted: Enter was pressed; carries the text. The box keeps Enter to itself when anybody listens
            (``submits=True``), otherwise the view gets it.
    """

    submitted = Signal(object)

    def __init__(
        self, role: str = "", *, submits: bool = False, codes: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._submits = submits
        self.setMinimumHeight({"box": 52, "amount": 56}.get(role, theme.TARGET))
        self.setMaxLength(MAX_LENGTH)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, not (codes or role == "amount"))

    def show_bad(self, *, bad: bool) -> None:
        """Mark the box as holding something that cannot be used."""
        if bool(self.property("bad")) != bad:
            self.setProperty("bad", bad)
            theme.restyle(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._submits and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.submitted.emit(self.text())
            event.accept()
            return
        super().keyPressEvent(event)


class CommandBox(TextBox):
    """The one box of the selling screen. Names are found by their initials; the member's sheet takes them in full.

    Signals:
        step_requested: ``+`` or ``-`` in an empty box; carries 1 or -1.
        move_requested: Up or Down; carries -1 or 1.
        remove_requested: Delete in an empty box.
    """

    step_requested = Signal(object)
    move_requested = Signal(object)
    remove_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("box", submits=True, codes=True, parent=parent)
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        empty = not self.text()
        if empty and key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.step_requested.emit(1 if key == Qt.Key.Key_Plus else -1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_requested.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif empty and key == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        elif key == Qt.Key.Key_Escape and not empty:
            self.clear()
        else:
            super().keyPressEvent(event)
            return
        event.accept()
