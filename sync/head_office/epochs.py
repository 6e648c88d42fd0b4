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


def begin_epoch(connection: Connection, *, after: str | None = None, lost: str = "") -> str:
    """Begin a new epoch: cursors and snapshots of former ones are not served any more.

    Args:
        connection: Within a transaction.
        after: The epoch that was found to have gone back in time. Where another one holds by now, somebody else found
            the same and this begins nothing; None for whatever holds.
        lost: An epoch that was heard of and is not known here: its beginning is part of the loss that is known now.

    Returns:
        Its name; random, so that a backup that is restored twice never has the same one again.
    """
    connection.execute("SELECT pg_advisory_xact_lock(hashtext('guitai-epoch'))")
    former = _fact(connection, _EPOCH)
    known: list[str] = json.loads(_fact(connection, _FORMER) or "[]")
    if after is not None and former != after:
        if lost and lost != former and lost not in known:
            _put(connection, _FORMER, json.dumps([*known, lost]))
        return former
    made = secrets.token_hex(8)
    _put(connection, _EPOCH, made)
    _put(connection, _FORMER, json.dumps(list(dict.fromkeys(each for each in (*known, former, lost) if each))))
    return made


def is_lost(connection: Connection, epoch: str, current: str, *, has_record: bool) -> bool:
    """Whether something that head office signed shows that this database went back in time.

    Args:
        connection: Within a transaction.
        epoch: In which it was signed.
        current: The epoch in force.
        has_record: Whether the record that was signed is here.
    """
    if epoch == current:
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
