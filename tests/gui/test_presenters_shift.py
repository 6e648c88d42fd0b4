"""The menu, cash in and out, X report, blind count, over and short."""

import pytest
from pos_testkit.builders import basket, ean13, product
from pos_testkit.desk import CASHIER, MANAGER, SUPERVISOR, counter
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.application.ports import JobKind
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.postings import DRAWER, Asset
from pos_app.domain.money import Money
from pos_app.errors import KnownError
from pos_app.ui.requests import ReportRequest
from pos_app.ui.screens.cash_move.state import CashMoveAsked, Direction
from pos_app.ui.screens.more.state import MoreItem
from pos_app.ui.screens.report.state import LineCode, ReportKind, SectionCode
from pos_app.ui.state import Phase, Tone

pytestmark = pytest.mark.gui


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        yield one


def _choose(till, item: MoreItem) -> None:
    till.desk.go("more")
    till.view("more").item_requested.emit(item)


def _close(till, count) -> None:
    """F9 twice: the count is read back before it is final."""
    for _ in range(2):
        till.view("shift_close").close_requested.emit(count)


def _drawer(till) -> int:
    with till.real.ledger.read() as reader:
        return reader.account_sum(DRAWER, Asset.FEN)


def _lines(till) -> dict[LineCode, object]:
    return {
        line.code: line.value
        for section in till.state("report").sections
        for line in section.lines
        if line.code is not LineCode.TENDER
    }


# The menu


def test_the_menu_says_what_needs_somebody_else(till):
    till.sit_down()
    till.desk.go("more")
    state = till.state("more")
    assert state.shift_open
    assert state.cashier == "小赵"
    assert state.approval == {
        MoreItem.CASH_MOVE,
        MoreItem.OPEN_DRAWER,
        MoreItem.X_REPORT,
        MoreItem.END_DAY,
        MoreItem.SETTINGS,
    }
    till.sit_down(MANAGER)
    till.desk.go("more")
    assert till.state("more").approval == frozenset()


def test_without_a_shift_there_is_no_cash_to_move(till):
    till.log_in(MANAGER)
    till.desk.go("more")
    state = till.state("more")
    assert not state.shift_open
    assert MoreItem.CLOSE_SHIFT in state.disabled
    till.view("more").item_requested.emit(MoreItem.CASH_MOVE)
    assert till.screen == "more"
    till.view("more").back_requested.emit()
    assert till.screen == "open_shift"


def test_after_the_shift_the_day_the_devices_and_the_settings_are_in_reach(till):
    till.sit_down(MANAGER)
    _choose(till, MoreItem.CLOSE_SHIFT)
    _close(till, ((100, 500),))
    till.view("shift_close").done_requested.emit()
    till.log_in(MANAGER)
    assert till.screen == "open_shift"
    QTest.keyClick(till.view("open_shift"), Qt.Key.Key_F10)
    assert till.screen == "more"
    menu = till.view("more")
    assert menu._back.text() == "Back to open the shift"
    for item in (MoreItem.END_DAY, MoreItem.DEVICES, MoreItem.SETTINGS):
        assert menu._tiles[item].isEnabled()
    for screen, item in (("devices", MoreItem.DEVICES), ("settings", MoreItem.SETTINGS), ("sales", MoreItem.SALES)):
        menu.item_requested.emit(item)
        assert till.screen == screen
        till.view(screen).back_requested.emit()
        assert till.screen == "more"
    menu.item_requested.emit(MoreItem.END_DAY)
    assert till.screen == "end_of_day"
    till.view("end_of_day").back_requested.emit()
    assert till.screen == "more"
    menu.back_requested.emit()
    assert till.screen == "open_shift"
    till.view("open_shift").open_requested.emit("500")
    till.desk.go("more")
    assert menu._back.text() == "Back to selling"


def test_back_from_the_menu_is_the_counter(till):
    till.sit_down()
    till.desk.go("more")
    till.view("more").back_requested.emit()
    assert till.screen == "selling"


def test_the_drawer_opens_with_an_approvers_pin_and_is_journalled(till):
    till.sit_down()
    _choose(till, MoreItem.OPEN_DRAWER)
    assert till.screen == "approval"
    till.approve(MANAGER, "9999")
    assert till.state("approval").notice.code == "pin.wrong"
    till.approve(SUPERVISOR)
    assert till.screen == "more"
    assert till.told[-1] == "drawer.opened"
    assert [content.kind for content in till.printer.printed] == [JobKind.OPEN_DRAWER]
    with till.real.ledger.read() as reader:
        assert reader.count_of_kind(RecordKind.DRAWER_OPENED) == 1


def test_settings_need_the_manager(till):
    till.sit_down()
    _choose(till, MoreItem.SETTINGS)
    assert till.screen == "approval"
    till.approve(SUPERVISOR)
    assert till.state("approval").notice.code == "approval.not_permitted"
    till.approve(MANAGER)
    assert till.screen == "settings"


