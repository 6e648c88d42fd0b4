"""How far something has come: a bar with its words and the time that is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.labels import Figure, label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something has come.

    Attributes:
        done: Of it.
        whole: All of it; 0 while that is not known.
        seconds_left: Guessed; None where it cannot be.
    """

    done: int = 0
    whole: int = 0
    seconds_left: int | None = None

    @property
    def percent(self) -> int | None:
        """0 to 100; None while the whole is not known."""
        return None if self.whole <= 0 else max(0, min(100, self.done * 100 // self.whole))


class ProgressBar(QWidget):
    """A bar that fills; without a known whole it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._percent: int | None = None
        self.setFixedHeight(10)

    def show_percent(self, percent: int | None) -> None:
        """Fill the bar, 0 to 100."""
        if percent != self._percent:
            self._percent = percent
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.tokens()
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.color(t.control))
        painter.setBrush(theme.color(t.sunken))
        painter.drawRoundedRect(whole, 5, 5)
        if self._percent:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(t.accent))
            painter.drawRoundedRect(QRectF(0, 0, max(10.0, self.width() * self._percent / 100), self.height()), 5, 5)
        painter.end()


class ProgressLine(QWidget):
    """Words on the left, how far on the right, the bar under them, and what is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_1)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        self._words, self._figure, self._left = label(), Figure(""), label("small")
        row.addWidget(self._words, 1)
        row.addWidget(self._figure)
        self._bar = ProgressBar()
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addWidget(self._left)
        self._shown: tuple[str, Progress] = ("", Progress())

    def show_progress(self, words: str, progress: Progress) -> None:
        """Draw how far it is."""
        self._shown = (words, progress)
        self._words.setText(words)
        if progress.percent is None:
            self._figure.setText("")
        else:
            # The bar is full before the last is done: the figures say which.
            self._figure.setText(f"{progress.done:,} / {progress.whole:,}  ·  {progress.percent}%")
        self._bar.show_percent(progress.percent)
        self._left.setText(self._time_left(progress.seconds_left))

    def _time_left(self, seconds: int | None) -> str:
        if seconds is None:
            return ""
        if seconds < _MINUTE:
            return self.tr("Less than a minute left")
        return self.tr("About {minutes} min left").format(minutes=-(-seconds // _MINUTE))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._left.setText(self._time_left(self._shown[1].seconds_left))
