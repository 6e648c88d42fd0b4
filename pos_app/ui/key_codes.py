"""Key codes: barcodes that press keys, so that a scanner alone suffices where hands should stay off a keyboard.

A sheet of them is printed from the devices screen. A code is ``GT*``, the shop's mark, ``*`` and the key's name; the
window turns it into the same key press a keyboard would send, so nothing else has to know. Without the mark anybody's
telephone could press Enter and have its bill paid; a till that never printed a sheet has none, and takes no such code.
"""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from pos_app.application.key_sheet import KEYS, START, key_prefix

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

#: What a scanner may send before the code: which kind of picture it read.
_AIM: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]", re.ASCII)
_QT_KEYS: Final[dict[str, tuple[Qt.Key, str]]] = {
    "ENTER": (Qt.Key.Key_Return, "\r"),
    "ESC": (Qt.Key.Key_Escape, ""),
    "DEL": (Qt.Key.Key_Delete, ""),
    "BACK": (Qt.Key.Key_Backspace, "\b"),
    "UP": (Qt.Key.Key_Up, ""),
    "DOWN": (Qt.Key.Key_Down, ""),
    "TAB": (Qt.Key.Key_Tab, "\t"),
    "SPACE": (Qt.Key.Key_Space, " "),
    "PLUS": (Qt.Key.Key_Plus, "+"),
    "MINUS": (Qt.Key.Key_Minus, "-"),
    "TIMES": (Qt.Key.Key_Asterisk, "*"),
    "POINT": (Qt.Key.Key_Period, "."),
    **{str(digit): (Qt.Key(Qt.Key.Key_0 + digit), str(digit)) for digit in range(10)},
    **{f"F{number}": (Qt.Key(Qt.Key.Key_F1 + number - 1), "") for number in range(1, 13)},
}


class KeyScan(enum.Enum):
    """What a scan was."""

    PRESSED = enum.auto()
    NOT_OURS = enum.auto()
    """It looks like a key code, and is not from this shop's sheet."""
    OTHER = enum.auto()
    """No key code at all."""


def press(text: str, view: QWidget, mark: str) -> KeyScan:
    """Press the key that a scanned text stands for, on what has the focus in a view.

    Args:
        text: What was scanned.
        view: The screen or sheet that is in front.
        mark: The shop's; empty where no sheet was ever printed.
    """
    aim = _AIM.match(text)
    text = text.strip()[3:] if aim else text
    if not text.startswith(START):
        return KeyScan.OTHER
    prefix = key_prefix(mark)
    found = _QT_KEYS.get(text.removeprefix(prefix)) if mark and text.startswith(prefix) else None
    if found is None or (aim and aim[0].startswith("]Q")):  # the sheet has no square codes: a telephone shows one
        return KeyScan.NOT_OURS
    key, character = found
    focus = QApplication.focusWidget()
    target = focus if focus is not None and view.isAncestorOf(focus) else view
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character))
    return KeyScan.PRESSED


assert set(KEYS) <= set(_QT_KEYS), "every key on the sheet can be pressed"
