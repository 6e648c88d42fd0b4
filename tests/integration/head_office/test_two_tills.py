"""Two tills, one head office, anything in between: nothing is lost, nothing counts twice, all reckonings agree."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.office_till import Office, canonical, office_account, read_base, till_account
from pos_testkit.till import RealTill, real_till, some_members

from pos_app.domain.ledger.journal import read_payload
from pos_app.infrastructure.ledger.till import TillIdentity
from sync.head_office.audit import audit
from sync.head_office.database import Database

TILLS = (TillIdentity("till-0001", 1), TillIdentity("till-0002", 2))
MEMBERS = some_members()[:3]


def pull(office: Office, till: RealTill) -> None:
    """Take over what head office says, as a page of the feed would: rows with what they contain, in one moment."""
    name = till.till.till_id
    with office.database.transaction() as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        row = connection.execute("SELECT applied_seq FROM life WHERE till = %s", (name,)).fetchone()
        assert row is not None
        bases = [
            (
                member.member_id,
                msgspec.structs.replace(read_base(connection, member.member_id), contains_seq=row[0], as_of_ms=1),
            )
            for member in MEMBERS
        ]
    till.replica.writer.put_accounts(bases)


def live(till: RealTill, drawn: random.Random) -> None:
    """Something happens at a till."""
    member = drawn.choice((*MEMBERS, None))
    goods = builders.product(drawn.randint(1, 12), 1_000 * drawn.randint(5, 300))
    done = till.sell((goods, drawn.randint(1, 2)), member=member, points=drawn.choice((0, 500)) if member else 0)
    if drawn.random() < 0.25:
        till.refund_all(done.sale.receipt_no)
    if drawn.random() < 0.1:
        till.clock.advance(days=1)


@pytest.mark.parametrize("seed", range(4))
def test_when_all_is_quiet_everybody_has_the_same(database: Database, tmp_path: Path, seed: int) -> None:
    office, drawn = Office(database), random.Random(seed)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with real_till(tmp_path / "a", till=TILLS[0]) as first, real_till(tmp_path / "b", till=TILLS[1]) as second:
        tills = (first, second)
        for till in tills:
            office.push(till)
        for _ in range(45):
            till = drawn.choice(tills)
            match drawn.randrange(6):
                case 0:
                    office.push(till)
                case 1:
                    office.apply(chunk=drawn.choice((1, 5, 1_000)))
                case 2:
                    pull(office, till)
                case _:
                    live(till, drawn)
        for till in tills:
            office.push(till)
        office.apply()
        assert office.aside() == []
        check_records(office, tills)
        with database.transaction() as connection:
            assert audit(connection).wrong == ()
        for till in tills:
            pull(office, till)
        for member in MEMBERS:
            told = office_account(office.base(member.member_id), member)
            for till in tills:
                own = till_account(till, member)
                for name in ("lots", "receivable", "wallet", "owed", "usage"):
                    assert canonical(getattr(own, name)) == canonical(getattr(told, name)), (name, till.till)


def check_records(office: Office, tills: tuple[RealTill, ...]) -> None:
    """Every record is in the books once."""
    written = []
    for till in tills:
        with till.ledger.read() as reader:
            written += [read_payload(reader.record(n)).id for n in range(1, reader.head().seq + 1)]
    assert sorted(row[0] for row in office.all("SELECT record_id FROM known_record")) == sorted(written)
