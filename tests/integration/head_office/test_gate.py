"""Only a till in service gets in, with a request of its own that nobody has seen before."""

from __future__ import annotations

import pytest
from pos_testkit.wire_till import WireTill

from sync.head_office.enrolling import Store, put_store, set_state
from sync.head_office.gate import Gate
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.signing import WINDOW_MS

NOW = 1_770_000_000_000
TARGET = "/v1/journal?after=1"


@pytest.fixture
def till(database):
    made = WireTill()
    with database.transaction() as connection:
        put_store(connection, Store("s1", "一号店"))
        connection.execute("INSERT INTO till VALUES (%s, 1, 's1', 'active', 0)", (made.till,))
        connection.execute(
            "INSERT INTO life (till, incarnation, public_key, base_hash, accepted_seq, accepted_hash, applied_seq)"
            " VALUES (%s, 1, %s, %s, 0, %s, 0)",
            (made.till, made.public_key, bytes(32), bytes(32)),
        )
    return made


@pytest.fixture
def gate(database):
    return Gate(database)


def refused(gate, headers, *, method="POST", target=TARGET, body=b"body", now_ms=NOW) -> Refusal:
    with pytest.raises(RefusedError) as error:
        gate.check(method, target, headers, body, now_ms)
    return error.value.code


def test_a_till_gets_in_once_with_each_request(gate, till):
    headers = till.headers("POST", TARGET, b"body", NOW)
    caller = gate.check("POST", TARGET, headers, b"body", NOW)
    assert (caller.till, caller.incarnation, caller.store, caller.fenced) == ("till-1", 1, "s1", "")
    assert refused(gate, headers) is Refusal.REPLAYED
    assert refused(Gate(gate._database), headers) is Refusal.REPLAYED, "after a new start as well"


def test_a_request_that_was_altered_does_not_get_in(gate, till):
    headers = till.headers("POST", TARGET, b"body", NOW)
    assert refused(gate, headers, body=b"other") is Refusal.SIGNATURE
    assert refused(gate, headers, target="/v1/journal?after=2") is Refusal.SIGNATURE
    assert refused(gate, headers, method="PUT") is Refusal.SIGNATURE
    assert refused(gate, {}) is Refusal.SIGNATURE
    assert refused(gate, till.copy().headers("POST", TARGET, b"body", NOW) | {"Signature": "till=:AA==:"})


def test_a_stranger_does_not_get_in(gate, till):
    assert refused(gate, WireTill("stranger").headers("POST", TARGET, b"body", NOW)) is Refusal.SIGNATURE
    assert refused(gate, WireTill(till.till).headers("POST", TARGET, b"body", NOW)) is Refusal.SIGNATURE


@pytest.mark.parametrize("off", [-WINDOW_MS - 2_000, WINDOW_MS + 2_000])
def test_a_clock_that_is_far_off_is_told_the_time(gate, till, off):
    with pytest.raises(RefusedError) as error:
        gate.check("POST", TARGET, till.headers("POST", TARGET, b"body", NOW + off), b"body", NOW)
    assert error.value.code is Refusal.CLOCK
    assert error.value.problem.server_ms == NOW


def test_a_revoked_till_does_not_get_in_and_its_sending_is_noticed_once(database, gate, till):
    with database.transaction() as connection:
        set_state(connection, till.till, "revoked", NOW)
    for _ in range(2):
        assert refused(gate, till.headers("POST", TARGET, b"body", NOW)) is Refusal.REVOKED
    with database.transaction() as connection:
        assert connection.execute("SELECT code FROM attention").fetchall() == [("sync.revoked_sends",)]


def test_a_new_life_is_known_by_the_key_of_the_one_before(gate, till):
    again = till.copy(incarnation=2)
    assert gate.check("POST", TARGET, again.headers("POST", TARGET, b"body", NOW), b"body", NOW).incarnation == 2


def test_used_numbers_are_forgotten_when_they_cannot_come_again(gate, till):
    gate.check("POST", TARGET, till.headers("POST", TARGET, b"body", NOW), b"body", NOW)
    assert gate.forget(NOW + WINDOW_MS) == 0
    assert gate.forget(NOW + 4 * WINDOW_MS) == 1
