"""The glass of a customer's line display: bright characters in cells, and the word that is lit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui import fonts, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

#: Of the device, whatever the theme.
_GLASS: Final = QColor("#0d1a18")
_LIT: Final = QColor("#5ef2d0")
_UNLIT: Final = QColor("#23403a")
_TEXT_PX: Final = 15
_FIGURES_PX: Final = 34
_LAMP_PX: Final = 12
_COLUMNS: Final = 20


class DisplayFace(QWidget):
    """Draws what a display shows; dark without a plug."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[str, ...] = ()
        self._lamp = ""
        self._lamps: tuple[tuple[str, str], ...] = ()
        self._lit = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(84)

    def sizeHint(self) -> QSize:
        """Wide enough for twenty characters."""
        return QSize(240, 84)

    def set_lamps(self, lamps: tuple[tuple[str, str], ...]) -> None:
        """The words beside the figures, as (name of the lamp, word)."""
        self._lamps = lamps
        self.update()

    def show_lines(self, lines: tuple[str, ...], lamp: str) -> None:
        """Show lines of text, or one of figures, and light a lamp."""
        self._lines, self._lamp = lines, lamp
        self.setAccessibleName("\n".join(lines))
        self.update()

    def show_lit(self, *, lit: bool) -> None:
        """It has power, or it has none."""
        self._lit = lit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GLASS)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if self._lit:
            inside = QRectF(self.rect()).adjusted(theme.SPACE_3, theme.SPACE_2, -theme.SPACE_3, -theme.SPACE_2)
            if len(self._lines) == 1:
                self._draw_figures(painter, inside)
            else:
                self._draw_text(painter, inside)
        painter.end()

    def _draw_figures(self, painter: QPainter, inside: QRectF) -> None:
        painter.setFont(fonts.sized(_FIGURES_PX, bold=True))
        painter.setPen(_LIT)
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self._lines[0])
        painter.setFont(fonts.sized(_LAMP_PX))
        wide = inside.width() / max(1, len(self._lamps))
        for number, (name, word) in enumerate(self._lamps):
            painter.setPen(_LIT if name == self._lamp else _UNLIT)
            place = QRectF(inside.left() + number * wide, inside.bottom() - 18, wide, 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)

    def _draw_text(self, painter: QPainter, inside: QRectF) -> None:
        painter.setFont(fonts.sized(_TEXT_PX))
        painter.setPen(_LIT)
        columns = max((sum(map(_cells, line)) for line in self._lines), default=_COLUMNS)
        cell, high = inside.width() / max(1, columns), inside.height() / max(2, len(self._lines))
        for row, line in enumerate(self._lines):
            column = 0
            for character in line:
                cells = _cells(character)
                place = QRectF(inside.left() + column * cell, inside.top() + row * high, cells * cell, high)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, character)
                column += cells


def _cells(character: str) -> int:
    return 1 if character.isascii() else 2
