"""What must always hold; named as in the design (L ledger, E spending, S sync, D durability, T trust)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from simulation.auditor import AuditError, Auditor, Person, plain_sums
from simulation.till_books import Written

from pos_app.domain import codec
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.journal import GENESIS_HASH, record_hash
from pos_app.domain.ledger.lots import Base
from pos_app.domain.ledger.postings import MEMBER_RECEIVABLE, Asset
from pos_app.domain.member import MemberAccount
from sync.client import events
from sync.client.state import Kept
from sync.protocol.messages import JournalAnswer, SpendAnswer, SpendRequest

if TYPE_CHECKING:
    from simulation.till import Till
    from simulation.world import World

_HELD = (Asset.PRINCIPAL, Asset.BONUS, Asset.COUPON)


class BrokenError(AssertionError):
    """Something that must always hold does not.

    Attributes:
        code: Which invariant.
        what: How it shows.
    """

    def __init__(self, code: str, what: str) -> None:
        super().__init__(f"{code}: {what}")
        self.code, self.what = code, what


class Checks:
    """Looks on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.granted: dict[UUID, SpendAnswer] = {}
        self._audited = 0
        self._chains = 0
        self._epoch = ""
        self._restored = ""
        self._witnesses: list[Till] = []
        self._pushing: dict[str, tuple[int, int]] = {}
        self._given: dict[UUID, set[UUID]] = defaultdict(set)
        self._acknowledged: dict[tuple[str, str], tuple[int, bytes]] = {}
        self._hashes: dict[tuple[str, int, int], bytes] = {}

    def fail(self, code: str, what: str) -> None:
        """An invariant is broken."""
        raise BrokenError(code, what)

    def forget(self) -> None:
        """Head office was put back: what it said since then, it never said."""
        self.granted.clear()
        self._epoch = ""
        state = self.world.office.state
        self._restored = state.epoch
        self._witnesses = [
            till
            for till in self.world.tills.values()
            if till.state.kept.epoch == state.epoch
            and (seq := till.state.kept.accepted.seq)
            and state.hash_of(till.state.till, till.state.incarnation, seq) != till.state.kept.accepted.hash
        ]
        self._chains = len(state.arrived)
        self._hashes = {place: state.journal[place][1] for place in state.arrived}

    # Tills -----------------------------------------------------------------------------------------------------------

    def committed(self, till: Till, new: Written) -> None:
        """Goods are given: after the COMMIT, and not before (D1)."""
        journal = till.state.journal
        if not journal or journal[-1].record.hash != new.record.hash:
            self.fail("D1", f"{till.name} gives goods for a record that is not durable")
        before = journal[-2].record.hash if len(journal) > 1 else GENESIS_HASH
        if record_hash(before, new.record.payload) != new.record.hash or new.record.seq != len(journal):
            self.fail("S1", f"{till.name} wrote {new.record.seq} out of its chain")
        sums: dict[Asset, int] = defaultdict(int)
        for posting in new.payload.postings:
            sums[posting.asset] += posting.amount
        if any(sums.values()) and not self.world.is_poison(new.payload.id):
            self.fail("L1", f"record {new.record.seq} of {till.name} does not balance")

    def bought(self, intent: UUID, record_id: UUID) -> None:
        """One customer bought one thing once (D3): two records for it are one too many."""
        self._given[intent].add(record_id)

    def pushing(self, till: Till, effect: events.Push) -> None:
        """One append in flight per till."""
        if till.appends_in_flight:
            self.fail("S4", f"{till.name} has two appends in flight")

    def forked(self, till: str) -> None:
        """Two machines were one till: that needs two machines."""
        if not any(till in each.name and "~" in each.name for each in self.world.tills.values()):
            self.fail("T1", f"{till} is fenced as forked, and there never was another machine")

    def acknowledged(self, till: Till, kept: Kept) -> None:
        """Acknowledged is durable (S2): the till may now forget, so head office must not."""
        office = self.world.office.state
        seq = kept.accepted.seq
        if seq and till.state.hash_at(seq) != kept.accepted.hash:
            self.fail("S2", f"{till.name} takes {seq} for acknowledged, and has another record there")
        if not seq or kept.epoch != office.epoch or office.epoch == self._restored:
            return  # head office was restored; the till hears of it with a later answer
        if office.hash_of(till.state.till, till.state.incarnation, seq) != kept.accepted.hash:
            self.fail("S2", f"{till.name} was told that {seq} is durable, and it is not")
        self._acknowledged[till.state.till, office.epoch] = (seq, kept.accepted.hash)

    def told(self, till: Till, answer: JournalAnswer) -> None:
        """What an answer says fits what it says it has."""
        if answer.applied > answer.accepted.seq:
            self.fail("S3", f"{till.name} was told that more is decided than accepted")

    def shown(self, till: Till, account: MemberAccount) -> None:
        """An own record counts once in what is shown (S8), whatever was pulled."""
        state = till.state
        if any(other is not till and other.state.till == state.till for other in self.world.tills.values()):
            return  # two machines have been this till: each takes the other's records for its own until it is told
        row = state.rows.get(("account", account.member_id.hex))
        merged = {
            key: msgspec.json.decode(row.body, type=UUID).hex
            for (kind, key), row in state.rows.items()
            if kind == "merge"
        }
        own = [each for each in state.journal if account.member_id in {state.winner(who) for who in each.members}]
        there = row.truth if row is not None else frozenset()
        if any(each.payload.id in self.world.ever_aside | self.world.poisoned for each in own):
            return  # what is set aside is in nobody's word, nor in one that was said while it was
        records = [self.world.office.payloads[record_id] for record_id in there]
        records += [each.record.payload for each in own]
        person, has_expired = plain_sums(records, merged, account.member_id.hex)
        if has_expired:
            return  # what expires depends on the order
        _compare(self, f"S8: {till.name}", account, person)

    def after_till(self, till: Till) -> None:
        """After anything happened at a till."""

    # Head office -----------------------------------------------------------------------------------------------------

    def after_office(self) -> None:
        """After anything happened at head office: its books are those of an auditor who reads the same journals."""
        world, state = self.world, self.world.office.state
        if state.epoch != self._epoch or len(state.log) < self._audited:
            world.auditor, self._audited, self._epoch = Auditor(), 0, state.epoch
        self._chain()
        touched: set[str] = set()
        try:
            for entry in state.log[self._audited :]:
                if entry[0] == "merge":
                    world.auditor.merge(entry[1], entry[2])
                    touched.add(world.auditor.root(entry[2]))
                else:
                    touched |= world.auditor.apply(entry[1])
        except AuditError as error:
            self.fail(error.code, error.what)
        self._audited = len(state.log)
        for member in touched:
            member = world.auditor.root(member)
            self.account(member)

    def _chain(self) -> None:
        """S1, T1: no gaps, and every hash follows from the one before."""
        state = self.world.office.state
        for key in state.arrived[self._chains :]:
            till, incarnation, seq = key
            payload, digest = state.journal[key]
            before = state.hash_of(till, incarnation, seq - 1) if seq > 1 else GENESIS_HASH
            if before is None:
                self.fail("S1", f"{till} has {seq} and not what comes before it")
            elif record_hash(before, payload) != digest:
                self.fail("T1", f"{till} {seq} is not linked to the record before it")
            if key in self._hashes:
                self.fail("S4", f"{till} {seq} was accepted twice")
            if incarnation != state.latest(till):
                self.fail("E5", f"{till} {seq} was accepted of a life that is over")
            self._hashes[key] = digest
        self._chains = len(state.arrived)

    def account(self, member: str) -> None:
        """L2, L3: an account is the fold of what was applied, and nothing in it is below zero."""
        found = self.world.office.state.accounts.get(UUID(member))
        base = found[0] if found is not None else Base()
        for lot in base.lots:
            if lot.available < 0 or lot.pending < 0:
                self.fail("L3", f"a lot of {member} is below zero")
        if base.receivable < 0 or any(each.amount < 0 or each.pending < 0 for each in (*base.wallet, *base.owed)):
            self.fail("L3", f"a holding of {member} is below zero")
        _compare(self, "L2: head office", base, self.world.auditor.people[member], member)

    def spend(self, request: SpendRequest, answer: SpendAnswer, *, is_new: bool) -> None:
        """Head office's word on a spend: the same for ever (E6), and never more than there is (E2)."""
        before = self.granted.setdefault(request.authorisation_id, answer)
        if before.granted != answer.granted:
            self.fail("E6", f"{request.authorisation_id} was answered in two ways")
        held: dict[tuple[UUID, str, UUID], int] = defaultdict(int)
        for item in self.world.office.held():
            held[item.account, item.asset, item.lot] += item.amount
        if not answer.granted:
            return
        for item in request.items:
            there = self.world.office.lot(item.account, item.asset, item.lot)
            key = (self.world.office.state.winner(item.account), item.asset, item.lot)
            mine = self.world.office.is_held(request.authorisation_id)
            if not mine and not self.world.office.is_settled(request.authorisation_id):
                self.fail("E2", f"{request.authorisation_id} was granted and nothing is held for it")
            if is_new and mine and held[key] > there:
                self.fail("E2", f"more of a lot is granted than the {there} there are")

    # Rest ------------------------------------------------------------------------------------------------------------

    def after_step(self) -> None:
        """After each step: what readers know (S6). After a restore nobody can know until it is noticed."""
        if self.world.office.state.epoch != self._restored:
            self._readers()

    def _readers(self) -> None:
        office = self.world.office.state
        for till in self.world.tills.values():
            cursor = till.state.cursor
            if cursor is None or till.is_gone or cursor.epoch != office.epoch:
                continue
            for (kind, key), (body, position) in office.rows():
                if position <= cursor.position:
                    row = till.state.rows.get((kind, key))
                    if (row.body if row is not None else None) != body:
                        self.fail(
                            "S6", f"{till.name} stands at {cursor.position} and misses {kind} {key} of {position}"
                        )

    def at_rest(self) -> None:
        """S7, and nothing lost and nothing twice."""
        world = self.world
        for intent, records in self._given.items():
            there = [each for till in world.tills.values() for each in till.state.journal if each.payload.id in records]
            if len({each.payload.id for each in there}) > 1:
                self.fail("D3", f"one sale was written {len(there)} times: {intent}")
        # A restore by which no till lost anything it had been told of, nobody notices: see the decision record.
        seen = not world.counts["restores of tills"] and any(not each.is_gone for each in self._witnesses)
        if seen or world.office.state.epoch != self._restored:
            self._readers()
            for till in world.tills.values():
                if not till.is_gone:
                    self._at_rest_till(till)
        for key in world.office.state.accounts:
            if world.office.state.winner(key) == key:
                self.account(key.hex)
        self._decided()
        waiting = world.aside_authorisations()
        left = [each for each in world.office.held() if each.authorisation not in waiting]
        if left and not (world.counts["office restores"] or world.counts["copied disks"]):
            self.fail("E3", f"{len(left)} holds are left of sales that are all applied")

    def _decided(self) -> None:
        """S3: applied or set aside: every accepted record, each once."""
        state = self.world.office.state
        known = frozenset(state.known.values())
        for place in state.arrived:
            is_known = state.journal[place][1] in known
            if is_known == (place in state.aside):
                self.fail(
                    "S3", f"{place} is {'applied and set aside' if is_known else 'neither applied nor set aside'}"
                )

    def _at_rest_till(self, till: Till) -> None:
        state, office = till.state, self.world.office.state
        for each in state.journal:
            if office.hash_of(state.till, state.incarnation, each.record.seq) != each.record.hash:
                self.fail("S7", f"{till.name}'s record {each.record.seq} is not at head office")
        for (kind, key), (body, _) in office.rows():
            if kind != "account" or body is None or (MemberId(UUID(key)) in self.world.aside_members()):
                continue
            member = MemberId(UUID(key))
            if state.winner(member) != member:
                continue
            shown = state.account(member)
            base = codec.decode(body, Base)
            if (shown.lots, shown.receivable, shown.wallet, shown.owed) != (
                base.lots,
                base.receivable,
                base.wallet,
                base.owed,
            ):
                self.fail("S7", f"{till.name} shows {member} otherwise than head office has it")


def _compare(checks: Checks, who: str, account: Any, person: Person, name: str = "") -> None:
    """What an account says against what the auditor says."""
    code, _, where = who.partition(": ")
    has = sum(lot.available + lot.pending for lot in account.lots)
    if has - account.receivable != person.plain["points"]:
        checks.fail(code, f"{where} has {has} points of {name} less {account.receivable}, not {person.plain['points']}")
    if code == "L2" and account.receivable != person.owes("points"):
        checks.fail("L2", f"{where} says {name} owes {account.receivable} points, not {person.owes('points')}")
    for asset in _HELD:
        has = sum(each.amount + each.pending for each in account.wallet if each.asset is asset)
        owes = sum(each.amount for each in account.owed if each.asset is asset)
        if has - owes != person.plain[asset.value]:
            checks.fail(code, f"{where} has {has} {asset} of {name} less {owes}, not {person.plain[asset.value]}")
        if code == "L2" and owes != person.owes(asset.value):
            checks.fail("L2", f"{where} says {name} owes {owes} {asset}, not {person.owes(asset.value)}")


__all__ = ["MEMBER_RECEIVABLE", "BrokenError", "Checks"]
