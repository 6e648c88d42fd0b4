"""A serial scanner made of software: on Linux a pseudo terminal that looks like a port, elsewhere a wire in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from hardware.virtual.port import VirtualPort

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.ports import Transport


class VirtualScanner:
    """Sends codes as a scanner would. Plug it in, read it through `transport`, unplug it.

    Args:
        link: Where to put a symbolic link to the port, so that its name stays the same after unplugging; without it
            a replugged scanner has another name.
        suffix: What it sends after each code.
    """

    def __init__(self, *, link: Path | None = None, suffix: str = "\r\n") -> None:
        self._suffix = suffix
        self._port = VirtualPort("virtual-scanner", link=link)

    @property
    def port(self) -> str:
        """Name of the serial port; empty on Windows."""
        return self._port.port

    def transport(self) -> Transport:
        """Return the transport a till uses to read this scanner."""
        return self._port.transport()

    def plug(self) -> None:
        """Make the port appear. Plugging twice is allowed."""
        self._port.plug()

    def send(self, code: str, *, complete: bool = True) -> None:
        """Send a code.

        Args:
            code: What is scanned.
            complete: False leaves the suffix off: half a scan.

        Raises:
            RuntimeError: When it is not plugged in.
        """
        self.send_bytes((code + (self._suffix if complete else "")).encode())

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as they are.

        Raises:
            RuntimeError: When it is not plugged in.
        """
        if not self._port.is_plugged:
            raise RuntimeError("the virtual scanner is not plugged in")
        self._port.send(data)

    def unplug(self) -> None:
        """Make the port disappear. Unplugging twice is allowed."""
        self._port.unplug()

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.unplug()
