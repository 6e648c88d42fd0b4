"""Device nodes such as ``/dev/usb/lp0``, named pipes, and plain files that collect what would be printed."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path

from hardware.ports import DeviceError, OneWay, Reason

_REASONS = {
    errno.ENOENT: Reason.NOT_FOUND,
    errno.ENODEV: Reason.NOT_FOUND,
    errno.ENOTDIR: Reason.NOT_FOUND,
    errno.EISDIR: Reason.NOT_FOUND,
    errno.EBUSY: Reason.BUSY,
    errno.EACCES: Reason.BUSY,
    errno.EPERM: Reason.BUSY,
    errno.ENXIO: Reason.OFFLINE,
}


class FileTransport(OneWay):
    """A file or device node; a plain file is appended to, and made when its folder exists.

    Args:
        path: Where to write.
        create: Make a plain file when nothing is there; off for device nodes, so that an unplugged printer is noticed.
    """

    def __init__(self, path: Path | str, *, create: bool = True) -> None:
        self._path = Path(path)
        self._create = create
        self._fd: int | None = None
        self._readable = False

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return f"file://{self._path}"

    @property
    def bytes_per_second(self) -> int:
        """As a USB printer."""
        return 100_000

    @property
    def one_way(self) -> bool:
        """Files and pipes do not answer; device nodes may."""
        return not self._readable

    def missing(self) -> Reason | None:
        """Look at the path, or at the folder where a file can be made."""
        there = self._path.exists() or (self._create and self._path.parent.is_dir())
        return None if there else Reason.NOT_FOUND

    def open(self, *, timeout_ms: int) -> None:
        """Open the node, for reading too where it allows that; see `Transport.open`."""
        self._discard()
        flags = os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
        try:
            special = not stat.S_ISREG(self._path.stat().st_mode)
        except OSError:
            special = False
        if self._create and not special:
            flags |= os.O_CREAT
        fifo = special and self._path.is_fifo()
        try:
            if special and not fifo:
                with contextlib.suppress(OSError):
                    self._fd = os.open(self._path, flags | os.O_RDWR)
                    self._readable = True
                    return
            self._fd = os.open(self._path, flags | os.O_WRONLY, 0o600)
        except OSError as error:
            reason = _REASONS.get(error.errno or 0, Reason.OFFLINE)
            raise DeviceError(reason, f"{self.name}: {error}") from error

    def write(self, data: bytes, *, timeout_ms: int) -> None:
        """Write everything; see `Transport.write`."""
        if self._fd is None:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
        if sys.platform == "win32":
            self._write_blocking(self._fd, data)
        else:
            from hardware.transports import posix_io

            posix_io.write_all(self._fd, data, name=self.name, timeout_ms=timeout_ms)

    def read(self, max_bytes: int, *, timeout_ms: int) -> bytes:
        """Return what the device says, if it can speak; see `Transport.read`."""
        if self._fd is None:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
        if not self._readable or sys.platform == "win32":
            return b""
        from hardware.transports import posix_io

        return posix_io.read_some(self._fd, max_bytes, name=self.name, timeout_ms=timeout_ms)

    def close(self, *, timeout_ms: int) -> None:
        """Close; see `Transport.close`."""
        fd, self._fd = self._fd, None
        if fd is None:
            return
        try:
            os.close(fd)
        except OSError as error:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}") from error

    def _discard(self) -> None:
        with contextlib.suppress(DeviceError):
            self.close(timeout_ms=0)
        self._readable = False

    def _write_blocking(self, fd: int, data: bytes) -> None:
        sent = 0
        view = memoryview(data)
        while sent < len(data):
            try:
                sent += os.write(fd, view[sent : sent + 4096])
            except OSError as error:
                raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}", bytes_written=sent) from error
