"""Ending the day: the drawer, the Z report, head office beside this till, and days that are made up for later."""

import msgspec
import pytest
from pos_testkit.builders import ean13, product
from pos_testkit.desk import CASHIER, MANAGER, counter
from pos_testkit.head_office import FakeHeadOffice
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pos_app.application.end_of_day import DayState
from pos_app.application.head_office import Line, SetAsideRecord
from pos_app.application.ports import JobKind
from pos_app.domain.ledger.run_figures import RunFigures
from pos_app.domain.money import Money
from pos_app.errors import KnownError
from pos_app.ui.requests import EndOfDayRequest, ReportRequest
from pos_app.ui.screens.end_of_day.state import FigureCode, Mark, Page, Verdict
from pos_app.ui.screens.more.state import MoreItem
from pos_app.ui.screens.report.state import LineCode, SectionCode

pytestmark = pytest.mark.gui
ALL_DONE = (Mark.DONE, Mark.DONE, Mark.DONE, Mark.DONE)
LATER = (Mark.DONE, Mark.DONE, Mark.LATER, Mark.LATER)


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        yield one


@pytest.fixture
def office(till):
    """A head office that is in step with the till and has in its books what the till has."""
    made = FakeHeadOffice()
    service = till.desk.day_news.service

    def same(said):
        own = service()._own(said.last_seq)
        return msgspec.structs.replace(
            said, there=own.here, there_hash=own.here_hash, applied=own.here, is_decided=True
        )

    made.answer = same
    made.become(Line.CURRENT, acknowledged=10_000)
    till.desk.use_head_office(made)
    return made


def _begin(till, operator=MANAGER):
    till.sit_down(operator)
    till.real.sell(product(1, 150))
    till.desk.go("more")
    till.view("more").item_requested.emit(MoreItem.END_DAY)
    return till.view("end_of_day")


def _count(till, count=((100, 501), (50, 1))):
    """F9 twice: the count is read back before it is final."""
    for _ in range(2):
        till.view("end_of_day").close_requested.emit(count)


def _end(till):
    view = _begin(till)
    view.begin_requested.emit()
    _count(till)
    return view


def _state(till):
    return till.state("end_of_day")


def _printed(till):
    return [content.kind for content in till.printer.printed]


def _line(till, office, line, **changes):
    till.desk.note_sync(office.become(line, **changes))


# A till that works by itself


def test_one_key_leads_through_the_count_to_the_closed_day(till):
    view = _begin(till)
    assert (_state(till).shift_number, _state(till).cashier, _state(till).joined) == (1, "孙经理", False)
    view.begin_requested.emit()
    assert _state(till).page is Page.COUNT
    view.close_requested.emit(((100, 501),))
    assert _state(till).notice.code == "shift.count_again", "a count is read back before it is final"
    view.count_changed.emit()
    assert _state(till).notice is None
    _count(till, ((100, 501),))
    state = _state(till)
    assert (state.page, state.verdict, state.z_number) == (Page.RESULT, Verdict.ALONE, 1)
    assert state.over_short == Money(-50)
    assert state.marks[:2] == (Mark.DONE, Mark.DONE)
    assert {row.code: row.here for row in state.rows}[FigureCode.GROSS] == Money(150)
    assert all(row.there is None for row in state.rows if row.code is not FigureCode.RECORDS)
    assert _printed(till)[-1] is JobKind.Z_REPORT
    till.view("end_of_day").done_requested.emit()
    assert till.screen == "login"


def test_a_cashier_counts_and_somebody_else_closes_the_day(till):
    view = _begin(till, CASHIER)
    view.begin_requested.emit()
    _count(till)
    assert till.screen == "approval"
    assert till.desk.shift is None, "the shift is closed already"
    till.approve(MANAGER)
    assert (_state(till).page, _state(till).z_number) == (Page.RESULT, 1)


