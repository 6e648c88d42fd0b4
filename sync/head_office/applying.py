"""The second stage: accepted records become books. One worker at a time, over and over, chunk by chunk.

A chunk is one transaction: the books that its records ask for are read, the same rules as at the till are run over
them in memory, and everything they come to is written with how far each life is applied. A crash anywhere leaves the
chunk undone, and it is done again. Nothing that a record says can stop it: what cannot be applied is set aside, and
where even that is not seen coming, ever smaller chunks find the one record that is at fault.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psycopg

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.applying import ids_made
from pos_app.domain.ledger.outcomes import AlreadyThere, Applied, Quarantined
from sync.head_office.advances import Advances
from sync.head_office.books import load_books
from sync.head_office.database import Connection
from sync.head_office.erasing import LOCK as ERASING
from sync.head_office.expiring import book_expired
from sync.head_office.openings import NO_KEY
from sync.head_office.positions import JOURNAL_CHANNEL
from sync.head_office.publishing import put_rows, till_key_row
from sync.head_office.records import Chunk, Taken, take_next, take_ready
from sync.head_office.room import IDLE_S, Room
from sync.head_office.writing import STAGES, Outcomes

#: Whoever applies holds it: accounts are changed by nobody else.
LOCK: Final = 0x6170706C
CHUNK: Final = 1_000
#: What is due to expire is looked for so often, while there is nothing to apply.
EXPIRE_EVERY_S: Final = 600.0
_RETRY_S: Final = 1.0
_NOTHING: Final = Chunk((), {})
_log: Final = logging.getLogger(__name__)


def wall_ms() -> int:
    """Head office's clock."""
    return time.time_ns() // 1_000_000


