"""The world: tills, head office, members, a bad network, and time; all of it follows from one seed."""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

import msgspec
from simulation.auditor import Auditor
from simulation.chances import Chances
from simulation.checks import Checks
from simulation.counter import Counter
from simulation.disks import CrashedError
from simulation.keys import Key
from simulation.network import Agenda, Network
from simulation.office import Office
from simulation.till import Till
from simulation.till_books import TillState

OFFICE: Final = "office"
#: Few, so that two tills often sign up the same person.
PHONES: Final = ("13800000001", "13800000002", "13800000003")


class World:
    """Everything there is.

    Attributes:
        agenda: Time.
        chances: The dice.
        network: Between tills and head office.
        office: Head office.
        tills: Machines; a copied disk makes one more.
        checks: What must always hold.
        counts: How often what happened.
        spends_offline: Whether tills may take points and stored value without head office's word.
        office_version: The newest version of records that head office understands.
        poisoned: Records that were made so that they cannot be applied.
    """

    def __init__(self, seed: int, tills: int, *, spends_offline: bool, badness: float, mutants: Iterable[str]) -> None:
        self.counts: Count[str] = Count()
        self.agenda = Agenda()
        self.chances = Chances(seed)
        self.mutants: Final = frozenset(mutants)
        self.network = Network(self.agenda, self.chances, self.counts)
        self.network.badness = badness
        self.spends_offline = spends_offline
        self.office_version = 1
        self.checks = Checks(self)
        self.auditor = Auditor()
        self.office_key = Key(self.chances.bytes(32))
        self._keys: dict[bytes, Key] = {}
        self.poisoned: set[UUID] = set()
        self.ever_aside: set[UUID] = set()
        self._armed: dict[str, int] = {}
        self._counters: dict[str, Counter] = {}
        self.tills: dict[str, Till] = {}
        self.office = Office(self)
        for number in range(1, tills + 1):
            name = f"T{number}"
            key = self.note_key(Key(self.chances.bytes(32)))
            self.office.enrol_first(name, key.public, key.proof)
            self.add(Till(self, name, TillState(name, number), key))
        for till in self.tills.values():
            self.in_process(till, till.start)

    def has_mutant(self, name: str) -> bool:
        """Whether a rule is switched off."""
        return name in self.mutants

    def add(self, till: Till) -> None:
        """A machine is set up."""
        self.tills[till.name] = till
        self._counters[till.name] = Counter(self, till)

    def counter(self, till: Till) -> Counter:
        """Of a machine."""
        return self._counters[till.name]

    @property
    def lives_lost(self) -> bool:
        """Whether something happened by which authorised spends, or the words about them, may rightly be lost."""
        return any(self.counts[each] for each in ("restores of tills", "copied disks", "successors", "office restores"))

    def is_signed(self, public_key: bytes, signature: bytes, data: bytes) -> bool:
        """Whether a till's key made a signature."""
        key = self._keys.get(public_key)
        return key is not None and key.signed(data, signature)

    def note_key(self, key: Key) -> Key:
        """A key that somebody has."""
        self._keys[key.public] = key
        return key

    def note_payload(self, payload: bytes) -> None:
        """A record came to head office."""
        record_id = _id_of(payload)
        if record_id is not None:
            self.office.payloads[record_id] = payload

    def is_poison(self, record_id: UUID) -> bool:
        """Whether a record was made so that it cannot be applied."""
        return record_id in self.poisoned

    def aside_ids(self) -> frozenset[UUID]:
        """Records that head office has set aside."""
        return frozenset(record_id for record_id, _ in self.office.state.aside.values())

    def aside_authorisations(self) -> frozenset[UUID]:
        """What such sales were authorised to spend: it stays held until they are looked at."""
        aside = self.aside_ids()
        return frozenset(
            authorisation
            for till in self.tills.values()
            for each in till.state.journal
            if each.payload.id in aside
            for authorisation in getattr(each.body, "authorisations", ())
        )

    def aside_members(self) -> frozenset[UUID]:
        """Members whom such records are about."""
        aside = self.aside_ids()
        return frozenset(
            self.office.state.winner(who)
            for till in self.tills.values()
            for each in till.state.journal
            if each.payload.id in aside
            for who in each.members
        )

    # Crashes ---------------------------------------------------------------------------------------------------------

    def arm(self, owner: str, steps: int) -> None:
        """A process will die at its so-manieth crash point from now."""
        self._armed[owner] = steps

    def disarm(self) -> None:
        """Nothing dies any more."""
        self._armed.clear()

    def spare(self, owner: str) -> None:
        """This one is not going to die after all."""
        self._armed.pop(owner, None)

    def crash_point(self, owner: str) -> None:
        """A moment at which a process may die."""
        left = self._armed.get(owner)
        if left is None:
            return
        if left > 0:
            self._armed[owner] = left - 1
            return
        del self._armed[owner]
        raise CrashedError(owner)

    def in_process(self, till: Till, act: Callable[[], None], *, run: int | None = None) -> None:
        """Something happens in a till's process, in which it may die."""
        if run is not None and (till.run != run or not till.is_up):
            return
        try:
            act()
        except CrashedError:
            self.counts["till crashes"] += 1
            till.crash()
        self.checks.after_till(till)

    def in_office(self, act: Callable[[], None], *, run: int | None = None) -> None:
        """Something happens in head office's process, in which it may die."""
        if not self.office.is_up or (run is not None and self.office.run != run):
            return
        try:
            act()
        except CrashedError:
            self.counts["office crashes"] += 1
            self.office.crash()
        self.checks.after_office()

    # Time ------------------------------------------------------------------------------------------------------------

    def pass_time(self, duration_ms: int) -> None:
        """Let time go by, with all that happens in it."""
        until = self.agenda.now_ms + duration_ms
        while self.agenda.run_one(until):
            pass

    def settle(self, limit_ms: int) -> bool:
        """Let time go by until nothing is left to do; False when that is never."""
        until = self.agenda.now_ms + limit_ms
        while self.agenda.now_ms < until:
            self.pass_time(1_000)
            if self.is_quiet():
                return True
        return False

    def is_quiet(self) -> bool:
        """Whether everything that was written is applied and known everywhere."""
        return self.office.is_quiet() and all(
            self.office.is_drained(till) for till in self.tills.values() if not till.is_gone
        )

    def why_not_quiet(self) -> str:
        """What is left to do, for people."""
        office = self.office
        lives = {place: (life.applied_seq, life.accepted_seq) for place, life in office.state.lives.items()}
        tills = [
            f"{till.name} wrote {till.state.head.seq}, knows of {till.state.kept}, stands at {till.state.cursor}, "
            f"{till.standing.line.value} {till.standing.reason}"
            for till in self.tills.values()
            if not till.is_gone and not office.is_drained(till)
        ]
        return f"head office {office.is_up} at {office.state.position} of {office.state.epoch}, {lives}; {tills}"

    def upgrade(self) -> None:
        """Head office's software is updated: it understands what it did not, and looks at it again."""
        self.office_version = 2
        self.counts["upgrades"] += 1
        self.in_office(self.office.apply_again)

    def power_on(self, till: Till) -> None:
        """A machine is switched on again, if it was off."""
        if not till.is_up and not till.is_gone:
            self._armed.pop(till.name, None)
            self.in_process(till, till.start)
            self.in_process(till, self.counter(till).look_again)

    def office_on(self) -> None:
        """Head office is started again, if it was down."""
        if not self.office.is_up:
            self._armed.pop(OFFICE, None)
            self.office.start()


def _id_of(payload: bytes) -> UUID | None:
    try:
        return UUID(msgspec.json.decode(payload)["id"])
    except (msgspec.DecodeError, KeyError, ValueError):
        return None
