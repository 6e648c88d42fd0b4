"""The customer's screen at work: which monitor, what is shown, and when; never before the cashier has their picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect, QSize, QTimer, Signal

from pos_app.config import CustomerScreenSettings, ScreenPlace
from pos_app.runtime.device_board import DeviceRole, DeviceStanding
from pos_app.ui.customer_screen.codes import matrix_image
from pos_app.ui.customer_screen.monitors import Monitor, Monitors, choose
from pos_app.ui.customer_screen.pictures import LANE, PictureFolder, is_picture, read_picture
from pos_app.ui.customer_screen.showing import Look, customer_state
from pos_app.ui.customer_screen.state import Scene
from pos_app.ui.customer_screen.window import CustomerWindow, room_beside

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from pos_app.errors import KnownError
    from pos_app.ui.desk import Desk

#: What happens at the till is drawn this much later, once for all that happened meanwhile: the cashier comes first.
DELAY_MS: Final = 40
_CODE_PX: Final = 800

Matrix = Sequence[Sequence[bool]]


class CustomerScreen(QObject):
    """Shows the customer what happens at the till.

    Args:
        desk: Whose sales.
        monitors: Those of this computer.
        code_of: The modules of a code with a text in it; None where the text is too long. Slow.

    Signals:
        shown: Where it is shown has changed.
    """

    shown = Signal()

    def __init__(self, desk: Desk, monitors: Monitors, code_of: Callable[[str], Matrix | None]) -> None:
        super().__init__(desk)
        self._desk = desk
        self._monitors = monitors
        self._code_of = code_of
        self._settings = CustomerScreenSettings()
        self._window: CustomerWindow | None = None
        self._beside = False
        self._folder: PictureFolder | None = None
        self._reads = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(DELAY_MS)
        self._later.timeout.connect(self._draw)
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._next_picture)
        desk.customer.changed.connect(self._on_changed)
        desk.till_changed.connect(self._on_till_changed)
        desk.shell.theme_changed.connect(self._on_look)
        desk.shell.language_changed.connect(self._on_look)
        monitors.changed.connect(self._place)
        handle = desk.shell.windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self._on_till_moved)

    @property
    def window(self) -> CustomerWindow | None:
        """The window, where there is one."""
        return self._window

    @property
    def is_shown(self) -> bool:
        """Whether customers see anything."""
        return self._window is not None and self._window.isVisible()

    def use(self) -> None:
        """Take the desk's settings into use."""
        self._settings = self._desk.settings.devices.customer_screen
        folder = self._settings.pictures
        self._folder = PictureFolder(Path(folder)) if folder else None
        self._desk.devices.forget(DeviceRole.CUSTOMER_SCREEN)
        self._beside = self._settings.place is ScreenPlace.WINDOW
        self._turn.stop()
        if self._window is not None:
            self._window.show_idle_picture(None)
            self._read_codes()
        self._place()

    def show_beside(self, *, only_where: Callable[[QRect], bool] | None = None) -> None:
        """Show it in a window of its own beside the till's, whatever the settings say; until somebody closes it.

        Args:
            only_where: Says whether a place is free; then it is not shown at all where it would cover the till or
                anything else.
        """
        if only_where is not None:
            place = room_beside(self._desk.shell)
            if place is None or not only_where(place):
                return
        if self.is_shown and not self._beside and self._window is not None:
            self._window.vanish()
        self._beside = True
        self._place()

    def close(self) -> None:
        """Let go of the window."""
        self._later.stop()
        self._turn.stop()
        if self._window is not None:
            self._window.vanish()
            self._window.deleteLater()
            self._window = None

    # Where

    def _place(self) -> None:
        """Show it where it belongs, or nowhere; called again whenever a monitor comes or goes."""
        if self._beside:
            self._have_window().show_beside(self._desk.shell)
        elif self._settings.place is ScreenPlace.MONITOR:
            self._place_on_monitor()
        elif self._window is not None:
            self._window.vanish()
        self._draw()  # nothing was drawn while it could not be seen
        self.shown.emit()

    def _place_on_monitor(self) -> None:
        shell, wanted = self._desk.shell, self._settings.monitor
        chosen = choose(self._monitors.found(), wanted, self._monitors.of(shell))
        state, reason = "idle", ""
        if isinstance(chosen, Monitor):
            self._have_window().show_on(chosen)
        else:
            state, reason = "error", chosen
            if self._window is not None:
                # The system would move it to the till's own monitor, over everything the cashier needs.
                self._window.vanish()
        self._desk.devices.note(DeviceStanding(DeviceRole.CUSTOMER_SCREEN, wanted, state, reason))

    def _have_window(self) -> CustomerWindow:
        if self._window is None:
            self._window = CustomerWindow()
            self._window.closed.connect(self._on_closed)
            self._window.resized.connect(self._on_changed)
            self._read_codes()
        return self._window

    def _on_closed(self) -> None:
        """Somebody closed the window beside the till; on a monitor it cannot be closed by hand."""
        self._beside = False
        QTimer.singleShot(0, self, self._place)  # the window is still closing; then it may go back to its monitor

    def _on_till_moved(self, _screen: object) -> None:
        self._place()

    # What

    def _on_changed(self) -> None:
        if self.is_shown and not self._later.isActive():
            self._later.start()

    def _on_till_changed(self, _till: object) -> None:
        self._on_changed()

    def _on_look(self, _name: object) -> None:
        if self._window is not None:
            self._window.retitle()
            self._window.update()

    def _look(self) -> Look:
        settings = self._desk.settings
        return Look(
            settings.devices.customer_screen,
            settings.receipt_language,
            settings.shop.name,
            settings.shop.thanks,
            training=self._desk.is_training,
        )

    def _draw(self) -> None:
        window = self._window
        if window is None or not window.isVisible():
            self._turn.stop()
            return
        state = customer_state(self._desk.customer.now, self._look(), self._desk.till.context.today())
        window.show_state(state)
        if state.scene is not Scene.IDLE or self._folder is None:
            self._turn.stop()
        elif not self._turn.isActive():
            self._turn.start(max(1, self._settings.seconds) * 1_000)
            self._next_picture()

    # Pictures

    def _next_picture(self) -> None:
        folder, window = self._folder, self._window
        if folder is None or window is None or self._reads:
            return
        self._reads = True
        room = window.pixels()
        self._desk.operations.run(LANE, lambda: (folder, folder.next(room)), self._on_picture, self._on_no_picture)

    def _on_picture(self, read: tuple[PictureFolder, QImage | None]) -> None:
        self._reads = False
        folder, image = read
        if folder is self._folder and self._window is not None:
            self._window.show_idle_picture(image)

    def _on_no_picture(self, _error: KnownError) -> None:
        self._reads = False  # the next is tried when its time comes

    def _read_codes(self) -> None:
        if self._window is None:
            return
        wanted, make = self._settings, self._code_of

        def work() -> tuple[CustomerScreenSettings, QImage | None, QImage | None]:
            return wanted, _code(wanted.payment_code, make), _code(wanted.sign_up_code, make)

        self._desk.operations.run(LANE, work, self._on_codes)

    def _on_codes(self, read: tuple[CustomerScreenSettings, QImage | None, QImage | None]) -> None:
        settings, payment, sign_up = read
        if settings == self._settings and self._window is not None:
            self._window.show_codes(payment, sign_up)


def _code(text: str, make: Callable[[str], Matrix | None]) -> QImage | None:
    """A code as the shop set it: a picture of one, or a text that becomes one; None where there is none."""
    if not text:
        return None
    if is_picture(text):
        return read_picture(Path(text), QSize(_CODE_PX, _CODE_PX))
    matrix = make(text)
    return None if matrix is None else matrix_image(matrix)
