"""Real tills' journals on a real PostgreSQL: head office's accounts are the tills' own, whatever comes between."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import msgspec
import psycopg
import pytest
from pos_testkit import builders
from pos_testkit.office_till import Office, canonical, office_account, till_account
from pos_testkit.till import MANAGER, RealTill, open_test_till, some_members

from pos_app.application.members import NewMember
from pos_app.domain.ledger.journal import read_payload
from pos_app.domain.member import MemberAccount, Progress
from pos_app.infrastructure.ledger.till import TillIdentity
from sync.head_office.applying import Applier
from sync.head_office.audit import audit
from sync.head_office.database import Database
from sync.head_office.quarantine import dismiss, list_aside, try_again
from sync.head_office.records import Place

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


def busy_day(till: RealTill, seed: int, count: int = 40) -> None:
    """Sales with and without members, points spent, refunds of some of them."""
    drawn = random.Random(seed)
    members = some_members()[:6]
    sold: list[str] = []
    for _ in range(count):
        goods = [(builders.product(n, 2_000 + 500 * n), drawn.randint(1, 4)) for n in drawn.sample(range(1, 12), 2)]
        member = drawn.choice([*members, None])
        done = till.sell(*goods, member=member, points=drawn.choice((0, 0, 100)) if member else 0)
        sold.append(done.sale.receipt_no)
        if drawn.random() < 0.2:
            till.refund_all(sold.pop(drawn.randrange(len(sold))))
        if drawn.random() < 0.1:
            till.clock.advance(days=1)


def same_accounts(office: Office, till: RealTill) -> None:
    """The till's own fold is head office's, and another reckoning of the journals finds the same."""
    right(office)
    for member in some_members()[:6]:
        own, told = till_account(till, member), office_account(office.base(member.member_id), member)
        for name in ("lots", "receivable", "usage", "wallet", "owed", "last_visit"):
            assert canonical(getattr(told, name)) == canonical(getattr(own, name)), name
        assert days_of(told) == days_of(own)


def right(office: Office) -> None:
    with office.database.transaction() as connection:
        assert audit(connection).wrong == ()


def days_of(account: MemberAccount) -> bytes:
    """Progress by day; days of which nothing was kept are as good as none."""
    return canonical([day for day in account.days if day.progress != Progress()])


@pytest.mark.parametrize("seed", range(3))
def test_head_offices_accounts_are_the_tills(office: Office, open_till: OpenTill, seed: int) -> None:
    till = open_till()
    busy_day(till, seed)
    office.push(till)
    office.apply()
    assert office.aside() == []
    same_accounts(office, till)
    busy_day(till, seed + 100, 15)
    office.push(till)
    office.apply(chunk=7)
    same_accounts(office, till)


def test_sizes_of_chunks_make_no_difference(
    office: Office, open_till: OpenTill, postgres, request: pytest.FixtureRequest
) -> None:
    till = open_till()
    busy_day(till, 5, 25)
    office.push(till)
    office.apply()
    other = Database(postgres.fresh(), size=2)
    request.addfinalizer(other.close)
    one_by_one = Office(other)
    one_by_one.push(till)
    one_by_one.apply(chunk=1)
    assert one_by_one.dump() == office.dump()


def test_a_crash_before_commit_leaves_nothing_behind(
    office: Office, open_till: OpenTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = open_till()
    busy_day(till, 2, 20)
    office.push(till)
    with psycopg.connect(office.database.dsn, autocommit=True) as connection:
        applier = Applier(connection, lambda: 1, 10)
        assert applier.take_over()
        applier.step()
        before = office.dump()
        # The line goes as the last statement of the chunk is sent.
        monkeypatch.setattr("sync.head_office.writing.take_positions", _cut)
        with pytest.raises(psycopg.OperationalError):
            applier.drain()
        monkeypatch.undo()
    assert office.dump() == before
    office.apply()
    same_accounts(office, till)


def _cut(*_: object) -> int:
    raise psycopg.OperationalError("the line is gone")


def test_one_applies_at_a_time(office: Office) -> None:
    with (
        psycopg.connect(office.database.dsn, autocommit=True) as first,
        psycopg.connect(office.database.dsn, autocommit=True) as second,
    ):
        assert Applier(first).take_over()
        assert not Applier(second).take_over()


# Poison


def changed(payload: bytes, **fields: object) -> bytes:
    return msgspec.json.encode({**msgspec.json.decode(payload), **fields}, order="deterministic")


def unbalanced(payload: bytes) -> bytes:
    said = msgspec.json.decode(payload)
    said["postings"][0]["amount"] += 1
    return msgspec.json.encode(said)


def huge(payload: bytes) -> bytes:
    said = msgspec.json.decode(payload)
    said["postings"] = [
        {"asset": "fen", "account": "company:safe", "amount": 2**70},
        {"asset": "fen", "account": "till:drawer", "amount": -(2**70)},
    ]
    return msgspec.json.encode(said)


def nul(payload: bytes) -> bytes:
    said = msgspec.json.decode(payload)
    said["postings"][0]["account"] = "company:\u0000"
    return msgspec.json.encode(said)


POISON: dict[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "no JSON": (lambda _: b"\xff\x00{", "quarantined", "record.unreadable"),
    "deep": (lambda _: b'{"body":' + b"[" * 100_000, "quarantined", "record.unreadable"),
    "wrong types": (lambda p: changed(p, body={"lines": 3}), "quarantined", "record.unreadable"),
    "unbalanced": (unbalanced, "quarantined", "record.unbalanced"),
    "huge": (huge, "quarantined", "record.unreadable"),
    "NUL in a text": (nul, "quarantined", "record.unreadable"),
    "unknown kind": (lambda p: changed(p, kind="sale.by_drone"), "waiting", "record.too_new"),
    "newer version": (lambda p: changed(p, version=99), "waiting", "record.too_new"),
    "elsewhere": (lambda p: p, "quarantined", "record.misplaced"),
    "known id": (lambda p: changed(p, wall_ms=1), "quarantined", "record.conflict"),
}


def fresh_id(payload: bytes, n: int) -> bytes:
    return changed(payload, id=str(UUID(int=(7 << 76) | (2 << 62) | n)))


def standing_at(payload: bytes, till: str, seq: int) -> bytes:
    return changed(payload, till=till, seq=seq)


@pytest.mark.parametrize("poison", POISON)
def test_poison_among_good_records_is_set_aside_and_stops_nothing(
    office: Office, open_till: OpenTill, poison: str
) -> None:
    till = open_till()
    busy_day(till, 8, 30)
    office.push(till)
    office.apply()
    last_sale = office.one("SELECT payload FROM journal ORDER BY length(payload) DESC LIMIT 1")[0]
    assert isinstance(last_sale, bytes)
    make, state, reason = POISON[poison]
    source = last_sale if poison == "known id" else fresh_id(last_sale, 1)
    seq = office.sent["till-0001"] + 1
    before = {member.member_id: canonical(office.base(member.member_id)) for member in some_members()[:6]}
    source = standing_at(source, "till-0001", seq if poison != "elsewhere" else 1)
    office.accept("till-0001", [make(source)])
    office.apply()
    assert office.aside() == [("till-0001", seq, state, reason)]
    assert {who: canonical(office.base(who)) for who in before} == before
    assert office.one("SELECT applied_seq = accepted_seq FROM life") == (True,)


def test_a_fault_of_ours_costs_one_record(office: Office, open_till: OpenTill, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is wrong in the code that applies: the record that shows it is set aside, the others are applied."""
    from sync.head_office import writing

    till = open_till()
    busy_day(till, 3, 30)
    office.push(till)
    with till.ledger.read() as reader:
        seq = next(n for n in range(20, 60) if b'"sale.completed"' in reader.record(n).payload)
    post = writing.Outcomes._post

    def faulty(self, place: Place, *rest: object) -> None:
        if place.seq == seq:
            raise ZeroDivisionError
        post(self, place, *rest)

    monkeypatch.setattr(writing.Outcomes, "_post", faulty)
    office.apply()
    assert ("till-0001", seq, "quarantined", "record.fault") in office.aside()
    assert office.one("SELECT applied_seq = accepted_seq FROM life") == (True,)
    monkeypatch.undo()
    release(office, Place("till-0001", 1, seq))
    assert office.aside() == []
    same_accounts(office, till)