def test_settings_are_shut_in_training(till):
    till.sit_down(MANAGER)
    _choose(till, MoreItem.TRAINING)
    _choose(till, MoreItem.SETTINGS)
    assert till.screen == "more"


# Cash


def test_cash_goes_in_and_out(till):
    till.sit_down(SUPERVISOR)
    _choose(till, MoreItem.CASH_MOVE)
    assert till.screen == "cash_move"
    till.view("cash_move").move_requested.emit(CashMoveAsked(Direction.IN, "100", "换零"))
    assert till.screen == "more"
    assert (till.told[-1], till.toasts[-1].details["amount"]) == ("cash.moved_in", Money(10_000))
    _choose(till, MoreItem.CASH_MOVE)
    till.view("cash_move").move_requested.emit(CashMoveAsked(Direction.OUT, "30.5", ""))
    assert (till.told[-1], till.toasts[-1].details["amount"]) == ("cash.moved_out", Money(3_050))
    assert _drawer(till) == 50_000 + 10_000 - 3_050


@pytest.mark.parametrize(
    ("direction", "typed", "code"),
    [
        (Direction.OUT, "500.01", "drawer.too_little"),
        (Direction.IN, "", "money.unreadable"),
        (Direction.IN, "0", "money.zero"),
        (Direction.IN, "-5", "money.negative"),
    ],
)
def test_cash_that_cannot_move_is_refused_in_place(till, direction, typed, code):
    till.sit_down(SUPERVISOR)
    _choose(till, MoreItem.CASH_MOVE)
    till.view("cash_move").move_requested.emit(CashMoveAsked(direction, typed, ""))
    assert till.screen == "cash_move"
    assert till.state("cash_move").notice.code == code
    assert not till.state("cash_move").busy
    assert _drawer(till) == 50_000


def test_a_cashier_moves_cash_with_a_pin_and_not_with_esc(till):
    till.sit_down()
    _choose(till, MoreItem.CASH_MOVE)
    assert till.state("cash_move").approval_needed
    till.view("cash_move").move_requested.emit(CashMoveAsked(Direction.OUT, "20", "水费"))
    assert till.screen == "approval"
    till.view("approval").back_requested.emit()
    assert till.screen == "cash_move"
    assert _drawer(till) == 50_000
    till.view("cash_move").move_requested.emit(CashMoveAsked(Direction.OUT, "20", "水费"))
    till.approve()
    assert till.screen == "more"
    assert _drawer(till) == 48_000


# X report


def test_the_x_report_adds_up(till):
    till.sit_down(SUPERVISOR)
    till.real.sell((product(1, 150), 2), product(2, 200))
    _choose(till, MoreItem.X_REPORT)
    assert till.screen == "report"
    state = till.state("report")
    assert (state.kind, state.number, state.cashier, state.phase) == (ReportKind.X, 1, "老钱", Phase.READY)
    assert state.when == "2025-06-18 12:00"
    lines = _lines(till)
    assert lines[LineCode.SALES_COUNT] == 1
    assert lines[LineCode.GROSS] == Money(500)
    assert lines[LineCode.TENDER_SUM] == lines[LineCode.NET] == Money(500)
    assert SectionCode.DRAWER not in {section.code for section in state.sections}, "the count stays blind"
    till.view("report").print_requested.emit()
    assert till.told[-1] == "report.printing"
    assert till.printer.printed[-1].kind is JobKind.X_REPORT
    till.view("report").back_requested.emit()
    assert till.screen == "more"


def test_a_report_that_is_gone_says_so(till):
    till.sit_down(SUPERVISOR)
    till.desk.go("report", ReportRequest(JobKind.X_REPORT, 999))
    assert till.state("report").phase is Phase.FAILED
    assert till.state("report").notice.code == "print.record_missing"


# The shift's end


@pytest.mark.parametrize(("pieces", "difference"), [(502, 200), (500, 0), (499, -100)])
def test_over_and_short_after_a_blind_count(till, pieces, difference):
    till.sit_down()
    _choose(till, MoreItem.CLOSE_SHIFT)
    state = till.state("shift_close")
    assert (state.number, state.cashier, state.since, state.result) == (1, "小赵", "12:00", None)
    _close(till, ((100, pieces),))
    result = till.state("shift_close").result
    assert result.difference == Money(difference)
    assert (result.expected, result.opening_float, result.cash_sales) == (Money(50_000), Money(50_000), Money(0))
    assert till.desk.shift is None
    assert _drawer(till) == 0
    assert till.printer.printed[-1].kind is JobKind.SHIFT_REPORT


