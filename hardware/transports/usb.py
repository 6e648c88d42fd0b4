"""USB printers without a driver of the system: bulk transfers through libusb.

A printer that the Linux kernel already shows as ``/dev/usb/lp0`` can also be a `FileTransport`; this one asks the
kernel to let go of it. On Windows, libusb reaches only devices with the WinUSB driver; others go through the spooler.
"""

from __future__ import annotations

import contextlib
import errno
import time
from typing import TYPE_CHECKING, Any

import msgspec

from hardware.ports import Deadline, DeviceError, OneWay, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 4096
_PRINTER_CLASS, _VENDOR_CLASS = 0x07, 0xFF
_BIDIRECTIONAL = 2
_ATTRIBUTES_BULK, _TRANSFER_MASK = 0x02, 0x03
_IN = 0x80
_GET_PORT_STATUS = (0xA1, 1)
_SOFT_RESET = (0x21, 2)
_PAPER_EMPTY, _NO_STATUS = 0x20, 0xFF
_CONTROL_MS = 200
_STALE_READS = 8
_IDLE_S = 0.002
_REASONS = {
    errno.ENOENT: Reason.NOT_FOUND,
    errno.ENODEV: Reason.NOT_FOUND,
    errno.EBUSY: Reason.BUSY,
    errno.EACCES: Reason.BUSY,
    errno.EPERM: Reason.BUSY,
    errno.ETIMEDOUT: Reason.TIMEOUT,
}


class UsbAddress(msgspec.Struct, frozen=True, kw_only=True):
    """Which USB device.

    Attributes:
        vendor: Vendor id.
        product: Product id.
        serial: Serial number, where there are several of one product that have one.
        place: Bus and ports, ``1-2.3``, where there are several without serial numbers; the device keeps it as long
            as it is plugged into the same socket.
    """

    vendor: int
    product: int
    serial: str = ""
    place: str = ""


