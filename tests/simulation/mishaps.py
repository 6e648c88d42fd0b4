"""Backups that come back, disks that are copied, machines that are replaced: what a shop does to its tills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from simulation.disks import copied
from simulation.keys import Key
from simulation.office_books import Life, OfficeState
from simulation.till import Till
from simulation.till_books import TillState, Written, written

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.bodies_sync import NewLife
from pos_app.domain.ledger.body_types import NotUnderstoodError, read_entry
from pos_app.domain.ledger.journal import Payload, Record
from sync.client.state import Kept
from sync.head_office import accepting
from sync.protocol.chain import GENESIS, Head
from sync.protocol.errors import Refusal

if TYPE_CHECKING:
    from simulation.world import World

#: Standing with which a till waits for a person.
STOPPED: Final = frozenset({Refusal.FORK.value, Refusal.FENCED.value, "sync.went_back"})


class Unread(msgspec.Struct, frozen=True):
    """A body that could not be read."""


def restore_till(world: World, till: Till, state: TillState) -> None:
    """An older copy of a till's books is put back; the till knows that it was, and begins a new life."""
    world.counts["restores of tills"] += 1
    till.crash()
    world.spare(till.name)
    world.counter(till).forget()
    till.disk.state = copied(state)
    if not world.has_mutant("no new life after a restore"):
        till.begin_again(_next_life(world, till.state.till), till.key, NewLife.RESTORED)
    world.in_process(till, till.start)


def copy_machine(world: World, till: Till, name: str) -> None:
    """A disk is copied as it is, key and all: two machines are the same till."""
    world.counts["copied disks"] += 1
    twin = Till(world, name, copied(till.state), till.key)
    twin.skew_ms = till.skew_ms
    world.add(twin)
    world.in_process(twin, twin.start)


def replace_till(world: World, till: Till) -> None:
    """A machine is destroyed; another one becomes the till, with what head office has of its books."""
    world.counts["successors"] += 1
    till.crash()
    till.is_gone = True
    name = f"{till.state.till}+{len(world.tills)}"
    office = world.office.state
    incarnation = office.latest(till.state.till)
    life = office.lives[till.state.till, incarnation]
    head = Head(life.accepted_seq, life.accepted_hash)
    journal, people = _recovered(world, till.state.till, incarnation, head.seq)
    state = TillState(till.state.till, till.state.number, incarnation, journal, people)
    new = Till(world, name, state, world.note_key(Key(world.chances.bytes(32))))
    world.add(new)
    _enrol(world, new, head, NewLife.SUCCESSOR)


def _enrol(world: World, till: Till, base: Head, why: NewLife) -> None:
    name = till.state.till
    incarnation = _next_life(world, name)
    key = till.key

    def enrol(state: OfficeState) -> None:
        for place, life in state.lives.items():
            if place[0] == name and not life.fenced:
                state.lives[place] = msgspec.structs.replace(life, fenced=accepting.SUCCEEDED)
        state.lives[name, incarnation] = Life(key.public, key.proof, base.seq, base.hash, base.seq, base.hash, base.seq)

    enrol(world.office.state)  # one short transaction, which nothing interrupts
    till.begin_again(incarnation, key, why, Kept(base if base.seq else GENESIS))
    world.in_process(till, till.start)


def _next_life(world: World, name: str) -> int:
    known = [incarnation for till, incarnation in world.office.state.lives if till == name]
    known += [each.state.incarnation for each in world.tills.values() if each.state.till == name]
    return max(known) + 1


def _recovered(world: World, name: str, incarnation: int, last: int) -> tuple[list[Written], dict[int, bytes]]:
    """A till's records as head office has them, in the chain that a life sees."""
    office = world.office.state
    found: dict[int, tuple[tuple[str, int, int], bytes, bytes]] = {}
    upper = last
    for life in range(incarnation, 0, -1):
        there = office.lives.get((name, life))
        if there is None:
            continue
        for seq in range(there.base_seq + 1, min(upper, there.accepted_seq) + 1):
            place = (name, life, seq)
            found[seq] = (place, *office.journal[place])
        upper = min(upper, there.base_seq)
    journal: list[Written] = []
    people: dict[int, bytes] = {}
    before = bytes(32)
    for seq in sorted(found):
        place, data, digest = found[seq]
        payload = msgspec.json.decode(data, type=Payload)
        journal.append(written(Record(seq, data, before, digest, bytes(64)), payload, _body(payload)))
        before = digest
        if place in office.people:
            people[seq] = office.people[place]
    return journal, people


def _body(payload: Payload) -> msgspec.Struct:
    try:
        return read_entry(payload)[1]
    except (NotUnderstoodError, msgspec.ValidationError):
        return Unread()


def restore_office(world: World, state: OfficeState) -> None:
    """PostgreSQL is put back to an earlier hour."""
    world.counts["office restores"] += 1
    world.office.crash()
    world.office.disk.state = copied(state)
    world.checks.forget()
    world.office.start()


def repair(world: World) -> None:
    """At the end a person looks after every till: of copies one machine stays, and what stopped syncing is replaced."""
    for name in sorted({till.state.till for till in world.tills.values()}):
        machines = [till for till in world.tills.values() if till.state.till == name and not till.is_gone]
        machines.sort(key=lambda till: (-till.state.incarnation, "~" in till.name, till.name))
        for till in machines[1:]:
            till.crash()
            till.is_gone = True
        if machines and machines[0].standing.reason in STOPPED:
            replace_till(world, machines[0])


__all__ = ["MemberId"]
