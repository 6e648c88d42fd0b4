"""What head office said of everything but members, kept a second time: small, and enough to log in and sell.

The replica may be lost while there is no line. What a till alone has kept is in its ledger; what head office sent is
here, so that a replica that is made again has goods, staff, programme and policy at once. Members come back with the
line. Rows are kept as they came: nothing here knows what they mean.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Final, Protocol

import msgspec
from sqlcipher3 import dbapi2

from pos_app.errors import KnownError
from pos_app.infrastructure.database_errors import known_error
from pos_app.infrastructure.databases import Connection, DatabaseFile, Mode
from pos_app.infrastructure.keys import derive
from pos_app.infrastructure.replica import basics_statements as q
from pos_app.infrastructure.sql_script import split_statements

BASICS_FILE: Final = "basics.db"
#: Changes with every change of the shape; a file of another version is made again.
VERSION: Final = 1
#: Members are many, and come back with the line.
_NOT_KEPT: Final = frozenset({"person", "account", "merge"})
_CACHE_KIB: Final = 512


class SaidRow(Protocol):
    """A row of head office."""

    @property
    def kind(self) -> str:
        """What it speaks of."""

    @property
    def key(self) -> str:
        """Which."""

    @property
    def body(self) -> msgspec.Raw:
        """What it is; empty where it is no more."""


class KeptRow(msgspec.Struct, frozen=True):
    """A row as it is kept.

    Attributes:
        kind: What it speaks of.
        key: Which.
        told: Own records up to this one are in it.
        as_of_ms: Head office's clock when it was said.
        body: What it is; empty where it is no more.
    """

    kind: str
    key: str
    told: int
    as_of_ms: int
    body: bytes


class Basics:
    """The open file; any thread.

    Args:
        folder: The data folder.
        replica_key: 32 bytes; this file's own key is derived from it.

    Attributes:
        was_made: Whether the file is new: it was missing, damaged, or of another shape.
    """

    def __init__(self, folder: Path, replica_key: bytes) -> None:
        self.path: Final = folder / BASICS_FILE
        # FULL: it must not fall behind a replica that says how far head office has been heard.
        self._file: Final = DatabaseFile(self.path, derive(replica_key, "basics/1"), "replica")
        self._lock: Final = threading.RLock()
        self._connection: Connection | None = None
        self.was_made: Final = not self._is_usable()
        if self.was_made:
            self.make_anew()

    def _is_usable(self) -> bool:
        if not self.path.exists():
            return False
        with contextlib.suppress(KnownError):
            connection = self._open()
            connection.plain("SELECT * FROM basic LIMIT 1")  # gross damage shows now
            return bool(connection.plain("PRAGMA user_version")[0][0] == VERSION)
        return False

    def make_anew(self) -> None:
        """Throw away what there is."""
        self.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        script = (resources.files(__package__) / "basics.sql").read_text(encoding="utf-8")
        with self._transaction() as connection:
            for statement in split_statements(script):
                connection.plain(statement)
            connection.plain(f"PRAGMA user_version = {VERSION}")

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = self._file.connect(Mode.WRITE, cache_kib=_CACHE_KIB)
        return self._connection

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._lock:
            connection = self._open()
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

    def keep(self, rows: Iterable[SaidRow], told: int, as_of_ms: int, *, snapshot: str = "") -> None:
        """Keep rows, durably, before the replica commits them; those of members are passed over.

        Args:
            rows: Each key once.
            told: Own records up to this one are in them.
            as_of_ms: Head office's clock.
            snapshot: Names the whole that they are of; empty for a page of the feed.

        Raises:
            KnownError: ``replica.not_saved``.
        """
        values = [
            (row.kind, row.key, told, as_of_ms, snapshot, bytes(row.body)) for row in rows if row.kind not in _NOT_KEPT
        ]
        if values:
            with self._transaction() as connection:
                connection.run_many(q.PUT_BASIC_OF_SNAPSHOT if snapshot else q.PUT_BASIC, values)

    def keep_only(self, snapshot: str) -> None:
        """A snapshot is whole: what is not in it is no more. What the feed says after it comes again."""
        with self._transaction() as connection:
            connection.run(q.DROP_OTHERS, snapshot)

    def rows(self) -> Sequence[KeptRow]:
        """All that is kept, in the order in which it first came."""
        with self._lock:
            found = self._open().all(q.BASICS)
        return [KeptRow(kind, key, told, as_of_ms, bytes(body)) for kind, key, told, as_of_ms, body in found]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection = None
            self._file.close()
