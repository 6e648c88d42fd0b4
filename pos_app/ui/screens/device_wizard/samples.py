"""What right papers look like, painted: numbered lines, rulers and codes in the printer's own cells, on white paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui import fonts, theme
from pos_app.ui.widgets import icons
from pos_app.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

_CELL: Final = 8
_FONT: Final = 15
_NUMBER: Final = 44
_CHECK: Final = 40
_LINE_HEIGHT: Final = 52
_MODULE: Final = 3
_BAR: Final = 5
_QUIET: Final = 11
_DIGITS: Final = 34
_BUSY_MS: Final = 60


class SampleTile(Button):
    """A numbered part of the trial page as it looks when it is right; touched when the paper's looks like that."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.number = number
        self.setCheckable(True)
        self._text = ""
        self._matrix: tuple[tuple[bool, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """A line of text; also what a screen reader says."""
        self._text = text
        self.setAccessibleName(f"{self.number}: {text}")
        self._fit()

    def show_matrix(self, matrix: tuple[tuple[bool, ...], ...]) -> None:
        """A square code behind the text."""
        self._matrix = matrix
        self._fit()

    def _fit(self) -> None:
        code = (len(self._matrix) + 4) * _MODULE
        self.setMinimumHeight(max(_LINE_HEIGHT, code))
        self.setMaximumHeight(self.minimumHeight())
        self.update()

    def sizeHint(self) -> QSize:
        cells = sum(_cells(each) for each in self._text)
        code = (len(self._matrix) + 2) * _MODULE if self._matrix else 0
        return QSize(_NUMBER + cells * _CELL + code + _CHECK + theme.SPACE_4, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.tokens()
        marked = self.isChecked()
        edge = theme.color(t.accent if marked or self.hasFocus() else t.control)
        painter.setPen(QPen(edge, 3 if marked else 1))
        painter.setBrush(theme.color(theme.CODE_GROUND))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), theme.RADIUS, theme.RADIUS)
        ink = theme.color(theme.CODE_MODULES)
        painter.setPen(ink)
        painter.setFont(fonts.sized(theme.SIZE_TITLE, bold=True))
        painter.drawText(QRect(0, 0, _NUMBER, self.height()), Qt.AlignmentFlag.AlignCenter, str(self.number))
        painter.setFont(fonts.sized(_FONT))
        left = _NUMBER
        for char in self._text:
            width = _cells(char) * _CELL
            painter.drawText(QRect(left, 0, width, self.height()), Qt.AlignmentFlag.AlignCenter, char)
            left += width
        self._paint_matrix(painter, left + _CELL)
        if marked:
            sign = QRectF(self.width() - _CHECK, self.height() / 2 - 13, 26, 26)
            icons.paint(painter, "success", sign, theme.color(theme.LIGHT.success), width=2)
        painter.end()

    def _paint_matrix(self, painter: QPainter, left: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        top = (self.height() - len(self._matrix) * _MODULE) // 2
        for y, row in enumerate(self._matrix):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(
                        left + x * _MODULE, top + y * _MODULE, _MODULE, _MODULE, theme.color(theme.CODE_MODULES)
                    )


class BarsWidget(QWidget):
    """A barcode with its digits, large enough for a scanner to read it from the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = ""
        self._code = ""
        self.setFixedHeight(210)

    def show_code(self, bars: str, code: str) -> None:
        """Show a code; ``1`` is a dark module."""
        self._bars, self._code = bars, code
        self.setFixedWidth((len(bars) + 2 * _QUIET) * _BAR)
        self.setAccessibleName(code)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color(theme.CODE_GROUND))
        ink = theme.color(theme.CODE_MODULES)
        for place, module in enumerate(self._bars):
            if module == "1":
                painter.fillRect((place + _QUIET) * _BAR, 14, _BAR, self.height() - 14 - _DIGITS, ink)
        painter.setPen(ink)
        painter.setFont(fonts.sized(theme.SIZE_TITLE))
        foot = QRect(0, self.height() - _DIGITS, self.width(), _DIGITS)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, self._code)
        painter.end()


class BusyBar(QWidget):
    """Moves while something is under way of which nobody knows how far it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(320, 8)
        self._place = 80
        self._timer = QTimer(self)
        self._timer.setInterval(_BUSY_MS)
        self._timer.timeout.connect(self._on_time)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _on_time(self) -> None:
        self._place = (self._place + 8) % (self.width() + 80)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(t.line))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setBrush(theme.color(t.accent))
        painter.drawRoundedRect(QRectF(QPointF(self._place - 80, 0), QPointF(self._place, self.height())), 4, 4)
        painter.end()


def _cells(char: str) -> int:
    """How many half-width places a printer gives a character."""
    return 1 if char.isascii() else 2
