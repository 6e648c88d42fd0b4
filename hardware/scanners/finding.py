"""Finds a scanner by listening at all free ports and nodes while somebody scans a known code."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from hardware.ports import DeviceError

if TYPE_CHECKING:
    from hardware.ports import Transport
    from hardware.scanners.loop import CodeDecoder

#: The usual speeds, those of scanners first.
SPEEDS: Final = (9600, 115200, 38400, 19200, 57600)
_SILENCE_S: Final = 0.15
_PAUSE_S: Final = 0.01
_OPEN_MS: Final = 500
_MOST: Final = 512


class ScannerHeard(msgspec.Struct, frozen=True):
    """The known code came from somewhere.

    Attributes:
        address: The port or node.
        text: What came, with whatever stands around the code.
        baud: Of a port; 0 for a node.
        data_bits: Of a port, 7 or 8.
        parity: Of a port: N, E or O.
    """

    address: str
    text: str
    baud: int = 0
    data_bits: int = 8
    parity: str = "N"


class Node(msgspec.Struct, frozen=True):
    """A device node that a scanner may be read at: events of a keyboard, or reports.

    Attributes:
        address: Where it is.
        make: Makes the wire to it.
        decoder: What its bytes mean.
    """

    address: str
    make: Callable[[], Transport]
    decoder: CodeDecoder


class _Listener(Protocol):
    """One place to listen at."""

    def open(self) -> None: ...

    def hear(self) -> ScannerHeard | None: ...

    def close(self) -> None: ...


class _Ear:
    """One port. Where something comes that is not the code it listens at the next speed."""

    def __init__(self, port: str, code: bytes, make: Callable[[str, int], Transport]) -> None:
        self._port = port
        self._code = code
        self._make = make
        self._speed = 0
        self._transport: Transport | None = None
        self._held = bytearray()
        self._last_s = 0.0

    def open(self) -> None:
        self._held.clear()
        transport = self._make(self._port, SPEEDS[self._speed])
        transport.open(timeout_ms=_OPEN_MS)
        self._transport = transport

    def hear(self) -> ScannerHeard | None:
        """What came since the last silence, once it is silent again, if it is the code."""
        if self._transport is None:
            return None
        data = self._transport.read(256, timeout_ms=0)
        now_s = time.monotonic()
        if data:
            self._held += data[: _MOST - len(self._held)]
            self._last_s = now_s
        if not self._held or now_s - self._last_s < _SILENCE_S:
            return None
        heard = bytes(self._held)
        self._held.clear()
        line = _line_of(heard, self._code)
        if line is None:
            self._speed = (self._speed + 1) % len(SPEEDS)
            self.close()
            self.open()
            return None
        text, data_bits, parity = line
        return ScannerHeard(self._port, text, SPEEDS[self._speed], data_bits, parity)

    def close(self) -> None:
        transport, self._transport = self._transport, None
        if transport is not None:
            with contextlib.suppress(DeviceError):  # nothing was written that could be lost
                transport.close(timeout_ms=0)


def _line_of(data: bytes, code: bytes) -> tuple[str, int, str] | None:
    """Text, data bits and parity of what was read with eight bits and none; None where the code is not in it.

    Seven bits with parity are as long on the wire as eight without: the eighth that was read is the parity.
    """
    if code in data:
        return data.decode("latin-1"), 8, "N"
    seven = bytes(each & 0x7F for each in data)
    odd = {each.bit_count() % 2 for each in data}
    if code not in seven or len(odd) > 1:
        return None
    return seven.decode("ascii"), 7, "O" if odd == {1} else "E"


class _NodeEar:
    """One node: whatever it sends is whole codes."""

    def __init__(self, node: Node, code: str) -> None:
        self._node = node
        self._code = code
        self._transport: Transport | None = None
        self._last_s = 0.0

    def open(self) -> None:
        transport = self._node.make()
        transport.open(timeout_ms=_OPEN_MS)
        self._transport = transport

    def hear(self) -> ScannerHeard | None:
        if self._transport is None:
            return None
        data = self._transport.read(4096, timeout_ms=0)
        now_s = time.monotonic()
        codes: list[str] = []
        if data:
            self._last_s = now_s
            codes = self._node.decoder.feed(data)
        elif self._node.decoder.holding and now_s - self._last_s >= _SILENCE_S:
            codes = self._node.decoder.end()
        text = next((each for each in codes if self._code in each), None)
        return None if text is None else ScannerHeard(self._node.address, text)

    def close(self) -> None:
        transport, self._transport = self._transport, None
        if transport is not None:
            with contextlib.suppress(DeviceError):  # nothing was written that could be lost
                transport.close(timeout_ms=0)


class ScannerFinder:
    """Listens at several ports and nodes at once.

    Args:
        ports: Where to listen; those that cannot be opened are somebody else's and passed over.
        code: What is scanned.
        make: Makes the wire to a port at a speed.
        nodes: Nodes to be read. A keyboard's own must not be among them: nobody could type any more.
    """

    def __init__(
        self, ports: Iterable[str], code: str, make: Callable[[str, int], Transport], nodes: Iterable[Node] = ()
    ) -> None:
        ears = [_Ear(port, code.encode("ascii"), make) for port in ports]
        self._ears: list[_Listener] = [*ears, *(_NodeEar(node, code) for node in nodes)]
        self._stop = threading.Event()

    def run(self, on_heard: Callable[[ScannerHeard], None]) -> None:
        """Listen until stopped; ``on_heard`` is called in this thread."""
        ears = [each for each in self._ears if _opens(each)]
        try:
            while not self._stop.wait(_PAUSE_S):
                ears = [each for each in ears if _listen(each, on_heard)]
        finally:
            for each in self._ears:
                each.close()

    def stop(self) -> None:
        """End ``run`` soon; from any thread."""
        self._stop.set()


def _listen(ear: _Listener, on_heard: Callable[[ScannerHeard], None]) -> bool:
    """Hear a place; whether it is still there."""
    try:
        heard = ear.hear()
    except DeviceError:
        return False
    if heard is not None:
        on_heard(heard)
    return True


def _opens(ear: _Listener) -> bool:
    try:
        ear.open()
    except DeviceError:
        return False
    return True
