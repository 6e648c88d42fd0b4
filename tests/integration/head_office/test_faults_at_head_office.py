"""What goes wrong at head office costs what is at fault, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pos_testkit import builders
from pos_testkit.office_till import Office
from pos_testkit.till import RealTill, open_test_till, some_members

from pos_app.infrastructure.ledger.till import TillIdentity
from sync.head_office import writing
from sync.head_office.applying import Applier
from sync.head_office.database import Database
from sync.head_office.openings import Opening, take_over
from sync.head_office.records import Place
from sync.protocol.messages import RowKind

SECOND = TillIdentity("till-0002", 2)
OpenTill = Callable[..., RealTill]


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


@pytest.fixture
def open_till(tmp_path: Path) -> Iterator[OpenTill]:
    opened: list[RealTill] = []

    def open_one(identity: TillIdentity | None = None) -> RealTill:
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        opened.append(open_test_till(folder, till=identity) if identity else open_test_till(folder))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def test_it_is_the_faulty_record_that_is_set_aside_whoever_sends_meanwhile(
    office: Office, open_till: OpenTill, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Which till is next depends on who sent last; the record that is set aside must not."""
    for till in (open_till(), open_till(SECOND)):
        till.sell(builders.product(3, 25_000), member=some_members()[0])
        office.push(till)
    post, give_up = writing.Outcomes._post, Applier._give_up

    def faulty(self, place: Place, *rest: object) -> None:
        if place.till == "till-0001":
            raise ZeroDivisionError("138 0013 8000")
        post(self, place, *rest)

    def late(self, *of: object) -> int:
        with office.database.transaction() as connection:
            connection.execute("UPDATE life SET seen_ms = 9999 WHERE till = 'till-0001'")
        return give_up(self, *of)

    monkeypatch.setattr(writing.Outcomes, "_post", faulty)
    monkeypatch.setattr(Applier, "_give_up", late)
    office.apply()
    assert {row[0] for row in office.aside()} == {"till-0001"}
    assert "ZeroDivisionError" in caplog.text
    assert "138 0013 8000" not in caplog.text


def test_no_till_trusts_the_key_of_an_import(office: Office) -> None:
    """Nobody has a key to it; and to the empty one anybody can make signatures, of coupons above all."""
    with office.database.transaction() as connection:
        assert take_over(connection, [Opening(some_members()[0])], "S001", builders.TODAY, office.now_ms) == 1
    office.apply()
    assert office.aside() == []
    assert office.one("SELECT count(*) FROM master WHERE kind = %s", RowKind.TILL_KEY.value) == (0,)
