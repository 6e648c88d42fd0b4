"""Which devices of the settings are not connected to this computer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.bootstrap.trials import wire_of
from pos_app.config import DeviceSettings, Wire, WireKind
from pos_app.infrastructure.device_profile import wires_of

if TYPE_CHECKING:
    from hardware.discovery import Discovery


def not_here(devices: DeviceSettings, discovery: Discovery) -> tuple[tuple[str, str], ...]:
    """Devices that are set up and not to be found, each as its place in the settings and its address.

    Network devices are not looked for: asking would be opening.
    """
    connected = tuple(wire_of(each) for each in discovery.devices)
    return tuple(
        (place, wire.where) for place, wire in wires_of(devices) if wire.where and not _is_here(wire, connected)
    )


def _is_here(wire: Wire, connected: tuple[Wire, ...]) -> bool:
    match wire.kind:
        case WireKind.NONE | WireKind.VIRTUAL | WireKind.TCP:
            return True
        case WireKind.USB:
            return any(_is_same_usb(wire, each) for each in connected)
        case WireKind.SPOOLER:
            return any(each.queue == wire.queue for each in connected if each.kind is WireKind.SPOOLER)
        case _ if Path(wire.device).is_absolute():
            # A plain file is made when it is printed to; only its folder has to be there.
            path = Path(wire.device)
            return path.exists() or (wire.kind is WireKind.FILE and path.parts[1] != "dev" and path.parent.is_dir())
        case _:
            # ``0c2e:0b61/serial``, or a port of Windows, which has no path.
            return any(_is_same_device(wire.device, each.device) for each in connected)


def _is_same_usb(wire: Wire, found: Wire) -> bool:
    """Another one of the same model does not count where the settings name one by its number."""
    return (
        (found.vendor, found.product) == (wire.vendor, wire.product)
        and (not wire.serial_number or found.serial_number in ("", wire.serial_number))
        and (not wire.place or found.place in ("", wire.place))
    )


def _is_same_device(wanted: str, found: str) -> bool:
    wanted_ids, _, wanted_serial = wanted.partition("/")
    ids, _, serial = found.partition("/")
    return ids == wanted_ids and (not wanted_serial or serial in ("", wanted_serial))
