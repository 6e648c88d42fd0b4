"""The far end of a receipt printer's wire, which notes when a paper's bytes arrive; and the bare way to write there.

A printer's questions are no paper. The ends are in the till's process, as the scripted bus has to be; so is the floor.
"""

from __future__ import annotations

import contextlib
import os
import queue
import re
import socket
import threading
import time
from abc import ABC, abstractmethod
from typing import Final

from pos_app.config import PrinterSettings, WireKind

_QUESTION: Final = re.compile(rb"\x10\x04[\x01-\x04]")
_PULSE, _PAPER, _CONFIRM = b"\x1bp", b"\x1b@", b"\x1dr\x01"
#: Nobody waits longer for a byte.
_PATIENCE_S: Final = 20


class End(ABC):
    """A printer that says all is well, or says nothing.

    Args:
        answers: Whether it answers questions and confirms papers, as printers of name do.

    Attributes:
        settings: Of a till that prints here.
        drawer_at: When the pulse for the drawer arrived, since `expect`.
        paper_at: When the receipt's first byte arrived, and `paper_cpu` this process's processor time then.
    """

    settings: PrinterSettings

    def __init__(self, *, answers: bool = True) -> None:
        self._answers = answers
        self._held = bytearray()
        self.expect()
        self._jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def begin(self) -> None:
        """Listen, and have a thread that writes without us."""
        for work in (self._listen, self._write_bare):
            threading.Thread(target=work, daemon=True).start()

    def expect(self) -> None:
        """The next paper counts."""
        self.drawer_at = self.paper_at = self.paper_cpu = 0.0
        self._held.clear()

    def wait(self) -> bool:
        """Wait for the paper's first byte in the caller's thread; False when none came."""
        until = time.monotonic() + _PATIENCE_S
        while not self.paper_at and time.monotonic() < until:
            time.sleep(0.001)
        return bool(self.paper_at)

    def write_from_other_thread(self, data: bytes) -> None:
        """The floor: hand bytes to a thread that opens the wire and writes them."""
        self._jobs.put(data)

    def take(self, data: bytes) -> bytes:
        """Take what arrived and return what the printer says to it."""
        now, cpu = time.perf_counter(), time.process_time()
        questions = len(_QUESTION.findall(data))
        if questions * 3 < len(data):
            self._held += data
            if not self.drawer_at and _PULSE in self._held:
                self.drawer_at = now
            if not self.paper_at and _PAPER in self._held:
                self.paper_at, self.paper_cpu = now, cpu
        if not self._answers:
            return b""
        return b"\x12" * questions + (b"\0" if data.endswith(_CONFIRM) else b"")

    def _write_bare(self) -> None:
        while True:
            self.write(self._jobs.get())

    @abstractmethod
    def write(self, data: bytes) -> None:
        """Open the wire without us, write, close."""

    @abstractmethod
    def _listen(self) -> None:
        """Take what arrives, in a thread of its own."""


class TcpEnd(End):
    """A network printer's port."""

    def __init__(self, *, answers: bool = True) -> None:
        super().__init__(answers=answers)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = int(self._listener.getsockname()[1])
        self.settings = PrinterSettings(kind=WireKind.TCP, host="127.0.0.1", port=self._port)

    def write(self, data: bytes) -> None:
        with socket.create_connection(("127.0.0.1", self._port)) as connection:
            connection.sendall(data)

    def _listen(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection, contextlib.suppress(ConnectionError):  # hung up with an answer unread
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while data := connection.recv(65_536):
                    connection.sendall(self.take(data))


class SerialEnd(End):
    """A pseudo terminal as a serial port."""

    def __init__(self, *, answers: bool = True) -> None:
        import tty

        super().__init__(answers=answers)
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self._name = os.ttyname(slave)
        self.settings = PrinterSettings(kind=WireKind.SERIAL, device=self._name)

    def write(self, data: bytes) -> None:
        port = os.open(self._name, os.O_RDWR | os.O_NOCTTY)
        os.write(port, data)
        os.close(port)

    def _listen(self) -> None:
        while True:
            said = self.take(os.read(self._master, 4096))
            if said:
                os.write(self._master, said)


class UsbEnd(End):
    """A printer at a scripted bus, which stands in libusb's place."""

    def __init__(self, *, answers: bool = True) -> None:
        from contract.hardware.usb_bus import Bus, UsbPrinter
        from usb.backend import libusb1

        super().__init__(answers=answers)
        self._printer = UsbPrinter()
        self._printer.on_data = self._on_data
        self._bus = Bus(self._printer)
        libusb1.get_backend = lambda *_, **__: self._bus
        self.settings = PrinterSettings(kind=WireKind.USB, vendor=self._printer.vendor, product=self._printer.product)

    def write(self, data: bytes) -> None:
        import usb.core
        import usb.util

        device = usb.core.find(backend=self._bus, idVendor=self._printer.vendor, idProduct=self._printer.product)
        device.write(0x01, data)
        usb.util.dispose_resources(device)

    def _listen(self) -> None:
        """The bus calls in the writer's thread."""

    def _on_data(self, data: bytes) -> None:
        self._printer.answers += self.take(data)


ENDS: Final[dict[str, type[End]]] = {"tcp": TcpEnd, "serial": SerialEnd, "usb": UsbEnd}
