"""How machines become tills: by a code, once, and nobody takes a till's number or its books."""

from __future__ import annotations

import msgspec
import pytest
from pos_testkit.wire_till import WireTill

from pos_app.domain.coupon_codes import key_id
from pos_app.errors import KnownError
from sync.head_office.enrolling import Enrolment, Store, find_till, new_code, put_store, set_state
from sync.head_office.identity import Identity
from sync.head_office.journal import Journal
from sync.protocol.chain import Head
from sync.protocol.enrolment import LIFETIME_MS, MAX_TRIES, is_proof, offer_proof, parse_code, request_proof, stretch
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import EnrolmentRequest

IDENTITY = Identity(bytes(range(32)))
NOW = 1_770_000_000_000
CA = "-----BEGIN CERTIFICATE-----"


@pytest.fixture
def enrolment(database):
    with database.transaction() as connection:
        put_store(connection, Store("s1", "一号店", {"phone": "010"}, day_starts_hour=5))
    return Enrolment(database, IDENTITY, CA)


def make(database, **more) -> str:
    with database.transaction() as connection:
        return new_code(connection, "s1", NOW, **more)


def ask(enrolment, code: str, machine: WireTill, **more) -> EnrolmentRequest:
    """A request as a till makes it: it looks at the offer first."""
    code_id, secret = parse_code(code)
    offer = enrolment.offer(code_id, NOW)
    key = stretch(secret, offer.salt)
    assert is_proof(offer_proof(key, CA), offer.proof)
    named = more.get("till", "")
    return EnrolmentRequest(code_id, machine.public_key, request_proof(key, machine.public_key, named), **more)


def refused(enrolment, request, now_ms=NOW) -> Refusal:
    with pytest.raises(RefusedError) as error:
        enrolment.enrol(request, now_ms)
    return error.value.code


def test_a_new_machine_becomes_a_till_of_the_codes_store(database, enrolment):
    machine = WireTill()
    answer = enrolment.enrol(ask(enrolment, make(database), machine), NOW)
    assert (answer.store, answer.store_name, answer.day_starts_hour) == ("s1", "一号店", 5)
    assert (answer.number, answer.incarnation, answer.predecessor) == (1, 1, None)
    assert answer.key == IDENTITY.public_key
    assert {answer.card_key, answer.pin_key} == {IDENTITY.card_key, IDENTITY.pin_key}
    machine.till = answer.till
    machine.write(2)
    assert Journal(database, IDENTITY).take(machine.batch(), NOW).accepted == machine.head
    other = enrolment.enrol(ask(enrolment, make(database), WireTill()), NOW)
    assert other.number == 2
    assert other.till != answer.till


def test_a_code_is_good_once_but_a_lost_answer_is_given_again(database, enrolment):
    code, machine = make(database), WireTill()
    request = ask(enrolment, code, machine)
    first = enrolment.enrol(request, NOW)
    assert enrolment.enrol(request, NOW) == first
    assert refused(enrolment, ask(enrolment, code, WireTill())) is Refusal.CODE
    with database.transaction() as connection:
        assert connection.execute("SELECT count(*) FROM till").fetchone() == (1,)


def test_a_code_ends_after_ten_minutes(database, enrolment):
    request = ask(enrolment, make(database), WireTill())
    assert refused(enrolment, request, NOW + LIFETIME_MS + 1) is Refusal.CODE


def test_a_code_ends_after_five_wrong_tries(database, enrolment):
    request = ask(enrolment, make(database), WireTill())
    wrong = msgspec.structs.replace(request, proof=bytes(32))
    for _ in range(MAX_TRIES):
        assert refused(enrolment, wrong) is Refusal.CODE
    assert refused(enrolment, request) is Refusal.CODE


def test_four_wrong_tries_are_forgiven(database, enrolment):
    request = ask(enrolment, make(database), WireTill())
    for _ in range(MAX_TRIES - 1):
        refused(enrolment, msgspec.structs.replace(request, proof=bytes(32)))
    assert enrolment.enrol(request, NOW).number == 1


def test_somebody_elses_key_does_not_fit_the_proof(database, enrolment):
    request = ask(enrolment, make(database), WireTill())
    assert refused(enrolment, msgspec.structs.replace(request, public_key=WireTill().public_key)) is Refusal.CODE


def test_a_code_nobody_made_is_refused(enrolment):
    with pytest.raises(RefusedError):
        enrolment.offer("ZZZZ", NOW)


