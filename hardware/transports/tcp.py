"""Network printers: raw bytes over TCP, usually port 9100."""

from __future__ import annotations

import contextlib
import errno
import os
import selectors
import socket
import struct
import sys
import time

from hardware.ports import Deadline, DeviceError, PeerClosedError, Reason
from hardware.transports.names import addresses

_UNREACHABLE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.EADDRNOTAVAIL, errno.ENETDOWN}
_SEND_BUFFER = 16 * 1024
"""Small, so that a printer which accepts and never reads is noticed after some kB and not after megabytes."""
_CHUNK = 4096
_CALL_MS = 700
_SETTLE_S = 0.005
_LINGER_NOW = struct.pack("ii", 1, 0)


class TcpTransport:
    """A TCP connection with a deadline on everything.

    Args:
        host: Name or address.
        port: Usually 9100.
    """

    def __init__(self, host: str, port: int = 9100) -> None:
        self._host = host
        self._port = port
        self._socket: socket.socket | None = None
        self._failed = False

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return f"tcp://{self._host}:{self._port}"

    @property
    def bytes_per_second(self) -> int:
        """Slow printers take pictures at this speed."""
        return 40_000

    def missing(self) -> Reason | None:
        """Call and hang up at once; nothing is said, so nothing is printed."""
        other = TcpTransport(self._host, self._port)
        try:
            other.open(timeout_ms=_CALL_MS)
        except DeviceError as error:
            return error.reason
        other._drop()
        return None

    def open(self, *, timeout_ms: int) -> None:
        """Connect; see `Transport.open`."""
        self._drop()
        connection = self._connect(Deadline(max(1, timeout_ms)))
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        self._socket = connection
        self._failed = False

    def write(self, data: bytes, *, timeout_ms: int) -> None:
        """Send everything; see `Transport.write`."""
        connection = self._connected()
        deadline = Deadline(timeout_ms)
        view = memoryview(data)
        sent = 0
        self._failed = True
        self._refuse_dead_peer(connection)
        while sent < len(data):
            try:
                sent += connection.send(view[sent : sent + _CHUNK])
            except (BlockingIOError, InterruptedError):
                if not _wait(connection, selectors.EVENT_WRITE, deadline):
                    raise DeviceError(
                        Reason.TIMEOUT, f"{self.name}: takes no more data after {sent} bytes", bytes_written=sent
                    ) from None
            except OSError as error:
                raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}", bytes_written=sent) from error
        self._failed = False

    def read(self, max_bytes: int, *, timeout_ms: int) -> bytes:
        """Return what arrives first; see `Transport.read`."""
        connection = self._connected()
        deadline = Deadline(timeout_ms)
        while True:
            try:
                data = connection.recv(max_bytes)
            except (BlockingIOError, InterruptedError):
                if not _wait(connection, selectors.EVENT_READ, deadline):
                    return b""
            except OSError as error:
                raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}") from error
            else:
                if not data:
                    raise PeerClosedError(Reason.OFFLINE, f"{self.name}: connection closed by the device")
                return data

    def close(self, *, timeout_ms: int) -> None:
        """Say that all is sent and give the peer until the deadline to object; see `Transport.close`.

        A printer that closes its end has taken everything; one that resets has not. One that does neither keeps its
        connection until the deadline, which is no error.
        """
        if self._failed:
            self._drop()
        connection, self._socket = self._socket, None
        if connection is None:
            return
        deadline = Deadline(timeout_ms)
        with contextlib.closing(connection):
            try:
                connection.shutdown(socket.SHUT_WR)
                while _wait(connection, selectors.EVENT_READ, deadline):
                    if not connection.recv(_CHUNK):
                        return
            except (BlockingIOError, InterruptedError):
                return
            except OSError as error:
                if error.errno == errno.ENOTCONN and timeout_ms == 0:
                    return
                raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}") from error

    def settle(self, *, timeout_ms: int) -> None:
        """Wait until the other end has taken what was written; see `Settles`. Only Linux tells."""
        connection = self._connected()
        deadline = Deadline(timeout_ms)
        while waiting := _unacknowledged(connection):
            self._refuse_broken(connection)
            if deadline.expired:
                self._failed = True
                raise DeviceError(Reason.TIMEOUT, f"{self.name}: {waiting} bytes never arrived", may_be_more=True)
            time.sleep(_SETTLE_S)

    def _connect(self, deadline: Deadline) -> socket.socket:
        """Call each address of the host until one answers; all share the deadline."""
        error: DeviceError | None = None
        found = addresses(self._host, self._port, deadline)
        for number, (family, kind, protocol, _, address) in enumerate(found):
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(max(0.001, deadline.left_s / (len(found) - number)))
                connection.connect(address)
            except TimeoutError:
                connection.close()
                error = error or DeviceError(Reason.TIMEOUT, f"{self.name}: no answer to the call")
            except OSError as refused:
                connection.close()
                reason = Reason.NOT_FOUND if refused.errno in _UNREACHABLE else Reason.OFFLINE
                error = error or DeviceError(reason, f"{self.name}: {refused}")
            except BaseException:
                connection.close()
                raise
            else:
                return connection
        raise error or DeviceError(Reason.NOT_FOUND, f"{self.name}: no address")

    def _refuse_broken(self, connection: socket.socket) -> None:
        number = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if number:
            self._failed = True
            raise DeviceError(Reason.OFFLINE, f"{self.name}: {os.strerror(number)}", may_be_more=True)

    def _refuse_dead_peer(self, connection: socket.socket) -> None:
        """Raise when the peer has closed already: the first write after that would report success."""
        try:
            if connection.recv(1, socket.MSG_PEEK) == b"":
                raise DeviceError(Reason.OFFLINE, f"{self.name}: connection closed by the device")
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}") from error

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
        return self._socket

    def _drop(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOW)
            self._socket.close()
            self._socket = None


def _unacknowledged(connection: socket.socket) -> int:
    """How many bytes the other end has not taken yet; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    import fcntl
    import termios

    try:
        return int.from_bytes(fcntl.ioctl(connection, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    except OSError:
        return 0


def _wait(connection: socket.socket, event: int, deadline: Deadline) -> bool:
    """Return whether the socket became ready before the deadline."""
    with selectors.DefaultSelector() as selector:
        selector.register(connection, event)
        return bool(selector.select(deadline.left_s))
