"""Serial ports: RS-232, USB adapters, Bluetooth SPP, and pseudo terminals."""

from __future__ import annotations

import contextlib
import enum
import errno
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from hardware.ports import Deadline, DeviceError, Reason

if TYPE_CHECKING:
    import serial

_ABSENT = {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR, errno.EISDIR}
_TAKEN = {errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EPERM}
_UNCOUNTED = {errno.ENOTTY, errno.EINVAL, errno.ENOSYS}
_DRAIN_POLL_S = 0.005
_WINDOWS_CHUNK = 256


if sys.platform == "win32":
    _REFUSED: tuple[type[Exception], ...] = ()
else:
    import termios

    #: A port that has no such speed, bits or parity; pyserial lets it through as it is.
    _REFUSED = (termios.error,)


class Parity(enum.StrEnum):
    """Parity bit."""

    NONE = "N"
    EVEN = "E"
    ODD = "O"


class FlowControl(enum.StrEnum):
    """Who says stop."""

    NONE = "none"
    RTS_CTS = "rts_cts"
    DSR_DTR = "dsr_dtr"
    XON_XOFF = "xon_xoff"


class SerialSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How a serial device is wired and set.

    Attributes:
        port: ``/dev/ttyUSB0``, ``COM3``.
        baud: Bits per second.
        data_bits: 7 or 8.
        parity: Parity bit.
        stop_bits: 1 or 2.
        flow: Flow control.
    """

    port: str
    baud: int = 9600
    data_bits: int = 8
    parity: Parity = Parity.NONE
    stop_bits: int = 1
    flow: FlowControl = FlowControl.NONE


class SerialTransport:
    """A serial port, held for this process alone while it is open."""

    def __init__(self, settings: SerialSettings) -> None:
        self._settings = settings
        self._port: serial.Serial | None = None

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return f"serial://{self._settings.port}?baud={self._settings.baud}"

    @property
    def bytes_per_second(self) -> int:
        """One byte takes about ten bits."""
        return max(1, self._settings.baud // 10)

    def missing(self) -> Reason | None:
        """Look at the port; Windows tells only by opening it."""
        there = sys.platform == "win32" or Path(self._settings.port).exists()
        return None if there else Reason.NOT_FOUND

    def open(self, *, timeout_ms: int) -> None:
        """Open the port; see `Transport.open`."""
        import serial

        self._discard()
        settings = self._settings
        try:
            self._port = serial.Serial(
                port=settings.port,
                baudrate=settings.baud,
                bytesize=settings.data_bits,
                parity=settings.parity.value,
                stopbits=settings.stop_bits,
                rtscts=settings.flow is FlowControl.RTS_CTS,
                dsrdtr=settings.flow is FlowControl.DSR_DTR,
                xonxoff=settings.flow is FlowControl.XON_XOFF,
                timeout=0,
                write_timeout=1,
                exclusive=True if sys.platform != "win32" else None,
            )
        except (serial.SerialException, OSError, ValueError) as error:
            raise DeviceError(_reason(error), f"{self.name}: {error}") from error
        except _REFUSED as error:
            raise DeviceError(Reason.PROTOCOL, f"{self.name}: cannot be set so: {error}") from error

    def write(self, data: bytes, *, timeout_ms: int) -> None:
        """Write everything and wait until it is on the wire; see `Transport.write`."""
        port = self._opened()
        deadline = Deadline(timeout_ms)
        if sys.platform == "win32":
            self._write_windows(port, data, deadline)
        else:
            from hardware.transports import posix_io

            # pyserial's own write does not say how much has left when it times out.
            try:
                posix_io.write_all(port.fileno(), data, name=self.name, timeout_ms=timeout_ms)
            except DeviceError:
                self._forget_output(port)
                raise
        self._drain(port, len(data), deadline)

    def read(self, max_bytes: int, *, timeout_ms: int) -> bytes:
        """Return what arrives first; see `Transport.read`."""
        port = self._opened()
        if sys.platform == "win32":
            return self._read_windows(port, max_bytes, timeout_ms)
        else:  # noqa: RET505 - the type checker takes each platform's branch as a whole
            from hardware.transports import posix_io

            return posix_io.read_some(port.fileno(), max_bytes, name=self.name, timeout_ms=timeout_ms)

    def close(self, *, timeout_ms: int) -> None:
        """Close the port; see `Transport.close`."""
        port, self._port = self._port, None
        if port is None:
            return
        try:
            port.close()
        except OSError as error:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}") from error

    def clear_to_send(self) -> bool | None:
        """Return the CTS line, or None where there is none (pseudo terminals have no such lines)."""
        try:
            return bool(self._opened().cts)
        except OSError:
            return None

    def data_set_ready(self) -> bool | None:
        """Return the DSR line, or None where there is none."""
        try:
            return bool(self._opened().dsr)
        except OSError:
            return None

    def _write_windows(self, port: serial.Serial, data: bytes, deadline: Deadline) -> None:
        import serial

        sent = 0
        while sent < len(data):
            try:
                port.write_timeout = max(0.001, deadline.left_s)
                sent += port.write(data[sent : sent + _WINDOWS_CHUNK]) or 0
            except serial.SerialTimeoutException as error:
                raise DeviceError(Reason.TIMEOUT, f"{self.name}: takes no more data", bytes_written=sent) from error
            except (serial.SerialException, OSError) as error:
                raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}", bytes_written=sent) from error

    def _read_windows(self, port: serial.Serial, max_bytes: int, timeout_ms: int) -> bytes:
        import serial

        try:
            port.timeout = timeout_ms / 1000
            first = bytes(port.read(1))
            port.timeout = 0
            return first + bytes(port.read(max_bytes - 1)) if first else b""
        except (serial.SerialException, OSError) as error:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}") from error

    def _drain(self, port: serial.Serial, size: int, deadline: Deadline) -> None:
        """Wait until the driver's buffer is empty; a printer whose CTS says stop keeps it full."""
        while True:
            try:
                waiting = port.out_waiting
            except OSError as error:
                if error.errno in _UNCOUNTED:
                    return  # the driver does not count
                raise DeviceError(Reason.OFFLINE, f"{self.name}: {error}", may_be_more=True) from error
            if not waiting:
                return
            if deadline.expired:
                self._forget_output(port)
                written = max(0, size - waiting)
                raise DeviceError(
                    Reason.TIMEOUT, f"{self.name}: {waiting} bytes still wait for the device", bytes_written=written
                )
            time.sleep(_DRAIN_POLL_S)

    @staticmethod
    def _forget_output(port: serial.Serial) -> None:
        """Throw away what the driver holds: closing would wait for it, up to half a minute."""
        # termios.error, which pyserial lets through, is no OSError.
        with contextlib.suppress(Exception):
            port.reset_output_buffer()

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
        return self._port

    def _discard(self) -> None:
        with contextlib.suppress(DeviceError):
            self.close(timeout_ms=0)


def _reason(error: Exception) -> Reason:
    number = getattr(error, "errno", None)
    if number in _ABSENT or isinstance(error, FileNotFoundError):
        return Reason.NOT_FOUND
    text = str(error)
    if number in _TAKEN or "PermissionError" in text or "exclusively lock" in text:
        return Reason.BUSY
    return Reason.NOT_FOUND if "FileNotFoundError" in text else Reason.OFFLINE
