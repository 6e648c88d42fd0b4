"""Bring a ledger to the current shape: numbered SQL files, each in one transaction with its number."""

from __future__ import annotations

from importlib import resources
from typing import Final

from pos_app.errors import KnownError
from pos_app.infrastructure.databases import Connection
from pos_app.infrastructure.sql_script import split_statements

#: Every file in ``migrations/``, in order; its place is the number in ``PRAGMA user_version``.
MIGRATIONS: Final = (
    "0001_initial.sql",
    "0002_usage.sql",
    "0003_wallet.sql",
    "0004_unit_code.sql",
    "0005_tiers.sql",
    "0006_giving.sql",
    "0007_sync_state.sql",
    "0008_master_seq.sql",
    "0009_print_target.sql",
)
CURRENT: Final = len(MIGRATIONS)


def version_of(connection: Connection) -> int:
    """The shape a file has; 0 for an empty one."""
    return int(connection.plain("PRAGMA user_version")[0][0])


def migrate(connection: Connection) -> int:
    """Apply what is missing; returns the version found.

    Raises:
        KnownError: ``ledger.newer_version`` when a later version of the till wrote the file; nothing is touched.
    """
    found = version_of(connection)
    if found > CURRENT:
        raise KnownError("ledger.newer_version", found=found, known=CURRENT)
    for number in range(found + 1, CURRENT + 1):
        sql = (resources.files(__package__) / "migrations" / MIGRATIONS[number - 1]).read_text(encoding="utf-8")
        connection.begin(immediate=True)
        try:
            for statement in split_statements(sql):
                connection.plain(statement)
            connection.plain(f"PRAGMA user_version = {number}")
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
    return found