def test_a_count_is_read_back_once_and_says_nothing_of_what_should_be_there(till):
    till.sit_down()
    _choose(till, MoreItem.CLOSE_SHIFT)
    view = till.view("shift_close")
    view.close_requested.emit(((100, 400),))
    state = till.state("shift_close")
    assert (state.notice.code, state.notice.details) == ("shift.count_again", {"amount": Money(40_000)})
    assert (state.result, state.busy) == (None, False)
    assert till.desk.shift is not None
    view.count_changed.emit()
    assert till.state("shift_close").notice is None
    view.close_requested.emit(((100, 500),))
    assert till.state("shift_close").notice.details == {"amount": Money(50_000)}
    assert till.desk.shift is not None
    view.close_requested.emit(((100, 500),))
    assert till.state("shift_close").result.counted == Money(50_000)
    assert till.state("shift_close").notice is None


def test_the_same_count_after_a_change_and_back_is_asked_about_again(till):
    till.sit_down()
    _choose(till, MoreItem.CLOSE_SHIFT)
    view = till.view("shift_close")
    view._count._boxes[0].setText("5")
    view._close.click()
    view._count._boxes[0].setText("4")
    view._count._boxes[0].setText("5")
    view._close.click()
    assert till.state("shift_close").result is None
    view._close.click()
    assert till.state("shift_close").result is not None


def test_a_question_left_open_is_forgotten(till):
    till.sit_down()
    _choose(till, MoreItem.CLOSE_SHIFT)
    view = till.view("shift_close")
    view.close_requested.emit(((100, 500),))
    view.back_requested.emit()
    _choose(till, MoreItem.CLOSE_SHIFT)
    assert till.state("shift_close").notice is None
    view.close_requested.emit(((100, 500),))
    assert till.state("shift_close").result is None


def test_the_report_of_the_shift_and_back_to_the_result(till):
    till.sit_down()
    till.real.sell(product(1, 150))
    _choose(till, MoreItem.CLOSE_SHIFT)
    _close(till, ((100, 501), (50, 1)))
    assert till.state("shift_close").result.cash_sales == Money(150)
    till.view("shift_close").report_requested.emit()
    assert till.screen == "report"
    assert till.state("report").kind is ReportKind.SHIFT
    lines = _lines(till)
    assert (lines[LineCode.EXPECTED], lines[LineCode.COUNTED], lines[LineCode.OVER_SHORT]) == (
        Money(50_150),
        Money(50_150),
        Money(0),
    )
    till.view("report").back_requested.emit()
    assert till.screen == "shift_close"
    assert till.state("shift_close").result is not None
    till.view("shift_close").done_requested.emit()
    assert till.screen == "login"
    assert till.state("shift_close").result is None


def test_held_sales_keep_the_shift_open(till):
    till.sit_down()
    till.real.app.selling.hold(CASHIER, basket(product(1)), "")
    _choose(till, MoreItem.CLOSE_SHIFT)
    notice = till.state("shift_close").notice
    assert (notice.code, notice.tone, notice.details["count"]) == ("shift.held_sales", Tone.WARNING, 1)
    _close(till, ((100, 500),))
    assert till.state("shift_close").notice.code == "shift.held_sales"
    assert till.state("shift_close").result is None
    assert till.desk.shift is not None


def test_an_open_sale_keeps_the_shift_open(till):
    till.sit_down()
    till.view("selling").input_requested.emit(ean13(1))
    _choose(till, MoreItem.CLOSE_SHIFT)
    assert till.state("shift_close").notice.code == "shift.open_sale"
    _close(till, ((100, 500),))
    assert till.state("shift_close").notice.code == "shift.open_sale"
    assert till.real.app.selling.draft() is not None
    till.view("shift_close").back_requested.emit()
    assert till.screen == "more"


def test_a_count_that_cannot_be_is_refused(till):
    till.sit_down()
    _choose(till, MoreItem.CLOSE_SHIFT)
    _close(till, ((100, 1_000_000),))
    assert till.state("shift_close").notice.code == "count.wrong"


def test_somebody_elses_shift_is_closed_with_the_managers_pin(till):
    shift = till.sit_down()
    # The supervisor stands in: on this till only the cashier and the manager get to the counter.
    till.desk.set_operator(SUPERVISOR)
    till.desk.set_shift(shift)
    _choose(till, MoreItem.CLOSE_SHIFT)
    _close(till, ((100, 500),))
    assert till.screen == "approval"
    till.approve(MANAGER)
    assert till.state("shift_close").result.difference == Money(0)


def test_no_shift_to_close_says_so(till):
    till.log_in(CASHIER)
    till.desk.go("shift_close")
    assert till.state("shift_close").notice.code == "shift.none"


def test_a_full_disk_at_the_close_leaves_the_shift_open(till, monkeypatch):
    till.sit_down()
    _choose(till, MoreItem.CLOSE_SHIFT)

    def full(*_arguments: object) -> None:
        raise KnownError("ledger.not_saved", reason="disk_full")

    with monkeypatch.context() as patch:
        patch.setattr("pos_app.application.shifts.ShiftService.close", full)
        _close(till, ((100, 500),))
    state = till.state("shift_close")
    assert (state.notice.code, state.busy, state.result) == ("ledger.not_saved", False, None)
    _close(till, ((100, 500),))
    assert till.state("shift_close").result is not None
