"""Whatever the network and head office do: nothing is left out, nothing overlaps, and it comes to an end."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from pos_testkit.sync_engine import EPOCH, Engine, feed_page, head, own_hash

from sync.client.events import (
    DownLost,
    DownRefused,
    FetchPage,
    Note,
    PageReceived,
    PageTaken,
    Push,
    PushAnswered,
    PushLost,
    PushRefused,
    TakeFailed,
    TakePage,
)
from sync.client.progress import Progress
from sync.client.state import Cursor, Kept
from sync.protocol.errors import Problem, Refusal
from sync.protocol.messages import JournalAnswer

ROWS = 300


class World:
    """Head office as a number of records, a feed as a number of rows, and a network that does what it likes."""

    def __init__(self, seed: int, records: int) -> None:
        self.random = random.Random(seed)
        self.has = 0
        self.epoch = 1
        self.kept = Kept()
        self.engine = Engine(head=records, seed=seed)
        self.todo = list(self.engine.effects)
        self.is_fair = False

    def luck(self, percent: int) -> bool:
        return not self.is_fair and self.random.randrange(100) < percent

    def run(self, steps: int) -> None:
        for _ in range(steps):
            if self.luck(2):
                self.has, self.epoch = self.random.randint(0, self.has), self.epoch + 1  # restored from a backup
            if self.luck(10):
                self.engine.append(self.random.randint(1, 40))
                self.todo += self.engine.effects
            if self.todo:
                self.do(self.todo.pop(0))
            else:
                self.todo += self.engine.wait(self.random.randint(1, 400_000))

    def do(self, effect: object) -> None:
        if isinstance(effect, Note):
            self.kept = effect.kept
        elif isinstance(effect, Push):
            self.push(effect)
        elif isinstance(effect, FetchPage):
            self.fetch(effect)
        elif isinstance(effect, TakePage):
            failed = self.luck(20)
            cursor = Cursor(effect.page.epoch, effect.page.through)
            self.say(TakeFailed("replica.disk_full") if failed else PageTaken(cursor))

    def say(self, event: object) -> None:
        self.todo += self.engine.happen(event)  # type: ignore[arg-type]  # one of the events above

    def push(self, push: Push) -> None:
        assert push.number == self.engine.state.up.number  # one at a time
        assert push.count <= 500
        if self.luck(20):
            self.say(PushLost(push.number))
            return
        code = self.random.choice([Refusal.BUSY, Refusal.BROKEN, Refusal.REPLAYED, Refusal.BAD_REQUEST, Refusal.CLOCK])
        if self.luck(20):
            self.say(PushRefused(push.number, Problem(code.value, server_ms=5, retry_after_ms=70_000), None))
            return
        if push.after > self.has:
            self.say(
                PushRefused(push.number, Problem("sync.gap", "", self.has, own_hash(self.has)), own_hash(self.has))
            )
            return
        self.has = max(self.has, push.after + push.count)
        if self.luck(20):
            self.say(PushLost(push.number))  # it is there, and the till does not know
            return
        answer = JournalAnswer(f"e{self.epoch}", head(self.has), self.has, b"s" * 64, server_ms=1)
        self.say(PushAnswered(push.number, answer, own_hash(self.has)))

    def fetch(self, fetch: FetchPage) -> None:
        assert fetch.number == self.engine.state.down.number
        if self.luck(20):
            self.say(DownLost(fetch.number))
        elif self.luck(10):
            self.say(DownRefused(fetch.number, Problem("sync.busy", retry_after_ms=5_000)))
        else:
            left = ROWS - fetch.cursor.position
            page = feed_page(fetch.cursor, min(left, 40), behind=max(0, left - 40))
            if self.luck(5):
                page = feed_page(Cursor(EPOCH, fetch.cursor.position + 1), 1)
            self.say(PageReceived(fetch.number, page))


@given(st.integers(0, 2**32), st.integers(0, 2_000))
def test_everything_arrives_once_the_line_is_good(seed: int, records: int) -> None:
    world = World(seed, records)
    world.run(150)
    assert world.engine.state.kept == world.kept or any(isinstance(each, Note) for each in world.todo)
    assert world.engine.state.stopped == ""
    world.is_fair = True
    world.run(400)
    state = world.engine.state
    assert world.has == state.head == state.kept.accepted.seq == world.kept.accepted.seq
    assert state.kept.epoch == f"e{world.epoch}"
    assert state.down.cursor is not None
    assert state.down.cursor.position == ROWS
    assert state.waiting == 0


@given(st.integers(0, 2**32), st.integers(0, 3_000))
def test_an_alarm_is_always_set_or_an_answer_awaited(seed: int, records: int) -> None:
    world = World(seed, records)
    for _ in range(200):
        world.run(1)
        state = world.engine.state
        busy = state.up.number != 0 and (state.down.number != 0 or state.down.takes)
        assert busy or state.wake_ms is not None


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 5_000)), max_size=30))
def test_progress_never_says_more_than_there_is(steps: list[tuple[int, int]]) -> None:
    progress, now = Progress(), 0
    for left, elapsed in steps:
        now += elapsed
        progress = progress.with_left(left, now)
        assert progress.left == left
        assert 0 <= progress.done <= progress.total
        assert progress.seconds_left is None or progress.seconds_left > 0


def test_the_rate_is_smoothed() -> None:
    progress = Progress().with_left(1000, 0)
    for second in range(1, 6):
        progress = progress.with_left(1000 - 100 * second, second * 1000)
    assert progress.seconds_left == 5
    assert progress.with_left(499, 6_000).seconds_left == 8  # one slow second is not the whole truth
    assert progress.with_left(0, 7_000) == Progress()
