"""The badge, the sheet about head office, and joining one: nothing of it moves what a cashier does."""

from uuid import UUID

import pytest
from pos_testkit.builders import ean13
from pos_testkit.desk import CASHIER, MANAGER, counter
from pos_testkit.head_office import FakeHeadOffice
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pos_app.application.enrolling import Joined
from pos_app.application.head_office import Line, Notice, SetAsideRecord
from pos_app.errors import KnownError
from pos_app.ui import messages
from pos_app.ui.screens.end_of_day.state import Page
from pos_app.ui.screens.join.state import JoinAsked, JoinPhase
from pos_app.ui.screens.more.state import MoreItem
from pos_app.ui.state import Phase
from pos_app.ui.widgets.status_bar import Badge

pytestmark = pytest.mark.gui
CODE = "K7QM-2XWD-94TP"


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        yield one


@pytest.fixture
def office(till):
    made = FakeHeadOffice()
    till.desk.use_head_office(made)
    return made


def _badge(till) -> Badge:
    return till.shell._header._sync


def _words(till) -> str:
    return _badge(till).accessibleName()


def _line(till, office, line, **changes):
    till.desk.note_sync(office.become(line, **changes))


def test_a_till_alone_says_nothing_of_head_office(till):
    till.sit_down()
    till.desk.refresh_header()
    assert _words(till) == ""
    assert _badge(till).isHidden()


@pytest.mark.parametrize(
    ("line", "changes", "words"),
    [
        (Line.OFFLINE, {}, "Offline: selling goes on"),
        (Line.OFFLINE, {"waiting": 1_203}, "Offline: selling goes on · 1,203 to send"),
        (Line.CATCHING_UP, {"waiting": 30, "to_send": 120}, "Catching up with head office 75%"),
        (Line.CATCHING_UP, {"snapshot_done": 1, "snapshot_rows": 3}, "Members are coming in 33%"),
        (Line.CURRENT, {}, "In step with head office"),
        (Line.ATTENTION, {}, "Head office: for the manager"),
    ],
)
def test_the_badge_says_how_the_line_stands(till, office, line, changes, words):
    _line(till, office, line, **changes)
    assert _words(till) == words


def test_the_badge_is_there_from_the_first_picture(till, office):
    office.become(Line.OFFLINE, waiting=2)
    till.desk.refresh_header()
    assert _words(till) == "Offline: selling goes on · 2 to send", "nobody has to wait for news of the line"


def test_the_line_changes_nothing_at_the_counter(till, office):
    till.sit_down()
    till.view("selling").input_requested.emit(ean13(1))
    before = till.state("selling")
    for line in (Line.OFFLINE, Line.CATCHING_UP, Line.ATTENTION, Line.CURRENT):
        _line(till, office, line, waiting=3)
    assert till.screen == "selling"
    assert till.state("selling") == before
    assert till.told == ["shift.opened"]


