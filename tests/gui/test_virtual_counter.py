"""Scale, line display and drawer made of software, in a window beside the till: what is done there, the till sees."""

from itertools import combinations

import pytest
from pos_testkit import builders
from pos_testkit.window import make_home, memory_folder, till_window
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLineEdit, QPushButton

from pos_app.config import (
    DeviceSettings,
    DisplaySettings,
    DrawerSettings,
    PrinterSettings,
    ScaleSettings,
    Settings,
    WireKind,
)
from pos_app.domain.quantity import Quantity
from pos_app.infrastructure.paths import paths_below
from pos_app.ui import i18n
from pos_app.ui.virtual.counter import VirtualCounterWindow
from pos_app.ui.virtual.placing import FRAME, Wish, place, place_most
from pos_app.ui.virtual.printer import VirtualPrinterWindow
from pos_app.ui.virtual.scanner import VirtualScannerWindow

pytestmark = pytest.mark.gui
VIRTUAL = WireKind.VIRTUAL


@pytest.fixture
def window(app):
    devices = DeviceSettings(
        printer=PrinterSettings(kind=VIRTUAL),
        scale=ScaleSettings(VIRTUAL),
        display=DisplaySettings(VIRTUAL, model="cd5220", charset="gbk", greeting="欢迎光临"),
        drawer=DrawerSettings(VIRTUAL, sensor="cts", warns_open=True),
    )
    with memory_folder() as home:
        make_home(home, Settings(devices=devices))
        with till_window(paths_below(home)) as one:
            one.until(lambda: one.running.beside.windows is not None, "the windows are there")
            yield one.sit_down()


def _press(window, words):
    next(each for each in window.findChildren(QPushButton) if each.text() == words and each.isVisible()).click()


def test_goods_are_weighed_and_what_is_wrong_with_the_scale_is_seen(window):
    counter = window.running.beside.windows.counter
    window.until(lambda: window.desk.scale.weight, "it says something")
    _press(counter, "285 g")
    window.until(lambda: window.desk.scale.weight.state == "stable", "it is weighed")
    assert "0.285 kg" in counter._weight.text()
    window.scan(builders.ean13(21))
    assert [line.quantity for line in window.state("selling").lines] == [Quantity(285)]
    counter.findChild(QLineEdit).setText("1234")
    _press(counter, "Lay it on")
    window.until(lambda: window.desk.scale.weight.grams == 1234, "what was typed")
    _press(counter, "Tare")
    window.until(lambda: window.desk.scale.weight.state == "zero", "it counts as nothing")
    _press(counter, "0 g")
    _press(counter, "Tare")
    _press(counter, "16 kg")
    window.until(lambda: window.desk.scale.weight.state == "overload", "more than it can weigh")
    _press(counter, "1.2 kg")
    _press(counter, "Unsteady")
    window.until(lambda: window.desk.scale.weight.state == "moving", "it wobbles")
    for words in ("Frozen", "Nonsense", "Pulled out"):
        window.toasts.clear()
        _press(counter, words)
        window.until(lambda: "scale.gone" in window.told, words)
        _press(counter, "In order")
        window.until(lambda: "scale.back" in window.told, words)


def test_the_display_follows_the_sale_and_can_be_pulled_out(window):
    counter = window.running.beside.windows.counter

    def shown():
        return " ".join(counter._face._lines)

    window.until(lambda: "欢迎光临" in shown(), "the greeting")
    window.scan(builders.ean13(1))
    price = window.state("selling").payable.plain()
    window.until(lambda: price in shown(), "the price")
    counter._display_plug.click()
    window.until(lambda: "display.gone" in window.told, "it is missed")
    counter._display_plug.click()
    window.until(lambda: "display.back" in window.told and price in shown(), "the newest is there again")


def test_the_drawer_opens_for_cash_and_is_pushed_shut(window):
    counter = window.running.beside.windows.counter
    window.scan(builders.ean13(1))
    window.pay_cash()
    window.until(lambda: window.desk.drawer.is_open, "it is open")
    window.until(lambda: counter._shut.isEnabled(), "and seen to be")
    _press(counter, "Push it shut")
    window.until(lambda: window.desk.drawer.is_open is False, "it is shut")
    assert not counter._shut.isEnabled()
    counter._drawer_plug.click()
    window.until(lambda: "drawer.gone" in window.told, "it is missed")
    counter._drawer_plug.click()
    window.until(lambda: "drawer.back" in window.told, "it is back")


def test_only_what_the_settings_want_is_shown_also_when_they_change(window):
    windows = window.running.beside.windows
    assert all(each.isVisible() for each in (windows.printer, windows.scanner, windows.counter))
    settings = Settings(devices=DeviceSettings(scale=ScaleSettings(VIRTUAL)))
    window.running.save_settings(settings)
    window.running.apply_devices(settings)
    window.settle()
    assert (windows.printer.isVisible(), windows.counter.isVisible()) == (False, True)
    assert (windows.counter._scale.isVisible(), windows.counter._display.isVisible()) == (True, False)


@pytest.fixture
def wishes(app, qtbot):
    made = [VirtualPrinterWindow(), VirtualScannerWindow(), VirtualCounterWindow()]
    for each in made:
        qtbot.addWidget(each)
    return [Wish(each.minimumSizeHint(), each.size()) for each in made]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_beside_a_till_of_1280_by_800_nothing_covers_anything(app, catalogue, qtbot, language):
    assert i18n.use(language)
    try:
        made = [VirtualPrinterWindow(), VirtualScannerWindow(), VirtualCounterWindow()]
        for each in made:
            qtbot.addWidget(each)
        wishes = [Wish(each.minimumSizeHint(), each.size()) for each in made]
    finally:
        i18n.use("en")
    till = QRect(0, 0, 1280, 800 + FRAME)
    for wide, high in ((1920, 1080), (1920, 1200), (2560, 1440), (3840, 2160)):
        room = QRect(0, 0, wide, high - 40)
        found = place(room, till, wishes)
        assert found is not None, (wide, high)
        framed = [each.adjusted(0, -FRAME, 0, 0) for each in found]
        assert all(room.contains(each) and not each.intersects(till) for each in framed)
        assert not [pair for pair in combinations(framed, 2) if pair[0].intersects(pair[1])]
        for each, wish in zip(found, wishes, strict=True):
            assert each.size().expandedTo(wish.least) == each.size()


def test_without_room_for_all_as_many_as_there_is_room_for(wishes):
    room, till = QRect(0, 0, 1680, 1010), QRect(0, 0, 1280, 836)
    assert place(room, till, wishes) is None
    *beside, last = place_most(room, till, wishes)
    assert not any(each.intersects(till) for each in beside)
    assert room.contains(last)
    small = QRect(0, 0, 1280, 800)
    assert all(small.contains(each) for each in place_most(small, till, wishes))
    assert place_most(small, till, []) == ()
    assert place(room, till.translated(QPoint(300, 0)), [Wish(QSize(200, 200), QSize(400, 400))]) is None
