"""A till's journal as head office has it: one chain through the till's lives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sync.head_office.database import Connection
from sync.protocol.chain import GENESIS_HASH


class Life(NamedTuple):
    """A life of a till."""

    incarnation: int
    base_seq: int
    base_hash: bytes
    accepted_seq: int
    accepted_hash: bytes
    applied_seq: int


class Part(NamedTuple):
    """A run of records of one life."""

    incarnation: int
    first: int
    last: int


def lives_of(connection: Connection, till: str) -> list[Life]:
    """A till's lives, in order."""
    rows = connection.execute(
        "SELECT incarnation, base_seq, base_hash, accepted_seq, accepted_hash, applied_seq FROM life"
        " WHERE till = %s ORDER BY incarnation",
        (till,),
    )
    return [Life(*row) for row in rows]


def chain_parts(lives: Sequence[Life], incarnation: int, first: int, last: int) -> list[Part]:
    """Which records are those of a run, as one life of the till sees its journal.

    A life goes on behind a record of an earlier one; what that earlier one wrote beyond is no part of it.

    Args:
        lives: Of the till.
        incarnation: Whose view.
        first: From this record on.
        last: To this one.
    """
    parts: list[Part] = []
    upper = last
    for life in sorted(lives, reverse=True):
        if life.incarnation > incarnation:
            continue
        low, high = max(first, life.base_seq + 1), min(upper, life.accepted_seq)
        if low <= high:
            parts.append(Part(life.incarnation, low, high))
        upper = min(upper, life.base_seq)
    return parts[::-1]


def records_of(connection: Connection, till: str, parts: Sequence[Part]) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Incarnation, seq, payload and hash of records, in order; read as they are asked for."""
    for part in parts:
        with connection.cursor(name="records") as cursor:
            cursor.itersize = 500
            cursor.execute(
                "SELECT incarnation, seq, payload, hash FROM journal"
                " WHERE till = %s AND incarnation = %s AND seq BETWEEN %s AND %s ORDER BY seq",
                (till, *part),
                binary=True,
            )
            yield from cursor


def hash_at(connection: Connection, till: str, lives: Sequence[Life], incarnation: int, seq: int) -> bytes:
    """The hash of a record as a life of the till sees its journal; zeros before the first."""
    for part in chain_parts(lives, incarnation, seq, seq):
        row = connection.execute(
            "SELECT hash FROM journal WHERE till = %s AND incarnation = %s AND seq = %s",
            (till, part.incarnation, seq),
        ).fetchone()
        if row is not None:
            return bytes(row[0])
    return GENESIS_HASH
