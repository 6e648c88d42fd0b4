"""A destroyed till's successor has everything that head office had, and goes on from there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.clock import CHINA, SettableClock
from pos_testkit.till import (
    DAY_STARTS_HOUR,
    MANAGER,
    SECRET,
    TILL,
    RealTill,
    open_test_ledger,
    open_test_till,
    real_till,
    some_members,
    some_products,
)

from pos_app.application.members import NewMember
from pos_app.domain import codec
from pos_app.domain.ids import RecordId
from pos_app.domain.ledger.bodies_sync import BeganAgain, NewLife
from pos_app.domain.ledger.journal import Head, RecordKind, read_body, read_payload
from pos_app.errors import KnownError
from pos_app.infrastructure.audit import verify
from pos_app.infrastructure.databases import Connection
from pos_app.infrastructure.keys import Keys
from pos_app.infrastructure.ledger.opening import open_ledger
from pos_app.infrastructure.ledger.store import SqlLedger
from pos_app.infrastructure.ledger.till import business_days
from pos_app.infrastructure.sync.recovering import recover
from sync.protocol import chain
from sync.protocol.messages import RecoveredPage, RecoveredRecord

ANNA, BERT, *_ = some_members()
GOODS = some_products()
NEW_KEYS = Keys(bytes(reversed(range(32))))
TABLES = (
    "posting", "document", "document_line", "lot", "usage", "closing", "account_total", "unit_code", "shift", "counter"
)  # fmt: skip


class Office:
    """What head office kept of a till's journal: signatures of the last record of each batch alone."""

    def __init__(self, ledger: SqlLedger, batch: int = 7) -> None:
        with ledger.read() as reader:
            head = reader.head()
            found = [reader.record(seq) for seq in range(1, head.seq + 1)]
        self.records = [each for each in found if each is not None]
        self.batch = batch
        self.head = head
        self.people: tuple[msgspec.Raw, ...] = ()
        self.asked: list[int] = []

    def fetch(self, after: int, limit: int) -> RecoveredPage:
        self.asked.append(after)
        some = self.records[after : after + min(limit, 10)]
        before = chain.Head(after, some[0].prev_hash)
        records = tuple(
            RecoveredRecord(each.seq, each.payload, each.signature if self._travelled(each.seq) else b"")
            for each in some
        )
        return RecoveredPage(before, records, chain.Head(some[-1].seq, some[-1].hash), self.people)

    def _travelled(self, seq: int) -> bool:
        return seq % self.batch == 0 or seq == self.head.seq


def busy(till: RealTill) -> None:
    """Two days with everything that leaves rows behind."""
    for day in range(2):
        for count in range(4):
            done = till.sell((GOODS[19], count + 1), GOODS[count], member=(ANNA, BERT, None)[count % 3])
        till.sell(GOODS[3], member=ANNA, points=10)
        till.refund_all(done.sale.receipt_no)
        till.app.members.capture(MANAGER, NewMember(phone=f"1390000111{day}", name="新会员"))
        if day == 0:
            till.close_day()
            till.clock.advance(days=1)


def successor(folder: Path, incarnation: int = 2) -> SqlLedger:
    return open_ledger(
        folder,
        key=NEW_KEYS.ledger,
        till=TILL,
        clock=SettableClock(),
        business_day=business_days(CHINA, DAY_STARTS_HOUR),
        signer=NEW_KEYS.signer(),
        first_incarnation=incarnation,
    )


def recovered(ledger: SqlLedger, office: Office, target: Head | None = None) -> int:
    return recover(
        ledger,
        office.fetch,
        target=target or office.head,
        public_key=NEW_KEYS.signer().public_key,
        why=NewLife.SUCCESSOR,
        record_id=RecordId(builders.some_uuid(900_001)),
    )


def rows(ledger: SqlLedger, table: str) -> list[tuple[object, ...]]:
    connection = ledger._writer
    assert isinstance(connection, Connection)
    where = " WHERE name <> 'master'" if table == "counter" else ""
    return sorted(connection.plain(f"SELECT * FROM {table}{where}"), key=repr)


