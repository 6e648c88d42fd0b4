"""The way up: what the till sends, when, and what it makes of each answer and refusal."""

from __future__ import annotations

import msgspec
import pytest
from pos_testkit.sync_engine import EPOCH, Engine, answer, head, own_hash, problem, quiet

from sync.client.events import Finished, Note, NoteClock, Push, PushAnswered, PushLost, PushRefused, Stopped, SyncNow
from sync.client.state import Kept, Line
from sync.protocol.batch import Acknowledged
from sync.protocol.errors import Refusal
from sync.protocol.messages import Pace, SetAside


def test_a_start_asks_where_head_office_stands_and_sends_what_waits() -> None:
    assert Engine().one(Push).count == 0
    kept = Kept(head(7), Acknowledged(EPOCH, head(7), b"s" * 64), 7)
    push = Engine(head=9, kept=kept).one(Push)
    assert (push.after, push.count, push.signed) == (7, 2, kept.signed)


def test_a_sale_goes_alone_soon_after_it_was_made() -> None:
    engine = quiet()
    engine.append(2)
    assert not engine.has(Push)
    engine.wait(299)
    assert not engine.has(Push)
    engine.append(1)
    engine.wait(1)
    assert (engine.one(Push).after, engine.one(Push).count) == (0, 3)


def test_one_batch_is_under_way_at_a_time_and_the_next_follows_its_answer() -> None:
    engine = Engine(head=1200)
    sent = [engine.one(Push)]
    engine.append(5)
    assert not engine.has(Push)
    while engine.state.waiting:
        engine.taken(sent[-1].after + sent[-1].count)
        if engine.has(Push):
            sent.append(engine.one(Push))
    assert [(each.after, each.count, each.waiting) for each in sent] == [(0, 500, 700), (500, 500, 205), (1000, 205, 0)]


def test_what_is_acknowledged_is_kept() -> None:
    engine = Engine(head=3)
    engine.taken(3, applied=2)
    kept = engine.one(Note).kept
    assert (kept.accepted, kept.applied, kept.signed) == (head(3), 2, Acknowledged(EPOCH, head(3), b"s" * 64))
    engine.wait(2_000)
    engine.taken(3, applied=2)
    assert not engine.has(Note)  # nothing new


def test_it_is_asked_again_while_sent_records_are_not_in_the_books() -> None:
    engine = quiet()
    engine.append()
    engine.wait(300)
    engine.taken(1, applied=0)
    waits = []
    for _ in range(4):
        before, asked = engine.now, len(engine.all(Push))
        while len(engine.all(Push)) == asked:
            engine.wait(100)
        waits.append(engine.now - before)
        assert engine.all(Push)[-1][1].count == 0
        engine.taken(1, applied=0)
    assert waits == [2_000, 4_000, 8_000, 16_000]
    engine.wait(40_000)
    engine.taken(1, applied=1)
    engine.wait(590_000)
    assert not engine.has(Push)


def test_a_gap_is_filled_from_where_head_office_stands() -> None:
    kept = Kept(head(800), Acknowledged(EPOCH, head(800), b"s" * 64), 800)
    engine = Engine(head=900, kept=kept)
    engine.happen(PushRefused(engine.state.up.number, problem(Refusal.GAP, accepted=300), own_hash(300)))
    assert engine.state.stopped == Refusal.FORK  # 300 is not our 300
    engine = Engine(head=900, kept=kept)
    gap = msgspec.structs.replace(problem(Refusal.GAP, accepted=300), accepted_hash=own_hash(300))
    engine.happen(PushRefused(engine.state.up.number, gap, own_hash(300)))
    assert engine.one(Note).kept == Kept(head(300), kept.signed, 800)
    push = engine.one(Push)
    assert (push.after, push.count, push.signed) == (300, 500, kept.signed)
    engine.happen(PushRefused(push.number, gap, own_hash(300)))
    assert not engine.has(Push)  # the same again: not in a loop


def test_a_new_epoch_is_sent_everything_it_lost() -> None:
    kept = Kept(head(800), Acknowledged(EPOCH, head(800), b"s" * 64), 800)
    engine = Engine(head=800, kept=kept)
    engine.happen(PushAnswered(engine.state.up.number, answer(300, epoch="e2"), own_hash(300)))
    assert engine.state.kept.epoch == "e2"
    assert (engine.one(Push).after, engine.one(Push).count) == (300, 500)
    assert engine.standing.waiting == 500


def test_an_answer_that_gets_no_further_is_not_repeated_in_a_loop() -> None:
    engine = Engine(head=5)
    engine.taken(5)
    engine.append()
    engine.wait(300)
    engine.taken(5)
    assert not engine.has(Push)
    assert engine.standing.line is Line.OFFLINE


def test_another_record_in_an_own_place_stops_sync_and_a_missing_one_says_that_the_ledger_went_back() -> None:
    engine = Engine(head=5)
    engine.happen(PushAnswered(engine.state.up.number, answer(5), b"x" * 32))
    assert (engine.standing.line, engine.standing.reason) == (Line.ATTENTION, Refusal.FORK)
    engine = Engine(head=5)
    engine.happen(PushAnswered(engine.state.up.number, answer(9), None))
    assert engine.standing.reason == "sync.went_back"
    engine.append(3)
    assert not any(isinstance(each, Push) for each in engine.wait(10_000_000))


