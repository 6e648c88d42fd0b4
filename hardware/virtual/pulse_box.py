"""A serial pulse box with its drawer, made of software; the drawer's sensor is wired to CTS and DSR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.transports.memory import MemoryTransport
from hardware.virtual.drawer import VirtualDrawer
from hardware.virtual.paper import Pulse

if TYPE_CHECKING:
    from collections.abc import Callable

_LONG_MS = 100


class VirtualPulseBox(MemoryTransport):
    """The box, which is its own wire; may be used from any thread.

    Args:
        pulse: The bytes it takes for a pulse.
        on_change: Called when the drawer opens or is shut.

    Attributes:
        drawer: The drawer.
        has_sensor: Its sensor is connected.
        problems: What it got that is no pulse.
    """

    def __init__(self, pulse: bytes = b"\x07", *, on_change: Callable[[bool], None] | None = None) -> None:
        super().__init__("virtual-drawer", on_write=self._on_data)
        self.drawer = VirtualDrawer(on_change=on_change)
        self.has_sensor = True
        self.problems: list[bytes] = []
        self._pulse = pulse

    def clear_to_send(self) -> bool | None:
        """High while the drawer is open; None without a sensor."""
        return self.drawer.is_open if self.has_sensor else None

    def data_set_ready(self) -> bool | None:
        """As CTS."""
        return self.clear_to_send()

    def _on_data(self, data: bytes) -> None:
        if data == self._pulse:
            self.drawer.pulse(Pulse(pin=2, on_ms=_LONG_MS, off_ms=_LONG_MS, offset=0))
        else:
            self.problems.append(data)
