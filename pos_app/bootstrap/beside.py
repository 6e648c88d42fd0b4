"""What stands beside the till's window: the customer's screen, and the windows of devices made of software."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect

from pos_app.bootstrap import demo
from pos_app.config import ScreenPlace
from pos_app.runtime.lanes import LaneName

if TYPE_CHECKING:
    from pos_app.bootstrap.running import RunningTill
    from pos_app.bootstrap.virtual_windows import VirtualWindows
    from pos_app.ui.customer_screen.screen import CustomerScreen
    from pos_app.ui.virtual.state import Sample


class BesideTill(QObject):
    """Made when it is first wanted; a shop without it loads nothing of it.

    Args:
        running: Whose till.
        with_windows: Whether devices made of software are shown.

    Attributes:
        screen: The customer's, where there is one.
        windows: Those of devices made of software.
    """

    def __init__(self, running: RunningTill, *, with_windows: bool) -> None:
        super().__init__(running)
        self._running = running
        self._with_windows = with_windows
        self.screen: CustomerScreen | None = None
        self.windows: VirtualWindows | None = None

    def have_screen(self, *, wanted: bool = False) -> CustomerScreen | None:
        """Have the customer's screen of the settings."""
        running = self._running
        place = running.settings.devices.customer_screen.place
        if running.desk is None or (self.screen is None and place is ScreenPlace.OFF and not wanted):
            return None
        if self.screen is None:
            from pos_app.bootstrap.customer_screen import customer_screen_for

            self.screen = customer_screen_for(running.desk)
        self.screen.use()
        return self.screen

    def show_screen(self) -> None:
        """Show the customer's screen in a window."""
        screen = self.screen or self.have_screen(wanted=True)
        if screen is not None:
            screen.show_beside()

    def show_devices(self) -> None:
        """Show devices made of software, where the settings want some."""
        running = self._running
        if running.devices.virtual is None or running.books is None or not self._with_windows:
            return
        if self.windows is not None:
            self.windows.show_for(running.settings)
            return
        till = running.books.till
        running.operations.run(LaneName.READER, lambda: demo.samples(till), self._on_samples)

    def _on_samples(self, samples: tuple[Sample, ...]) -> None:
        if self.windows is not None:
            return
        from pos_app.bootstrap.virtual_windows import VirtualWindows

        self.windows = VirtualWindows(self._running.devices.have_virtual(), self._running.shell, samples)
        self.windows.show_for(self._running.settings)
        screen = self.screen or self.have_screen(wanted=True)
        if screen is not None:
            screen.show_beside(only_where=self._is_free)

    def _is_free(self, place: QRect) -> bool:
        return self.windows is None or not self.windows.covers(place)

    def close(self) -> None:
        """Let go of all of it."""
        if self.screen is not None:
            self.screen.close()
        if self.windows is not None:
            self.windows.close()
