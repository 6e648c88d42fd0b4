"""Nothing lost, nothing twice: whatever happened on the way, till and head office end with the same."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from uuid import UUID

from pos_testkit.joined_till import JoinedTill
from pos_testkit.office_till import canonical
from pos_testkit.published_office import PublishedOffice
from pos_testkit.running_office import patiently

from pos_app.domain.ids import MemberId, SaleId
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.lots import OwnActivity
from pos_app.infrastructure.audit import verify
from sync.client.state import Cursor
from sync.head_office.audit import audit
from sync.head_office.books import base_of
from sync.head_office.database import Connection
from sync.head_office.epochs import epoch_of
from sync.head_office.positions import last_position


def check_equal(office: PublishedOffice, tills: Sequence[JoinedTill], *, epochs: int = 1) -> int:
    """Compare everything; tills must be drained.

    Args:
        office: Running.
        tills: All that have sold something.
        epochs: How many lives head office has had: one more than it was restored.

    Returns:
        How many records there are.
    """
    for till in tills:
        _until_it_has_heard_all(office, till)
    with office.connection() as connection:
        checked = audit(connection)
        assert checked.wrong == ()
    with office.connection() as connection:
        assert connection.execute("SELECT till, seq, state, reason FROM set_aside").fetchall() == []
        assert connection.execute("SELECT till, fenced FROM life WHERE fenced IS NOT NULL").fetchall() == []
        assert connection.execute("SELECT count(*) FROM hold").fetchone() == (0,)
        row = connection.execute("SELECT value::json FROM fact WHERE key = 'former_epochs'").fetchone()
        former = row[0] if row else []
        assert len(former) + 1 == epochs, (former, connection.execute("SELECT * FROM fact").fetchall())
        ids: list[UUID] = []
        for till in tills:
            ids += _check_journal(connection, till)
        named = [till.membership.till for till in tills]
        known = connection.execute(
            "SELECT record_id FROM known_record WHERE till = ANY(%s) ORDER BY record_id", (named,)
        ).fetchall()
        assert [row[0] for row in known] == sorted(ids)
        assert checked.records >= len(ids)
        _check_balances(connection, tills)
    for till in tills:
        day = till.books.link.day(1, till.head())
        assert day.is_decided
        assert day.agrees
        report = verify(till.books.ledger.path, till.books.keys.ledger)
        assert report.ok, report
    return len(ids)


def _until_it_has_heard_all(office: PublishedOffice, till: JoinedTill) -> None:
    """After head office was restored, that takes a snapshot, which is made within a minute."""

    def heard() -> None:
        with office.connection() as connection:
            told = Cursor(epoch_of(connection), last_position(connection))
        if till.cursor() != told:
            till.ask()
        assert till.cursor() == told, (till.cursor(), told, till.seen)

    patiently(heard, 120)


def _check_journal(connection: Connection, till: JoinedTill) -> list[UUID]:
    """Byte for byte; returns the ids of the records."""
    here = till.payloads()
    there = connection.execute(
        "SELECT payload, hash FROM journal WHERE till = %s ORDER BY seq", (till.membership.till,)
    ).fetchall()
    assert [(bytes(payload), bytes(digest)) for payload, digest in there] == here
    return [UUID(json.loads(payload)["id"]) for payload, _ in here]


def _check_balances(connection: Connection, tills: Sequence[JoinedTill]) -> None:
    rows = connection.execute("SELECT member, body FROM account ORDER BY member").fetchall()
    assert rows
    merged = dict(connection.execute("SELECT loser, winner FROM merged").fetchall())
    for member, body in rows:
        told = fold_account(MemberId(member), base_of(body), OwnActivity())
        for till in tills:
            for named in (member, *(loser for loser, winner in merged.items() if winner == member)):
                own = till.account(MemberId(named))
                for part in ("lots", "receivable", "wallet", "owed", "usage"):
                    assert canonical(getattr(own, part)) == canonical(getattr(told, part)), (part, named, member)


def check_given(office: PublishedOffice, sales: Collection[SaleId]) -> None:
    """Every sale of which the goods were given is in head office's books."""
    with office.connection() as connection:
        there = connection.execute("SELECT count(*) FROM document WHERE sale_id = ANY(%s)", (list(sales),)).fetchone()
    assert there == (len(set(sales)),)
