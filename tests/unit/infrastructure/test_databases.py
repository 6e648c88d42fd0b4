"""Schemas, statements, searching by pinyin, the note of the head, training."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders
from pos_testkit.clock import CHINA, SettableClock
from pos_testkit.till import CASHIER, TILL, open_test_ledger, real_till, some_members, some_products

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.bodies import Session
from pos_app.domain.ledger.journal import GENESIS, Entry, Head, RecordKind
from pos_app.errors import BugError, KnownError
from pos_app.infrastructure import column_values
from pos_app.infrastructure.databases import Connection, DatabaseFile, Mode, Prepared
from pos_app.infrastructure.keys import DeviceKey
from pos_app.infrastructure.ledger.migrate import CURRENT, migrate, version_of
from pos_app.infrastructure.ledger.opening import open_training_ledger
from pos_app.infrastructure.ledger.till import business_days
from pos_app.infrastructure.ledger.witness import HeadWitness
from pos_app.infrastructure.replica.basics import Basics
from pos_app.infrastructure.replica.pinyin import given_name, initials, initials_variants, name_initials
from pos_app.infrastructure.replica.store import make_schema
from pos_app.infrastructure.sql import basics_tables, ledger_tables, replica_tables
from pos_app.infrastructure.sql.compiling import prepare
from pos_app.infrastructure.sql.generating import GENERATED, module_text

_TYPES = {"INTEGER": sa.Integer, "TEXT": sa.Text, "BLOB": sa.LargeBinary}


def made(tmp_path: Path, role: str) -> tuple[DatabaseFile, Connection]:
    file = DatabaseFile(tmp_path / f"{role}.db", bytes(32), role)
    connection = file.connect(Mode.WRITE, cache_kib=100)
    if role == "ledger":
        migrate(connection)
    elif role == "basics":
        basics = Basics(tmp_path, bytes(32))
        return basics._file, basics._open()
    else:
        make_schema(connection, indexes=True)
    return file, connection


@pytest.mark.parametrize(
    ("role", "metadata"),
    [
        ("ledger", ledger_tables.METADATA),
        ("replica", replica_tables.METADATA),
        ("basics", basics_tables.METADATA),
    ],
)
def test_the_tables_in_the_code_are_those_in_the_file(tmp_path: Path, role: str, metadata: sa.MetaData) -> None:
    file, connection = made(tmp_path, role)
    tables = [row[0] for row in connection.plain("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert sorted(tables) == sorted(metadata.tables)
    for name, table in metadata.tables.items():
        in_file = [(row[1], row[2]) for row in connection.plain(f"PRAGMA table_info({name})")]
        in_code = [(column.name, str(column.type)) for column in table.columns]
        assert [column for column, _ in in_file] == [column for column, _ in in_code], name
        for (_, kind), column in zip(in_file, table.columns, strict=True):
            assert isinstance(column.type, _TYPES[kind]), (name, column.name)
    strict = {row[1]: row[5] for row in connection.plain("PRAGMA table_list") if row[0] == "main"}
    assert all(strict[name] for name in tables), "every table is STRICT"
    file.close()


def test_the_ledger_runs_with_the_settings_that_keep_it(tmp_path: Path) -> None:
    file, connection = made(tmp_path, "ledger")
    assert connection.plain("PRAGMA journal_mode") == [("wal",)]
    assert connection.plain("PRAGMA synchronous") == [(2,)]
    assert connection.plain("PRAGMA foreign_keys") == [(1,)]
    assert version_of(connection) == CURRENT
    assert migrate(connection) == CURRENT, "nothing to do"
    reading = file.connect(Mode.READ, cache_kib=100)
    with pytest.raises(KnownError):
        reading.plain("DELETE FROM meta")
    file.close()
    assert (tmp_path / "ledger.db").read_bytes()[:15] != b"SQLite format 3"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET kind = 'x'",
        "DELETE FROM journal",
        "UPDATE posting SET amount = 1",
        "DELETE FROM posting",
        "UPDATE closing SET perpetual_sales = 0",
        "DELETE FROM closing",
        "INSERT INTO journal SELECT 999, zeroblob(16), 'x', 1, 1, '', NULL, x'00', hash, hash, signature FROM journal",
        "INSERT INTO journal SELECT max(seq) + 1, hash, 'x', 1, 1, '', NULL, '', zeroblob(32), hash, '' FROM journal",
        "INSERT INTO closing VALUES (7, 1, 20250101, 0, 0, 0)",
    ],
)
def test_what_was_written_cannot_be_changed_by_mistake(tmp_path: Path, statement: str) -> None:
    with real_till(tmp_path) as till:
        till.sell(some_products()[0])
        till.close_day()
        writer = till.ledger._writer
        assert writer is not None
        with pytest.raises(BugError):
            writer.plain(statement)


def test_a_statement_knows_its_arguments() -> None:
    table = ledger_tables.meta
    with pytest.raises(BugError):
        prepare(sa.select(table.c.value).where(table.c.key == sa.bindparam("key")), "other")
    compiled = prepare(
        sa.select(table.c.value).where(table.c.key == sa.bindparam("key"), table.c.value == "constant"), "key"
    )
    assert list(Prepared(compiled.sql, compiled.slots).arguments(["k"])) == ["k", "constant"]


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_the_finished_statements_are_those_of_the_code(name: str) -> None:
    text = (builders.ROOT / "pos_app" / "infrastructure" / name).read_text(encoding="utf-8")
    assert text == module_text(name), "run: python -m pos_app.infrastructure.sql"


def test_the_till_opens_its_files_without_sqlalchemy() -> None:
    code = (
        "import sys, pos_app.infrastructure.ledger.opening, pos_app.infrastructure.replica.store;"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=builders.ROOT, check=False).returncode == 0, "start-up time"


@given(st.dates(), st.uuids())
def test_dates_and_ids_come_back_and_dates_sort(day: dt.date, some_id: object) -> None:
    number = column_values.to_int(day)
    assert column_values.from_int(number) == day
    if day < dt.date.max:
        assert number < column_values.to_int(day + dt.timedelta(days=1))
    assert column_values.uuid_of(some_id.bytes) == some_id  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "letters", "given"),
    [
        ("王小明", "wxm", "小明"),
        ("欧阳娜娜", "oynn", "娜娜"),
        ("尉迟恭", "ycg", "恭"),
        ("曾志伟", "zzw", "志伟"),
        ("单田芳", "stf", "田芳"),
        ("Alice Wong", "alicewong", "wong"),
        ("O'Brien", "obrien", ""),
        ("王", "w", ""),
        ("", "", ""),
        ("🙂", "", ""),
    ],
)
def test_names_are_searched_by_initials_and_given_name(name: str, letters: str, given: str) -> None:
    assert (name_initials(name), given_name(name)) == (letters, given)


def test_goods_are_searched_by_every_reading() -> None:
    assert initials("农夫山泉550ml") == "nfsq550ml"
    assert {"cc", "zc"} <= set(initials_variants("长城"))
    assert len(initials_variants("行行行行行行行行行行")) <= 8


def test_the_note_of_the_head_knows_when_it_is_torn(tmp_path: Path) -> None:
    path = tmp_path / "head"
    witness = HeadWitness(path)
    assert witness.last() is None
    head = Head(12_345, bytes(range(32)))
    witness.note(Head(1, bytes(32)))
    witness.note(head)
    assert witness.last() == head
    content = path.read_bytes()
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert witness.last() is None
    witness.close()


def test_training_touches_no_books_and_leaves_nothing(tmp_path: Path) -> None:
    clock = SettableClock()
    real = open_test_ledger(tmp_path / "data")
    with real.read() as reader:
        before = reader.head()
    folder = tmp_path / "training"
    for _ in range(2):
        training = open_training_ledger(
            folder, till=TILL, clock=clock, business_day=business_days(CHINA, 4), signer=DeviceKey(bytes(32))
        )
        with training.read() as reader:
            assert reader.head() == GENESIS, "each training begins with empty books"
        with training.write(CASHIER) as tx:
            tx.append(Entry(RecordKind.LOG_IN, Session(CASHIER), builders.some_uuid(1)))  # type: ignore[arg-type]
        training.close()
        assert not folder.exists()
    with real.read() as reader:
        assert reader.head() == before
    real.close()


@pytest.mark.slow
def test_five_thousand_records_of_one_member_are_summed_at_once(tmp_path: Path) -> None:
    with real_till(tmp_path) as till:
        member = some_members()[0]
        first = till.sell((some_products()[19], 3), member=member)
        writer = till.ledger._writer
        assert writer is not None
        with till.ledger.read() as reader:
            postings = [p for payload in reader.payloads(after_seq=first.seq - 1) for p in payload.postings]
        assert any(posting.member_id == member.member_id for posting in postings)
        # Straight into the derived tables: five thousand whole sales would take a quarter of a minute.
        writer.plain("PRAGMA foreign_keys = OFF")
        writer.begin(immediate=True)
        rows = [
            (seq, n, "points", account, amount, member.member_id.bytes, MemberId(builders.some_uuid(seq)).bytes)
            for seq in range(10_000, 15_000)
            for n, (account, amount) in enumerate((("member:available", 5), ("member:available", -5)))
        ]
        writer.driver.executemany("INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        writer.commit()
        with till.ledger.read() as reader:
            reader.own_activity(member.member_id, after_seq=0, since=dt.date.min)
            started = time.perf_counter()
            own = reader.own_activity(member.member_id, after_seq=0, since=dt.date.min)
            took_ms = (time.perf_counter() - started) * 1000
        assert len(own.sums) == 1
        assert took_ms < 100, "measured: 10"
