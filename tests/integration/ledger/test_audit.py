"""``guitai verify`` finds whatever was changed behind the till's back, and names the record."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pos_testkit.till import CASHIER, SECRET, real_till, some_members, some_products
from sqlcipher3 import dbapi2

from pos_app.domain.ledger.bodies import Session
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.lots import Base
from pos_app.domain.points import Points
from pos_app.errors import KnownError
from pos_app.infrastructure.audit import verify
from pos_app.infrastructure.keys import DeviceKey, Keys

KEY = Keys(SECRET).ledger
GOODS, MEMBERS = some_products(), some_members()


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with three days of sales, refunds, points and closings."""
    folder = tmp_path_factory.mktemp("week")
    with real_till(folder) as till:
        for day in range(3):
            sales = [till.sell((GOODS[19], 5 + n), GOODS[n], member=MEMBERS[n % 3]) for n in range(4)]
            till.sell((GOODS[19], 3), member=MEMBERS[0], points=100)
            till.refund_all(sales[day].sale.receipt_no)
            till.close_day()
            till.clock.advance(days=1)
        till.sell(GOODS[0])
    return folder / "ledger.db"


def connect(path: Path) -> Any:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    return connection


@pytest.fixture
def copy(week: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(week, tmp_path / "ledger.db"))


def test_an_untouched_ledger_is_right(week: Path) -> None:
    report = verify(week, KEY)
    assert report.ok, report.reason
    assert report.closings == 3
    assert report.till == "till-0001"
    assert verify(week, KEY, bytes.fromhex(report.public_key), report.head_hash[:8]).ok


def test_a_debt_from_another_till_may_be_repaid(tmp_path: Path) -> None:
    with real_till(tmp_path) as till:
        who = MEMBERS[0]
        till.replica.writer.put_accounts([(who.member_id, Base(receivable=3))])
        sold = till.sell((GOODS[19], 5), member=who).sale
        assert sold.member is not None
        assert sold.member.repaid == Points(3)
    report = verify(tmp_path / "ledger.db", KEY)
    assert report.ok, report.reason


def test_auditing_changes_nothing(copy: Path) -> None:
    before = copy.read_bytes()
    verify(copy, KEY)
    assert copy.read_bytes() == before


@pytest.fixture(scope="module")
def open_copy(week: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Any]]:
    path = Path(shutil.copy(week, tmp_path_factory.mktemp("copy") / "ledger.db"))
    connection = connect(path)
    yield path, connection
    connection.close()


