"""What head office says, written into the replica: within one transaction of its writer.

Own data of a member that head office does not know yet stays in force; what head office says of that member meanwhile
is laid beside it, and counts as soon as head office has the own record, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from pos_app.domain import codec
from pos_app.domain.ids import MemberId
from pos_app.domain.member import Member
from pos_app.errors import BugError
from pos_app.infrastructure.column_values import uuid_of
from pos_app.infrastructure.databases import Connection
from pos_app.infrastructure.replica import statements as q
from pos_app.infrastructure.replica.members import cards_of, from_columns, to_columns

#: Meta: begins the names of the kinds of which head office has said something; own rows of them are gone then.
_KIND_TOLD: Final = "told."
_TABLES: Final = {
    "product": ("product", "product_code"),
    "category": ("category",),
    "programme": ("programme",),
    "staff": ("staff",),
}


class ToldRows:
    """Head office's rows on the connection of an open transaction.

    Args:
        connection: Of the replica's writer, or of a load.
        is_load: Whether members are loaded in bulk: they cannot be found by their ids yet.
    """

    def __init__(self, connection: Connection, *, is_load: bool = False) -> None:
        self._connection: Final = connection
        self._is_load: Final = is_load

    def member(self, member: Member, through_seq: int, *, kept_seq: int) -> None:
        """A member, with own records up to ``through_seq``; where this till keeps something newer, that stays."""
        which = member.member_id.bytes
        if kept_seq > through_seq:
            self._lay_aside(which, through_seq, codec.encode(member))
            return
        columns = to_columns(member)
        old = self._connection.one(q.CARDS_OF, which)
        row = self._connection.one(q.TELL_MEMBER, *columns, through_seq)
        if row is None:
            raise BugError("a member was written without an id")
        if old is not None:
            self._drop_cards(row[0], (number for number in cards_of(old[1]) if number not in member.cards))
        if member.cards:
            self._connection.run_many(q.PUT_CARD, [(number, row[0]) for number in member.cards])
        self._connection.run(q.DROP_TOLD, which)
        for (loser,) in self._connection.all(q.LOSERS_OF, which):
            self._absorb(loser, which, through_seq)

    def erased(self, member_id: MemberId, through_seq: int, *, kept_seq: int) -> None:
        """A member who is no more: name, phone and cards find nobody."""
        which = member_id.bytes
        if kept_seq > through_seq:
            self._lay_aside(which, through_seq, None)
            return
        old = self._connection.one(q.CARDS_OF, which)
        if old is not None:
            self._drop_cards(old[0], cards_of(old[1]))
            self._connection.run(q.EMPTY_MEMBER, through_seq, which)
        self._connection.run(q.DROP_TOLD, which)

    def merged(self, loser: MemberId, winner: MemberId, through_seq: int) -> None:
        """Two members are one: whoever asks for the loser gets the winner."""
        row = self._connection.one(q.WINNER_OF, winner.bytes)
        last = winner.bytes if row is None else bytes(row[0])
        if last == loser.bytes:
            raise BugError("a member was merged into itself")
        self._connection.run(q.PUT_ALIAS, loser.bytes, last)
        self._connection.run(q.MOVE_ALIAS, last, loser.bytes)
        if not self._is_load:
            self._absorb(loser.bytes, last, through_seq)

    def absorb_all(self, through_seq: int) -> None:
        """At the end of a load: cards of all who turned out to be somebody else find that one."""
        for loser, winner in self._connection.all(q.ALIASES):
            self._absorb(loser, winner, through_seq)

    def not_merged(self, loser: MemberId) -> None:
        """They are two after all."""
        self._connection.run(q.DROP_ALIAS, loser.bytes)

    def _absorb(self, loser: bytes, winner: bytes, through_seq: int) -> None:
        """The loser's cards find the winner, once that one is here; until then both stay as they are."""
        there = self._connection.one(q.CARDS_OF, winner)
        gone = self._connection.one(q.CARDS_OF, loser)
        if there is None or not there[1] or gone is None:
            return
        self._connection.run(q.MOVE_CARDS, there[0], gone[0])
        self._connection.run(q.EMPTY_MEMBER, through_seq, loser)
        self._connection.run(q.DROP_TOLD, loser)

    def _drop_cards(self, owner: int, numbers: Iterable[str]) -> None:
        self._connection.run_many(q.DROP_CARD, [(number, owner) for number in numbers])

    def _lay_aside(self, which: bytes, through_seq: int, body: bytes | None) -> None:
        self._connection.run(q.KEEP_TOLD, which, through_seq, body)
        self._connection.run(q.NOTE_TOLD, through_seq, which)

    def lay_aside(self, member_id: MemberId) -> None:
        """What stands here of a member is head office's word; something newer of this till's own comes over it."""
        row = self._connection.one(q.BY_ID, member_id.bytes)
        told = self._connection.one(q.TOLD, member_id.bytes)
        if row is not None and row[-1] and told is not None and told[0] is not None:
            self._lay_aside(member_id.bytes, told[0], codec.encode(from_columns(row)))

    def laid_aside(self) -> list[tuple[MemberId, int, Member | None]]:
        """What head office said of members of whom this till kept something newer, with the own records in it."""
        return [
            (MemberId(uuid_of(which)), told, None if body is None else codec.decode(bytes(body), Member))
            for which, told, body in self._connection.all(q.ALL_TOLD)
        ]

    def drop_account(self, member_id: MemberId) -> None:
        """An account that is no more."""
        self._connection.run(q.DROP_ACCOUNT, member_id.bytes)

    def begin_kind(self, kind: str) -> None:
        """Before the first row of a kind of master data that head office sends: own ones go."""
        if self._connection.one(q.META, _KIND_TOLD + kind) is not None:
            return
        for table in _TABLES.get(kind, ()):
            self._connection.plain(f"DELETE FROM {table}")  # noqa: S608 - names of our own schema
        self._connection.run(q.PUT_META, _KIND_TOLD + kind, "1")

    def drop_product(self, product_id: str) -> None:
        """Goods that are sold no more."""
        self._connection.run(q.DROP_CODES, product_id)
        self._connection.run(q.DROP_PRODUCT, product_id)

    def drop_category(self, category_id: str) -> None:
        """A category that is no more."""
        self._connection.run(q.DROP_CATEGORY, category_id)

    def drop_programme(self, version: int) -> None:
        """A programme that is no more."""
        self._connection.run(q.DROP_PROGRAMME, version)

    def drop_staff(self, staff_id: str) -> None:
        """Somebody who may log in no more."""
        self._connection.run(q.DROP_STAFF, staff_id)

    def till_key(self, key_id: str, public_key: bytes | None) -> None:
        """The public key of a till of the shop."""
        if public_key is None:
            self._connection.run(q.DROP_TILL_KEY, key_id)
        else:
            self._connection.run(q.PUT_TILL_KEY, key_id, public_key)

    def unit_sold(self, code_hash: bytes, till: str, receipt_no: str) -> None:
        """An item that another till sold."""
        self._connection.run(q.PUT_UNIT_SOLD, code_hash, till, receipt_no)

    def unit_back(self, code_hash: bytes) -> None:
        """An item that no other till has sold."""
        self._connection.run(q.DROP_UNIT_SOLD, code_hash)

    def shop_given(self, what: str, month: str, amount: int | None, through_seq: int) -> None:
        """How much all members together had of a gift in a month (``2026-01``)."""
        if amount is None:
            self._connection.run(q.DROP_SHOP_GIVEN, what, month)
        else:
            self._connection.run(q.PUT_SHOP_GIVEN, what, month, amount, through_seq)

    def note(self, key: str, value: msgspec.Raw | str) -> None:
        """A fact about the file itself."""
        self._connection.run(q.PUT_META, key, value if isinstance(value, str) else bytes(value).decode())


def is_told(connection: Connection, kind: str) -> bool:
    """Whether head office has sent master data of a kind: then it alone counts."""
    return connection.one(q.META, _KIND_TOLD + kind) is not None