def test_everything_comes_back_and_goes_on(tmp_path: Path) -> None:
    with real_till(tmp_path / "lost") as lost:
        busy(lost)
        office = Office(lost.ledger)
        office.people = (msgspec.Raw(codec.encode(ANNA)),)
        before = {table: rows(lost.ledger, table) for table in TABLES}
        numbers = {row[1] for row in rows(lost.ledger, "document")}
    ledger = successor(tmp_path / "new")
    assert recovered(ledger, office) == office.head.seq
    assert {table: rows(ledger, table) for table in TABLES} == before
    with ledger.read() as reader:
        first = reader.record(office.head.seq + 1)
        assert first is not None
        said = read_payload(first)
        assert (said.kind, said.incarnation) == (RecordKind.BEGAN_AGAIN, 2)
        body = read_body(said, BeganAgain)
        assert (body.base_seq, body.base_hash, body.why) == (office.head.seq, office.head.hash, NewLife.SUCCESSOR)
        assert reader.current_shift() is not None
        assert reader.open_jobs() == []
        assert reader.meta("base_seq") == str(office.head.seq)
    till = open_till_over(ledger, tmp_path / "new")
    sold = till.sell(GOODS[4], member=ANNA)
    assert sold.sale.receipt_no[::-1] not in numbers
    assert till.refund_all(sold.sale.receipt_no)
    till.close_day()
    till.close()
    report = verify(tmp_path / "new" / "ledger.db", NEW_KEYS.ledger, NEW_KEYS.signer().public_key)
    assert report.reason == ""
    old_key = verify(tmp_path / "new" / "ledger.db", NEW_KEYS.ledger, Keys(SECRET).signer().public_key)
    assert (old_key.ok, old_key.bad_seq) == (False, office.head.seq + 1)


def open_till_over(ledger: SqlLedger, folder: Path) -> RealTill:
    from pos_app.infrastructure.replica.store import open_replica_of

    with ledger.read() as reader:
        replica = open_replica_of(reader, folder, key=NEW_KEYS.replica)
    replica.writer.put_members(some_members())
    replica.writer.put_products(some_products(), [])
    replica.writer.put_programme(builders.programme())
    return RealTill(folder, NEW_KEYS, ledger, replica, ids=LateIds())


class LateIds:
    """Ids that the lost machine did not give."""

    def __init__(self) -> None:
        self._next = 5_000_000

    def new(self) -> UUID:
        self._next += 1
        return builders.some_uuid(self._next)


def test_a_recovery_that_was_cut_asks_for_the_rest_alone(tmp_path: Path) -> None:
    with real_till(tmp_path / "lost") as lost:
        busy(lost)
        office = Office(lost.ledger)
    ledger = successor(tmp_path / "new")
    with pytest.raises(KnownError, match="sync"):
        recover(
            ledger,
            lambda after, limit: office.fetch(after, limit) if after < 10 else cut(),
            target=office.head,
            public_key=NEW_KEYS.signer().public_key,
            why=NewLife.SUCCESSOR,
            record_id=RecordId(builders.some_uuid(900_001)),
        )
    ledger.close()
    office.asked.clear()
    ledger = successor(tmp_path / "new")
    assert recovered(ledger, office) == office.head.seq - 10
    assert office.asked[0] == 10
    assert recovered(ledger, office) == 0, "a second time changes nothing"
    ledger.close()
    assert verify(tmp_path / "new" / "ledger.db", NEW_KEYS.ledger).ok


def cut() -> RecoveredPage:
    raise KnownError("sync.offline")


