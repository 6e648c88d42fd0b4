"""What the routes work with."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

import msgspec
import psycopg

from sync.head_office.database import Database
from sync.head_office.enrolling import Enrolment
from sync.head_office.feed import FeedWatch
from sync.head_office.gate import Gate
from sync.head_office.identity import Trust
from sync.head_office.journal import Journal
from sync.head_office.positions import JOURNAL_CHANNEL
from sync.head_office.snapshots import Snapshots
from sync.head_office.threads import Threads
from sync.protocol.errors import Refusal, RefusedError

#: Calls of the database at once; as many connections.
_THREADS: Final = 16
_QUEUE: Final = 512
#: Bodies that are in memory at once while they come; of one till, that may have hung up on the others.
_BODIES: Final = 32
_BODIES_OF_A_TILL: Final = 4
_TOLD_EVERY_S: Final = 0.01
_log = logging.getLogger("guitai.office")


class Config(msgspec.Struct, frozen=True):
    """How head office is run.

    Attributes:
        dsn: Of its database.
        data: Folder of its keys and snapshots.
        name: How it calls itself.
    """

    dsn: str
    data: Path
    name: str = "Guitai"

    @property
    def keys(self) -> Path:
        """Folder of the keys."""
        return self.data / "keys"

    @property
    def snapshots(self) -> Path:
        """Folder of the snapshots' chunks."""
        return self.data / "snapshots"


def wall_ms() -> int:
    """Head office's clock."""
    return time.time_ns() // 1_000_000


class Office:
    """Everything that answers requests.

    Attributes:
        name: How head office calls itself.
        database: Its pool.
        gate: Who asks.
        journal: Takes batches.
        enrolment: Takes machines in.
        snapshots: What new tills load.
        watch: Wakes those who wait for something new.
        threads: Where blocking work is done.
        bell: Wakes those who apply records.
        bodies: So many bodies are in memory at once.
        now_ms: The clock.
    """

    def __init__(self, config: Config, now_ms: Callable[[], int] = wall_ms) -> None:
        trust = Trust(config.keys)
        identity = trust.identity()
        self.name: Final = config.name
        self.database: Final = Database(config.dsn, size=_THREADS)
        self.gate: Final = Gate(self.database)
        self.journal: Final = Journal(self.database, identity)
        self.enrolment: Final = Enrolment(self.database, identity, trust.ca_pem())
        self.snapshots: Final = Snapshots(config.snapshots, identity.sign)
        self.watch: Final = FeedWatch(config.dsn)
        self.threads: Final = Threads(_THREADS, _QUEUE)
        self.bell: Final = Bell(config.dsn)
        self.bodies: Final = Bodies()
        self.now_ms: Final = now_ms

    def close(self) -> None:
        """Let go of everything."""
        self.threads.close()
        self.bell.close()
        self.database.close()


class Bodies:
    """Places for bodies while they come: so many in all, and few of them for one till."""

    def __init__(self) -> None:
        self._places: Final = asyncio.Semaphore(_BODIES)
        self._of: Final[Counter[str]] = Counter()

    @contextlib.asynccontextmanager
    async def of(self, till: str) -> AsyncIterator[None]:
        """A place for a body of a till.

        Raises:
            RefusedError: ``sync.busy``: it has more under way than a till ever needs.
        """
        if self._of[till] >= _BODIES_OF_A_TILL:
            raise RefusedError(Refusal.BUSY, "so many requests of one till are under way", retry_after_ms=2_000)
        self._of[till] += 1
        try:
            async with self._places:
                yield
        finally:
            self._of[till] -= 1
            if not self._of[till]:
                del self._of[till]


class Bell:
    """Tells those who apply records that there are new ones: once for many, and never while a till waits.

    PostgreSQL lets only one transaction at a time commit that notifies; so no batch does it itself.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn: Final = dsn
        self._rung: Final = threading.Event()
        self._over: Final = threading.Event()
        self._thread: Final = threading.Thread(target=self._run, name="bell", daemon=True)
        self._thread.start()

    def ring(self) -> None:
        """There is something new."""
        self._rung.set()

    def close(self) -> None:
        """Stop."""
        self._over.set()
        self._rung.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                with psycopg.connect(self._dsn, autocommit=True) as connection:
                    self._tell(connection)
            except psycopg.OperationalError as error:
                _log.warning("nobody is told of new records: %s", type(error).__name__)
                self._over.wait(1)

    def _tell(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        while self._rung.wait() and not self._over.is_set():
            self._rung.clear()
            connection.execute(f"NOTIFY {JOURNAL_CHANNEL}")
            self._over.wait(_TOLD_EVERY_S)