def test_a_day_given_up_at_the_pin_goes_on_from_there(till):
    view = _begin(till, CASHIER)
    view.begin_requested.emit()
    _count(till)
    till.view("approval").back_requested.emit()
    assert _state(till).page is Page.BEGIN
    assert _state(till).z_number is None
    view.begin_requested.emit()
    till.approve(MANAGER)
    assert _state(till).z_number == 1


def test_after_closing_a_shift_the_day_goes_on_by_one_key(till):
    till.sit_down(MANAGER)
    till.desk.go("more")
    till.view("more").item_requested.emit(MoreItem.CLOSE_SHIFT)
    for _ in range(2):
        till.view("shift_close").close_requested.emit(((100, 500),))
    till.view("shift_close").day_requested.emit()
    assert till.screen == "end_of_day"
    assert (_state(till).page, _state(till).z_number) == (Page.RESULT, 1)


def test_an_open_sale_keeps_the_day_open(till):
    till.sit_down(MANAGER)
    till.view("selling").input_requested.emit(ean13(1))
    till.desk.go("end_of_day", EndOfDayRequest())
    assert _state(till).notice.code == "shift.open_sale"
    till.view("end_of_day").begin_requested.emit()
    _count(till, ((100, 500),))
    assert (_state(till).page, _state(till).notice.code) == (Page.COUNT, "shift.open_sale")
    till.view("end_of_day").back_requested.emit()
    assert _state(till).page is Page.BEGIN
    till.view("end_of_day").back_requested.emit()
    assert till.screen == "more"


def test_a_full_disk_at_the_z_leaves_the_day_open(till, monkeypatch):
    view = _begin(till)
    view.begin_requested.emit()

    def full(*_arguments: object, **_more: object) -> None:
        raise KnownError("ledger.not_saved", reason="disk_full")

    with monkeypatch.context() as patch:
        patch.setattr("pos_app.application.shifts.ShiftService.close_day", full)
        _count(till)
    state = _state(till)
    assert (state.notice.code, state.busy, state.z_number, state.page) == ("ledger.not_saved", False, None, Page.BEGIN)
    view.begin_requested.emit()
    assert _state(till).z_number == 1


def test_the_report_leads_back_to_what_came_of_the_day(till):
    _end(till).report_requested.emit()
    assert till.screen == "report"
    till.view("report").back_requested.emit()
    assert till.screen == "end_of_day"
    assert _state(till).page is Page.RESULT


def test_keys_alone_end_the_day(till):
    view = _begin(till)
    till.shell.show()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert _state(till).page is Page.COUNT
    view._count.card._boxes[0].setText("5")
    view._count.card._boxes[-4].setText("1")
    QTest.keyClick(view, Qt.Key.Key_F9)
    QTest.keyClick(view, Qt.Key.Key_F9)
    assert _state(till).page is Page.RESULT
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert till.screen == "login"


# With a head office


def test_head_office_has_the_same_to_the_fen_and_the_point(till, office):
    _end(till)
    state = _state(till)
    assert (state.page, state.verdict, state.marks) == (Page.RESULT, Verdict.AGREED, ALL_DONE)
    assert all(row.is_equal for row in state.rows)
    assert till.services.synced == 1
    assert len(office.asked) == 1
    assert _printed(till).count(JobKind.Z_REPORT) == 1, "printed once, after head office has said"
    day = till.printer.printed[-1].day
    assert day is not None
    assert day.comparison.agrees


def test_what_is_not_sent_yet_is_waited_for_with_progress(till, office):
    _line(till, office, Line.CATCHING_UP, acknowledged=0, waiting=6, to_send=12, seconds_left=40)
    _end(till)
    state = _state(till)
    assert (state.page, state.progress.percent, state.progress.seconds_left) == (Page.WORKING, 50, 40)
    assert JobKind.Z_REPORT not in _printed(till)
    _line(till, office, Line.CATCHING_UP, waiting=3)
    assert _state(till).progress.percent == 75
    _line(till, office, Line.CATCHING_UP, acknowledged=10_000, waiting=0, behind=4)
    assert _state(till).page is Page.WORKING, "what head office changed is fetched, too"
    _line(till, office, Line.CURRENT, behind=0)
    assert _state(till).verdict is Verdict.AGREED
    assert _printed(till).count(JobKind.Z_REPORT) == 1