class UsbTransport(OneWay):
    """A USB printer.

    The kernel's driver is sent away when the port is first opened and not called back: it would come and go with every
    receipt. It returns when the printer is plugged in again, or switched off and on.

    Args:
        address: Which device.
        backend: The way to the bus, as pyusb has it; None takes libusb.
    """

    def __init__(self, address: UsbAddress, *, backend: Any = None) -> None:
        self._address = address
        self._backend = backend
        self._device: Any = None
        self._interface: Any = None
        self._out: Any = None
        self._in: Any = None
        self._early = bytearray()

    @property
    def name(self) -> str:
        """Address for people and logs."""
        which = self._address.serial or self._address.place
        return f"usb://{self._address.vendor:04x}:{self._address.product:04x}{'/' + which if which else ''}"

    @property
    def bytes_per_second(self) -> int:
        """Small printers take pictures at this speed."""
        return 100_000

    @property
    def one_way(self) -> bool:
        """Whether the printer has no endpoint to answer with."""
        return self._in is None

    def missing(self) -> Reason | None:
        """Look at the bus; serial numbers, which only an opened device tells, are not compared."""
        try:
            return None if any(True for _ in self._candidates()) else Reason.NOT_FOUND
        except DeviceError as error:
            return error.reason

    def open(self, *, timeout_ms: int) -> None:
        """Find the device, its printer interface and the endpoints; see `Transport.open`."""
        import usb.core

        self._dispose()
        try:
            self._device = self._find()
            self._claim(self._device)
        except usb.core.USBError as error:
            self._dispose()
            raise DeviceError(_REASONS.get(error.errno, Reason.OFFLINE), f"{self.name}: {error}") from error
        except DeviceError:
            self._dispose()
            raise
        self._forget_stale_answers()
        if self._in is None and self._paper_is_out():
            # One-way printers answer no questions in the data; the port itself knows this much.
            self._dispose()
            raise DeviceError(Reason.PAPER_OUT, f"{self.name}: the port reports paper end")

    def write(self, data: bytes, *, timeout_ms: int) -> None:
        """Send everything in transfers of 4 kB, each as far as it got; see `Transport.write`."""
        import usb.core

        if self._out is None:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
        deadline = Deadline(timeout_ms)
        sent = 0
        while sent < len(data):
            try:
                # libusb takes 0 for "for ever".
                taken = self._out.write(data[sent : sent + _CHUNK], max(1, deadline.left_ms))
            except usb.core.USBTimeoutError:
                taken = 0
            except usb.core.USBError as error:
                self._clear_halt(error)
                # Of a transfer that broke nobody says how far it got.
                raise DeviceError(
                    Reason.OFFLINE, f"{self.name}: {error}", bytes_written=sent, may_be_more=True
                ) from error
            sent += taken
            if sent < len(data) and deadline.expired:
                reason = Reason.PAPER_OUT if self._paper_is_out() else Reason.TIMEOUT
                self._reset_softly()
                raise DeviceError(reason, f"{self.name}: takes no more data after {sent} bytes", bytes_written=sent)
            if not taken:
                time.sleep(_IDLE_S)

    def read(self, max_bytes: int, *, timeout_ms: int) -> bytes:
        """Return what arrives first; empty for printers that cannot answer; see `Transport.read`."""
        if self._out is None:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
        if self._in is None:
            return b""
        deadline = Deadline(timeout_ms)
        while not self._early:
            # Some printers answer with empty packets while they have nothing to say.
            self._early += self._receive(max(1, deadline.left_ms))
            if deadline.expired:
                break
            if not self._early:
                time.sleep(_IDLE_S)
        answer = bytes(self._early[:max_bytes])
        del self._early[:max_bytes]
        return answer

    def close(self, *, timeout_ms: int) -> None:
        """Give the interface back; every byte has left by then; see `Transport.close`."""
        self._dispose()

    # Finding

    def _candidates(self) -> Iterator[Any]:
        import usb.core
        from usb.backend import libusb1

        backend = self._backend or libusb1.get_backend()
        if backend is None:
            raise DeviceError(Reason.NOT_FOUND, f"{self.name}: libusb is not installed")
        wanted = self._address
        try:
            found = usb.core.find(find_all=True, backend=backend, idVendor=wanted.vendor, idProduct=wanted.product)
            for device in found:
                if not wanted.place or _place(device) == wanted.place:
                    yield device
        except usb.core.USBError as error:
            raise DeviceError(_REASONS.get(error.errno, Reason.OFFLINE), f"{self.name}: {error}") from error

    def _find(self) -> Any:
        import usb.core
        import usb.util

        wanted, refused = self._address.serial, None
        for device in self._candidates():
            if not wanted:
                return device
            try:
                if device.serial_number == wanted:
                    return device
            except (usb.core.USBError, ValueError) as error:
                refused = error  # it does not tell its number: no permission, or in use
            usb.util.dispose_resources(device)
        if isinstance(refused, usb.core.USBError):
            raise refused
        raise DeviceError(Reason.NOT_FOUND, f"{self.name}: no such device on the bus")

    def _claim(self, device: Any) -> None:
        import usb.core
        import usb.util

        try:
            configuration = device.get_active_configuration()
        except usb.core.USBError as error:
            if error.errno is not None:
                raise
            device.set_configuration()
            configuration = device.get_active_configuration()
        interface = _printer_interface(configuration)
        if interface is None:
            raise DeviceError(Reason.PROTOCOL, f"{self.name}: no interface that takes data")
        number = interface.bInterfaceNumber
        with contextlib.suppress(NotImplementedError):
            if device.is_kernel_driver_active(number):
                device.detach_kernel_driver(number)
        usb.util.claim_interface(device, number)
        if interface.bAlternateSetting:
            interface.set_altsetting()
        self._interface = interface
        self._out, self._in = _endpoint(interface, incoming=False), _endpoint(interface, incoming=True)

    # Transfers

    def _receive(self, timeout_ms: int) -> bytes:
        import usb.core

        try:
            # Whole packets, or what does not fit is lost.
            return bytes(self._in.read(max(64, self._in.wMaxPacketSize), timeout_ms))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            self._clear_halt(error)
            raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}") from error

    def _forget_stale_answers(self) -> None:
        """Drop answers to questions of an earlier job: they would be taken for answers to this one."""
        self._early.clear()
        if self._in is not None:
            with contextlib.suppress(DeviceError):
                for _ in range(_STALE_READS):
                    if not self._receive(1):
                        return

    def _paper_is_out(self) -> bool:
        """Ask the port, as the printer class has it; printers that do not know the question have paper."""
        import usb.core

        try:
            answer = self._device.ctrl_transfer(
                *_GET_PORT_STATUS, 0, self._interface.bInterfaceNumber << 8, 1, _CONTROL_MS
            )
        except (usb.core.USBError, NotImplementedError):
            return False
        return len(answer) == 1 and answer[0] != _NO_STATUS and bool(answer[0] & _PAPER_EMPTY)

    def _reset_softly(self) -> None:
        """Have the printer forget what it holds, so that half a receipt does not come out later."""
        import usb.core

        with contextlib.suppress(usb.core.USBError, NotImplementedError):
            self._device.ctrl_transfer(*_SOFT_RESET, 0, self._interface.bInterfaceNumber, None, _CONTROL_MS)

    def _clear_halt(self, error: Any) -> None:
        """Free an endpoint that has refused, for the next job."""
        import usb.core

        if error.errno != errno.EPIPE:
            return
        for endpoint in (self._out, self._in):
            if endpoint is not None:
                with contextlib.suppress(usb.core.USBError, NotImplementedError):
                    endpoint.clear_halt()

    def _dispose(self) -> None:
        device, self._device = self._device, None
        self._interface = self._out = self._in = None
        self._early.clear()
        if device is not None:
            import usb.core
            import usb.util

            with contextlib.suppress(usb.core.USBError):
                usb.util.dispose_resources(device)


def _place(device: Any) -> str:
    ports = device.port_numbers
    return f"{device.bus}-{'.'.join(str(port) for port in ports)}" if device.bus and ports else ""


def _printer_interface(configuration: Any) -> Any:
    """The interface for data: of the printer class, rather one that answers too; else one of the maker's own."""
    best, rank = None, 0
    for interface in configuration:
        if _endpoint(interface, incoming=False) is None:
            continue
        answers = _endpoint(interface, incoming=True) is not None
        points = 0
        if interface.bInterfaceClass == _PRINTER_CLASS:
            points = 4 + 2 * (interface.bInterfaceProtocol == _BIDIRECTIONAL) + answers
        elif interface.bInterfaceClass == _VENDOR_CLASS:
            points = 1 + answers
        if points > rank:
            best, rank = interface, points
    return best


def _endpoint(interface: Any, *, incoming: bool) -> Any:
    for endpoint in interface:
        bulk = endpoint.bmAttributes & _TRANSFER_MASK == _ATTRIBUTES_BULK
        if bulk and bool(endpoint.bEndpointAddress & _IN) == incoming:
            return endpoint
    return None
