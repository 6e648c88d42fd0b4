"""The till's books on SQLCipher: one writing connection, owned by the ledger lane, and one reading one per thread."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from pos_app.domain.clock import Clock
from pos_app.domain.ids import StaffId
from pos_app.domain.ledger.journal import Head, Signer
from pos_app.errors import BugError, GuitaiError, KnownError
from pos_app.infrastructure.database_errors import is_damage, known_error, reason_of, surely_not_committed
from pos_app.infrastructure.databases import Connection, DatabaseFile, Mode
from pos_app.infrastructure.ledger import statements as q
from pos_app.infrastructure.ledger.reader import SqlLedgerReader
from pos_app.infrastructure.ledger.till import BusinessDay, TillIdentity
from pos_app.infrastructure.ledger.transaction import MARK, Appended, SqlLedgerTx
from pos_app.infrastructure.ledger.witness import HeadWitness

WRITER_CACHE_KIB: Final = 8 * 1024
READER_CACHE_KIB: Final = 8 * 1024
#: Pages of WAL after which SQLite itself checkpoints inside a commit. Large: that is the p99 of a commit, and
#: ``checkpoint`` does it while nobody waits.
AUTOCHECKPOINT_PAGES: Final = 8_000


class _Unresolved:
    """A COMMIT whose outcome is not known: what to look for."""

    def __init__(self, appended: Sequence[Appended], mark: str) -> None:
        self.appended: Final = tuple(appended)
        self.mark: Final = mark


class SqlLedger:
    """The books of one till (fulfils ``Ledger``).

    Attributes:
        path: The file.
        incarnation: Which life of the till this is.
        heard: Told the last record's place after each COMMIT that appended some, on the ledger's lane; must be quick.
    """

    def __init__(
        self,
        file: DatabaseFile,
        writer: Connection,
        *,
        till: TillIdentity,
        incarnation: int,
        clock: Clock,
        business_day: BusinessDay,
        signer: Signer,
        witness: HeadWitness | None,
        on_close: contextlib.ExitStack,
    ) -> None:
        self.path: Final[Path] = file.path
        self.incarnation: Final = incarnation
        self._file: Final = file
        self._writer: Connection | None = writer
        self._till: Final = till
        self._clock: Final = clock
        self._business_day = business_day
        self._signer: Final = signer
        self._witness: Final = witness
        self._on_close: Final = on_close
        self._owner: int | None = None
        self._tx: SqlLedgerTx | None = None
        self._unresolved: _Unresolved | None = None
        self._head: Head = SqlLedgerReader(writer).head()
        self._views: Final = threading.local()
        self.heard: Callable[[int], None] | None = None

    # Writing ---------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def write(self, operator: StaffId) -> Iterator[SqlLedgerTx]:
        """Open a transaction in the name of an operator; leaving it without an error commits.

        Raises:
            KnownError: ``ledger.not_saved`` with the reason; nothing was written. ``ledger.unresolved`` when it
                could not be found out whether it was (nothing may be handed over, nothing sold again);
                ``ledger.saved_after_all`` from the next transaction, once, when it then turns out that it was.
        """
        connection = self._ready()
        self._tx = tx = SqlLedgerTx(
            connection,
            self._head,
            operator=operator,
            till=self._till,
            incarnation=self.incarnation,
            clock=self._clock,
            business_day=self._business_day,
            signer=self._signer,
            check_open=self._check_open,
        )
        try:
            connection.begin(immediate=True)
            yield tx
        except BaseException:
            self._tx = None
            connection.rollback()
            raise
        self._commit(connection, tx)

    def use_business_day(self, business_day: BusinessDay) -> None:
        """Count trading days otherwise from the next transaction on; on the ledger's lane."""
        self._ready()
        self._business_day = business_day

    def checkpoint(self) -> int:
        """Move the WAL into the file while nobody waits; returns how many pages are left in it."""
        connection = self._ready()
        rows = connection.plain("PRAGMA wal_checkpoint(PASSIVE)")
        return int(rows[0][1]) - int(rows[0][2])

    def _check_open(self, tx: SqlLedgerTx) -> None:
        if self._tx is not tx or threading.get_ident() != self._owner:
            raise BugError("the ledger is written outside its transaction or outside its lane")

    def _ready(self) -> Connection:
        """The writing connection, on its own thread, with nothing left in doubt."""
        thread = threading.get_ident()
        if self._owner is None:
            self._owner = thread
        if self._owner != thread:
            raise BugError("the ledger is written by the ledger lane alone")
        if self._tx is not None:
            raise BugError("one transaction at a time")
        if self._writer is None or self._unresolved is not None:
            self._settle()
        if self._writer is None:
            raise BugError("the ledger has no connection")
        return self._writer

    def _commit(self, connection: Connection, tx: SqlLedgerTx) -> None:
        mark = ""
        try:
            if not tx.appended:
                mark = os.urandom(8).hex()
                SqlLedgerTx.mark(connection, mark)
        except BaseException:
            self._tx = None
            connection.rollback()
            raise
        self._tx = None
        try:
            connection.commit()
        except dbapi2.Error as error:
            self._commit_failed(connection, error, _Unresolved(tx.appended, mark))
        self._head = tx.head_after
        if self._witness is not None and tx.appended:
            self._witness.note(self._head)
        if self.heard is not None and tx.appended:
            self.heard(self._head.seq)

    def _commit_failed(self, connection: Connection, error: Exception, doubt: _Unresolved) -> None:
        """Return when the transaction is in the file for good; else raise."""
        connection.rollback()
        if surely_not_committed(error) and not connection.in_transaction:
            raise KnownError("ledger.not_saved", reason=reason_of(error)) from error
        self._unresolved = doubt
        self._file.discard(connection)
        self._writer = None
        try:
            was_saved = self._look_up(doubt)
        except (GuitaiError, dbapi2.Error) as again:
            raise KnownError("ledger.unresolved", reason=reason_of(error)) from again
        if not was_saved:
            if is_damage(error):
                raise known_error(error, self._file.role, writing=True) from error
            raise KnownError("ledger.not_saved", reason=reason_of(error)) from error

    def _settle(self) -> None:
        """Resolve an earlier COMMIT before anything new is written."""
        doubt = self._unresolved
        if doubt is None:
            self._writer = self._reopen()
            return
        try:
            was_saved = self._look_up(doubt)
        except (GuitaiError, dbapi2.Error) as error:
            raise KnownError("ledger.unresolved", reason=reason_of(error)) from error
        if was_saved:
            seq = doubt.appended[-1].seq if doubt.appended else 0
            raise KnownError("ledger.saved_after_all", seq=seq)

    def _look_up(self, doubt: _Unresolved) -> bool:
        """Open the file again and find out what became of a COMMIT; the answer is then durable either way.

        Found is not yet durable: after a failed fsync the pages may be in memory alone and a second fsync would
        not write them. Copying the WAL into the file writes them again. Not found is not yet gone: the frames may
        lie behind the WAL's end, where the next start would find them. A small commit writes over them.
        """
        connection = self._reopen()
        try:
            reader = SqlLedgerReader(connection)
            if doubt.appended:
                found = all(
                    connection.one(q.RECORD_BY_ID, each.record_id) == (each.seq, each.hash) for each in doubt.appended
                )
            else:
                found = reader.meta(MARK) == doubt.mark
            if found:
                busy, in_wal, copied = connection.plain("PRAGMA wal_checkpoint(FULL)")[0]
                if busy or in_wal != copied:
                    raise KnownError("ledger.not_saved", reason="locked")
            else:
                connection.begin(immediate=True)
                SqlLedgerTx.mark(connection, os.urandom(8).hex())
                connection.commit()
            head = reader.head()
        except BaseException:
            connection.rollback()
            self._file.discard(connection)
            raise
        self._head = head
        self._writer = connection
        self._unresolved = None
        return found

    def _reopen(self) -> Connection:
        connection = self._file.connect(Mode.WRITE, cache_kib=WRITER_CACHE_KIB)
        connection.plain(f"PRAGMA wal_autocheckpoint = {AUTOCHECKPOINT_PAGES}")
        return connection

    # Reading ---------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def read(self) -> Iterator[SqlLedgerReader]:
        """Open a consistent view, on this thread's own reading connection; views within a view share it."""
        open_view: SqlLedgerReader | None = getattr(self._views, "view", None)
        if open_view is not None:
            yield open_view
            return
        connection = self._file.reader(cache_kib=READER_CACHE_KIB)
        connection.begin(immediate=False)
        self._views.view = view = SqlLedgerReader(connection)
        try:
            yield view
        finally:
            self._views.view = None
            connection.rollback()

    def close(self) -> None:
        """Close every connection and let go of the folder; the last one moves the WAL into the file."""
        self._file.close()
        self._writer = None
        self._on_close.close()
