"""A scale made of software: something can be laid on it, and it can go wrong as real ones do.

Its frames are written from the makers' manuals, not from the till's tables, so that each can judge the other.
"""

from __future__ import annotations

import enum
import threading
from typing import TYPE_CHECKING, Final, Self

from hardware.virtual.port import VirtualPort

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hardware.ports import Transport

_CAPACITY: Final = 15_000
_EVERY_S: Final = 0.08
_GARBAGE: Final = b"\xff\x00\x81ST,\x02\x02?\x1b7\r\x00,GS+"


class ScaleFault(enum.StrEnum):
    """What can be wrong with it."""

    NONE = "none"
    SILENT = "silent"
    GARBAGE = "garbage"
    MOVING = "moving"


class VirtualScale:
    """Weighs what `lay` puts on it; may be used from any thread.

    Args:
        protocol: Name of the protocol it speaks, as `hardware.scales.protocols.PROTOCOLS` has them.
        link: See `VirtualPort`.
        in_memory: See `VirtualPort`.

    Attributes:
        fault: What is wrong with it.
    """

    def __init__(self, protocol: str = "general", *, link: Path | None = None, in_memory: bool = False) -> None:
        self._frame = _FRAMES[protocol]
        self._asked = protocol in ("toledo_8217", "ecr")
        self._port = VirtualPort("virtual-scale", on_data=self._on_data, link=link, in_memory=in_memory)
        self._grams = 0
        self._tare = 0
        self.fault = ScaleFault.NONE
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> str:
        """Name of the serial port; empty in memory."""
        return self._port.port

    @property
    def grams(self) -> int:
        """What lies on it, less the tare."""
        return self._grams - self._tare

    @property
    def is_plugged(self) -> bool:
        """Whether it has its plug."""
        return self._port.is_plugged

    def transport(self) -> Transport:
        """The transport a till uses to read it."""
        return self._port.transport()

    def lay(self, grams: int) -> None:
        """Lay this much on it, instead of what lay there; negative is pulling at it."""
        self._grams = grams

    def tare(self) -> None:
        """Press the tare key: what lies on it counts as nothing from now on."""
        self._tare = self._grams

    def plug(self) -> None:
        """Plug it in and switch it on."""
        self._port.plug()
        if not self._asked and self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._speak, name="virtual-scale", daemon=True)
            self._thread.start()

    def unplug(self) -> None:
        """Pull the plug."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(2)
            self._thread = None
        self._port.unplug()

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.unplug()

    def _speak(self) -> None:
        while not self._stop.wait(_EVERY_S):
            self._send()

    def _send(self) -> None:
        if self.fault is ScaleFault.SILENT:
            return
        if self.fault is ScaleFault.GARBAGE:
            self._port.send(_GARBAGE)
        else:
            self._port.send(self._frame(self.grams, self._tare > 0, self.fault is ScaleFault.MOVING))

    def _on_data(self, data: bytes) -> None:
        for byte in data:
            if byte == 0x05 and self.fault is not ScaleFault.SILENT:
                self._port.send(b"\x06")
            elif byte in (0x11, 0x57):
                self._send()


def _toledo(grams: int, net: bool, moving: bool) -> bytes:
    status = 0x40 | moving | (grams > _CAPACITY) << 1 | (grams < 0) << 2 | net << 5
    if status & 0x07:
        return b"\x02?" + bytes((status,)) + b"\r"
    return b"\x02%02d.%03d%s\r" % (*divmod(grams, 1000), b"N" if net else b"")


def _general(grams: int, net: bool, moving: bool) -> bytes:
    mode = b"NT" if net else b"GS"
    if grams > _CAPACITY:
        return b"OL," + mode + b",+" + b" " * 12 + b"\r\n"
    sign = b"-" if grams < 0 else b"+"
    figure = b"%4d.%03d" % divmod(abs(grams), 1000)
    return b"%s,%s,%s%skg\r\n" % (b"US" if moving else b"ST", mode, sign, figure)


def _cas_22(grams: int, net: bool, moving: bool) -> bytes:
    state = b"OL" if grams > _CAPACITY else b"US" if moving else b"ST"
    lamps = 0x80 | (not moving) << 6 | (not net) << 2 | net << 1
    figure = b"%s%03d.%03d" % (b"-" if grams < 0 else b" ", *divmod(abs(grams), 1000))
    return state + (b",NT," if net else b",GS,") + bytes((0x31, lamps)) + b"," + figure + b" kg\r\n"


def _ecr(grams: int, net: bool, moving: bool) -> bytes:
    over = grams > _CAPACITY
    state = b"F" if over else b"U" if moving else b"S"
    sign = b"F" if over else b"-" if grams < 0 else b" "
    body = state + sign + b"%02d.%03d" % divmod(abs(grams) % 100_000, 1000) + b"kg"
    return b"\x01\x02" + body + bytes((_xor(body),)) + b"\x03\x04"


def _a9(grams: int, net: bool, moving: bool) -> bytes:
    body = (b"-" if grams < 0 else b"+") + b"%06d3" % (abs(grams) + _wobble(moving))
    return b"\x02" + body + b"%02X" % _xor(body) + b"\x03"


def _a12(grams: int, net: bool, moving: bool) -> bytes:
    body = b"W" + (b"N" if net else b"G")
    shown = abs(grams) + _wobble(moving)
    body += (b"-%02d.%03d" if grams < 0 else b"%03d.%03d") % divmod(shown, 1000) + b"kg"
    if grams > _CAPACITY:
        body = b" " * 9 + b"OL"
    return body + b"%02X\r\n" % _xor(body)


_wobbling = [0]


def _wobble(moving: bool) -> int:
    """Scales that do not say that the weight moves show another figure each time."""
    _wobbling[0] = (_wobbling[0] + 7) % 50
    return _wobbling[0] if moving else 0


def _xor(data: bytes) -> int:
    value = 0
    for byte in data:
        value ^= byte
    return value


_FRAMES: Final[dict[str, Callable[[int, bool, bool], bytes]]] = {
    "toledo_8217": _toledo,
    "general": _general,
    "cas_22": _cas_22,
    "ecr": _ecr,
    "xk3190_a9": _a9,
    "xk3190_a12": _a12,
}