class TestAnyByte:
    """One connection, one change at a time, undone afterwards."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_in_the_journal_is_found(self, open_copy: tuple[Path, Any], data: st.DataObject) -> None:
        path, connection = open_copy
        last = connection.execute("SELECT max(seq) FROM journal").fetchone()[0]
        seq = data.draw(st.integers(1, last))
        column = data.draw(st.sampled_from(["payload", "prev_hash", "hash", "signature", "record_id"]))
        (old,) = connection.execute(f"SELECT {column} FROM journal WHERE seq = ?", (seq,)).fetchone()
        at = data.draw(st.integers(0, len(old) - 1))
        new = bytearray(old)
        new[at] ^= 1 << data.draw(st.integers(0, 7))
        try:
            connection.execute(f"UPDATE journal SET {column} = ? WHERE seq = ?", (bytes(new), seq))
        except dbapi2.IntegrityError:
            return  # one bit away lies the id of another record, and the file itself refuses to hold it twice
        try:
            report = verify(path, KEY)
        finally:
            connection.execute(f"UPDATE journal SET {column} = ? WHERE seq = ?", (old, seq))
        assert not report.ok
        assert report.bad_seq == seq

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_in_the_postings_is_found(self, open_copy: tuple[Path, Any], data: st.DataObject) -> None:
        path, connection = open_copy
        rows = connection.execute("SELECT * FROM posting").fetchall()
        row = data.draw(st.sampled_from(rows))
        column = data.draw(st.sampled_from(["asset", "account", "amount", "member", "lot"]))
        place = {"asset": 2, "account": 3, "amount": 4, "member": 5, "lot": 6}[column]
        old = row[place]
        new: object
        match old:
            case None:
                new = bytes(16)
            case int():
                new = old ^ 1 << data.draw(st.integers(0, 40))
            case bytes():
                new = bytes([old[0] ^ 1]) + old[1:]
            case _:
                new = old[:-1] + chr(ord(old[-1]) ^ 1)
        change = f"UPDATE posting SET {column} = ? WHERE seq = ? AND n = ?"
        connection.execute(change, (new, row[0], row[1]))
        try:
            report = verify(path, KEY)
        finally:
            connection.execute(change, (old, row[0], row[1]))
        assert not report.ok
        assert report.bad_seq == row[0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("DELETE FROM journal WHERE seq = 7", "record 7 is missing"),
        ("DELETE FROM journal WHERE seq = 1", "record 1 is missing"),
        ("DELETE FROM posting WHERE seq = 7", "postings are not those"),
        ("INSERT INTO posting VALUES (2, 90, 'fen', 'till:drawer', 5, NULL, NULL)", "postings"),
        ("INSERT INTO posting VALUES (9999, 0, 'fen', 'till:drawer', 5, NULL, NULL)", "without a record"),
        ("UPDATE journal SET kind = 'sale.refunded' WHERE seq = 5", "columns"),
        ("UPDATE journal SET operator = '1001' WHERE seq = 5", "columns"),
        ("UPDATE journal SET business_date = 20250101 WHERE seq = 5", "columns"),
        ("UPDATE journal SET wall_ms = wall_ms + 1 WHERE seq = 5", "columns"),
        ("UPDATE lot SET available = available + 1 WHERE seq = (SELECT max(seq) FROM lot)", "balance of a lot"),
        ("UPDATE usage SET amount = amount + 1 WHERE seq = 5", "usage"),
        ("DELETE FROM usage WHERE seq = (SELECT max(seq) FROM usage)", "usage"),
        ("UPDATE closing SET perpetual_gross = 1 WHERE z_number = 2", "closings"),
        ("UPDATE document SET amount_minor = 1 WHERE seq = 5", "sales and refunds"),
        ("DELETE FROM document WHERE seq = (SELECT max(seq) FROM document)", "sales and refunds"),
    ],
)
def test_what_was_changed_by_hand_is_named(copy: Path, change: str, says: str) -> None:
    connection = connect(copy)
    connection.execute(change)
    connection.close()
    report = verify(copy, KEY)
    assert not report.ok
    assert says in report.reason


def test_a_tail_that_was_cut_off_is_found_by_a_receipts_head(copy: Path) -> None:
    head = verify(copy, KEY).head_hash
    connection = connect(copy)
    last = connection.execute("SELECT max(seq) FROM journal").fetchone()[0]
    for table in ("posting", "document_line", "document", "lot", "usage", "journal"):
        connection.execute(f"DELETE FROM {table} WHERE seq = ?", (last,))
    connection.close()
    assert verify(copy, KEY).ok, "nothing inside the file tells"
    report = verify(copy, KEY, None, head[:8])
    assert not report.ok
    assert "expected head" in report.reason


def test_a_record_signed_with_another_key_is_found(tmp_path: Path) -> None:
    with real_till(tmp_path) as till:
        till.sell(GOODS[0])
        till.ledger._signer = DeviceKey(bytes(32))  # type: ignore[misc]
        with till.ledger.write(CASHIER) as tx:
            seq = tx.append(Entry(RecordKind.LOG_IN, Session(CASHIER), till.record_id())).seq
    report = verify(tmp_path / "ledger.db", KEY)
    assert (report.ok, report.bad_seq) == (False, seq)
    assert "signature" in report.reason


def test_another_tills_public_key_is_refused(week: Path) -> None:
    report = verify(week, KEY, DeviceKey(bytes(32)).public_key)
    assert (report.ok, report.bad_seq) == (False, 1)


def test_a_wrong_key_and_a_missing_file_are_said(week: Path, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        verify(week, bytes(32))
    assert caught.value.code == "ledger.wrong_key"
    with pytest.raises(KnownError) as caught:
        verify(tmp_path / "none.db", KEY)
    assert caught.value.code == "ledger.missing"


def test_a_closing_that_lies_is_found(tmp_path: Path) -> None:
    import msgspec

    from pos_app.domain.ledger.bodies import DayClosed
    from pos_app.domain.money import Money

    with real_till(tmp_path) as till:
        till.sell(GOODS[0])
        day = till.close_day().closed
        lie = msgspec.structs.replace(
            day, z_number=2, first_seq=day.first_seq + 99, perpetual_gross=day.perpetual_gross + Money(1)
        )
        with till.ledger.write(CASHIER) as tx:
            seq = tx.append(Entry(RecordKind.DAY_CLOSED, lie, till.record_id())).seq
        assert isinstance(lie, DayClosed)
    report = verify(tmp_path / "ledger.db", KEY)
    assert (report.ok, report.bad_seq) == (False, seq)
