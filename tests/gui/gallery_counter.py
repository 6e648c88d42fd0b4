"""Invented states of the devices beside the till: scale, customer's display, a drawer at a wire of its own."""

from __future__ import annotations

from gallery_shot import Shot

from pos_app.ui.screens.devices.state import DeviceCard, DeviceKind, DevicesState
from pos_app.ui.state import Notice, Tone

_READY = Tone.SUCCESS
_WELL = (
    DeviceCard(DeviceKind.PRINTER, _READY, "192.168.1.50:9100"),
    DeviceCard(DeviceKind.DRAWER, _READY, "/dev/ttyS3", is_open=True),
    DeviceCard(DeviceKind.SCANNER, _READY, "/dev/ttyACM0", last="6901234567892"),
    DeviceCard(DeviceKind.SCALE, _READY, "/dev/ttyS1", last="0.285 kg", can_test=False),
    DeviceCard(DeviceKind.DISPLAY, _READY, "/dev/ttyS2"),
)
_ILL = (
    _WELL[0],
    DeviceCard(DeviceKind.DRAWER, Tone.WARNING, "/dev/ttyS3", Notice(Tone.WARNING, "drawer.gone")),
    _WELL[2],
    DeviceCard(DeviceKind.SCALE, Tone.WARNING, "/dev/ttyS1", Notice(Tone.WARNING, "scale.garbled"), can_test=False),
    DeviceCard(DeviceKind.DISPLAY, Tone.WARNING, "/dev/ttyS2", Notice(Tone.WARNING, "display.gone")),
)


def counter_shots() -> list[Shot]:
    """The devices screen with all kinds of devices, well and ill."""
    look = Notice(Tone.INFO, "display.look", {"amount": "123456.78"})
    return [
        Shot("devices_counter", "devices", DevicesState(_WELL, notice=look), act=_papers),
        Shot("devices_counter_ill", "devices", DevicesState(_ILL), act=_papers),
    ]


def _papers(view: object) -> None:
    view.show_page("papers")  # type: ignore[attr-defined]
