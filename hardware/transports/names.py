"""Addresses of a name, with a deadline: the system's own resolver has none, and may take half a minute."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any

from hardware.ports import DeviceError, Reason

if TYPE_CHECKING:
    from hardware.ports import Deadline

#: What ``socket.getaddrinfo`` says of one address.
Address = tuple[Any, ...]


class _Question(threading.Thread):
    """One question to the resolver; it goes on after nobody waits any more, and whoever asks next waits for it."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(name=f"resolve-{host}", daemon=True)
        self._host, self._port = host, port
        self.found: list[Address] = []
        self.error: Exception | None = None

    def run(self) -> None:
        """Ask."""
        try:
            self.found = list(socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            self.error = error


_lock = threading.Lock()
_asked: dict[tuple[str, int], _Question] = {}


def addresses(host: str, port: int, deadline: Deadline) -> list[Address]:
    """Return the addresses of a host, best first, asked anew each time: a printer may have got another one.

    Raises:
        DeviceError: TIMEOUT when nobody answers in time, NOT_FOUND for a name that is unknown or none.
    """
    try:
        # Figures need no resolver and no thread.
        return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST))
    except (OSError, UnicodeError):
        pass  # a name
    key = (host, port)
    with _lock:
        question = _asked.get(key)
        if question is None:
            question = _asked[key] = _Question(host, port)
            question.start()
    question.join(deadline.left_s)
    if question.is_alive():
        raise DeviceError(Reason.TIMEOUT, f"{host}: no name server answers")
    with _lock:
        if _asked.get(key) is question:
            del _asked[key]
    if question.error is not None:
        raise DeviceError(Reason.NOT_FOUND, f"{host}: {question.error}") from question.error
    return question.found
