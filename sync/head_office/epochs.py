"""Head office's own lives: a database that was restored from a backup begins a new epoch."""

from __future__ import annotations

import json
import secrets
from typing import Final

from sync.head_office.database import Connection

_EPOCH: Final = "epoch"
_FORMER: Final = "former_epochs"


def epoch_of(connection: Connection) -> str:
    """The epoch in force; the first one is begun here."""
    found = _fact(connection, _EPOCH)
    return found or begin_epoch(connection)


def begin_epoch(connection: Connection) -> str:
    """Begin a new epoch: cursors and snapshots of former ones are not served any more.

    Returns:
        Its name; random, so that a backup that is restored twice never has the same one again.
    """
    connection.execute("SELECT pg_advisory_xact_lock(hashtext('guitai-epoch'))")
    former = _fact(connection, _EPOCH)
    made = secrets.token_hex(8)
    known = [*json.loads(_fact(connection, _FORMER) or "[]"), *([former] if former else [])]
    _put(connection, _EPOCH, made)
    _put(connection, _FORMER, json.dumps(known))
    return made


def is_lost(connection: Connection, epoch: str, *, has_record: bool) -> bool:
    """Whether something that head office signed shows that this database went back in time.

    Args:
        connection: Within a transaction.
        epoch: In which it was signed.
        has_record: Whether the record that was signed is here.
    """
    if epoch == epoch_of(connection):
        return not has_record
    # A former epoch's signature is beyond what is here because of a loss that is known. An unknown epoch is a loss
    # itself: the database is older than its beginning.
    return epoch not in json.loads(_fact(connection, _FORMER) or "[]")


def _fact(connection: Connection, key: str) -> str:
    row = connection.execute("SELECT value FROM fact WHERE key = %s", (key,)).fetchone()
    return "" if row is None else str(row[0])


def _put(connection: Connection, key: str, value: str) -> None:
    connection.execute(
        "INSERT INTO fact VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
    )
