"""Accept on a real PostgreSQL: what is answered is on the disk, once."""

from __future__ import annotations

import threading

import msgspec
import psycopg
import pytest
from pos_testkit.wire_till import WireTill

from sync.head_office.enrolling import Store, put_store, set_state
from sync.head_office.epochs import epoch_of
from sync.head_office.gate import Gate
from sync.head_office.identity import Identity, is_signed
from sync.head_office.journal import Journal
from sync.protocol.batch import Acknowledged, PersonRow, pack
from sync.protocol.chain import receipt_statement
from sync.protocol.errors import Refusal, RefusedError

IDENTITY = Identity(bytes(range(32)))
NOW = 1_770_000_000_000
TARGET = "/v1/journal"


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
def journal(database):
    return Journal(database, IDENTITY)


def everything(database) -> dict[str, list]:
    with database.transaction() as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table in ("journal", "signed_head", "person_sent")
        }


def refusal(journal, batch) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        journal.take(batch, NOW)
    return refused.value


def test_what_is_taken_is_there_to_the_byte_and_signed_for(database, journal, till):
    till.write(3)
    people = (PersonRow(2, msgspec.Raw(b'{"name":"x"}')),)
    answer = journal.take(till.batch(people=people, sent_ms=NOW + 5_000), NOW)
    assert answer.accepted == till.head
    assert answer.applied == 0
    statement = receipt_statement(answer.epoch, till.till, 1, till.head)
    assert is_signed(IDENTITY.public_key, answer.cosignature, statement)
    kept = everything(database)
    assert [bytes(row[3]) for row in kept["journal"]] == till.payloads
    assert [bytes(row[4]) for row in kept["journal"]] == [till.head_at(n).hash for n in (1, 2, 3)]
    assert [(row[2], bytes(row[3])) for row in kept["person_sent"]] == [(2, b'{"name":"x"}')]
    with database.transaction() as connection:
        assert connection.execute("SELECT clock_off_ms, seen_ms FROM life").fetchone() == (5_000, NOW)


def test_a_batch_that_comes_again_whole_or_in_part_changes_nothing(database, journal, till):
    till.write(5)
    people = (PersonRow(2, msgspec.Raw(b"{}")), PersonRow(4, msgspec.Raw(b"{}")))
    first = journal.take(till.batch(0, 3, people=people[:1]), NOW)
    before = everything(database)
    assert journal.take(till.batch(0, 3, people=people[:1]), NOW) == first
    assert everything(database) == before
    answer = journal.take(till.batch(0, 5, people=people), NOW)
    assert answer.accepted == till.head
    assert [row[2] for row in everything(database)["person_sent"]] == [2, 4]
    assert journal.take(till.batch(1, 2), NOW).accepted == till.head


def test_a_gap_says_where_to_go_on(journal, till):
    till.write(5)
    journal.take(till.batch(0, 2), NOW)
    error = refusal(journal, till.batch(3))
    assert error.code is Refusal.GAP
    assert (error.problem.accepted, error.problem.accepted_hash) == (2, till.head_at(2).hash)


def test_a_fork_stops_both_for_good_and_the_manager_is_told_once(database, journal, till):
    till.write(3)
    copy = till.copy(back_to=1)
    copy.write(1)
    journal.take(till.batch(), NOW)
    assert refusal(journal, copy.batch(1)).code is Refusal.FORK
    assert refusal(journal, till.batch(3)).code is Refusal.FORK
    assert refusal(journal, copy.copy(incarnation=2).batch(1)).code is Refusal.FORK
    with database.transaction() as connection:
        rows = connection.execute("SELECT code, till, store FROM attention").fetchall()
    assert rows == [("sync.fork", "till-1", "s1")]


def test_a_new_life_ends_the_former_one(database, journal, till):
    till.write(4)
    journal.take(till.batch(), NOW)
    again = till.copy(back_to=2, incarnation=2)
    again.write(3)
    assert journal.take(again.batch(2), NOW).accepted == again.head
    till.write()
    assert refusal(journal, till.batch(4)).code is Refusal.FENCED
    with database.transaction() as connection:
        lives = connection.execute("SELECT incarnation, fenced, base_seq, accepted_seq FROM life ORDER BY 1")
        assert lives.fetchall() == [(1, "succeeded", 0, 4), (2, None, 2, 5)]
        assert connection.execute("SELECT code FROM attention").fetchall() == [("sync.fenced_sends",)]