def release(office: Office, place: Place) -> None:
    with office.database.transaction() as connection:
        assert try_again(connection, place)
    office.apply()


def test_what_depends_on_a_quarantined_sale_is_held_and_follows_it(office: Office, open_till: OpenTill) -> None:
    till = open_till()
    member = some_members()[0]
    sale = till.sell(builders.product(3, 25_000), member=member)
    till.refund_all(sale.sale.receipt_no)
    other = till.sell(builders.product(4, 9_900), member=some_members()[1])
    with till.ledger.read() as reader:
        payloads = [reader.record(n).payload for n in range(1, reader.head().seq + 1)]
    bad = sale.seq - 1
    good = payloads[bad]
    office.enrol("till-0001", 1)
    office.accept("till-0001", [*payloads[:bad], unbalanced(good), *payloads[bad + 1 :]])
    office.apply()
    states = {seq: state for _, seq, state, _ in office.aside()}
    assert states == {sale.seq: "quarantined", sale.seq + 1: "held"}
    assert office.base(some_members()[1].member_id).lots != ()
    assert other.seq not in states
    with office.database.transaction() as connection:
        (row,) = [each for each in list_aside(connection) if each.state == "quarantined"]
        assert (row.seq, row.holds) == (sale.seq, 1)
        # The cause is gone: in a test, the record itself is put right.
        connection.execute("UPDATE journal SET payload = %s WHERE seq = %s", (good, sale.seq))
    release(office, Place("till-0001", 1, sale.seq))
    assert office.aside() == []
    same_accounts(office, till)


