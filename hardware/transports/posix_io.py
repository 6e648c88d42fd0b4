"""Writing to and reading from a non-blocking file descriptor with a deadline, for serial ports and device nodes."""

from __future__ import annotations

import errno
import os
import select

from hardware.ports import Deadline, DeviceError, Reason

_CHUNK = 4096
_PAPER = {errno.ENOSPC}
"""The kernel's printer driver reports paper end as "no space left on device"."""


def write_all(fd: int, data: bytes, *, name: str, timeout_ms: int) -> None:
    """Write everything; see `Transport.write`."""
    deadline = Deadline(timeout_ms)
    view = memoryview(data)
    sent = 0
    while sent < len(data):
        try:
            sent += os.write(fd, view[sent : sent + _CHUNK])
        except (BlockingIOError, InterruptedError):
            if not wait(fd, select.POLLOUT, deadline):
                raise DeviceError(
                    Reason.TIMEOUT, f"{name}: takes no more data after {sent} bytes", bytes_written=sent
                ) from None
        except OSError as error:
            reason = Reason.PAPER_OUT if error.errno in _PAPER else Reason.OFFLINE
            raise DeviceError(reason, f"{name}: {error}", bytes_written=sent) from error


def read_some(fd: int, max_bytes: int, *, name: str, timeout_ms: int) -> bytes:
    """Return what arrives first; see `Transport.read`."""
    deadline = Deadline(timeout_ms)
    while True:
        # Asking before reading tells silence (no event) from a vanished device (an event, and nothing to read).
        if not wait(fd, select.POLLIN, deadline):
            return b""
        try:
            data = os.read(fd, max_bytes)
        except (BlockingIOError, InterruptedError):
            continue  # there was nothing after all: wait again, within the same deadline
        except OSError as error:
            raise DeviceError(Reason.OFFLINE, f"{name}: {error}") from error
        if not data:
            raise DeviceError(Reason.OFFLINE, f"{name}: the device is gone")
        return data


def wait(fd: int, event: int, deadline: Deadline) -> bool:
    """Return whether `fd` became ready (or broke) before the deadline."""
    poller = select.poll()
    poller.register(fd, event)
    return bool(poller.poll(deadline.left_ms))
