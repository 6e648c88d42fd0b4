"""The feed: what changed since a cursor, as pages.

A page is read in one snapshot of the database, together with how far the asking till's own records are in it.
"""

from __future__ import annotations

import asyncio
from typing import Final

import msgspec
import psycopg

from sync.head_office.database import Connection
from sync.head_office.epochs import begin_epoch
from sync.head_office.positions import CHANNEL, last_position
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import GONE, FeedPage, FeedRow, RowKind

#: Rows in a page at most.
MAX_ROWS: Final = 2_000
#: Bytes of bodies in a page, about: a page ends behind the row that crosses this.
MAX_BYTES: Final = 8 << 20
#: What is waited for longest.
MAX_WAIT_MS: Final = 55_000
#: After the first change, this long others are gathered: a busy day would wake every till for every sale else.
GATHER_MS: Final = 250
#: Fact: positions up to it may have lost what said that something is no more.
FLOOR: Final = "feed_floor"
#: Facts: when it was noticed by a till's cursor that the database had been put back.
_AHEAD: Final = "ahead:"
_AHEAD_EVERY_MS: Final = 24 * 3_600_000
#: Removed rows are told this long.
KEEP_REMOVED_MS: Final = 400 * 24 * 3_600_000

_PAGE: Final = """
SELECT position, kind, key, body FROM (
    (SELECT position, 'person' AS kind, replace(member::text, '-', '') AS key, body FROM person
     WHERE position > %(after)s ORDER BY position LIMIT %(limit)s)
    UNION ALL
    (SELECT position, 'account', replace(member::text, '-', ''), body FROM account
     WHERE position > %(after)s ORDER BY position LIMIT %(limit)s)
    UNION ALL
    (SELECT position, 'merge', replace(loser::text, '-', ''), convert_to(to_json(winner)::text, 'UTF8') FROM merged
     WHERE position > %(after)s ORDER BY position LIMIT %(limit)s)
    UNION ALL
    (SELECT position, kind, key, body FROM master
     WHERE position > %(after)s ORDER BY position LIMIT %(limit)s)
) AS changes ORDER BY position LIMIT %(limit)s
"""

#: The last own record that is decided, with all before it: a life goes on where an earlier one's records ended.
_CONTAINS: Final = """
SELECT min(applied_seq) FILTER (WHERE incarnation = %(incarnation)s OR applied_seq < accepted_seq)
FROM life WHERE till = %(till)s AND incarnation <= %(incarnation)s
HAVING bool_or(incarnation = %(incarnation)s)
"""
#: A life that began at its till is heard of here with its first batch, which comes at once.
_NOT_BEGUN_MS: Final = 500


class Cursor(msgspec.Struct, frozen=True):
    """Where a reader stands."""

    epoch: str
    position: int


def begin_snapshot(connection: Connection) -> None:
    """Make the transaction that has just begun see one moment of the database, and write nothing."""
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def fact(connection: Connection, key: str) -> str:
    """A fact about head office; empty where it is not known."""
    row = connection.execute("SELECT value FROM fact WHERE key = %s", (key,)).fetchone()
    return "" if row is None else str(row[0])


def check_cursor(connection: Connection, cursor: Cursor) -> str:
    """Refuse cursors that cannot be served.

    Returns:
        The epoch in force.

    Raises:
        RefusedError: ``sync.epoch`` or ``sync.too_old``.
    """
    epoch = fact(connection, "epoch")
    if cursor.epoch != epoch or cursor.position > last_position(connection) or cursor.position < 0:
        raise RefusedError(Refusal.EPOCH, "the cursor is of another life of head office", epoch=epoch)
    if 0 < cursor.position < int(fact(connection, FLOOR) or 0):
        raise RefusedError(Refusal.TOO_OLD, "the cursor is older than what is kept", epoch=epoch)
    return epoch


def begin_where_ahead(connection: Connection, cursor: Cursor, till: str, now_ms: int) -> bool:
    """Begin a new epoch where a till stands beyond all that was ever said in this one: the database was put back.

    A till that makes such a thing up could have it begun over and over; so each can do so once a day.

    Args:
        connection: Within a transaction.
        cursor: Where the till stands.
        till: Which.
        now_ms: Head office's clock.

    Returns:
        Whether one was begun.
    """
    connection.execute("SELECT pg_advisory_xact_lock(hashtext('guitai-ahead'))")
    if cursor.epoch != fact(connection, "epoch") or cursor.position <= last_position(connection):
        return False
    key = f"{_AHEAD}{till}"
    if now_ms - int(fact(connection, key) or 0) < _AHEAD_EVERY_MS:
        return False
    begin_epoch(connection, after=cursor.epoch)
    connection.execute(
        "INSERT INTO fact VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, str(now_ms))
    )
    return True