def test_a_dismissed_record_stays_out_and_is_said(office: Office, open_till: OpenTill) -> None:
    till = open_till()
    till.sell(builders.product(3, 25_000))
    office.push(till)
    office.accept("till-0001", [b"no record"])
    office.apply()
    place = Place("till-0001", 1, office.sent["till-0001"])
    with office.database.transaction() as connection:
        assert dismiss(connection, place, "a disk fault", "老板")
        assert not dismiss(connection, Place("till-0001", 1, 1), "", "")
        assert list_aside(connection) == []
        (row,) = list_aside(connection, with_dismissed=True)
    assert row.params == {"why": "a disk fault", "by": "老板"}
    office.apply()
    assert office.aside() == [("till-0001", place.seq, "dismissed", "record.unreadable")]


# Two tills


def test_the_same_receipt_refunded_at_two_tills_comes_back_once(office: Office, open_till: OpenTill) -> None:
    first, second = open_till(), open_till(SECOND)
    member = some_members()[0]
    sale = first.sell(builders.product(3, 25_000), member=member)
    first.refund_all(sale.sale.receipt_no)
    office.push(first)
    office.apply()
    with first.ledger.read() as reader:
        refund = reader.record(reader.head().seq).payload
    office.enrol("till-0002", 2)
    office.accept("till-0002", [standing_at(fresh_id(refund, 5), "till-0002", 1)])
    office.apply()
    assert office.aside() == [("till-0002", 1, "quarantined", "refund.twice")]
    assert second.till == SECOND
    same_accounts(office, first)


def test_a_refund_that_comes_before_its_sale_waits_for_it(office: Office, open_till: OpenTill) -> None:
    till = open_till()
    sale = till.sell(builders.product(3, 25_000), member=some_members()[0])
    till.refund_all(sale.sale.receipt_no)
    with till.ledger.read() as reader:
        payloads = [reader.record(n).payload for n in range(1, reader.head().seq + 1)]
    office.enrol("till-0002", 2)
    office.accept("till-0002", [standing_at(payloads[-1], "till-0002", 1)])
    office.apply()
    assert office.aside() == [("till-0002", 1, "held", "record.held")]
    office.enrol("till-0001", 1)
    office.accept("till-0001", payloads[:-1])
    office.apply()
    assert office.aside() == []
    same_accounts(office, till)


