"""The window before the customer: it never takes the keyboard, and closing it ends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from pos_app.ui.customer_screen.canvas import HEIGHT, WIDTH, Canvas
from pos_app.ui.customer_screen.scenes import Pictures, paint
from pos_app.ui.customer_screen.state import CustomerState

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QImage, QPaintEvent, QResizeEvent, QScreen

_LEAST: Final = QSize(WIDTH // 4, HEIGHT // 4)


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

    def show_on(self, screen: QScreen) -> None:
        """Fill a monitor."""
        self._take_style(framed=False)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def show_beside(self, other: QWidget) -> None:
        """Show a window of its own, beside or over another one; where it stands already, it stays."""
        if self.isVisible() and not self.isFullScreen():
            return
        self._take_style(framed=True)
        self.setGeometry(self._place_beside(other))
        self.showNormal()

    def vanish(self) -> None:
        """Hide; nobody closed it."""
        self._hides = True
        self.hide()
        self._hides = False

    def _take_style(self, *, framed: bool) -> None:
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint, on=not framed)
        if framed:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.BlankCursor)

    def _place_beside(self, other: QWidget) -> QRect:
        """To the right of the other window where there is room, else below or over its lower right corner."""
        room = other.screen().availableGeometry()
        frame = other.frameGeometry()
        right, below = room.right() - frame.right(), room.bottom() - frame.bottom()
        wide = min(WIDTH, right) if right >= WIDTH // 2 else WIDTH // 2
        size = QSize(wide, wide * HEIGHT // WIDTH)
        place = QRect(room.topLeft(), size)
        if right >= WIDTH // 2:
            place.moveTopLeft(frame.topRight())
        elif below >= size.height():
            place.moveTopLeft(frame.bottomLeft())
        else:
            place.moveBottomRight(room.bottomRight())
        return place

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