def test_applied_waits_for_the_former_life(database, journal, till):
    till.write(4)
    journal.take(till.batch(), NOW)
    again = till.copy(back_to=3, incarnation=2)
    again.write(2)
    assert journal.take(again.batch(3), NOW).applied == 0
    with database.transaction() as connection:
        connection.execute("UPDATE life SET applied_seq = 4 WHERE incarnation = 1")
    assert journal.take(again.batch(3), NOW).applied == 3


def test_poison_is_taken(database, journal, till):
    till.write_payloads(b"\x00\xff no json", b"[" * 4_000)
    assert journal.take(till.batch(), NOW).accepted == till.head
    assert [bytes(row[3]) for row in everything(database)["journal"]] == till.payloads


def _acknowledged(till, seq, epoch) -> Acknowledged:
    head = till.head_at(seq)
    signature = IDENTITY.sign(receipt_statement(epoch, till.till, till.incarnation, head))
    return Acknowledged(epoch, head, signature)


def _epoch(database) -> str:
    with database.transaction() as connection:
        return epoch_of(connection)


def test_our_own_signature_over_what_we_do_not_have_begins_a_new_epoch_once(database, journal, till):
    till.write(6)
    first = journal.take(till.batch(0, 3), NOW)
    assert _epoch(database) == first.epoch
    lost = _acknowledged(till, 5, first.epoch)  # signed before the backup was restored
    error = refusal(journal, till.batch(5, acknowledged=lost))
    assert error.code is Refusal.GAP
    assert error.problem.accepted == 3
    second = _epoch(database)
    assert second != first.epoch
    assert error.problem.epoch == second
    answer = journal.take(till.batch(3, acknowledged=lost), NOW)
    assert answer.epoch == second == _epoch(database), "the loss is known now"
    # Restored once more, to before the second epoch: that one is a loss as well.
    with database.transaction() as connection:
        connection.execute("UPDATE fact SET value = %s WHERE key = 'epoch'", (first.epoch,))
        connection.execute("DELETE FROM fact WHERE key = 'former_epochs'")
    journal.take(till.batch(6, acknowledged=_acknowledged(till, 6, second)), NOW)
    assert _epoch(database) not in (first.epoch, second)


def test_a_forged_or_ordinary_acknowledgement_begins_nothing(database, journal, till):
    till.write(4)
    first = journal.take(till.batch(0, 4), NOW)
    epoch = first.epoch
    journal.take(till.batch(4, acknowledged=Acknowledged(epoch, first.accepted, first.cosignature)), NOW)
    journal.take(till.batch(4, acknowledged=_acknowledged(till, 2, epoch)), NOW)
    till.write()
    forged = msgspec.structs.replace(_acknowledged(till, 5, epoch), cosignature=bytes(64))
    journal.take(till.batch(4, acknowledged=forged), NOW)
    assert _epoch(database) == epoch


