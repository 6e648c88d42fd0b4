"""What lies on a till's disk, and what the till shows of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from pos_app.domain import codec
from pos_app.domain.ids import LotId, MemberId, SaleId
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.bodies import PointsExpired, Refund, Sale
from pos_app.domain.ledger.journal import GENESIS, Head, Payload, Record
from pos_app.domain.ledger.lots import (
    NO_BASE,
    Base,
    LotOrigin,
    OwnActivity,
    lot_origins,
    own_holdings,
    own_sums,
)
from pos_app.domain.ledger.postings import Posting
from pos_app.domain.member import MemberAccount
from sync.client.state import Cursor, Kept
from sync.protocol.messages import FeedRow


class Written(msgspec.Struct, frozen=True):
    """A record of the journal, with what it says at hand."""

    record: Record
    payload: Payload
    body: msgspec.Struct
    origins: tuple[LotOrigin, ...]

    @property
    def members(self) -> frozenset[MemberId]:
        """Whose accounts it touches."""
        return frozenset(each.member_id for each in self.payload.postings if each.member_id is not None)


def written(record: Record, payload: Payload, body: msgspec.Struct) -> Written:
    """A record with its parts."""
    return Written(record, payload, body, lot_origins(body))


class Row(msgspec.Struct, frozen=True):
    """A row of the replica.

    Attributes:
        body: As it came.
        contains_seq: For accounts: the last own record that is in it.
        truth: For accounts: the records that really are in it, as only the simulation knows.
    """

    body: bytes
    contains_seq: int
    truth: frozenset[UUID] = frozenset()


@dataclass
class TillState:
    """A till's disk. The key is kept apart from it, and so is in no backup.

    Attributes:
        till: Its id.
        number: On its receipts.
        incarnation: Which life.
        journal: Its records in order.
        people: Personal data that belongs to records, by seq.
        kept: What the engine keeps.
        cursor: How far the feed is taken over.
        rows: The replica.
        chunks: Rows of a snapshot that is being loaded, by name of the chunk.
        receipts: How many were printed.
        held: Authorisations that were asked for, and the sale they belong to.
    """

    till: str
    number: int
    incarnation: int = 1
    journal: list[Written] = field(default_factory=list)
    people: dict[int, bytes] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)
    cursor: Cursor | None = None
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    chunks: dict[str, tuple[FeedRow, ...]] = field(default_factory=dict)
    receipts: int = 0
    held: dict[UUID, UUID] = field(default_factory=dict)

    @property
    def head(self) -> Head:
        """Of the journal."""
        return Head(self.journal[-1].record.seq, self.journal[-1].record.hash) if self.journal else GENESIS

    def hash_at(self, seq: int) -> bytes | None:
        """Of an own record; None where there is none."""
        return self.journal[seq - 1].record.hash if 0 < seq <= len(self.journal) else None

    def winner(self, member_id: MemberId) -> MemberId:
        """Who a member is by now, as far as this till has heard."""
        seen = {member_id}
        while (row := self.rows.get(("merge", member_id.hex))) is not None:
            member_id = MemberId(UUID(msgspec.json.decode(row.body)))
            if member_id in seen:
                break
            seen.add(member_id)
        return member_id

    def base(self, member_id: MemberId) -> Base:
        """What head office last said of an account."""
        row = self.rows.get(("account", member_id.hex))
        if row is None:
            return NO_BASE
        return msgspec.structs.replace(codec.decode(row.body, Base), contains_seq=row.contains_seq)

    def own(self, member_id: MemberId, contains_seq: int) -> list[Written]:
        """Own records about an account that are not in head office's word yet."""
        return [
            each for each in self.journal[contains_seq:] if any(self.winner(who) == member_id for who in each.members)
        ]

    def account(self, member_id: MemberId) -> MemberAccount:
        """What is shown."""
        winner = self.winner(member_id)
        base = self.base(winner)
        own = self.own(winner, base.contains_seq)
        postings = tuple(self._of_winner(own))
        origins = tuple(origin for each in own for origin in each.origins)
        activity = OwnActivity(
            sums=own_sums(postings, winner),
            holdings=own_holdings(postings, winner),
            origins=origins,
            records=len(own),
        )
        return fold_account(winner, base, activity)

    def _of_winner(self, own: Iterable[Written]) -> Iterable[Posting]:
        for each in own:
            for posting in each.payload.postings:
                if posting.member_id is None:
                    continue
                winner = self.winner(posting.member_id)
                yield posting if winner == posting.member_id else msgspec.structs.replace(posting, member_id=winner)

    def refunds_of(self, sale_id: SaleId) -> list[Refund]:
        """Own refunds of a sale."""
        return [each.body for each in self.journal if isinstance(each.body, Refund) and each.body.sale_id == sale_id]

    def sales(self) -> list[tuple[dt.date, Sale]]:
        """Own sales."""
        return [(each.payload.business_date, each.body) for each in self.journal if isinstance(each.body, Sale)]

    def expired(self) -> Mapping[LotId, int]:
        """What expired unspent, by lot, as far as own records say."""
        found: dict[LotId, int] = {}
        for each in self.journal:
            if isinstance(each.body, PointsExpired):
                for part in each.body.lots:
                    found[part.lot_id] = found.get(part.lot_id, 0) + part.points.count
        return found