def test_nobody_has_to_wait_and_the_day_is_made_up_for(till, office):
    _line(till, office, Line.CATCHING_UP, acknowledged=0, waiting=6, to_send=12)
    _end(till).skip_requested.emit()
    state = _state(till)
    assert (state.page, state.verdict, state.marks) == (Page.RESULT, Verdict.WAITING, LATER)
    assert state.waiting > 0
    sheet = till.printer.printed[-1].day
    assert (sheet.comparison.there, sheet.waiting) == (None, state.waiting)
    till.view("end_of_day").done_requested.emit()
    # Nobody is logged in when the line is back: a manager hears it in the morning.
    _line(till, office, Line.CURRENT, acknowledged=10_000, waiting=0)
    assert len(office.asked) == 1
    assert "day.agreed" not in till.told
    till.desk.set_operator(CASHIER)
    assert "day.agreed" not in till.told, "that is nothing for a cashier"
    till.desk.set_operator(MANAGER)
    assert till.told[-1] == "day.agreed"
    till.desk.set_operator(None)
    till.desk.set_operator(MANAGER)
    assert till.told.count("day.agreed") == 1


def test_without_a_line_the_day_closes_after_a_moment(till, office):
    _line(till, office, Line.OFFLINE, acknowledged=0, waiting=9)
    office.failure = KnownError("sync.offline")
    _end(till)
    assert _state(till).page is Page.WORKING, "the line is given a moment to come back"
    till.presenter("end_of_day")._on_grace()
    assert (_state(till).page, _state(till).verdict) == (Page.RESULT, Verdict.WAITING)
    assert _printed(till)[-1] is JobKind.Z_REPORT
    # Still in front when the line is back: it is filled in where it stands.
    office.failure = None
    _line(till, office, Line.CURRENT, acknowledged=10_000, waiting=0)
    assert _state(till).verdict is Verdict.AGREED
    assert "day.agreed" not in till.told, "it is seen"


def test_other_figures_are_named(till, office):
    def other(said):
        figures = RunFigures(sales=1, gross=149, tenders={"cash": 149})
        return msgspec.structs.replace(said, there=figures, there_hash=b"other", is_decided=True)

    office.answer = other
    _end(till)
    state = _state(till)
    assert (state.verdict, state.marks[-1], state.can_retry) == (Verdict.DIFFERS, Mark.TROUBLE, True)
    unequal = {row.code for row in state.rows if row.is_equal is False}
    assert unequal == {FigureCode.GROSS, FigureCode.TENDER, FigureCode.HASH}


def test_what_is_set_aside_is_listed_with_what_to_do(till, office):
    same = office.answer

    def aside(said):
        records = (
            SetAsideRecord(said.last_seq - 1, "sale.refunded", "held", "record.held", receipt_no="0001-1"),
            SetAsideRecord(said.last_seq - 2, "sale.completed", "quarantined", "refund.twice", receipt_no="0001-2"),
        )
        return msgspec.structs.replace(same(said), set_aside=records)

    office.answer = aside
    view = _end(till)
    state = _state(till)
    assert state.verdict is Verdict.SET_ASIDE
    assert [one.code for one in state.concerns] == ["refund.twice", "record.held"]
    office.answer = same
    view.retry_requested.emit()
    assert _state(till).verdict is Verdict.AGREED


def test_a_day_is_remembered_and_listed(till, office):
    _end(till).done_requested.emit()
    till.desk.set_operator(MANAGER)
    till.desk.go("end_of_day", EndOfDayRequest(days=True))
    state = _state(till)
    assert [(row.z_number, row.verdict) for row in state.days] == [(1, Verdict.AGREED)]
    till.view("end_of_day").day_requested.emit(state.days[0].seq)
    assert (_state(till).page, _state(till).is_former) == (Page.RESULT, True)
    assert _printed(till).count(JobKind.Z_REPORT) == 1, "looking prints nothing"
    till.view("end_of_day").back_requested.emit()
    assert _state(till).page is Page.DAYS
    till.view("end_of_day").back_requested.emit()
    assert till.screen == "more"
    assert till.desk.day_news.service().days()[0].state is DayState.AGREED


