"""A scanner alone suffices: codes that press keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos_app.application.key_sheet import KEYS, key_prefix, new_mark
from pos_app.infrastructure.ids import SystemIds
from pos_app.ui import key_codes
from pos_app.ui.key_codes import KeyScan

pytestmark = pytest.mark.gui
MARK = "3F9A"
PREFIX = key_prefix(MARK)


class Listener(QWidget):
    """Notes the keys it gets."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


def test_every_key_of_the_sheet_is_pressed_once(qtbot) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    for key in KEYS:
        assert key_codes.press(f"{PREFIX}{key}", listener, MARK) is KeyScan.PRESSED
    assert len(listener.keys) == len(KEYS) == len(set(listener.keys))


def test_digits_are_typed_into_what_has_the_focus(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = QLineEdit()
    QVBoxLayout(window).addWidget(box)
    window.show()
    box.setFocus()
    qtbot.waitUntil(lambda: box.hasFocus())
    for key in ("3", "POINT", "5", "BACK", "2"):
        assert key_codes.press(f"{PREFIX}{key}", window, MARK) is KeyScan.PRESSED
    assert box.text() == "3.2"


def test_what_the_scanner_sends_before_the_code_is_no_part_of_it(qtbot) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    assert key_codes.press(f"]C0{PREFIX}F9", listener, MARK) is KeyScan.PRESSED
    assert listener.keys == [Qt.Key.Key_F9]
    # The sheet has none: a telephone shows it, to have its bill paid.
    assert key_codes.press(f"]Q0{PREFIX}ENTER", listener, MARK) is KeyScan.NOT_OURS


@pytest.mark.parametrize("text", ["6901234567892", "R0001261122000012", "GT", ""])
def test_anything_else_is_no_key(qtbot, text: str) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    assert key_codes.press(text, listener, MARK) is KeyScan.OTHER
    assert listener.keys == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (PREFIX, MARK),
        (f"{PREFIX}F13", MARK),
        (f"{PREFIX}enter", MARK),
        (f"{key_prefix('0000')}ENTER", MARK),
        ("GT*KEY*ENTER", MARK),
        # A till that never printed a sheet takes no key from a code, not even with an empty mark in it.
        (f"{PREFIX}ENTER", ""),
        (f"{key_prefix('')}ENTER", ""),
    ],
)
def test_nobody_elses_code_presses_a_key(qtbot, text: str, mark: str) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    assert key_codes.press(text, listener, mark) is KeyScan.NOT_OURS
    assert listener.keys == []


def test_marks_differ() -> None:
    ids = SystemIds()
    assert len({new_mark(ids) for _ in range(20)}) > 15


def test_enter_reaches_the_view_as_return(qtbot) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    key_codes.press(f"{PREFIX}ENTER", listener, MARK)
    assert listener.keys == [Qt.Key.Key_Return]
