"""Encrypted database files: how they are opened, and how statements run on them.

SQLAlchemy Core writes the statements when the till is built (``sql/``); what runs at the counter is the finished SQL
text on the driver's own connection. See ``pos_app/decisions/009-finished-statements.md`` for the figures.
"""

from __future__ import annotations

import contextlib
import enum
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from pos_app.errors import BugError, KnownError
from pos_app.infrastructure.database_errors import known_error, primary_code

#: A raw key: no key derivation at opening, which would cost 144 ms each time.
KEY_BYTES: Final = 32
BUSY_TIMEOUT_MS: Final = 2_000
_NOTADB: Final = 26

Row = tuple[Any, ...]


class Prepared:
    """A finished statement.

    Attributes:
        sql: SQLite text with ``?`` marks.
    """

    __slots__ = ("_slots", "sql")

    def __init__(self, sql: str, slots: tuple[int | str | None, ...] = ()) -> None:
        """Keep the text.

        Args:
            sql: SQLite text with ``?`` marks.
            slots: Where a statement binds constants of its own (an OFFSET of 0, say): one for each mark, None where
                an argument goes.
        """
        self.sql: Final = sql
        self._slots: Final = slots

    def arguments(self, values: Sequence[Any]) -> Sequence[Any]:
        """The values in the order of the ``?`` marks, with the statement's own constants."""
        if not self._slots:
            return values
        rest = iter(values)
        return [next(rest) if constant is None else constant for constant in self._slots]


class Mode(enum.Enum):
    """What a connection is for."""

    WRITE = "write"
    READ = "read"


