"""The scanner service: serial scanners read on threads of their own, scans delivered to the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from pos_app.runtime.device_board import DeviceBoard, DeviceRole, DeviceStanding


class Scanner(Protocol):
    """A scanner that is read in a loop until it is stopped."""

    def run(self, on_scan: Callable[[str], None], on_state: Callable[[str, str], None]) -> None:
        """Read until :meth:`stop`; ``on_state`` gets state and reason code, once per change."""

    def stop(self) -> None:
        """Make ``run`` return promptly; may be called from any thread."""


class ScannerService(QObject):
    """One thread per scanner; what it reads arrives in the window's thread.

    Signals:
        scanned: The text of a scan.
    """

    scanned = Signal(object)

    def __init__(self, board: DeviceBoard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._running: list[tuple[Scanner, threading.Thread]] = []

    def start(self, place: str, scanner: Scanner) -> None:
        """Begin to read a scanner; ``place`` is its address."""

        def tell(state: str, reason: str) -> None:
            self._board.note(DeviceStanding(DeviceRole.SCANNER, place, state, reason))

        thread = threading.Thread(
            target=scanner.run, args=(self.scanned.emit, tell), name="guitai-scanner", daemon=True
        )
        self._running.append((scanner, thread))
        thread.start()

    def stop(self) -> None:
        """Stop all scanners and wait for their threads."""
        for scanner, _ in self._running:
            scanner.stop()
        for _, thread in self._running:
            thread.join(timeout=5)
        self._running.clear()
