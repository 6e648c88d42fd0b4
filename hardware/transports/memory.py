"""A wire inside the process: for virtual devices without a port, and for tests that script faults."""

from __future__ import annotations

import collections
import threading
import time
from typing import TYPE_CHECKING

from hardware.ports import Deadline, DeviceError, Reason

if TYPE_CHECKING:
    from collections.abc import Callable


class MemoryTransport:
    """A transport whose other end is this object itself.

    `take` returns what was written, `push` makes bytes readable, and the fault attributes make it fail. All of them
    may be used from another thread.

    Attributes:
        opens: How often it was opened.
        fail_open: Reason for refusing to open, or None.
        accept_bytes: How many more bytes it takes before it stalls; None for any number.
        reset_after_bytes: How many more bytes it takes before the connection breaks; None for never.
        on_write: Called with each piece written, in the writer's thread; answers by `push`.
    """

    def __init__(self, name: str = "memory", *, on_write: Callable[[bytes], None] | None = None) -> None:
        self._name = name
        self._condition = threading.Condition()
        self._written = bytearray()
        self._readable: collections.deque[int] = collections.deque()
        self._open = False
        self._unplugged = False
        self.opens = 0
        self.fail_open: Reason | None = None
        self.accept_bytes: int | None = None
        self.reset_after_bytes: int | None = None
        self.on_write = on_write

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return f"memory://{self._name}"

    @property
    def bytes_per_second(self) -> int:
        """As fast as anything."""
        return 10_000_000

    @property
    def is_open(self) -> bool:
        """Whether it is open."""
        return self._open

    def open(self, *, timeout_ms: int) -> None:
        """Open; see `Transport.open`."""
        if self._unplugged:
            raise DeviceError(Reason.NOT_FOUND, f"{self.name}: unplugged")
        if self.fail_open is not None:
            raise DeviceError(self.fail_open, f"{self.name}: refused")
        self._open = True
        self.opens += 1

    def write(self, data: bytes, *, timeout_ms: int) -> None:
        """Take bytes as far as the faults allow; see `Transport.write`."""
        self._require_open()
        count = len(data)
        reset = self.reset_after_bytes is not None and count > self.reset_after_bytes
        stall = self.accept_bytes is not None and count > self.accept_bytes
        if reset:
            count = self.reset_after_bytes or 0
        elif stall:
            count = self.accept_bytes or 0
        with self._condition:
            self._written += data[:count]
        if self.reset_after_bytes is not None:
            self.reset_after_bytes -= count
        if self.accept_bytes is not None:
            self.accept_bytes -= count
        if reset:
            self._open = False
            raise DeviceError(Reason.OFFLINE, f"{self.name}: connection reset", bytes_written=count)
        if stall:
            time.sleep(timeout_ms / 1000)
            raise DeviceError(Reason.TIMEOUT, f"{self.name}: takes no more data", bytes_written=count)
        if self.on_write is not None:
            self.on_write(data)

    def read(self, max_bytes: int, *, timeout_ms: int) -> bytes:
        """Return what was pushed; see `Transport.read`."""
        deadline = Deadline(timeout_ms)
        with self._condition:
            self._require_open()
            while not self._readable:
                if not self._condition.wait(deadline.left_s) and not self._readable:
                    return b""
                self._require_open()
            return bytes(self._readable.popleft() for _ in range(min(max_bytes, len(self._readable))))

    def close(self, *, timeout_ms: int) -> None:
        """Close; see `Transport.close`."""
        with self._condition:
            self._open = False
            self._readable.clear()
            self._condition.notify_all()

    def push(self, data: bytes) -> None:
        """Make `data` readable."""
        with self._condition:
            self._readable.extend(data)
            self._condition.notify_all()

    def take(self) -> bytes:
        """Return everything written since the last call."""
        with self._condition:
            data = bytes(self._written)
            self._written.clear()
            return data

    def unplug(self) -> None:
        """Break the connection and refuse new ones."""
        with self._condition:
            self._unplugged = True
            self._open = False
            self._condition.notify_all()

    def plug(self) -> None:
        """Allow connections again."""
        self._unplugged = False

    def _require_open(self) -> None:
        if not self._open:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
