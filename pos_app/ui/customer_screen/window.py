"""The window before the customer: it never takes the keyboard, and closing it ends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from pos_app.ui.customer_screen.canvas import HEIGHT, WIDTH, Canvas
from pos_app.ui.customer_screen.scenes import Pictures, paint
from pos_app.ui.customer_screen.state import CustomerState

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QImage, QPaintEvent, QResizeEvent

    from pos_app.ui.customer_screen.monitors import Monitor

_LEAST: Final = QSize(WIDTH // 4, HEIGHT // 4)
#: Of less height one reads nothing any more.
_LEAST_BESIDE: Final = 230
#: What the system may put above a window.
_FRAME: Final = 36


class CustomerWindow(QWidget):
    """Shows a state, on a monitor of its own or in a window beside the till's.

    Signals:
        closed: A person closed it.
        resized: It has another size; pictures may be wanted in it.
    """

    closed = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        # Everything is painted, so nothing has to be wiped before.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(_LEAST)
        self.resize(WIDTH, HEIGHT)
        self._state = CustomerState()
        self._pictures = Pictures()
        self._hides = False
        self.retitle()

    def retitle(self) -> None:
        """Name the window, for the system's list of windows."""
        self.setWindowTitle(self.tr("Customer's screen"))

    @property
    def state(self) -> CustomerState:
        """What is shown."""
        return self._state

    @property
    def pictures(self) -> Pictures:
        """The images that are shown where there is room for them."""
        return self._pictures

    def show_state(self, state: CustomerState) -> None:
        """Show something else; the same again costs nothing."""
        if state != self._state:
            self._state = state
            self.update()

    def show_codes(self, payment: QImage | None, sign_up: QImage | None) -> None:
        """Show other codes, or none."""
        self._pictures.payment, self._pictures.sign_up = payment, sign_up
        self.update()

    def show_idle_picture(self, image: QImage | None) -> None:
        """Show another picture while nothing is sold; None for the shop's name."""
        self._pictures.idle = image
        self.update()

    def pixels(self) -> QSize:
        """How many pixels there are, for pictures."""
        return self.size() * self.devicePixelRatio()

    def show_on(self, monitor: Monitor) -> None:
        """Fill a monitor; where it does already, nothing moves."""
        if self.isVisible() and self.isFullScreen() and self.geometry() == monitor.place:
            return
        self._take_style(framed=False)
        if monitor.screen is not None:
            self.setScreen(monitor.screen)
        self.setGeometry(monitor.place)
        # Not showFullScreen, which asks for the keyboard besides.
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()

    def show_beside(self, other: QWidget) -> None:
        """Show a window of its own, beside or over another one; where it stands already, it stays."""
        if self.isVisible() and not self.isFullScreen():
            return
        self._take_style(framed=True)
        place = room_beside(other)
        if place is None:
            room = other.screen().availableGeometry()
            place = QRect(0, 0, WIDTH // 2, HEIGHT // 2)
            place.moveBottomRight(room.bottomRight())
        self.setWindowState(Qt.WindowState.WindowNoState)
        self.setGeometry(place)
        self.show()

    def vanish(self) -> None:
        """Hide; nobody closed it."""
        self._hides = True
        self.hide()
        self._hides = False

    def _take_style(self, *, framed: bool) -> None:
        frameless = bool(self.windowFlags() & Qt.WindowType.FramelessWindowHint)
        if frameless is framed:
            self.setWindowFlag(Qt.WindowType.FramelessWindowHint, on=not framed)
        if framed:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.BlankCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(Canvas(painter, self.rect()), self._state, self._pictures)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._hides:
            self.closed.emit()


def room_beside(other: QWidget) -> QRect | None:
    """Where a window has room below another one, else to its right; None where it would cover it."""
    room, frame = other.screen().availableGeometry(), other.frameGeometry()
    below = room.bottom() - frame.bottom() - _FRAME
    right = room.right() - frame.right()
    if below >= _LEAST_BESIDE:
        high = min(HEIGHT, below)
        return QRect(QPoint(frame.left(), frame.bottom() + _FRAME), QSize(high * WIDTH // HEIGHT, high))
    wide = min(WIDTH, right)
    if wide * HEIGHT // WIDTH >= _LEAST_BESIDE:
        return QRect(QPoint(frame.right() + 1, frame.top() + _FRAME), QSize(wide, wide * HEIGHT // WIDTH))
    return None
