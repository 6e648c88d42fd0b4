"""What every device has in common: reason codes, the error that carries them, states, and the transport port.

The shape follows UnifiedPOS, kept small: a `Transport` moves bytes, a pure codec gives them meaning, a device puts both
together. Every call that can wait has a deadline in milliseconds; nothing here waits for ever.
"""

from __future__ import annotations

import enum
import time
from typing import Protocol, runtime_checkable


class Reason(enum.StrEnum):
    """Why a device could not do what it was asked; the till has the words for each in the user's language."""

    NOT_FOUND = "NOT_FOUND"
    """No such host, port or file: the address is wrong, or the device is unplugged."""
    BUSY = "BUSY"
    """Somebody else holds the device, or this user may not use it."""
    OFFLINE = "OFFLINE"
    """The device is known but off, refusing, or went away in the middle."""
    PAPER_OUT = "PAPER_OUT"
    COVER_OPEN = "COVER_OPEN"
    TIMEOUT = "TIMEOUT"
    """The device accepted the connection and then did nothing within the deadline."""
    PROTOCOL = "PROTOCOL"
    """The device answered something that makes no sense: wrong model, speed or wiring."""


class DeviceState(enum.StrEnum):
    """Where a device is in its life."""

    CLOSED = "closed"
    IDLE = "idle"
    BUSY = "busy"
    ERROR = "error"


class DeviceError(Exception):
    """The world's fault, never the program's: the device or its wire failed.

    Attributes:
        reason: The code the till shows advice for.
        detail: Technical text for the log, in English.
        bytes_written: How many bytes of the failed call are known to have left.
        may_be_more: More than that may have left; the wire cannot say.
    """

    def __init__(self, reason: Reason, detail: str = "", *, bytes_written: int = 0, may_be_more: bool = False) -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
        self.bytes_written = bytes_written
        self.may_be_more = may_be_more


class PeerClosedError(DeviceError):
    """The other end said goodbye in good order, having taken all bytes it was sent."""


@runtime_checkable
class Transport(Protocol):
    """Moves bytes to and from a device; used by one thread at a time.

    Attributes:
        name: Address for people and logs, such as ``tcp://192.168.1.50:9100``.
        bytes_per_second: Rough throughput, from which devices reckon their deadlines.
    """

    @property
    def name(self) -> str:
        """Address for people and logs."""
        ...

    @property
    def bytes_per_second(self) -> int:
        """Rough throughput of the wire."""
        ...

    def open(self, *, timeout_ms: int) -> None:
        """Connect.

        Raises:
            DeviceError: NOT_FOUND, BUSY, OFFLINE or TIMEOUT.
        """
        ...

    def write(self, data: bytes, *, timeout_ms: int) -> None:
        """Hand all of `data` to the wire.

        Raises:
            DeviceError: OFFLINE, TIMEOUT or PAPER_OUT, with `bytes_written` of this call.
        """
        ...

    def read(self, max_bytes: int, *, timeout_ms: int) -> bytes:
        """Return what arrives first, at most `max_bytes`; empty when nothing came in time.

        Raises:
            PeerClosedError: The peer has ended the connection in good order.
            DeviceError: OFFLINE when the peer is gone.
        """
        ...

    def close(self, *, timeout_ms: int) -> None:
        """Finish the connection; closing twice is allowed.

        After a failed write, bytes still waiting are thrown away, so that half a receipt does not come out later.

        Raises:
            DeviceError: OFFLINE or TIMEOUT when it is known that bytes written before were lost. The transport is
                closed all the same.
        """
        ...


@runtime_checkable
class Findable(Protocol):
    """A transport that can look whether its device is there, soon and without disturbing it."""

    def missing(self) -> Reason | None:
        """Why the device is not there, as far as can be seen from here; None while it is."""
        ...


@runtime_checkable
class Settles(Protocol):
    """A transport that takes bytes before the other end has: what is written may still be in this machine."""

    def settle(self, *, timeout_ms: int) -> None:
        """Wait until the other end has taken what was written, as far as that can be seen.

        Raises:
            DeviceError: TIMEOUT or OFFLINE, with `may_be_more`; what waits is thrown away when it is closed.
        """
        ...


class OneWay:
    """Marks transports that may lead to what cannot be asked anything: a question would be printed, or kept."""

    @property
    def one_way(self) -> bool:
        """Whether it is so, as far as is known since it was opened."""
        return True


class Deadline:
    """A point in monotonic time, so that several waits share one allowance."""

    def __init__(self, timeout_ms: int) -> None:
        self._end = time.monotonic() + timeout_ms / 1000

    @property
    def left_s(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self._end - time.monotonic())

    @property
    def left_ms(self) -> int:
        """Milliseconds left, never negative."""
        return int(self.left_s * 1000)

    @property
    def expired(self) -> bool:
        """Whether the allowance is used up."""
        return time.monotonic() >= self._end
