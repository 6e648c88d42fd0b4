"""Rows of head office, whether from a page of the feed or a chunk of a snapshot, into a replica."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

import msgspec

from pos_app.domain import codec
from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.lots import Base
from pos_app.domain.member import Member
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Staff
from pos_app.errors import KnownError
from pos_app.infrastructure.replica.reader import POLICY, TILL_KEY_END
from pos_app.infrastructure.replica.told import ToldRows
from pos_app.infrastructure.replica.writer import SqlReplicaWriter
from sync.protocol.messages import FeedRow, Policy, RowKind, UnitSold

#: The record that this till keeps of a member with data of its own; 0 where it keeps none.
KeptSeq = Callable[[MemberId], int]

_ORDER: Final = tuple(RowKind)
_PERSON: Final = msgspec.json.Decoder(Member, dec_hook=codec.decode_hook)
_ACCOUNT: Final = msgspec.json.Decoder(Base, dec_hook=codec.decode_hook)


class Told(msgspec.Struct, frozen=True):
    """What came of some rows.

    Attributes:
        gone: Members who were erased, or who turned out to be somebody else: nothing of them is kept any longer.
        passed_over: Rows of kinds that this version does not know.
    """

    gone: tuple[MemberId, ...] = ()
    passed_over: int = 0


def read_person(row: FeedRow) -> Member:
    """The member of a row.

    Raises:
        msgspec.DecodeError: If it is none.
    """
    return _PERSON.decode(row.body)


def read_account(row: FeedRow, through_seq: int, as_of_ms: int) -> Base:
    """The account of a row, with own records up to one, as it stood at a time.

    Raises:
        msgspec.DecodeError: If it is none.
    """
    return msgspec.structs.replace(_ACCOUNT.decode(row.body), contains_seq=through_seq, as_of_ms=as_of_ms or None)


class RowTaker:
    """Takes rows over.

    Args:
        writer: Of the replica that they go into.
        till: This till's id.
        kept_seq: What the till keeps of a member.
        is_load: Whether members are loaded in bulk, beside this.
    """

    def __init__(self, writer: SqlReplicaWriter, till: str, kept_seq: KeptSeq, *, is_load: bool = False) -> None:
        self._is_load: Final = is_load
        self._writer: Final = writer
        self._till: Final = till
        self._kept_seq: Final = kept_seq

    def take(self, rows: Iterable[FeedRow], through_seq: int, as_of_ms: int) -> Told:
        """Take rows over, in one transaction or in the one that is open.

        Args:
            rows: Each key once, in any order.
            through_seq: Own records up to this one are in them.
            as_of_ms: Head office's clock.

        Raises:
            KnownError: ``sync.row_unreadable`` (with ``kind``); nothing was taken over.
        """
        by_kind: dict[str, list[FeedRow]] = {}
        for row in rows:
            by_kind.setdefault(row.kind, []).append(row)
        gone: list[MemberId] = []
        with self._writer.transaction() as connection:
            told = ToldRows(connection, is_load=self._is_load)
            for kind in _ORDER:
                found = by_kind.pop(kind, [])
                if not found:
                    continue
                try:
                    gone += self._take_kind(told, kind, found, through_seq, as_of_ms)
                except (msgspec.DecodeError, ValueError) as error:
                    raise KnownError("sync.row_unreadable", kind=kind.value) from error
        return Told(tuple(gone), sum(map(len, by_kind.values())))

    def lay_open(self, through_seq: int) -> None:
        """What was laid aside counts, where head office now has the own record that it was laid aside for."""
        with self._writer.transaction() as connection:
            told = ToldRows(connection)
            for member_id, _, member in told.laid_aside():
                kept = self._kept_seq(member_id)
                if kept > through_seq:
                    continue
                if member is None:
                    told.erased(member_id, through_seq, kept_seq=kept)
                else:
                    told.member(member, through_seq, kept_seq=kept)

    def _take_kind(
        self, told: ToldRows, kind: RowKind, rows: list[FeedRow], through_seq: int, as_of_ms: int
    ) -> list[MemberId]:
        gone: list[MemberId] = []
        told.begin_kind(kind)
        match kind:
            case RowKind.PERSON:
                gone = self._people(told, rows, through_seq)
            case RowKind.ACCOUNT:
                self._accounts(told, rows, through_seq, as_of_ms)
            case RowKind.MERGE:
                gone = _merges(told, rows, through_seq)
            case RowKind.PRODUCT | RowKind.CATEGORY | RowKind.PROGRAMME | RowKind.STAFF:
                self._master(told, kind, rows)
            case RowKind.UNIT_CODE:
                for row in rows:
                    self._unit(told, row)
            case RowKind.TILL_KEY:
                for row in rows:
                    told.till_key(row.key, None if row.is_gone else msgspec.json.decode(row.body, type=bytes))
            case RowKind.TILL_KEY_END:
                for row in rows:
                    ends_ms = "" if row.is_gone else str(msgspec.json.decode(row.body, type=int))
                    told.note(f"{TILL_KEY_END}{row.key}", ends_ms)
            case RowKind.POLICY:
                for row in rows:
                    policy = Policy() if row.is_gone else msgspec.json.decode(row.body, type=Policy)
                    told.note(POLICY, msgspec.json.encode(policy).decode())
            case RowKind.SHOP_GIVEN:
                for row in rows:
                    what, _, month = row.key.rpartition(":")
                    amount = None if row.is_gone else msgspec.json.decode(row.body, type=int)
                    told.shop_given(what, month, amount, through_seq)
        return gone

    def _people(self, told: ToldRows, rows: list[FeedRow], through_seq: int) -> list[MemberId]:
        gone: list[MemberId] = []
        for row in rows:
            member_id = MemberId(UUID(row.key))
            kept = self._kept_seq(member_id)
            if not row.is_gone:
                told.member(read_person(row), through_seq, kept_seq=kept)
            else:
                told.erased(member_id, through_seq, kept_seq=kept)
                gone.append(member_id)
        return gone

    def _accounts(self, told: ToldRows, rows: list[FeedRow], through_seq: int, as_of_ms: int) -> None:
        there: list[tuple[MemberId, Base]] = []
        for row in rows:
            member_id = MemberId(UUID(row.key))
            if row.is_gone:
                told.drop_account(member_id)
            else:
                there.append((member_id, read_account(row, through_seq, as_of_ms)))
        self._writer.put_accounts(there)

    def _master(self, told: ToldRows, kind: RowKind, rows: list[FeedRow]) -> None:
        for row in rows:
            if row.is_gone:
                match kind:
                    case RowKind.PRODUCT:
                        told.drop_product(row.key)
                    case RowKind.CATEGORY:
                        told.drop_category(row.key)
                    case RowKind.PROGRAMME:
                        told.drop_programme(int(row.key))
                    case _:
                        told.drop_staff(row.key)
        bodies = [bytes(row.body) for row in rows if not row.is_gone]
        match kind:
            case RowKind.PRODUCT:
                self._writer.put_products([codec.decode(body, Product) for body in bodies], [])
            case RowKind.CATEGORY:
                self._writer.put_products([], [codec.decode(body, Category) for body in bodies])
            case RowKind.PROGRAMME:
                for body in bodies:
                    self._writer.put_programme(codec.decode(body, Programme))
            case _:
                self._writer.put_staff([codec.decode(body, Staff) for body in bodies])

    def _unit(self, told: ToldRows, row: FeedRow) -> None:
        sold = None if row.is_gone else msgspec.json.decode(row.body, type=UnitSold)
        if sold is None or sold.till == self._till:  # of its own sales the till's books say more
            told.unit_back(bytes.fromhex(row.key))
        else:
            told.unit_sold(bytes.fromhex(row.key), sold.till, sold.receipt_no)


def _merges(told: ToldRows, rows: list[FeedRow], through_seq: int) -> list[MemberId]:
    gone: list[MemberId] = []
    for row in rows:
        loser = MemberId(UUID(row.key))
        if row.is_gone:
            told.not_merged(loser)
        else:
            told.merged(loser, MemberId(msgspec.json.decode(row.body, type=UUID)), through_seq)
            gone.append(loser)
    return gone
