"""Toasts stand above one another, whole, and leave what is to be paid in sight."""

import itertools

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from pos_app.domain.money import Money
from pos_app.ui.state import Notice, Tone
from pos_app.ui.widgets.notices import Toast, ToastLayer

pytestmark = pytest.mark.gui

#: The column of the member on the right of the smallest window, with its margins.
COLUMN = 340


def test_several_toasts_are_all_whole(qtbot):
    window = QWidget()
    window.resize(1024, 728)
    qtbot.addWidget(window)
    layer = ToastLayer(window)
    window.show()
    layer.show_notice(Notice(Tone.SUCCESS, "shift.opened", {"number": 1}))
    layer.show_notice(Notice(Tone.SUCCESS, "refund.done", {"number": "R0001250618000070", "amount": Money(150)}))
    layer.show_notice(Notice(Tone.DANGER, "printer.timeout"))
    qtbot.wait(20)
    toasts = [toast for toast in layer.findChildren(Toast) if toast.isVisible()]
    assert len(toasts) == 3
    for above, below in itertools.pairwise(toasts):
        assert above.geometry().bottom() < below.geometry().top()
    for toast in toasts:
        assert layer.rect().contains(toast.geometry())
        words = toast.findChild(QLabel)
        assert words.height() >= words.heightForWidth(words.width())
    assert layer.width() <= COLUMN


def test_the_others_close_up_when_one_goes(qtbot):
    window = QWidget()
    window.resize(1024, 728)
    qtbot.addWidget(window)
    layer = ToastLayer(window)
    window.show()
    layer.show_notice(Notice(Tone.SUCCESS, "shift.opened", {"number": 1}))
    layer.show_notice(Notice(Tone.SUCCESS, "settings.saved"))
    qtbot.wait(20)
    first, second = layer.findChildren(Toast)
    height = second.height()
    first.deleteLater()
    qtbot.waitUntil(lambda: layer.height() == height)
    second.deleteLater()
    qtbot.waitUntil(lambda: not layer.isVisible())
