"""Days are compared behind the counter: when head office has all of one, and not for every sale after it."""

import datetime as dt

import msgspec
import pytest
from PySide6.QtCore import QObject

from pos_app.application.end_of_day import ClosedDay, DayState, KeptDay, state_of
from pos_app.application.head_office import DayComparison, Line, SetAsideRecord, SyncStatus
from pos_app.domain.ledger.run_figures import RunFigures
from pos_app.errors import KnownError
from pos_app.runtime.comparing import DayComparer
from pos_app.runtime.lanes import Lanes, Operations

pytestmark = pytest.mark.gui
ASIDE = SetAsideRecord(5, "sale.completed", "quarantined", "lot.unknown")


class Days:
    """The use case, with days in a dictionary."""

    def __init__(self, *seqs: int) -> None:
        self.open = dict.fromkeys(seqs, DayState.WAITING)
        self.asked: list[int] = []
        self.looked = 0
        self.decided = True
        self.failure: KnownError | None = None
        self.aside: tuple[SetAsideRecord, ...] = ()

    def undecided(self) -> tuple[int, ...]:
        self.looked += 1
        return tuple(seq for seq, state in self.open.items() if state is not DayState.AGREED)

    def ask(self, seq: int) -> DayComparison:
        self.asked.append(seq)
        if self.failure is not None:
            raise self.failure
        return DayComparison(1, seq, RunFigures(), b"h", RunFigures(), b"h", None, self.aside, self.decided)

    def keep(self, seq: int, said: DayComparison, waiting: int) -> ClosedDay:
        self.open[seq] = state_of(said)
        return ClosedDay(seq, 1, dt.date(2026, 11, 22), KeptDay(said, 1, waiting))


@pytest.fixture
def make(qtbot):
    owner = QObject()

    def comparer(days: Days) -> DayComparer:
        return DayComparer(Operations(Lanes(inline=True), owner), lambda: days, owner)  # type: ignore[arg-type, return-value]

    yield comparer
    owner.deleteLater()


def _status(acknowledged: int, applied: int = 0, line: Line = Line.CURRENT, **more: object) -> SyncStatus:
    return msgspec.structs.replace(SyncStatus(line, acknowledged=acknowledged, applied=applied), **more)


def test_a_day_is_asked_about_when_head_office_has_all_of_it(make):
    days = Days(10, 20)
    comparer = make(days)
    heard: list[int] = []
    comparer.compared.connect(lambda day: heard.append(day.seq))
    comparer.look(_status(9))
    assert days.asked == []
    comparer.look(_status(15, 15))
    assert days.asked == heard == [10]
    comparer.look(_status(20, 20))
    assert days.asked == heard == [10, 20]


def test_without_a_line_nobody_is_asked(make):
    days = Days(10)
    comparer = make(days)
    comparer.look(_status(10, line=Line.OFFLINE))
    comparer.look(_status(10, line=Line.ALONE))
    assert (days.asked, days.looked) == ([], 0)


def test_sales_of_the_next_day_ask_nothing_about_the_last(make):
    days = Days(10)
    days.aside = (ASIDE,)
    comparer = make(days)
    for seq in range(10, 60):
        comparer.look(_status(seq, seq, set_aside=(ASIDE,)))
    assert days.asked == [10]
    assert days.looked <= 3, "the books are not searched for every sale"
    days.aside = ()
    comparer.look(_status(60, 60))
    assert days.asked == [10, 10], "what was set aside is booked now"
    assert days.open[10] is DayState.AGREED


def test_what_is_booked_later_is_asked_about_then(make):
    days = Days(10)
    days.decided = False
    comparer = make(days)
    comparer.look(_status(10, 4))
    days.decided = True
    comparer.look(_status(10, 10))
    assert days.asked == [10, 10]


def test_a_question_that_failed_is_asked_again(make):
    days = Days(10, 11)
    days.failure = KnownError("sync.offline")
    comparer = make(days)
    failed: list[tuple[int, KnownError]] = []
    comparer.failed.connect(failed.append)
    comparer.look(_status(11, 11))
    assert [seq for seq, _error in failed] == [10], "the rest of the queue would fail alike"
    days.failure = None
    comparer.look(_status(11, 11))
    assert days.asked == [10, 10, 11]


def test_a_day_that_was_closed_meanwhile_is_found(make):
    days = Days(10)
    comparer = make(days)
    comparer.look(_status(10, 10))
    days.open[20] = DayState.WAITING
    comparer.begun()
    comparer.look(_status(20, 20))
    assert days.asked == [10, 20]
