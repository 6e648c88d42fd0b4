"""A short sound that tells yes from no. Never in the way: where there is no sound, nothing happens."""

from __future__ import annotations

import sys
from contextlib import suppress

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

_GAP_MS = 140


def yes() -> None:
    """One beep."""
    _beep(high=True)


def no() -> None:
    """Two beeps: told from one also by ears that do not hear pitch."""
    _beep(high=False)
    QTimer.singleShot(_GAP_MS, _second)


def _second() -> None:
    _beep(high=False)


def _beep(*, high: bool) -> None:
    if sys.platform == "win32":
        import winsound

        with suppress(RuntimeError):
            winsound.MessageBeep(winsound.MB_OK if high else winsound.MB_ICONHAND)
        return
    if QApplication.instance() is not None:
        QApplication.beep()
