"""Questions to the replica, each on the asking thread's own connection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from pos_app.application.replica_ports import ShopGiven, UnitSoldElsewhere
from pos_app.domain import codec
from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.lots import NO_BASE, Base
from pos_app.domain.member import Member, MemberStatus
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Staff
from pos_app.domain.unit_codes import code_hash
from pos_app.infrastructure.column_values import to_int, uuid_of
from pos_app.infrastructure.databases import DatabaseFile, Prepared, Row
from pos_app.infrastructure.replica import statements as q
from pos_app.infrastructure.replica.members import account_from_columns, from_columns
from pos_app.infrastructure.replica.pinyin import is_chinese
from sync.protocol.messages import Policy

#: Page cache of one reading connection: holds the upper pages of every index of ten million members.
READER_CACHE_KIB: Final = 24 * 1024

#: Meta: head office's policy as JSON.
POLICY: Final = "policy"
#: Begins the facts that say since when a till's key is over.
TILL_KEY_END: Final = "till_key_end:"

_DECODE_PRODUCT: Final = msgspec.json.Decoder(Product, dec_hook=codec.decode_hook).decode
_DECODE_CATEGORY: Final = msgspec.json.Decoder(Category, dec_hook=codec.decode_hook).decode
_DECODE_STAFF: Final = msgspec.json.Decoder(Staff, dec_hook=codec.decode_hook).decode
_DECODE_PROGRAMME: Final = msgspec.json.Decoder(Programme, dec_hook=codec.decode_hook).decode


class SqlReplica:
    """Members, catalogue, programme and staff (fulfils ``Replica``); any thread may ask."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file: Final = file
        self._programmes: dict[bytes, Programme] = {}

    def _one(self, statement: Prepared, *values: Any) -> Row | None:
        with self._file.asking(cache_kib=READER_CACHE_KIB) as connection:
            return connection.one(statement, *values)

    def _all(self, statement: Prepared, *values: Any) -> list[Row]:
        with self._file.asking(cache_kib=READER_CACHE_KIB) as connection:
            return connection.all(statement, *values)

    def product_by_code(self, code: str) -> Product | None:
        """By barcode or item number; a barcode goes first where one is also an item number."""
        row = self._one(q.PRODUCT_BY_BARCODE, code) or self._one(q.PRODUCT_BY_ID, code)
        return None if row is None else _DECODE_PRODUCT(row[0])

    def products_by_text(self, text: str, limit: int) -> Sequence[Product]:
        """By part of the name, brand or item number, or by pinyin initials."""
        wanted = text.strip().lower()
        if not wanted:
            return []
        return [_DECODE_PRODUCT(row[0]) for row in self._all(q.PRODUCTS_BY_TEXT, wanted, wanted, limit)]

    def categories(self) -> Sequence[Category]:
        """All categories, in the shop's order."""
        return [_DECODE_CATEGORY(row[0]) for row in self._all(q.CATEGORIES)]

    def products_of(self, category_id: str, limit: int) -> Sequence[Product]:
        """Products of a category, for touch selling."""
        return [_DECODE_PRODUCT(row[0]) for row in self._all(q.PRODUCTS_OF, category_id, limit)]

    def member(self, member_id: MemberId) -> Member | None:
        """By id, also by one that turned out to be another member's; None for a member that head office erased."""
        row = self._one(q.BY_ID, self.ids_of(member_id)[0].bytes)
        if row is None or not row[-1]:
            row = self._one(q.BY_ID, member_id.bytes)  # the member who goes on has not come here yet
        return None if row is None or not row[-1] else from_columns(row)

    def ids_of(self, member_id: MemberId) -> tuple[MemberId, ...]:
        """The id under which a member goes on, then those that turned out to be the same person."""
        row = self._one(q.WINNER_OF, member_id.bytes)
        first = member_id if row is None else MemberId(uuid_of(row[0]))
        return (first, *(MemberId(uuid_of(loser)) for (loser,) in self._all(q.LOSERS_OF, first.bytes)))

    def told_through(self, member_id: MemberId) -> int | None:
        """Own records up to this one are in what head office says of a member; None where it says nothing."""
        row = self._one(q.TOLD, member_id.bytes)
        return None if row is None or row[0] is None else max(row[0], row[1] or 0)

    def member_by_phone(self, phone: str) -> Member | None:
        """By the whole phone number; of several who share it, an active one."""
        rows = self._all(q.BY_PHONE, phone)
        if len(rows) == 1:
            return from_columns(rows[0])
        members = [from_columns(row) for row in rows]
        return next((each for each in members if each.status is MemberStatus.ACTIVE), members[0] if members else None)

    def member_by_card(self, number: str) -> Member | None:
        """By card number."""
        row = self._one(q.BY_CARD, number)
        return None if row is None else from_columns(row)

    def members_by_last_four(self, digits: str, limit: int) -> Sequence[Member]:
        """By the last four digits of the phone."""
        return [from_columns(row) for row in self._all(q.BY_LAST_FOUR, digits, limit)]

    def members_by_name(self, text: str, limit: int) -> Sequence[Member]:
        """By the beginning of the name, by given name, or by pinyin initials; a Latin name in any case."""
        wanted = text.strip()
        if not wanted:
            return []
        if is_chinese(wanted):
            ways = ((q.BY_NAME, wanted), (q.BY_GIVEN, wanted))
        else:
            compact = "".join(letter for letter in wanted.lower() if letter.isalnum())
            ways = ((q.BY_INITIALS, compact), (q.BY_GIVEN, wanted.casefold()))
        found: dict[bytes, Member] = {}
        for statement, low in ways:
            if low and len(found) < limit:
                for row in self._all(statement, low, low + "\U0010ffff", limit):
                    found.setdefault(row[0], from_columns(row))
        return list(found.values())[:limit]

    def base(self, member_id: MemberId) -> Base:
        """What head office last said of a member's account."""
        row = self._one(q.BASE, member_id.bytes)
        return NO_BASE if row is None else account_from_columns(row)

    def programme(self, today: dt.date) -> Programme | None:
        """The programme in force on a day; else the latest one there is; None when there is none."""
        day = to_int(today)
        row = self._one(q.PROGRAMME, day, day)
        if row is None:
            return None
        # Decoding costs more than finding it, and it is asked for with every price.
        known = self._programmes.get(row[0])
        if known is None:
            known = _DECODE_PROGRAMME(row[0])
            self._programmes = {row[0]: known}
        return known

    def till_key(self, key_id: str) -> bytes | None:
        """The public key of another till of the shop by its key id in hexadecimal."""
        row = self._one(q.TILL_KEY, key_id)
        return None if row is None else bytes(row[0])

    def till_key_end(self, key_id: str) -> int | None:
        """When the till of a key was taken out of service, in milliseconds; None for one that is in service."""
        noted = self.fact(f"{TILL_KEY_END}{key_id}")
        return int(noted) if noted else None

    def unit_sold(self, unit_code: str) -> UnitSoldElsewhere | None:
        """By which other till an item was sold by its code (normal form); None where none did, or it came back."""
        row = self._one(q.UNIT_SOLD, code_hash(unit_code))
        return None if row is None else UnitSoldElsewhere(row[0], row[1])

    def shop_given(self, what: str, month: dt.date) -> ShopGiven:
        """How much all members together had of a gift in a month, as head office knows it."""
        row = self._one(q.SHOP_GIVEN, what, month.strftime("%Y-%m"))
        return ShopGiven() if row is None else ShopGiven(row[0], row[1])

    def offline_spending(self) -> frozenset[str]:
        """Assets that members may spend without head office, as its policy names them; none while it said nothing."""
        policy = self.fact(POLICY)
        return frozenset(msgspec.json.decode(policy, type=Policy).offline_spending if policy else ())

    def fact(self, key: str) -> str | None:
        """A fact about the file itself."""
        row = self._one(q.FACT, key)
        return None if row is None else str(row[0])

    def programme_version(self, version: int) -> Programme | None:
        """A version of the programme, in force or not; None for one that was never received."""
        row = self._one(q.PROGRAMME_VERSION, version)
        return None if row is None else _DECODE_PROGRAMME(row[0])

    def staff(self) -> Sequence[Staff]:
        """Everybody who may log in."""
        return [each for each in (_DECODE_STAFF(row[0]) for row in self._all(q.STAFF)) if each.is_active]

    def member_count(self) -> int:
        """How many members there are or were: ids are given without gaps, and erased members leave an empty row."""
        row = self._one(q.COUNT)
        return 0 if row is None or row[0] is None else int(row[0])
