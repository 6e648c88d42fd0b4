"""Finds scales at serial ports by what they say, in every known way and at the usual speeds; bounded in time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from hardware.ports import Deadline, DeviceError
from hardware.scales.protocols import PROTOCOLS, ScaleProtocol
from hardware.scales.reading import FrameReader, Reading

if TYPE_CHECKING:
    from hardware.ports import Transport

#: The usual speed first.
SPEEDS: Final = (9600, 4800, 2400, 19200, 1200)
_LISTEN_MS: Final = 1000
_ANSWER_MS: Final = 350
_OPEN_MS: Final = 500
_PIECE: Final = 1024
#: So many frames are no accident.
_PROOF: Final = 2


class ScaleLine(msgspec.Struct, frozen=True):
    """How a port is set."""

    baud: int
    data_bits: int = 8
    parity: str = "N"


class ScaleFound(msgspec.Struct, frozen=True):
    """A scale that said something.

    Attributes:
        port: Where.
        line: How the port is set.
        protocol: Name of the table it speaks by.
        reading: What it said last.
    """

    port: str
    line: ScaleLine
    protocol: str
    reading: Reading


def find_scales(ports: Iterable[str], make: Callable[[str, ScaleLine], Transport]) -> tuple[ScaleFound, ...]:
    """Listen at all ports at once, and ask where nobody speaks; takes up to fifteen seconds.

    Args:
        ports: Where; none with another device, which would take the question for something to print.
        make: Makes the wire to a port.

    Returns:
        At most one for each port, in the order of the ports.
    """
    found: dict[str, ScaleFound] = {}

    def look(port: str) -> None:
        with contextlib.suppress(DeviceError):  # gone, or somebody else's: no scale
            here = _at(port, make)
            if here is not None:
                found[port] = here

    wanted = tuple(dict.fromkeys(ports))
    threads = [threading.Thread(target=look, args=(port,), name="look-scale", daemon=True) for port in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tuple(found[port] for port in wanted if port in found)


def _at(port: str, make: Callable[[str, ScaleLine], Transport]) -> ScaleFound | None:
    for baud in SPEEDS:
        with _opened(make(port, ScaleLine(baud))) as wire:
            found = _listen(wire, port, baud)
        if found is not None:
            return found
        for protocol in PROTOCOLS.values():
            if not protocol.ask:
                continue
            line = ScaleLine(baud, protocol.data_bits, protocol.parity)
            reading = _answer(make(port, line), protocol)
            if reading is not None:
                return ScaleFound(port, line, protocol.name, reading)
    return None


def _answer(wire: Transport, protocol: ScaleProtocol) -> Reading | None:
    """What is answered to a question; nothing at a port that takes none, or cannot be set so."""
    try:
        with _opened(wire):
            return _ask(wire, protocol)
    except DeviceError:
        return None


@contextlib.contextmanager
def _opened(wire: Transport) -> Iterator[Transport]:
    wire.open(timeout_ms=_OPEN_MS)
    try:
        yield wire
    finally:
        with contextlib.suppress(DeviceError):  # it is only looked for
            wire.close(timeout_ms=0)


def _listen(wire: Transport, port: str, baud: int) -> ScaleFound | None:
    """Whether somebody speaks by himself in a known way, with eight bits or with seven and parity."""
    speakers = [each for each in PROTOCOLS.values() if not each.ask]
    plain = {each.name: FrameReader(each) for each in speakers}
    seven = {each.name: FrameReader(each) for each in speakers}
    counts: dict[tuple[str, int], int] = {}
    odd: set[int] = set()
    deadline = Deadline(_LISTEN_MS)
    while not deadline.expired:
        data = wire.read(_PIECE, timeout_ms=max(1, deadline.left_ms))
        # Seven bits with parity are as long on the wire as eight without: the eighth that was read is the parity.
        odd |= {each.bit_count() % 2 for each in data}
        for bits, readers, bytes_ in ((8, plain, data), (7, seven, bytes(each & 0x7F for each in data))):
            for name, reader in readers.items():
                readings = reader.feed(bytes_)
                counts[name, bits] = counts.get((name, bits), 0) + len(readings)
                if counts[name, bits] >= _PROOF:
                    parity = "N" if bits == 8 else "O" if odd == {1} else "E"
                    return ScaleFound(port, ScaleLine(baud, bits, parity), name, readings[-1])
    return None


def _ask(wire: Transport, protocol: ScaleProtocol) -> Reading | None:
    """What is answered to a question, if it is a weight."""
    wire.read(_PIECE, timeout_ms=1)
    for step in protocol.ask[:-1]:
        wire.write(step, timeout_ms=_ANSWER_MS)
        if protocol.agreed not in wire.read(_PIECE, timeout_ms=_ANSWER_MS):
            return None
    wire.write(protocol.ask[-1], timeout_ms=_ANSWER_MS)
    frames, deadline = FrameReader(protocol), Deadline(_ANSWER_MS)
    while not deadline.expired:
        readings = frames.feed(wire.read(_PIECE, timeout_ms=max(1, deadline.left_ms)))
        if readings:
            return readings[-1]
    return None
