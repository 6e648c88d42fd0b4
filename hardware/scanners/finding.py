"""Finds a serial scanner by listening at all free ports while somebody scans a known code."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from hardware.ports import DeviceError

if TYPE_CHECKING:
    from hardware.ports import Transport

#: The usual speeds, those of scanners first.
SPEEDS: Final = (9600, 115200, 38400, 19200, 57600)
_SILENCE_S: Final = 0.15
_PAUSE_S: Final = 0.01
_OPEN_MS: Final = 500
_MOST: Final = 512


class _Ear:
    """One port at one speed."""

    def __init__(self, port: str, make: Callable[[str, int], Transport]) -> None:
        self.port = port
        self._make = make
        self._speed = 0
        self._transport: Transport | None = None
        self._held = bytearray()
        self._last_s = 0.0

    @property
    def baud(self) -> int:
        return SPEEDS[self._speed]

    def open(self) -> None:
        self._held.clear()
        transport = self._make(self.port, self.baud)
        transport.open(timeout_ms=_OPEN_MS)
        self._transport = transport

    def hear(self) -> bytes:
        """What came since the last silence, once it is silent again."""
        if self._transport is None:
            return b""
        data = self._transport.read(256, timeout_ms=0)
        now_s = time.monotonic()
        if data:
            self._held += data[: _MOST - len(self._held)]
            self._last_s = now_s
        if not self._held or now_s - self._last_s < _SILENCE_S:
            return b""
        heard = bytes(self._held)
        self._held.clear()
        return heard

    def next_speed(self) -> None:
        self._speed = (self._speed + 1) % len(SPEEDS)
        self.close()
        self.open()

    def close(self) -> None:
        transport, self._transport = self._transport, None
        if transport is not None:
            with contextlib.suppress(DeviceError):  # nothing was written that could be lost
                transport.close(timeout_ms=0)


class SpeedFinder:
    """Listens at several ports at once. A port where something comes that is not the code tries its next speed.

    Args:
        ports: Where to listen; those that cannot be opened are somebody else's and passed over.
        code: What is scanned.
        make: Makes the wire to a port at a speed.
    """

    def __init__(self, ports: Iterable[str], code: str, make: Callable[[str, int], Transport]) -> None:
        self._ears = [_Ear(port, make) for port in ports]
        self._code = code.encode("ascii")
        self._stop = threading.Event()

    def run(self, on_heard: Callable[[str, int, str], None]) -> None:
        """Listen until stopped.

        Args:
            on_heard: Told port, speed and text, with whatever stands around the code; called in this thread.
        """
        ears = [each for each in self._ears if _opens(each)]
        try:
            while not self._stop.wait(_PAUSE_S):
                ears = [each for each in ears if self._listen(each, on_heard)]
        finally:
            for each in self._ears:
                each.close()

    def stop(self) -> None:
        """End ``run`` soon; from any thread."""
        self._stop.set()

    def _listen(self, ear: _Ear, on_heard: Callable[[str, int, str], None]) -> bool:
        """Hear a port; whether it is still there."""
        try:
            heard = ear.hear()
            if heard and self._code not in heard:
                ear.next_speed()
        except DeviceError:
            return False
        if self._code in heard:
            on_heard(ear.port, ear.baud, heard.decode("latin-1"))
        return True


def _opens(ear: _Ear) -> bool:
    try:
        ear.open()
    except DeviceError:
        return False
    return True
