"""A serial port made of software, for virtual devices: on Linux a pseudo terminal, elsewhere or if wanted in memory."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import threading
from typing import TYPE_CHECKING, Self

from hardware.transports.memory import MemoryTransport
from hardware.transports.serial_port import SerialSettings, SerialTransport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hardware.ports import Transport


class VirtualPort:
    """The device's end of a port. Plug it in, use it through `transport`, unplug it.

    Args:
        name: For people and logs.
        on_data: Called with what arrives, in a thread of the port's (in memory: in the writer's).
        link: Where to put a symbolic link to the port, so that its name stays the same after unplugging.
        in_memory: No port of the system, only an object in this process.
    """

    def __init__(
        self,
        name: str,
        *,
        on_data: Callable[[bytes], None] | None = None,
        link: Path | None = None,
        in_memory: bool = False,
    ) -> None:
        self._link = link
        self._on_data = on_data
        self._lock = threading.Lock()
        self._master: int | None = None
        self._slave: int | None = None
        self._port = ""
        self._plugged = False
        self._thread: threading.Thread | None = None
        self._memory = MemoryTransport(name, on_write=on_data) if in_memory or sys.platform == "win32" else None

    @property
    def port(self) -> str:
        """Name of the serial port; empty in memory."""
        return str(self._link) if self._link is not None else self._port

    @property
    def is_plugged(self) -> bool:
        """Whether the port is there."""
        return self._plugged

    def transport(self) -> Transport:
        """The transport a till uses to reach this device."""
        if self._memory is not None:
            return self._memory
        return SerialTransport(SerialSettings(port=self.port))

    def plug(self) -> None:
        """Make the port appear. Plugging twice is allowed."""
        self._plugged = True
        if self._memory is not None:
            self._memory.plug()
            return
        with self._lock:
            if self._master is None:
                self._open_terminal()

    def send(self, data: bytes) -> None:
        """Send bytes as they are; nobody gets them while it is unplugged."""
        if self._memory is not None:
            if self._memory.is_open:
                self._memory.push(data)
            return
        with self._lock:
            if self._master is None:
                return
            view = memoryview(data)
            # A device drops what does not fit when nobody reads.
            with contextlib.suppress(OSError):
                while view:
                    view = view[os.write(self._master, view) :]

    def unplug(self) -> None:
        """Make the port disappear. Unplugging twice is allowed."""
        self._plugged = False
        if self._memory is not None:
            self._memory.unplug()
            return
        with self._lock:
            thread, self._thread = self._thread, None
            if self._link is not None:
                self._link.unlink(missing_ok=True)
            for fd in (self._master, self._slave):
                if fd is not None:
                    with contextlib.suppress(OSError):
                        os.close(fd)
            self._master = self._slave = None
        if thread is not None and thread is not threading.current_thread():
            thread.join(2)

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
            if self._on_data is not None:
                self._thread = threading.Thread(target=self._listen, args=(self._master,), daemon=True)
                self._thread.start()

    def _listen(self, master: int) -> None:
        while self._master == master:
            try:
                if not select.select([master], [], [], 0.02)[0]:
                    continue
                data = os.read(master, 4096)
            except (OSError, ValueError):
                return  # unplugged
            if data and self._on_data is not None:
                self._on_data(data)