class Applier:
    """Applies accepted records on one connection.

    Args:
        connection: In autocommit; it is the applier's alone.
        now_ms: Head office's clock.
        chunk: Records in a transaction, about.
    """

    def __init__(self, connection: Connection, now_ms: Callable[[], int] = wall_ms, chunk: int = CHUNK) -> None:
        self._connection: Final = connection
        self._now_ms: Final = now_ms
        self._most: Final = chunk
        self._limit = chunk
        self._told: set[tuple[str, int]] = set()
        self._under_way = _NOTHING
        connection.execute(STAGES)

    def take_over(self) -> bool:
        """Become the one who applies; False where somebody else is. What waited for an update is tried again."""
        row = self._connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
        if row is None or not row[0]:
            return False
        self._connection.execute("UPDATE set_aside SET is_ready = true WHERE state = 'waiting'")
        return True

    def drain(self) -> int:
        """Apply all there is.

        Returns:
            How many records were looked at.
        """
        total = 0
        while count := self.step():
            total += count
        return total

    def expire(self) -> int:
        """Write what is due to expire into a journal of head office's own; applied as all others.

        Returns:
            How many records there are to apply now.
        """
        with self._connection.transaction():
            return book_expired(self._connection, self._now_ms())

    def step(self) -> int:
        """Apply one chunk: records that are to be tried again, else new ones.

        Returns:
            How many records were looked at; 0 when there are none.
        """
        count = 0
        self._under_way = _NOTHING
        try:
            with self._connection.transaction():
                count = self._chunk()
        except psycopg.OperationalError:
            raise
        except Exception as error:  # whatever it is, it lies in a record, and the queue goes on without it
            _log.error("a chunk of %s records could not be applied: %s", self._limit, _where(error))
            failed = self._under_way
            if not failed.taken:
                raise  # not even looked at: it lies in no record
            if self._limit > 1:
                self._limit //= 2
                return 1
            with self._connection.transaction():
                count = self._give_up(failed)
        self._limit = min(self._most, self._limit * 2)
        return count

    def _next(self) -> Chunk:
        ready = take_ready(self._connection, self._limit)
        return ready if ready.taken else take_next(self._connection, self._limit)

    def _chunk(self) -> int:
        chunk = self._under_way = self._next()
        if not chunk.taken:
            return 0
        self._connection.execute("SELECT pg_advisory_xact_lock_shared(%s)", (ERASING,))
        books = load_books(self._connection, chunk)
        advances = Advances(self._connection, chunk)
        outcomes = Outcomes(self._now_ms())
        for taken in chunk.taken:
            record = taken.record
            if record is None:
                outcomes.set_aside(taken, Quarantined("record.unreadable"), ())
                continue
            outcome = advances.apply(taken.place.till, record, books)
            if isinstance(outcome, Applied):
                outcomes.applied(taken, outcome)
            elif not isinstance(outcome, AlreadyThere):
                outcomes.set_aside(taken, outcome, ids_made(record.payload))
            else:
                outcomes.again(taken)
        today = dt.datetime.fromtimestamp(self._now_ms() / 1000, tz=dt.UTC).date()
        accounts = books.changed(today)
        for member in outcomes.touched():
            who: MemberId = books.winner(member)
            if who not in accounts:
                accounts[who] = books.base(who)
        outcomes.write(self._connection, is_again=chunk.is_again)
        # Late, since a till that sends waits for its life's row; and before the feed is locked, for the same reason.
        self._advance(chunk)
        self._tell_keys(chunk)
        outcomes.send_down(self._connection, accounts)
        return len(chunk.taken)

    def _give_up(self, chunk: Chunk) -> int:
        """Set the one record aside that nothing can be done with: that one, whoever would be next by now."""
        outcomes = Outcomes(self._now_ms())
        for place, _ in chunk.taken:
            outcomes.set_aside(Taken(place, None), Quarantined("record.fault"), ())
        outcomes.write(self._connection, is_again=chunk.is_again)
        self._advance(chunk)
        return len(chunk.taken)

    def _advance(self, chunk: Chunk) -> None:
        """Say how far each life is applied, in the transaction of what it came to."""
        if chunk.is_again:
            return
        last: dict[tuple[str, int], int] = {}
        for place, _ in chunk.taken:
            last[place.till, place.incarnation] = place.seq
        with self._connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE life SET applied_seq = %s WHERE till = %s AND incarnation = %s",
                [(seq, *life) for life, seq in last.items()],
            )

    def _tell_keys(self, chunk: Chunk) -> None:
        """All tills learn the key of a life that begins to write; of an import nobody has one."""
        new = {life: key for life, key in chunk.keys.items() if life not in self._told and key != NO_KEY}
        if new:
            put_rows(self._connection, dict(till_key_row(key) for key in new.values()), self._now_ms())
            self._told |= new.keys()


def _where(error: BaseException) -> str:
    """What went wrong and where; never in the error's own words, which may be of a person."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in reversed(frames))
    return f"{type(error).__name__} in {places}"


def run_worker(dsn: str, stop: threading.Event, *, chunk: int = CHUNK) -> None:
    """Apply until told to stop; returns between two chunks. A line to the database that goes is made again."""
    while not stop.is_set():
        try:
            with psycopg.connect(dsn, autocommit=True) as connection:
                _work(Applier(connection, chunk=chunk), connection, stop)
        except psycopg.OperationalError as error:
            _log.warning("applying stopped: %s", error)
            stop.wait(_RETRY_S)


def _work(applier: Applier, connection: Connection, stop: threading.Event) -> None:
    while not applier.take_over():
        if stop.wait(IDLE_S):
            return
    connection.execute(f"LISTEN {JOURNAL_CHANNEL}")
    expire_at = time.monotonic()

    def is_told(within_s: float) -> bool:
        return not stop.is_set() and any(True for _ in connection.notifies(timeout=within_s, stop_after=1))

    room = Room(is_told)
    while not stop.is_set():
        room.give()
        if not applier.step():
            if time.monotonic() >= expire_at and not applier.expire():
                expire_at = time.monotonic() + EXPIRE_EVERY_S
            room.rest()
