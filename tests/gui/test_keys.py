"""Keyboard alone suffices: what each key does on the views of a sale."""

from dataclasses import replace

import pytest
from gallery_sale import LINES, PAYMENT, SELLING
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.money import Money
from pos_app.ui.screens.line_edit.state import Edit, LineEdited, LineEditState
from pos_app.ui.screens.login.state import LoginState, StaffChoice
from pos_app.ui.screens.member_capture.state import KnownMember, MemberCaptureState, NewMember
from pos_app.ui.screens.member_search.state import FoundMember, MemberSearchState
from pos_app.ui.screens.payment.state import CASH, PaymentState, TenderAsked, TenderTaken
from pos_app.ui.screens.recall.state import RecallState
from pos_app.ui.screens.selling.state import SellingState
from pos_app.ui.shell import Shell
from pos_app.ui.state import Notice, Tone
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


def _type(shell, *keys):
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(QApplication.focusWidget(), key)
        else:
            QTest.keyClick(QApplication.focusWidget(), key)


def test_enter_in_the_empty_box_pays(shell):
    view = _open(shell, "selling", SELLING)
    paid = _heard(view.pay_requested)
    _type(shell, Key.Key_Return)
    _type(shell, Key.Key_F9)
    assert len(paid) == 2


def test_enter_does_not_pay_for_nothing(shell):
    view = _open(shell, "selling", SellingState())
    paid = _heard(view.pay_requested)
    _type(shell, Key.Key_Return, Key.Key_F9)
    assert paid == []


def test_what_is_typed_is_asked_and_the_box_is_empty_again(shell):
    view = _open(shell, "selling", SELLING)
    asked = _heard(view.input_requested)
    _type(shell, "3*6901234567892", Key.Key_Return)
    assert asked == ["3*6901234567892"]
    assert view.box.text() == ""
    assert view.box.hasFocus()


def test_plus_minus_arrows_and_delete_act_on_the_marked_line(shell):
    view = _open(shell, "selling", SELLING)
    stepped, removed = _heard(view.step_requested), _heard(view.remove_requested)
    _type(shell, "+", Key.Key_Up, "-", Key.Key_Delete)
    assert stepped == [(6, 1), (5, -1)]
    assert removed == [5]


def test_plus_in_a_number_is_a_plus(shell):
    view = _open(shell, "selling", SELLING)
    stepped = _heard(view.step_requested)
    _type(shell, "1+")
    assert stepped == []
    assert view.box.text() == "1+"


def test_escape_empties_the_box_before_it_goes_back(shell):
    view = _open(shell, "selling", SELLING)
    back = _heard(view.back_requested)
    _type(shell, "123", Key.Key_Escape)
    assert (view.box.text(), back) == ("", [])
    _type(shell, Key.Key_Escape)
    assert len(back) == 1


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Key.Key_F2, "member_requested"),
        (Key.Key_F3, "quantity_requested"),
        (Key.Key_F4, "discount_requested"),
        (Key.Key_F5, "hold_requested"),
        (Key.Key_F6, "recall_requested"),
        (Key.Key_F7, "refund_requested"),
        (Key.Key_F8, "benefits_requested"),
        (Key.Key_F9, "pay_requested"),
        (Key.Key_F10, "more_requested"),
    ],
)
def test_function_keys_of_selling(shell, key, signal):
    view = _open(shell, "selling", SELLING)
    heard = _heard(getattr(view, signal))
    _type(shell, key)
    assert len(heard) == 1


def test_focus_returns_to_the_box_after_a_button_was_reached_by_tab(shell):
    view = _open(shell, "selling", SELLING)
    _type(shell, Key.Key_Tab)
    assert not view.box.hasFocus()
    view.render(SellingState(lines=LINES[:1], payable=LINES[0].amount, can_pay=True))
    assert view.box.hasFocus()


