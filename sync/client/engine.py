"""The till's end of sync as a function: what it knows and what happened, to what it then knows and wants done.

No clock, no randomness, no socket and no file in here: the simulator and the till run the same. ``now_ms`` is a clock
that never jumps; ``rng`` gives whole random numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sync.client import downward, upward
from sync.client.backoff import Rng
from sync.client.events import (
    Appended,
    ChunkReceived,
    ChunkTaken,
    DownLost,
    DownRefused,
    Effect,
    Event,
    ManifestReceived,
    PageReceived,
    PageTaken,
    PushAnswered,
    PushLost,
    PushRefused,
    SnapshotBegun,
    Started,
    Stopped,
    Swapped,
    SyncNow,
    TakeFailed,
    Tell,
    Tick,
    WakeAt,
)
from sync.client.state import Down, Line, Stage, Standing, State, Up
from sync.client.turn import Turn


def step(state: State, event: Event, now_ms: int, rng: Rng) -> tuple[State, tuple[Effect, ...]]:
    """What an event makes of the state, and what is to be done.

    Args:
        state: What is known; ``State(rules)`` before the start.
        event: What happened.
        now_ms: Milliseconds of a clock that never jumps.
        rng: ``rng(n)`` is a random whole number from 0 to below n.
    """
    turn = Turn(state, now_ms, rng)
    if isinstance(event, Started):
        _start(turn, event)
    elif not state.is_running:
        return state, ()
    else:
        _HANDLERS[type(event)](turn, event)
    upward.go(turn)
    downward.go(turn)
    _look(turn)
    return turn.state, tuple(turn.effects)


def _start(turn: Turn, event: Started) -> None:
    rules, old = turn.state.rules, turn.state
    up = Up(after=min(event.kept.accepted.seq, event.head), limit=rules.batch, due_ms=turn.now)
    down = Down(stage=Stage.MANIFEST if event.cursor is None else Stage.FEED, cursor=event.cursor, due_ms=turn.now)
    turn.state = State(
        rules, is_running=True, kept=event.kept, head=event.head, up=up, down=down, last_number=old.last_number
    )


def _appended(turn: Turn, event: Appended) -> None:
    upward.appended(turn, event.head)


def _tick(turn: Turn, _: Tick) -> None:
    turn.set(wake_ms=None)  # the alarm rang: it has to be set again


def _stop(turn: Turn, _: Stopped) -> None:
    turn.finish("sync.offline")
    turn.set(is_running=False)


def _want(turn: Turn, _: SyncNow) -> None:
    upward.want(turn)
    if turn.now < turn.state.not_before_ms:
        turn.finish("sync.busy")
        return
    downward.want(turn)


def _look(turn: Turn) -> None:
    """What others are told after every event: who waits, where sync stands, when to wake."""
    state = turn.state
    wanted = state.wanted
    if wanted is not None and wanted.is_up and wanted.is_down:
        turn.finish()
    waiting = state.waiting
    since = None if waiting == 0 else turn.now if state.waiting_since_ms is None else state.waiting_since_ms
    turn.set(waiting_since_ms=since, sent=state.sent.with_left(waiting, turn.now))
    standing = _standing(turn)
    if standing != turn.state.told:
        turn.set(told=standing)
        turn.emit(Tell(standing))
    wake = _wake(turn)
    if wake != turn.state.wake_ms:
        turn.set(wake_ms=wake)
        turn.emit(WakeAt(wake))


def _wake(turn: Turn) -> int | None:
    state = turn.state
    if not turn.is_open():
        return None
    times = []
    if state.up.number == 0:
        times.append(max(state.up.due_ms, state.not_before_ms))
    if state.down.number == 0 and not state.down.takes:
        times.append(max(state.down.due_ms, state.not_before_ms))
    if state.waiting_since_ms is not None and state.waiting_since_ms + state.rules.quiet_ms > turn.now:
        times.append(state.waiting_since_ms + state.rules.quiet_ms)
    return min(times, default=None)


def _standing(turn: Turn) -> Standing:
    state = turn.state
    line, reason = _line(turn)
    seconds = [each for each in (state.sent.seconds_left, state.loaded.seconds_left) if each is not None]
    return Standing(
        line=line,
        reason=reason,
        waiting=state.waiting,
        to_send=state.sent.total,
        acknowledged=state.kept.accepted.seq,
        applied=state.kept.applied,
        behind=state.down.behind,
        as_of_ms=state.as_of_ms,
        snapshot_done=state.loaded.done,
        snapshot_rows=state.loaded.total,
        seconds_left=max(seconds, default=None),
        set_aside=state.set_aside,
        attention=state.attention,
        stuck_seq=state.up.stuck_seq,
    )


def _line(turn: Turn) -> tuple[Line, str]:
    state = turn.state
    if state.stopped:
        return Line.ATTENTION, state.stopped
    if state.up.stuck_seq:
        return Line.ATTENTION, "sync.refused_record"
    trouble = state.up.trouble or state.down.trouble
    if state.was_reached and not state.up.trouble and state.down.is_trouble_here:
        return Line.ATTENTION, trouble  # head office answers: whoever spends can be asked about, and records go up
    if trouble or not state.was_reached:
        return Line.OFFLINE, trouble
    if state.set_aside:
        return Line.ATTENTION, ""
    if state.attention:
        return Line.ATTENTION, ""
    since = state.waiting_since_ms
    waits_long = not state.up.has_answer or (since is not None and turn.now >= since + state.rules.quiet_ms)
    if waits_long or state.waiting > state.rules.quiet or state.down.behind or state.down.stage is not Stage.FEED:
        return Line.CATCHING_UP, ""
    return Line.CURRENT, ""


_HANDLERS: Final[dict[type[Event], Callable[[Turn, Any], None]]] = {
    Appended: _appended,
    Tick: _tick,
    PushAnswered: upward.answered,
    PushRefused: upward.refused,
    PushLost: upward.lost,
    PageReceived: downward.page_received,
    PageTaken: downward.page_taken,
    ManifestReceived: downward.manifest_received,
    SnapshotBegun: downward.snapshot_begun,
    ChunkReceived: downward.chunk_received,
    ChunkTaken: downward.chunk_taken,
    Swapped: downward.swapped,
    DownRefused: downward.refused,
    DownLost: downward.lost,
    TakeFailed: downward.take_failed,
    SyncNow: _want,
    Stopped: _stop,
}
