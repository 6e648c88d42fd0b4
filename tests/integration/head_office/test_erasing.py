"""A member who asked to be erased is gone from head office and from every till; the books stay."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pos_testkit import told
from pos_testkit.office_till import Office
from pos_testkit.snapshots import Snapshot, load
from pos_testkit.till import MANAGER, RealTill, real_till, some_members, some_products

from pos_app.application.members import NewMember
from pos_app.application.ports import MasterKind
from pos_app.cli import run
from pos_app.domain import codec
from pos_app.domain.ids import MemberId
from pos_app.domain.member import Member
from sync.head_office.audit import audit
from sync.head_office.database import Database
from sync.head_office.erasing import erase, find_members
from sync.head_office.notices import KEEP_SEEN_MS, forget_seen, raise_notice
from sync.head_office.records import person_of
from sync.head_office.recovering import read_back

PHONE = "19900001234"
GOODS = some_products()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[RealTill]:
    with real_till(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def captured(till: RealTill) -> Member:
    return till.app.members.capture(MANAGER, NewMember(phone=PHONE, name="林小满"))


def erased(office: Office, phone: str = PHONE) -> int:
    with office.database.transaction() as connection:
        return erase(connection, find_members(connection, phone), phone)


def said_of(office: Office, member_id: MemberId) -> tuple[object, ...]:
    return office.one("SELECT phone, body, joined_on FROM person WHERE member = %s", member_id)


def traces(office: Office) -> list[str]:
    """Tables in which the phone number still stands."""
    tables = ("person", "person_sent", "set_aside", "attention", "account", "master")
    return [
        table
        for table in tables
        for (row,) in office.all(f"SELECT t::text FROM {table} AS t")
        if PHONE in str(row) or PHONE.encode().hex() in str(row)
    ]


def kept(till: RealTill, member_id: MemberId) -> bytes | None:
    with till.ledger.read() as reader:
        return reader.master(MasterKind.MEMBER, member_id.hex)


def test_the_person_is_gone_and_the_books_stay(office: Office, till: RealTill) -> None:
    member = captured(till)
    till.sell((GOODS[0], 3), member=member)
    office.push(till)
    office.apply()
    before = office.base(member.member_id)
    (position,) = office.one("SELECT position FROM person WHERE member = %s", member.member_id)
    assert before.lots
    assert traces(office) == ["person"]
    assert erased(office) == 1
    assert said_of(office, member.member_id) == ("", None, None)
    (after,) = office.one("SELECT position FROM person WHERE member = %s", member.member_id)
    assert isinstance(after, int)
    assert isinstance(position, int)
    assert after > position, "told to every till"
    assert traces(office) == []
    assert office.base(member.member_id) == before
    assert erased(office) == 0
    with office.database.transaction() as connection:
        assert audit(connection).wrong == ()
    with office.database.transaction() as connection:
        assert read_back(connection, "till-0001", 1, 0, 500).people == ()


def test_what_a_till_sends_late_brings_nobody_back_and_is_told_again(office: Office, till: RealTill) -> None:
    member = captured(till)
    office.push(till)
    office.apply()
    erased(office)
    till.sell((GOODS[0], 1), member=member)
    till.app.members.update(MANAGER, None, msgspec.structs.replace(member, name="林大满"), ("name",))
    (before,) = office.one("SELECT position FROM person WHERE member = %s", member.member_id)
    office.push(till)
    office.apply()
    assert office.aside() == []
    assert said_of(office, member.member_id) == ("", None, None)
    assert traces(office) == []
    (after,) = office.one("SELECT position FROM person WHERE member = %s", member.member_id)
    assert isinstance(after, int)
    assert isinstance(before, int)
    assert after > before, "so that the till drops what it kept with its own record"
    assert office.base(member.member_id).lots, "the sale is in the books"


def test_what_lies_beside_records_that_are_set_aside_goes_as_well(office: Office, till: RealTill) -> None:
    member = captured(till)
    office.push(till)
    office.apply()
    till.app.members.update(MANAGER, None, msgspec.structs.replace(member, name="林大满"), ("name",))
    office.enrol("elsewhere", 9)
    with till.ledger.read() as reader:
        record = reader.record(reader.head().seq)
        assert record is not None
        sent = kept(till, member.member_id)
        assert sent is not None
        assert person_of(sent).name == "林大满"
        payload = msgspec.json.encode(
            {**msgspec.json.decode(record.payload), "version": 99, "till": "elsewhere", "seq": 1}
        )
    office.accept("elsewhere", [payload, b"no record"], {0: [sent], 1: [b"nobody can read this"]})
    office.apply()
    assert [row[2] for row in office.aside()] == ["waiting", "quarantined"]
    assert "person_sent" in traces(office)
    erased(office)
    assert traces(office) == []
    assert office.one("SELECT count(*) FROM person_sent") == (1,)


def test_a_till_drops_the_person_and_what_it_kept_itself(till: RealTill) -> None:
    member = captured(till)
    told.say(till, told.person(member))
    told.say(till, told.person(None, member.member_id))
    assert till.replica.reader.member(member.member_id) is None
    assert till.replica.reader.member_by_phone(PHONE) is None
    assert kept(till, member.member_id) is None
    with till.ledger.read() as reader:
        assert till.context.find_member(reader, member.member_id) is None


def test_a_till_that_hears_of_it_while_it_has_something_newer_drops_that_when_it_is_told_again(till: RealTill) -> None:
    member = captured(till)
    seq = told.head(till)
    told.say(till, told.person(member))
    till.app.members.update(MANAGER, None, msgspec.structs.replace(member, name="林大满"), ("name",))
    told.say(till, told.person(None, member.member_id), contains=seq)
    assert kept(till, member.member_id) is not None
    told.say(till, told.person(None, member.member_id))
    assert kept(till, member.member_id) is None
    assert till.replica.reader.member(member.member_id) is None


def test_a_till_that_takes_a_snapshot_drops_what_it_kept_too(till: RealTill) -> None:
    member = captured(till)
    rows = [told.person(None, member.member_id), told.person(some_members()[0])]
    snapshot = Snapshot([], rows, contains=told.head(till))
    load(till, snapshot).swap(snapshot.manifest)
    assert kept(till, member.member_id) is None
    assert till.replica.reader.member(member.member_id) is None
    assert till.replica.reader.member_by_phone(PHONE) is None


def test_it_is_done_by_a_command_that_asks_first(
    office: Office, till: RealTill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUITAI_OFFICE_DSN", office.database.dsn)
    monkeypatch.setenv("GUITAI_OFFICE_DATA", str(tmp_path / "office"))
    member = captured(till)
    office.push(till)
    office.apply()
    assert run(["head-office", "members", "erase", "19900009999", "--yes"]) == 1
    assert "手机号" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run(["head-office", "members", "erase", PHONE]) == 1, "nobody said yes"
    assert said_of(office, member.member_id)[0] == PHONE
    assert run(["head-office", "members", "erase", PHONE, "--yes"]) == 0
    assert said_of(office, member.member_id)[0] == ""


def test_no_record_changes_anybody_whom_it_is_not_about(office: Office, till: RealTill) -> None:
    mine = till.app.members.capture(MANAGER, NewMember(phone="19900001234", name="林小满"))
    other = till.app.members.capture(MANAGER, NewMember(phone="19900005678", name="周大山"))
    office.push(till)
    office.apply()
    till.app.members.update(MANAGER, None, msgspec.structs.replace(mine, name="林大满"), ("name",))
    with till.ledger.read() as reader:
        record = reader.record(reader.head().seq)
    assert record is not None
    forged = codec.encode(msgspec.structs.replace(other, name="有人改过"))
    office.accept(till.till.till_id, [record.payload], {0: [forged]})
    office.apply()
    assert [(row[2], row[3]) for row in office.aside()] == [("quarantined", "record.unreadable")]
    (body,) = office.one("SELECT body FROM person WHERE member = %s", other.member_id)
    assert isinstance(body, bytes)
    assert codec.decode(body, Member).name == "周大山"


def test_notices_that_were_seen_long_ago_are_forgotten(office: Office) -> None:
    office.enrol("till-0001", 1)
    now = office.now_ms
    with office.database.transaction() as connection:
        for code, seen in (("old", now - KEEP_SEEN_MS - 1), ("new", now), ("unseen", None)):
            raise_notice(connection, code, 0, till="till-0001")
            connection.execute("UPDATE attention SET seen_ms = %s WHERE code = %s", (seen, code))
        assert forget_seen(connection, now) == 1
    assert office.all("SELECT code FROM attention ORDER BY code") == [("new",), ("unseen",)]
