"""A drawer on a serial pulse box: a few bytes open it, a line of the port may tell whether it is open."""

from __future__ import annotations

import enum
import threading
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

import msgspec

from hardware.worker import DeviceWorker, Keeps, WorkerConfig

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.ports import DeviceError, DeviceState, Reason, Transport

_WRITE_MS: Final = 1000


class Sensor(enum.StrEnum):
    """What tells whether the drawer is open."""

    NONE = "none"
    CTS = "cts"
    DSR = "dsr"


@runtime_checkable
class HasLines(Protocol):
    """A transport whose port has lines to read; None where there are none, as at pseudo terminals."""

    def clear_to_send(self) -> bool | None:
        """The CTS line."""

    def data_set_ready(self) -> bool | None:
        """The DSR line."""


class PulseBox:
    """Opens a drawer, once each time it is asked or not at all, in a thread of its own.

    Args:
        transport: The wire.
        pulse: The bytes that open it.
        sensor: What tells whether it is open.
        open_when_high: The sensor's line is high while it is open.
        on_open: Called with whether it is open, None when that is not known, once per change; in the worker's thread.
        on_state: Called once for each change of state.
        config: Reconnecting.
    """

    def __init__(
        self,
        transport: Transport,
        pulse: bytes,
        *,
        sensor: Sensor = Sensor.NONE,
        open_when_high: bool = True,
        on_open: Callable[[bool | None], None] | None = None,
        on_state: Callable[[DeviceState, Reason | None], None] | None = None,
        config: WorkerConfig | None = None,
    ) -> None:
        if not pulse:
            raise ValueError("a drawer needs bytes that open it")
        self._transport = transport
        self._pulse = pulse
        self._sensor = sensor
        self._open_when_high = open_when_high
        self._on_open = on_open
        self._lock = threading.Lock()
        self._is_open: bool | None = None
        config = msgspec.structs.replace(config or WorkerConfig(), keeps=Keeps.EACH, bound=1)
        self._worker: DeviceWorker[bytes] = DeviceWorker(transport, self, on_state=on_state, config=config)

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return self._worker.name

    @property
    def state(self) -> DeviceState:
        """How it stands."""
        return self._worker.state

    @property
    def is_open(self) -> bool | None:
        """Whether it stands open; None where nothing tells."""
        with self._lock:
            return self._is_open

    def open_drawer(self) -> bool:
        """Open it; returns at once, False when it cannot be opened now."""
        return self._worker.put(self._pulse)

    def start(self) -> None:
        """Begin."""
        self._worker.start()

    def stop(self, timeout_ms: int = 3000) -> bool:
        """End; returns whether the thread has ended."""
        return self._worker.stop(timeout_ms)

    # As the worker's driver

    def opened(self, wire: Transport) -> None:
        """The box needs no greeting."""

    def do(self, wire: Transport, item: bytes) -> None:
        """Give one pulse."""
        wire.write(item, timeout_ms=_WRITE_MS)

    def look_after(self, wire: Transport) -> bool:
        """Notice whether the drawer is open, and the box there."""
        wire.read(64, timeout_ms=1)
        self._note(self._sensed(wire))
        return True

    def lost(self) -> None:
        """Nothing is known any more."""
        self._note(None)

    def undone(self, item: bytes, error: DeviceError) -> None:
        """A drawer that opened later, with nobody there, would be worse than one that stays shut."""

    def _sensed(self, wire: Transport) -> bool | None:
        if self._sensor is Sensor.NONE or not isinstance(wire, HasLines):
            return None
        high = wire.clear_to_send() if self._sensor is Sensor.CTS else wire.data_set_ready()
        return None if high is None else high is self._open_when_high

    def _note(self, is_open: bool | None) -> None:
        with self._lock:
            before, self._is_open = self._is_open, is_open
        if is_open != before and self._on_open is not None:
            self._on_open(is_open)
