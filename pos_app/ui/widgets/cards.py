"""Cards, chips, pairs of word and figure: the furniture of panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui import fonts, theme
from pos_app.ui.widgets.labels import Figure, label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


def add_all(layout: QBoxLayout, *widgets: QWidget) -> None:
    """Put widgets into a layout one after another."""
    for one in widgets:
        layout.addWidget(one)


def centred(body: QWidget, width: int) -> QVBoxLayout:
    """A column in the middle of a screen's body that grows no wider than lines can be read across."""
    row = QHBoxLayout(body)
    row.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
    page = QWidget()
    page.setMaximumWidth(width)
    row.addStretch(1)
    row.addWidget(page, 1000)
    row.addStretch(1)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE_2)
    return column


def clear_layout(layout: QLayout) -> None:
    """Take the widgets out of a layout and delete them."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            # Gone from sight at once: deleting waits for the event loop.
            widget.hide()
            widget.deleteLater()


class Card(QFrame):
    """A surface with an optional heading.

    Attributes:
        column: Where the content goes.
    """

    def __init__(self, *, role: str = "card", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.SPACE_4, theme.SPACE_3, theme.SPACE_4, theme.SPACE_3)
        self.column.setSpacing(theme.SPACE_2)
        self._heading: QLabel | None = None

    def set_heading(self, words: str) -> None:
        """Name the card."""
        if self._heading is None:
            self._heading = label("section")
            self.column.insertWidget(0, self._heading)
        self._heading.setText(words)


class Pair(QWidget):
    """A word on the left and a figure on the right.

    Attributes:
        figure: The figure.
    """

    def __init__(self, *, role: str = "", word_role: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_3)
        self._word = label(word_role)
        self.figure = Figure(role)
        row.addWidget(self._word)
        row.addStretch(1)
        row.addWidget(self.figure)

    def set_word(self, words: str) -> None:
        """Name the figure."""
        self._word.setText(words)


class Balance(QWidget):
    """A figure at 20 px under its small name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._word = label("small")
        self.figure = Figure("figure")
        self.figure.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(self._word)
        column.addWidget(self.figure)

    def set_word(self, words: str) -> None:
        """Name the figure."""
        self._word.setText(words)


class Chip(QLabel):
    """A short word in a tone."""

    def __init__(self, tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", f"chip-{tone}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_chip(self, words: str, tone: str) -> None:
        """Set words and tone."""
        theme.set_role(self, f"chip-{tone}")
        self.setText(words)


class TierChip(QWidget):
    """The name of a tier in the tier's colour, with an outline, so that it is told apart without colour too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._rank = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_tier(self, words: str, rank: int) -> None:
        """Set the name and the rank from the entry tier (0)."""
        if (words, rank) == (self._words, self._rank):
            return  # each scan says so again; the panel would be laid out anew
        self._words, self._rank = words, rank
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        font = fonts.sized(theme.SIZE_SMALL, bold=True)
        from PySide6.QtGui import QFontMetrics

        return QSize(QFontMetrics(font).horizontalAdvance(self._words) + 18, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.color(theme.tokens().tier(self._rank))
        painter.setPen(ink)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(fonts.sized(theme.SIZE_SMALL, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()


class TierBar(QWidget):
    """How far the next tier is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share_bp = 0
        self._rank = 0
        self.setFixedHeight(8)

    def show_progress(self, share_bp: int, rank: int) -> None:
        """Fill the bar.

        Args:
            share_bp: Basis points of the way, 0 to 10,000.
            rank: Rank of the tier the member has now.
        """
        shown = max(0, min(share_bp, 10_000)), rank
        if shown != (self._share_bp, self._rank):
            self._share_bp, self._rank = shown
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        t = theme.tokens()
        whole = QRectF(self.rect())
        painter.setBrush(theme.color(t.neutral_soft))
        painter.drawRoundedRect(whole, 4, 4)
        if self._share_bp:
            painter.setBrush(theme.color(t.tier(self._rank)))
            width = max(8.0, whole.width() * self._share_bp / 10_000)
            painter.drawRoundedRect(QRectF(0, 0, width, whole.height()), 4, 4)
        painter.end()
