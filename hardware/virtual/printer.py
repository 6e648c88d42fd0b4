"""A network receipt printer made of software, for shops that try things out and for tests.

It listens on a loopback port and is reached through the same TCP transport as a real printer, so everything but the
paper is real. Faults can be switched on while it runs.
"""

from __future__ import annotations

import contextlib
import enum
import re
import selectors
import socket
import struct
import threading
import time
from typing import TYPE_CHECKING, Self

from hardware.virtual.drawer import VirtualDrawer
from hardware.virtual.interpreter import Interpreter
from hardware.virtual.paper import Paper, PaperFormat, Pulse

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.printers.profile import PrinterProfile

_RESET_NOW = struct.pack("ii", 1, 0)
_REALTIME = re.compile(rb"\x10\x04([\x01-\x04])")
_REALTIME_PULSE = re.compile(rb"\x10\x14\x01([\x00\x01])([\x01-\x08])")
_STOP_WAIT_S = 5.0
_SLOW_CHUNK, _SLOW_PAUSE_S = 32, 0.02


class Fault(enum.StrEnum):
    """What is wrong with the printer."""

    NONE = "none"
    OFF = "off"
    """Switched off: connections are refused."""
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    SILENT = "silent"
    """Accepts connections, never reads, never answers, never prints."""
    NO_ANSWERS = "no_answers"
    """Prints, but answers no questions, as many clones do."""
    RESET_MID_JOB = "reset_mid_job"
    """Breaks the connection after `reset_after_bytes`."""
    SLOW = "slow"
    """Takes about 1.6 kB a second, as on a 19,200 baud line."""


class VirtualPrinter:
    """The server. Start it, point a `TcpTransport` at `host` and `port`, stop it.

    Args:
        profile: Paper, charset and drawer pin of the printer it plays.
        on_paper: Called with each finished job, in the printer's own thread.
        port: 0 takes a free one, which stays the same until the printer is dropped.
        reset_after_bytes: For `Fault.RESET_MID_JOB`.

    Attributes:
        drawer: The drawer on its connector.
    """

    host = "127.0.0.1"

    def __init__(
        self,
        profile: PrinterProfile,
        *,
        on_paper: Callable[[Paper], None] | None = None,
        port: int = 0,
        reset_after_bytes: int = 64,
    ) -> None:
        self.drawer = VirtualDrawer(pin=profile.drawer_pin)
        self._format = PaperFormat.of(profile)
        self._on_paper = on_paper
        self._port = port
        self._reset_after_bytes = reset_after_bytes
        self._fault = Fault.NONE
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._wake_read: socket.socket | None = None
        self._wake_write: socket.socket | None = None
        self._listener: socket.socket | None = None
        self._client: _Client | None = None
        self._changed = threading.Condition()
        self._papers: list[Paper] = []

    @property
    def port(self) -> int:
        """TCP port; known after `start`."""
        return self._port

    @property
    def fault(self) -> Fault:
        """What is wrong with it; may be set from any thread while it runs."""
        return self._fault

    @fault.setter
    def fault(self, value: Fault) -> None:
        with self._changed:
            self._fault = value
            if self._thread is None:
                return
            self._wake()
            # Whoever switches a fault on may count on it when this returns.
            self._changed.wait_for(
                lambda: (self._listener is None) == (self._fault is Fault.OFF) or self._thread is None, _STOP_WAIT_S
            )

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Everything printed so far, oldest first."""
        with self._changed:
            return tuple(self._papers)

    def wait_for_papers(self, count: int, *, timeout_ms: int) -> tuple[Paper, ...]:
        """Return all papers as soon as there are `count`, or what there is at the deadline."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._papers) >= count, timeout_ms / 1000)
            return tuple(self._papers)

    def start(self) -> None:
        """Begin to listen.

        Raises:
            OSError: When the port is taken.
        """
        if self._thread is not None:
            return
        self._stopping = False
        self._wake_read, self._wake_write = socket.socketpair()
        self._wake_read.setblocking(False)
        if self._fault is not Fault.OFF:
            self._listen()
        self._thread = threading.Thread(target=self._run, name="virtual-printer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop, and return when the thread has ended. Stopping twice is allowed."""
        thread = self._thread
        if thread is None:
            return
        self._stopping = True
        self._wake()
        thread.join(_STOP_WAIT_S)
        self._thread = None
        for end in (self._wake_read, self._wake_write):
            if end is not None:
                end.close()
        self._wake_read = self._wake_write = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    # The printer's thread

    def _run(self) -> None:
        try:
            while not self._stopping:
                self._follow_fault()
                with selectors.DefaultSelector() as selector:
                    self._register(selector)
                    ready = {key.fileobj for key, _ in selector.select()}
                if self._wake_read in ready and self._wake_read is not None:
                    with contextlib.suppress(BlockingIOError):
                        self._wake_read.recv(64)
                if self._client is not None and self._client.connection in ready:
                    self._serve(self._client)
                if self._listener is not None and self._listener in ready:
                    self._accept(self._listener)
        finally:
            self._hang_up(reset=True)
            self._stop_listening()

    def _register(self, selector: selectors.BaseSelector) -> None:
        if self._wake_read is not None:
            selector.register(self._wake_read, selectors.EVENT_READ)
        if self._client is None and self._listener is not None:
            selector.register(self._listener, selectors.EVENT_READ)
        if self._client is not None and self._fault is not Fault.SILENT:
            selector.register(self._client.connection, selectors.EVENT_READ)

    def _follow_fault(self) -> None:
        with self._changed:
            if self._fault is Fault.OFF:
                self._hang_up(reset=True)
                self._stop_listening()
            elif self._listener is None:
                self._listen()
            self._changed.notify_all()
        if self._client is not None and self._prints:
            self._client.print_held()

    @property
    def _prints(self) -> bool:
        return self._fault not in {Fault.PAPER_OUT, Fault.COVER_OPEN, Fault.SILENT, Fault.OFF}

    def _listen(self) -> None:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self.host, self._port))
            listener.listen(4)
            listener.setblocking(False)
        except OSError:
            listener.close()
            raise
        self._port = listener.getsockname()[1]
        self._listener = listener

    def _stop_listening(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _accept(self, listener: socket.socket) -> None:
        try:
            connection, _address = listener.accept()
        except OSError:
            return
        connection.setblocking(False)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._client = _Client(connection, self)

    def _serve(self, client: _Client) -> None:
        slow = self._fault is Fault.SLOW
        try:
            data = client.connection.recv(_SLOW_CHUNK if slow else 4096)
        except BlockingIOError:
            return
        except OSError:
            self._hang_up(reset=True)
            return
        if slow:
            time.sleep(_SLOW_PAUSE_S)
        if not data:
            self._hang_up(reset=False)
            return
        if self._fault is Fault.RESET_MID_JOB and client.received + len(data) >= self._reset_after_bytes:
            client.take(data[: max(0, self._reset_after_bytes - client.received)])
            self._hang_up(reset=True)
            return
        client.take(data)

    def _hang_up(self, *, reset: bool) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        if reset:
            with contextlib.suppress(OSError):
                client.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_NOW)
        client.connection.close()
        client.end()

    def deliver(self, paper: Paper) -> None:
        """Keep a finished job and tell the owner; blank ones (a mere status question) are dropped."""
        if paper.is_blank and not paper.problems:
            return
        if self._on_paper is not None:
            self._on_paper(paper)
        with self._changed:
            self._papers.append(paper)
            self._changed.notify_all()

    def realtime_status(self, number: int) -> int | None:
        """Return the answer to ``DLE EOT number``, or None when it gives none."""
        fault = self._fault
        if fault in {Fault.NO_ANSWERS, Fault.SILENT}:
            return None
        stopped = fault in {Fault.PAPER_OUT, Fault.COVER_OPEN}
        bits = {
            1: (0x08 if stopped else 0) | (0x04 if self.drawer.is_open else 0),
            2: 0x20 if fault is Fault.PAPER_OUT else 0x04 if fault is Fault.COVER_OPEN else 0,
            3: 0,
            4: 0x6C if fault is Fault.PAPER_OUT else 0,
        }
        return 0x12 | bits[number] if number in bits else None

    def pulse_now(self, pulse: Pulse) -> None:
        """Pulse the drawer at once, whatever holds the paper up."""
        self.drawer.pulse(pulse)

    def holds_data(self) -> bool:
        """Return whether data waits in the buffer instead of being printed."""
        return not self._prints

    def new_interpreter(self, answer: Callable[[str, int], None], pulse: Callable[[Pulse], None]) -> Interpreter:
        """Return an interpreter for this printer's paper."""
        return Interpreter(self._format, on_request=answer, on_pulse=pulse)

    def _wake(self) -> None:
        if self._wake_write is not None:
            with contextlib.suppress(OSError):
                self._wake_write.send(b"!")


