"""Scans go to the view in front, typing goes to the focus, and neither is lost."""

import pytest
from gallery_sale import SELLING
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from hardware.scanners.wedge import WedgeConfig, WedgeRecogniser
from pos_app.ui.scan_router import KeyLesson, ScanRouter
from pos_app.ui.screens.recall.state import RecallState
from pos_app.ui.shell import Shell

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("english")]
EAN = "6901234567892"


class Bench:
    """A window with a router and a keyboard whose clock the test sets."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.shell = Shell()
        self.shell.resize(1024, 768)
        self.shell.show()
        self.shell.activateWindow()
        self.selling = self.shell.view("selling")
        self.selling.render(SELLING)
        self.shell.show_screen("selling")
        self.router = ScanRouter(WedgeRecogniser(WedgeConfig(max_gap_ms=30)), self.shell)
        self.router.watch(self.shell.windowHandle())
        self.router.scanned.connect(self.shell.deliver_scan)
        self.scans = []
        self.selling.scanned.connect(self.scans.append)
        self.typed = []
        self.selling.input_requested.connect(self.typed.append)
        self.now = 1_000

    def press(self, text, gap_ms, key=None):
        for char in text:
            self.now += gap_ms
            code = key or (Qt.Key.Key_Return if char == "\r" else ord(char.upper()))
            event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, char)
            event.setTimestamp(self.now)
            window = self.shell.windowHandle()
            if not self.router.eventFilter(window, event):
                target = QApplication.focusWidget()
                QCoreApplication.sendEvent(target, event)

    def settle(self):
        """Until the router has decided what the last keys were."""
        router = self.router
        self.qtbot.waitUntil(lambda: not (router._idle.isActive() or router._decide.isActive()))


@pytest.fixture
def bench(app, qtbot):
    made = Bench(qtbot)
    yield made
    made.shell.allow_close()
    made.shell.deleteLater()


def test_a_scan_reaches_the_view_and_not_the_box(bench):
    bench.press(EAN + "\r", 4)
    assert bench.scans == [EAN]
    assert bench.selling.box.text() == ""
    assert bench.typed == [], "the scanner's Enter is swallowed"


def test_typing_reaches_the_box_with_its_enter(bench):
    for char in "1234":
        bench.press(char, 200)
        bench.settle()
    assert bench.selling.box.text() == "1234"
    bench.press("\r", 200)
    assert bench.typed == ["1234"]
    assert bench.scans == []


def test_quick_typing_keeps_its_order(bench):
    bench.press("12", 10)
    bench.press("\r", 10)
    assert bench.typed == ["12"]


def test_two_scans_in_one_burst(bench):
    bench.press(EAN + "\r" + "6909876543210" + "\r", 3)
    assert bench.scans == [EAN, "6909876543210"]


def test_half_a_scan_without_enter_is_still_decided(bench):
    bench.press("690123", 3)
    bench.settle()
    assert bench.scans == ["690123"]
    assert bench.selling.box.text() == ""


def test_a_scan_during_a_sheet_goes_to_the_sheet(bench):
    sheet = bench.shell.view("recall")
    sheet.render(RecallState())
    bench.shell.open_sheet("recall")
    heard = []
    sheet.scanned.connect(heard.append)
    bench.press(EAN + "\r", 4)
    assert heard == [EAN]
    assert bench.scans == []


def test_scan_with_the_focus_on_a_button_presses_nothing(bench):
    paid = []
    bench.selling.pay_requested.connect(lambda: paid.append(1))
    bench.shell.focusNextChild()
    bench.press(EAN + "\r", 4)
    assert bench.scans == [EAN]
    assert paid == []


def test_function_keys_and_arrows_pass_at_once_and_after_what_was_typed(bench):
    bench.press("5", 200)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier)
    assert bench.router.eventFilter(bench.shell.windowHandle(), event) is False
    assert bench.selling.box.text() == "5"


def test_a_shortcut_is_not_a_scan(bench):
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, "a")
    assert bench.router.eventFilter(bench.shell.windowHandle(), event) is False


def test_a_burst_without_end_is_refused(bench):
    said = []
    bench.router.garbled.connect(lambda: said.append(1))
    bench.press("12" * 400 + "\r", 1)
    assert said == [1]
    assert bench.scans == []
    assert bench.selling.box.text() == ""


def test_losing_the_window_gives_back_what_was_held(bench):
    bench.press("77", 5)
    bench.router.eventFilter(bench.shell.windowHandle(), QEvent(QEvent.Type.FocusOut))
    assert bench.selling.box.text() == "77"


def test_a_serial_scan_takes_the_same_way(bench):
    bench.router.on_serial_scan(EAN)
    bench.router.on_serial_scan("")
    bench.router.on_serial_scan(None)
    assert bench.scans == [EAN]


def test_real_keys_of_the_window_come_through_the_filter(bench, qtbot):
    from PySide6.QtTest import QTest

    for char in EAN:
        QTest.keyClick(bench.shell.windowHandle(), char)
    QTest.keyClick(bench.shell.windowHandle(), Qt.Key.Key_Return)
    assert bench.scans == [EAN]
    assert bench.selling.box.text() == ""


def test_enter_held_down_is_one_enter(bench):
    bench.press("P7", 200)
    bench.settle()
    bench.press("\r", 200)
    bench.settle()
    window = bench.shell.windowHandle()
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
        assert bench.router.eventFilter(window, held), "nobody gets it"
    bench.settle()
    assert bench.typed == ["P7"]


def test_a_line_feed_ends_a_scan_as_enter_does(bench):
    bench.press(EAN, 4)
    bench.press("\n", 4, key=Qt.Key.Key_unknown)
    assert bench.scans == [EAN]
    assert bench.selling.box.text() == ""


def _control(bench, char, key, gap_ms=4):
    bench.now += gap_ms
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.ControlModifier, char)
    event.setTimestamp(bench.now)
    return bench.router.eventFilter(bench.shell.windowHandle(), event)


def test_separators_come_as_control_with_a_key(bench):
    bench.press("010690123456789210AB", 4)
    assert _control(bench, "\x1d", Qt.Key.Key_BracketRight)
    bench.press("21S1", 4)
    assert _control(bench, "\r", Qt.Key.Key_M)
    assert bench.scans == ["010690123456789210AB\x1d21S1"]
    assert bench.selling.box.text() == ""


def test_outside_a_burst_they_are_shortcuts(bench):
    assert not _control(bench, "\r", Qt.Key.Key_M, gap_ms=500)
    assert not _control(bench, "\x1d", Qt.Key.Key_BracketRight, gap_ms=500)


def test_a_finger_in_the_middle_of_a_scan_types_into_the_field(bench):
    """The key goes down during the scan and comes up after several of the scanner's."""
    window = bench.shell.windowHandle()

    def move(kind, char, gap_ms=4):
        bench.now += gap_ms
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper()))
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
        event.setTimestamp(bench.now)
        bench.router.eventFilter(window, event)

    for number, char in enumerate(EAN + "\r"):
        move(QEvent.Type.KeyPress, char)
        if number == 4:
            move(QEvent.Type.KeyPress, "h", 1)
        move(QEvent.Type.KeyRelease, char, 1)
        if number == 9:
            move(QEvent.Type.KeyRelease, "h", 1)
    assert bench.scans == [EAN]
    assert bench.selling.box.text() == "h"


