"""The display service: what the customer is to see goes to the line display, the newest only; nobody waits for it."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject

from pos_app.runtime.device_board import DeviceBoard, DeviceRole, DeviceStanding


class SeenKind(enum.StrEnum):
    """What a customer sees is about."""

    NOTHING = "nothing"
    PRICE = "price"
    TOTAL = "total"
    PAID = "paid"
    CHANGE = "change"


class Seen(msgspec.Struct, frozen=True):
    """What the customer is to see.

    Attributes:
        kind: What it is about.
        amount: The figure alone: ``12.34``.
        money: The amount as the shop writes it: ``¥12.34``.
        text: What stands above it, as it came from outside.
        word: The word for the amount, in the language of the window.
    """

    kind: SeenKind = SeenKind.NOTHING
    amount: str = ""
    money: str = ""
    text: str = ""
    word: str = ""


class DisplayDevice(Protocol):
    """A display that shows the newest in a thread of its own."""

    def start(self, on_state: Callable[[str, str], None]) -> None:
        """Begin; ``on_state`` gets state and reason code in the device's thread, once per change."""

    def show(self, seen: Seen) -> None:
        """Show this; returns at once."""

    def stop(self) -> None:
        """End within a few seconds."""


class DisplayService(QObject):
    """The till's line display for the customer, or the lack of one."""

    def __init__(self, board: DeviceBoard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._device: DisplayDevice | None = None
        self._seen = Seen()

    @property
    def is_set_up(self) -> bool:
        """Whether there is a display."""
        return self._device is not None

    @property
    def seen(self) -> Seen:
        """What the customer is to see now."""
        return self._seen

    def use(self, place: str, device: DisplayDevice | None) -> None:
        """Show it on this display from now on, and on no other; None for none. ``place`` is its address."""
        self.stop()
        self._board.forget(DeviceRole.DISPLAY)
        self._device = device
        if device is None:
            return

        def tell(state: str, reason: str) -> None:
            # Busy is a matter of a moment: to whoever looks at the display it is ready all the while.
            if self._device is not device:
                return  # let go of: nobody wants its last words, and whoever would hear them may be gone
            shown = "idle" if state == "busy" else state
            self._board.note(DeviceStanding(DeviceRole.DISPLAY, place, shown, reason))

        device.start(tell)
        device.show(self._seen)

    def show(self, seen: Seen) -> None:
        """Show this from now on."""
        if seen == self._seen:
            return
        self._seen = seen
        if self._device is not None:
            self._device.show(seen)

    def try_out(self, seen: Seen) -> None:
        """Show something for whoever tests the display, until :meth:`show_again` or the sale goes on."""
        if self._device is not None:
            self._device.show(seen)

    def show_again(self) -> None:
        """Show again what the customer is to see."""
        if self._device is not None:
            self._device.show(self._seen)

    def stop(self) -> None:
        """Let the display go."""
        device, self._device = self._device, None
        if device is not None:
            device.stop()
