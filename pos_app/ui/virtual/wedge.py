"""A scanner that pretends to be a keyboard: it types into whatever has the focus of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QWidget

#: Between two keys; real ones take 1 to 20 ms.
GAP_MS: Final = 2


class KeyboardWedge(QObject):
    """Types codes into a window, key by key, as fast as a scanner does.

    Attributes:
        suffix: Typed after each code.
    """

    def __init__(self, window: QWidget, suffix: str = "\r") -> None:
        super().__init__(window)
        self._window = window
        self._queue: list[str] = []
        self.suffix = suffix
        self._timer = QTimer(self)
        self._timer.setInterval(GAP_MS)
        self._timer.timeout.connect(self._on_next)

    def send(self, code: str) -> None:
        """Type a code."""
        self._window.activateWindow()
        self._queue += [*code, *self.suffix]
        self._timer.start()

    def _on_next(self) -> None:
        if not self._queue:
            self._timer.stop()
            return
        character = self._queue.pop(0)
        # To the window, not to the focused widget: so it passes the scan router as keys of a real keyboard do.
        handle = cast("QWindow | None", self._window.windowHandle())
        if handle is None:
            return
        key = Qt.Key.Key_Return if character in "\r\n" else Qt.Key(ord(character.upper()) if character < "\x7f" else 0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(handle, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character))