def test_touching_the_badge_opens_the_sheet_and_asks_now(till, office):
    till.sit_down()
    _line(till, office, Line.OFFLINE, waiting=2)
    till.shell.show()
    QTest.mouseClick(_badge(till), Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert till.screen == "head_office"
    sheet = till.view("head_office")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert till.services.synced == 1
    _line(till, office, Line.CURRENT, waiting=0)
    assert till.state("head_office").line == "current", "it follows the line while it is open"
    sheet.back_requested.emit()
    assert till.screen == "selling"


def test_only_a_manager_sees_what_waits_for_one(till, office):
    aside = (
        SetAsideRecord(7, "sale.refunded", "quarantined", "refund.twice", {"sale_receipt_no": "0001-9"}, "0001-7"),
        SetAsideRecord(8, "sale.refunded", "held", "record.held"),
        SetAsideRecord(9, "sale.completed", "dismissed", "lot.unknown", {"why": "paid by the shop"}),
    )
    notice = Notice(UUID(int=1), "spend.overdrawn", {"asset": "points", "amount": "1200"})
    _line(till, office, Line.ATTENTION, set_aside=aside, notices=(notice,))
    assert _words(till) == "For the manager: 2", "what settles by itself is nobody's work"
    till.sit_down(CASHIER)
    till.desk.go("more")
    assert till.state("more").concerns == 2
    till.view("more").item_requested.emit(MoreItem.HEAD_OFFICE)
    assert till.state("head_office").concerns == ()
    till.desk.close()
    till.desk.set_operator(MANAGER)
    till.desk.open("head_office")
    concerns = till.state("head_office").concerns
    assert [one.code for one in concerns] == ["spend.overdrawn", "refund.twice", "record.dismissed", "record.held"]
    told = [messages.concern(one.code, one.details) for one in concerns]
    assert "1,200 points" in told[0][1]
    assert "0001-9" in told[1][0]
    assert "paid by the shop" in told[2][0]
    till.view("head_office").days_requested.emit()
    assert till.screen == "end_of_day"
    assert till.state("end_of_day").page is Page.DAYS


def test_a_code_without_words_is_named(till, office):
    what, todo = messages.concern("record.e99", {})
    assert "record.e99" in what
    assert "record.e99" in todo


def test_a_till_that_has_just_joined_waits_for_its_staff(till, office, monkeypatch):
    staff = till.real.app.session.staff()
    here: list = []
    monkeypatch.setattr("pos_app.application.session.SessionService.staff", lambda _self: tuple(here))
    till.desk.go("login")
    state = till.state("login")
    assert (state.phase, state.coming, state.staff) == (Phase.EMPTY, True, ())
    here += staff
    _line(till, office, Line.CATCHING_UP, snapshot_done=1, snapshot_rows=9)
    assert till.state("login").phase is Phase.READY
    assert len(till.state("login").staff) == len(staff)


# Joining


def _join(till, operator=MANAGER) -> FakeHeadOffice:
    till.services.office = FakeHeadOffice()
    till.sit_down(operator)
    till.desk.go("more")
    till.view("more").item_requested.emit(MoreItem.HEAD_OFFICE)
    assert till.state("head_office").can_join
    till.view("head_office").join_requested.emit()
    return till.services.office


def test_a_till_that_worked_alone_is_told_what_becomes_of_its_books(till):
    office = _join(till)
    state = till.state("join")
    assert state.worked_alone
    assert state.records > 0
    till.view("join").join_requested.emit(JoinAsked("office.example.com", CODE))
    assert office.codes == [("office.example.com", CODE)]
    state = till.state("join")
    assert (state.phase, state.store, state.till_number, state.code) == (JoinPhase.JOINED, "惠民生活超市", 3, "")
    assert till.services.joined == 1
    till.view("join").done_requested.emit()
    assert till.screen == "head_office"


def test_a_cashier_needs_a_manager_to_join(till):
    office = _join(till, CASHIER)
    assert till.screen == "approval"
    till.approve(MANAGER)
    assert till.screen == "join"
    assert office.codes == []


@pytest.mark.parametrize(
    ("address", "code", "says", "bad"),
    [
        ("no address!", CODE, "sync.address", "address"),
        ("office.example.com:8443", "K7QM-2XW", "sync.code_short", "code"),
    ],
)
def test_what_cannot_be_right_is_said_before_anybody_is_asked(till, address, code, says, bad):
    office = _join(till)
    till.view("join").join_requested.emit(JoinAsked(address, code))
    state = till.state("join")
    assert (state.phase, state.notice.code, state.bad_field) == (JoinPhase.ASKING, says, bad)
    assert office.codes == []


@pytest.mark.parametrize(
    ("code", "bad"),
    [("sync.code", "code"), ("sync.not_vouched", "address"), ("sync.clock", "")],
)
def test_what_head_office_refuses_is_said_where_it_is_mended(till, code, bad):
    office = _join(till)
    office.failure = KnownError(code)
    till.view("join").join_requested.emit(JoinAsked("10.0.0.7:8443", CODE))
    state = till.state("join")
    assert (state.phase, state.notice.code, state.bad_field) == (JoinPhase.ASKING, code, bad)
    assert (state.address, state.code) == ("10.0.0.7:8443", CODE), "nothing has to be typed again"


def test_an_address_that_does_not_answer_is_not_said_to_be_tried_again(till):
    office = _join(till)
    office.failure = KnownError("sync.offline")
    till.view("join").join_requested.emit(JoinAsked("10.0.0.7:8443", CODE))
    state = till.state("join")
    assert (state.phase, state.notice.code, state.bad_field) == (JoinPhase.ASKING, "sync.join_offline", "address")
    assert "again" not in messages.words(state.notice)


def test_a_successor_says_what_comes_back_and_the_first_load_is_shown(till):
    office = _join(till)
    office.joined = Joined("文三路店", 2, records_back=48_213)
    till.view("join").join_requested.emit(JoinAsked("10.0.0.7", CODE))
    assert till.state("join").records_back == 48_213
    till.desk.use_head_office(office)
    _line(till, office, Line.CATCHING_UP, snapshot_done=10, snapshot_rows=40, seconds_left=9)
    assert till.state("join").first_load.percent == 25


def test_a_scanned_or_pasted_invitation_fills_both_boxes(till):
    _join(till)
    view = till.view("join")
    view.handle_scan("https://office.example.com:8443#k7qm2xwd94tp")
    assert (view._address.text(), view._code.text()) == ("https://office.example.com:8443", CODE)
    view._address.set_text("")
    view._code.box.setText("office.example.com K7QM 2XWD 94TP")
    assert (view._address.text(), view._code.text()) == ("office.example.com", CODE)


def test_a_code_is_written_in_capitals_and_groups_while_it_is_typed(till):
    _join(till)
    till.shell.show()
    box = till.view("join")._code.box
    QTest.keyClicks(box, "k7qm2xwd94tp")
    assert box.text() == CODE
    box.setCursorPosition(2)
    QTest.keyClick(box, Qt.Key.Key_Backspace)
    assert box.text() == "KQM2-XWD9-4TP"
    QTest.keyClicks(box, "o")
    assert box.text() == "K0QM-2XWD-94TP", "the letter o is a zero; typing goes on where it was"
