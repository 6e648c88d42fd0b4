"""Paper as it hangs out of the virtual printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_TOOTH = 6
_PAPER = "#fbfaf5"  # Thermal paper is the same in the dark.
_SHADE = "#c9c6bb"


class Slip(QWidget):
    """The picture of one paper, torn off at the bottom; as wide as the window, as high as that makes it."""

    def __init__(self, png: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._picture.loadFromData(png)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._picture.isNull():
            return 2 * _TOOTH
        return self._scaled(width).height() + 2 * _TOOTH

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(320))

    def _scaled(self, width: int) -> QSize:
        """Never larger than printed: a blown-up paper is harder to read, not easier."""
        size = self._picture.size()
        room = max(1, width - 2 * theme.SPACE_1)
        return size if size.width() <= room else QSize(room, max(1, size.height() * room // size.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._scaled(self.width())
        left = (self.width() - size.width()) / 2
        bottom = size.height() + _TOOTH
        edge = QPolygonF([QPointF(left, 0), QPointF(left + size.width(), 0)])
        teeth = max(2, size.width() // (2 * _TOOTH))
        step = size.width() / teeth
        for number in range(teeth):
            x = left + size.width() - number * step
            edge.append(QPointF(x, bottom))
            edge.append(QPointF(x - step / 2, bottom + _TOOTH - 1))
        edge.append(QPointF(left, bottom))
        painter.setPen(theme.color(_SHADE))
        painter.setBrush(theme.color(_PAPER))
        painter.drawPolygon(edge)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.drawPixmap(QRectF(left, 1, size.width(), size.height()), self._picture, QRectF(self._picture.rect()))
        painter.end()


class PaperCard(QWidget):
    """One paper with its time and what can be done with it.

    Signals:
        save_requested: Carries the paper's PNG bytes.
        copy_requested: Carries the paper's text.
    """

    save_requested = Signal(object)
    copy_requested = Signal(object)

    def __init__(self, png: bytes, text: str, time: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.png = png
        self.text = text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_1)
        self._slip = Slip(png)
        self._slip.setAccessibleName(text)
        column.addWidget(self._slip)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        self._time = label("small")
        self._time.setText(time)
        self._copy = Button("quiet")
        self._save = Button("quiet")
        self._copy.clicked.connect(self._on_copy)
        self._save.clicked.connect(self._on_save)
        row.addWidget(self._time)
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(self._save)
        column.addLayout(row)

    def set_words(self, *, copy: str, save: str) -> None:
        """Name the buttons."""
        self._copy.setText(copy)
        self._save.setText(save)
        self._copy.setVisible(bool(self.text))

    def _on_copy(self) -> None:
        self.copy_requested.emit(self.text)

    def _on_save(self) -> None:
        self.save_requested.emit(self.png)
