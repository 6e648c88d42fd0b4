"""What tests of head office share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pos_testkit.machine import Machine
from pos_testkit.office import careful_postgres, database, office_dsn, open_office, postgres
from pos_testkit.published_office import PublishedOffice, published_office

__all__ = ["careful_postgres", "database", "office_dsn", "open_office", "postgres"]


@pytest.fixture(scope="package")
def running() -> Iterator[PublishedOffice]:
    """A head office that runs: for tests of the group ``published_office`` that leave it as it is."""
    with published_office() as served:
        yield served


@pytest.fixture
def machines(running: PublishedOffice) -> Iterator[tuple[Machine, Machine]]:
    """Two tills that belong to it."""
    found = Machine(running), Machine(running)
    yield found
    for each in found:
        each.close()