@pytest.mark.parametrize("fault", ["altered", "left out", "doubled", "of another till", "other end", "not vouched for"])
def test_what_does_not_fit_together_is_refused(tmp_path: Path, fault: str) -> None:
    with real_till(tmp_path / "lost") as lost:
        busy(lost)
        office = Office(lost.ledger)
    target = office.head
    middle = office.records[14]
    if fault == "altered":
        payload = middle.payload.replace(b'"operator":"1003"', b'"operator":"1001"')
        assert payload != middle.payload
        office.records[14] = msgspec.structs.replace(middle, payload=payload)
    elif fault == "left out":
        del office.records[14]
    elif fault == "doubled":
        office.records.insert(14, middle)
    elif fault == "of another till":
        office.records[0] = msgspec.structs.replace(
            office.records[0], payload=office.records[0].payload.replace(b"till-0001", b"till-0002")
        )
    elif fault == "other end":
        target = Head(office.head.seq, bytes(32))
    ledger = successor(tmp_path / "new")
    if fault == "not vouched for":
        office.batch = 10**9
        office.head = Head(office.head.seq + 1, office.head.hash)
        recovered(ledger, office, target)
        ledger.close()
        report = verify(tmp_path / "new" / "ledger.db", NEW_KEYS.ledger)
        assert (report.ok, report.bad_seq) == (False, 1)
        return
    with pytest.raises(KnownError, match=r"sync\.recovered_wrong"):
        recovered(ledger, office, target)
    ledger.close()


def test_a_copy_put_back_is_brought_up_to_what_head_office_has(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with real_till(folder) as till:
        till.sell(GOODS[0])
        till.ledger.checkpoint()
    shutil.copy(folder / "ledger.db", tmp_path / "copy.db")
    with real_till(folder) as till:
        till.ids = LateIds()
        lost = till.sell(GOODS[1], member=ANNA).sale
        office = Office(till.ledger)
    shutil.copy(tmp_path / "copy.db", folder / "ledger.db")
    keys = Keys(SECRET)
    ledger = open_ledger(
        folder,
        key=keys.ledger,
        till=TILL,
        clock=SettableClock(),
        business_day=business_days(CHINA, DAY_STARTS_HOUR),
        signer=keys.signer(),
        accept_older=True,
    )
    with ledger.read() as reader:
        assert reader.sale(lost.receipt_no) is None
    recover(
        ledger,
        office.fetch,
        target=office.head,
        public_key=keys.signer().public_key,
        why=NewLife.RESTORED,
        record_id=RecordId(builders.some_uuid(900_001)),
    )
    with ledger.read() as reader:
        assert reader.sale(lost.receipt_no) is not None
    ledger.close()
    again = open_test_till(folder)
    try:
        again.ids = LateIds()
        again.ids._next += 100_000
        assert again.ledger.incarnation == 2
        assert again.sell(GOODS[1]).sale.receipt_no != lost.receipt_no
    finally:
        again.close()
    assert verify(folder / "ledger.db", keys.ledger, keys.signer().public_key).ok
    open_test_ledger(folder).close()


def test_a_successor_without_all_of_the_books_does_not_open(tmp_path: Path) -> None:
    from pos_app.bootstrap.devices import scan_config
    from pos_app.bootstrap.till import open_books
    from pos_app.config import Settings
    from pos_app.infrastructure.keys import load_keys
    from pos_app.infrastructure.paths import paths_below
    from pos_app.runtime.lanes import Lanes

    with real_till(tmp_path / "lost") as lost:
        busy(lost)
        office = Office(lost.ledger)
    paths = paths_below(tmp_path / "new")
    paths.make()
    keys = load_keys(paths.data, may_make=True).keys
    settings = Settings(till_id=TILL.till_id, till_number=TILL.number)

    def goes_on(fetch: Callable[[int, int], RecoveredPage]) -> None:
        ledger = open_ledger(
            paths.data,
            key=keys.ledger,
            till=TILL,
            clock=SettableClock(),
            business_day=business_days(CHINA, DAY_STARTS_HOUR),
            signer=keys.signer(),
            first_incarnation=2,
        )
        try:
            recover(
                ledger,
                fetch,
                target=office.head,
                public_key=keys.signer().public_key,
                why=NewLife.SUCCESSOR,
                record_id=RecordId(builders.some_uuid(900_001)),
            )
        finally:
            ledger.close()

    with pytest.raises(KnownError, match=r"sync\.offline"):
        goes_on(lambda after, limit: office.fetch(after, limit) if after < 10 else cut())
    with pytest.raises(KnownError, match=r"sync\.not_recovered"):
        open_books(paths, settings, scan_config(settings), Lanes(inline=True))
    goes_on(office.fetch)
    books = open_books(paths, settings, scan_config(settings), Lanes(inline=True))
    with books.ledger.read() as reader:
        assert reader.head().seq == office.head.seq + 1
    books.close()
