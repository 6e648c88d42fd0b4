"""Accepting at the simulated head office: ``judge`` decides, a transaction stores, and then the answer goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from simulation.office_books import Life, OfficeState
from simulation.wire import Question, Reply

from pos_app.domain.ledger.journal import Payload
from pos_app.domain.ledger.outcomes import Held, Quarantined, Waiting
from sync.head_office import accepting
from sync.head_office.accepting import Accepted, Known, Refused
from sync.protocol.batch import BatchHeader, unpack
from sync.protocol.chain import GENESIS, Head, receipt_statement
from sync.protocol.errors import Problem, Refusal, RefusedError
from sync.protocol.messages import JournalAnswer, Pace, SetAside

if TYPE_CHECKING:
    from simulation.office import Office

_FENCED: Final = accepting.SUCCEEDED
_IDS: Final = msgspec.json.Decoder(Payload)


class Taking:
    """Takes batches."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def take(self, machine: str, question: Question) -> None:
        """A batch came."""
        office, world = self._office, self._office.world
        batch = unpack(question.body)
        header = batch.header
        if (header.till, header.incarnation) != (question.till, question.incarnation):
            raise RefusedError(Refusal.BAD_REQUEST, "the batch is another till's")
        if header.acknowledged is not None and self._went_back(header):
            self._begin_epoch(header.acknowledged.epoch)
        state = office.state
        outcome = accepting.judge(self._known(header), batch, world.is_signed)
        if isinstance(outcome, Refused):
            self._refuse(machine, question, header, outcome)
            return
        new = len(outcome.records)
        world.counts["batches"] += 1
        world.counts["records sent again"] += header.count - new
        if world.has_mutant("answer before the commit"):
            self._reply(machine, question, header, outcome)
            self._store(header, outcome)
        else:
            was = state.lives.get((header.till, header.incarnation))
            if new or outcome.begins or (was is not None and was.base_seq != outcome.life.base.seq):
                self._store(header, outcome)
            self._reply(machine, question, header, outcome)
        if new or state.lives[header.till, header.incarnation].applied_seq < outcome.life.accepted.seq:
            office.apply_soon()

    def _known(self, header: BatchHeader) -> Known:
        state = self._office.state
        lives = tuple(
            accepting.Life(
                incarnation,
                life.public_key,
                Head(life.base_seq, life.base_hash),
                Head(life.accepted_seq, life.accepted_hash),
                life.fenced,
            )
            for (till, incarnation), life in sorted(state.lives.items())
            if till == header.till
        )
        places = {
            (life.incarnation, seq): state.journal[place][1]
            for life in lives
            for seq in range(header.before.seq, header.before.seq + header.count + 1)
            if (place := (header.till, life.incarnation, seq)) in state.journal
        }
        return Known(accepting.ACTIVE, lives, places)

    def _went_back(self, header: BatchHeader) -> bool:
        """Whether the till shows head office's signature over something that is not here (PROTOCOL.md, Up, 5)."""
        office, said = self._office, header.acknowledged
        if said is None or self._office.world.has_mutant("epoch kept after restore"):
            return False
        state = office.state
        lives = [incarnation for till, incarnation in state.lives if till == header.till]
        signed = any(
            office.world.office_key.signed(
                receipt_statement(said.epoch, header.till, incarnation, said.head), said.cosignature
            )
            for incarnation in {header.incarnation, *lives}
        )
        if not signed:
            return False
        here = said.head == GENESIS or any(
            state.journal.get((header.till, incarnation, said.head.seq), (b"", b""))[1] == said.head.hash
            for incarnation in lives
        )
        return not here if said.epoch == state.epoch else said.epoch not in state.former

    def _begin_epoch(self, lost: str) -> None:
        world = self._office.world
        name = world.chances.bytes(8).hex()

        def begin(state: OfficeState) -> None:
            state.former |= {state.epoch, lost}
            state.epoch = name
            state.snapshot = None

        world.counts["epochs begun"] += 1
        self._office.commit(begin)

    def _store(self, header: BatchHeader, taken: Accepted) -> None:
        till, life = header.till, taken.life
        for record in taken.records:
            self._office.world.note_payload(record.payload)

        def store(state: OfficeState) -> None:
            if taken.begins:
                for place, each in state.lives.items():
                    if place[0] == till and not each.fenced:
                        state.lives[place] = msgspec.structs.replace(each, fenced=_FENCED)
                proof = max((place, each) for place, each in state.lives.items() if place[0] == till)[1].proof
                state.lives[till, life.incarnation] = Life(
                    life.public_key,
                    proof,
                    life.base.seq,
                    life.base.hash,
                    life.base.seq,
                    life.base.hash,
                    life.base.seq,
                )
            before = state.lives[till, life.incarnation]
            state.lives[till, life.incarnation] = msgspec.structs.replace(
                before,
                base_seq=life.base.seq,
                base_hash=life.base.hash,
                accepted_seq=life.accepted.seq,
                accepted_hash=life.accepted.hash,
                applied_seq=max(before.applied_seq, life.base.seq),
            )
            for record in taken.records:
                state.journal[till, life.incarnation, record.seq] = (record.payload, record.hash)
                state.arrived.append((till, life.incarnation, record.seq))
            for row in taken.people:
                state.people[till, life.incarnation, row.seq] = bytes(row.person)

        self._office.commit(store)

    def _refuse(self, machine: str, question: Question, header: BatchHeader, refused: Refused) -> None:
        office = self._office
        problem = refused.error.problem
        office.world.counts[f"refused: {problem.code}"] += 1
        if refused.fences:
            office.world.counts["forks"] += 1
            office.world.checks.forked(header.till)

            def fence(state: OfficeState) -> None:
                for incarnation in refused.fences:
                    life = state.lives[header.till, incarnation]
                    state.lives[header.till, incarnation] = msgspec.structs.replace(life, fenced=accepting.FORKED)

            office.commit(fence)
        office.reply(
            machine,
            Reply(
                question.number,
                question.run,
                problem=Problem(
                    problem.code,
                    accepted=problem.accepted,
                    accepted_hash=problem.accepted_hash,
                    epoch=office.state.epoch,
                    server_ms=office.world.agenda.now_ms,
                ),
            ),
        )

    def _reply(self, machine: str, question: Question, header: BatchHeader, taken: Accepted) -> None:
        office = self._office
        state, head = office.state, taken.life.accepted
        answer = JournalAnswer(
            epoch=state.epoch,
            accepted=head,
            applied=min(state.contains(header.till, header.incarnation), head.seq),
            cosignature=office.world.office_key.sign(
                receipt_statement(state.epoch, header.till, header.incarnation, head)
            ),
            set_aside=tuple(
                SetAside(place[2], "", _word(outcome), "")
                for place, (_, outcome) in state.aside.items()
                if place[0] == header.till
            ),
            pace=Pace(batch=7, reconnect_window_ms=2_000, poll_ms=20_000),
            server_ms=office.world.agenda.now_ms,
        )
        office.reply(machine, Reply(question.number, question.run, msgspec.json.encode(answer)))


def _word(outcome: object) -> str:
    match outcome:
        case Quarantined():
            return "quarantined"
        case Held():
            return "held"
        case Waiting():
            return "waiting"
    return ""
