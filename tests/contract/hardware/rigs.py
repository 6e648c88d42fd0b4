"""A printer at the other end of each transport, which can be pulled out, starved of paper or made to talk nonsense.

Every rig speaks ESC/POS through the virtual printer's interpreter, so that a question inside a picture is none.
"""

import contextlib
import os
import re
import select
import socket
import struct
import threading
import tty

import msgspec
from contract.hardware.usb_bus import Bus, UsbPrinter

from hardware.ports import DeviceError, Reason
from hardware.printers.profile import PAPER_80
from hardware.transports.file import FileTransport
from hardware.transports.memory import MemoryTransport
from hardware.transports.serial_port import SerialSettings, SerialTransport
from hardware.transports.spooler import Fate, SpoolerTransport
from hardware.transports.tcp import TcpTransport
from hardware.transports.usb import UsbAddress, UsbTransport
from hardware.virtual.interpreter import Interpreter
from hardware.virtual.paper import PaperFormat

#: A narrow paper, so that a picture has few bytes and each of them can be a broken one.
PROFILE = msgspec.structs.replace(PAPER_80, columns=8, dots=64)
QUESTION = re.compile(rb"\x10\x04([\x01-\x04])")
_RESET = struct.pack("ii", 1, 0)


class Brain:
    """The printer behind the wire.

    Attributes:
        job: What arrived since `begin`, which is the job without the questions before it.
        answers: ``true``, ``none``, or bytes that it says to every question.
        left: How many more bytes arrive before the wire breaks; None for any number.
        paper_left: How many more bytes of a job print before the paper ends; None for any number.
    """

    def __init__(self, answers="true"):
        self.answers = answers
        self.job = bytearray()
        self.left = self.paper_left = None
        self.broken = False
        self._paper_out = self._records = False
        self._said = bytearray()
        self.reconnect()

    def reconnect(self):
        """A new connection: what half a job left behind is gone."""
        self._interpreter = Interpreter(PaperFormat.of(PROFILE), on_request=self._answer, on_pulse=lambda _pulse: None)
        self._said.clear()

    def rest(self):
        """No job has begun yet."""
        self.job.clear()
        self._records = False

    def begin(self, *, left=None, paper_left=None):
        """The job's first byte is about to leave."""
        self.job.clear()
        self._records = True
        self.left, self.paper_left = left, paper_left
        self.broken = left == 0

    def room(self, size):
        """How much of so many bytes arrives."""
        return size if self.left is None else min(size, self.left)

    def take(self, data):
        """Take bytes and return what it says to them."""
        data = data[: self.room(len(data))]
        if self.left is not None:
            self.left -= len(data)
            self.broken = self.left == 0
        if self._records:
            self.job += data
        if self._paper_out or (self.paper_left is not None and len(data) > self.paper_left):
            self._paper_out = True
            for found in QUESTION.finditer(data):
                self._answer("DLE EOT", found[1][0])
        else:
            if self.paper_left is not None:
                self.paper_left -= len(data)
            self._interpreter.feed(data)
        said = bytes(self._said)
        self._said.clear()
        return said

    def _answer(self, question, number):
        if self.answers == "none":
            return
        if self.answers != "true":
            self._said += self.answers
        elif question == "DLE EOT":
            out = {1: 0x1A, 2: 0x32, 4: 0x7E}
            self._said.append(out.get(number, 0x12) if self._paper_out else 0x12)
        else:
            self._said.append(0)


class Rig:
    """A transport with a brain at its end."""

    def __init__(self, transport, brain, cut=lambda: None):
        self.transport, self.brain, self._cut = transport, brain, cut

    def begin(self, **kwargs):
        """The job's first byte is about to leave; ``left`` and ``paper_left`` as the brain has them."""
        self.brain.begin(**kwargs)
        if self.brain.broken:
            self._cut()


@contextlib.contextmanager
def tcp(_folder, answers="true"):
    """A network printer that resets the connection."""
    brain, stop, current = Brain(answers), threading.Event(), []

    def cut():
        for connection in current:
            with contextlib.suppress(OSError):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                connection.close()
        current.clear()

    def serve(listener):
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _address = listener.accept()
                connection.settimeout(0.02)
                brain.reconnect()
                current[:] = [connection]
                with contextlib.suppress(OSError):
                    talk(connection)

    def talk(connection):
        while not stop.is_set():
            try:
                data = connection.recv(max(1, brain.room(4096)))
            except TimeoutError:
                continue  # nothing came yet: look whether to stop, then read again
            if not data:
                connection.close()
                return
            connection.sendall(brain.take(data))
            if brain.broken:
                cut()
                return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.02)
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        try:
            yield Rig(TcpTransport("127.0.0.1", listener.getsockname()[1]), brain, cut)
        finally:
            stop.set()
            thread.join(5)
            cut()


