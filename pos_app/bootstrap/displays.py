"""Line displays from settings: the table they speak by, the wire, and the device as the display service uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pos_app.bootstrap.wires import transport_of
from pos_app.infrastructure.device_tables import display_model

if TYPE_CHECKING:
    from hardware.displays.codec import DisplayCharset
    from hardware.displays.display import CustomerDisplay
    from hardware.ports import DeviceState, Reason, Transport
    from pos_app.config import DisplaySettings
    from pos_app.runtime.displaying import Seen


class ShownDisplay:
    """A display as the display service uses it."""

    def __init__(self, transport: Transport, settings: DisplaySettings) -> None:
        from hardware.displays.codec import DisplayCharset

        self._transport = transport
        self._model = display_model(settings)
        self._columns = settings.columns
        self._charset: DisplayCharset = (
            DisplayCharset.GBK if settings.charset == DisplayCharset.GBK.value else DisplayCharset.ASCII
        )
        self._display: CustomerDisplay | None = None

    def start(self, on_state: Callable[[str, str], None]) -> None:
        """Begin."""
        from hardware.displays.display import CustomerDisplay

        def state(now: DeviceState, reason: Reason | None) -> None:
            on_state(now.value, reason.value.lower() if reason is not None else "")

        self._display = CustomerDisplay(
            self._transport, self._model, columns=self._columns, charset=self._charset, on_state=state
        )
        self._display.start()

    def show(self, seen: Seen) -> None:
        """Show this."""
        from hardware.displays.codec import Picture
        from hardware.displays.models import Shows

        if self._display is not None:
            picture = Picture(
                shows=Shows(seen.kind.value), amount=seen.amount, text=seen.text, word=seen.word, money=seen.money
            )
            self._display.show(picture)

    def stop(self) -> None:
        """End."""
        if self._display is not None:
            self._display.stop()


def display_for(settings: DisplaySettings) -> ShownDisplay | None:
    """The display of these settings; None where there is none, and for a virtual one.

    Raises:
        KnownError: ``device.not_configured`` without an address, ``display.model_unknown``.
    """
    transport = transport_of(settings)
    return None if transport is None else ShownDisplay(transport, settings)