@pytest.mark.parametrize("name", ["selling", "payment", "refund", "sales", "login", "line_edit"])
def test_where_codes_are_scanned_the_input_method_is_off(bench, name):
    """It would take the keys before the window sees them, and make words of them."""
    view = bench.shell.view(name)
    boxes = [each for each in view.findChildren(QLineEdit) if each.isEnabled()]
    assert not [each for each in boxes if each.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)]


def test_where_names_are_typed_it_stays_on(bench):
    (box,) = bench.shell.view("member_search").findChildren(QLineEdit)
    assert box.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


# Teaching


@pytest.fixture
def lesson(bench):
    heard = []
    bench.wanted = True
    made = KeyLesson(lambda text, gap_ms: heard.append((text, gap_ms)), lambda: bench.wanted, bench.shell)
    bench.router.teach(made)
    bench.heard = heard
    return made


def _until_over(bench):
    bench.qtbot.waitUntil(lambda: bool(bench.heard))


def test_a_lesson_hears_everything_with_its_longest_pause_and_nobody_else_does(bench, lesson):
    bench.press(f"%{EAN}", 60)
    bench.press("\r", 90)
    _until_over(bench)
    assert bench.heard == [(f"%{EAN}\r", 90)]
    assert (bench.scans, bench.typed, bench.selling.box.text()) == ([], [], "")


def test_each_scan_of_a_lesson_begins_anew(bench, lesson):
    for _ in range(2):
        bench.heard.clear()
        bench.press(EAN + "\r", 20)
        _until_over(bench)
        assert bench.heard == [(EAN + "\r", 20)]
        bench.now += 5_000


def _shortcut(bench, key, modifiers=Qt.KeyboardModifier.NoModifier, text=""):
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)
    event.setTimestamp(bench.now + 10)
    return bench.router.eventFilter(bench.shell.windowHandle(), event)


def test_a_lesson_keeps_shortcuts_that_scanners_type_and_lets_escape_go(bench, lesson):
    assert _shortcut(bench, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier, "\n")
    assert not _shortcut(bench, Qt.Key.Key_Escape)
    assert not _shortcut(bench, Qt.Key.Key_F12)
    bench.press("A", 20)
    assert _shortcut(bench, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier, "\x1d")
    bench.press("B", 20)
    _until_over(bench)
    assert [text for text, _ in bench.heard] == ["A\x1dB"]


def test_a_lesson_takes_nothing_from_a_sheet_over_it(bench, lesson):
    bench.wanted = False
    bench.press(EAN + "\r", 4)
    assert (bench.scans, bench.heard) == ([EAN], [])


def test_after_a_lesson_scans_are_scans_by_what_was_learnt(bench, lesson):
    bench.router.teach(None)
    bench.press(EAN + "\r", 4)
    assert bench.scans == [EAN]
    bench.router.use(WedgeRecogniser(WedgeConfig(max_gap_ms=100, prefix="%")))
    bench.press(f"%{EAN}\r", 80)
    assert bench.scans == [EAN, EAN]
    assert bench.heard == []
