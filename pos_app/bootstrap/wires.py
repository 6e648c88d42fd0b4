"""From the settings of a wire to the transport that moves its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.config import Wire, WireKind
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from hardware.ports import Transport


def transport_of(wire: Wire) -> Transport | None:
    """The wire to a device; None where there is none, and for virtual devices, which bring their own.

    Raises:
        KnownError: ``device.not_configured`` where the address is missing or cannot be.
    """
    match wire.kind:
        case WireKind.NONE | WireKind.VIRTUAL:
            return None
        case WireKind.TCP:
            from hardware.transports.tcp import TcpTransport

            _require(wire.host)
            return TcpTransport(wire.host, wire.port)
        case WireKind.SERIAL:
            from hardware.transports.serial_port import FlowControl, Parity, SerialSettings, SerialTransport

            _require(wire.device)
            try:
                parity, flow = Parity(wire.parity), FlowControl(wire.flow)
            except ValueError as error:
                raise KnownError("device.not_configured") from error
            return SerialTransport(
                SerialSettings(
                    port=wire.device,
                    baud=wire.baud,
                    data_bits=wire.data_bits,
                    parity=parity,
                    stop_bits=wire.stop_bits,
                    flow=flow,
                )
            )
        case WireKind.FILE:
            from hardware.transports.file import FileTransport

            _require(wire.device)
            # A node that is not there is a device that is unplugged; no plain file must take its place.
            return FileTransport(wire.device, create=not wire.device.startswith("/dev/"))
        case WireKind.INPUT:
            from hardware.transports.input_device import InputTransport

            _require(wire.device)
            return InputTransport(wire.device)
        case WireKind.HID:
            from hardware.transports.hid import hid_transport

            _require(wire.device)
            return hid_transport(wire.device)
        case WireKind.USB:
            from hardware.transports.usb import UsbAddress, UsbTransport

            _require(wire.where)
            address = UsbAddress(vendor=wire.vendor, product=wire.product, serial=wire.serial_number, place=wire.place)
            return UsbTransport(address)
        case WireKind.SPOOLER:
            from hardware.transports.spooler import SpoolerTransport

            _require(wire.queue)
            return SpoolerTransport(wire.queue)


def _require(address: str) -> None:
    if not address:
        raise KnownError("device.not_configured")
