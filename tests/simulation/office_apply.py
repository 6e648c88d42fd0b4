"""Applying at the simulated head office: the real books do it, chunk by chunk, each in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from simulation.office_books import Authorisation, OfficeState, Place

from pos_app.domain import codec
from pos_app.domain.ids import MemberId, RecordId, SaleId
from pos_app.domain.ledger import body_types
from pos_app.domain.ledger.applying import ids_made
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.bodies_sync import BeganAgain
from pos_app.domain.ledger.body_types import read_entry
from pos_app.domain.ledger.journal import Payload
from pos_app.domain.ledger.office_books import Needs, OfficeBooks
from pos_app.domain.ledger.outcomes import (
    AlreadyThere,
    Applied,
    Held,
    Incoming,
    Merged,
    Outcome,
    Quarantined,
    Waiting,
    read_incoming,
)
from pos_app.domain.ledger.sold import SoldSale
from pos_app.domain.member import Member
from sync.protocol.messages import SpendAnswer

if TYPE_CHECKING:
    from simulation.office import Office

_READ = msgspec.json.Decoder(Payload)
_CHUNK = 5


class Applying:
    """The worker."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def apply_some(self) -> bool:
        """Apply the next records of a till; says whether there is more to do."""
        state = self._office.state
        for (till, incarnation), life in sorted(state.lives.items()):
            if life.applied_seq < life.accepted_seq:
                last = min(life.accepted_seq, life.applied_seq + _CHUNK)
                places = [(till, incarnation, seq) for seq in range(life.applied_seq + 1, last + 1)]
                self._apply(places, move=(till, incarnation, last))
                return True
        return False

    def apply_waiting(self) -> None:
        """After an update: records that waited for it, and those that waited for these."""
        state = self._office.state
        places = [place for place in state.aside if isinstance(state.aside[place][1], Waiting | Held)]
        if places:
            self._apply(sorted(places, key=state.arrived.index), move=None)

    # One transaction -------------------------------------------------------------------------------------------------

    def _apply(self, places: list[Place], move: Place | None) -> None:
        office, world = self._office, self._office.world
        state = office.state
        incoming = [(place, self._read(state, place)) for place in places]
        held = [(place, self._read(state, place)) for place, (_, each) in state.aside.items() if isinstance(each, Held)]
        books = self._books(state, [record for _, record in (*incoming, *held) if record is not None])
        decided: list[tuple[Place, Incoming | None, Outcome]] = []
        queue = list(incoming)
        body_types.NEWEST_VERSION = world.office_version  # type: ignore[misc]
        while queue:
            place, record = queue.pop(0)
            outcome = Quarantined("record.unreadable") if record is None else books.apply(record)
            decided.append((place, record, outcome))
            if isinstance(outcome, Applied):
                queue += self._released(state, books, record, [each for each, _, _ in decided], queue)
        changed = books.changed()

        def write(state: OfficeState) -> None:
            for place, record, outcome in decided:
                if not (isinstance(outcome, Held) and world.has_mutant("held dependents forgotten")):
                    _note(state, place, record, outcome, settles=not world.has_mutant("holds never settled"))
            for account, base in changed.items():
                if account not in state.merged:
                    state.position += 1
                    state.accounts[account] = (base, state.position)

        def advance(state: OfficeState) -> None:
            if move is not None:
                life = state.lives[move[0], move[1]]
                state.lives[move[0], move[1]] = msgspec.structs.replace(life, applied_seq=move[2])

        for _, record, outcome in decided:
            self._count(record, outcome)
        if world.has_mutant("applied twice"):
            office.commit(write)
            office.commit(advance)
        else:
            office.commit(lambda state: (write(state), advance(state)))

    def _count(self, record: Incoming | None, outcome: Outcome) -> None:
        counts = self._office.world.counts
        counts[f"outcome {type(outcome).__name__}"] += 1
        if isinstance(outcome, Applied):
            counts["merges"] += len(outcome.merged)
            if record is not None and any("expired" in each.account for each in outcome.adjusting):
                counts["late spends of what expired"] += "expired" not in record.payload.kind
            for notice in outcome.notices:
                counts[f"notice {notice.code}"] += 1
        elif record is not None and not isinstance(outcome, AlreadyThere):
            self._office.world.ever_aside.add(record.payload.id)

    def _read(self, state: OfficeState, place: Place) -> Incoming | None:
        payload, digest = state.journal[place]
        try:
            read = _READ.decode(payload)
        except msgspec.ValidationError:
            return None
        people = (codec.decode(state.people[place], Member),) if place in state.people else ()
        return read_incoming(read, digest, people)

    def _books(self, state: OfficeState, records: Iterable[Incoming]) -> OfficeBooks:
        """The books as far as these records ask for them, and no further: what they do not ask for is not there."""
        needs = Needs()
        for each in records:
            needs.add(each)
        books = OfficeBooks()
        if not self._office.world.has_mutant("applied twice"):
            for record_id in needs.records & state.known.keys():
                books.put_known(RecordId(record_id), state.known[record_id])
        for record_id, _ in state.aside.values():
            payload = self._payload_of(record_id)
            makes = (record_id,) if payload is None else ids_made(payload)
            if needs.aside & {*makes}:
                books.put_aside(RecordId(record_id), makes)
        wanted: set[UUID] = {*needs.accounts, *needs.people}
        for person, _ in state.persons.values():
            if person is not None and (person.phone in needs.phones or person.member_id in needs.people):
                books.put_person(person)
                wanted.add(person.member_id)
        for member in sorted(wanted):
            winner = state.winner(member)
            if winner != member:
                books.put_winner(Merged(MemberId(member), MemberId(winner)))
            found, person = state.accounts.get(winner), state.persons.get(winner)
            if found is not None:
                books.put_account(MemberId(winner), found[0])
            if member in needs.people and person is not None and person[0] is not None:
                books.put_person(person[0])
        for sale_id in needs.sales & state.sales.keys():
            books.put_sale(self._sold(state, sale_id, state.sales[sale_id]))
        return books

    def _payload_of(self, record_id: UUID) -> Payload | None:
        data = self._office.payloads.get(record_id)
        return None if data is None else _READ.decode(data)

    def _sold(self, state: OfficeState, sale_id: UUID, place: Place) -> SoldSale:
        payload = _READ.decode(state.journal[place][0])
        refunds = [read_entry(_READ.decode(state.journal[each][0]))[1] for each in state.refunds.get(sale_id, ())]
        sale = read_entry(payload)[1]
        assert isinstance(sale, Sale)
        return SoldSale(sale, payload.business_date, [each for each in refunds if isinstance(each, Refund)])

    def _released(
        self, state: OfficeState, books: OfficeBooks, record: Incoming | None, done: list[Place], queue: list
    ) -> list[tuple[Place, Incoming | None]]:
        """Records that were held because of one that is applied now."""
        if record is None:
            return []
        made = {*ids_made(record.payload)}
        busy = {*done, *(place for place, _ in queue)}
        return [
            (place, self._read(state, place))
            for place, (_, outcome) in state.aside.items()
            if isinstance(outcome, Held) and made & set(outcome.on) and place not in busy
        ]


