"""Drawers with a wire of their own, from settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pos_app.bootstrap.wires import transport_of
from pos_app.infrastructure.device_tables import drawer_pulse_of

if TYPE_CHECKING:
    from hardware.drawers.pulse_box import PulseBox
    from hardware.ports import DeviceState, Reason, Transport
    from pos_app.config import DrawerSettings


class WiredDrawer:
    """A drawer on a pulse box as the drawer service uses it."""

    def __init__(self, transport: Transport, settings: DrawerSettings) -> None:
        self._transport = transport
        self._settings = settings
        self._pulse = drawer_pulse_of(settings)
        self._box: PulseBox | None = None

    def start(self, on_open: Callable[[bool | None], None], on_state: Callable[[str, str], None]) -> None:
        """Begin."""
        from hardware.drawers.pulse_box import PulseBox, Sensor

        def state(now: DeviceState, reason: Reason | None) -> None:
            on_state(now.value, reason.value.lower() if reason is not None else "")

        own = {Sensor.CTS.value: Sensor.CTS, Sensor.DSR.value: Sensor.DSR}
        self._box = PulseBox(
            self._transport,
            self._pulse,
            sensor=own.get(self._settings.sensor, Sensor.NONE),
            open_when_high=self._settings.open_when_high,
            on_open=on_open,
            on_state=state,
        )
        self._box.start()

    def open_drawer(self) -> bool:
        """Open it."""
        return self._box is not None and self._box.open_drawer()

    def stop(self) -> None:
        """End."""
        if self._box is not None:
            self._box.stop()


def drawer_for(settings: DrawerSettings) -> WiredDrawer | None:
    """The drawer of these settings; None for one that hangs on the printer, and for a virtual one.

    Raises:
        KnownError: ``device.not_configured`` without an address, ``drawer.setting_wrong``.
    """
    transport = transport_of(settings)
    return None if transport is None else WiredDrawer(transport, settings)
