"""Paper as it hangs out of the virtual printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent


class Slip(QWidget):
    """The picture of one job, as wide as the window and as high as that makes it."""

    def __init__(self, png: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._picture.loadFromData(png)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._scaled(320).height())

    def _scaled(self, width: int) -> QSize:
        """Never larger than printed: a blown-up paper is harder to read, not easier."""
        size = self._picture.size()
        if self._picture.isNull() or size.width() <= width:
            return size
        return QSize(width, max(1, size.height() * width // size.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Not by heightForWidth: a scroll area asks for the height of its content before it knows the width.
        self.setFixedHeight(self._scaled(self.width()).height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._scaled(self.width())
        painter.drawPixmap(QRect((self.width() - size.width()) // 2, 0, size.width(), size.height()), self._picture)
        painter.end()


class PaperCard(QWidget):
    """One job with its time and what can be done with it.

    Signals:
        save_requested: Carries the paper's PNG bytes.
        copy_requested: Carries the paper's text.

    Attributes:
        png: The picture.
        text: The same as monospaced text.
    """

    save_requested = Signal(object)
    copy_requested = Signal(object)

    def __init__(self, png: bytes, text: str, time: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.png = png
        self.text = text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._slip = Slip(png)
        self._slip.setAccessibleName(text)
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
        column.addWidget(self._slip)

    def set_words(self, *, copy: str, save: str) -> None:
        """Name the buttons."""
        self._copy.setText(copy)
        self._save.setText(save)
        self._copy.setVisible(bool(self.text))

    def _on_copy(self) -> None:
        self.copy_requested.emit(self.text)

    def _on_save(self) -> None:
        self.save_requested.emit(self.png)
