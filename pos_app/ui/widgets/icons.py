"""Signs drawn as strokes on a grid of 24, in any colour and size, so that no state is told by colour alone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

_Stroke = tuple[tuple[float, float], ...]

#: Each sign is a list of polylines; a polyline of one point with a radius is written in ``_CIRCLES``.
_LINES: Final[dict[str, tuple[_Stroke, ...]]] = {
    "success": (((7, 12.5), (10.5, 16), (17, 8.5)),),
    "danger": (((8.5, 8.5), (15.5, 15.5)), ((15.5, 8.5), (8.5, 15.5))),
    "warning": (((12, 3.5), (22, 20.5), (2, 20.5), (12, 3.5)), ((12, 10), (12, 14.5)), ((12, 17.4), (12, 17.6))),
    "info": (((12, 11), (12, 16.5)), ((12, 7.6), (12, 7.8))),
    "neutral": (((8, 12), (16, 12)),),
    "backspace": (((8, 5), (21, 5), (21, 19), (8, 19), (2, 12), (8, 5)), ((11, 9), (17, 15)), ((17, 9), (11, 15))),
    "member": (((4, 20), (5, 16.5), (8, 15), (16, 15), (19, 16.5), (20, 20)),),
    "printer": (
        ((7, 9), (7, 3.5), (17, 3.5), (17, 9)),
        ((7, 17), (3.5, 17), (3.5, 9), (20.5, 9), (20.5, 17), (17, 17)),
        ((7, 14), (17, 14), (17, 20.5), (7, 20.5), (7, 14)),
    ),
    "scanner": (
        ((4, 8), (4, 4), (8, 4)),
        ((16, 4), (20, 4), (20, 8)),
        ((20, 16), (20, 20), (16, 20)),
        ((8, 20), (4, 20), (4, 16)),
        ((8, 9), (8, 15)),
        ((12, 9), (12, 15)),
        ((16, 9), (16, 15)),
    ),
    "drawer": (
        ((3, 8), (21, 8), (21, 19), (3, 19), (3, 8)),
        ((9.5, 13.5), (14.5, 13.5)),
        ((5, 8), (7, 4), (17, 4), (19, 8)),
    ),
    "display": (((3, 4), (21, 4), (21, 16), (3, 16), (3, 4)), ((12, 16), (12, 20)), ((8, 20), (16, 20))),
    "scale": (((4, 20), (20, 20), (17, 10), (7, 10), (4, 20)), ((5, 6), (19, 6)), ((12, 6), (12, 10))),
    "basket": (((2.5, 4), (5.5, 4), (8, 16), (19, 16), (21, 7.5), (6.4, 7.5)),),
    "search": (((15.5, 15.5), (21, 21)),),
    "offline": (((3, 3), (21, 21)), ((4, 9), (8, 6.5)), ((12, 6), (17, 7), (20, 9)), ((8, 14), (11, 12.6))),
    "empty": (
        ((4, 5), (20, 5), (20, 19), (4, 19), (4, 5)),
        ((4, 14), (9, 14), (10.5, 16), (13.5, 16), (15, 14), (20, 14)),
    ),
    "next": (((9, 5), (16, 12), (9, 19)),),
    "receipt": (
        (
            (5.5, 21),
            (5.5, 3),
            (18.5, 3),
            (18.5, 21),
            (16.3, 19.4),
            (14.1, 21),
            (12, 19.4),
            (9.9, 21),
            (7.7, 19.4),
            (5.5, 21),
        ),
        ((9, 8), (15, 8)),
        ((9, 12), (15, 12)),
    ),
    "cash": (((2.5, 6), (21.5, 6), (21.5, 18), (2.5, 18), (2.5, 6)), ((6, 12), (6.2, 12)), ((17.8, 12), (18, 12))),
    "report": (((4, 21), (20, 21)), ((6.5, 17.5), (6.5, 12)), ((12, 17.5), (12, 4)), ((17.5, 17.5), (17.5, 8.5))),
    "count": (
        ((4, 17), (20, 17)),
        ((4, 20.5), (20, 20.5)),
        ((8.5, 3.5), (12, 8), (15.5, 3.5)),
        ((12, 8), (12, 13.5)),
        ((8.5, 8.3), (15.5, 8.3)),
        ((8.5, 11), (15.5, 11)),
    ),
    "day": (
        ((4, 5.5), (20, 5.5), (20, 20.5), (4, 20.5), (4, 5.5)),
        ((4, 10), (20, 10)),
        ((8, 3), (8, 7)),
        ((16, 3), (16, 7)),
        ((8.5, 15), (11, 17.5), (15.5, 13)),
    ),
    "settings": (((3, 7), (11, 7)), ((17, 7), (21, 7)), ((3, 17), (7, 17)), ((13, 17), (21, 17))),
    "training": (
        ((2, 9), (12, 4.5), (22, 9), (12, 13.5), (2, 9)),
        ((6.5, 11.5), (6.5, 17), (12, 19.5), (17.5, 17), (17.5, 11.5)),
        ((22, 9), (22, 15)),
    ),
    "leave": (((14, 4), (5, 4), (5, 20), (14, 20)), ((10, 12), (21, 12)), ((17, 8), (21, 12), (17, 16))),
}
_CIRCLES: Final[dict[str, tuple[tuple[float, float, float], ...]]] = {
    "success": ((12, 12, 9.5),),
    "danger": ((12, 12, 9.5),),
    "info": ((12, 12, 9.5),),
    "neutral": ((12, 12, 9.5),),
    "member": ((12, 8, 4),),
    "search": ((10, 10, 6.5),),
    "basket": ((9.5, 19.8, 1.2), (17.5, 19.8, 1.2)),
    "offline": ((12, 18, 1),),
    "cash": ((12, 12, 2.8),),
    "settings": ((14, 7, 3), (10, 17, 3)),
}


def paint(painter: QPainter, name: str, rect: QRectF, ink: QColor, *, width: float = 1.9) -> None:
    """Draw a sign into a square; unknown names draw nothing."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 24, rect.height() / 24)
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in _LINES.get(name, ()):
        path = QPainterPath(QPointF(*stroke[0]))
        for x, y in stroke[1:]:
            path.lineTo(x, y)
        painter.drawPath(path)
    for x, y, radius in _CIRCLES.get(name, ()):
        painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.restore()
