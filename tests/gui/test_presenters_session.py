"""Log-in, opening a shift, leaving, and training: where each person ends up, and what the books say of it."""

import pytest
from pos_testkit.builders import ean13
from pos_testkit.desk import CASHIER, MANAGER, SUPERVISOR, counter
from PySide6.QtCore import Qt

from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.money import Money
from pos_app.errors import KnownError
from pos_app.ui.state import Phase

pytestmark = pytest.mark.gui


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        yield one


def _count(till, kind: RecordKind) -> int:
    with till.real.ledger.read() as reader:
        return reader.count_of_kind(kind)


def test_the_staff_is_offered_by_number(till):
    state = till.state("login")
    assert [(choice.key, choice.role) for choice in state.staff] == [
        ("1001", "cashier"),
        ("1002", "supervisor"),
        ("1003", "manager"),
    ]
    assert state.selected == "1001"
    assert state.phase is Phase.READY
    assert state.shift_open_by == ""


def test_a_cashier_opens_a_shift_with_a_float_and_sells(till):
    till.log_in(CASHIER)
    assert till.screen == "open_shift"
    state = till.state("open_shift")
    assert (state.cashier, state.number, state.usual_float, state.last_closed) == ("小赵", 1, None, "")
    till.view("open_shift").open_requested.emit("500")
    assert till.screen == "selling"
    assert till.desk.shift.opening_float == Money(50_000)
    assert till.told == ["shift.opened"]
    assert _count(till, RecordKind.LOG_IN) == 1


@pytest.mark.parametrize(
    ("typed", "code"), [("", "money.unreadable"), ("-5", "money.negative"), ("abc", "money.unreadable")]
)
def test_a_float_that_is_none_is_refused_in_place(till, typed, code):
    till.log_in(CASHIER)
    till.view("open_shift").open_requested.emit(typed)
    assert till.screen == "open_shift"
    assert till.state("open_shift").notice.code == code
    assert not till.state("open_shift").busy


def test_the_next_shift_offers_the_float_of_the_last(till):
    till.real.open_shift(32_100)
    till.real.clock.advance(hours=5)
    till.real.app.shifts.close(MANAGER, ((100, 321),))
    till.log_in(CASHIER)
    state = till.state("open_shift")
    assert (state.number, state.usual_float) == (2, Money(32_100))
    assert state.last_closed == "2025-06-18 17:00"


def test_wrong_pin_five_times_locks(till):
    left = []
    for _ in range(4):
        till.log_in(CASHIER, "0000")
        left.append(till.state("login").notice.details["tries_left"])
    assert left == [4, 3, 2, 1]
    till.log_in(CASHIER, "0000")
    assert till.state("login").notice.code == "pin.locked"
    till.log_in(CASHIER)  # the right one, too late
    assert till.state("login").notice.code == "pin.locked"
    assert till.screen == "login"
    assert _count(till, RecordKind.LOG_IN_FAILED) == 5
    till.real.clock.advance(minutes=6)
    till.log_in(CASHIER)
    assert till.screen == "open_shift"


def test_a_lock_is_one_persons(till):
    for _ in range(5):
        till.log_in(CASHIER, "0000")
    till.log_in(SUPERVISOR)
    assert till.screen == "open_shift"


def test_choosing_another_name_clears_the_complaint(till):
    till.log_in(CASHIER, "0000")
    till.view("login").staff_requested.emit("1002")
    assert till.state("login").notice is None
    assert till.state("login").selected == "1002"


def test_ones_own_shift_goes_on(till):
    till.real.app.shifts.open(CASHIER, Money(50_000))
    till.desk.go("login")
    state = till.state("login")
    assert (state.shift_open_by, state.shift_open_since) == ("小赵", "12:00")
    till.log_in(CASHIER)
    assert till.screen == "selling"
    assert till.desk.shift.cashier == CASHIER.staff_id


def test_somebody_elses_shift_is_theirs(till):
    till.real.app.shifts.open(CASHIER, Money(50_000))
    till.log_in(SUPERVISOR)
    assert till.screen == "login"
    assert till.desk.operator is None
    notice = till.state("login").notice
    assert (notice.code, notice.details["name"]) == ("shift.others", "小赵")
    assert till.state("login").staff[0].name == "小赵", "whoever has the shift is expected first"
    assert _count(till, RecordKind.LOG_OUT) == 1