@contextlib.contextmanager
def serial(_folder, answers="true"):
    """A printer at a pseudo terminal, whose other end hangs up."""
    brain, stop = Brain(answers), threading.Event()
    master, slave = os.openpty()
    tty.setraw(slave)
    lock, ends = threading.Lock(), [master, slave]

    def cut():
        with lock:
            while ends:
                os.close(ends.pop())

    def talk():
        while not stop.is_set():
            with lock:
                if not ends:
                    return
                ready = select.select([master], [], [], 0)[0]
                if ready:
                    with contextlib.suppress(OSError):
                        said = brain.take(os.read(master, max(1, brain.room(4096))))
                        os.write(master, said)
            if brain.broken:
                cut()
                return
            if not ready:
                stop.wait(0.001)

    thread = threading.Thread(target=talk)
    thread.start()
    try:
        yield Rig(SerialTransport(SerialSettings(port=os.ttyname(slave), baud=115_200)), brain, cut)
    finally:
        stop.set()
        thread.join(5)
        cut()


@contextlib.contextmanager
def usb(_folder, answers="true"):
    """A USB printer that is pulled out."""
    brain, printer = Brain(answers), UsbPrinter()
    rig = Rig(UsbTransport(UsbAddress(vendor=0x0416, product=0x5011), backend=Bus(printer)), brain)

    def begin(*, left=None, paper_left=None):
        brain.begin(left=left, paper_left=paper_left)
        printer.unplug_after = left
        printer.accept_bytes, printer.paper_out = paper_left, paper_left is not None

    printer.on_data = lambda data: printer.answers.extend(brain.take(data))
    rig.begin = begin
    yield rig


@contextlib.contextmanager
def pipe(folder, _answers="none"):
    """A device node that takes bytes and says nothing, and whose reader goes away."""
    brain, stop = Brain("none"), threading.Event()
    path = folder / f"lp{len(list(folder.iterdir()))}"
    os.mkfifo(path)
    ends = [os.open(path, os.O_RDONLY | os.O_NONBLOCK)]
    lock = threading.Lock()

    def cut():
        with lock:
            while ends:
                os.close(ends.pop())

    def talk():
        while not stop.is_set() and not brain.broken:
            data = b""
            with lock, contextlib.suppress(BlockingIOError):
                data = os.read(ends[0], max(1, brain.room(4096))) if ends else b""
            if data:
                brain.take(data)
            else:
                stop.wait(0.001)
        cut()

    rig = Rig(FileTransport(path, create=False), brain, cut)
    thread = threading.Thread(target=talk)
    thread.start()
    try:
        yield rig
    finally:
        stop.set()
        thread.join(5)


class _Queue:
    """A system's queue: all of a job or nothing of it."""

    def __init__(self, brain):
        self._brain = brain

    def check(self, queue, *, timeout_ms):
        if self._brain.broken:
            raise DeviceError(Reason.OFFLINE, "stopped")

    def submit(self, queue, data, *, title, timeout_ms):
        if self._brain.left is not None and self._brain.left < len(data):
            self._brain.broken = True
            raise DeviceError(Reason.OFFLINE, "refused")
        self._brain.take(data)
        return "job-1"

    def fate(self, queue, job, *, timeout_ms):
        return Fate.LEFT


@contextlib.contextmanager
def spooler(_folder, _answers="none"):
    """A queue of the system that refuses."""
    brain = Brain("none")
    yield Rig(SpoolerTransport("receipts", spooler=_Queue(brain)), brain)


@contextlib.contextmanager
def virtual(_folder, answers="true"):
    """The wire inside the process."""
    brain = Brain(answers)
    wire = MemoryTransport()
    rig = Rig(wire, brain)

    def begin(*, left=None, paper_left=None):
        brain.begin(left=left, paper_left=paper_left)
        wire.reset_after_bytes = left
        wire.take()

    def on_write(data):
        wire.take()
        wire.push(brain.take(data))

    wire.on_write = on_write
    rig.begin = begin
    yield rig
    # What arrived of a write that broke is only with the wire.
    brain.job += wire.take()


TWO_WAY = [tcp, serial, usb, virtual]
ALL = [*TWO_WAY, pipe, spooler]
