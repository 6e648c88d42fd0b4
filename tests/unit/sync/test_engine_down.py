"""The way down: feed, snapshot, what is told of it, and how little an idle till asks."""

from __future__ import annotations

import pytest
from pos_testkit.sync_engine import EPOCH, Engine, asked_while_idle, feed_page, problem, quiet

from sync.client.events import (
    BeginSnapshot,
    ChunkReceived,
    ChunkTaken,
    DownLost,
    DownRefused,
    FetchChunk,
    FetchManifest,
    FetchPage,
    Finished,
    ManifestReceived,
    NoteClock,
    PageReceived,
    PageTaken,
    Push,
    PushLost,
    SnapshotBegun,
    Started,
    Swapped,
    SwapSnapshot,
    SyncNow,
    TakeChunk,
    TakeFailed,
    TakePage,
)
from sync.client.state import Cursor, Kept, Line, Stage
from sync.protocol.errors import Refusal
from sync.protocol.messages import ChunkName, Manifest

NAMES = tuple(ChunkName(letter * 64, 10, 100, 500) for letter in "abc")
MANIFEST = Manifest("e2", 900, 1, {}, 30, NAMES[:1], NAMES[1:])


def taken(engine: Engine) -> None:
    page = engine.one(TakePage).page
    engine.happen(PageTaken(Cursor(page.epoch, page.through)))


def test_pages_are_taken_over_one_after_the_other_until_nothing_is_left() -> None:
    engine = Engine()
    assert (engine.one(FetchPage).cursor, engine.one(FetchPage).wait_ms) == (Cursor(EPOCH, 0), 0)
    engine.page(10, behind=5)
    assert not engine.has(FetchPage)  # not before it is taken over
    assert engine.standing.behind == 5
    taken(engine)
    assert engine.one(FetchPage).cursor == Cursor(EPOCH, 10)
    engine.page(5)
    taken(engine)
    assert not engine.has(FetchPage)  # what changes one by one comes together
    engine.wait(1_000)
    assert (engine.one(FetchPage).cursor, engine.one(FetchPage).wait_ms) == (Cursor(EPOCH, 15), 50_000)


def test_a_question_is_open_while_records_go_up() -> None:
    engine = quiet()
    assert engine.state.down.number
    engine.append()
    engine.wait(300)
    assert engine.state.up.number
    assert engine.state.down.number


def test_after_a_cut_the_line_is_known_to_be_back_at_once_though_there_is_nothing_new() -> None:
    engine = quiet()
    engine.happen(DownLost(engine.state.down.number, "sync.offline"))
    assert engine.standing.line is Line.OFFLINE
    engine.happen(SyncNow())
    assert engine.one(FetchPage).wait_ms == 0  # held open, its answer would be a minute away
    engine.taken(0)
    engine.page()
    assert engine.one(Finished).reason == ""
    assert engine.standing.line is Line.CURRENT
    assert engine.one(FetchPage).wait_ms == 50_000


@pytest.mark.parametrize("held_ms", [0, 20_000, 34_000, 50_000])
def test_an_idle_till_asks_at_most_twice_a_minute(held_ms: int) -> None:
    assert 60 < asked_while_idle(1, held_ms) <= 120


def test_a_new_till_loads_a_snapshot_and_then_follows() -> None:
    engine = Engine()
    engine.happen(Started(Kept(), 0, None))
    manifest = engine.one(FetchManifest)
    engine.happen(ManifestReceived(manifest.number, MANIFEST))
    assert engine.one(BeginSnapshot).manifest == MANIFEST
    engine.happen(SnapshotBegun(NAMES[1:]))  # the first one is here from before
    assert (engine.standing.snapshot_done, engine.standing.snapshot_rows) == (10, 30)
    assert engine.standing.line is Line.CATCHING_UP
    for name in NAMES[1:]:
        fetch = engine.one(FetchChunk)
        assert fetch.name == name
        engine.happen(ChunkReceived(fetch.number, name, ()))
        assert engine.one(TakeChunk).name == name
        engine.happen(ChunkTaken(name.sha256))
    assert engine.one(SwapSnapshot).manifest == MANIFEST
    assert engine.standing.snapshot_done == 30
    engine.happen(Swapped(Cursor("e2", 900)))
    assert engine.one(FetchPage).cursor == Cursor("e2", 900)
    assert engine.standing.snapshot_rows == 0


def test_what_this_till_cannot_take_over_does_not_cut_the_line() -> None:
    """An old till that does not understand new rules, or a full disk: members can spend, head office is asked."""
    engine = quiet()
    engine.page(1)
    engine.happen(TakeFailed("sync.row_unreadable"))
    assert (engine.standing.line, engine.standing.reason) == (Line.ATTENTION, "sync.row_unreadable")
    engine.append()
    engine.wait(300)
    engine.happen(PushLost(engine.state.up.number, "sync.offline"))
    assert engine.standing.line is Line.OFFLINE


@pytest.mark.parametrize("code", [Refusal.EPOCH, Refusal.TOO_OLD])
def test_a_cursor_that_leads_nowhere_takes_the_snapshot(code: Refusal) -> None:
    engine = Engine(cursor=Cursor(EPOCH, 40))
    engine.happen(DownRefused(engine.one(FetchPage).number, problem(code)))
    number = engine.one(FetchManifest).number
    engine.happen(ManifestReceived(number, MANIFEST))
    engine.happen(SnapshotBegun(()))
    assert engine.has(SwapSnapshot)
    engine.happen(TakeFailed("replica.disk_full"))
    assert engine.standing.reason == "replica.disk_full"
    engine.wait(1_001)
    assert engine.has(SwapSnapshot)  # what is here is not fetched again
    engine.happen(Swapped(Cursor("e2", 900)))
    engine.happen(DownRefused(engine.one(FetchPage).number, problem(code)))
    assert engine.has(FetchManifest)  # once more at once, for it went well in between


