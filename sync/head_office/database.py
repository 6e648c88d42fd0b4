"""Head office's database: a pool of connections, and the tables brought up to date before the first is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool, PoolTimeout

from pos_app.errors import KnownError
from sync.head_office.bundled import BundledPostgres
from sync.protocol.errors import Refusal, RefusedError

Connection = psycopg.Connection[tuple[Any, ...]]
DATABASE: Final = "guitai"
#: The oldest PostgreSQL that is taken.
LEAST_VERSION: Final = 15
#: For this long a request waits for a connection; then it is told to come again.
WAIT_S: Final = 5.0
_MIGRATIONS: Final = Path(__file__).with_name("migrations")
_MIGRATION_LOCK: Final = 0x67756974  # nobody else's, in a database of ours


class Database:
    """A pool of connections; each block is one transaction.

    Args:
        dsn: Of PostgreSQL.
        size: Connections at most.
        wait_s: For this long one waits for a free one.
    """

    def __init__(self, dsn: str, *, size: int = 16, wait_s: float = WAIT_S) -> None:
        self.dsn = dsn
        self._pool: ConnectionPool[Connection] = ConnectionPool(
            dsn, min_size=1, max_size=size, timeout=wait_s, open=False, name="head-office"
        )
        self._pool.open()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction: committed at the end of the block, rolled back when it raises.

        Raises:
            RefusedError: ``sync.busy``: all connections are taken, or the database is not there.
        """
        try:
            connection = self._pool.getconn()
        except PoolTimeout as error:
            raise RefusedError(Refusal.BUSY, "no database connection is free", retry_after_ms=2_000) from error
        try:
            with connection.transaction():
                yield connection
        except psycopg.OperationalError as error:
            # The line to PostgreSQL went, it was told to stop, or two transactions wanted the same rows crosswise.
            # Whether a COMMIT in flight was made is not known; every request may be sent again.
            raise RefusedError(Refusal.BUSY, "the database did not answer", retry_after_ms=2_000) from error
        finally:
            self._pool.putconn(connection)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class OpenedDatabase:
    """A database that is ready, and whatever must be stopped after it (use as a context).

    Attributes:
        dsn: How to reach it.
        is_shared: Whether another process of ours has it running.
    """

    def __init__(self, dsn: str, bundled: BundledPostgres | None, *, is_shared: bool = False) -> None:
        self.dsn = dsn
        self.is_shared = is_shared
        self._bundled = bundled

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the bundled PostgreSQL, where it was started here."""
        if self._bundled is not None:
            self._bundled.stop()


def open_database(
    dsn: str | None, folder: Path, options: Mapping[str, str] | None = None, *, shares: bool = True
) -> OpenedDatabase:
    """Reach the database, start it where none is named, and bring its tables up to date.

    Args:
        dsn: Of a PostgreSQL that somebody runs; None for the bundled one.
        folder: Where the bundled one has its files.
        options: Settings of the bundled one.
        shares: Whether a bundled one that another process started will do.

    Raises:
        KnownError: As :class:`BundledPostgres` and :func:`migrate`.
    """
    if dsn:
        migrate(dsn)
        return OpenedDatabase(dsn, None)
    bundled = BundledPostgres(folder, options)
    is_ours = bundled.start(shares=shares)
    opened = OpenedDatabase(bundled.dsn(DATABASE), bundled, is_shared=not is_ours)
    try:
        create_database(bundled.dsn(), DATABASE)
        migrate(opened.dsn)
    except BaseException:
        opened.close()
        raise
    return opened


def create_database(dsn: str, name: str, template: str = "") -> str:
    """Make a database unless it is there.

    Args:
        dsn: Of a user who may.
        name: What to call it.
        template: A database to copy; nobody may be connected to that.

    Returns:
        Its DSN.
    """
    from psycopg import sql

    with psycopg.connect(dsn, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            copied = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
            # Another command may make it at the same moment; which of the two errors that is, depends on the moment.
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copied)
    return make_conninfo(dsn, dbname=name)


def migrate(dsn: str) -> None:
    """Bring the tables up to date, and begin the first epoch; one process at a time.

    Raises:
        KnownError: ``office.database_unreachable``, ``office.old_postgres``, ``office.newer_database``.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    from sync.head_office.epochs import epoch_of

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    try:
        connection = psycopg.connect(dsn)
    except psycopg.OperationalError as error:
        raise KnownError("office.database_unreachable", reason=str(error).strip()) from error
    with connection:
        version = connection.info.server_version // 10_000
        if version < LEAST_VERSION:
            raise KnownError("office.old_postgres", version=version, least=LEAST_VERSION)
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATION_LOCK,))
        if _revisions(connection) - known:
            raise KnownError("office.newer_database")
        engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn), poolclass=NullPool)
        with engine.connect() as for_alembic:
            config.attributes["connection"] = for_alembic
            command.upgrade(config, "head")
        epoch_of(connection)


def _revisions(connection: Connection) -> set[str]:
    """What the database says it is; nothing for an empty one."""
    there = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
    if there is None or there[0] is None:
        return set()
    return {row[0] for row in connection.execute("SELECT version_num FROM alembic_version")}
