"""The ledger's side of the line: what goes up of the journal, what head office said, and to whom the till belongs."""

from __future__ import annotations

from pathlib import Path

import msgspec
from pos_testkit.till import MANAGER, RealTill, real_till, some_members, some_products

from pos_app.application.members import NewMember
from pos_app.domain import codec
from pos_app.domain.member import Member
from pos_app.infrastructure.sync.journal import LedgerJournal
from pos_app.infrastructure.sync.membership import (
    JOINING_FILE,
    Membership,
    finish_joining,
    join,
    joining_of,
    membership_of,
    note_joining,
)
from sync.client.state import Kept
from sync.protocol.batch import Acknowledged
from sync.protocol.chain import GENESIS, Head, hashes

GOODS = some_products()
ANNA, *_ = some_members()
OFFICE = Membership("https://127.0.0.1:8443", "pem", b"k" * 32, "till-0001", 1, 1, "S001", "总店")


def journal_of(till: RealTill) -> LedgerJournal:
    return LedgerJournal(till.ledger, till.replica.reader.member)


def test_records_go_up_as_they_were_hashed_with_the_last_ones_signature(tmp_path: Path) -> None:
    with real_till(tmp_path) as till:
        for _ in range(4):
            till.sell(GOODS[0])
        journal = journal_of(till)
        head = journal.head_seq()
        first = journal.outgoing(0, 3, 1 << 20)
        rest = journal.outgoing(3, 500, 1 << 20)
        assert first.before.hash == GENESIS.hash
        assert hashes(first.before.hash, first.payloads)[-1] == rest.before.hash == journal.hash_at(3)
        assert len(first.payloads) + len(rest.payloads) == head
        with till.ledger.read() as reader:
            last = reader.record(head)
        assert last is not None
        assert rest.signature == last.signature
        assert hashes(rest.before.hash, rest.payloads)[-1] == last.hash
        assert journal.hash_at(head + 1) is None
        assert journal.outgoing(head, 500, 1 << 20).payloads == ()


def test_a_batch_is_cut_where_it_would_be_too_large_but_never_to_nothing(tmp_path: Path) -> None:
    with real_till(tmp_path) as till:
        for _ in range(4):
            till.sell(GOODS[0])
        journal = journal_of(till)
        sizes = [len(each) for each in journal.outgoing(0, 500, 1 << 20).payloads]
        assert len(journal.outgoing(0, 500, sum(sizes[:3])).payloads) == 3
        cut = journal.outgoing(0, 500, 1)
        assert len(cut.payloads) == 1
        with till.ledger.read() as reader:
            record = reader.record(1)
        assert record is not None
        assert cut.signature == record.signature


def test_who_was_captured_or_changed_goes_beside_the_record(tmp_path: Path) -> None:
    with real_till(tmp_path) as till:
        journal = journal_of(till)
        before = journal.head_seq()
        captured = till.app.members.capture(MANAGER, NewMember(name="林小梅", phone="13800138111"))
        out = journal.outgoing(before, 500, 1 << 20)
        (row,) = out.people
        assert codec.decode(bytes(row.person), Member).name == "林小梅"
        assert row.seq == before + 1
        assert b"138001" not in b"".join(out.payloads)
        assert captured.phone.encode() in bytes(row.person)


def test_what_head_office_said_outlives_a_restart_and_counts_what_waits(tmp_path: Path) -> None:
    with real_till(tmp_path) as till:
        till.sell(GOODS[0])
        with till.ledger.read() as reader:
            assert membership_of(reader) is None
        join(till.ledger, OFFICE)
        journal = journal_of(till)
        assert journal.kept() == Kept()
        accepted = Head(2, journal.hash_at(2) or b"")
        kept = Kept(accepted, Acknowledged("e1", accepted, b"s" * 64), 1)
        journal.keep(kept)
        head = journal.head_seq()
    with real_till(tmp_path) as till:
        assert journal_of(till).kept() == kept
        with till.ledger.read() as reader:
            assert reader.unsynced() == head - 2
            assert membership_of(reader) == OFFICE
        join(till.ledger, msgspec.structs.replace(OFFICE, store="S002"))
        assert journal_of(till).kept() == Kept()  # another head office has nothing yet


def test_what_head_office_answered_is_not_lost_between_its_answer_and_the_ledger(tmp_path: Path) -> None:
    note_joining(tmp_path, OFFICE)
    with real_till(tmp_path / "data") as till:
        assert finish_joining(tmp_path, till.ledger) == OFFICE
        assert not (tmp_path / JOINING_FILE).exists()
        journal_of(till).keep(Kept(Head(1, b"h" * 32)))
        note_joining(tmp_path, OFFICE)  # as after a crash before the file was removed
        finish_joining(tmp_path, till.ledger)
        assert journal_of(till).kept().accepted.seq == 1
        assert finish_joining(tmp_path, till.ledger) == OFFICE
    assert joining_of(tmp_path) is None
    (tmp_path / JOINING_FILE).write_bytes(b"{torn")
    assert joining_of(tmp_path) is None
