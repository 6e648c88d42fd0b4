"""Real tills over real books ask a real head office: what a member has is spent once, wherever they stand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from pos_testkit import builders
from pos_testkit.fake_office import FakeOffice
from pos_testkit.office_till import Office
from pos_testkit.till import RealTill, open_test_till, some_members
from pos_testkit.told import feed_sink

from pos_app.application.head_office import Authorised, SpendQuestion, Verdict
from pos_app.application.selling import SaleDone
from pos_app.application.spending import Spending
from pos_app.errors import KnownError
from pos_app.infrastructure.ledger.till import TillIdentity
from sync.client.state import Cursor
from sync.head_office.authorising import answer_spend
from sync.head_office.database import Database
from sync.head_office.feed import read_page
from sync.protocol.errors import RefusedError
from sync.protocol.messages import SpendItem, SpendRequest

T = TypeVar("T")
MEMBER = some_members()[0]
_applying = threading.Lock()


@dataclass
class Line(FakeOffice):
    """A line to the office: the journal goes up before the question, as it does between them."""

    office: Office | None = None
    till: RealTill | None = None
    barrier: threading.Barrier | None = None
    granted: list[bool] = field(default_factory=list)

    def authorise(self, question: SpendQuestion, is_wanted: Callable[[], bool]) -> Authorised:
        assert self.office is not None
        assert self.till is not None
        self.office.push(self.till)
        if self.barrier is not None:
            self.barrier.wait(20)
        with _applying:
            self.office.apply()
        items = tuple(
            SpendItem(each.account_id, each.asset.value, each.lot_id, each.amount) for each in question.spends
        )
        request = SpendRequest(question.authorisation_id, items, question.journal_seq)
        nothing = Authorised(question.authorisation_id, Verdict.NO_ANSWER)
        try:
            with self.office.database.transaction() as connection:
                answer = answer_spend(connection, self.till.till.till_id, 1, request, self.office.now_ms)
        except RefusedError:
            return nothing
        if self.answers_lost:
            self.answers_lost -= 1
            return nothing
        self.granted.append(answer.granted)
        verdict = Verdict.GRANTED if answer.granted else Verdict.DECLINED
        return Authorised(question.authorisation_id, verdict, answer.available)


class Counter:
    """A till on a thread of its own, as its ledger wants it."""

    def __init__(self, folder: Path, number: int, office: Office) -> None:
        self.lane = ThreadPoolExecutor(1)
        self.line = Line(office=office)
        name = TillIdentity(f"till-000{number}", number)
        self.till = self.run(lambda: open_test_till(folder, till=name, office=self.line))
        self.line.till = self.till

    def run(self, work: Callable[[], T]) -> T:
        return self.lane.submit(work).result()

    def push(self) -> None:
        assert self.line.office is not None
        office = self.line.office
        self.run(lambda: office.push(self.till))
        office.apply()

    def pull(self) -> None:
        """Everything head office has."""
        assert self.line.office is not None
        office = self.line.office
        sink = feed_sink(self.till)
        (epoch,) = office.one("SELECT value FROM fact WHERE key = 'epoch'")
        cursor = self.run(sink.cursor) or Cursor(str(epoch), 0)
        with office.database.transaction() as connection:
            page = read_page(
                connection, cursor, till=self.till.till.till_id, incarnation=1, limit=500, now_ms=office.now_ms
            )
        self.run(lambda: sink.take_over(page))

    def points(self) -> int:
        def work() -> int:
            with self.till.ledger.read() as reader:
                context = self.till.context
                return context.account(reader, MEMBER.member_id, context.programme()).balance(context.today()).count

        return self.run(work)

    def spend(self, points: int) -> Future[SaleDone]:
        """A sale that points pay for in part."""
        goods = builders.product(4, 400_000)
        return self.lane.submit(lambda: self.till.sell(goods, member=MEMBER, points=points))

    def close(self) -> None:
        self.run(self.till.close)
        self.lane.shutdown()


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


@pytest.fixture
def counters(tmp_path: Path, office: Office) -> Iterator[tuple[Counter, Counter]]:
    """Two tills that know the same of a member with points."""
    one, two = (Counter(tmp_path / str(number), number, office) for number in (1, 2))
    one.run(lambda: one.till.sell(builders.product(3, 100_000), member=MEMBER))
    for each in (one, two):
        each.push()
    for each in (one, two):
        each.pull()
    assert one.points() == two.points() > 0
    yield one, two
    for each in (one, two):
        each.push()
    assert office.all("SELECT code FROM attention") == []
    assert office.aside() == []
    assert office.one("SELECT count(*) FROM hold") == (0,), "every grant is settled or released"
    for each in (one, two):
        each.pull()
    assert one.points() == two.points() >= 0
    one.close()
    two.close()


def test_two_tills_spend_all_of_it_at_once_and_one_sale_goes_through(
    office: Office, counters: tuple[Counter, Counter]
) -> None:
    everything = counters[0].points()
    barrier = threading.Barrier(2)
    for each in counters:
        each.line.barrier = barrier
    sales = [each.spend(everything) for each in counters]
    errors = [each.exception() for each in sales]
    assert sorted(error is None for error in errors) == [False, True]
    (error,) = (each for each in errors if each is not None)
    assert isinstance(error, KnownError)
    assert error.code == "spend.declined"
    (sale,) = (each.result().sale for each in sales if each.exception() is None)
    assert len(sale.authorisations) == 1
    for each in counters:
        each.line.barrier = None


def test_spent_here_and_then_there(office: Office, counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    everything = one.points()
    half = everything // 200 * 100
    one.spend(half).result()
    with pytest.raises(KnownError) as caught:
        two.spend(everything).result()  # it has not heard of it yet
    assert caught.value.code == "spend.declined"
    one.push()
    two.pull()
    two.spend(half).result()


def test_points_that_were_earned_here_just_now(office: Office, counters: tuple[Counter, Counter]) -> None:
    """The journal goes up first, so head office knows of them when it is asked."""
    one, _ = counters
    one.run(lambda: one.till.sell(builders.product(3, 100_000), member=MEMBER))
    done = one.spend(one.points()).result()
    assert len(done.sale.authorisations) == 1
    assert one.line.granted == [True]


def test_a_grant_whose_answer_was_lost_is_free_after_a_restart(
    office: Office, counters: tuple[Counter, Counter]
) -> None:
    one, two = counters
    everything = one.points()
    one.line.answers_lost = 1
    with pytest.raises(KnownError) as caught:
        one.spend(everything).result()
    assert caught.value.code == "spend.no_answer"
    with pytest.raises(KnownError):
        two.spend(everything).result()
    one.run(Spending(one.till.context).give_up_all)  # as at the start of a till
    one.push()
    assert len(two.spend(everything).result().sale.authorisations) == 1