def test_exact_cash_is_enter_and_enter_again(shell):
    view = _open(shell, "payment", PAYMENT)
    asked, on = _heard(view.tender_requested), _heard(view.next_requested)
    _type(shell, Key.Key_Return)
    assert asked == [TenderAsked(CASH, "165.23")]
    view.render(PaymentState(total=Money(16_523), done=True))
    _type(shell, Key.Key_Return)
    assert len(on) == 1


def test_typing_an_amount_replaces_the_suggested_one(shell):
    view = _open(shell, "payment", PAYMENT)
    asked = _heard(view.tender_requested)
    _type(shell, "200", Key.Key_Return)
    assert asked == [TenderAsked(CASH, "200")]


def test_del_takes_the_marked_payment_out_and_backspace_edits(shell):
    taken = (TenderTaken(0, CASH, Money(1_000), ""), TenderTaken(1, CASH, Money(2_000), ""))
    view = _open(shell, "payment", replace(PAYMENT, tenders=taken))
    removed = _heard(view.remove_requested)
    view._taken.select(1)
    _type(shell, "12", Key.Key_Backspace, Key.Key_Home, Key.Key_Delete)
    assert removed == [1]
    assert view._amount.text() == "1"


def test_del_edits_the_amount_while_nothing_is_taken(shell):
    view = _open(shell, "payment", PAYMENT)
    removed = _heard(view.remove_requested)
    _type(shell, "12", Key.Key_Home, Key.Key_Delete)
    assert (removed, view._amount.text()) == ([], "2")


def test_after_an_error_the_next_digit_begins_another_amount(shell):
    view = _open(shell, "payment", PAYMENT)
    _type(shell, "1x5")
    view.render(replace(PAYMENT, notice=Notice(Tone.DANGER, "money.unreadable")))
    _type(shell, "20")
    assert view._amount.text() == "20"


def test_a_booking_payment_takes_nothing_more(shell):
    view = _open(shell, "payment", PaymentState(total=Money(1), remaining=Money(1), busy=True))
    asked, back = _heard(view.tender_requested), _heard(view.back_requested)
    _type(shell, Key.Key_Return, Key.Key_F9, Key.Key_Escape)
    assert (asked, back) == ([], [])


def test_what_is_typed_survives_a_new_drawing(shell):
    view = _open(shell, "payment", PAYMENT)
    asked = _heard(view.tender_requested)
    _type(shell, "180")
    view.render(PAYMENT)
    _type(shell, Key.Key_Return)
    assert asked == [TenderAsked(CASH, "180")]


def test_pin_by_keyboard_is_handed_over_once_and_forgotten(shell):
    view = _open(shell, "login", LoginState(staff=(StaffChoice("a", "李"), StaffChoice("b", "王")), selected="b"))
    asked = _heard(view.login_requested)
    _type(shell, "12", Key.Key_Return)
    assert asked == [], "two digits are no PIN"
    _type(shell, "34", Key.Key_Return, Key.Key_Return)
    assert asked == [("b", "1234")]


def test_line_edit_confirms_with_enter(shell):
    view = _open(
        shell, "line_edit", LineEditState(Edit.QUANTITY, LINES[0].name, LINES[0].quantity, "", Money(200), Money(360))
    )
    asked = _heard(view.confirm_requested)
    _type(shell, "5", Key.Key_Return)
    assert asked == [LineEdited(Edit.QUANTITY, "5")]


def test_tab_stays_inside_a_sheet(shell):
    _open(shell, "selling", SELLING)
    view = _open(shell, "line_edit", LineEditState(Edit.QUANTITY, "x", LINES[0].quantity, "", Money(1), Money(1)))
    seen = set()
    for _ in range(12):
        _type(shell, Key.Key_Tab)
        assert view.isAncestorOf(QApplication.focusWidget())
        seen.add(QApplication.focusWidget())
    assert len(seen) >= 4
    _type(shell, Key.Key_Backtab)
    assert view.isAncestorOf(QApplication.focusWidget())


