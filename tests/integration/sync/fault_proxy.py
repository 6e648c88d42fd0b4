"""A line that is as bad as lines are: a TCP proxy that cuts, truncates, delays, stalls, and swallows answers.

What each connection meets is drawn from a seed. TLS goes through it unread, so it is bytes that are counted, not
requests: an answer that is swallowed after its request arrived is what makes a client send the same again.
"""

from __future__ import annotations

import contextlib
import enum
import random
import socket
import struct
import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import Final, Self

#: A TLS handshake of the till's and of head office's, about; a fault may come within it or long after.
_LARGEST: Final = 24_000
_PIECE: Final = 16_384
_ABRUPT: Final = struct.pack("ii", 1, 0)


class Fault(enum.StrEnum):
    """What a connection meets."""

    NONE = "none"
    CUT_UP = "cut_up"  # reset in the middle of a request
    CUT_DOWN = "cut_down"  # reset in the middle of an answer
    TRUNCATE_UP = "truncate_up"  # the rest of a request never arrives; the connection ends politely
    TRUNCATE_DOWN = "truncate_down"
    SWALLOW = "swallow"  # the request arrives, nothing of its answer does
    DELAY = "delay"  # every piece comes late
    STALL = "stall"  # for a while nothing goes either way, then the connection is cut


@dataclass(frozen=True)
class _Plan:
    fault: Fault
    after: int
    pause_s: float


class FaultProxy:
    """Stands between tills and a head office (use as a context).

    Attributes:
        met: How often each fault has come about.
        is_bad: While it is not, connections are left alone.
        is_shut: While it is, every connection is cut at once.
    """

    def __init__(self, port: int, seed: int) -> None:
        self._port: Final = port
        self._drawn: Final = random.Random(seed)
        self._listener: Final = socket.create_server(("127.0.0.1", 0))
        self._over: Final = threading.Event()
        self._open: Final[set[socket.socket]] = set()
        self._guard: Final = threading.Lock()
        self._thread: Final = threading.Thread(target=self._listen, daemon=True)
        self.met: Final[Counter[Fault]] = Counter()
        self.is_bad = False
        self.is_shut = False

    @property
    def address(self) -> str:
        """Where tills reach head office through it."""
        return f"https://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        self.cut_all()

    def cut_all(self) -> None:
        """Cut every line that is open."""
        with self._guard:
            found = list(self._open)
        for each in found:
            _reset(each)

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                till, _ = self._listener.accept()
            except OSError:
                return
            if self.is_shut:
                _reset(till)
                till.close()
                continue
            threading.Thread(target=self._carry, args=(till, self._plan()), daemon=True).start()

    def _plan(self) -> _Plan:
        if not self.is_bad:
            return _Plan(Fault.NONE, 0, 0)
        fault = self._drawn.choice(list(Fault))
        after = self._drawn.choice((self._drawn.randrange(4_000), self._drawn.randrange(_LARGEST)))
        return _Plan(fault, after, self._drawn.random())

    def _carry(self, till: socket.socket, plan: _Plan) -> None:
        try:
            office = socket.create_connection(("127.0.0.1", self._port), timeout=10)
        except OSError:
            till.close()
            return
        office.settimeout(None)
        line = _Connection(self, till, office, plan)
        with self._guard:
            self._open.update((till, office))
        upward = threading.Thread(target=line.carry, args=(till, office, True), daemon=True)
        upward.start()
        line.carry(office, till, False)
        upward.join()
        with self._guard:
            self._open.difference_update((till, office))
        till.close()
        office.close()


class _Connection:
    def __init__(self, proxy: FaultProxy, till: socket.socket, office: socket.socket, plan: _Plan) -> None:
        self._proxy = proxy
        self._ends = (till, office)
        self._plan = plan
        self._up = self._down = 0

    def carry(self, source: socket.socket, target: socket.socket, is_up: bool) -> None:
        """One direction, until it ends or its fault comes."""
        try:
            while data := source.recv(_PIECE):
                if not self._send(target, data, is_up):
                    return
            with contextlib.suppress(OSError):
                target.shutdown(socket.SHUT_WR)
        except OSError:
            self._end(abrupt=True)

    def _send(self, target: socket.socket, data: bytes, is_up: bool) -> bool:
        """Whether it goes on."""
        plan, sent = self._plan, self._up if is_up else self._down
        if plan.fault is Fault.DELAY:
            self._count()
            time.sleep(plan.pause_s / 20)
        elif plan.fault is Fault.STALL and self._up + self._down + len(data) > plan.after:
            self._count()
            time.sleep(plan.pause_s)
            return self._end(abrupt=True)
        elif plan.fault is Fault.SWALLOW and not is_up and self._up > plan.after:
            self._count()
            return self._end(abrupt=True)
        elif self._is_here(is_up) and sent + len(data) > plan.after:
            self._count()
            target.sendall(data[: max(0, plan.after - sent)])
            return self._end(abrupt=plan.fault in (Fault.CUT_UP, Fault.CUT_DOWN))
        target.sendall(data)
        if is_up:
            self._up += len(data)
        else:
            self._down += len(data)
        return True

    def _is_here(self, is_up: bool) -> bool:
        return self._plan.fault in (
            (Fault.CUT_UP, Fault.TRUNCATE_UP) if is_up else (Fault.CUT_DOWN, Fault.TRUNCATE_DOWN)
        )

    def _count(self) -> None:
        self._proxy.met[self._plan.fault] += 1

    def _end(self, *, abrupt: bool) -> bool:
        for each in self._ends:
            if abrupt:
                _reset(each)
            else:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
        return False


def _reset(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABRUPT)
        each.shutdown(socket.SHUT_RDWR)
