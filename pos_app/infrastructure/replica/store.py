"""The replica as a file that may be lost at any time: opened, checked, and made again from the ledger's own rows."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

import msgspec

from pos_app.application.ports import MasterKind
from pos_app.domain import codec
from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import MemberId
from pos_app.domain.member import Member
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Staff
from pos_app.errors import BugError, KnownError
from pos_app.infrastructure.databases import Connection, DatabaseFile, Mode
from pos_app.infrastructure.ledger.reader import MasterRow
from pos_app.infrastructure.replica import statements as q
from pos_app.infrastructure.replica.basics import Basics
from pos_app.infrastructure.replica.reader import SqlReplica
from pos_app.infrastructure.replica.schema import VERSION, schema_sql
from pos_app.infrastructure.replica.told import ToldRows, is_told
from pos_app.infrastructure.replica.writer import SqlReplicaWriter
from pos_app.infrastructure.sql_script import split_statements

REPLICA_FILE: Final = "replica.db"
#: A whole snapshot, about to become the replica.
NEXT_FILE: Final = "replica.next.db"
#: What it was before: gone at once, unless the disk is slow or the till was stopped.
OLD_FILE: Final = "replica.old.db"
#: How often, and for how many seconds in between, a file is moved that something else (a virus scanner) looks into.
_TRIES: Final = 20
_WAIT_S: Final = 0.05
#: Rows of master data taken over in one transaction.
PAGE: Final = 2_000
_CHANGE: Final = "ledger_change"
_SOURCE: Final = "ledger"


class MasterSource(Protocol):
    """Where the replica's rows come from while no head office sends them: the ledger's reader."""

    def master_since(self, change: int, limit: int) -> Sequence[MasterRow]:
        """Master data changed after a change number, in that order."""

    def master_count(self, change: int) -> int:
        """How many rows changed after a change number."""

    def master_change(self) -> int:
        """The change number given last."""

    def meta(self, key: str) -> str | None:
        """A fact about the ledger."""


class ReplicaStore:
    """An open replica.

    Attributes:
        path: The file.
        reader: For questions, from any thread.
        writer: For the one lane that writes.
        was_made: Whether the file is new: it was missing, damaged, or of another shape.
    """

    def __init__(self, file: DatabaseFile, *, was_made: bool, basics: Basics | None = None) -> None:
        self.path: Final[Path] = file.path
        self.reader: Final = SqlReplica(file)
        self.writer: Final = SqlReplicaWriter(file)
        self.was_made: Final = was_made
        self._file: Final = file
        self._basics: Final = basics

    @property
    def basics(self) -> Basics:
        """What head office said of everything but members, kept a second time."""
        if self._basics is None:
            raise BugError("a replica in the making has no basics of its own")
        return self._basics

    def behind(self, source: MasterSource) -> int:
        """How many rows of the ledger's master data the replica has not taken over; on the writing lane."""
        return source.master_count(int(self.writer.meta(_CHANGE) or 0))

    def is_of(self, source: MasterSource) -> bool:
        """Whether the replica follows this ledger and is not ahead of it (as after the ledger was restored)."""
        own = self.writer.meta(_SOURCE)
        return own in (None, _name_of(source)) and int(self.writer.meta(_CHANGE) or 0) <= source.master_change()

    def catch_up(
        self, source: MasterSource, progress: Callable[[int, int], None] | None = None, *, is_loaded: bool = False
    ) -> int:
        """Take over what changed in the ledger's master data since the last time; cheap when nothing did.

        May be cut anywhere: each page is one transaction with its cursor.

        Args:
            source: The ledger's reader.
            progress: Told (rows done, rows in all) after each page.
            is_loaded: Nothing of the till's own is here yet: what head office says of a member is kept beside it.

        Returns:
            How many rows were taken over.

        Raises:
            KnownError: ``replica.foreign`` when the replica followed another ledger; open it anew with ``remake``.
        """
        if not self.is_of(source):
            raise KnownError("replica.foreign")
        change = int(self.writer.meta(_CHANGE) or 0)
        whole = source.master_count(change) if progress is not None else 0
        done = 0
        while rows := source.master_since(change, PAGE):
            change = rows[-1].change
            with self.writer.transaction():
                self._take_over(rows, lays_aside=is_loaded)
                self.writer.set_meta(_CHANGE, str(change))
                self.writer.set_meta(_SOURCE, _name_of(source))
            done += len(rows)
            if progress is not None:
                progress(done, whole)
        return done

    def _take_over(self, rows: Sequence[MasterRow], *, lays_aside: bool) -> None:
        by_kind: dict[MasterKind, list[bytes]] = {}
        with self.writer.transaction() as connection:
            for row in rows:
                if _counts(connection, row):
                    if lays_aside and row.kind is MasterKind.MEMBER:
                        ToldRows(connection).lay_aside(MemberId(UUID(row.key)))
                    by_kind.setdefault(row.kind, []).append(row.body)
        for kind, bodies in by_kind.items():
            match kind:
                case MasterKind.MEMBER:
                    self.writer.put_members([codec.decode(body, Member) for body in bodies])
                case MasterKind.PRODUCT:
                    self.writer.put_products([codec.decode(body, Product) for body in bodies], [])
                case MasterKind.CATEGORY:
                    self.writer.put_products([], [codec.decode(body, Category) for body in bodies])
                case MasterKind.PROGRAMME:
                    for body in bodies:
                        self.writer.put_programme(codec.decode(body, Programme))
                case MasterKind.STAFF:
                    self.writer.put_staff([codec.decode(body, Staff) for body in bodies])

    def exchange(self, new: Path) -> None:
        """Put a finished file (closed, durable, on the same disk) in this one's place; questions go to it from then on.

        May be cut anywhere: the next opening finishes it, for a whole file under the name of the next one replaces
        what is there.

        Raises:
            KnownError: ``replica.not_exchanged`` when the files cannot be moved; what was there is still in use.
        """
        following = self.path.with_name(NEXT_FILE)
        try:
            if new.exists():  # else it was moved by a try before this one
                move(new, following)
            with self.writer.released():
                self._file.exchange(lambda: _put_in_place(self.path))
        except OSError as error:
            raise KnownError("replica.not_exchanged") from error
        remove_database(self.path.with_name(OLD_FILE))

    def close(self) -> None:
        """Close every connection."""
        if self._basics is not None:
            self._basics.close()
        self._file.close()