def test_keys_of_the_screen_do_nothing_under_a_sheet(shell):
    selling = _open(shell, "selling", SELLING)
    _open(shell, "recall", RecallState())
    paid = _heard(selling.pay_requested)
    _type(shell, Key.Key_F9)
    assert paid == []
    shell.close_sheet()
    assert selling.box.hasFocus()


def test_member_search_moves_and_chooses_without_leaving_the_box(shell):
    from pos_app.domain.points import Points

    found = tuple(FoundMember(n, f"王{n}", "138****1234", "金卡", 2, Points(n)) for n in range(3))
    view = _open(shell, "member_search", MemberSearchState("王", found))
    chosen, typed = _heard(view.choose_requested), _heard(view.query_changed)
    _type(shell, Key.Key_Down, Key.Key_Return, "5")
    assert chosen == [1]
    assert typed == ["5"]


def test_new_member_needs_only_a_number(shell):
    view = _open(shell, "member_capture", MemberCaptureState(session=1))
    saved, typed = _heard(view.save_requested), _heard(view.phone_changed)
    _type(shell, Key.Key_Return)
    assert saved == []
    _type(shell, "13912345678", Key.Key_Return)
    assert saved == [NewMember("13912345678")]
    assert typed[-1] == "13912345678"


def test_a_known_number_is_used_with_enter(shell):
    view = _open(
        shell, "member_capture", MemberCaptureState("138", duplicate=KnownMember("m", "王*", "138****1234"), session=1)
    )
    saved, used = _heard(view.save_requested), _heard(view.use_requested)
    _type(shell, Key.Key_Return)
    assert (saved, used) == ([], ["m"])


def test_tab_order_of_the_new_member_is_that_of_the_page(shell):
    view = _open(shell, "member_capture", MemberCaptureState(session=1))
    names = []
    for _ in range(4):
        _type(shell, Key.Key_Tab)
        names.append(QApplication.focusWidget().accessibleName())
    assert names == ["Name", "Birthday", "Card", "Referrer"]
    assert view.isVisible()


def test_f1_shows_the_keys_of_the_screen_and_escape_puts_them_away(shell):
    view = _open(shell, "selling", SELLING)
    shell.show_help()
    sheet = shell.active_view()
    assert ("F9", "Pay") in sheet.state.keys
    shell.show_help()
    assert shell.active_view() is sheet
    _type(shell, Key.Key_Escape)
    assert shell.active_view() is view


def test_the_window_stays_until_it_may_close(shell):
    asked = _heard(shell.close_requested)
    shell.close()
    assert shell.isVisible()
    assert len(asked) == 1


STAFF = LoginState(staff=(StaffChoice(1, "小赵"),), selected=1)


def test_enter_on_too_few_digits_says_how_many_a_pin_has(shell):
    view = _open(shell, "login", STAFF)
    asked = _heard(view.login_requested)
    _type(shell, "12", Key.Key_Return)
    assert (view._message.text(), asked) == ("A PIN has 4 to 8 digits.", [])
    _type(shell, "3")
    assert "Type your PIN" in view._message.text()
    _type(shell, "4", Key.Key_Return)
    assert asked == [(1, "1234")]


def test_an_error_is_gone_once_the_pin_is_typed_again(shell):
    view = _open(shell, "login", STAFF)
    wrong = replace(STAFF, notice=Notice(Tone.DANGER, "pin.wrong"))
    view.render(wrong)
    said = view._message.text()
    assert "Type your PIN" not in said
    _type(shell, "12")
    assert "Type your PIN" in view._message.text()
    view.render(replace(wrong, store="x"))
    asked = _heard(view.login_requested)
    _type(shell, "34", Key.Key_Return)
    assert asked == [(1, "1234")], "drawing again forgets no digit"
    view.render(replace(STAFF, notice=Notice(Tone.DANGER, "pin.wrong")))
    assert view._message.text() == said


def test_a_warning_stays_while_the_pin_is_typed(shell):
    view = _open(shell, "login", replace(STAFF, notice=Notice(Tone.INFO, "training.next")))
    said = view._message.text()
    _type(shell, "1")
    assert view._message.text() == said
