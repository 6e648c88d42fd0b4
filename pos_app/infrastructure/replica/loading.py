"""Load a whole snapshot into a file of its own, chunk by chunk, while the till sells.

Rows go in first, in any order, each chunk in one transaction with its name; indexes, and the table of cards in the
order of its key, are made at the end. A load that was cut goes on with the chunks that are missing; after a power cut
it begins anew.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from pos_app.domain.member import Member
from pos_app.errors import KnownError
from pos_app.infrastructure.databases import Connection, DatabaseFile
from pos_app.infrastructure.replica import statements as q
from pos_app.infrastructure.replica.members import to_columns
from pos_app.infrastructure.replica.schema import VERSION, schema_sql
from pos_app.infrastructure.replica.store import ReplicaStore, make_schema, remove_database
from pos_app.infrastructure.replica.told import ToldRows
from pos_app.infrastructure.sql_script import split_statements

NEW_FILE: Final = "replica.new.db"
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
#: Meta: which snapshot it is, which of its chunks are here, and whether all is done.
_SNAPSHOT: Final = "snapshot"
_CHUNK: Final = "chunk."
_DONE: Final = "done"
#: Members written between two pauses: a few milliseconds of work.
_STEP: Final = 200


class LoadingReplica:
    """A replica in the making; one thread at a time.

    Args:
        folder: The data folder.
        key: 32 bytes.
        snapshot: Names the snapshot; a file of another one is thrown away.
        pause: Called between pieces of work, so that the counter comes first.
    """

    def __init__(self, folder: Path, *, key: bytes, snapshot: str, pause: Callable[[], None]) -> None:
        self.path: Final = folder / NEW_FILE
        self._pause: Final = pause
        boot = boot_id()
        # Nothing is waited for while it loads: a power cut shows in the machine's start, and the load begins anew.
        synchronous = "OFF" if boot else "NORMAL"
        snapshot = f"{snapshot} {boot}"
        self._file = DatabaseFile(self.path, key, "replica", synchronous=synchronous)
        if not self._is_of(snapshot):
            self._file.close()
            remove_database(self.path)
            self._file = DatabaseFile(self.path, key, "replica", synchronous=synchronous)
        self.store: Final = ReplicaStore(self._file, was_made=True)
        with self.store.writer.transaction() as connection:
            if connection.plain("SELECT count(*) FROM sqlite_master")[0][0]:
                return
        with self._writing() as connection:
            make_schema(connection, indexes=False)
        self.store.writer.set_meta(_SNAPSHOT, snapshot)

    def _is_of(self, snapshot: str) -> bool:
        if not self.path.exists():
            return False
        with contextlib.suppress(KnownError, msgspec.DecodeError):  # torn, or of another version: begun anew
            return ReplicaStore(self._file, was_made=False).writer.meta(_SNAPSHOT) == snapshot
        return False

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        """The writing connection without a transaction."""
        with self.store.writer.transaction() as connection:
            connection.rollback()
            yield connection
            connection.begin(immediate=True)

    def has_chunk(self, name: str) -> bool:
        """Whether a chunk is in."""
        return self.store.writer.meta(_CHUNK + name) is not None

    @property
    def is_done(self) -> bool:
        """Whether it can take the replica's place."""
        return self.store.writer.meta(_DONE) is not None

    @contextlib.contextmanager
    def chunk(self, name: str) -> Iterator[None]:
        """One transaction around what a chunk holds."""
        with self.store.writer.transaction():
            yield
            self.store.writer.set_meta(_CHUNK + name, "1")

    def add_members(self, members: Iterator[Member], told: int) -> None:
        """Members that are not here yet, with own records up to one in what is said of them."""
        with self.store.writer.transaction() as connection:
            row = connection.one(q.COUNT)
            last = 0 if row is None or row[0] is None else row[0]
            while step := [each for _, each in zip(range(_STEP), members, strict=False)]:
                connection.run_many(
                    q.INSERT_MEMBER, [(last + n, *to_columns(each), told) for n, each in enumerate(step, start=1)]
                )
                cards = [(number, last + n) for n, each in enumerate(step, start=1) for number in each.cards]
                if cards:
                    connection.run_many(q.INSERT_LOADED_CARD, cards)
                last += len(step)
                self._pause()

    def add_accounts(self, accounts: Iterator[tuple[bytes, bytes]], told: int, as_of_ms: int) -> None:
        """Accounts that are not here yet: whose, and what head office says of it."""
        with self.store.writer.transaction() as connection:
            while step := [each for _, each in zip(range(_STEP), accounts, strict=False)]:
                connection.run_many(q.INSERT_ACCOUNT, [(who, told, as_of_ms, body) for who, body in step])
                self._pause()

    def finish(self, through_seq: int, facts: Sequence[tuple[str, str]]) -> None:
        """Make it fit for questions: indexes, cards, who is whom. Repeatable after a cut.

        Args:
            through_seq: Own records up to this one are in.
            facts: Noted in it.
        """
        with self._writing() as connection:
            for statement in split_statements(schema_sql()[1]):
                connection.begin(immediate=True)
                connection.plain(statement.replace("INDEX ", "INDEX IF NOT EXISTS ", 1))
                connection.commit()
                self._pause()
        with self.store.writer.transaction() as connection:
            connection.plain("INSERT OR REPLACE INTO card SELECT number, member FROM loaded_card ORDER BY number")
            connection.plain("DELETE FROM loaded_card")
            ToldRows(connection).absorb_all(through_seq)
            for name, value in facts:
                self.store.writer.set_meta(name, value)
            self.store.writer.set_meta(_DONE, "1")
            connection.plain(f"PRAGMA user_version = {VERSION}")
        with self._writing() as connection:
            connection.plain("PRAGMA wal_checkpoint(TRUNCATE)")
        self._make_durable()

    def _make_durable(self) -> None:
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())

    def close(self, *, durably: bool = False) -> None:
        """Close the file.

        Args:
            durably: Whether it is to be on the disk then, fit to take the replica's place.
        """
        self._file.close()
        if durably:
            self._make_durable()


def boot_id() -> str:
    """Names the machine's start; empty where the system does not tell."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""
