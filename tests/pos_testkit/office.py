"""A real PostgreSQL for tests of head office: one server for each worker, a fresh database for each test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from sync.head_office.bundled import BundledPostgres
from sync.head_office.database import Database, create_database, migrate

#: Nothing here outlives the test: what a power cut would take is not waited for.
CARELESS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
    "autovacuum": "off",
}
_TEMPLATE = "template_of_tests"
_numbers = count()


class TestServer:
    """A running server and the databases in it.

    Attributes:
        server: It.
    """

    __test__ = False

    def __init__(self, server: BundledPostgres) -> None:
        self.server = server
        migrate(create_database(server.dsn(), _TEMPLATE))

    def fresh(self) -> str:
        """The DSN of a new database with all tables and nothing in them."""
        return create_database(self.server.dsn(), f"test_{next(_numbers)}", _TEMPLATE)


def open_folder() -> Path:
    """A folder that any user may get to: PostgreSQL does not run as root, and pytest's own folders are closed."""
    folder = Path(tempfile.mkdtemp(prefix="guitai-office-"))
    folder.chmod(0o755)
    return folder


def _served(options: dict[str, str]) -> Iterator[TestServer]:
    folder = open_folder()
    server = BundledPostgres(folder / "postgres", options)
    server.start()
    try:
        yield TestServer(server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestServer]:
    """The server of plain tests: fast and careless."""
    yield from _served(CARELESS)


@pytest.fixture(scope="session")
def careful_postgres() -> Iterator[TestServer]:
    """The server of tests that kill it: everything committed is on the disk."""
    yield from _served({"shared_buffers": "32MB"})


@pytest.fixture
def office_dsn(postgres: TestServer) -> str:
    """A fresh database's DSN."""
    return postgres.fresh()


@pytest.fixture
def open_office(office_dsn: str) -> Iterator[Callable[[], Database]]:
    """Pools on this test's database, closed after it."""
    opened: list[Database] = []

    def open_one() -> Database:
        opened.append(Database(office_dsn, size=4))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


@pytest.fixture
def database(open_office: Callable[[], Database]) -> Database:
    """A pool on this test's database."""
    return open_office()
