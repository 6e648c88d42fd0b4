"""Widgets: the basket changes only what changed, pads type, signals survive their number."""

import xml.etree.ElementTree as ET

import pytest
from gallery_sale import LINES
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from pos_app.domain.money import Money
from pos_app.domain.quantity import Quantity
from pos_app.resources import resources_dir
from pos_app.ui.state import Notice, Tone
from pos_app.ui.widgets.basket import BasketLine, BasketModel, BasketView
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import Elided
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import NumPad
from pos_app.ui.widgets.rows import Row, RowList

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("english")]


def _events(model):
    said = []
    model.rowsInserted.connect(lambda _p, a, b: said.append(("in", a, b)))
    model.rowsRemoved.connect(lambda _p, a, b: said.append(("out", a, b)))
    model.dataChanged.connect(lambda a, b: said.append(("changed", a.row(), b.row())))
    model.modelReset.connect(lambda: said.append(("reset",)))
    return said


def test_a_scan_inserts_one_row_and_touches_no_other():
    model = BasketModel()
    model.set_lines(LINES[:3])
    said = _events(model)
    assert model.set_lines(LINES[:4]) == (3,)
    assert said == [("in", 3, 3)]


def test_a_changed_line_is_one_change():
    model = BasketModel()
    model.set_lines(LINES)
    said = _events(model)
    more = BasketLine(2, LINES[1].name, Quantity(600), Money(2388), Money(3980), unit="kg")
    assert model.set_lines((LINES[0], more, *LINES[2:])) == (1,)
    assert said == [("changed", 1, 1)]
    assert model.rowCount() == len(LINES)


def test_an_equal_basket_is_no_change():
    model = BasketModel()
    model.set_lines(LINES)
    said = _events(model)
    assert model.set_lines(tuple(LINES)) == ()
    assert said == []


def test_removing_a_line_in_the_middle_keeps_what_is_before():
    model = BasketModel()
    model.set_lines(LINES)
    said = _events(model)
    model.set_lines((*LINES[:2], *LINES[3:]))
    assert said[0][0] == "out"
    assert [model.line(n).key for n in range(model.rowCount())] == [1, 2, 4, 5, 6]


def test_the_last_touched_line_is_marked_and_in_sight(qtbot):
    view = BasketView()
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    many = tuple(BasketLine(n, f"商品{n}", Quantity.pieces(1), Money(100)) for n in range(50))
    view.show_lines(many[:49])
    view.show_lines(many)
    assert view.current_key() == 49
    assert view.rowViewportPosition(49) < view.viewport().height()
    view.step(-1)
    assert view.current_key() == 48
    view.show_lines(())
    assert view.current_key() is None


def test_control_characters_never_reach_the_table(qtbot):
    view = BasketView()
    qtbot.addWidget(view)
    view.show_lines((BasketLine(1, "牛奶\x00\x1b[31m\n二行" + "长" * 10_000, Quantity.pieces(1), Money(1)),))
    shown = view.model().index(0, 1).data()
    assert shown.isprintable()
    assert len(shown) <= 200


def test_the_pad_types_where_the_cursor_is(qtbot):
    pad, box = NumPad(), TextBox()
    qtbot.addWidget(pad)
    qtbot.addWidget(box)
    pad.set_target(box)
    keys = {b.text(): b for b in pad.findChildren(QPushButton)}
    for text in ("1", "2", ".", "5"):
        keys[text].click()
    assert box.text() == "12.5"
    box.selectAll()
    keys["9"].click()
    assert box.text() == "9"


def test_a_list_keeps_its_mark_when_rows_change(qtbot):
    rows = RowList()
    qtbot.addWidget(rows)
    rows.set_rows([Row(n, f"行 {n}") for n in range(3)])
    rows.select(2)
    rows.set_rows([Row(n, f"行 {n}!") for n in range(4)])
    assert rows.current_key() == 2
    rows.set_rows([])
    assert rows.current_key() is None


def test_text_from_outside_is_never_markup(qtbot):
    label = Elided()
    qtbot.addWidget(label)
    label.resize(400, 30)
    label.show_text("<b>王</b>")
    assert label.text() == "<b>王</b>"


def test_a_long_message_takes_smaller_letters_not_more_room(qtbot):
    message = InlineMessage()
    qtbot.addWidget(message)
    message.resize(400, 44)
    message.show()
    message.show_notice(Notice(Tone.DANGER, "no.such_code"))
    assert "no.such_code" in message.text()
    assert message.height() == 44


def test_a_hundred_thousand_signals_survive():
    """PySide6 6.12.0 on Python 3.11 loses a reference to True at each emission and aborts after some hundred."""

    class Speaker(QObject):
        said = Signal(object)
        silent = Signal()

    class Listener(QObject):
        def __init__(self):
            super().__init__()
            self.count = 0

        def on_said(self, value):
            self.count += value is True

        def on_silent(self):
            self.count += 1

    speaker, listener = Speaker(), Listener()
    speaker.said.connect(listener.on_said)
    speaker.silent.connect(listener.on_silent)
    for _ in range(50_000):
        speaker.said.emit(True)
        speaker.silent.emit()
    assert listener.count == 100_000


def test_a_shops_year_fits_a_signal():
    class Speaker(QObject):
        said = Signal(object)

    heard = []
    speaker = Speaker()
    speaker.said.connect(heard.append)
    speaker.said.emit(99_999_999_999)
    assert heard == [99_999_999_999], "Signal(int) would cut this to 32 bits"


def test_the_chinese_catalogue_is_complete():
    tree = ET.parse(resources_dir() / "i18n" / "guitai_zh_CN.ts")
    left = [
        (context.findtext("name"), message.findtext("source"))
        for context in tree.getroot().iter("context")
        for message in context.iter("message")
        if message.find("translation").get("type") == "unfinished" or not message.findtext("translation")
    ]
    assert left == []


def test_placeholders_are_the_same_in_both_languages():
    import re

    tree = ET.parse(resources_dir() / "i18n" / "guitai_zh_CN.ts")
    field = re.compile(r"\{\w*\}")
    wrong = [
        message.findtext("source")
        for message in tree.getroot().iter("message")
        if sorted(field.findall(message.findtext("source", "")))
        != sorted(field.findall(message.findtext("translation", "")))
    ]
    assert wrong == []
