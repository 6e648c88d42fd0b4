"""Words and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets import icons

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from pos_app.domain.money import Money
    from pos_app.domain.points import Points


def label(role: str = "", *, wrap: bool = False) -> QLabel:
    """A label with a part in the style sheet. The text is plain: what comes from outside is never read as HTML."""
    result = QLabel()
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if role:
        result.setProperty("role", role)
    return result


class Figure(QLabel):
    """A figure: right-aligned, digits of one width, so that columns line up and nothing jitters."""

    def __init__(self, role: str = "figure", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setProperty("role", role)
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        self.setFont(font)

    def show_money(self, amount: Money | None) -> None:
        """Show an amount, or a dash where there is none."""
        self.setText("–" if amount is None else amount.display())

    def show_points(self, points: Points | None) -> None:
        """Show points, or a dash where there are none."""
        self.setText("–" if points is None else points.display())


class Elided(QLabel):
    """A label for text from outside (names, goods): too long is shortened with an ellipsis, whole in the tool tip."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""
        if role:
            self.setProperty("role", role)

    def show_text(self, text: str) -> None:
        """Set the whole text."""
        self._whole = text
        self._fit()

    def whole_text(self) -> str:
        """The text before shortening."""
        return self._whole

    def _fit(self) -> None:
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class Sign(QWidget):
    """One of the signs of :mod:`pos_app.ui.widgets.icons` in a tone."""

    def __init__(self, name: str = "", *, size: int = 20, tone: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self.setFixedSize(size, size)

    def show_sign(self, name: str, tone: str) -> None:
        """Choose the sign and the token that colours it."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = theme.color(getattr(theme.tokens(), self._tone))
        icons.paint(painter, self._name, QRectF(self.rect()), ink)
        painter.end()


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin line between parts."""
    line = QFrame(parent)
    line.setFixedHeight(1)
    line.setProperty("role", "rule")
    return line