def test_training_leaves_head_office_alone(till, office):
    till.sit_down(MANAGER)
    till.view("selling").more_requested.emit()
    till.view("more").item_requested.emit(MoreItem.TRAINING)
    till.desk.go("end_of_day", EndOfDayRequest())
    till.view("end_of_day").begin_requested.emit()
    _count(till, ((100, 500),))
    assert _state(till).verdict is Verdict.ALONE
    assert office.asked == []
    assert till.services.synced == 0


def test_what_head_office_dismissed_keeps_no_day_open(till, office):
    same = office.answer
    record = SetAsideRecord(7, "sale.refunded", "dismissed", "refund.other_sale", {"why": "paid by the shop"}, "0001-7")
    office.answer = lambda said: msgspec.structs.replace(same(said), set_aside=(record,))
    _end(till)
    state = _state(till)
    assert (state.verdict, state.marks, state.can_retry) == (Verdict.AGREED, ALL_DONE, False)
    assert [one.code for one in state.concerns] == ["record.dismissed"], "it is still named"
    assert till.desk.day_news.service().undecided() == ()


# The Z report on the screen


def _report(till):
    day = till.desk.day_news.service().days()[0]
    till.desk.go("report", ReportRequest(JobKind.Z_REPORT, day.seq))
    (block,) = [one for one in till.state("report").sections if one.code is SectionCode.HEAD_OFFICE]
    return [(line.code, line.detail, line.value) for line in block.lines]


def test_the_z_report_on_the_screen_says_of_head_office_what_the_paper_says(till, office):
    _end(till)
    lines = _report(till)
    assert lines[0] == (LineCode.VERDICT, "agreed", "")
    assert (LineCode.FIGURE, "gross", Money(150)) in lines
    assert LineCode.THERE not in [code for code, _, _ in lines], "nothing differs"
    here = next(value for code, detail, value in lines if (code, detail) == (LineCode.FIGURE, "hash"))
    assert (LineCode.HASH_THERE, "", here) in lines
    view = till.view("report")
    words = [one.text() for one in view.findChildren(QLabel)]
    assert "Equal to the fen and the point" in words


def test_the_z_report_on_the_screen_shows_both_where_they_differ(till, office):
    same = office.answer

    def other(said):
        said = same(said)
        return msgspec.structs.replace(said, there=msgspec.structs.replace(said.there, gross=149))

    office.answer = other
    _end(till)
    lines = _report(till)
    assert lines[0] == (LineCode.VERDICT, "differs", "")
    assert [value for code, _, value in lines if code is LineCode.THERE] == [Money(149)]
    assert (LineCode.FIGURE, "gross", Money(150)) in lines
    assert (LineCode.FIGURE, "refunds", 0) not in lines, "what is equal needs no look"


def test_the_z_report_of_a_day_that_waits_says_what_is_to_be_sent(till, office):
    _line(till, office, Line.CATCHING_UP, acknowledged=0, waiting=6, to_send=12)
    _end(till).skip_requested.emit()
    lines = _report(till)
    assert lines[0] == (LineCode.VERDICT, "waiting", "")
    assert (LineCode.TO_SEND, "", _state(till).waiting) in lines
    assert LineCode.HASH_THERE not in [code for code, _, _ in lines]


def test_the_z_report_of_a_till_alone_says_nothing_of_head_office(till):
    _end(till)
    day = till.desk.day_news.service().days()[0]
    till.desk.go("report", ReportRequest(JobKind.Z_REPORT, day.seq))
    assert SectionCode.HEAD_OFFICE not in [one.code for one in till.state("report").sections]
