"""Runs the till's end of sync: one thread thinks, one talks up, one talks down; what is kept goes to its own lane.

Imported only when it is needed, in the thread that thinks: the libraries of the wire take a while to load.
"""

from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pos_app.errors import KnownError
from pos_app.runtime.lanes import LaneName, Lanes
from pos_app.runtime.line_diary import LineDiary
from sync.client import events as e
from sync.client.engine import step
from sync.client.state import Cursor, Kept, Line, Rules, Standing, State
from sync.client.transport import UnreachableError
from sync.protocol.batch import BatchHeader
from sync.protocol.errors import Refusal, RefusedError

if TYPE_CHECKING:
    from sync.client.ports import FeedSink, JournalSource, SnapshotSink
    from sync.client.transport import Line as Wire

T = TypeVar("T")
#: Of a batch's payloads before they are packed.
MAX_BATCH_BYTES: Final = 8 << 20
_RULES: Final = Rules()
_BUG: Final = "bug.unexpected"


@dataclass(frozen=True, slots=True)
class SyncParts:
    """What sync works with.

    Attributes:
        till: The till's id.
        incarnation: Which of its lives.
        software: The till's version.
        connect: Makes a line to head office; given what to add to the till's clock for head office's.
        journal: The journal, for reading.
        keep: Keeps what head office said; called on the ledger's lane.
        note_line: Writes into the journal that the line came back (True) or went; called on the ledger's lane.
        feed: Takes pages over; called on the sync lane.
        snapshots: Takes a snapshot over.
        on_bug: Told what nobody expected; from any thread.
        wall_ms: The till's clock.
        rules: Times and sizes.
    """

    till: str
    incarnation: int
    software: str
    connect: Callable[[Callable[[], int]], Wire]
    journal: JournalSource
    keep: Callable[[Kept], None]
    note_line: Callable[[bool], None]
    feed: FeedSink
    snapshots: SnapshotSink
    on_bug: Callable[[BaseException], None]
    wall_ms: Callable[[], int]
    rules: Rules = _RULES