def contains_seq(connection: Connection, till: str, incarnation: int) -> int:
    """The asking till's own records up to this one are in the account rows of this moment, or set aside.

    Raises:
        RefusedError: ``sync.busy`` for a life that has not begun here: nobody knows from which record on it goes its
            own way, so nobody can say which of its records are in the rows.
    """
    row = connection.execute(_CONTAINS, {"till": till, "incarnation": incarnation}).fetchone()
    if row is None:
        raise RefusedError(Refusal.BUSY, "the first records of this life come first", retry_after_ms=_NOT_BEGUN_MS)
    return int(row[0])


def read_page(
    connection: Connection, cursor: Cursor, *, till: str, incarnation: int, limit: int, now_ms: int
) -> FeedPage:
    """A page behind a cursor.

    Args:
        connection: At the beginning of a transaction.
        cursor: Where the reader stands.
        till: Who asks.
        incarnation: In which life.
        limit: Rows at most.
        now_ms: Head office's clock.

    Raises:
        RefusedError: As :func:`check_cursor`.
    """
    begin_snapshot(connection)
    epoch = check_cursor(connection, cursor)
    limit = min(max(limit, 1), MAX_ROWS)
    contains = contains_seq(connection, till, incarnation)
    found = connection.execute(_PAGE, {"after": cursor.position, "limit": limit}, binary=True).fetchall()
    rows: list[FeedRow] = []
    through, size = cursor.position, 0
    for position, kind, key, body in found:
        rows.append(FeedRow(kind, key, msgspec.Raw(body) if body else GONE))
        through = position
        size += 0 if body is None else len(body)
        if size > MAX_BYTES:
            break
    is_all = len(found) < limit and len(rows) == len(found)
    behind = 0 if is_all else max(0, last_position(connection) - through)
    return FeedPage(epoch, cursor.position, through, tuple(rows), contains, behind, now_ms)


def forget_removed(connection: Connection, now_ms: int) -> int:
    """Forget what was removed long ago; whoever has not heard of it by now takes a snapshot.

    Returns:
        How many rows.
    """
    row = connection.execute(
        "WITH gone AS (DELETE FROM master WHERE body IS NULL AND changed_ms < %s RETURNING position)"
        " SELECT count(*), coalesce(max(position), 0) FROM gone",
        (now_ms - KEEP_REMOVED_MS,),
    ).fetchone()
    count, through = row or (0, 0)
    if count:
        connection.execute(
            "INSERT INTO fact (key, value) VALUES (%s, %s) ON CONFLICT (key) DO UPDATE"
            " SET value = greatest(fact.value::bigint, excluded.value::bigint)::text",
            (FLOOR, str(through)),
        )
    return int(count)


class FeedWatch:
    """Wakes those who wait for something new: one connection that listens, for all of a process's tills.

    Everything of it runs on one event loop.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn: Final = dsn
        self._changed = asyncio.Event()
        self._last = 0

    async def run(self) -> None:
        """Listen until cancelled; a line to the database that goes is made again."""
        while True:
            try:
                await self._listen()
            except psycopg.OperationalError:
                await asyncio.sleep(1)

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(self._dsn, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            # What came while nobody listened is not told again: everyone who waits looks for themselves.
            self._wake(None)
            async for notice in connection.notifies():
                self._wake(int(notice.payload) if notice.payload.isdigit() else None)

    def _wake(self, position: int | None) -> None:
        self._last = self._last if position is None else max(self._last, position)
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def wait_beyond(self, position: int, wait_ms: int) -> None:
        """Come back when there may be something behind a position, or after a time."""
        if self._last > position:
            return
        changed = self._changed
        try:
            await asyncio.wait_for(changed.wait(), min(max(wait_ms, 0), MAX_WAIT_MS) / 1000)
        except TimeoutError:
            return
        await asyncio.sleep(GATHER_MS / 1000)


#: Kinds of rows that have tables of their own; the others are in ``master``.
OWN_TABLES: Final = (RowKind.PERSON, RowKind.ACCOUNT, RowKind.MERGE)
