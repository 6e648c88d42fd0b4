"""Tiles: big buttons of a menu, with a sign, a name, a note and their key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QWidget

from pos_app.ui import fonts, theme
from pos_app.ui.widgets import icons
from pos_app.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_HEIGHT = 88
_SIGN = 28


class Tile(Button):
    """A tile. ``text()`` is its name; note, key and sign are painted."""

    def __init__(self, key: str, sign: str, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(role, parent)
        self.key_name = key
        self._sign = sign
        self._note = ""
        self._alert = ""
        self.setMinimumHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, name: str, note: str, alert: str = "") -> None:
        """Set name and note; ``alert`` takes the note's place, in the colour of a warning and with its sign."""
        self.setText(name)
        self._note, self._alert = note, alert
        self.setAccessibleDescription(alert or note)
        self.updateGeometry()
        self.update()

    def needed_width(self) -> int:
        """Width below which name or note would be cut."""
        name = QFontMetrics(fonts.sized(theme.SIZE_BODY, bold=True)).horizontalAdvance(self.text())
        note = QFontMetrics(fonts.sized(theme.SIZE_SMALL)).horizontalAdvance(self._alert or self._note)
        note += 22 if self._alert else 0
        return max(name + 24, note) + 2 * theme.SPACE_4 + _SIGN + theme.SPACE_3

    def sizeHint(self) -> QSize:
        return QSize(self.needed_width(), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.needed_width(), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words, option.text = option.text, ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        t = theme.tokens()
        enabled = self.isEnabled()
        danger = self.property("role") == "danger"
        ink = t.control if not enabled else (t.danger if danger else t.text)
        quiet = t.muted if enabled else t.control
        inner = self.rect().adjusted(theme.SPACE_4, 0, -theme.SPACE_4, 0)
        middle = inner.center().y()
        sign = QRectF(inner.left(), middle - _SIGN / 2 + 1, _SIGN, _SIGN)
        icons.paint(painter, self._sign, sign, theme.color(t.danger if danger and enabled else quiet), width=1.6)
        left = inner.left() + _SIGN + theme.SPACE_3
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(fonts.sized(theme.SIZE_BODY, bold=True))
        painter.setPen(theme.color(ink))
        top = middle - 25 if self._note or self._alert else middle - 12
        painter.drawText(QRect(left, top, inner.right() - left, 26), align, words)
        painter.setFont(fonts.sized(theme.SIZE_SMALL))
        second = QRect(left, middle + 1, inner.right() - left, 22)
        if self._alert and enabled:
            icons.paint(painter, "warning", QRectF(left, middle + 4, 16, 16), theme.color(t.warning))
            painter.setPen(theme.color(t.warning))
            painter.drawText(second.adjusted(22, 0, 0, 0), align, self._alert)
        else:
            painter.setPen(theme.color(quiet))
            painter.drawText(second, align, self._note)
        painter.setPen(theme.color(quiet))
        corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(self.rect().adjusted(0, 8, -12, 0), corner, self.key_name)
        painter.end()
