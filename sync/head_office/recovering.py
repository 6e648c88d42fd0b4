"""Records back to a till's successor, as far as head office has them, and the people they are about."""

from __future__ import annotations

from typing import Final

import msgspec

from sync.head_office.database import Connection
from sync.head_office.feed import begin_snapshot
from sync.head_office.journals import chain_parts, hash_at, lives_of, records_of
from sync.protocol.chain import Head
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import RecoveredPage, RecoveredRecord

MAX_RECORDS: Final = 500


def read_back(connection: Connection, till: str, incarnation: int, after: int, limit: int) -> RecoveredPage:
    """Records behind one, as a life of the till sees its journal.

    Args:
        connection: At the beginning of a transaction.
        till: Whose; nobody else may ask.
        incarnation: Which life asks.
        after: The last record it has.
        limit: Records at most.

    Raises:
        RefusedError: ``sync.bad_request``.
    """
    if after < 0 or limit < 1:
        raise RefusedError(Refusal.BAD_REQUEST, "records are asked for behind one that there is")
    begin_snapshot(connection)
    lives = lives_of(connection, till)
    parts = chain_parts(lives, incarnation, after + 1, after + min(limit, MAX_RECORDS))
    before = Head(after, hash_at(connection, till, lives, incarnation, after))
    signatures = {
        (life, seq): bytes(signature)
        for part in parts
        for life, seq, signature in connection.execute(
            "SELECT incarnation, seq, signature FROM signed_head"
            " WHERE till = %s AND incarnation = %s AND seq BETWEEN %s AND %s",
            (till, *part),
        )
    }
    records: list[RecoveredRecord] = []
    through = before
    for life, seq, payload, hashed in records_of(connection, till, parts):
        records.append(RecoveredRecord(seq, payload, signatures.get((life, seq), b"")))
        through = Head(seq, bytes(hashed))
    people = [body for part in parts for body in _people(connection, till, *part)]
    return RecoveredPage(before, tuple(records), through, tuple(people))


def _people(connection: Connection, till: str, incarnation: int, first: int, last: int) -> list[msgspec.Raw]:
    """Those that the records took in or changed, as they are now; as they were sent where that is not applied yet."""
    rows = connection.execute(
        "SELECT p.body FROM person_of_record AS r JOIN person AS p ON p.member = r.member"
        " WHERE r.till = %(till)s AND r.incarnation = %(life)s AND r.seq BETWEEN %(first)s AND %(last)s"
        " AND p.body IS NOT NULL"
        " UNION"
        " SELECT body FROM person_sent WHERE till = %(till)s AND incarnation = %(life)s"
        " AND seq BETWEEN %(first)s AND %(last)s",
        {"till": till, "life": incarnation, "first": first, "last": last},
    )
    return [msgspec.Raw(body) for (body,) in rows]
