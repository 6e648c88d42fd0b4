"""What is granted is held, whoever asks at once, and for nobody else until its record comes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.office_till import Office
from pos_testkit.till import RealTill, open_test_till, some_members

from sync.head_office.authorising import answer_spend, free_held
from sync.head_office.database import Database
from sync.head_office.quarantine import dismiss
from sync.head_office.records import Place
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import SpendAnswer, SpendItem, SpendRequest

MEMBER = some_members()[0]


@pytest.fixture
def till(tmp_path: Path) -> Iterator[RealTill]:
    opened = open_test_till(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def office(database: Database, till: RealTill) -> Office:
    """One where the member has points, and two tills."""
    office = Office(database)
    office.enrol("till-0002", 2)
    till.sell(builders.product(3, 100_000), member=MEMBER)
    office.push(till)
    office.apply()
    return office


def balance(office: Office) -> int:
    return sum(lot.available for lot in office.base(MEMBER.member_id).lots)


def item(office: Office, amount: int) -> SpendItem:
    lot = office.base(MEMBER.member_id).lots[0]
    return SpendItem(MEMBER.member_id, "points", lot.lot_id, amount)


def ask(
    office: Office, amount: int, *, till: str = "till-0002", wanted: UUID | None = None, seq: int = 0
) -> SpendAnswer:
    request = SpendRequest(wanted or uuid4(), (item(office, amount),), seq)
    with office.database.transaction() as connection:
        return answer_spend(connection, till, 1, request, office.now_ms)


def test_the_same_question_gets_the_same_answer_for_ever(office: Office) -> None:
    first, second = uuid4(), uuid4()
    everything = balance(office)
    assert ask(office, everything, wanted=first).granted
    declined = ask(office, 1, wanted=second)
    assert (declined.granted, declined.reason, declined.available) == (False, "spend.too_little", (0,))
    assert ask(office, everything, wanted=first).granted
    with office.database.transaction() as connection:
        assert free_held(connection, "till-0002") == 1
    assert ask(office, 1, wanted=second) == declined
    assert ask(office, 1).granted


def test_another_question_by_the_same_id_is_refused(office: Office) -> None:
    wanted = uuid4()
    assert ask(office, 5, wanted=wanted).granted
    assert ask(office, 6, wanted=wanted).reason == "spend.wrong"
    assert ask(office, 5, wanted=wanted, till="till-0001").reason == "spend.wrong"
    assert office.one("SELECT sum(amount) FROM hold") == (5,)


def test_records_that_were_not_applied_yet_are_waited_for(office: Office) -> None:
    with pytest.raises(RefusedError) as caught:
        ask(office, 5, till="till-0001", seq=office.sent["till-0001"] + 1)
    assert caught.value.code is Refusal.BUSY
    assert ask(office, 5, till="till-0001", seq=office.sent["till-0001"]).granted


def test_of_many_who_ask_for_all_at_once_one_is_granted(office: Office) -> None:
    everything = balance(office)
    start = threading.Barrier(12)
    answers: list[SpendAnswer] = []

    def one() -> None:
        start.wait()
        for _ in range(20):
            with contextlib.suppress(RefusedError):  # all connections were taken
                answers.append(ask(office, everything))
                return

    threads = [threading.Thread(target=one) for _ in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(answers) == 12
    assert sum(each.granted for each in answers) == 1
    assert office.one("SELECT sum(amount) FROM hold") == (everything,)


def spend_with(till: RealTill, authorisation_id: UUID, points: int) -> bytes:
    """A sale's record that names an authorisation."""
    till.sell(builders.product(4, 400_000), member=MEMBER, points=points)
    with till.ledger.read() as reader:
        record = reader.record(reader.head().seq)
    assert record is not None
    said = msgspec.json.decode(record.payload)
    said["body"]["authorisations"] = [str(authorisation_id)]
    return msgspec.json.encode(said)


