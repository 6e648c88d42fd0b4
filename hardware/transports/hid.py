"""HID devices that send reports: hidraw nodes on Linux, the HID library elsewhere. One read is one report."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hardware.ports import DeviceError, Reason
from hardware.transports import sysfs
from hardware.transports.input_device import REASONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.ports import Transport


class HidDevice(Protocol):
    """What is used of ``hid.device`` (hidapi); every call may raise OSError or ValueError."""

    def open(self, vendor_id: int, product_id: int, serial_number: str | None = None) -> None:
        """Open by what it is."""

    def open_path(self, device_path: bytes) -> None:
        """Open by its path."""

    def read(self, max_length: int, timeout_ms: int = 0) -> list[int]:
        """One report; empty when none came in time."""

    def write(self, buff: bytes) -> int:
        """Send one report; -1 when it failed."""

    def close(self) -> None:
        """Let it go."""


def hid_transport(address: str) -> Transport:
    """The transport of this system for ``vendor:product[/serial]`` or a path."""
    return HidrawTransport(address) if sys.platform.startswith("linux") else HidApiTransport(address)


class HidrawTransport:
    """A HID device at its node (Linux).

    Args:
        address: ``vendor:product[/serial]``, or a path such as ``/dev/hidraw0``.
        sys_folder: Where the kernel describes devices.
        dev_folder: Where their nodes are.
    """

    def __init__(self, address: str, *, sys_folder: Path = Path("/sys"), dev_folder: Path = Path("/dev")) -> None:
        self._address = address
        self._sys, self._dev = sys_folder, dev_folder
        self._fd: int | None = None

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return f"hid://{self._address}"

    @property
    def bytes_per_second(self) -> int:
        """One report of 64 bytes a millisecond."""
        return 64_000

    def open(self, *, timeout_ms: int) -> None:
        """Open the node; see `Transport.open`."""
        self.close(timeout_ms=0)
        if sys.platform == "win32":
            raise DeviceError(Reason.NOT_FOUND, f"{self.name}: there are no hidraw nodes on this system")
        else:  # noqa: RET506 - the type checker takes each platform's branch as a whole
            path = self._path()
            # A named pipe, as the virtual scanner has, is read only: with a writer of its own it would never end.
            way = os.O_RDONLY if path.is_fifo() else os.O_RDWR
            try:
                self._fd = os.open(path, way | os.O_NONBLOCK | os.O_NOCTTY)
            except OSError as error:
                raise DeviceError(REASONS.get(error.errno or 0, Reason.OFFLINE), f"{self.name}: {error}") from error

    def write(self, data: bytes, *, timeout_ms: int) -> None:
        """Send one report; see `Transport.write`."""
        fd = self._opened()
        if sys.platform != "win32":
            from hardware.transports import posix_io

            posix_io.write_all(fd, data, name=self.name, timeout_ms=timeout_ms)

    def read(self, max_bytes: int, *, timeout_ms: int) -> bytes:
        """Return one report; see `Transport.read`."""
        fd = self._opened()
        if sys.platform == "win32":
            return b""
        else:  # noqa: RET505 - the type checker takes each platform's branch as a whole
            from hardware.transports import posix_io

            return posix_io.read_some(fd, max_bytes, name=self.name, timeout_ms=timeout_ms)

    def close(self, *, timeout_ms: int) -> None:
        """Let the device go; see `Transport.close`."""
        fd, self._fd = self._fd, None
        if fd is not None:
            with contextlib.suppress(OSError):  # a report is sent at once or not at all: nothing can be lost
                os.close(fd)

    def _opened(self) -> int:
        if self._fd is None:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
        return self._fd

    def _path(self) -> Path:
        ids = sysfs.read_ids(self._address)
        if ids is None:
            return Path(self._address)
        path = sysfs.find_hidraw(ids, sys=self._sys, dev=self._dev)
        if path is None:
            raise DeviceError(Reason.NOT_FOUND, f"{self.name}: not plugged in")
        return path


def _library_device() -> HidDevice:
    import hid

    device: HidDevice = hid.device()
    return device


class HidApiTransport:
    """A HID device through the HID library, for systems without hidraw nodes.

    Args:
        address: ``vendor:product[/serial]``, or a path as that system names devices.
        make: Makes the library's device; another one in tests.
    """

    def __init__(self, address: str, *, make: Callable[[], HidDevice] = _library_device) -> None:
        self._address = address
        self._make = make
        self._device: HidDevice | None = None

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return f"hid://{self._address}"

    @property
    def bytes_per_second(self) -> int:
        """One report of 64 bytes a millisecond."""
        return 64_000

    def open(self, *, timeout_ms: int) -> None:
        """Open the device; see `Transport.open`. The library does not say why it fails: NOT_FOUND."""
        self.close(timeout_ms=0)
        ids = sysfs.read_ids(self._address)
        try:
            device = self._make()
            if ids is None:
                device.open_path(self._address.encode())
            else:
                device.open(int(ids.vendor, 16), int(ids.product, 16), ids.serial or None)
        except ImportError as error:
            raise DeviceError(Reason.NOT_FOUND, f"{self.name}: no HID library on this system") from error
        except (OSError, ValueError) as error:
            raise DeviceError(Reason.NOT_FOUND, f"{self.name}: {error}") from error
        self._device = device

    def write(self, data: bytes, *, timeout_ms: int) -> None:
        """Send one report; see `Transport.write`."""
        device = self._opened()
        try:
            sent = device.write(data)
        except (OSError, ValueError) as error:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}") from error
        if sent < 0:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: takes no data")

    def read(self, max_bytes: int, *, timeout_ms: int) -> bytes:
        """Return one report; see `Transport.read`."""
        device = self._opened()
        try:
            return bytes(device.read(max_bytes, max(1, timeout_ms)))
        except (OSError, ValueError) as error:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}") from error

    def close(self, *, timeout_ms: int) -> None:
        """Let the device go; see `Transport.close`."""
        device, self._device = self._device, None
        if device is not None:
            with contextlib.suppress(OSError, ValueError):  # a report is sent at once or not at all
                device.close()

    def _opened(self) -> HidDevice:
        if self._device is None:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
        return self._device