def test_two_requests_of_one_till_at_once_are_one_after_the_other(database, till):
    till.write(40)
    failed: list[RefusedError] = []

    def push(after: int) -> None:
        try:
            Journal(database, IDENTITY).take(till.batch(after, 20), NOW)
        except RefusedError as error:
            failed.append(error)

    threads = [threading.Thread(target=push, args=(after,)) for after in (0, 0, 20, 0, 20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {each.code for each in failed} <= {Refusal.GAP}
    rows = everything(database)["journal"]
    assert [row[2] for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) in (20, 40)


def test_what_was_answered_outlives_a_kill(careful_postgres):
    from sync.head_office.database import Database

    dsn = careful_postgres.fresh()
    pool = Database(dsn, size=2)
    try:
        made = WireTill()
        with pool.transaction() as connection:
            put_store(connection, Store("s1", "一号店"))
            connection.execute("INSERT INTO till VALUES (%s, 1, 's1', 'active', 0)", (made.till,))
            connection.execute(
                "INSERT INTO life (till, incarnation, public_key, base_hash, accepted_seq, accepted_hash,"
                " applied_seq) VALUES (%s, 1, %s, %s, 0, %s, 0)",
                (made.till, made.public_key, bytes(32), bytes(32)),
            )
        made.write(7)
        accepted = Journal(pool, IDENTITY).take(made.batch(), NOW).accepted
    finally:
        pool.close()
    import os
    import signal

    os.kill(careful_postgres.server.pid, signal.SIGKILL)
    careful_postgres.server.stop()
    assert careful_postgres.server.start()
    with psycopg.connect(dsn) as connection:
        row = connection.execute("SELECT max(seq), count(*) FROM journal").fetchone()
        assert row == (accepted.seq, accepted.seq)


# Let in and stored in one transaction


@pytest.fixture
def gate(database):
    return Gate(database)


def send(gate, journal, till, body, *, nonce=""):
    headers = till.headers("POST", TARGET, body, NOW, nonce=nonce)
    return journal.take_sent(gate.verify("POST", TARGET, headers, body, NOW), body, NOW)


def nonces(database) -> int:
    with database.transaction() as connection:
        return connection.execute("SELECT count(*) FROM nonce").fetchone()[0]


def test_a_request_is_answered_once_and_what_it_brought_is_there_once(database, gate, journal, till):
    till.write(3)
    body = pack(till.batch())
    assert send(gate, journal, till, body, nonce="n1").accepted == till.head
    stored = everything(database)
    for late_gate in (gate, Gate(database)):
        with pytest.raises(RefusedError) as error:
            send(late_gate, journal, till, body, nonce="n1")
        assert error.value.code is Refusal.REPLAYED
    assert everything(database) == stored
    assert nonces(database) == 1
    # The very same records in a request of its own: an answer that got lost.
    assert send(gate, journal, till, body, nonce="n2").accepted == till.head
    assert everything(database) == stored


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda till: pack(till.batch(2)), Refusal.GAP),
        (lambda till: b"nothing that can be read", Refusal.BAD_REQUEST),
        (lambda till: pack(_of_a_stranger()), Refusal.SIGNATURE),
        (lambda till: pack(till.copy(incarnation=2).batch()), Refusal.SIGNATURE),
    ],
)
def test_a_request_that_is_refused_has_used_up_its_number(database, gate, journal, till, made, code):
    till.write(3)
    body = made(till)
    for expected in (code, Refusal.REPLAYED):
        with pytest.raises(RefusedError) as error:
            send(gate, journal, till, body, nonce="n1")
        assert error.value.code is expected
    assert everything(database) == {"journal": [], "signed_head": [], "person_sent": []}


def _of_a_stranger():
    stranger = WireTill("till-2")
    stranger.write()
    return stranger.batch()


def test_of_the_same_request_sent_twice_at_once_one_is_answered(database, gate, journal, till):
    till.write(50)
    body = pack(till.batch())
    outcomes: list[Refusal | None] = []

    def one() -> None:
        try:
            send(gate, journal, till, body, nonce="n1")
            outcomes.append(None)
        except RefusedError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes, key=str) == [None, *[Refusal.REPLAYED] * 3]
    assert len(everything(database)["journal"]) == 50


def test_where_storing_fails_the_request_may_be_sent_again(database, gate, journal, till):
    till.write(2)
    body = pack(till.batch())
    with database.transaction() as connection:
        connection.execute("ALTER TABLE signed_head RENAME TO elsewhere")
    with pytest.raises(psycopg.Error):
        send(gate, journal, till, body, nonce="n1")
    with database.transaction() as connection:
        connection.execute("ALTER TABLE elsewhere RENAME TO signed_head")
    assert nonces(database) == 0
    assert send(gate, journal, till, body, nonce="n1").accepted == till.head


def test_a_till_out_of_service_stores_nothing(database, gate, journal, till):
    till.write(2)
    with database.transaction() as connection:
        set_state(connection, till.till, "revoked", NOW)
    with pytest.raises(RefusedError) as error:
        send(gate, journal, till, pack(till.batch()))
    assert error.value.code is Refusal.REVOKED
    assert everything(database)["journal"] == []