def test_the_sales_record_settles_what_was_held_for_it(office: Office, till: RealTill) -> None:
    everything = balance(office)
    wanted = uuid4()
    assert ask(office, everything, till="till-0001", wanted=wanted).granted
    office.accept("till-0001", [spend_with(till, wanted, everything)])
    office.apply()
    assert office.aside() == []
    assert office.one("SELECT count(*) FROM hold") == (0,)
    assert office.one("SELECT state FROM authorisation") == ("settled",)
    assert office.all("SELECT code FROM attention") == []


def test_a_spend_given_up_is_free_again(office: Office, till: RealTill) -> None:
    everything = balance(office)
    wanted = uuid4()
    assert ask(office, everything, till="till-0001", wanted=wanted).granted
    said = msgspec.json.decode(spend_with(till, wanted, everything))
    said |= {"kind": "spend.released", "body": {"authorisations": [str(wanted)]}, "postings": [], "id": str(uuid4())}
    elsewhere = said | {"till": "till-0002", "seq": 1}
    office.accept("till-0002", [msgspec.json.encode(elsewhere)])
    office.apply()
    assert office.one("SELECT state FROM authorisation") == ("held",)  # another till cannot give it up
    said["id"] = str(uuid4())
    office.accept("till-0001", [msgspec.json.encode(said)])
    office.apply()
    assert office.one("SELECT state FROM authorisation") == ("released",)
    assert ask(office, everything).granted


def test_what_a_lost_till_spent_is_the_shops(office: Office, till: RealTill) -> None:
    """The member has spent the same meanwhile; when the lost till's sale turns up, the member owes nothing."""
    everything = balance(office)
    lost, other = uuid4(), uuid4()
    assert ask(office, everything, till="till-0001", wanted=lost).granted
    with office.database.transaction() as connection:
        free_held(connection, "till-0001")
    assert ask(office, everything, wanted=other).granted
    payload = spend_with(till, lost, everything)
    before = balance(office)
    office.accept("till-0001", [payload])
    office.apply()
    assert office.aside() == []
    after = office.base(MEMBER.member_id)
    assert after.receivable == 0
    assert balance(office) >= before
    assert office.all("SELECT code FROM attention") == [("spend.advanced",)]
    spent = office.one("SELECT -sum(amount) FROM posting WHERE account = 'company:points_advanced'")[0]
    assert 0 < spent <= everything
    assert office.one("SELECT sum(amount) FROM posting WHERE asset = 'points'") == (0,)


def released(till: RealTill, *wanted: UUID) -> bytes:
    """A record that gives spends up."""
    said = msgspec.json.decode(spend_with(till, wanted[0], 100))
    said |= {"kind": "spend.released", "body": {"authorisations": wanted}, "postings": [], "id": str(uuid4())}
    return msgspec.json.encode(said)


def test_a_question_that_comes_after_its_record_holds_nothing(office: Office, till: RealTill) -> None:
    """It was under way for so long that the till gave the spend up, or made the sale without an answer."""
    given_up, sold = uuid4(), uuid4()
    office.accept("till-0001", [released(till, given_up), spend_with(till, sold, 100)])
    office.apply()
    for wanted in (given_up, sold):
        assert not ask(office, 5, till="till-0001", wanted=wanted).granted
    assert office.one("SELECT count(*) FROM hold") == (0,)


def test_a_new_life_holds_nothing_of_the_former_one(office: Office, till: RealTill) -> None:
    """A till that was put back to an earlier day knows nothing of what it had asked since."""
    assert ask(office, balance(office), till="till-0001").granted
    assert not ask(office, 1).granted
    said = msgspec.json.decode(released(till, uuid4()))
    began = {"incarnation": 2, "public_key": "", "base_seq": 1, "base_hash": "", "why": "restored"}
    office.accept("till-0001", [msgspec.json.encode(said | {"kind": "till.began_again", "body": began})])
    office.apply()
    assert office.aside() == []
    assert office.one("SELECT count(*) FROM hold") == (0,)
    assert ask(office, balance(office)).granted


