"""Other ends for transports: a TCP server and a pseudo terminal that collect bytes and can misbehave."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
import threading
import tty
from typing import Self


class TcpSink:
    """Listens on loopback; collects what arrives; `mode` is ``read``, ``stall`` or ``reset`` (after `limit` bytes)."""

    def __init__(self, mode: str = "read", limit: int = 10_000) -> None:
        self.mode = mode
        self.limit = limit
        self.data = bytearray()
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stop.set()
        self._thread.join(5)
        self._listener.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _address = self._listener.accept()
            except TimeoutError:
                continue  # nobody came yet: look whether to stop, then listen again
            connection.settimeout(0.05)
            with contextlib.closing(connection):
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        if self.mode == "close":
            return
        while not self._stop.is_set():
            if self.mode == "stall":
                self._stop.wait(0.02)
                continue
            try:
                data = connection.recv(4096)
            except TimeoutError:
                continue  # nothing came yet: look whether to stop, then read again
            except OSError:
                return
            if not data:
                return
            self.data += data
            if self.mode == "reset" and len(self.data) >= self.limit:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return


class PtySink:
    """A serial printer: the slave side of a pseudo terminal is the port; the master side collects."""

    def __init__(self, *, reads: bool = True) -> None:
        self.data = bytearray()
        self._reads = reads
        self._stop = threading.Event()
        self.master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.port = os.ttyname(self._slave)
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stop.set()
        self._thread.join(5)
        self.hang_up()

    def hang_up(self) -> None:
        for fd in (self.master, self._slave):
            with contextlib.suppress(OSError):
                os.close(fd)

    def _run(self) -> None:
        while not self._stop.is_set():
            if not self._reads:
                self._stop.wait(0.02)
                continue
            if select.select([self.master], [], [], 0.05)[0]:
                try:
                    self.data += os.read(self.master, 4096)
                except OSError:
                    return
