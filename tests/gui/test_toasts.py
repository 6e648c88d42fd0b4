"""Toasts stand over the status bar, whole, where nothing is pressed."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from pos_app.domain.money import Money
from pos_app.ui.shell import Shell
from pos_app.ui.state import Notice, Tone
from pos_app.ui.widgets.notices import TOAST_WIDTH, Toast, ToastLayer

pytestmark = pytest.mark.gui

#: Height of the status bar.
HEADER = 40


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
    toasts.sort(key=QWidget.y)
    for above, below in itertools.pairwise(toasts):
        assert above.geometry().bottom() < below.geometry().top()
    for toast in toasts:
        assert layer.rect().contains(toast.geometry())
        words = toast.findChild(QLabel)
        assert words.height() >= words.heightForWidth(words.width())
    assert layer.width() <= TOAST_WIDTH
    assert layer.y() <= 4
    assert abs(layer.geometry().center().x() - window.rect().center().x()) <= 1


@pytest.mark.parametrize("training", [False, True])
def test_one_toast_hides_the_status_bar_only(qtbot, training):
    shell = Shell()
    qtbot.addWidget(shell)
    shell.resize(1024, 768)
    shell.view("login")
    shell.show_screen("login")
    shell.show()
    shell.show_training(on=training)
    shell.toast(Notice(Tone.SUCCESS, "refund.done", {"number": "R0001250618000070", "amount": Money(150)}))
    qtbot.wait(20)
    layer = shell.findChild(ToastLayer)
    assert layer.height() <= HEADER
    assert shell._header.geometry().contains(layer.geometry())
    assert layer.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_the_newest_is_highest_and_the_oldest_gives_way(qtbot):
    window = QWidget()
    window.resize(1024, 728)
    qtbot.addWidget(window)
    layer = ToastLayer(window)
    window.show()
    for number in range(1, 5):
        layer.show_notice(Notice(Tone.SUCCESS, "shift.opened", {"number": number}))
    qtbot.wait(20)
    toasts = sorted((toast for toast in layer.findChildren(Toast) if toast.isVisible()), key=QWidget.y)
    assert [toast.findChild(QLabel).text() for toast in toasts] == [f"Shift {n} is open." for n in (4, 3, 2)]


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
