"""What is taken of what a till sends: the decision alone."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit.wire_till import WireTill

from sync.head_office import accepting
from sync.head_office.accepting import Accepted, Known, Life, Refused, judge
from sync.head_office.identity import is_signed
from sync.protocol.chain import GENESIS, Head
from sync.protocol.errors import Refusal


@dataclasses.dataclass
class Office:
    """Head office's memory, kept the plain way."""

    lives: dict[int, Life]
    records: dict[tuple[int, int], bytes]
    state: str = "active"

    @staticmethod
    def of(till: WireTill) -> Office:
        return Office({till.incarnation: Life(till.incarnation, till.public_key, GENESIS, GENESIS)}, {})

    def take(self, batch):
        lives = tuple(self.lives[each] for each in sorted(self.lives))
        outcome = judge(Known(self.state, lives, self.records), batch, is_signed)
        if isinstance(outcome, Refused):
            for each in outcome.fences:
                self.lives[each] = msgspec.structs.replace(self.lives[each], fenced="fork")
            return outcome
        if outcome.begins:
            self.lives = {n: msgspec.structs.replace(life, fenced="succeeded") for n, life in self.lives.items()}
        if outcome.begins or outcome.life.incarnation in self.lives:
            self.lives[outcome.life.incarnation] = outcome.life
        for record in outcome.records:
            key = (outcome.life.incarnation, record.seq)
            assert key not in self.records
            self.records[key] = record.hash
        return outcome


def code(outcome) -> Refusal:
    assert isinstance(outcome, Refused), outcome
    return outcome.error.code


@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=12))
def test_whatever_parts_are_sent_in_whatever_order_the_journal_is_the_tills_and_has_no_gap(length, parts):
    till = WireTill()
    till.write(length)
    office = Office.of(till)
    for start, wanted in parts:
        after = min(start, length)
        count = min(wanted, length - after)
        had = office.lives[1].accepted
        outcome = office.take(till.batch(after, count))
        now = office.lives[1].accepted
        if after > had.seq and count:
            assert code(outcome) is Refusal.GAP
            assert outcome.error.problem.accepted == had.seq
            assert now == had
        else:
            assert isinstance(outcome, Accepted)
            assert now == till.head_at(max(had.seq, after + count if count else 0))
            assert [each.seq for each in outcome.records] == list(range(had.seq + 1, now.seq + 1))
    kept = [office.records[(1, seq)] for seq in range(1, office.lives[1].accepted.seq + 1)]
    assert kept == [till.head_at(seq).hash for seq in range(1, len(kept) + 1)]


@given(st.integers(1, 8), st.integers(0, 7), st.integers(1, 4))
def test_two_machines_that_were_one_till_are_both_stopped(count, common, more):
    """From wherever the copy went its own way: as soon as a different record is in a known place, nobody goes on."""
    till = WireTill()
    till.write(count)
    copy = till.copy(back_to=min(common, count - 1))
    copy.write(more)
    office = Office.of(till)
    office.take(till.batch())
    outcome = office.take(copy.batch(copy.head.seq - more))
    assert code(outcome) is Refusal.FORK
    assert outcome.notice == accepting.FORK_NOTICE
    till.write()
    assert code(office.take(till.batch(count))) is Refusal.FORK
    assert len(office.records) == count


@given(st.integers(1, 8), st.integers(0, 8))
def test_a_restored_till_goes_on_from_a_record_of_its_former_life_which_is_over_then(count, copied):
    till = WireTill()
    till.write(count)
    office = Office.of(till)
    office.take(till.batch())
    base = min(copied, count)
    again = till.copy(back_to=base, incarnation=2)
    assert isinstance(office.take(again.batch(base)), Accepted), "asking begins nothing"
    assert set(office.lives) == {1}
    again.write(2)
    outcome = office.take(again.batch(base))
    assert outcome.begins
    assert office.lives[2].base == again.head_at(base)
    assert office.lives[2].accepted == again.head
    till.write()
    late = office.take(till.batch(count))
    assert code(late) is Refusal.FENCED
    assert late.notice == accepting.FENCED_NOTICE
    assert {seq for life, seq in office.records if life == 1} == set(range(1, count + 1)), "what was there stays"


def test_a_new_life_behind_records_that_are_missing_is_asked_for_those_first():
    till = WireTill()
    till.write(5)
    office = Office.of(till)
    office.take(till.batch(0, 3))
    again = till.copy(incarnation=2)
    again.write()
    refused = office.take(again.batch(5))
    assert code(refused) is Refusal.GAP
    assert (refused.error.problem.accepted, refused.error.problem.accepted_hash) == (3, till.head_at(3).hash)
    office.take(till.batch(3))
    assert office.take(again.batch(5)).begins


def test_a_new_life_of_which_a_backup_lost_the_beginning_is_asked_for_all_of_it():
    """No two machines are one till: head office was put back to a day before this life began."""
    till = WireTill()
    till.write(5)
    office = Office.of(till)
    office.take(till.batch())
    other = till.copy(back_to=2, incarnation=2)
    other.write(2)
    refused = office.take(other.batch(3))
    assert code(refused) is Refusal.GAP
    assert (refused.error.problem.accepted, refused.fences) == (0, ())
    assert office.take(other.batch(0)).begins


@given(st.integers(1, 6), st.integers(0, 6), st.integers(0, 6), st.integers(1, 4))
def test_what_a_new_life_has_in_common_with_the_former_one_is_not_taken_again(count, copied, asked, at_once):
    """A restored till may not know how much of it had been sent: the new life begins behind all of that."""
    till = WireTill()
    till.write(count)
    office = Office.of(till)
    office.take(till.batch())
    base = min(copied, count)
    again = till.copy(back_to=base, incarnation=2)
    again.write(2)
    after = min(asked, base)
    while after < again.head.seq:
        outcome = office.take(again.batch(after, at_once))
        after = outcome.life.accepted.seq
    assert office.lives[2].base == again.head_at(base)
    assert office.lives[2].accepted == again.head
    assert {seq for life, seq in office.records if life == 2} == {base + 1, base + 2}


@pytest.mark.parametrize("state", ["revoked", "lost"])
def test_a_till_that_is_out_of_service_is_refused_and_the_manager_hears_of_it(state):
    till = WireTill()
    till.write()
    office = Office.of(till)
    office.state = state
    outcome = office.take(till.batch())
    assert code(outcome) is Refusal.REVOKED
    assert outcome.notice == accepting.REVOKED_NOTICE


def test_a_record_that_was_changed_on_its_way_is_not_taken():
    till = WireTill()
    till.write(3)
    batch = till.batch()
    forged = msgspec.structs.replace(batch, payloads=(b'{"forged":1}', *batch.payloads[1:]))
    assert code(Office.of(till).take(forged)) is Refusal.SIGNATURE


def test_who_only_asks_learns_where_head_office_stands():
    till = WireTill()
    till.write(3)
    office = Office.of(till)
    office.take(till.batch(0, 2))
    outcome = office.take(till.batch(3))
    assert isinstance(outcome, Accepted)
    assert outcome.life.accepted == till.head_at(2)


def test_what_is_no_json_is_taken_all_the_same():
    till = WireTill()
    till.write_payloads(b"\xff\x00 not even text", b"{}")
    office = Office.of(till)
    office.take(till.batch())
    assert office.lives[1].accepted == till.head == Head(2, till.head.hash)
