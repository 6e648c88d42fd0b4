"""Scales from settings: the table they speak by, the wire, and the device as the scale service uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pos_app.bootstrap.wires import transport_of
from pos_app.infrastructure.device_tables import scale_protocol
from pos_app.runtime.weighing import Weight, WeightState

if TYPE_CHECKING:
    from hardware.ports import DeviceState, Reason, Transport
    from hardware.scales.protocols import ScaleProtocol
    from hardware.scales.reading import Reading
    from hardware.scales.scale import Scale
    from pos_app.config import ScaleSettings


class ReadScale:
    """A scale as the scale service uses it."""

    def __init__(self, transport: Transport, protocol: ScaleProtocol) -> None:
        self._transport = transport
        self._protocol = protocol
        self._scale: Scale | None = None

    def start(self, on_weight: Callable[[Weight | None], None], on_state: Callable[[str, str], None]) -> None:
        """Begin to read."""
        from hardware.scales.scale import Scale

        def reading(said: Reading | None) -> None:
            on_weight(_weight(said))

        def state(now: DeviceState, reason: Reason | None) -> None:
            on_state(now.value, reason.value.lower() if reason is not None else "")

        self._scale = Scale(self._transport, self._protocol, on_reading=reading, on_state=state)
        self._scale.start()

    def watch(self, on: bool) -> None:
        """Somebody weighs, or does no more."""
        if self._scale is not None:
            self._scale.watch(on=on)

    def current(self) -> Weight | None:
        """What it says now."""
        return _weight(self._scale.reading) if self._scale is not None else None

    def stop(self) -> None:
        """End."""
        if self._scale is not None:
            self._scale.stop()


def scale_for(settings: ScaleSettings) -> ReadScale | None:
    """The scale of these settings; None where there is none, and for a virtual one.

    Raises:
        KnownError: ``device.not_configured`` without an address, ``scale.table_wrong``.
    """
    transport = transport_of(settings)
    return None if transport is None else ReadScale(transport, scale_protocol(settings))


def _weight(reading: Reading | None) -> Weight | None:
    if reading is None:
        return None
    return Weight(WeightState(reading.state.value), reading.grams, reading.is_net)
