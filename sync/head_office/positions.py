"""Positions of the feed, which no reader can pass before they are there.

They are given under a lock that is held until COMMIT, as the last thing a transaction does: whoever sees a position
sees every one before it. (With a plain sequence, a slow transaction commits behind a reader's back.)
"""

from __future__ import annotations

from typing import Final

from sync.head_office.database import Connection

#: Whoever gives positions holds it until its COMMIT.
LOCK: Final = 0x66656564
#: Listened to by those who wait for something new; says the last position.
CHANNEL: Final = "guitai_feed"
#: Notified after records were accepted, for whoever applies them.
JOURNAL_CHANNEL: Final = "guitai_journal"


def lock_feed(connection: Connection) -> None:
    """Wait until nobody else gives positions; until the end of the transaction nobody will."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))


def take_positions(connection: Connection, count: int) -> int:
    """Take so many positions in a row; who waits for changes hears of them at COMMIT.

    Returns:
        The first of them.
    """
    lock_feed(connection)
    row = connection.execute(
        "SELECT setval('feed_position', nextval('feed_position') + %s - 1)", (max(count, 1),)
    ).fetchone()
    last = int(row[0]) if row is not None else 0
    connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(last)))
    return last - max(count, 1) + 1


def last_position(connection: Connection) -> int:
    """The last position that was given; of one that is not committed yet, too."""
    row = connection.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM feed_position").fetchone()
    return int(row[0]) if row is not None else 0
