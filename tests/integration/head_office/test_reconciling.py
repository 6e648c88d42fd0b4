"""What head office says back: the day's figures, and records for a successor; each as a life of the till sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.office_till import Office
from pos_testkit.till import MANAGER, RealTill, open_test_till, some_members

from pos_app.application.members import NewMember
from pos_app.domain import codec
from pos_app.domain.ledger.run_figures import run_figures
from pos_app.domain.member import Member
from sync.head_office.database import Database
from sync.head_office.journals import Life, Part, chain_parts
from sync.head_office.reconciling import MAX_RECORDS, as_wire, state_day
from sync.head_office.recovering import read_back
from sync.protocol.chain import GENESIS_HASH, hashes
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import DayStatement, RecoveredPage


@pytest.fixture
def till(tmp_path: Path) -> Iterator[RealTill]:
    opened = open_test_till(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def office(database: Database, till: RealTill) -> Office:
    """One with a day of sales, of which one cannot be read."""
    office = Office(database)
    member = till.app.members.capture(MANAGER, NewMember(phone="13900001111", name="周"))
    sale = till.sell(builders.product(3, 25_000), member=member)
    till.sell((builders.product(4, 1_000), 3), member=some_members()[0])
    till.refund_all(sale.sale.receipt_no)
    office.push(till)
    return office


def payloads(till: RealTill) -> list[bytes]:
    with till.ledger.read() as reader:
        return [reader.record(n).payload for n in range(1, reader.head().seq + 1)]


def day(office: Office, first: int, last: int) -> DayStatement:
    with office.database.transaction() as connection:
        return state_day(connection, "till-0001", 1, first, last)


def test_the_figures_are_those_of_the_till(office: Office, till: RealTill) -> None:
    written = payloads(till)
    last = len(written)
    before = day(office, 1, last)
    assert before.accepted == as_wire(run_figures(written))
    assert not before.decided
    assert before.applied.sales == 0
    office.apply()
    after = day(office, 1, last)
    assert after.applied == after.accepted == before.accepted
    assert after.decided
    assert after.hash == hashes(GENESIS_HASH, written)[-1]


def test_what_is_set_aside_is_named_and_not_in_the_books(office: Office, till: RealTill) -> None:
    till.sell(builders.product(5, 7_700))
    said = msgspec.json.decode(payloads(till)[-1])
    said["postings"][0]["amount"] += 1
    office.accept("till-0001", [msgspec.json.encode(said)])
    office.apply()
    last = office.sent["till-0001"]
    found = day(office, 1, last)
    assert [(each.seq, each.state, each.reason) for each in found.set_aside] == [
        (last, "quarantined", "record.unbalanced")
    ]
    assert found.accepted.sales - found.applied.sales == 1
    assert found.accepted.gross - found.applied.gross == 7_700
    assert found.decided


def test_a_run_ends_where_head_office_has_no_more(office: Office) -> None:
    last = office.sent["till-0001"]
    assert day(office, 2, last + 50).last == last
    empty = day(office, last + 1, last + 9)
    assert (empty.last, empty.accepted.sales) == (last, 0)
    for first, until in ((0, 5), (5, 4)):
        with pytest.raises(RefusedError) as caught:
            day(office, first, until)
        assert caught.value.code is Refusal.BAD_REQUEST
    assert day(office, 1, 10 * MAX_RECORDS).last == last


def back(office: Office, after: int, limit: int = 500) -> RecoveredPage:
    with office.database.transaction() as connection:
        return read_back(connection, "till-0001", 1, after, limit)


@pytest.mark.parametrize("is_applied", [True, False])
def test_a_successor_gets_every_record_and_the_people_they_are_about(
    office: Office, till: RealTill, *, is_applied: bool
) -> None:
    if is_applied:
        office.apply()
    found: list[bytes] = []
    people: list[Member] = []
    after, head = 0, GENESIS_HASH
    while (page := back(office, after, 2)).records:
        assert (page.before.seq, page.before.hash) == (after, head)
        found += [each.payload for each in page.records]
        people += [codec.decode(bytes(each), Member) for each in page.people]
        after, head = page.through.seq, page.through.hash
    assert found == payloads(till)
    assert head == hashes(GENESIS_HASH, found)[-1]
    assert [each.phone for each in people] == ["13900001111"]


def life(incarnation: int, base: int, accepted: int) -> Life:
    return Life(incarnation, base, b"", accepted, b"", accepted)


@pytest.mark.parametrize(
    ("lives", "asks", "parts"),
    [
        ([life(1, 0, 9)], 1, [Part(1, 1, 9)]),
        # The second life goes on behind record 6 of the first; the third behind record 4 of the first again.
        ([life(1, 0, 9), life(2, 6, 12)], 2, [Part(1, 1, 6), Part(2, 7, 12)]),
        ([life(1, 0, 9), life(2, 6, 12)], 1, [Part(1, 1, 9)]),
        ([life(1, 0, 9), life(2, 6, 12), life(3, 4, 5)], 3, [Part(1, 1, 4), Part(3, 5, 5)]),
        ([life(1, 0, 9), life(2, 6, 12), life(3, 8, 8)], 3, [Part(1, 1, 6), Part(2, 7, 8)]),
    ],
)
def test_a_life_sees_one_chain(lives: list[Life], asks: int, parts: list[Part]) -> None:
    assert chain_parts(lives, asks, 1, 100) == parts
