"""How every device stands, in one place: written by whatever drives a device, read by status bar and screens."""

from __future__ import annotations

import enum
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Qt, Signal


class DeviceRole(enum.StrEnum):
    """What a device is for at this till."""

    PRINTER = "printer"
    SCANNER = "scanner"
    DRAWER = "drawer"
    SCALE = "scale"
    DISPLAY = "display"
    CUSTOMER_SCREEN = "customer_screen"


class DeviceStanding(msgspec.Struct, frozen=True):
    """How a device stands.

    Attributes:
        role: What it is for.
        place: Its address; tells several of one role apart.
        state: ``closed``, ``idle``, ``busy`` or ``error``, as the device says.
        reason: Why it is in error, as a code in small letters; else empty.
    """

    role: DeviceRole
    place: str
    state: str
    reason: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether it does not work now."""
        return self.state == "error"


class DeviceBoard(QObject):
    """Keeps the last word of each device.

    Signals:
        changed: ``(standing, before)``: a :class:`DeviceStanding` that is another than before, and that one or None;
            on this object's thread.
    """

    changed = Signal(object)
    _noted = Signal(object)

    def __init__(self, note_change: Callable[[DeviceStanding], None], parent: QObject | None = None) -> None:
        """Begin empty.

        Args:
            note_change: Writes a change into the log; called once for each.
            parent: The owner.
        """
        super().__init__(parent)
        self._note_change = note_change
        self._standings: dict[tuple[DeviceRole, str], DeviceStanding] = {}
        self._forgotten = dict.fromkeys(DeviceRole, 0)
        self._noted.connect(self._on_noted, Qt.ConnectionType.AutoConnection)

    def note(self, standing: DeviceStanding) -> None:
        """A device says how it stands; from any thread."""
        self._noted.emit((standing, self._forgotten[standing.role]))

    def forget(self, role: DeviceRole) -> None:
        """Devices of a role are not there any more: others are set up, and what those said is not heard any more."""
        self._forgotten[role] += 1
        for key in [each for each in self._standings if each[0] is role]:
            del self._standings[key]

    def standings(self, role: DeviceRole | None = None) -> tuple[DeviceStanding, ...]:
        """How all devices stand, or those of a role, in the order in which they were first heard of."""
        return tuple(each for each in self._standings.values() if role is None or each.role is role)

    def wrong(self) -> tuple[DeviceStanding, ...]:
        """Devices that do not work now."""
        return tuple(each for each in self._standings.values() if each.is_wrong)

    def _on_noted(self, noted: tuple[DeviceStanding, int]) -> None:
        standing, forgotten = noted
        if forgotten != self._forgotten[standing.role]:
            return  # on its way while others were set up
        key = (standing.role, standing.place)
        before = self._standings.get(key)
        if standing == before:
            return
        self._standings[key] = standing
        self._note_change(standing)
        self.changed.emit((standing, before))