@pytest.mark.parametrize("code", [Refusal.FORK, Refusal.FENCED, Refusal.REVOKED])
def test_a_till_that_was_fenced_stops_until_somebody_tries_again(code: Refusal) -> None:
    engine = Engine(head=5)
    engine.happen(PushRefused(engine.state.up.number, problem(code)))
    engine.append(600)
    assert engine.wait(100_000_000) == []
    assert (engine.standing.line, engine.standing.reason) == (Line.ATTENTION, code)
    engine.happen(SyncNow())
    engine.happen(PushRefused(engine.one(Push).number, problem(code)))
    assert engine.one(Finished).reason == code
    assert engine.wait(100_000_000) == []


def test_a_record_that_cannot_be_read_is_found_and_told_and_all_before_it_get_through() -> None:
    engine = Engine(head=600)
    poison, tries = 437, 0
    while not engine.state.up.stuck_seq:
        push, tries = engine.all(Push)[-1][1], tries + 1
        if push.after < poison <= push.after + push.count:
            engine.happen(PushRefused(push.number, problem(Refusal.BAD_REQUEST)))
        else:
            engine.taken(push.after + push.count)
    assert engine.state.up.stuck_seq == poison
    assert engine.state.kept.accepted == head(poison - 1)
    assert tries < 60
    assert (engine.standing.line, engine.standing.reason) == (Line.ATTENTION, "sync.refused_record")
    engine.append()
    assert not any(isinstance(each, Push) for each in engine.wait(1_000_000))
    engine.wait(3_600_000)
    assert engine.all(Push)[-1][1].count == 1
    engine.taken(poison)
    assert engine.standing.line is not Line.ATTENTION


def test_the_clock_is_set_once_and_not_in_a_loop() -> None:
    engine = Engine(head=5)
    engine.happen(PushRefused(engine.state.up.number, problem(Refusal.CLOCK, server_ms=77)))
    assert engine.one(NoteClock).server_ms == 77
    engine.happen(PushRefused(engine.one(Push).number, problem(Refusal.CLOCK, server_ms=78)))
    assert not engine.has(Push)
    assert not engine.has(NoteClock)
    assert engine.standing.reason == Refusal.CLOCK


def test_failures_wait_longer_each_time_and_never_longer_than_five_minutes() -> None:
    bounds = [1_000 << each for each in range(9)] + [300_000] * 4
    for seed in range(20):
        engine = Engine(head=5, seed=seed)
        for bound in bounds:
            engine.happen(PushLost(engine.state.up.number))
            before = engine.now
            while not engine.state.up.number:
                engine.wait(50)
            assert engine.now - before <= bound + 50
    assert engine.standing.line is Line.OFFLINE
    assert engine.standing.reason == "sync.offline"


def test_the_first_try_after_a_cut_is_spread_over_the_window() -> None:
    waits = []
    for seed in range(60):
        engine = quiet(seed=seed)
        engine.append()
        engine.wait(300)
        engine.happen(PushLost(engine.state.up.number))
        waits.append(engine.state.up.due_ms - engine.now)
    assert max(waits) > 8_000
    assert min(waits) < 2_000
    assert max(waits) < 10_000


def test_new_records_do_not_hasten_a_try_that_waits() -> None:
    engine = quiet()
    engine.append()
    engine.wait(300)
    engine.happen(PushLost(engine.state.up.number))
    due = engine.state.up.due_ms
    engine.append(1000)
    assert engine.state.up.due_ms == due
    assert engine.state.up.number == 0


def test_head_office_is_left_alone_as_long_as_it_wants() -> None:
    engine = Engine(head=5)
    engine.happen(PushRefused(engine.state.up.number, problem(Refusal.BUSY, retry_after_ms=60_000)))
    assert not any(isinstance(each, Push) for each in engine.wait(59_999))
    engine.happen(SyncNow())
    assert engine.one(Finished).reason == Refusal.BUSY
    assert any(isinstance(each, Push) for each in engine.wait(20_000))


def test_the_pace_of_an_answer_is_kept() -> None:
    engine = Engine(head=1000)
    engine.taken(500, pace=Pace(batch=50, retry_after_ms=3_000))
    assert not any(isinstance(each, Push) for each in engine.wait(2_999))
    engine.wait(1)
    assert engine.one(Push).count == 50


def test_an_answer_that_was_given_up_changes_nothing() -> None:
    engine = Engine(head=5)
    old = engine.state.up.number
    engine.happen(PushLost(old))
    before = engine.state
    engine.happen(PushAnswered(old, answer(5), own_hash(5)))
    assert engine.state == before
    engine.happen(PushLost(old))
    assert engine.state == before


def test_what_is_set_aside_is_told_while_the_rest_goes_on() -> None:
    engine = Engine(head=5)
    aside = (SetAside(3, "sale", "quarantined", "apply.unknown_lot"),)
    got = msgspec.structs.replace(answer(5), set_aside=aside)
    engine.happen(PushAnswered(engine.state.up.number, got, own_hash(5)))
    assert (engine.standing.line, engine.standing.set_aside) == (Line.ATTENTION, aside)
    engine.append()
    engine.wait(300)
    assert engine.state.up.count == 1


def test_the_end_ends_everything() -> None:
    engine = quiet()
    engine.happen(SyncNow())
    engine.happen(Stopped())
    assert engine.one(Finished).reason == "sync.offline"
    engine.append(5)
    assert engine.effects == []
    assert engine.wait(10_000_000) == []
