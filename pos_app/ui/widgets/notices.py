"""Messages: inline beside the box, toasts for facts, and a flash that tells yes from no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui import fonts, theme
from pos_app.ui.state import Notice, Tone
from pos_app.ui.widgets.labels import Sign, label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_INK = {
    Tone.NEUTRAL: "text",
    Tone.INFO: "accent",
    Tone.SUCCESS: "success",
    Tone.WARNING: "warning",
    Tone.DANGER: "danger",
}
TOAST_MS = 4_000
#: The widest toast, and the room in it for words.
TOAST_WIDTH = 620
_TOAST_WORDS = TOAST_WIDTH - 2 * theme.SPACE_4 - 24 - theme.SPACE_2
_TOAST_HEIGHT = 36
FLASH_MS = 160


def _words(notice: Notice) -> str:
    # Late: the log-in rarely has anything to say, and the start pays for every import.
    from pos_app.ui import messages

    return messages.words(notice)


class InlineMessage(QFrame):
    """A sentence in a place of its own. It keeps its height when there is nothing to say, so that nothing moves."""

    def __init__(self, *, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_3, 1, theme.SPACE_3, 1)
        row.setSpacing(theme.SPACE_2)
        self._lines = lines
        self._sign = Sign(size=20)
        self._words = label(wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        self._notice: Notice | None = None
        self._hint = ""
        self._fitted: tuple[str, int, str] = ("", 0, "")
        self.setFixedHeight(20 * (lines + 1) + 4)
        self._show()

    def show_notice(self, notice: Notice | None) -> None:
        """Say something, or (None) fall silent."""
        self._notice = notice
        self._show()

    def show_hint(self, words: str) -> None:
        """What to say quietly when there is no message."""
        self._hint = words
        self._show()

    def text(self) -> str:
        """The words shown."""
        return self._words.text()

    def _show(self) -> None:
        notice = self._notice
        if notice is None:
            theme.set_role(self, "")
            self._sign.hide()
            self._words.setText(self._hint)
        else:
            theme.set_role(self, f"notice-{notice.tone.value}")
            self._sign.show_sign(notice.tone.value, _INK[notice.tone])
            self._sign.show()
            self._words.setText(_words(notice))
        self._fit()

    def _fit(self) -> None:
        """Choose the smaller letters when the words would need more lines than there are."""
        base = "muted" if self._notice is None else f"notice-{self._notice.tone.value}"
        taken = 2 * theme.SPACE_3 + (0 if self._notice is None else 20 + theme.SPACE_2)
        room = max(self.width() - taken - 4, 40)
        words = self._words.text()
        if (words, room, base) == self._fitted:
            return
        self._fitted = (words, room, base)
        needed = QFontMetrics(fonts.sized(theme.SIZE_BODY)).boundingRect(
            QRect(0, 0, room, 1000), int(Qt.TextFlag.TextWordWrap), words
        )
        fits = needed.height() <= self._lines * 25
        small = "small" if self._notice is None else f"{base}-small"
        theme.set_role(self._words, base if fits else small)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class Toast(QFrame):
    """A fact that passes by itself."""

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tone = notice.tone.value
        self.setProperty("role", f"toast-{tone}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, theme.SPACE_1, theme.SPACE_4, theme.SPACE_1)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(Sign(tone, tone=_INK[notice.tone]))
        words = label(wrap=True)
        words.setText(_words(notice))
        # Measured in the letters it will have, not in those before the style sheet is heard.
        words.ensurePolished()
        words.setMinimumWidth(min(_TOAST_WORDS, words.fontMetrics().horizontalAdvance(words.text()) + 4))
        words.setMinimumHeight(words.heightForWidth(words.minimumWidth()))
        row.addWidget(words, 1)
        self.setMinimumHeight(_TOAST_HEIGHT)


class ToastLayer(QWidget):
    """Where toasts appear: over the status bar in the middle, the newest highest.

    Nothing is pressed up there and nothing typed, so one toast hides no button and no figure, not even for a moment.
    Touches go through a toast to what is under it.
    """

    def __init__(self, parent: QWidget, over: QWidget | None = None) -> None:
        """Make an empty layer.

        Args:
            parent: The window.
            over: What toasts lie over; the head of the window when it is not said.
        """
        super().__init__(parent)
        self._over = over
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show a toast for some seconds."""
        toast = Toast(notice)
        while self._column.count() >= 3:
            oldest = self._column.takeAt(self._column.count() - 1)
            widget = oldest.widget() if oldest is not None else None
            if widget is not None:
                widget.deleteLater()
        self._column.insertWidget(0, toast)
        toast.destroyed.connect(self._on_gone)
        timer = QTimer(toast)
        timer.setSingleShot(True)
        timer.timeout.connect(toast.deleteLater)
        timer.start(TOAST_MS)
        self.show()
        # A layout leaves out what is not shown yet, and shows it only later by itself.
        toast.show()
        self.place()

    def place(self) -> None:
        """Find the place again after a change of size."""
        parent = self.parentWidget()
        if parent is None:
            return
        self._column.invalidate()
        self._column.activate()
        size = self._column.sizeHint()
        width = min(size.width(), TOAST_WIDTH)
        layout = parent.layout()
        if layout is not None:
            # The training band may have come or gone just now.
            layout.activate()
        top = self._over.y() if self._over is not None else 0
        self.setGeometry((parent.width() - width) // 2, top + 2, width, size.height())
        self.raise_()

    def _on_gone(self) -> None:
        # The layout still counts the toast that is just going.
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        if self._column.count() == 0:
            self.hide()
        else:
            self.place()


class Flash(QWidget):
    """A coloured edge around the window for a moment, with a sign in the corner: taken, or not."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # Every pixel is painted, so that Qt need not paint the status bar under it first.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._good = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_result(self, *, good: bool) -> None:
        """Flash once."""
        self._good = good
        parent = self.parentWidget()
        if parent is not None:
            # Only the top edge: a frame around the window would make Qt paint all of it again, twice for each scan.
            self.setGeometry(0, 0, parent.width(), 6)
        self.show()
        self.raise_()
        self.update()
        self._timer.start(FLASH_MS if good else 3 * FLASH_MS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme.tokens()
        ink = theme.color(t.success if self._good else t.danger)
        if self._good:
            painter.fillRect(self.rect(), ink)
        else:
            painter.fillRect(self.rect(), theme.color(t.surface))
            pen = QPen(ink, self.height())
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            middle = self.height() // 2
            painter.drawLine(0, middle, self.width(), middle)
        painter.end()
