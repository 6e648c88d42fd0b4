"""The only writer of the replica; lives on its own lane."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from typing import Final

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
from pos_app.infrastructure.databases import Connection, DatabaseFile, Mode
from pos_app.infrastructure.replica import statements as q
from pos_app.infrastructure.replica.members import account_to_columns, cards_of, to_columns
from pos_app.infrastructure.replica.pinyin import initials_variants

WRITER_CACHE_KIB: Final = 16 * 1024


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
        """One transaction around several calls, from any thread."""
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
                old = connection.one(q.CARDS_OF, columns[0])
                row = connection.one(q.PUT_MEMBER, *columns)
                if row is None:
                    raise BugError("a member was written without an id")
                if old is not None:
                    # Cards that were given back must no longer find the member.
                    connection.run_many(
                        q.DROP_CARD, [(number, row[0]) for number in cards_of(old[1]) if number not in each.cards]
                    )
                if each.cards:
                    connection.run_many(q.PUT_CARD, [(number, row[0]) for number in each.cards])

    def put_accounts(self, accounts: Sequence[tuple[MemberId, Base]]) -> None:
        """Take over what head office says of members' accounts."""
        with self.transaction() as connection:
            connection.run_many(q.PUT_ACCOUNT, [account_to_columns(who, base) for who, base in accounts])

    def put_products(self, products: Sequence[Product], categories: Sequence[Category]) -> None:
        """Add or replace products and categories."""
        with self.transaction() as connection:
            row = connection.one(q.PLACES)
            first = 0 if row is None else row[0]
            connection.run_many(
                q.PUT_CATEGORY,
                [(each.category_id, first + place, codec.encode(each)) for place, each in enumerate(categories)],
            )
            connection.run_many(q.PUT_PRODUCT, [_product_row(each) for each in products])
            connection.run_many(q.DROP_CODES, [(each.product_id,) for each in products])
            connection.run_many(q.PUT_CODE, [(code, each.product_id) for each in products for code in each.barcodes])

    def put_programme(self, programme: Programme) -> None:
        """Add a version of the programme."""
        with self.transaction() as connection:
            connection.run(
                q.PUT_PROGRAMME,
                *(programme.version, to_int(programme.effective_from), to_int_or_none(programme.effective_to)),
                codec.encode(programme),
            )

    def put_staff(self, staff: Sequence[Staff]) -> None:
        """Add or replace staff."""
        with self.transaction() as connection:
            connection.run_many(q.PUT_STAFF, [(each.staff_id, codec.encode(each)) for each in staff])

    @contextlib.contextmanager
    def released(self) -> Iterator[None]:
        """Let go of the file, and write nothing while the context is open."""
        with self._lock:
            own, self._own = self._own, None
            if own is not None:
                self._file.discard(own)
            yield

    def meta(self, key: str) -> str | None:
        """A fact about the file itself."""
        with self.transaction() as connection:
            row = connection.one(q.META, key)
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Note a fact about the file itself."""
        with self.transaction() as connection:
            connection.run(q.PUT_META, key, value)


def _product_row(each: Product) -> tuple[object, ...]:
    search = "\n".join((each.name, *initials_variants(each.name), each.product_id, each.brand)).lower()
    return each.product_id, each.category_id, each.name, search, int(each.is_active), codec.encode(each)
