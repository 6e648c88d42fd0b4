"""Questions to the replica, each on the asking thread's own connection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy import bindparam, func, literal_column, select

from pos_app.domain import codec
from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.lots import NO_BASE, Base
from pos_app.domain.member import Member, MemberStatus
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Staff
from pos_app.infrastructure.column_values import to_int
from pos_app.infrastructure.databases import Connection, DatabaseFile, Prepared, prepare
from pos_app.infrastructure.replica.members import account_from_columns, from_columns
from pos_app.infrastructure.replica.pinyin import is_chinese
from pos_app.infrastructure.replica.schema import (
    card,
    category,
    member,
    member_account,
    product,
    product_code,
    programme,
    staff,
)

#: Page cache of one reading connection: holds the upper pages of every index of ten million members.
READER_CACHE_KIB: Final = 24 * 1024
#: Members who share a phone number: how many are looked at for one that is active.
SHARED_PHONE: Final = 8

_EMPTY: Final[sa.ColumnElement[Any]] = literal_column("''")
_ONE: Final[sa.ColumnElement[Any]] = literal_column("1")
_LIMIT: Final[sa.ColumnElement[Any]] = bindparam("limit")
_MEMBER: Final = select(member.c.member_id, member.c.phone, member.c.name, member.c.rest)
#: Word for word as in the index, or SQLite does not use it.
_LAST_FOUR: Final[sa.ColumnElement[Any]] = literal_column("substr(member.phone, -4)")


def _starting(column: sa.Column[str]) -> Prepared:
    """Members whose column starts with a text, in its order. A range, because LIKE would read the whole table."""
    return prepare(
        _MEMBER.where(column >= bindparam("low"), column < bindparam("high"), column != _EMPTY)
        .order_by(column)
        .limit(_LIMIT),
        "low",
        "high",
        "limit",
    )


_BY_ID: Final = prepare(_MEMBER.where(member.c.member_id == bindparam("member_id")), "member_id")
_BY_PHONE: Final = prepare(
    _MEMBER.where(member.c.phone == bindparam("phone"), member.c.phone != _EMPTY).limit(
        literal_column(str(SHARED_PHONE))
    ),
    "phone",
)
_BY_CARD: Final = prepare(
    _MEMBER.join_from(card, member, member.c.id == card.c.member).where(card.c.number == bindparam("number")),
    "number",
)
_BY_LAST_FOUR: Final = prepare(
    _MEMBER.where(bindparam("digits") == _LAST_FOUR, member.c.phone != _EMPTY).limit(_LIMIT), "digits", "limit"
)
_BY_NAME: Final = _starting(member.c.name)
_BY_GIVEN: Final = _starting(member.c.given)
_BY_INITIALS: Final = _starting(member.c.initials)
_COUNT: Final = prepare(select(func.max(member.c.id)))
_BASE: Final = prepare(
    select(*(column for column in member_account.columns if column.name != "member_id")).where(
        member_account.c.member_id == bindparam("member_id")
    ),
    "member_id",
)
_PRODUCT_BY_BARCODE: Final = prepare(
    select(product.c.body)
    .join_from(product_code, product, product.c.product_id == product_code.c.product_id)
    .where(product_code.c.code == bindparam("code")),
    "code",
)
_PRODUCT_BY_ID: Final = prepare(select(product.c.body).where(product.c.product_id == bindparam("code")), "code")
#: What begins with the text comes first, then the shorter names: they are the better matches.
_PRODUCTS_BY_TEXT: Final = prepare(
    select(product.c.body)
    .where(product.c.is_active == _ONE, func.instr(product.c.search, bindparam("text")) > literal_column("0"))
    .order_by(func.instr(product.c.search, bindparam("text")) > _ONE, func.length(product.c.name), product.c.product_id)
    .limit(_LIMIT),
    "text",
    "text",
    "limit",
)
_PRODUCTS_OF: Final = prepare(
    select(product.c.body)
    .where(product.c.category_id == bindparam("category_id"), product.c.is_active == _ONE)
    .order_by(product.c.name)
    .limit(_LIMIT),
    "category_id",
    "limit",
)
_CATEGORIES: Final = prepare(select(category.c.body).order_by(category.c.place, category.c.category_id))
_STAFF: Final = prepare(select(staff.c.body).order_by(staff.c.staff_id))
_in_force = sa.and_(
    programme.c.effective_from <= bindparam("today"),
    sa.or_(programme.c.effective_to.is_(None), programme.c.effective_to >= bindparam("today")),
)
_PROGRAMME: Final = prepare(
    select(programme.c.body).order_by(_in_force.desc(), programme.c.version.desc()).limit(_ONE), "today", "today"
)

_DECODE_PRODUCT: Final = msgspec.json.Decoder(Product, dec_hook=codec.decode_hook).decode
_DECODE_CATEGORY: Final = msgspec.json.Decoder(Category, dec_hook=codec.decode_hook).decode
_DECODE_STAFF: Final = msgspec.json.Decoder(Staff, dec_hook=codec.decode_hook).decode
_DECODE_PROGRAMME: Final = msgspec.json.Decoder(Programme, dec_hook=codec.decode_hook).decode


class SqlReplica:
    """Members, catalogue, programme and staff (fulfils ``Replica``); any thread may ask."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file: Final = file
        self._programmes: dict[bytes, Programme] = {}

    @property
    def _connection(self) -> Connection:
        return self._file.reader(cache_kib=READER_CACHE_KIB)

    def product_by_code(self, code: str) -> Product | None:
        """By barcode or item number; a barcode goes first where one is also an item number."""
        row = self._connection.one(_PRODUCT_BY_BARCODE, code) or self._connection.one(_PRODUCT_BY_ID, code)
        return None if row is None else _DECODE_PRODUCT(row[0])

    def products_by_text(self, text: str, limit: int) -> Sequence[Product]:
        """By part of the name, brand or item number, or by pinyin initials."""
        wanted = text.strip().lower()
        if not wanted:
            return []
        return [_DECODE_PRODUCT(row[0]) for row in self._connection.all(_PRODUCTS_BY_TEXT, wanted, wanted, limit)]

    def categories(self) -> Sequence[Category]:
        """All categories, in the shop's order."""
        return [_DECODE_CATEGORY(row[0]) for row in self._connection.all(_CATEGORIES)]

    def products_of(self, category_id: str, limit: int) -> Sequence[Product]:
        """Products of a category, for touch selling."""
        return [_DECODE_PRODUCT(row[0]) for row in self._connection.all(_PRODUCTS_OF, category_id, limit)]

    def member(self, member_id: MemberId) -> Member | None:
        """By id."""
        row = self._connection.one(_BY_ID, member_id.bytes)
        return None if row is None else from_columns(row)

    def member_by_phone(self, phone: str) -> Member | None:
        """By the whole phone number; of several who share it, an active one."""
        rows = self._connection.all(_BY_PHONE, phone)
        if len(rows) == 1:
            return from_columns(rows[0])
        members = [from_columns(row) for row in rows]
        return next((each for each in members if each.status is MemberStatus.ACTIVE), members[0] if members else None)

    def member_by_card(self, number: str) -> Member | None:
        """By card number."""
        row = self._connection.one(_BY_CARD, number)
        return None if row is None else from_columns(row)

    def members_by_last_four(self, digits: str, limit: int) -> Sequence[Member]:
        """By the last four digits of the phone."""
        return [from_columns(row) for row in self._connection.all(_BY_LAST_FOUR, digits, limit)]

    def members_by_name(self, text: str, limit: int) -> Sequence[Member]:
        """By the beginning of the name, by given name, or by pinyin initials; a Latin name in any case."""
        wanted = text.strip()
        if not wanted:
            return []
        if is_chinese(wanted):
            ways = ((_BY_NAME, wanted), (_BY_GIVEN, wanted))
        else:
            compact = "".join(letter for letter in wanted.lower() if letter.isalnum())
            ways = ((_BY_INITIALS, compact), (_BY_GIVEN, wanted.casefold()))
        found: dict[bytes, Member] = {}
        for statement, low in ways:
            if low and len(found) < limit:
                for row in self._connection.all(statement, low, low + "\U0010ffff", limit):
                    found.setdefault(row[0], from_columns(row))
        return list(found.values())[:limit]

    def base(self, member_id: MemberId) -> Base:
        """What head office last said of a member's account."""
        row = self._connection.one(_BASE, member_id.bytes)
        return NO_BASE if row is None else account_from_columns(row)

    def programme(self, today: dt.date) -> Programme | None:
        """The programme in force on a day; else the latest one there is; None when there is none."""
        day = to_int(today)
        row = self._connection.one(_PROGRAMME, day, day)
        if row is None:
            return None
        # Decoding costs more than finding it, and it is asked for with every price.
        known = self._programmes.get(row[0])
        if known is None:
            known = _DECODE_PROGRAMME(row[0])
            self._programmes = {row[0]: known}
        return known

    def staff(self) -> Sequence[Staff]:
        """Everybody who may log in."""
        return [each for each in (_DECODE_STAFF(row[0]) for row in self._connection.all(_STAFF)) if each.is_active]

    def member_count(self) -> int:
        """How many members there are: ids are given without gaps, and no member is ever deleted here."""
        row = self._connection.one(_COUNT)
        return 0 if row is None or row[0] is None else int(row[0])