def unbalanced_sale(till: RealTill, wanted: UUID) -> bytes:
    """A sale that spends by an authorisation, and that no books can take as it is."""
    said = msgspec.json.decode(spend_with(till, wanted, 100))
    said["postings"] = said["postings"][1:]
    return msgspec.json.encode(said)


def began_again(till: RealTill) -> bytes:
    """A record with which a life of a till begins."""
    said = msgspec.json.decode(released(till, uuid4()))
    began = {"incarnation": 2, "public_key": "", "base_seq": 1, "base_hash": "", "why": "restored"}
    return msgspec.json.encode(said | {"kind": "till.began_again", "body": began})


def test_what_a_sale_that_is_set_aside_spends_stays_held(office: Office, till: RealTill) -> None:
    """Whatever ends the till's life: the sale may be in the books yet, and nobody else may have spent it by then."""
    wanted, everything = uuid4(), balance(office)
    assert ask(office, everything, till="till-0001", wanted=wanted).granted
    office.accept("till-0001", [unbalanced_sale(till, wanted), began_again(till)])
    office.apply()
    assert [row[2] for row in office.aside()] == ["quarantined"]
    assert not ask(office, 1).granted
    with office.database.transaction() as connection:
        assert free_held(connection, "till-0001") == 0
    assert not ask(office, 1).granted


def test_what_a_sale_that_is_not_applied_yet_spends_is_not_freed_with_a_lost_till(
    office: Office, till: RealTill
) -> None:
    """The machine is gone, its sale is here: a successor that is taken in at this moment frees nothing of it."""
    wanted, everything = uuid4(), balance(office)
    assert ask(office, everything, till="till-0001", wanted=wanted).granted
    office.accept("till-0001", [spend_with(till, wanted, everything)])
    with office.database.transaction() as connection:
        assert free_held(connection, "till-0001") == 0
    assert not ask(office, 1).granted
    office.apply()
    assert office.all("SELECT code FROM attention") == []
    assert office.one("SELECT state FROM authorisation WHERE authorisation_id = %s", wanted) == ("settled",)


def test_what_was_held_for_a_dismissed_sale_is_free_again(office: Office, till: RealTill) -> None:
    wanted, everything = uuid4(), balance(office)
    assert ask(office, everything, till="till-0001", wanted=wanted).granted
    office.accept("till-0001", [unbalanced_sale(till, wanted)])
    office.apply()
    (row,) = office.aside()
    with office.database.transaction() as connection:
        assert dismiss(connection, Place(row[0], 1, row[1]), "it was never sold", "老板")
    assert ask(office, everything).granted


def test_what_was_given_up_is_not_granted_by_asking_again(office: Office, till: RealTill) -> None:
    wanted, everything = uuid4(), balance(office)
    assert ask(office, everything, till="till-0001", wanted=wanted).granted
    office.accept("till-0001", [released(till, wanted)])
    office.apply()
    assert not ask(office, everything, till="till-0001", wanted=wanted).granted
    assert ask(office, everything).granted


def test_given_up_while_it_is_being_answered(office: Office, till: RealTill) -> None:
    """The release waits for the answer that is on its way to the tables, and then frees what that holds."""
    wanted, everything = uuid4(), balance(office)
    office.accept("till-0001", [released(till, wanted)])
    request = SpendRequest(wanted, (item(office, everything),), 0)
    with office.database.transaction() as connection:
        assert answer_spend(connection, "till-0001", 1, request, office.now_ms).granted
        applying = threading.Thread(target=office.apply)
        applying.start()
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        while office.one(waiting) == (0,):
            assert applying.is_alive()
    applying.join()
    assert office.one("SELECT state FROM authorisation") == ("released",)
    assert office.one("SELECT count(*) FROM hold") == (0,)
