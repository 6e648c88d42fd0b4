"""The only writer of the replica; lives on its own lane."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlcipher3 import dbapi2

from pos_app.domain import codec
from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.lots import Base
from pos_app.domain.member import Member
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Staff
from pos_app.errors import BugError
from pos_app.infrastructure.column_values import to_int, to_int_or_none
from pos_app.infrastructure.database_errors import known_error
from pos_app.infrastructure.databases import Connection, DatabaseFile, Mode, Prepared, prepare
from pos_app.infrastructure.replica.members import account_to_columns, cards_of, to_columns
from pos_app.infrastructure.replica.pinyin import initials_variants
from pos_app.infrastructure.replica.schema import (
    card,
    category,
    member,
    member_account,
    meta,
    product,
    product_code,
    programme,
    staff,
)

WRITER_CACHE_KIB: Final = 16 * 1024


def _put(table: sa.Table, *keys: str, keep: str = "") -> Prepared:
    """Insert a row, or replace what is there under the same key except the column to keep."""
    statement = upsert(table)
    rest = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in (*keys, keep)}
    names = [column.name for column in table.columns]
    return prepare(statement.on_conflict_do_update(index_elements=list(keys), set_=rest), *names)


_MEMBER_COLUMNS: Final = [column.name for column in member.columns if column.name != "id"]
_insert_member = upsert(member).values({name: bindparam(name) for name in _MEMBER_COLUMNS})
_PUT_MEMBER: Final = prepare(
    _insert_member.on_conflict_do_update(
        index_elements=["member_id"],
        set_={name: _insert_member.excluded[name] for name in _MEMBER_COLUMNS if name != "member_id"},
    ).returning(member.c.id),
    *_MEMBER_COLUMNS,
)
_CARDS_OF: Final = prepare(
    select(member.c.id, member.c.rest).where(member.c.member_id == bindparam("member_id")), "member_id"
)
_PUT_CARD: Final = _put(card, "number")
#: Only where the card is still this member's: it may have gone to another one.
_DROP_CARD: Final = prepare(
    sa.delete(card).where(card.c.number == bindparam("old_number"), card.c.member == bindparam("owner")),
    "old_number",
    "owner",
)
_PUT_ACCOUNT: Final = _put(member_account, "member_id")
_PUT_PRODUCT: Final = _put(product, "product_id")
_DROP_CODES: Final = prepare(sa.delete(product_code).where(product_code.c.product_id == bindparam("which")), "which")
_PUT_CODE: Final = _put(product_code, "code")
_PUT_CATEGORY: Final = _put(category, "category_id", keep="place")
_PUT_PROGRAMME: Final = _put(programme, "version")
_PUT_STAFF: Final = _put(staff, "staff_id")
_PUT_META: Final = _put(meta, "key")
_META: Final = prepare(select(meta.c.value).where(meta.c.key == bindparam("key")), "key")
_PLACES: Final = prepare(select(sa.func.count()).select_from(category))


class SqlReplicaWriter:
    """Takes over master data (fulfils ``ReplicaWriter``). Each call is one transaction, unless one is open.

    Two lanes ask: the ledger lane after a member changed at the counter, and the one that fetches from head office
    or catches up. A lock makes them one writer.
    """

    def __init__(self, file: DatabaseFile) -> None:
        self._file: Final = file
        self._own: Connection | None = None
        self._lock: Final = threading.RLock()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction around several calls."""
        with self._lock:
            if self._own is None:
                self._own = self._file.connect(Mode.WRITE, cache_kib=WRITER_CACHE_KIB)
            connection = self._own
            if connection.in_transaction:
                yield connection
                return
            connection.begin(immediate=True)
            try:
                yield connection
                try:
                    connection.commit()
                except dbapi2.Error as error:
                    raise known_error(error, "replica", writing=True) from error
            except BaseException:
                connection.rollback()
                raise

    def put_members(self, members: Sequence[Member]) -> None:
        """Add or replace members."""
        with self.transaction() as connection:
            for each in members:
                columns = to_columns(each)
                old = connection.one(_CARDS_OF, columns[0])
                row = connection.one(_PUT_MEMBER, *columns)
                if row is None:
                    raise BugError("a member was written without an id")
                if old is not None:
                    # Cards that were given back must no longer find the member.
                    connection.run_many(
                        _DROP_CARD, [(number, row[0]) for number in cards_of(old[1]) if number not in each.cards]
                    )
                if each.cards:
                    connection.run_many(_PUT_CARD, [(number, row[0]) for number in each.cards])

    def put_accounts(self, accounts: Sequence[tuple[MemberId, Base]]) -> None:
        """Take over what head office says of members' accounts."""
        with self.transaction() as connection:
            connection.run_many(_PUT_ACCOUNT, [account_to_columns(who, base) for who, base in accounts])

    def put_products(self, products: Sequence[Product], categories: Sequence[Category]) -> None:
        """Add or replace products and categories."""
        with self.transaction() as connection:
            row = connection.one(_PLACES)
            first = 0 if row is None else row[0]
            connection.run_many(
                _PUT_CATEGORY,
                [(each.category_id, first + place, codec.encode(each)) for place, each in enumerate(categories)],
            )
            connection.run_many(_PUT_PRODUCT, [_product_row(each) for each in products])
            connection.run_many(_DROP_CODES, [(each.product_id,) for each in products])
            connection.run_many(_PUT_CODE, [(code, each.product_id) for each in products for code in each.barcodes])

    def put_programme(self, programme: Programme) -> None:
        """Add a version of the programme."""
        with self.transaction() as connection:
            connection.run(
                _PUT_PROGRAMME,
                *(programme.version, to_int(programme.effective_from), to_int_or_none(programme.effective_to)),
                codec.encode(programme),
            )

    def put_staff(self, staff: Sequence[Staff]) -> None:
        """Add or replace staff."""
        with self.transaction() as connection:
            connection.run_many(_PUT_STAFF, [(each.staff_id, codec.encode(each)) for each in staff])

    def meta(self, key: str) -> str | None:
        """A fact about the file itself."""
        with self.transaction() as connection:
            row = connection.one(_META, key)
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Note a fact about the file itself."""
        with self.transaction() as connection:
            connection.run(_PUT_META, key, value)


def _product_row(each: Product) -> tuple[object, ...]:
    search = "\n".join((each.name, *initials_variants(each.name), each.product_id, each.brand)).lower()
    return each.product_id, each.category_id, each.name, search, int(each.is_active), codec.encode(each)
