"""The scale service: what lies on the scale now, in the window's thread; a sale never waits for it."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Signal

from pos_app.runtime.device_board import DeviceBoard, DeviceRole, DeviceStanding


class WeightState(enum.StrEnum):
    """What a weight is worth."""

    STABLE = "stable"  # can be sold by
    MOVING = "moving"
    ZERO = "zero"
    NEGATIVE = "negative"
    OVERLOAD = "overload"
    UNIT = "unit"  # the scale weighs in something else than kilograms


class Weight(msgspec.Struct, frozen=True):
    """What the scale says at one moment.

    Attributes:
        state: What it is worth.
        grams: The figure; can be sold by only if STABLE.
        is_net: A tare was taken off at the scale.
    """

    state: WeightState
    grams: int = 0
    is_net: bool = False


class ScaleDevice(Protocol):
    """A scale that reads itself in a thread of its own."""

    def start(self, on_weight: Callable[[Weight | None], None], on_state: Callable[[str, str], None]) -> None:
        """Begin. Both are called in the device's thread, once per change; ``on_state`` gets state and reason code."""

    def watch(self, on: bool) -> None:
        """Somebody weighs, or does no more."""

    def current(self) -> Weight | None:
        """What it says now; None when it has not said anything for a moment."""

    def stop(self) -> None:
        """End within a few seconds."""


class ScaleService(QObject):
    """The till's scale, or the lack of one.

    Signals:
        changed: The :class:`Weight` on the scale now, or None where nobody knows.
    """

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(self, board: DeviceBoard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._device: ScaleDevice | None = None
        self._watched = False
        self._was_sold = False
        self._heard.connect(self._on_heard)

    @property
    def is_set_up(self) -> bool:
        """Whether there is a scale at all."""
        return self._device is not None

    @property
    def weight(self) -> Weight | None:
        """What lies on the scale now; None where nobody knows."""
        return self._device.current() if self._device is not None else None

    @property
    def was_sold(self) -> bool:
        """What lies there was sold already: nothing was lifted off since."""
        return self._was_sold

    def use(self, place: str, device: ScaleDevice | None) -> None:
        """Read this scale from now on, and no other; None for none. ``place`` is its address."""
        self.stop()
        self._board.forget(DeviceRole.SCALE)
        self._device = device
        if device is None:
            return

        def tell(state: str, reason: str) -> None:
            # Busy is a matter of a moment: to whoever looks at the scale it is ready all the while.
            if self._device is not device:
                return  # let go of: nobody wants its last words, and whoever would hear them may be gone
            shown = "idle" if state == "busy" else state
            self._board.note(DeviceStanding(DeviceRole.SCALE, place, shown, reason))

        device.start(self._hear, tell)
        device.watch(self._watched)

    def watch(self, *, on: bool) -> None:
        """Somebody is at the till who may weigh, or nobody any more."""
        self._watched = on
        if self._device is not None:
            self._device.watch(on)

    def sold(self) -> None:
        """What lies on the scale was sold: it is not sold again by itself until something was lifted off."""
        self._was_sold = True

    def stop(self) -> None:
        """Let the scale go."""
        device, self._device = self._device, None
        self._was_sold = False
        if device is not None:
            device.stop()

    def _hear(self, weight: Weight | None) -> None:
        """In the device's thread. Not the signal itself is handed out: it must not live longer than this object."""
        if self._device is not None:
            self._heard.emit(weight)

    def _on_heard(self, weight: Weight | None) -> None:
        if weight is not None and weight.state in (WeightState.ZERO, WeightState.NEGATIVE):
            self._was_sold = False
        self.changed.emit(weight)
