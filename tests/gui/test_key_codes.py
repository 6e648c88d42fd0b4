"""A scanner alone suffices: codes that press keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos_app.application.key_sheet import KEYS, PREFIX
from pos_app.ui import key_codes

pytestmark = pytest.mark.gui


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
        assert key_codes.press(f"{PREFIX}{key}", listener)
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
        assert key_codes.press(f"{PREFIX}{key}", window)
    assert box.text() == "3.2"


def test_what_the_scanner_sends_before_the_code_is_no_part_of_it(qtbot) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    assert key_codes.press(f"]C0{PREFIX}F9", listener)
    assert listener.keys == [Qt.Key.Key_F9]
    # The sheet has none: a telephone shows it, to have its bill paid.
    assert not key_codes.press(f"]Q0{PREFIX}ENTER", listener)


@pytest.mark.parametrize("text", ["6901234567892", PREFIX, f"{PREFIX}F13", f"{PREFIX}enter", "R0001261122000012", ""])
def test_anything_else_is_no_key(qtbot, text: str) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    assert not key_codes.press(text, listener)
    assert listener.keys == []


def test_enter_reaches_the_view_as_return(qtbot) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    key_codes.press(f"{PREFIX}ENTER", listener)
    assert listener.keys == [Qt.Key.Key_Return]
