"""Buttons: at least 44 px each way, with their key on them where they have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from pos_app.ui import fonts, theme
from pos_app.ui.widgets import icons

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

#: Room beside the words of a choice, with its border.
_AROUND_WORDS = 12
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Button(QPushButton):
    """A button that Tab reaches and a finger does not focus, so the box keeps the focus when a screen is touched.

    Attributes:
        role: ``""``, ``primary``, ``danger``, ``danger-primary``, ``quiet``, ``pad`` or ``segment``.
    """

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(theme.TARGET, theme.TARGET)
        if role:
            self.setProperty("role", role)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER_KEYS:
            # Qt leaves Enter to a dialog's default button; somebody who tabbed here means this one.
            if not event.isAutoRepeat():
                self.click()
            event.accept()
            return
        super().keyPressEvent(event)


def button(role: str = "", *, tall: bool = False) -> Button:
    """A button, taller when it is the thing the screen is for."""
    result = Button(role)
    if tall:
        result.setMinimumHeight(56)
    return result


class KeyButton(Button):
    """A button that shows its key above its words.

    Qt's own text stays empty and both lines are painted: drawing the frame through QStyle would cost the start the
    five milliseconds that Python needs to know QStyle's enumerations.
    """

    def __init__(self, key: str, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(role, parent)
        self.key_name = key
        self._words = ""
        self.setMinimumHeight(54)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        if text != self._words:
            self._words = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def text(self) -> str:
        return self._words

    def needed_width(self) -> int:
        """Width below which the words would be cut."""
        words = QFontMetrics(fonts.sized(theme.SIZE_BODY, bold=True)).horizontalAdvance(self._words)
        return max(words + 8, theme.TARGET)

    def sizeHint(self) -> QSize:
        return QSize(self.needed_width() + 8, 54)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.needed_width(), 54)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        t = theme.tokens()
        enabled = self.isEnabled()
        filled = self.property("role") == "primary"
        ink, key_ink = (t.on_accent, t.on_accent) if filled else (t.text, t.muted)
        if self.property("role") == "danger":
            ink = t.danger
        if not enabled:
            ink = key_ink = t.muted if filled else t.control
        half = self.height() // 2
        painter.setFont(fonts.sized(theme.SIZE_SMALL))
        painter.setPen(theme.color(key_ink))
        painter.drawText(QRect(0, 5, self.width(), half - 4), Qt.AlignmentFlag.AlignCenter, self.key_name)
        painter.setFont(fonts.sized(theme.SIZE_BODY, bold=filled))
        painter.setPen(theme.color(ink))
        painter.drawText(QRect(0, half - 2, self.width(), half - 2), Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()


class SignButton(Button):
    """A button with a sign in place of words; the words are its accessible name and tool tip."""

    def __init__(self, sign: str, role: str = "pad", parent: QWidget | None = None) -> None:
        super().__init__(role, parent)
        self._sign = sign

    def name(self, words: str) -> None:
        """Say what it does, for tool tip and screen reader."""
        self.setAccessibleName(words)
        self.setToolTip(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        t = theme.tokens()
        ink = theme.color(t.text if self.isEnabled() else t.control)
        square = QRectF(0, 0, 24, 24)
        square.moveCenter(QRectF(self.rect()).center())
        icons.paint(painter, self._sign, square, ink)
        painter.end()


class Choice(QWidget):
    """One of a few, side by side, or in rows of so many where there are more.

    Signals:
        chosen: The value chosen by a person (not by :meth:`select`).
    """

    chosen = Signal(object)

    def __init__(self, values: tuple[object, ...], *, columns: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = values
        self._group = QButtonGroup(self)
        self._buttons: list[Button] = []
        grid = _grid(self)
        columns = columns or len(values)
        for number, _value in enumerate(values):
            one = Button()
            one.setCheckable(True)
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(one, number)
            self._buttons.append(one)
            grid.addWidget(one, number // columns, number % columns)
        self._group.idClicked.connect(self._on_clicked)

    def set_words(self, *words: str) -> None:
        """Name the choices, in order."""
        metrics = QFontMetrics(fonts.sized(theme.SIZE_BODY, bold=True))
        for one, text in zip(self._buttons, words, strict=True):
            one.setText(text)
            # The one that is chosen is bold, which Qt does not count.
            one.setMinimumWidth(max(theme.TARGET, metrics.horizontalAdvance(text) + _AROUND_WORDS))

    def offer(self, *values: object) -> None:
        """Show only some of the values; one that is chosen and not among them stays chosen until another is."""
        for value, one in zip(self._values, self._buttons, strict=True):
            one.setVisible(value in values)

    def select(self, value: object) -> None:
        """Mark a value as chosen without telling anybody."""
        if value in self._values:
            self._buttons[self._values.index(value)].setChecked(True)

    def select_only(self, value: object) -> None:
        """Mark a value as chosen, or, when it is none of these, mark none."""
        if value in self._values:
            self.select(value)
            return
        self._group.setExclusive(False)
        for one in self._buttons:
            one.setChecked(False)
        self._group.setExclusive(True)

    def value(self) -> object:
        """The value chosen, or None."""
        number = self._group.checkedId()
        return self._values[number] if number >= 0 else None

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._values[number])


class Ticks(QWidget):
    """Any of some, in rows of so many.

    Signals:
        changed: A person ticked one, or took the tick away.
    """

    changed = Signal()

    def __init__(self, *, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._layout = _grid(self)
        self._options: tuple[tuple[str, str], ...] = ()
        self._buttons: dict[str, Button] = {}

    def set_options(self, options: tuple[tuple[str, str], ...]) -> None:
        """Offer ``(value, words)``; ticks stay."""
        if options == self._options:
            return
        ticked = self.values()
        for one in self._buttons.values():
            self._layout.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._options, self._buttons = options, {}
        for number, (value, words) in enumerate(options):
            one = Button()
            one.setCheckable(True)
            one.setText(words)
            one.setChecked(value in ticked)
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            one.clicked.connect(self.changed)
            self._buttons[value] = one
            self._layout.addWidget(one, number // self._columns, number % self._columns)

    def values(self) -> tuple[str, ...]:
        """What is ticked, in the order offered."""
        return tuple(value for value, one in self._buttons.items() if one.isChecked())

    def select(self, values: tuple[str, ...]) -> None:
        """Tick these and no others, without telling anybody."""
        for value, one in self._buttons.items():
            one.setChecked(value in values)


def _grid(widget: QWidget) -> QGridLayout:
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(theme.SPACE_1)
    return grid
