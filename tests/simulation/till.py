"""A till of the simulation: the real engine between a disk and a network, and a counter that sells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from simulation import trade
from simulation.disks import Disk
from simulation.till_books import Row, TillState, written
from simulation.wire import Question, Reply, digest, pack, unpack_reply

from pos_app.domain import codec
from pos_app.domain.clock import Moment
from pos_app.domain.ids import MemberId, RecordId
from pos_app.domain.ledger.bodies_sync import BeganAgain, NewLife
from pos_app.domain.ledger.journal import Entry, Record, RecordKind, read_payload, record_hash, seal
from sync.client import engine, events
from sync.client.state import Cursor, Kept, Line, Rules, Standing, State
from sync.protocol import batch, pages
from sync.protocol.chain import Head, receipt_statement
from sync.protocol.errors import Problem, RefusedError
from sync.protocol.messages import JournalAnswer, Manifest, SpendAnswer

if TYPE_CHECKING:
    from simulation.keys import Key
    from simulation.world import World

EPOCH_DAY = dt.date(2025, 6, 18)
EPOCH_MS = 1_750_219_200_000
DAY_MS = 86_400_000
#: Without an answer for so long, there will be none.
GIVE_UP_MS = 30_000
#: Small, so that pages are cut and batches are halved.
RULES = Rules(batch=7, page=5, last_retry_ms=60_000, rarely_ms=120_000, idle_check_ms=120_000)


class Till:
    """A machine.

    Attributes:
        name: Of the machine; a copied disk makes a second machine that is the same till.
        disk: What survives.
        key: Of the till's life; kept apart from the disk.
        is_up: Whether the process runs.
        run: Which run of the process this is: what an earlier one waited for is passed over.
        skew_ms: What the wall clock is off.
        standing: What the engine told last.
        is_gone: Destroyed, or replaced.
    """

    def __init__(self, world: World, name: str, state: TillState, key: Key) -> None:
        self.world, self.name, self.key = world, name, key
        self.disk = Disk(name, state, world)
        self.is_up = False
        self.is_gone = False
        self.run = 0
        self.skew_ms = 0
        self.standing = Standing()
        self.finished: list[str] = []
        self._engine = State(RULES)
        self._alarm = 0
        self._in_flight: set[int] = set()
        self._truths: dict[int, dict[str, frozenset[UUID]]] = {}
        self._asked: dict[int, Any] = {}

    # The process -----------------------------------------------------------------------------------------------------

    @property
    def state(self) -> TillState:
        """What is on the disk."""
        return self.disk.state

    @property
    def now(self) -> Moment:
        """By the till's own clocks."""
        return Moment(EPOCH_MS + self.world.agenda.now_ms + self.skew_ms, self.world.agenda.now_ms)

    @property
    def today(self) -> dt.date:
        """By the till's wall clock."""
        return EPOCH_DAY + dt.timedelta(days=(self.world.agenda.now_ms + self.skew_ms) // DAY_MS)

    def start(self) -> None:
        """The machine is switched on."""
        self.run += 1
        self.is_up = True
        self._engine = State(RULES)
        self._asked.clear()
        self._in_flight.clear()
        self._truths.clear()
        self._alarm += 1
        state = self.state
        self.tell(events.Started(state.kept, state.head.seq, state.cursor))
        given_up = tuple(state.held)
        if given_up:  # of sales that were never made
            self.write(trade.released([RecordId(each) for each in given_up]), None, unheld=given_up)

    def begin_again(self, incarnation: int, key: Key, why: NewLife, kept: Kept | None = None) -> None:
        """A new life on what is on the disk; its first record says so."""
        self.key = key
        state = self.state
        head = state.head
        body = BeganAgain(incarnation, key.public, head.seq, head.hash, why)

        def begin(state: TillState) -> None:
            state.incarnation = incarnation
            if kept is not None:
                state.kept = kept

        self.disk.commit(begin)
        self.write((RecordKind.BEGAN_AGAIN, body, ()), None)

    @property
    def is_busy(self) -> bool:
        """Whether a customer waits at the counter."""
        return self.world.counter(self).is_busy

    def crash(self) -> None:
        """The process dies."""
        self.is_up = False
        self.run += 1

    def tell(self, event: events.Event) -> None:
        """Let the engine know, and do what it wants."""
        if isinstance(event, events.PushAnswered | events.PushRefused | events.PushLost):
            self._in_flight.discard(event.number)
        waiting: list[events.Event] = [event]
        while waiting:
            self._engine, effects = engine.step(
                self._engine, waiting.pop(0), self.world.agenda.now_ms, self.world.chances.below
            )
            for effect in effects:
                self.world.crash_point(self.name)
                follows = self._do(effect)
                if follows is not None:
                    waiting.append(follows)

    def sync_now(self) -> None:
        """Somebody pressed the button."""
        self.finished.clear()
        self.tell(events.SyncNow())

    # What the engine wants -------------------------------------------------------------------------------------------

    def _do(self, effect: events.Effect) -> events.Event | None:
        match effect:
            case events.Push():
                self._push(effect)
            case events.Note(kept=kept):
                self.disk.commit(lambda state: setattr(state, "kept", kept))
                self.world.checks.acknowledged(self, kept)
            case events.FetchPage(number=number, cursor=cursor, limit=limit, wait_ms=wait_ms):
                body = msgspec.json.encode((cursor.epoch, cursor.position, limit, wait_ms))
                self._ask(number, "feed", body, events.DownLost(number), wait_ms)
            case events.FetchManifest(number=number):
                self._ask(number, "manifest", b"", events.DownLost(number))
            case events.FetchChunk(number=number, name=name):
                self._asked[number] = name
                self._ask(number, "chunk", name.sha256.encode(), events.DownLost(number))
            case events.TakePage(page=page):
                return self._take_page(page)
            case events.BeginSnapshot(manifest=manifest):
                wanted = {each.sha256 for each in (*manifest.first, *manifest.members)}
                self.disk.commit(
                    lambda state: setattr(
                        state, "chunks", {name: rows for name, rows in state.chunks.items() if name in wanted}
                    )
                )
                missing = [
                    each for each in (*manifest.first, *manifest.members) if each.sha256 not in self.state.chunks
                ]
                return events.SnapshotBegun(tuple(missing))
            case events.TakeChunk(name=name, rows=rows):
                self.disk.commit(lambda state: state.chunks.__setitem__(name.sha256, rows))
                return events.ChunkTaken(name.sha256)
            case events.SwapSnapshot(manifest=manifest):
                return self._swap(manifest)
            case events.WakeAt(at_ms=at_ms):
                self._alarm += 1
                if at_ms is not None:
                    self._ring(at_ms, self._alarm)
            case events.Tell(standing=standing):
                self.standing = standing
            case events.Finished(reason=reason):
                self.finished.append(reason)
            case events.NoteClock():
                pass
        return None

    def _ring(self, at_ms: int, alarm: int) -> None:
        run = self.run

        def tick() -> None:
            if self.run == run and self.is_up and self._alarm == alarm:
                self.tell(events.Tick())

        self.world.agenda.at(at_ms, lambda: self.world.in_process(self, tick))

    def _push(self, effect: events.Push) -> None:
        state = self.state
        run = state.journal[effect.after : effect.after + effect.count]
        before = Head(effect.after, state.hash_at(effect.after) or bytes(32))
        header = batch.BatchHeader(
            till=state.till,
            incarnation=state.incarnation,
            before=before,
            count=len(run),
            signature=run[-1].record.signature if run else b"",
            people=tuple(
                batch.PersonRow(each.record.seq, msgspec.Raw(state.people[each.record.seq]))
                for each in run
                if each.record.seq in state.people
            ),
            acknowledged=effect.signed,
            sent_ms=self.now.wall_ms,
            waiting=effect.waiting,
        )
        data = batch.pack(batch.Batch(header, tuple(each.record.payload for each in run)), level=1)
        self.world.checks.pushing(self, effect)
        self._in_flight.add(effect.number)
        self._ask(effect.number, "journal", data, events.PushLost(effect.number))

    def _ask(self, number: int, what: str, body: bytes, lost: events.Event, wait_ms: int = 0) -> None:
        """Send a request; whatever comes first of an answer and giving up is what happens."""
        run = self.run
        state = self.state
        question = Question(state.till, state.incarnation, self.key.proof, run, number, what, body, digest(body))
        self.world.network.carry(
            self.name, pack(question), lambda data: self.world.office.take(self.name, data), "request"
        )
        self.world.agenda.after(
            GIVE_UP_MS + wait_ms, lambda: self.world.in_process(self, lambda: self.tell(lost), run=run)
        )

    def take_reply(self, data: bytes) -> None:
        """Something came over the line, perhaps for an earlier run of the process."""
        if not self.is_up:
            return
        reply = unpack_reply(data)
        if reply is None or reply.run != self.run:
            return  # cut off in the middle, or for a process that is no more: as if it had not come
        if reply.number < 0:
            self._spend_answered(reply)
            return
        number = reply.number
        if number not in {self._engine.up.number, self._engine.down.number}:
            return
        is_up = number == self._engine.up.number
        if reply.problem is not None:
            problem = reply.problem
            if is_up:
                self.tell(events.PushRefused(number, problem, self.state.hash_at(problem.accepted)))
            else:
                self.tell(events.DownRefused(number, problem))
            return
        event = self._read(number, reply, is_up=is_up)
        if event is not None:
            self.tell(event)

    def _read(self, number: int, reply: Reply, *, is_up: bool) -> events.Event | None:
        if is_up:
            answer = msgspec.json.decode(reply.body, type=JournalAnswer)
            state = self.state
            statement = receipt_statement(answer.epoch, state.till, state.incarnation, answer.accepted)
            if not self.world.office_key.signed(statement, answer.cosignature):
                self.world.checks.fail("T3", "an answer is not signed by head office")
            self.world.checks.told(self, answer)
            return events.PushAnswered(number, answer, state.hash_at(answer.accepted.seq))
        truth = {
            key: frozenset(ids)
            for key, ids in msgspec.msgpack.decode(reply.truth or b"\x80", type=dict[str, list[UUID]]).items()
        }
        try:
            match self._engine.down.stage.value:
                case "feed":
                    self._truths[0] = truth
                    return events.PageReceived(number, pages.unpack_page(reply.body))
                case "manifest":
                    self._truths[1] = truth
                    return events.ManifestReceived(number, msgspec.json.decode(reply.body, type=Manifest))
                case _:
                    name = self._asked[number]
                    return events.ChunkReceived(number, name, pages.unpack_chunk(name, reply.body))
        except RefusedError:
            return events.DownLost(number)

    # The replica -----------------------------------------------------------------------------------------------------

    def _take_page(self, page: Any) -> events.Event:
        truth = self._truths.get(0, {})
        cursor = Cursor(page.epoch, page.through)

        def take(state: TillState) -> None:
            for row in page.rows:
                _put(state, row, page.contains_seq, truth)

        def move(state: TillState) -> None:
            state.cursor = cursor

        if self.world.has_mutant("cursor apart"):
            self.disk.commit(move)
            self.disk.commit(take)
        else:
            self.disk.commit(lambda state: (take(state), move(state)))
        self.world.counts["pages taken"] += 1
        return events.PageTaken(cursor)

    def _swap(self, manifest: Manifest) -> events.Event:
        truth = self._truths.get(1, {})
        cursor = Cursor(manifest.epoch, manifest.position)
        contains = self._contained(manifest)

        def swap(state: TillState) -> None:
            state.rows = {}
            for each in (*manifest.first, *manifest.members):
                for row in state.chunks[each.sha256]:
                    _put(state, row, contains, truth)
            state.chunks = {}
            state.cursor = cursor

        self.disk.commit(swap)
        self.world.counts["snapshots taken"] += 1
        return events.Swapped(cursor)

    @property
    def appends_in_flight(self) -> int:
        """Appends that were sent, not answered and not given up."""
        return len(self._in_flight)

    def _contained(self, manifest: Manifest) -> int:
        """The last own record in a snapshot."""
        state = self.state
        bases = [each.body.base_seq for each in state.journal if isinstance(each.body, BeganAgain)]
        return manifest.contains_of(state.till, state.incarnation, bases[-1] if bases else 0)

    # The counter -----------------------------------------------------------------------------------------------------

    def write(
        self,
        made: tuple,
        member_id: MemberId | None,
        *,
        record_id: RecordId | None = None,
        person: bytes = b"",
        unheld: tuple[UUID, ...] = (),
        version: int = 1,
    ) -> None:
        """Put a record behind the others: durable, or it did not happen."""
        entry: Entry = trade.as_entry(made, record_id or RecordId(self.new_id()), member_id)
        state = self.state
        record = seal(
            entry,
            state.head,
            self.key,
            till=state.till,
            incarnation=state.incarnation,
            moment=self.now,
            business_date=self.today,
            operator=trade.CASHIER,
            body_version=version,
        )
        self._append(record, entry.body, person, unheld)

    def write_raw(self, made: tuple, member_id: MemberId | None, record_id: RecordId) -> None:
        """Put a record behind the others that no till would write: it does not balance."""
        entry = trade.as_entry((made[0], made[1], ()), record_id, member_id)
        state = self.state
        plain = seal(
            entry,
            state.head,
            self.key,
            till=state.till,
            incarnation=state.incarnation,
            moment=self.now,
            business_date=self.today,
            operator=trade.CASHIER,
        )
        payload = codec.encode(msgspec.structs.replace(read_payload(plain), postings=tuple(made[2])))
        digest = record_hash(plain.prev_hash, payload)
        self._append(Record(plain.seq, payload, plain.prev_hash, digest, self.key.sign(digest)), entry.body, b"", ())

    def _append(self, record: Record, body: msgspec.Struct, person: bytes, unheld: tuple[UUID, ...]) -> None:
        new = written(record, read_payload(record), body)

        def append(state: TillState) -> None:
            state.journal.append(new)
            if person:
                state.people[record.seq] = person
            for each in unheld:
                state.held.pop(each, None)

        self.disk.commit(append)
        self.world.checks.committed(self, new)
        if self.is_up:
            self.tell(events.Appended(record.seq))

    def new_id(self) -> UUID:
        """An id that nobody else makes."""
        return self.world.chances.uuid(self.now.wall_ms)

    @property
    def is_online(self) -> bool:
        """As the status bar says."""
        return self.standing.line is not Line.OFFLINE

    def _spend_answered(self, reply: Reply) -> None:
        answer = None if reply.problem else msgspec.json.decode(reply.body, type=SpendAnswer)
        self.world.counter(self).answered(-reply.number, answer, reply.problem)

    def ask_spend(self, number: int, body: bytes) -> None:
        """Ask whether something may be spent."""
        question = Question(
            self.state.till, self.state.incarnation, self.key.proof, self.run, -number, "authorise", body, digest(body)
        )
        self.world.network.carry(
            self.name, pack(question), lambda data: self.world.office.take(self.name, data), "request"
        )


def _put(state: TillState, row: Any, contains_seq: int, truth: dict[str, frozenset[UUID]]) -> None:
    key = (row.kind, row.key)
    if row.is_gone:
        state.rows.pop(key, None)
    else:
        state.rows[key] = Row(bytes(row.body), contains_seq, truth.get(row.key, frozenset()))


__all__ = ["Problem", "Till"]
