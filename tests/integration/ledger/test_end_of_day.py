"""Days and their comparison with head office, over real books: what is remembered, asked again, and told once."""

import msgspec
import pytest
from pos_testkit.builders import product
from pos_testkit.desk import MANAGER
from pos_testkit.head_office import FakeHeadOffice
from pos_testkit.till import real_till

from pos_app.application.end_of_day import DayState, EndOfDayService
from pos_app.application.head_office import Line, SetAsideRecord
from pos_app.application.ports import JobKind, PrintJob
from pos_app.domain.ids import JobId
from pos_app.domain.ledger.run_figures import RunFigures
from pos_app.domain.money import Money
from pos_app.errors import KnownError


@pytest.fixture
def till(tmp_path):
    with real_till(tmp_path / "till") as one:
        yield one


def _close_day(till, *fen: int) -> int:
    """Sell so much, count right, make the Z report; its record."""
    shifts = till.app.shifts
    shifts.open(MANAGER, Money(0))
    for place, price in enumerate(fen, start=1):
        till.sell(product(place, price))
    shifts.close(MANAGER, ((1, sum(fen)),) if fen else ())
    return shifts.close_day(MANAGER, None, prints=False).seq


def _office(service_of) -> FakeHeadOffice:
    """A head office that has what the till has."""
    office = FakeHeadOffice()

    def same(said):
        _day, own = service_of().look_at(said.last_seq)
        return msgspec.structs.replace(said, there=own.here, there_hash=own.here_hash, is_decided=True)

    office.answer = same
    office.become(Line.CURRENT)
    return office


@pytest.fixture
def service(till):
    made: list[EndOfDayService] = []
    office = _office(lambda: made[0])
    made.append(EndOfDayService(till.context, office))
    made[0].office = office  # type: ignore[attr-defined]  # for the test
    return made[0]


def test_a_day_has_its_own_figures_and_no_more(till, service):
    first = _close_day(till, 100, 250)
    second = _close_day(till, 330)
    _day, figures = service.look_at(second)
    assert (figures.first_seq, figures.last_seq) == (first + 1, second)
    assert (figures.here.sales, figures.here.gross, figures.here.tenders) == (1, 330, {"cash": 330})
    assert [day.seq for day in service.days()] == [second, first]


def test_no_day_is_compared_before_it_was_begun(till, service):
    seq = _close_day(till, 100)
    assert service.day(seq).state is DayState.ALONE
    assert service.undecided() == ()
    begun = service.begin(seq, 7)
    assert (begun.state, begun.kept.waiting) == (DayState.WAITING, 7)
    assert service.begin(seq, 99) == begun, "begun once"
    assert service.undecided() == (seq,)


def test_what_head_office_said_survives_the_program(till, service):
    seq = _close_day(till, 100)
    service.begin(seq, 3)
    service.keep(seq, service.ask(seq), 0)
    again = EndOfDayService(till.context, FakeHeadOffice())
    day = again.day(seq)
    assert day.state is DayState.AGREED
    assert day.kept.comparison.there == day.kept.comparison.here
    assert again.undecided() == ()


def test_the_tills_side_is_its_own_journal_whatever_head_office_says(till, service):
    seq = _close_day(till, 100)
    lie = RunFigures(sales=9, gross=9)
    service.office.answer = lambda said: msgspec.structs.replace(
        said, here=lie, here_hash=b"x", there=lie, there_hash=b"x", is_decided=True
    )
    said = service.ask(seq)
    assert (said.here.sales, said.here.gross) == (1, 100)
    assert not said.agrees
    assert service.keep(seq, said, 0).state is DayState.DIFFERS
    assert service.undecided() == (seq,), "it is asked again"


def test_a_manager_is_told_once_and_again_when_it_came_out_otherwise(till, service):
    seq = _close_day(till, 100)
    service.begin(seq, 0)
    assert service.untold() == (), "nothing has come out yet"
    said = service.ask(seq)
    aside = msgspec.structs.replace(
        said, set_aside=(SetAsideRecord(2, "sale.completed", "quarantined", "lot.unknown"),)
    )
    service.keep(seq, aside, 0)
    assert [day.state for day in service.untold()] == [DayState.SET_ASIDE]
    service.mark_told((seq,))
    service.keep(seq, aside, 0)
    assert service.untold() == ()
    service.keep(seq, said, 0)
    assert [day.state for day in service.untold()] == [DayState.AGREED]


def test_what_is_booked_later_is_not_yet_agreed(till, service):
    seq = _close_day(till, 100)
    said = msgspec.structs.replace(service.ask(seq), is_decided=False)
    assert service.keep(seq, said, 0).state is DayState.WAITING


def test_the_sheet_says_what_is_remembered(till, service):
    seq = _close_day(till, 100)
    job = PrintJob(JobId(till.context.ids.new()), JobKind.Z_REPORT, seq)
    assert till.app.contents.content(job).day is None, "alone, the sheet says nothing of head office"
    service.begin(seq, 4)
    assert till.app.contents.content(job).day.waiting == 4


def test_only_a_z_report_is_a_day(till, service):
    seq = _close_day(till, 100)
    for wrong in (seq - 1, seq + 1_000):
        with pytest.raises(KnownError) as caught:
            service.ask(wrong)
        assert caught.value.code == "day.unknown"
