"""Codes for the customer to scan, as pictures: dark on white, with the quiet zone that readers need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from pos_app.ui import theme
from pos_app.ui.customer_screen.canvas import CENTER, Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUIET: Final = 4


def matrix_image(matrix: Sequence[Sequence[bool]]) -> QImage:
    """A code of one pixel a module, with its quiet zone; it is enlarged by whole numbers when it is painted."""
    side = len(matrix) + 2 * _QUIET
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(theme.color(theme.CODE_GROUND))
    painter = QPainter(image)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                painter.fillRect(x + _QUIET, y + _QUIET, 1, 1, theme.color(theme.CODE_MODULES))
    painter.end()
    return image


def paint_code(canvas: Canvas, place: QRect, image: QImage, words: str) -> None:
    """Paint a code with its words under it, as large as the place allows."""
    foot = canvas.px(44)
    side = min(place.width(), place.height() - foot)
    if side <= 0:
        return
    room = QRect(place.left() + (place.width() - side) // 2, place.top(), side, side)
    if image.width() < side:
        # A code of modules: whole pixels for each, so that its edges stay sharp.
        scale = side // image.width()
        square = QRect(0, 0, image.width() * scale, image.height() * scale)
        square.moveCenter(room.center())
        canvas.picture(square, image, smooth=False)
    else:
        square = canvas.picture(room, image)
    under = QRect(place.left(), square.bottom() + canvas.px(4), place.width(), foot)
    canvas.text(under, words, 24, align=CENTER, least=18)