def _note(state: OfficeState, place: Place, record: Incoming | None, outcome: Outcome, *, settles: bool) -> None:
    """What an outcome writes."""
    if record is None:
        state.aside[place] = (UUID(bytes=state.journal[place][1][:16]), outcome)
        return
    payload = record.payload
    match outcome:
        case Applied():
            state.aside.pop(place, None)
            state.known[payload.id] = record.hash
            state.log.append(("record", state.journal[place][0]))
            for merged in outcome.merged:
                _merge(state, merged)
            for person in outcome.people:
                state.position += 1
                state.persons[person.member_id] = (person, state.position)
            for posting in payload.postings:
                if posting.member_id is not None:
                    who = state.winner(posting.member_id)
                    state.truth[who] = state.truth.get(who, frozenset()) | {payload.id}
            if outcome.sold is not None:
                state.sales[outcome.sold.sale.sale_id] = place
            if outcome.refunded is not None:
                state.refunds.setdefault(outcome.refunded, []).append(place)
            for authorisation in (*outcome.settled, *outcome.released) if settles else ():
                _settle(state, place, authorisation, "settled" if authorisation in outcome.settled else "released")
            if isinstance(record.body, BeganAgain):
                _began(state, place[0], record.body.incarnation)
        case AlreadyThere():
            state.aside.pop(place, None)
        case _:
            state.aside[place] = (payload.id, outcome)


def _merge(state: OfficeState, merged: Merged) -> None:
    state.position += 1
    state.merged[merged.loser] = (merged.winner, state.position)
    state.log.append(("merge", merged.loser.hex, merged.winner.hex))
    state.truth[merged.winner] = state.truth.get(merged.winner, frozenset()) | state.truth.pop(
        merged.loser, frozenset()
    )
    if merged.loser in state.accounts:
        del state.accounts[merged.loser]
    if merged.loser in state.persons:
        state.position += 1
        state.persons[merged.loser] = (None, state.position)


def _settle(state: OfficeState, place: Place, authorisation: UUID, word: str) -> None:
    """Nothing is held any more; a question that comes only now finds that it is over."""
    there = state.authorisations.get(authorisation)
    if there is None:
        over = SpendAnswer(authorisation, granted=False, reason="spend.wrong")
        state.authorisations[authorisation] = Authorisation(place[0], 0, over, word, ())
    elif there.state == "held" and there.till == place[0]:
        state.authorisations[authorisation] = msgspec.structs.replace(there, state=word)
        state.holds.pop(authorisation, None)


def _began(state: OfficeState, till: str, incarnation: int) -> None:
    """Of former lives nothing more is taken: what they held is free."""
    for authorisation, each in state.authorisations.items():
        if each.till == till and each.incarnation < incarnation and each.state == "held":
            state.authorisations[authorisation] = msgspec.structs.replace(each, state="released")
            state.holds.pop(authorisation, None)


__all__ = ["Applying", "SaleId"]