def open_replica(folder: Path, *, key: bytes, remake: bool = False) -> ReplicaStore:
    """Open the replica; one that is missing, damaged, under another key or of another shape is made again, empty.

    ``ReplicaStore.was_made`` says so; ``catch_up`` then fills it from the ledger. Nothing is lost with it.

    Args:
        folder: The data folder.
        key: 32 bytes.
        remake: Throw away what there is.
    """
    path = folder / REPLICA_FILE
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / NEXT_FILE).exists():
        _put_in_place(path)
    remove_database(folder / OLD_FILE)
    basics = Basics(folder, key)
    file = DatabaseFile(path, key, "replica", synchronous="NORMAL")
    if not remake and path.exists():
        with contextlib.suppress(KnownError, msgspec.DecodeError):
            if _is_usable(file):
                return ReplicaStore(file, was_made=False, basics=basics)
        file.close()
    remove_database(path)
    with contextlib.ExitStack() as undo:
        undo.callback(basics.close)
        undo.callback(file.close)
        connection = file.connect(Mode.WRITE, cache_kib=1024)
        make_schema(connection, indexes=True)
        file.discard(connection)
        undo.pop_all()
    return ReplicaStore(file, was_made=True, basics=basics)


def open_replica_of(source: MasterSource, folder: Path, *, key: bytes) -> ReplicaStore:
    """Open the replica and bring it up to the ledger; one that followed another ledger, or is ahead, is made again.

    One that had to be made again has at once what head office said of all but members.
    """
    store = open_replica(folder, key=key)
    try:
        if not store.is_of(source):
            store.close()
            store = open_replica(folder, key=key, remake=True)
        _even_out(store, source)
        store.catch_up(source)
    except BaseException:
        store.close()
        raise
    return store


def _even_out(store: ReplicaStore, source: MasterSource) -> None:
    """The replica and what is kept beside it each make up for the loss of the other."""
    if not store.was_made and not store.basics.was_made:
        return
    # Loads the wire's words, which no usual start needs.
    from pos_app.infrastructure.sync.refilling import ask_anew, refill

    if store.was_made:
        refill(store.writer, store.basics, source.meta("till") or "")
    else:
        ask_anew(store.writer)


def remove_database(path: Path) -> None:
    """Delete a database file with its companions."""
    for each in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        each.unlink(missing_ok=True)


def move(file: Path, to: Path) -> None:
    """Move a file over another one, with patience for whatever looks into it just now.

    Raises:
        OSError: When it stays impossible.
    """
    for left in reversed(range(_TRIES)):
        try:
            file.replace(to)
        except PermissionError:
            if not left:
                raise
            time.sleep(_WAIT_S)
        else:
            return


def _put_in_place(path: Path) -> None:
    """Make the next file the replica: nobody has either open. Repeatable after a cut at any point.

    The old file is set aside and not deleted here: freeing hundreds of megabytes takes longer than anybody may wait.
    """
    old = path.with_name(OLD_FILE)
    remove_database(old)
    # A log that is left would be played into the new file.
    for companion in ("-wal", "-shm"):
        path.with_name(path.name + companion).unlink(missing_ok=True)
    if path.exists():
        move(path, old)
    try:
        move(path.with_name(NEXT_FILE), path)
    except OSError:
        if old.exists():
            move(old, path)
        raise


def make_schema(connection: Connection, *, indexes: bool) -> None:
    """Make the tables and, unless a bulk load does so later, the indexes of members."""
    tables, index_sql = schema_sql()
    connection.begin(immediate=True)
    try:
        for statement in split_statements(tables + (index_sql if indexes else "")):
            connection.plain(statement)
        if indexes:
            connection.plain(f"PRAGMA user_version = {VERSION}")
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _is_usable(file: DatabaseFile) -> bool:
    connection = file.connect(Mode.READ, cache_kib=1024)
    try:
        version = connection.plain("PRAGMA user_version")[0][0]
        # Touches the first page of each table: gross damage shows now and not at the first customer.
        for (table,) in connection.plain("SELECT name FROM sqlite_master WHERE type = 'table'"):
            connection.plain(f'SELECT * FROM "{table}" LIMIT 1')  # noqa: S608 - names from our own schema
        return bool(version == VERSION)
    finally:
        file.discard(connection)


def _counts(connection: Connection, row: MasterRow) -> bool:
    """Whether a row of the ledger's master data is newer than what head office says of the same."""
    if row.kind is not MasterKind.MEMBER:
        return not is_told(connection, row.kind)
    which = bytes.fromhex(row.key)
    if connection.one(q.WINNER_OF, which) is not None:
        return False
    told = connection.one(q.TOLD, which)
    return told is None or told[0] is None or row.seq > max(told[0], told[1] or 0)


def _name_of(source: MasterSource) -> str:
    return f"{source.meta('till')}/{source.meta('incarnation')}"
