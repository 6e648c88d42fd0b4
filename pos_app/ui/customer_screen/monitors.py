"""The monitors of this computer, which come and go; and which of them is the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class Monitor(NamedTuple):
    """A monitor.

    Attributes:
        name: As the system calls it: ``HDMI-1``.
        place: Where it is on the desktop.
        screen: Qt's own.
    """

    name: str
    place: QRect
    screen: QScreen | None = None


class Monitors(QObject):
    """Those that are connected.

    Signals:
        changed: One came, went, or has another size.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._on_added)
            app.screenRemoved.connect(self._on_removed)
        for each in QGuiApplication.screens():
            each.geometryChanged.connect(self._on_moved)

    def found(self) -> tuple[Monitor, ...]:
        """All of them, the system's first one first."""
        return tuple(Monitor(each.name(), each.geometry(), each) for each in QGuiApplication.screens())

    def of(self, window: QWidget) -> Monitor:
        """The one that a window is on."""
        screen = window.screen()
        return Monitor(screen.name(), screen.geometry(), screen)

    def _on_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._on_moved)
        self.changed.emit()

    def _on_removed(self, _screen: QScreen) -> None:
        self.changed.emit()

    def _on_moved(self, _place: QRect) -> None:
        self.changed.emit()


def choose(found: Sequence[Monitor], wanted: str, till: Monitor) -> Monitor | str:
    """The customer's monitor: the one with the wanted name, or, where none is named, the first that is free.

    Args:
        found: All that are connected.
        wanted: The name of one; empty for any.
        till: The one with the till's window, which is never covered; nor is one that shows the same.

    Returns:
        The monitor, or why there is none, as a code: ``not_found``, ``same_monitor``.
    """
    named = [each for each in found if each.name == wanted] if wanted else list(found)
    free = [each for each in named if each.name != till.name and not each.place.intersects(till.place)]
    if free:
        return free[0]
    return "same_monitor" if wanted and named else "not_found"


def monitor_names(till: QWidget) -> tuple[str, ...]:
    """The names of all monitors but the one that the till's window is on."""
    own = till.screen().name()
    return tuple(each.name() for each in QGuiApplication.screens() if each.name() != own)