def test_the_manager_may_go_on_in_anybodys_shift(till):
    till.real.app.shifts.open(CASHIER, Money(50_000))
    till.log_in(MANAGER)
    assert till.screen == "selling"


def test_a_shift_of_yesterday_says_so(till):
    till.real.app.shifts.open(CASHIER, Money(50_000))
    till.real.clock.advance(days=1)
    till.desk.go("login")
    assert till.state("login").shift_open_since == "2025-06-18 12:00"


def test_logging_out_keeps_the_open_sale(till):
    till.sit_down()
    till.view("selling").input_requested.emit(ean13(1))
    assert len(till.state("selling").lines) == 1
    till.view("more")
    till.desk.go("more")
    till.presenter("more")._flow.log_out()
    assert till.screen == "login"
    assert till.desk.operator is None
    assert till.real.app.selling.draft() is not None
    till.log_in(CASHIER)
    assert len(till.state("selling").lines) == 1


def test_leaving_the_float_logs_out(till):
    till.log_in(CASHIER)
    till.view("open_shift").back_requested.emit()
    assert till.screen == "login"
    assert _count(till, RecordKind.LOG_OUT) == 1


def test_staff_that_cannot_be_read_is_said_and_tried_again(till, monkeypatch):
    def fail():
        raise KnownError("ledger.not_read", reason="io_error")

    with monkeypatch.context() as patch:
        patch.setattr("pos_app.application.shifts.ShiftService.current", lambda self: fail())
        till.desk.go("login")
        assert till.state("login").phase is Phase.FAILED
    till.view("login").retry_requested.emit()
    assert till.state("login").phase is Phase.READY


def test_language_and_theme_are_kept(till):
    till.view("login").theme_requested.emit()
    assert till.services.saved[-1].theme == "dark"
    till.view("login").theme_requested.emit()
    assert till.services.saved[-1].theme == "light"


def test_training_touches_no_books(till):
    till.sit_down()
    before = till.desk.shift
    till.desk.go("more")
    flow = till.presenter("more")._flow
    flow.switch_training()
    assert till.desk.is_training
    assert till.screen == "selling"
    assert till.desk.shift.opening_float == Money(50_000)
    assert till.shell._band.isVisibleTo(till.shell)
    with till.real.ledger.read() as reader:
        head = reader.head()
    till.view("selling").input_requested.emit(ean13(1))
    with till.real.ledger.read() as reader:
        assert reader.head() == head
        assert reader.draft() is None
    flow.switch_training()
    assert not till.desk.is_training
    assert till.desk.shift == before
    assert till.screen == "selling"
    assert till.state("selling").lines == ()
    assert till.told[-1] == "training.off"
    assert _count(till, RecordKind.TRAINING) == 2


def test_training_can_be_asked_for_before_the_pin(till):
    till.view("login").training_requested.emit()
    assert till.state("login").notice.code == "training.next"
    till.log_in(CASHIER)
    assert till.desk.is_training
    till.presenter("login")._flow.log_out()
    assert not till.desk.is_training
    assert till.screen == "login"
    till.log_in(CASHIER)
    assert not till.desk.is_training, "training is asked for each time"
    assert till.screen == "open_shift"


def test_training_that_cannot_begin_leaves_everything_as_it_was(till):
    till.sit_down()
    till.services.failure = KnownError("ledger.not_saved", reason="disk_full")
    till.desk.go("more")
    till.presenter("more")._flow.start_training()
    assert not till.desk.is_training
    assert till.told[-1] == "ledger.not_saved"


def test_a_badge_chooses_the_name_and_a_stranger_s_does_not(till):
    till.view("login").handle_scan(" 1003 ")
    assert till.state("login").selected == "1003"
    till.view("login").handle_scan("6902300007076")
    assert till.state("login").selected == "1003"
    assert till.state("login").notice.code == "staff.unknown"


def test_arrows_choose_the_name_while_the_pad_has_the_focus(till, qtbot):
    login = till.view("login")
    till.shell.show()
    qtbot.keyClick(login._pad, Qt.Key.Key_Down)
    assert till.state("login").selected == "1002"
    qtbot.keyClick(login._pad, Qt.Key.Key_Up)
    assert till.state("login").selected == "1001"
    qtbot.keyClicks(login._pad, "1111")
    qtbot.keyClick(login._pad, Qt.Key.Key_Return)
    assert till.screen == "open_shift"