def test_a_till_that_worked_alone_keeps_its_id_number_and_journal(database, enrolment):
    lone = WireTill("till-lone", incarnation=3)
    lone.write(4)
    request = ask(enrolment, make(database), lone, till="till-lone", number=7, head=lone.head, incarnation=3)
    answer = enrolment.enrol(request, NOW)
    assert (answer.till, answer.number, answer.incarnation) == ("till-lone", 7, 3)
    assert Journal(database, IDENTITY).take(lone.batch(), NOW).accepted == lone.head


def test_a_number_is_one_tills_alone(database, enrolment):
    enrolment.enrol(ask(enrolment, make(database, number=7), WireTill()), NOW)
    request = ask(enrolment, make(database), WireTill("b"), till="b", number=7)
    assert refused(enrolment, request) is Refusal.NUMBER
    request = ask(enrolment, make(database, number=8), WireTill("b"), till="b", number=9)
    assert refused(enrolment, request) is Refusal.NUMBER
    with pytest.raises(KnownError, match=r"office\.number_taken"):
        make(database, number=7)


def test_a_successor_goes_on_where_head_office_stands_and_the_old_machine_is_out(database, enrolment):
    old = WireTill()
    old.till = enrolment.enrol(ask(enrolment, make(database), old), NOW).till
    old.write(5)
    journal = Journal(database, IDENTITY)
    journal.take(old.batch(0, 3, waiting=2), NOW)
    with database.transaction() as connection:
        set_state(connection, find_till(connection, "1"), "lost", NOW)
    with pytest.raises(RefusedError) as lost:
        journal.take(old.batch(3), NOW)
    assert lost.value.code is Refusal.REVOKED
    new = WireTill(old.till)
    lone = ask(enrolment, make(database, successor_of="1"), WireTill("till-lone"), till="till-lone", number=7)
    assert refused(enrolment, lone) is Refusal.NUMBER, "it has books of its own"
    request = ask(enrolment, make(database, successor_of="1"), new)
    answer = enrolment.enrol(request, NOW)
    assert (answer.till, answer.number, answer.incarnation) == (old.till, 1, 2)
    assert (answer.predecessor, answer.not_sent) == (old.head_at(3), 2)
    with database.transaction() as connection:
        told = connection.execute("SELECT params, seen_ms FROM attention WHERE code = 'till.not_sent'").fetchall()
    assert told == [({"count": "2"}, None)], "the manager is told until somebody has seen it"
    assert enrolment.enrol(request, NOW) == answer
    successor = old.copy(back_to=3, incarnation=2)
    successor.key = new.key
    successor.write(2)
    assert journal.take(successor.batch(3), NOW).accepted == Head(5, successor.head.hash)
    with pytest.raises(RefusedError) as late:
        journal.take(old.batch(3), NOW)
    assert late.value.code is Refusal.FENCED


def test_a_till_that_is_known_does_not_join_again(database, enrolment):
    enrolment.enrol(ask(enrolment, make(database), WireTill("b"), till="b", number=7), NOW)
    stranger = ask(enrolment, make(database), WireTill("b"), till="b", number=9)
    assert refused(enrolment, stranger) is Refusal.BAD_REQUEST


def test_codes_are_for_stores_and_tills_that_there_are(database, enrolment):
    with database.transaction() as connection, pytest.raises(KnownError, match=r"office\.no_store"):
        new_code(connection, "nowhere", NOW)
    with pytest.raises(KnownError, match=r"office\.no_till"):
        make(database, successor_of="99")


def ends_of(database) -> dict[str, object]:
    with database.transaction() as connection:
        rows = connection.execute("SELECT key, body FROM master WHERE kind = 'till_key_end'").fetchall()
    return {key: None if body is None else int(body) for key, body in rows}


def test_since_when_a_key_is_over_is_told_to_all_tills_and_taken_back_for_a_machine_that_comes_back(
    database, enrolment
):
    machine = WireTill()
    machine.till = enrolment.enrol(ask(enrolment, make(database), machine), NOW).till
    assert ends_of(database) == {}
    with database.transaction() as connection:
        set_state(connection, machine.till, "revoked", NOW)
    name = key_id(machine.public_key).hex()
    assert ends_of(database) == {name: NOW}
    enrolment.enrol(ask(enrolment, make(database, successor_of=machine.till), machine, till=machine.till), NOW)
    assert ends_of(database) == {name: None}


def test_a_key_that_coupons_could_not_tell_from_another_tills_is_not_taken(database, enrolment, monkeypatch):
    one, other = WireTill(), WireTill("till-other")
    enrolment.enrol(ask(enrolment, make(database), one), NOW)
    taken = key_id(one.public_key)
    monkeypatch.setattr("sync.head_office.enrolling.key_id", lambda _: taken)
    assert refused(enrolment, ask(enrolment, make(database), other)) is Refusal.BAD_REQUEST