class SyncDriver:
    """Sync at work. What it tells comes from a thread of its own."""

    def __init__(
        self,
        parts: SyncParts,
        lanes: Lanes,
        *,
        tell: Callable[[Standing], None],
        finished: Callable[[str], None],
    ) -> None:
        """Prepare.

        Args:
            parts: What sync works with.
            lanes: The till's threads.
            tell: Told where sync stands whenever that changes.
            finished: Told how ``SyncNow`` ended: a code where it could not be done, else empty.
        """
        self._parts: Final = parts
        self._lanes: Final = lanes
        self._tell: Final = tell
        self._finished: Final = finished
        self._events: Final[queue.SimpleQueue[e.Event]] = queue.SimpleQueue()
        self._up: Final[queue.SimpleQueue[e.Push | None]] = queue.SimpleQueue()
        self._down: Final[queue.SimpleQueue[e.Effect | None]] = queue.SimpleQueue()
        self._lock: Final = threading.Lock()
        self._wires: Final[list[Wire]] = []
        self._diary: Final = LineDiary()
        self._offset_ms = 0
        self._wake_ms: int | None = None
        self._is_over = False
        self._threads: Final = [
            threading.Thread(target=self._talk_up, name="guitai-sync-up", daemon=True),
            threading.Thread(target=self._talk_down, name="guitai-sync-down", daemon=True),
        ]

    def happen(self, event: e.Event) -> None:
        """Something happened; from any thread."""
        self._events.put(event)

    def run(self) -> None:
        """Work until :meth:`stop`; in the thread that thinks."""
        try:
            state = State(self._parts.rules)
            event: e.Event = self._started()
            for thread in self._threads:
                thread.start()
            while not self._is_over:
                state, effects = step(state, event, _now_ms(), random.randrange)
                for effect in effects:
                    self._do(effect)
                if isinstance(event, e.Stopped):
                    return
                event = self._next()
        except Exception as error:  # noqa: BLE001 -- whatever it is, the counter goes on and the log has it
            if not self._is_over:
                self._parts.on_bug(error)

    def stop(self) -> None:
        """End everything, also what waits for an answer; returns at once."""
        self._is_over = True
        self.happen(e.Stopped())
        self._up.put(None)
        self._down.put(None)
        with self._lock:
            wires = list(self._wires)
        for wire in wires:
            wire.hang_up()

    def join(self, timeout_s: float) -> None:
        """Wait for the threads that talk, so long at most."""
        until = time.monotonic() + timeout_s
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, until - time.monotonic()))

    def wire(self) -> Wire:
        """A line of the caller's own thread; it is hung up when sync stops."""
        wire = self._parts.connect(lambda: self._offset_ms)
        with self._lock:
            self._wires.append(wire)
        if self._is_over:
            wire.hang_up()
        return wire

    def drop(self, wire: Wire) -> None:
        """Let go of such a line; in its own thread."""
        with self._lock:
            if wire in self._wires:
                self._wires.remove(wire)
        wire.close()

    # Thinking

    def _started(self) -> e.Started:
        cursor: Cursor | None = self._lanes.submit(LaneName.SYNC, self._parts.feed.cursor).result()
        return e.Started(self._parts.journal.kept(), self._parts.journal.head_seq(), cursor)

    def _next(self) -> e.Event:
        """What happens next: at the latest, the alarm rings."""
        while True:
            now = _now_ms()
            came_back = self._diary.take(now)
            if came_back is not None:
                self._on_ledger(partial(self._parts.note_line, came_back))
            if self._wake_ms is not None and self._wake_ms <= now:
                self._wake_ms = None
                return e.Tick()
            times = [each for each in (self._wake_ms, self._diary.due_ms()) if each is not None]
            try:
                return self._events.get(timeout=max(0.001, (min(times) - now) / 1000) if times else None)
            except queue.Empty:
                continue  # one of the alarms

    def _do(self, effect: e.Effect) -> None:
        match effect:
            case e.Push():
                self._up.put(effect)
            case e.WakeAt():
                self._wake_ms = effect.at_ms
            case e.Tell():
                self._on_standing(effect.standing)
            case e.Note():
                self._on_ledger(partial(self._parts.keep, effect.kept))
            case e.NoteClock():
                self._offset_ms = effect.server_ms - self._parts.wall_ms()
            case e.TakePage():
                self._on_sync(partial(self._take_page, effect))
            case e.SwapSnapshot():
                self._on_sync(partial(self._swap, effect))
            case e.Finished():
                self._finished(effect.reason)
            case _:
                self._down.put(effect)

    def _on_standing(self, standing: Standing) -> None:
        # Without a reason it is not known yet: the till has only just begun to ask.
        if standing.line is not Line.OFFLINE or standing.reason:
            self._diary.seen(standing.line is not Line.OFFLINE, _now_ms())
        self._tell(standing)

    def _on_ledger(self, work: Callable[[], None]) -> None:
        if not self._lanes.is_shut:
            self._lanes.submit(LaneName.LEDGER, lambda: self._guarded(work))

    def _on_sync(self, work: Callable[[], e.Event]) -> None:
        if not self._lanes.is_shut:
            self._lanes.submit(LaneName.SYNC, lambda: self.happen(self._taken(work)))

    def _guarded(self, work: Callable[[], None]) -> None:
        """Run something whose failure the next answer of head office makes up for; also what is left at the end."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 -- a lane's work has nobody who would hear of it
            self._parts.on_bug(error)

    # Taking over

    def _taken(self, work: Callable[[], e.Event]) -> e.Event:
        try:
            return work()
        except KnownError as error:
            return e.TakeFailed(error.code)
        except Exception as error:  # noqa: BLE001 -- rows that nobody expected must not end sync
            self._parts.on_bug(error)
            return e.TakeFailed(_BUG)

    def _take_page(self, effect: e.TakePage) -> e.Event:
        self._parts.feed.take_over(effect.page)
        # Where the replica stands, not where it should: what was not taken over is asked for again, not passed over.
        cursor: Cursor | None = self._parts.feed.cursor()
        return e.TakeFailed(Refusal.BROKEN) if cursor is None else e.PageTaken(cursor)

    def _swap(self, effect: e.SwapSnapshot) -> e.Event:
        self._parts.snapshots.swap(effect.manifest)
        return e.Swapped(Cursor(effect.manifest.epoch, effect.manifest.position))

    # Talking

    def _talk_up(self) -> None:
        wire: Wire | None = None
        try:
            while (push := self._up.get()) is not None and not self._is_over:
                wire = wire or self.wire()
                self.happen(self._push(wire, push))
        finally:
            if wire is not None:
                self.drop(wire)

    def _push(self, wire: Wire, push: e.Push) -> e.Event:
        parts = self._parts
        try:
            out = parts.journal.outgoing(push.after, push.count, MAX_BATCH_BYTES)
            header = BatchHeader(
                till=parts.till,
                incarnation=parts.incarnation,
                before=out.before,
                count=len(out.payloads),
                signature=out.signature,
                people=out.people,
                acknowledged=push.signed,
                sent_ms=parts.wall_ms(),
                waiting=push.waiting + push.count - len(out.payloads),
                software=parts.software,
            )
            answer = wire.push(header, out.payloads)
            return e.PushAnswered(push.number, answer, parts.journal.hash_at(answer.accepted.seq))
        except RefusedError as error:
            own_hash = self._own_hash(error.problem.accepted)
            return e.PushRefused(push.number, error.problem, own_hash)
        except UnreachableError as error:
            return e.PushLost(push.number, error.reason)
        except Exception as error:  # noqa: BLE001 -- a record that cannot be sent must not end sync
            return e.PushLost(push.number, self._reason(error))

    def _own_hash(self, seq: int) -> bytes | None:
        try:
            return self._parts.journal.hash_at(seq)
        except KnownError:
            return None  # the books cannot be read: then nothing is sent either

    def _talk_down(self) -> None:
        wire: Wire | None = None
        try:
            while (effect := self._down.get()) is not None and not self._is_over:
                if isinstance(effect, e.BeginSnapshot):
                    self.happen(self._taken(partial(self._begin, effect)))
                elif isinstance(effect, e.TakeChunk):
                    self.happen(self._taken(partial(self._take_chunk, effect)))
                else:
                    wire = wire or self.wire()
                    self.happen(self._fetch(wire, effect))
        finally:
            if wire is not None:
                self.drop(wire)

    def _begin(self, effect: e.BeginSnapshot) -> e.Event:
        return e.SnapshotBegun(tuple(self._parts.snapshots.begin(effect.manifest)))

    def _take_chunk(self, effect: e.TakeChunk) -> e.Event:
        self._parts.snapshots.take_chunk(effect.name, effect.rows)
        return e.ChunkTaken(effect.name.sha256)

    def _fetch(self, wire: Wire, effect: Any) -> e.Event:
        number: int = effect.number
        try:
            match effect:
                case e.FetchPage():
                    return e.PageReceived(number, wire.page(effect))
                case e.FetchManifest():
                    return e.ManifestReceived(number, wire.manifest())
                case _:
                    return e.ChunkReceived(number, effect.name, wire.chunk(effect.name))
        except RefusedError as error:
            return e.DownRefused(number, error.problem)
        except UnreachableError as error:
            return e.DownLost(number, error.reason)
        except Exception as error:  # noqa: BLE001 -- an answer that nobody expected must not end sync
            return e.DownLost(number, self._reason(error))

    def _reason(self, error: Exception) -> str:
        if isinstance(error, KnownError):
            return error.code
        if not self._is_over:
            self._parts.on_bug(error)
        return _BUG


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000
