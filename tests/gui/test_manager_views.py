"""What a manager's views say when keys are pressed and buttons touched; that nothing is clipped is in test_views."""

from dataclasses import replace

import pytest
from gallery_states_manager import CLOSED, CLOSING, DEVICES, JOBS, REFUND, REPORT, SALES, SETTINGS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from pos_app.domain.money import Money
from pos_app.ui.screens.cash_move.state import CashMoveAsked, CashMoveState, Direction
from pos_app.ui.screens.devices.state import DeviceKind
from pos_app.ui.screens.more.state import MoreItem, MoreState
from pos_app.ui.screens.receipt_preview.state import ReceiptPreviewState
from pos_app.ui.screens.refund.state import QuantityAsked, Reason, RefundState
from pos_app.ui.screens.report.state import LineCode, ReportLine
from pos_app.ui.screens.report.words import line_words, section_words
from pos_app.ui.screens.sales.state import VoidConfirmed
from pos_app.ui.screens.setup.state import ManagerAsked, SetupState, Step
from pos_app.ui.shell import Shell
from pos_app.ui.state import Phase
from pos_app.ui.widgets.sheet import SheetView

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("english")]
Key = Qt.Key


@pytest.fixture
def shell(app, qtbot):
    window = Shell()
    window.resize(1024, 768)
    window.show()
    window.activateWindow()
    yield window
    window.allow_close()
    window.deleteLater()


def _open(shell, name, state):
    view = shell.view(name)
    view.render(state)
    shell.open_sheet(name) if isinstance(view, SheetView) else shell.show_screen(name)
    QApplication.processEvents()
    return view


def _heard(signal):
    said = []
    signal.connect(lambda *args: said.append(args[0] if args else None))
    return said


def _type(*keys):
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(QApplication.focusWidget(), key)
        else:
            QTest.keyClick(QApplication.focusWidget(), key)


def _press(view, words):
    found = [b for b in view.findChildren(QAbstractButton) if b.isVisible() and b.text().startswith(words)]
    assert found, f"no button {words!r}"
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def _texts(view):
    return [w.text() for w in view.findChildren(QLabel) if w.isVisible()]


# Shift close


def test_a_count_typed_row_by_row_is_added_up_and_handed_over(shell):
    view = _open(shell, "shift_close", CLOSING)
    closed = _heard(view.close_requested)
    _type("12", Key.Key_Return, "6", Key.Key_Down, Key.Key_Down, "3", Key.Key_Up, "1")
    assert "¥1,550.00" in _texts(view)
    _type(Key.Key_F9)
    assert closed == [((100_00, 12), (50_00, 6), (20_00, 1), (10_00, 3))]


def test_enter_after_the_last_row_stands_on_the_key_that_closes(shell):
    view = _open(shell, "shift_close", CLOSING)
    closed = _heard(view.close_requested)
    _type("1", *[Key.Key_Return] * 10)
    assert closed == []
    _type(Key.Key_Return)
    assert closed == [((100_00, 1),)]


def test_the_pad_counts_by_touch(shell):
    view = _open(shell, "shift_close", CLOSING)
    closed = _heard(view.close_requested)
    for words in ("2", "Next", "5", "0", "Close the shift"):
        _press(view, words)
    assert closed == [((100_00, 2), (50_00, 50))]


def test_the_count_is_blind(shell):
    view = _open(shell, "shift_close", CLOSED)
    view.render(replace(CLOSING, session=9))
    QApplication.processEvents()
    assert not {"¥1,846.50", "¥1,646.50"} & set(_texts(view))


def test_nothing_counted_closes_nothing_but_an_empty_drawer_can_be_said(shell):
    view = _open(shell, "shift_close", CLOSING)
    closed = _heard(view.close_requested)
    _type(Key.Key_F9)
    assert closed == []
    _type("0", Key.Key_F9)
    assert closed == [()]


@pytest.mark.parametrize(
    ("counted", "words", "figure"),
    [(184_650, "Exactly right", "¥0.00"), (184_655, "Over", "+¥0.05"), (184_350, "Short", Money(-300).display())],
)
def test_the_result_says_over_or_short_in_words(shell, counted, words, figure):
    view = _open(shell, "shift_close", replace(CLOSED, result=replace(CLOSED.result, counted=Money(counted))))
    assert {words, figure} <= set(_texts(view))


def test_keys_of_the_result(shell):
    view = _open(shell, "shift_close", CLOSED)
    said = [_heard(s) for s in (view.report_requested, view.print_requested, view.day_requested, view.done_requested)]
    _type(Key.Key_F4, Key.Key_F8, Key.Key_F10, Key.Key_Return, Key.Key_Escape)
    assert [len(each) for each in said] == [1, 1, 1, 2]


# Report


