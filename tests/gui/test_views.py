"""Every view in every invented state: nothing clipped, everything large enough to touch, every word translated."""

import re

import pytest
from gallery import show
from gallery_states import shots
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget

from pos_app.ui import i18n, theme
from pos_app.ui.shell import Shell
from pos_app.ui.widgets.buttons import KeyButton
from pos_app.ui.widgets.labels import Elided

pytestmark = pytest.mark.gui
SHOTS = {shot.name: shot for shot in shots()}
#: What is the same in Chinese: keys, codes, examples.
SAME = re.compile(
    r"guitai import \w+|/[\w/.-]+|Language|GBK|GB18030|ESC/POS|mm\b|Enter|Esc|Del|Tab|English|kg|ml|PIN|USB|TCP|COM"
    r"|PNG|JPEG|[\w/]+\.(?:png|toml)|words\.\w+"
    r"|HID POS|RTS|DSR|CTS|XON|LED8|CAS|ECR|ENQ|ST,GS|Toledo|Linux|FA\b|\bweight\b"
    r"|F\d+|ST,GS|[\w.:-]*\d[\w.:-]*"
)


@pytest.fixture(scope="module")
def shell(app, catalogue):
    window = Shell()
    window.resize(1024, 768)
    window.show()
    yield window
    window.allow_close()
    window.deleteLater()
    i18n.use("en")


def _drawn(shell, name, language):
    if i18n.current() != language:
        shell.use_language(language)
    show(shell, SHOTS[name])
    return shell.active_view()


def _visible(view, kind):
    return [w for w in view.findChildren(kind) if w.isVisible()]


def _in_scroll_area(widget):
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _label_is_cut(label):
    text = label.text()
    if not text or isinstance(label, Elided) or not label.pixmap().isNull():
        return False
    room = label.contentsRect()
    metrics = label.fontMetrics()
    if label.wordWrap():
        needed = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), int(Qt.TextFlag.TextWordWrap), text)
        return needed.height() > room.height() + 2 or needed.width() > room.width() + 1
    return metrics.horizontalAdvance(text) > room.width() + 1 or metrics.height() > label.height() + 8


def _button_is_cut(button):
    if isinstance(button, KeyButton):
        return button.needed_width() > button.width()
    return button.fontMetrics().horizontalAdvance(button.text()) > button.width() - 16


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", SHOTS)
def test_nothing_is_clipped_and_everything_can_be_touched(shell, name, language):
    view = _drawn(shell, name, language)
    assert (shell.width(), shell.height()) == (1024, 768), "the content pushed the window beyond 1024×768"
    cut = [w.text() for w in _visible(view, QLabel) if _label_is_cut(w)]
    cut += [w.text() for w in _visible(view, QAbstractButton) if _button_is_cut(w)]
    assert cut == [], "cut off"
    small = [
        (type(w).__name__, getattr(w, "text", str)(), w.width(), w.height())
        for kind in (QAbstractButton, QLineEdit)
        for w in _visible(view, kind)
        if w.height() < theme.TARGET or w.width() < theme.TARGET
    ]
    assert small == [], f"smaller than {theme.TARGET} px"
    frame = QRect(view.mapToGlobal(QPoint(0, 0)), view.size())
    outside = [
        getattr(w, "text", str)()
        for kind in (QAbstractButton, QLineEdit, QLabel)
        for w in _visible(view, kind)
        if not _in_scroll_area(w)
        and not frame.adjusted(-1, -1, 1, 1).contains(QRect(w.mapToGlobal(QPoint(0, 0)), w.size()))
    ]
    assert outside == [], "outside the view"
    overlapping = _overlaps(_visible(view, QAbstractButton))
    assert overlapping == [], "buttons on top of one another"


def _overlaps(buttons):
    rects = [(b.text(), QRect(b.mapToGlobal(QPoint(0, 0)), b.size())) for b in buttons if not _in_scroll_area(b)]
    return [(a, b) for n, (a, one) in enumerate(rects) for b, other in rects[n + 1 :] if one.intersects(other)]


def _english_left(view):
    texts = [w.text() for kind in (QLabel, QAbstractButton) for w in view.findChildren(kind) if w.isVisibleTo(view)]
    texts += [w.placeholderText() for w in view.findChildren(QLineEdit) if w.isVisibleTo(view)]
    return [text for text in texts if re.search(r"[A-Za-z]{2,}", SAME.sub("", text))]


@pytest.mark.parametrize("name", SHOTS)
def test_chinese_leaves_no_english(shell, name):
    assert _english_left(_drawn(shell, name, "zh_CN")) == []


def test_switching_while_running_reaches_every_view(shell):
    drawn = {}
    for name, shot in SHOTS.items():
        if shot.view not in drawn:
            drawn[shot.view] = _drawn(shell, name, "en")
    shell.use_language("zh_CN")
    QApplication.processEvents()
    left = {name: _english_left(view) for name, view in drawn.items()}
    assert {name: words for name, words in left.items() if words} == {}


@pytest.mark.parametrize("name", SHOTS)
def test_what_can_be_operated_has_a_name(shell, name):
    view = _drawn(shell, name, "en")
    nameless = [
        type(w).__name__
        for kind in (QAbstractButton, QLineEdit)
        for w in _visible(view, kind)
        if not (w.accessibleName() or getattr(w, "text", str)() or getattr(w, "placeholderText", str)())
    ]
    assert nameless == [], "a screen reader has nothing to say"


def test_dark_theme_reaches_what_is_painted_by_hand(app, catalogue):
    # A window of its own: giving another style sheet to every view of the other tests takes seconds.
    window = Shell()
    window.resize(1024, 768)
    window.show()
    theme.apply(app, "dark")
    try:
        for name in ("selling", "payment_mixed", "line_discount", "login"):
            show(window, SHOTS[name])
            picture = window.grab().toImage()
            light = sum(picture.pixelColor(x, y).lightness() > 128 for x in range(0, 1024, 8) for y in range(0, 768, 8))
            assert light < 128 * 96 * 0.15, f"{name} is mostly light"
    finally:
        theme.apply(app, "light")
        window.allow_close()
        window.deleteLater()


def test_the_panel_says_until_when_a_tier_lasts_and_what_keeps_it(shell):
    view = _drawn(shell, "selling", "zh_CN")
    words = [label.whole_text() for label in _visible(view, Elided)]
    assert "差 ¥120.00 升白金卡  ·  至 2026-12-31，保级还差 ¥300.00 + 4 次到店" in words


def test_window_grows_without_leaving_the_panel_behind(shell):
    view = _drawn(shell, "selling", "en")
    shell.resize(1920, 1080)
    QApplication.processEvents()
    panel = next(w for w in view.findChildren(QWidget) if type(w).__name__ == "MemberPanel")
    assert panel.width() > 400
    assert panel.geometry().right() <= view.width()
    shell.resize(1024, 768)
    QApplication.processEvents()