def test_points_spent_at_two_tills_are_owed_and_told(office: Office, open_till: OpenTill) -> None:
    first, second = open_till(), open_till(SECOND)
    member = some_members()[0]
    first.sell(builders.product(3, 500_000), member=member)
    office.push(first)
    office.apply()
    base = office.base(member.member_id)
    earned = sum(lot.available for lot in base.lots)
    with first.ledger.read() as reader:
        contains = reader.head().seq
    for till in (first, second):
        told = msgspec.structs.replace(base, contains_seq=contains if till is first else 0, as_of_ms=1)
        till.replica.writer.put_accounts([(member.member_id, told)])
        till.sell(builders.product(4, 400_000), member=member, points=earned)
        office.push(till)
    office.apply()
    assert office.aside() == []
    after = office.base(member.member_id)
    assert all(lot.available >= 0 for lot in after.lots)
    codes = office.all("SELECT code, till, member FROM attention")
    assert codes == [("spend.overdrawn", "till-0002", member.member_id)]
    assert office.one("SELECT sum(amount) FROM posting WHERE adjusting")[0] == 0
    owed = office.one("SELECT -sum(amount) FROM posting WHERE account = 'member:receivable' AND adjusting")[0]
    assert owed > 0
    spent = office.one(
        "SELECT -sum(amount) FROM posting WHERE amount < 0 AND asset = 'points' AND NOT adjusting"
        " AND account = 'member:available'"
    )[0]
    gained = office.one(
        "SELECT sum(amount) FROM posting WHERE amount > 0 AND asset = 'points' AND NOT adjusting"
        " AND account LIKE 'member:%%'"
    )[0]
    assert sum(lot.available for lot in after.lots) - after.receivable == gained - spent
    right(office)


def test_a_member_captured_at_two_tills_is_one(office: Office, open_till: OpenTill) -> None:
    first, second = open_till(), open_till(SECOND)
    form = NewMember(phone="13900001111", name="周")
    one = first.app.members.capture(MANAGER, form)
    second.clock.advance(days=1)
    two = second.app.members.capture(MANAGER, form)
    assert one.member_id != two.member_id
    for till, member in ((first, one), (second, two)):
        till.sell(builders.product(3, 100_000), member=member)
    for till in (second, first):
        office.push(till)
        office.apply()
    assert office.all("SELECT loser, winner FROM merged") == [(two.member_id, one.member_id)]
    assert [row[0] for row in office.all("SELECT member FROM account")] == [one.member_id]
    assert [row[0] for row in office.all("SELECT member FROM person WHERE phone = '13900001111'")] == [one.member_id]
    both = sum(
        lot.available for till, member in ((first, one), (second, two)) for lot in till_account(till, member).lots
    )
    assert sum(lot.available for lot in office.base(one.member_id).lots) == both > 0
    # What the other till goes on to sell under the id it knows is the winner's.
    second.sell(builders.product(3, 100_000), member=two)
    office.push(second)
    office.apply()
    behind = "SELECT m.position > a.position FROM merged m JOIN account a ON a.member = m.winner"
    assert office.all(behind) == [(True,)], "no till hears of the merge before it has the account with both"
    assert sum(lot.available for lot in office.base(one.member_id).lots) > both
    assert office.all("SELECT member FROM account WHERE member = %s", two.member_id) == []
    right(office)


def test_personal_data_that_was_applied_is_in_no_queue_any_more(office: Office, open_till: OpenTill) -> None:
    till = open_till()
    member = till.app.members.capture(MANAGER, NewMember(phone="13900001111", name="周"))
    till.app.members.bind_card(MANAGER, member.member_id, "M77777")
    office.push(till)
    office.apply()
    assert office.one("SELECT count(*) FROM person_sent") == (0,)
    assert office.one("SELECT phone FROM person WHERE member = %s", member.member_id) == ("13900001111",)
    assert b"M77777" in office.one("SELECT body FROM person WHERE member = %s", member.member_id)[0]
    with till.ledger.read() as reader:
        assert all("13900001111" not in str(read_payload(reader.record(n)).body) for n in range(1, reader.head().seq))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE posting SET amount = amount + 1 WHERE ctid = (SELECT min(ctid) FROM posting)",
        "DELETE FROM posting WHERE seq = (SELECT max(seq) FROM posting)",
        "DELETE FROM account WHERE member = (SELECT member FROM posting WHERE member IS NOT NULL LIMIT 1)",
        "UPDATE account SET body = '{}' WHERE member = (SELECT member FROM posting WHERE member IS NOT NULL LIMIT 1)",
        "INSERT INTO posting SELECT 0, till, 1, seq, 99, asset, account, 1, member, lot, true FROM posting LIMIT 1",
    ],
)
def test_the_audit_finds_what_is_wrong(office: Office, open_till: OpenTill, damage: str) -> None:
    till = open_till()
    busy_day(till, 1, 12)
    office.push(till)
    office.apply()
    right(office)
    with office.database.transaction() as connection:
        connection.execute(damage)
        assert connection.execute("SELECT count(*) FROM posting").fetchone() is not None
    with office.database.transaction() as connection:
        assert audit(connection).wrong != ()