class _Client:
    """One connection: bytes in, answers out, one paper at the end."""

    def __init__(self, connection: socket.socket, printer: VirtualPrinter) -> None:
        self.connection = connection
        self.received = 0
        self._printer = printer
        self._held = bytearray()
        self._interpreter = printer.new_interpreter(self._answer, printer.drawer.pulse)

    def take(self, data: bytes) -> None:
        """Print, or hold what cannot be printed now and answer only the questions asked at once."""
        self.received += len(data)
        if self._printer.holds_data():
            for match in _REALTIME.finditer(data):
                self._answer("DLE EOT", match[1][0])
            for match in _REALTIME_PULSE.finditer(data):
                pin, hundreds = 5 if match[1][0] else 2, match[2][0]
                self._printer.pulse_now(Pulse(pin=pin, on_ms=hundreds * 100, off_ms=hundreds * 100, offset=0))
            self._held += _REALTIME_PULSE.sub(b"", _REALTIME.sub(b"", data))
        else:
            self._interpreter.feed(data)

    def print_held(self) -> None:
        """Print what was held, now that paper is back."""
        held, self._held = bytes(self._held), bytearray()
        if held:
            self._interpreter.feed(held)

    def end(self) -> None:
        """Deliver what was printed; held data is lost with the connection, as in a printer that is switched off."""
        self._printer.deliver(self._interpreter.finish())

    def _answer(self, question: str, number: int) -> None:
        if question == "DLE EOT":
            byte = self._printer.realtime_status(number)
        else:
            byte = None if self._printer.fault is Fault.NO_ANSWERS else 0
        if byte is not None:
            with contextlib.suppress(OSError):
                self.connection.send(bytes((byte,)))
