"""A serial scanner made of software: on Linux a pseudo terminal that looks like a port, elsewhere a wire in memory."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING, Self

from hardware.transports.memory import MemoryTransport
from hardware.transports.serial_port import SerialSettings, SerialTransport

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.ports import Transport


class VirtualScanner:
    """Sends codes as a scanner would. Plug it in, read it through `transport`, unplug it.

    Args:
        link: Where to put a symbolic link to the port, so that its name stays the same after unplugging; without it
            a replugged scanner has another name.
        suffix: What it sends after each code.
    """

    def __init__(self, *, link: Path | None = None, suffix: str = "\r\n") -> None:
        self._link = link
        self._suffix = suffix
        self._lock = threading.Lock()
        self._master: int | None = None
        self._slave: int | None = None
        self._port = ""
        self._memory = MemoryTransport("virtual-scanner") if sys.platform == "win32" else None

    @property
    def port(self) -> str:
        """Name of the serial port; empty on Windows."""
        return str(self._link) if self._link is not None else self._port

    def transport(self) -> Transport:
        """Return the transport a till uses to read this scanner."""
        if self._memory is not None:
            return self._memory
        return SerialTransport(SerialSettings(port=self.port))

    def plug(self) -> None:
        """Make the port appear. Plugging twice is allowed."""
        if self._memory is not None:
            self._memory.plug()
            return
        with self._lock:
            if self._master is not None:
                return
            self._open_terminal()

    def send(self, code: str, *, complete: bool = True) -> None:
        """Send a code.

        Args:
            code: What is scanned.
            complete: False leaves the suffix off: half a scan.

        Raises:
            RuntimeError: When it is not plugged in.
        """
        self.send_bytes((code + (self._suffix if complete else "")).encode())

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as they are.

        Raises:
            RuntimeError: When it is not plugged in.
        """
        if self._memory is not None:
            self._memory.push(data)
            return
        with self._lock:
            if self._master is None:
                raise RuntimeError("the virtual scanner is not plugged in")
            view = memoryview(data)
            while view:
                try:
                    view = view[os.write(self._master, view) :]
                except BlockingIOError:
                    return  # nobody reads: a real scanner drops what does not fit, too

    def unplug(self) -> None:
        """Make the port disappear. Unplugging twice is allowed."""
        if self._memory is not None:
            self._memory.unplug()
            return
        with self._lock:
            if self._link is not None:
                self._link.unlink(missing_ok=True)
            for fd in (self._master, self._slave):
                if fd is not None:
                    with contextlib.suppress(OSError):
                        os.close(fd)
            self._master = self._slave = None

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.unplug()

    def _open_terminal(self) -> None:
        if sys.platform != "win32":
            import tty

            self._master, self._slave = os.openpty()
            os.set_blocking(self._master, False)
            # Without this the terminal would echo and translate line ends until a reader sets the port up.
            tty.setraw(self._slave)
            self._port = os.ttyname(self._slave)
            if self._link is not None:
                self._link.unlink(missing_ok=True)
                self._link.symlink_to(self._port)
