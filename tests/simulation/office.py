"""Head office of the simulation: the real rules of accepting and applying between a database and a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import msgspec
from simulation.disks import Disk
from simulation.office_apply import Applying
from simulation.office_books import Authorisation, Hold, Life, OfficeState
from simulation.office_take import Taking
from simulation.wire import Question, Reply, pack, unpack_question

from pos_app.domain import codec
from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.ledger.holds import Granted, authorise
from pos_app.domain.ledger.journal import GENESIS_HASH, Payload, record_hash
from pos_app.domain.ledger.lots import NO_BASE, Base
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.spends import Spend
from sync.head_office.expiry_rules import due_of, payloads_of
from sync.protocol import pages
from sync.protocol.errors import Problem, Refusal, RefusedError
from sync.protocol.messages import GONE, FeedPage, FeedRow, Manifest, SpendAnswer, SpendRequest

if TYPE_CHECKING:
    from simulation.till import Till
    from simulation.world import World

OFFICE: Final = "office"
#: Whose journal it is in which head office books what expires.
EXPIRY: Final = "expiry"
EPOCH_DAY: Final = dt.date(2025, 6, 18)


class Office:
    """Head office's process.

    Attributes:
        disk: Its database.
        is_up: Whether the process runs.
        run: Which run of it.
        payloads: Every record that ever came, for the simulation's own checks.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.disk = Disk(OFFICE, OfficeState("e1"), world)
        self.is_up = True
        self.run = 1
        self.payloads: dict[UUID, bytes] = {}
        self._waiting: list[tuple[str, Question, int]] = []
        self._applying = Applying(self)
        self._taking = Taking(self)
        self._is_applying = False
        self._slow = 0

    @property
    def state(self) -> OfficeState:
        """What is on the disk."""
        return self.disk.state

    # The process -----------------------------------------------------------------------------------------------------

    def crash(self) -> None:
        """The process dies, and with it whatever it had not committed."""
        self.is_up = False
        self.run += 1
        self._waiting.clear()
        self._is_applying = False
        self._slow = 0

    def start(self) -> None:
        """It is started again, and looks for what is left to apply."""
        if not self.is_up:
            self.is_up = True
            self.run += 1
        self.apply_soon()

    def later(self, delay_ms: int, act: Callable[[], None]) -> None:
        """Go on after a time, if the process still lives then."""
        run = self.run
        self.world.agenda.after(delay_ms, lambda: self.world.in_office(act, run=run))

    def commit(self, change: Callable[[OfficeState], None]) -> None:
        """A transaction; whoever waits for news is answered after it."""
        before = self.state.position
        self.disk.commit(change)
        if self.state.position != before:
            waiting, self._waiting = self._waiting, []
            for machine, question, _ in waiting:
                self.later(5, lambda machine=machine, question=question: self._feed(machine, question, waits=False))

    def take(self, machine: str, data: bytes) -> None:
        """A request arrived."""
        question = unpack_question(data)
        if question is not None:
            self.world.in_office(lambda: self._answer(machine, question))

    def reply(self, machine: str, reply: Reply) -> None:
        """Send an answer to the machine that asked."""
        till = self.world.tills[machine]
        self.world.crash_point(OFFICE)
        self.world.network.carry(
            machine, pack(reply), lambda data: self.world.in_process(till, lambda: till.take_reply(data)), "answer"
        )

    def _answer(self, machine: str, question: Question) -> None:
        try:
            life = self.state.lives.get((question.till, question.incarnation))
            if life is None and question.till in {till for till, _ in self.state.lives}:
                latest = self.state.latest(question.till)
                if question.incarnation > latest:  # it began again, and this is the first that is heard of it
                    life = msgspec.structs.replace(self.state.lives[question.till, latest], fenced="")
            if life is None or life.proof != question.proof:
                raise RefusedError(Refusal.SIGNATURE, "no key of a till that is known")
            match question.what:
                case "journal":
                    self._taking.take(machine, question)
                case "feed":
                    self._check_life(life)
                    self._check_begun(question)
                    self._feed(machine, question, waits=True)
                case "manifest":
                    self._check_life(life)
                    self._manifest(machine, question)
                case "chunk":
                    found = self.state.chunks.get(question.body.decode())
                    if found is None:
                        raise RefusedError(Refusal.NOT_FOUND, "no such chunk")
                    self.reply(machine, Reply(question.number, question.run, found))
                case "authorise":
                    self._check_life(life)
                    self._check_begun(question)
                    self._authorise(machine, question)
        except RefusedError as error:
            self.world.counts[f"refused: {error.code.value}"] += 1
            self.reply(machine, Reply(question.number, question.run, problem=error.problem))

    def _check_begun(self, question: Question) -> None:
        """Of a life that has not begun here, nobody knows which records are its own."""
        if (question.till, question.incarnation) not in self.state.lives:
            raise RefusedError(Refusal.BUSY, "its first records come first", retry_after_ms=500)

    def _check_life(self, life: Life) -> None:
        if life.fenced:
            raise RefusedError(Refusal.FORK if life.fenced == "fork" else Refusal.FENCED, "this life is over")

    def expire(self, today: dt.date) -> None:
        """Book what is over by a day that some till may not have come to: as if the wait for it had been too long."""
        state, own = self.state, (EXPIRY, 1)
        life = state.lives.get(own, Life(b"", EXPIRY.encode()))
        if life.applied_seq < life.accepted_seq:
            return
        through = today - dt.timedelta(days=1)
        held: dict[LotId, int] = {}
        for each in self.held():
            held[LotId(each.lot)] = held.get(LotId(each.lot), 0) + each.amount
        due = [due_of(MemberId(who), base, held, through) for who, (base, _) in sorted(state.accounts.items())]
        payloads = list(
            payloads_of([each for each in due if each.lots or each.moves], EXPIRY, life.accepted_seq, today, 0)
        )
        if not payloads:
            return

        def write(state: OfficeState) -> None:
            seq, head = life.accepted_seq, life.accepted_hash or GENESIS_HASH
            for payload in payloads:
                seq, head = seq + 1, record_hash(head, payload)
                state.journal[EXPIRY, 1, seq] = (payload, head)
                state.arrived.append((EXPIRY, 1, seq))
            state.lives[own] = msgspec.structs.replace(life, accepted_seq=seq, accepted_hash=head)

        for payload in payloads:
            self.payloads[codec.decode(payload, Payload).id] = payload
        self.world.counts["expiries at head office"] += 1
        self.commit(write)
        self.apply_soon()

    # Applying --------------------------------------------------------------------------------------------------------

    def apply_soon(self) -> None:
        """The worker looks for what is left to apply."""
        if not self._is_applying:
            self._is_applying = True
            self.later(self.world.chances.number(10, 3_000), self._apply)

    def _apply(self) -> None:
        self._is_applying = False
        if self._applying.apply_some():
            self.apply_soon()

    def apply_again(self) -> None:
        """After an update: what waited for it."""
        self._applying.apply_waiting()

    def publish_slowly(self, duration_ms: int) -> None:
        """A transaction about something else that takes its time; its place in the feed is given last."""
        self._slow += 1
        key = ("product", f"P{self._slow % 3}")
        body = msgspec.json.encode(self.world.chances.number(1, 1_000_000))
        early = None
        if self.world.has_mutant("position before the lock"):
            self.state.position += 1  # a sequence is no part of a transaction
            early = self.state.position

        def put(state: OfficeState) -> None:
            place = early
            if place is None:
                state.position = place = state.position + 1
            state.master[key] = (body, place)

        self.later(duration_ms, lambda: self.commit(put))
        self.world.counts["slow transactions"] += 1

    # The feed --------------------------------------------------------------------------------------------------------

    def _feed(self, machine: str, question: Question, *, waits: bool) -> None:
        epoch, after, limit, wait_ms = msgspec.json.decode(question.body, type=tuple[str, int, int, int])
        state = self.state
        if epoch != state.epoch or after > state.position:
            raise_or_reply = Reply(
                question.number, question.run, problem=Problem(Refusal.EPOCH.value, epoch=state.epoch)
            )
            self.world.counts["refused: sync.epoch"] += 1
            self.reply(machine, raise_or_reply)
            return
        found = sorted(
            ((position, key, body) for key, (body, position) in state.rows() if position > after),
            key=lambda each: (each[0], each[1]),
        )
        if not found and waits and wait_ms:
            token = self.world.agenda.now_ms
            self._waiting.append((machine, question, token))
            self.later(wait_ms, lambda: self._wait_over(machine, question, token))
            return
        page = found[:limit]
        through = page[-1][0] if page else after
        rows = tuple(FeedRow(kind, key, msgspec.Raw(body) if body else GONE) for _, (kind, key), body in page)
        truth = self._truth(rows)
        behind = 0 if len(page) == len(found) else state.position - through

        def send() -> None:
            contains = self.state.contains(question.till, question.incarnation)
            answer = FeedPage(epoch, after, through, rows, contains, behind, self.world.agenda.now_ms)
            self.reply(machine, Reply(question.number, question.run, pages.pack_page(answer), truth=truth))

        if self.world.has_mutant("contains after the rows"):
            self.later(self.world.chances.number(1, 3_000), send)
        else:
            send()

    def _wait_over(self, machine: str, question: Question, token: int) -> None:
        if (machine, question, token) in self._waiting:
            self._waiting.remove((machine, question, token))
            self._feed(machine, question, waits=False)

    def _truth(self, rows: Iterable[FeedRow]) -> bytes:
        truth = {row.key: list(self.state.truth.get(UUID(row.key), ())) for row in rows if row.kind == "account"}
        return msgspec.msgpack.encode(truth)

    def _manifest(self, machine: str, question: Question) -> None:
        state = self.state
        made = state.snapshot
        if made is None or self.world.agenda.now_ms - made[2] > 600_000:
            rows = [
                FeedRow(kind, key, msgspec.Raw(body)) for (kind, key), (body, _) in state.rows() if body is not None
            ]
            names, chunks = [], {}
            for at in range(0, len(rows), 8):
                name, data = pages.pack_chunk(rows[at : at + 8])
                names.append(name)
                chunks[name.sha256] = data
            contains = {till: state.contains(till, state.latest(till)) for till, _ in state.lives}
            lives = {till: state.latest(till) for till, _ in state.lives}
            manifest = Manifest(
                state.epoch, state.position, self.world.agenda.now_ms, contains, len(rows), (), tuple(names), lives
            )
            made = (msgspec.json.encode(manifest), self._truth(rows), self.world.agenda.now_ms)

            def keep(state: OfficeState, made: Any = made) -> None:
                state.snapshot = made
                state.chunks = chunks

            self.commit(keep)
        self.reply(machine, Reply(question.number, question.run, made[0], truth=made[1]))

    # Spending --------------------------------------------------------------------------------------------------------

    def held(self) -> list[Hold]:
        """Everything that is held, by the ids that go on."""
        state = self.state
        return [
            msgspec.structs.replace(each, account=state.winner(each.account))
            for holds in state.holds.values()
            for each in holds
        ]

    def is_held(self, authorisation: UUID) -> bool:
        """Whether something is held for it."""
        return bool(self.state.holds.get(authorisation))

    def is_settled(self, authorisation: UUID) -> bool:
        """Whether it was used or given up."""
        found = self.state.authorisations.get(authorisation)
        return found is not None and found.state in {"settled", "released"}

    def base(self, account: UUID) -> Base:
        """An account as it is now."""
        found = self.state.accounts.get(self.state.winner(account))
        return NO_BASE if found is None else found[0]

    def lot(self, account: UUID, asset: str, lot: UUID) -> int:
        """What lies in a lot."""
        base = self.base(account)
        if asset == "points":
            return sum(each.available for each in base.lots if each.lot_id == lot)
        return sum(each.amount for each in base.wallet if each.asset.value == asset and each.lot_id == lot)

    def _authorise(self, machine: str, question: Question) -> None:
        request = msgspec.json.decode(question.body, type=SpendRequest)
        state = self.state
        name = request.authorisation_id
        there = state.authorisations.get(name)
        is_new = there is None or self.world.has_mutant("authorisation not idempotent")
        if there is None or self.world.has_mutant("authorisation not idempotent"):
            if state.contains(question.till, question.incarnation) < request.journal_seq:
                self.apply_soon()
                raise RefusedError(Refusal.BUSY, "own records are not applied yet", retry_after_ms=500)
            answer = self._decide(request)
            holds = [
                Hold(state.winner(each.account), name, each.asset, each.lot, each.amount)
                for each in request.items
                if answer.granted and not self.world.has_mutant("grant without hold")
            ]
            new = Authorisation(
                question.till, question.incarnation, answer, "held" if answer.granted else "declined", request.items
            )

            def note(state: OfficeState) -> None:
                state.authorisations[name] = new
                state.holds[name] = [*state.holds.get(name, ()), *holds]

            self.commit(note)
        else:
            answer = there.answer
            self.world.counts["authorisations asked again"] += 1
        self.world.checks.spend(request, answer, is_new=is_new)
        self.reply(machine, Reply(question.number, question.run, msgspec.json.encode(answer)))

    def _decide(self, request: SpendRequest) -> SpendAnswer:
        state = self.state
        held: dict[tuple[MemberId, LotId], int] = {}
        for each in self.held():
            key = (MemberId(each.account), LotId(each.lot))
            held[key] = held.get(key, 0) + each.amount
        spends = [
            Spend(MemberId(state.winner(each.account)), Asset(each.asset), LotId(each.lot), each.amount)
            for each in request.items
        ]
        accounts = {each.account_id: self.base(each.account_id) for each in spends}
        found = authorise(spends, accounts, held, EPOCH_DAY + dt.timedelta(milliseconds=self.world.agenda.now_ms))
        if isinstance(found, Granted):
            return SpendAnswer(request.authorisation_id, granted=True)
        return SpendAnswer(request.authorisation_id, granted=False, reason=found.reason, available=found.available)

    # For the world ---------------------------------------------------------------------------------------------------

    def enrol_first(self, till: str, public_key: bytes, proof: bytes) -> None:
        """A new till."""
        self.state.lives[till, 1] = Life(public_key, proof)

    def is_quiet(self) -> bool:
        """Whether nothing is left to apply or to commit."""
        return self.is_up and all(life.applied_seq == life.accepted_seq for life in self.state.lives.values())

    def is_drained(self, till: Till) -> bool:
        """Whether a till has sent and heard everything."""
        state = till.state
        return (
            till.is_up
            and not till.is_busy
            and state.kept.accepted.seq == state.head.seq
            and state.kept.epoch == self.state.epoch
            and state.kept.applied == state.head.seq
            and state.cursor is not None
            and state.cursor.epoch == self.state.epoch
            and state.cursor.position == self.state.position
        )


__all__ = ["MemberId", "Office", "codec"]