class Connection:
    """One open connection to an encrypted file, used by one thread at a time."""

    def __init__(self, driver: Any, role: str, mode: Mode) -> None:
        self._driver: Any = driver
        self._role: Final = role
        self._writing: Final = mode is Mode.WRITE

    @property
    def driver(self) -> Any:
        """The driver's connection, for what is done in bulk."""
        return self._driver

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self._driver.in_transaction)

    def one(self, statement: Prepared, *values: Any) -> Row | None:
        """The first row, or None."""
        try:
            row: Row | None = self._driver.execute(statement.sql, statement.arguments(values)).fetchone()
        except dbapi2.Error as error:
            raise known_error(error, self._role, writing=self._writing) from error
        return row

    def all(self, statement: Prepared, *values: Any) -> list[Row]:
        """All rows."""
        try:
            rows: list[Row] = self._driver.execute(statement.sql, statement.arguments(values)).fetchall()
        except dbapi2.Error as error:
            raise known_error(error, self._role, writing=self._writing) from error
        return rows

    def run(self, statement: Prepared, *values: Any) -> int:
        """Run a statement without an answer; returns how many rows it touched."""
        try:
            return int(self._driver.execute(statement.sql, statement.arguments(values)).rowcount)
        except dbapi2.Error as error:
            raise known_error(error, self._role, writing=self._writing) from error

    def run_many(self, statement: Prepared, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each row; its constants must not be bound ones."""
        try:
            self._driver.executemany(statement.sql, rows)
        except dbapi2.Error as error:
            raise known_error(error, self._role, writing=self._writing) from error

    def plain(self, sql: str) -> list[Row]:
        """Run SQL that has no arguments: pragmas and schema."""
        try:
            rows: list[Row] = self._driver.execute(sql).fetchall()
        except dbapi2.Error as error:
            raise known_error(error, self._role, writing=self._writing) from error
        return rows

    def begin(self, *, immediate: bool) -> None:
        """Begin a transaction; an immediate one takes the write lock at once."""
        self.plain("BEGIN IMMEDIATE" if immediate else "BEGIN")

    def commit(self) -> None:
        """Commit; the driver's own error goes through, because it means *unknown* and not *failed*."""
        self._driver.execute("COMMIT")

    def rollback(self) -> None:
        """Undo what is open; never fails, so that the error that led here is the one that is seen."""
        try:
            if self._driver.in_transaction:
                self._driver.execute("ROLLBACK")
        except dbapi2.Error:
            # SQLite undoes on its own when the file cannot be reached; the next BEGIN will say if it did not.
            return

    def close(self) -> None:
        """Close; safe to call twice, and from another thread once the owner is done."""
        self._driver.close()


class DatabaseFile:
    """An encrypted file: makes its connections and closes them all.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path, key: bytes, role: str, *, synchronous: str = "FULL") -> None:
        if len(key) != KEY_BYTES:
            raise BugError("a database key has 32 bytes")
        self.path: Final = path
        self.role: Final = role
        self._key_pragma: Final = f"PRAGMA key = \"x'{key.hex()}'\""
        self._synchronous: Final = synchronous
        self._local: Final = threading.local()
        self._open: list[Connection] = []
        self._lock: Final = threading.Lock()
        self._generation = 0
        self._gate: Final = threading.Condition()
        self._asking = 0
        self._is_exchanged = False

    def connect(self, mode: Mode, *, cache_kib: int) -> Connection:
        """Open a connection.

        Args:
            mode: Reading connections refuse to write.
            cache_kib: Page cache; every page that is not in it costs a decryption.

        Raises:
            KnownError: ``<role>.wrong_key`` where the key does not fit (or the first page is damaged),
                ``<role>.damaged``, ``<role>.not_read``.
        """
        pragmas = [
            self._key_pragma,
            f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
            "PRAGMA foreign_keys = ON",
            "PRAGMA trusted_schema = OFF",
            "PRAGMA temp_store = MEMORY",
            f"PRAGMA cache_size = -{cache_kib}",
        ]
        if mode is Mode.WRITE:
            # EXTRA before WAL: the switch itself goes through a rollback journal, whose deletion must be durable.
            pragmas += ["PRAGMA synchronous = EXTRA", "PRAGMA journal_mode = WAL"]
        pragmas.append(f"PRAGMA synchronous = {self._synchronous}")
        if mode is Mode.READ:
            pragmas.append("PRAGMA query_only = ON")

        # Lanes own their connections; only closing at the end may come from another thread.
        try:
            driver = dbapi2.connect(
                str(self.path), isolation_level=None, check_same_thread=False, cached_statements=256
            )
        except dbapi2.Error as error:
            raise known_error(error, self.role, writing=False) from error
        try:
            # SQLCipher would write about a wrong key on stderr; the error below says it.
            driver.execute("PRAGMA cipher_log_level = NONE")
            for pragma in pragmas:
                driver.execute(pragma).fetchall()
            driver.execute("SELECT count(*) FROM sqlite_master").fetchall()
        except dbapi2.Error as error:
            driver.close()
            if primary_code(error) == _NOTADB:
                raise KnownError(f"{self.role}.wrong_key") from error
            raise known_error(error, self.role, writing=False) from error
        connection = Connection(driver, self.role, mode)
        with self._lock:
            self._open.append(connection)
        return connection

    def reader(self, *, cache_kib: int) -> Connection:
        """This thread's reading connection, opened when first asked for."""
        if getattr(self._local, "generation", -1) != self._generation:
            self._local.connection = self.connect(Mode.READ, cache_kib=cache_kib)
            self._local.generation = self._generation
        connection: Connection = self._local.connection
        return connection

    @contextlib.contextmanager
    def asking(self, *, cache_kib: int) -> Iterator[Connection]:
        """This thread's reading connection for one question, during which the file is not exchanged.

        Not to be nested.
        """
        with self._gate:
            while self._is_exchanged:
                self._gate.wait()
            self._asking += 1
        try:
            yield self.reader(cache_kib=cache_kib)
        finally:
            with self._gate:
                self._asking -= 1
                if not self._asking:
                    self._gate.notify_all()

    def exchange(self, put_in_place: Callable[[], None]) -> None:
        """Put another file in this one's place while nobody asks; whoever asks next opens that.

        Every connection is closed; those who write must have let go of theirs. Questions wait meanwhile.
        """
        with self._gate:
            self._is_exchanged = True
            while self._asking:
                self._gate.wait()
        try:
            self.close()
            put_in_place()
        finally:
            with self._gate:
                self._is_exchanged = False
                self._gate.notify_all()

    def discard(self, connection: Connection) -> None:
        """Close one connection."""
        with self._lock:
            if connection in self._open:
                self._open.remove(connection)
        connection.close()

    def close(self) -> None:
        """Close every connection that was made."""
        with self._lock:
            connections, self._open = self._open, []
            self._generation += 1
        for connection in connections:
            connection.close()
