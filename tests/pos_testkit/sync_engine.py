"""The engine driven by hand, and against a small head office made of a list, in a time that only moves when told."""

from __future__ import annotations

import random
from typing import TypeVar

import msgspec

from sync.client.engine import step
from sync.client.events import (
    Appended,
    Effect,
    Event,
    FetchChunk,
    FetchManifest,
    FetchPage,
    PageReceived,
    Push,
    PushAnswered,
    Started,
    Tick,
)
from sync.client.state import Cursor, Kept, Rules, Standing, State
from sync.protocol.chain import GENESIS, Head
from sync.protocol.errors import Problem, Refusal
from sync.protocol.messages import FeedPage, FeedRow, JournalAnswer, Pace

E = TypeVar("E")
EPOCH = "e1"
#: Effects that are a request to head office.
ASKS = (Push, FetchPage, FetchManifest, FetchChunk)


def own_hash(seq: int) -> bytes:
    """The hash of a till's record in these tests."""
    return GENESIS.hash if seq == 0 else seq.to_bytes(32, "big")


def head(seq: int) -> Head:
    """A till's head in these tests."""
    return Head(seq, own_hash(seq))


def answer(accepted: int, *, applied: int | None = None, epoch: str = EPOCH, pace: Pace | None = None) -> JournalAnswer:
    """Head office has everything up to a record."""
    through = accepted if applied is None else applied
    return JournalAnswer(epoch, head(accepted), through, b"s" * 64, pace=pace or Pace(), server_ms=1)


def problem(code: Refusal, **more: int) -> Problem:
    """A refusal."""
    return msgspec.structs.replace(Problem(code.value), **more)


class Engine:
    """The engine with its time."""

    def __init__(self, *, head: int = 0, kept: Kept | None = None, cursor: Cursor | None = None, seed: int = 1) -> None:
        self.now = 1_000_000
        self.rng = random.Random(seed)
        self.state = State(Rules())
        self.effects: list[Effect] = []
        self.log: list[tuple[int, Effect]] = []
        self.happen(Started(kept or Kept(), head, cursor or Cursor(EPOCH, 0)))

    def happen(self, event: Event) -> tuple[Effect, ...]:
        """Let something happen; returns what is to be done for it."""
        self.state, effects = step(self.state, event, self.now, self.rng.randrange)
        self.effects = list(effects)
        self.log += [(self.now, each) for each in effects]
        return effects

    def wait(self, milliseconds: int) -> list[Effect]:
        """Let time pass; the alarm rings when it was set."""
        until, found = self.now + milliseconds, list[Effect]()
        while self.state.wake_ms is not None and self.state.wake_ms <= until:
            self.now = max(self.now, self.state.wake_ms)
            found += self.happen(Tick())
        self.now = until
        self.effects = found
        return found

    def one(self, kind: type[E]) -> E:
        """The only effect of a kind that came last."""
        (found,) = [each for each in self.effects if isinstance(each, kind)]
        return found

    def has(self, kind: type[Effect]) -> bool:
        """Whether the last effects have one of a kind."""
        return any(isinstance(each, kind) for each in self.effects)

    def taken(self, accepted: int, *, applied: int | None = None, pace: Pace | None = None) -> None:
        """The push under way is answered."""
        got = answer(accepted, applied=applied, pace=pace)
        self.happen(PushAnswered(self.state.up.number, got, own_hash(accepted)))

    def page(self, rows: int = 0, *, behind: int = 0) -> None:
        """The feed question under way is answered."""
        cursor = self.state.down.cursor
        assert cursor is not None
        page = feed_page(cursor, rows, behind=behind)
        self.happen(PageReceived(self.state.down.number, page))

    def append(self, count: int = 1) -> None:
        """The till writes records."""
        self.happen(Appended(self.state.head + count))

    @property
    def standing(self) -> Standing:
        """What was told last."""
        assert self.state.told is not None
        return self.state.told

    def all(self, kind: type[E]) -> list[tuple[int, E]]:
        """Everything of a kind that was ever wanted, with its time."""
        return [(at, each) for at, each in self.log if isinstance(each, kind)]


def feed_page(cursor: Cursor, rows: int = 0, *, behind: int = 0) -> FeedPage:
    """A page of so many rows after a cursor."""
    body = tuple(FeedRow("person", str(cursor.position + each)) for each in range(rows))
    after = cursor.position
    return FeedPage(cursor.epoch, after, after + rows, body, 0, behind=behind, server_ms=1)


def quiet(**more: int) -> Engine:
    """An engine that has sent everything and holds its question for more open."""
    engine = Engine(**more)
    push = engine.one(Push)
    engine.taken(push.after + push.count)
    if engine.state.down.number:
        engine.page()
    engine.wait(0)
    return engine


def asked_while_idle(hours: int, held_ms: int) -> int:
    """How many requests a till makes at which nothing happens, and for which nothing comes.

    Args:
        hours: For so long.
        held_ms: So long head office holds each question for something new open.
    """
    engine = quiet()
    start, step_ms = engine.now, 1_000
    while engine.now < start + hours * 3_600_000:
        if engine.state.down.number:
            engine.wait(held_ms)
            engine.page()
        if engine.state.up.number:
            engine.taken(0)
        engine.wait(step_ms)
    return sum(1 for at, each in engine.log if isinstance(each, ASKS) and at >= start)