def test_a_report_prints_by_enter_and_every_code_has_words(shell):
    view = _open(shell, "report", REPORT)
    printed, back = _heard(view.print_requested), _heard(view.back_requested)
    _type(Key.Key_Return, Key.Key_Escape)
    assert (len(printed), len(back)) == (1, 1)
    details = {LineCode.VERDICT: "agreed", LineCode.FIGURE: "sales"}
    assert all(line_words(ReportLine(code, 0, detail=details.get(code, "cash"))) for code in LineCode)
    assert all(section_words(section.code) for section in REPORT.sections)


def test_a_report_that_failed_prints_nothing(shell):
    view = _open(shell, "report", replace(REPORT, phase=Phase.FAILED))
    printed, again = _heard(view.print_requested), _heard(view.retry_requested)
    _type(Key.Key_Return)
    _press(view, "Try again")
    assert (len(printed), len(again)) == (0, 1)


# Sales


def test_digits_search_and_arrows_mark(shell):
    view = _open(shell, "sales", SALES)
    asked, shown = _heard(view.search_requested), _heard(view.show_requested)
    _type("13", Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert asked == ["1", "13"]
    assert shown == [3]


def test_only_what_can_be_done_is_offered(shell):
    view = _open(shell, "sales", SALES)
    refunds, voids, copies = (_heard(s) for s in (view.refund_requested, view.void_requested, view.reprint_requested))
    _type(Key.Key_F5, Key.Key_F7, Key.Key_F8)
    assert (refunds, voids, copies) == ([1], [1], [1])
    _type(Key.Key_Down, Key.Key_F5, Key.Key_F7, Key.Key_F8)
    assert (refunds, voids, copies) == ([1], [1], [1, 2]), "a refund can only be printed again"


def test_a_void_is_asked_about_once(shell):
    view = _open(shell, "sales", SALES)
    yes, no = _heard(view.void_confirmed), _heard(view.void_cancelled)
    view.render(replace(SALES, voiding=1))
    QApplication.processEvents()
    assert any("0002-20261122-000131" in text for text in _texts(view))
    _type(Key.Key_Escape)
    assert len(no) == 1
    _press(view, "Customer left")
    _type(Key.Key_Return)
    assert yes == [VoidConfirmed(1, "Customer left")]
    view.render(SALES)
    _type("7")
    assert view._box.text() == "7", "afterwards the box has the focus again"


def test_a_scan_is_handed_on(shell):
    for name, state in (("sales", SALES), ("refund", RefundState()), ("devices", DEVICES)):
        view = _open(shell, name, state)
        scanned = _heard(view.scanned)
        shell.deliver_scan("0002-20261122-000131")
        assert scanned == ["0002-20261122-000131"]


# Refund


def test_without_a_receipt_the_number_is_typed_or_touched(shell):
    view = _open(shell, "refund", RefundState())
    asked = _heard(view.find_requested)
    _type(Key.Key_Return, "128", Key.Key_Return)
    _press(view, "4")
    _press(view, "Find the sale")
    assert asked == ["128", "1284"]


def test_the_marked_line_is_ticked_stepped_and_typed(shell):
    view = _open(shell, "refund", REFUND)
    ticked, stepped, typed = (_heard(s) for s in (view.line_requested, view.step_requested, view.quantity_requested))
    _type(Key.Key_Return, Key.Key_Space, Key.Key_Plus, Key.Key_Minus)
    assert ticked == [2, 2]
    assert stepped == [(2, 1), (2, -1)]
    _type("0", ".1", Key.Key_Return)
    assert typed == [QuantityAsked(2, "0.1")]


def test_a_line_that_came_back_already_cannot_be_chosen(shell):
    view = _open(shell, "refund", replace(REFUND, current=3))
    ticked, stepped = _heard(view.line_requested), _heard(view.step_requested)
    _type(Key.Key_Space, Key.Key_Plus)
    assert 3 not in ticked
    assert all(key != 3 for key, _step in stepped)


def test_reason_goes_along_in_words(shell):
    view = _open(shell, "refund", REFUND)
    done, reasons, cash, everything = (
        _heard(s) for s in (view.refund_requested, view.reason_requested, view.in_cash_requested, view.all_requested)
    )
    _press(view, "Other")
    _press(view, "All in cash")
    _type(Key.Key_F4, Key.Key_F9)
    assert (reasons, cash, len(everything), done) == ([Reason.OTHER], [True], 1, ["Not good"])
    view.render(replace(REFUND, preview=None, reason=None))
    _type(Key.Key_F9)
    assert done == ["Not good"], "nothing ticked, nothing given back"


def test_escape_in_the_quantity_loses_nothing(shell):
    view = _open(shell, "refund", REFUND)
    back, typed = _heard(view.back_requested), _heard(view.quantity_requested)
    _type("9", Key.Key_Escape)
    assert (back, typed) == ([], [])
    assert view._lines.box.text() == "0.285"
    _type(Key.Key_Escape)
    assert len(back) == 1


# Menu and cash


def test_digits_choose_and_what_is_off_stays_off(shell):
    view = _open(shell, "more", MoreState())
    chosen = _heard(view.item_requested)
    _type("1234567890+")
    everything = [MoreItem(key) for key in "1234567890+"]
    assert chosen == everything
    view.render(MoreState(shift_open=False, disabled=frozenset({MoreItem.TRAINING})))
    chosen.clear()
    _type("1234567890+")
    off = {MoreItem.CASH_MOVE, MoreItem.X_REPORT, MoreItem.CLOSE_SHIFT, MoreItem.TRAINING}
    assert chosen == [item for item in everything if item not in off]


def test_a_tile_is_touched_or_entered(shell):
    view = _open(shell, "more", MoreState())
    chosen = _heard(view.item_requested)
    _press(view, "Devices")
    _type(Key.Key_Return)
    assert chosen == [MoreItem.DEVICES, MoreItem.SALES]


def test_cash_out_with_a_reason_by_touch(shell):
    view = _open(shell, "cash_move", CashMoveState(session=1))
    moved = _heard(view.move_requested)
    for words in ("Take out", "To the bank", "5", "0", "0"):
        _press(view, words)
    _type(Key.Key_Return)
    assert moved == [CashMoveAsked(Direction.OUT, "500", "To the bank")]
    view.render(CashMoveState(session=1, busy=True))
    _type(Key.Key_Return)
    assert len(moved) == 1


# Devices


def test_papers_are_printed_again_or_given_up(shell):
    view = _open(shell, "devices", DEVICES)
    again, dropped = _heard(view.job_again_requested), _heard(view.job_drop_requested)
    _type(Key.Key_F8, Key.Key_Down, Key.Key_Return, Key.Key_F5)
    assert (again, dropped) == ([1, 2], [2])
    view.render(replace(DEVICES, jobs=()))
    _type(Key.Key_F8, Key.Key_F5)
    assert (again, dropped) == ([1, 2], [2])
    view.render(replace(DEVICES, jobs=JOBS[:1]))


def test_cards_try_their_device(shell):
    view = _open(shell, "devices", DEVICES)
    tested, opened = _heard(view.test_requested), _heard(view.drawer_requested)
    _press(view, "Print a test page")
    _press(view, "Open the drawer")
    assert (tested, len(opened)) == ([DeviceKind.PRINTER], 1)


# Settings, set-up, preview


def test_settings_are_saved_as_typed_and_survive_a_change_of_language(shell, catalogue):
    view = _open(shell, "settings", SETTINGS)
    saved, languages, themes = (_heard(s) for s in (view.save_requested, view.language_requested, view.theme_requested))
    _type(Key.Key_End, "2")
    _press(view, "+")
    _press(view, "Dark")
    _press(view._language, "English")
    shell.use_language("zh_CN")
    shell.use_language("en")
    _type(Key.Key_F9)
    (form,) = saved
    assert form == replace(SETTINGS.form, name=SETTINGS.form.name + "2", day_starts_hour=5)
    assert (languages, themes) == (["en"], ["dark"])


def test_a_new_till_is_set_up_by_keyboard_alone(shell):
    view = _open(shell, "setup", SetupState())
    shops, managers, starts = (_heard(s) for s in (view.shop_requested, view.manager_requested, view.start_requested))
    _type("Corner shop", Key.Key_Return)
    assert shops == ["Corner shop"]
    view.render(SetupState(Step.MANAGER, shop="Corner shop"))
    _type("Ann", Key.Key_Return, "1357", Key.Key_Return, "1357", Key.Key_Return)
    assert managers == [ManagerAsked("1", "Ann", "1357", "1357")]
    view.render(SetupState(Step.DONE, shop="Corner shop", manager="Ann"))
    _type(Key.Key_Return)
    assert len(starts) == 1


def test_set_up_shows_the_field_that_is_wrong_and_no_pin(shell):
    view = _open(shell, "setup", SetupState(Step.MANAGER, session=1))
    _type("Ann", Key.Key_Return, "1357", Key.Key_Return, "1358")
    view.render(SetupState(Step.MANAGER, session=1, bad_field="pin"))
    assert QApplication.focusWidget() is view._pin.box
    assert view._pin.box.displayText() != "1357"
    view.render(SetupState(Step.MANAGER, session=2, bad_field="pin"))
    assert view._pin.box.text() == view._again.box.text() == ""


def test_the_demo_shop_can_be_looked_at_instead(shell):
    view = _open(shell, "setup", SetupState())
    asked = _heard(view.demo_requested)
    _press(view, "Look at the demo shop")
    _type(Key.Key_F4)
    assert len(asked) == 2


def test_a_long_receipt_scrolls_by_keyboard(shell):
    view = _open(shell, "receipt_preview", ReceiptPreviewState("1", text="line\n" * 200))
    printed = _heard(view.print_requested)
    _type(Key.Key_PageDown)
    assert view._text.verticalScrollBar().value() > 0
    _type(Key.Key_Return)
    assert len(printed) == 1
