"""Scanners made of software that look like device nodes: a keyboard's events, or reports, through a named pipe."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING, Self

from hardware.scanners.hid_pos import reports_for
from hardware.scanners.input_events import events_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: A code of a thousand characters is a hundred kilobytes of events.
_ROOM = 1 << 20


def as_keys(code: str) -> bytes:
    """What a scanner sends that types: the code and Enter."""
    return events_for(code + "\r")


def as_reports(code: str) -> bytes:
    """What a scanner sends that sends reports."""
    return reports_for(code.encode())


class VirtualNodeScanner:
    """Sends codes through a node that appears and vanishes (POSIX systems). Plug it in, read the node, unplug it.

    Args:
        path: Where the node is, for `InputTransport` or `HidrawTransport`.
        encode: What it sends for a code: `as_keys` or `as_reports`.
    """

    def __init__(self, path: Path, encode: Callable[[str], bytes]) -> None:
        self._path = path
        self._encode = encode
        self._lock = threading.Lock()
        self._fd: int | None = None

    @property
    def port(self) -> str:
        """The node."""
        return str(self._path)

    def plug(self) -> None:
        """Make the node appear. Plugging twice is allowed."""
        if sys.platform == "win32":
            raise RuntimeError("there are no such nodes on this system")
        else:  # noqa: RET506 - the type checker takes each platform's branch as a whole
            with self._lock:
                if self._fd is None:
                    os.mkfifo(self._path, 0o600)
                    # For reading, too: so it is there before anybody reads, and stays when the reader goes.
                    self._fd = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
                    import fcntl

                    if sys.platform == "linux":
                        fcntl.fcntl(self._fd, fcntl.F_SETPIPE_SZ, _ROOM)

    def send(self, code: str) -> None:
        """Send a code.

        Raises:
            RuntimeError: When it is not plugged in.
        """
        self.send_bytes(self._encode(code))

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as they are; what nobody reads is dropped, as by a real scanner.

        Raises:
            RuntimeError: When it is not plugged in.
        """
        with self._lock:
            if self._fd is None:
                raise RuntimeError("the virtual scanner is not plugged in")
            with contextlib.suppress(BlockingIOError):
                os.write(self._fd, data)

    def unplug(self) -> None:
        """Make the node disappear. Unplugging twice is allowed."""
        with self._lock:
            if self._fd is not None:
                self._path.unlink(missing_ok=True)
                os.close(self._fd)
                self._fd = None

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.unplug()
