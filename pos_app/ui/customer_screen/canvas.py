"""Painting text by hand, in sizes that grow with the screen. Nothing that is painted here is ever read as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from pos_app.ui import fonts, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

#: The smallest screen: of ten inches. Sizes are given for it.
WIDTH: Final = 1024
HEIGHT: Final = 600
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER: Final = Qt.AlignmentFlag.AlignCenter


class Canvas:
    """A painter with the screen's unit.

    Attributes:
        painter: Paints.
        area: All there is.
    """

    def __init__(self, painter: QPainter, area: QRect) -> None:
        self.painter = painter
        self.area = area
        self._width, self._height = area.width(), area.height()

    def px(self, size: int) -> int:
        """A size on the smallest screen, in pixels of this one."""
        by_width, by_height = size * self._width // WIDTH, size * self._height // HEIGHT
        return max(1, min(by_width, by_height))

    def text(
        self,
        place: QRect,
        words: str,
        size: int,
        tone: str = "text",
        align: Qt.AlignmentFlag = LEFT,
        *,
        bold: bool = False,
        least: int = 0,
    ) -> int:
        """Write one line of plain text; what does not fit is made smaller down to ``least``, then shortened.

        Args:
            place: Where; in pixels.
            words: What.
            size: Height of the type on the smallest screen.
            tone: Token of its colour.
            align: Within the place.
            bold: Whether it is bold.
            least: The smallest type to try; 0 for ``size`` itself.

        Returns:
            How wide it came out, in pixels.
        """
        if not words or place.width() <= 0:
            return 0
        pixels = self.px(size)
        metrics = fonts.metrics(pixels, bold=bold)
        wide = metrics.horizontalAdvance(words)
        if wide > place.width() and least:
            pixels = max(self.px(least), pixels * place.width() // wide)
            metrics = fonts.metrics(pixels, bold=bold)
            wide = metrics.horizontalAdvance(words)
        if wide > place.width():
            words = metrics.elidedText(words, theme.ELIDE, place.width())
            wide = metrics.horizontalAdvance(words)
        self.painter.setFont(fonts.sized(pixels, bold=bold))
        self.painter.setPen(self.color(tone))
        self.painter.drawText(place, align | Qt.TextFlag.TextSingleLine, words)
        return wide

    def card(self, place: QRect, tone: str = "surface", radius: int = 12) -> None:
        """Paint a ground with round corners."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.color(tone))
        round_ = self.px(radius)
        self.painter.drawRoundedRect(QRectF(place), round_, round_)

    def line(self, left: int, right: int, y: int) -> None:
        """Paint a thin rule."""
        self.painter.fillRect(left, y, right - left, max(1, self.px(1)), self.color("line"))

    def picture(self, place: QRect, image: QImage, *, smooth: bool = True) -> QRect:
        """Paint an image as large as the place allows, in its middle; returns where."""
        size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(0, 0, size.width(), size.height())
        target.moveCenter(place.center())
        self.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=smooth)
        self.painter.drawImage(target, image)
        return target

    def color(self, tone: str) -> QColor:
        """A token of the theme in use."""
        return theme.color(getattr(theme.tokens(), tone))
