"""Personal data erased on request: name, phone, cards and all that is known of a person; the books stay as they are.

What is left is an empty row, which every till is told: it drops the person, and what it kept itself. What a till sends
of the person later, because it had not heard yet, is applied to the books and brings nobody back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from sync.head_office.database import Connection
from sync.head_office.positions import take_positions
from sync.head_office.records import person_of
from sync.head_office.snapshots import EVERY_MS

#: Held shared by whoever applies, for the whole transaction: it must not write a person whom it read before.
LOCK: Final = 0x65726173


def find_members(connection: Connection, phone: str) -> list[UUID]:
    """Who has a phone number; more than one where two entries could not be made one."""
    rows = connection.execute(
        "SELECT member FROM person WHERE phone = %s AND body IS NOT NULL ORDER BY member", (phone,)
    )
    return [member for (member,) in rows]


def erase(connection: Connection, members: Sequence[UUID], phone: str = "") -> int:
    """Erase persons, with what lies beside records that are in no books yet, and whoever was merged into them.

    Args:
        connection: Within a transaction.
        members: Ids they have now.
        phone: What came beside such records with this number goes as well.

    Returns:
        How many persons were there.
    """
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
    merged = connection.execute("SELECT loser FROM merged WHERE winner = ANY(%s)", (list(members),)).fetchall()
    _erase_sent(connection, {*members, *(loser for (loser,) in merged)}, phone)
    there = connection.execute(
        "SELECT member FROM person WHERE member = ANY(%s) AND body IS NOT NULL", (list(members),)
    ).fetchall()
    # Files of former snapshots have the person until they are forgotten; the next one is made at once.
    connection.execute("UPDATE snapshot SET made_ms = made_ms - %s", (EVERY_MS,))
    if there:
        first = take_positions(connection, len(there))
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE person SET phone = '', body = NULL, joined_on = NULL, position = %s WHERE member = %s",
                [(position, member) for position, (member,) in enumerate(there, first)],
            )
    return len(there)


def _erase_sent(connection: Connection, members: set[UUID], phone: str) -> None:
    """What came beside records that are set aside, or not applied yet."""
    rows = connection.execute("SELECT ctid::text, body FROM person_sent").fetchall()
    for where, body in rows:
        try:
            person = person_of(body)
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError):
            continue  # nobody can be found in it
        if person.member_id in members or (phone and person.phone == phone):
            connection.execute("DELETE FROM person_sent WHERE ctid = %s::tid", (where,))