def test_a_snapshot_that_was_replaced_is_asked_for_anew_and_not_in_a_loop() -> None:
    engine = Engine()
    engine.happen(Started(Kept(), 0, None))
    engine.happen(ManifestReceived(engine.one(FetchManifest).number, MANIFEST))
    engine.happen(SnapshotBegun(NAMES))
    engine.happen(DownRefused(engine.one(FetchChunk).number, problem(Refusal.NOT_FOUND)))
    engine.happen(ManifestReceived(engine.one(FetchManifest).number, MANIFEST))
    engine.happen(SnapshotBegun(NAMES))
    engine.happen(DownRefused(engine.one(FetchChunk).number, problem(Refusal.NOT_FOUND)))
    assert not engine.has(FetchManifest)
    assert engine.state.down.stage is Stage.MANIFEST


def test_where_no_snapshot_was_made_yet_the_feed_is_followed_from_its_beginning() -> None:
    engine = Engine()
    engine.happen(Started(Kept(), 0, None))
    fetch = engine.one(FetchManifest)
    engine.happen(DownRefused(fetch.number, problem(Refusal.NOT_FOUND)))
    assert not engine.has(FetchPage)  # of which epoch, the first answer to a push says
    engine.taken(0)
    engine.wait(1_000)
    engine.happen(DownRefused(engine.one(FetchManifest).number, problem(Refusal.NOT_FOUND)))
    assert engine.one(FetchPage).cursor == Cursor(EPOCH, 0)


def test_a_page_that_does_not_follow_is_asked_for_again() -> None:
    for cursor in (Cursor(EPOCH, 3), Cursor("e9", 0)):
        engine = Engine()
        engine.happen(PageReceived(engine.state.down.number, feed_page(cursor, 2)))
        assert not engine.has(TakePage)
        assert engine.standing.reason == "sync.broken"
        engine.wait(1_001)
        assert engine.one(FetchPage).cursor == Cursor(EPOCH, 0)


def test_a_page_that_could_not_be_taken_over_is_asked_for_again() -> None:
    engine = Engine()
    engine.page(3)
    engine.happen(TakeFailed("replica.disk_full"))
    assert engine.standing.reason == "replica.disk_full"
    engine.wait(1_001)
    assert engine.one(FetchPage).cursor == Cursor(EPOCH, 0)


def test_the_clock_is_set_for_questions_too_and_a_revoked_till_asks_no_more() -> None:
    engine = Engine()
    engine.happen(DownRefused(engine.state.down.number, problem(Refusal.CLOCK, server_ms=9)))
    assert engine.one(NoteClock).server_ms == 9
    assert engine.has(FetchPage)
    engine.happen(DownRefused(engine.state.down.number, problem(Refusal.REVOKED)))
    assert not any(isinstance(each, FetchPage) for each in engine.wait(10_000_000))


def cut(engine: Engine) -> None:
    """Whatever is under way gets no answer."""
    engine.happen(PushLost(engine.state.up.number))
    engine.happen(DownLost(engine.state.down.number))


def test_both_ways_come_back_as_soon_as_one_finds_the_line() -> None:
    for seed in range(20):
        engine = quiet(seed=seed)
        engine.append()
        engine.wait(300)
        for _ in range(12):
            cut(engine)
            while not (engine.state.up.number and engine.state.down.number):
                engine.wait(1_000)
        cut(engine)
        while not (engine.state.up.number or engine.state.down.number):
            engine.wait(100)
        before = engine.now
        if engine.state.up.number:
            engine.taken(1)
            seen = FetchPage
        else:
            engine.page()
            seen = Push
        engine.wait(1_000)
        assert [at for at, _ in engine.all(seen)][-1] >= before


def test_now_means_both_ways() -> None:
    engine = quiet()
    engine.append(2)
    engine.happen(SyncNow())
    assert engine.one(Push).count == 2  # not after the pause
    assert not engine.has(Finished)
    engine.taken(2)
    assert engine.one(Finished).reason == ""  # the open question says that nothing is left to fetch
    engine.happen(SyncNow())
    assert engine.one(Push).count == 0
    engine.taken(2)
    assert engine.one(Finished).reason == ""


def test_now_waits_for_pages_that_are_left() -> None:
    engine = Engine()
    engine.happen(SyncNow())
    engine.taken(0)
    engine.page(5, behind=5)
    taken(engine)
    assert not engine.has(Finished)
    engine.page(5)
    taken(engine)
    assert engine.one(Finished).reason == ""


def test_now_without_a_line_says_so() -> None:
    engine = quiet()
    engine.happen(SyncNow())
    engine.happen(PushLost(engine.state.up.number))
    assert engine.one(Finished).reason == "sync.offline"


def test_the_line_is_current_while_sales_go_up_at_once_and_catching_up_when_they_do_not() -> None:
    engine = quiet()
    assert engine.standing.line is Line.CURRENT
    engine.append()
    assert engine.standing.line is Line.CURRENT
    engine.wait(4_999)
    assert engine.standing.line is Line.CURRENT
    engine.wait(1)
    assert engine.standing.line is Line.CATCHING_UP
    engine.taken(1)
    assert engine.standing.line is Line.CURRENT


def test_progress_says_how_much_and_how_long() -> None:
    engine = Engine(head=2000)
    assert engine.standing.to_send == 2000
    for done in (500, 1000):
        engine.now += 1_000
        engine.taken(done)
    assert (engine.standing.waiting, engine.standing.to_send, engine.standing.seconds_left) == (1000, 2000, 2)
    engine.append(100)
    assert (engine.standing.waiting, engine.standing.to_send) == (1100, 2100)
