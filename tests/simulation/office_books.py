"""What lies on head office's disk: the tables of its database, as far as they matter here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from pos_app.domain import codec
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.lots import Base
from pos_app.domain.ledger.outcomes import Outcome
from pos_app.domain.member import Member
from sync.protocol.messages import SpendAnswer, SpendItem

Place = tuple[str, int, int]


class Life(msgspec.Struct, frozen=True):
    """A row of ``life``."""

    public_key: bytes
    proof: bytes
    base_seq: int = 0
    base_hash: bytes = bytes(32)
    accepted_seq: int = 0
    accepted_hash: bytes = bytes(32)
    applied_seq: int = 0
    fenced: str = ""


class Hold(msgspec.Struct, frozen=True):
    """A row of ``hold``."""

    account: UUID
    authorisation: UUID
    asset: str
    lot: UUID
    amount: int


class Authorisation(msgspec.Struct, frozen=True):
    """A row of ``authorisation``."""

    till: str
    incarnation: int
    answer: SpendAnswer
    state: str
    items: tuple[SpendItem, ...]


@dataclass
class OfficeState:
    """The tables.

    Attributes:
        epoch: Of the feed, and former ones.
        position: The feed's last.
        lives: By till and incarnation.
        journal: Payload and hash.
        arrived: Places in the order in which they were stored.
        people: Personal data beside records.
        known: Records in the books, with their hash.
        aside: Outcomes of those that are not.
        accounts: With their rows of the feed.
        persons: Likewise.
        merged: Winner and position.
        master: Other things that go down.
        sales: Where the record of a sale is, and those of its refunds.
        authorisations: By id.
        holds: By authorisation.
        log: What was applied, in order, for the auditor: raw payloads and merges.
        truth: Which records are in an account.
        snapshot: Manifest and chunks.
        notices: What a manager is told.
    """

    epoch: str
    former: set[str] = field(default_factory=set)
    position: int = 0
    lives: dict[tuple[str, int], Life] = field(default_factory=dict)
    journal: dict[Place, tuple[bytes, bytes]] = field(default_factory=dict)
    arrived: list[Place] = field(default_factory=list)
    people: dict[Place, bytes] = field(default_factory=dict)
    known: dict[UUID, bytes] = field(default_factory=dict)
    aside: dict[Place, tuple[UUID, Outcome]] = field(default_factory=dict)
    accounts: dict[UUID, tuple[Base, int]] = field(default_factory=dict)
    persons: dict[UUID, tuple[Member | None, int]] = field(default_factory=dict)
    merged: dict[UUID, tuple[UUID, int]] = field(default_factory=dict)
    master: dict[tuple[str, str], tuple[bytes | None, int]] = field(default_factory=dict)
    sales: dict[UUID, Place] = field(default_factory=dict)
    refunds: dict[UUID, list[Place]] = field(default_factory=dict)
    authorisations: dict[UUID, Authorisation] = field(default_factory=dict)
    holds: dict[UUID, list[Hold]] = field(default_factory=dict)
    log: list[tuple] = field(default_factory=list)
    truth: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    snapshot: tuple[bytes, bytes, int] | None = None
    chunks: dict[str, bytes] = field(default_factory=dict)
    notices: list[tuple[str, str]] = field(default_factory=list)

    def latest(self, till: str) -> int:
        """A till's latest life."""
        return max(incarnation for name, incarnation in self.lives if name == till)

    def hash_of(self, till: str, incarnation: int, seq: int) -> bytes | None:
        """The hash of a record as a life sees its journal; None where there is none."""
        while incarnation:
            life = self.lives.get((till, incarnation))
            if life is not None and seq > life.base_seq:
                found = self.journal.get((till, incarnation, seq))
                return None if found is None else found[1]
            incarnation -= 1
        return None

    def contains(self, till: str, incarnation: int) -> int:
        """How far a life's own records are in the accounts, or set aside."""
        found = [
            life.applied_seq
            for (name, each), life in self.lives.items()
            if name == till and each <= incarnation and (each == incarnation or life.applied_seq < life.accepted_seq)
        ]
        return min(found, default=0)

    def winner(self, member_id: UUID) -> UUID:
        """The id that goes on."""
        while (found := self.merged.get(member_id)) is not None:
            member_id = found[0]
        return member_id

    def rows(self) -> Iterator[tuple[tuple[str, str], tuple[bytes | None, int]]]:
        """Everything that goes down, as the feed has it now."""
        for member, (person, position) in self.persons.items():
            yield ("person", member.hex), (None if person is None else codec.encode(person), position)
        for member, (base, position) in self.accounts.items():
            yield ("account", member.hex), (codec.encode(base), position)
        for loser, (winner, position) in self.merged.items():
            yield ("merge", loser.hex), (msgspec.json.encode(MemberId(winner)), position)
        yield from self.master.items()
