"""Keyboards that are read at their own device node (Linux): nothing that they type reaches any window.

What is read are the kernel's event structs (`hardware.scanners.input_events` gives them meaning).
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path

from hardware.ports import DeviceError, Reason
from hardware.transports import sysfs

#: ``EVIOCGRAB``: _IOW('E', 0x90, int).
EVIOCGRAB = 0x40044590
REASONS = {
    errno.ENOENT: Reason.NOT_FOUND,
    errno.ENODEV: Reason.NOT_FOUND,
    errno.ENXIO: Reason.NOT_FOUND,
    errno.EBUSY: Reason.BUSY,
    errno.EACCES: Reason.BUSY,
    errno.EPERM: Reason.BUSY,
    errno.ENOTTY: Reason.PROTOCOL,
    errno.EINVAL: Reason.PROTOCOL,
}


class InputTransport:
    """A keyboard's events, taken for this process alone while it is open.

    Args:
        address: A path such as ``/dev/input/by-id/usb-…-event-kbd``, or ``vendor:product[/serial]``.
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
        return f"input://{self._address}"

    @property
    def bytes_per_second(self) -> int:
        """A key is some hundred bytes of events; a scanner types a thousand keys a second."""
        return 100_000

    def open(self, *, timeout_ms: int) -> None:
        """Open the node and take it; see `Transport.open`."""
        with contextlib.suppress(DeviceError):
            self.close(timeout_ms=0)
        if sys.platform == "win32":
            raise DeviceError(Reason.NOT_FOUND, f"{self.name}: there are no input nodes on this system")
        else:  # noqa: RET506 - the type checker takes each platform's branch as a whole
            path = self._path()
            try:
                fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
            except OSError as error:
                raise DeviceError(REASONS.get(error.errno or 0, Reason.OFFLINE), f"{self.name}: {error}") from error
            try:
                self._grab(fd)
            except OSError as error:
                os.close(fd)
                raise DeviceError(REASONS.get(error.errno or 0, Reason.OFFLINE), f"{self.name}: {error}") from error
            self._fd = fd

    def write(self, data: bytes, *, timeout_ms: int) -> None:
        """Nothing is written to a keyboard.

        Raises:
            DeviceError: PROTOCOL, always.
        """
        raise DeviceError(Reason.PROTOCOL, f"{self.name}: takes no data")

    def read(self, max_bytes: int, *, timeout_ms: int) -> bytes:
        """Return whole event structs; see `Transport.read`."""
        if self._fd is None or sys.platform == "win32":
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
        from hardware.transports import posix_io

        return posix_io.read_some(self._fd, max_bytes, name=self.name, timeout_ms=timeout_ms)

    def close(self, *, timeout_ms: int) -> None:
        """Let the keyboard go; see `Transport.close`."""
        fd, self._fd = self._fd, None
        if fd is not None:
            with contextlib.suppress(OSError):  # it was read only: nothing can be lost
                os.close(fd)

    def _path(self) -> Path:
        ids = sysfs.read_ids(self._address)
        if ids is None:
            return Path(self._address)
        path = sysfs.find_keyboard(ids, sys=self._sys, dev=self._dev)
        if path is None:
            raise DeviceError(Reason.NOT_FOUND, f"{self.name}: not plugged in")
        return path

    @staticmethod
    def _grab(fd: int) -> None:
        """Take the events away from everybody else; a named pipe, as the virtual scanner has, is nobody else's."""
        if sys.platform != "win32":
            import fcntl

            if not stat.S_ISFIFO(os.fstat(fd).st_mode):
                fcntl.ioctl(fd, EVIOCGRAB, 1)
