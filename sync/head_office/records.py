"""Accepted records as they are taken up to be applied: bytes first, and nothing of what they say is believed yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from pos_app.domain.codec import decode_hook
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.journal import Payload
from pos_app.domain.ledger.outcomes import Incoming, Quarantined, read_incoming
from pos_app.domain.member import Member
from sync.head_office.database import Connection

#: No amount of a shop is larger; sums of as many as there will ever be stay within 64 bits.
LARGEST: Final = 2**48
#: Of a text that becomes part of a table.
MAX_TEXT: Final = 200
_PAYLOAD: Final = msgspec.json.Decoder(Payload, dec_hook=decode_hook)
_PERSON: Final = msgspec.json.Decoder(Member, dec_hook=decode_hook)

#: Lives with records to apply; of a till, one after the other. Each gets its share of a chunk.
_NEXT: Final = """
SELECT j.till, j.incarnation, j.seq, j.payload, j.hash, w.public_key
FROM (
    SELECT till, incarnation, applied_seq, accepted_seq, public_key,
           greatest(%(limit)s / least(count(*) OVER (), %(tills)s), %(least)s) AS share
    FROM life AS l
    WHERE accepted_seq > applied_seq AND NOT EXISTS (
        SELECT FROM life AS earlier
        WHERE earlier.till = l.till AND earlier.incarnation < l.incarnation
          AND earlier.accepted_seq > earlier.applied_seq
    )
    ORDER BY seen_ms LIMIT %(tills)s
) AS w
CROSS JOIN LATERAL (
    SELECT *, sum(length(payload)) OVER (ORDER BY seq) - length(payload) AS bytes_before
    FROM (
        SELECT till, incarnation, seq, payload, hash FROM journal
        WHERE till = w.till AND incarnation = w.incarnation AND seq > w.applied_seq AND seq <= w.accepted_seq
        ORDER BY seq LIMIT w.share
    ) AS few
) AS j
WHERE j.bytes_before < %(bytes)s
ORDER BY j.till, j.incarnation, j.seq
"""
_READY: Final = """
SELECT j.till, j.incarnation, j.seq, j.payload, j.hash, ''::bytea
FROM set_aside AS s JOIN journal AS j USING (till, incarnation, seq)
WHERE s.is_ready ORDER BY s.till, s.incarnation, s.seq LIMIT %(limit)s
"""
_PEOPLE: Final = """
SELECT p.till, p.incarnation, p.seq, p.body
FROM unnest(%s::text[], %s::int[], %s::bigint[]) AS asked(till, incarnation, seq)
JOIN person_sent AS p USING (till, incarnation, seq)
"""
#: Tills in a chunk at most, and records of each at least.
_TILLS: Final = 50
_LEAST: Final = 20
#: Of a till's records in a chunk, about: those that take members over are large.
_BYTES: Final = 4 << 20


class Place(NamedTuple):
    """Where a record stands."""

    till: str
    incarnation: int
    seq: int


class Taken(NamedTuple):
    """A record that is to be applied.

    Attributes:
        place: Where it stands.
        record: What it says; None where not even its outer form can be read.
    """

    place: Place
    record: Incoming | None


class Chunk(NamedTuple):
    """Records that are applied together.

    Attributes:
        taken: In order, till by till.
        keys: Public keys of the lives they are of.
        is_again: Whether they were set aside before.
    """

    taken: Sequence[Taken]
    keys: Mapping[tuple[str, int], bytes]
    is_again: bool = False


def take_next(connection: Connection, limit: int) -> Chunk:
    """The next records of some tills, in order of seq for each till."""
    bounds = {"limit": limit, "least": min(_LEAST, limit), "tills": min(_TILLS, limit), "bytes": _BYTES}
    rows = connection.execute(_NEXT, bounds, binary=True).fetchall()
    return _chunk(connection, rows, is_again=False)


def take_ready(connection: Connection, limit: int) -> Chunk:
    """Records that were set aside and are to be tried again."""
    rows = connection.execute(_READY, {"limit": limit}, binary=True).fetchall()
    return _chunk(connection, rows, is_again=True)


def _chunk(connection: Connection, rows: Sequence[tuple[Any, ...]], *, is_again: bool) -> Chunk:
    people = _people(connection, (Place(*row[:3]) for row in rows)) if rows else {}
    keys: dict[tuple[str, int], bytes] = {}
    taken: list[Taken] = []
    for till, incarnation, seq, payload, hashed, key in rows:
        place = Place(till, incarnation, seq)
        taken.append(Taken(place, _in_place(place, read(payload, hashed, people.get(place, ())))))
        keys[till, incarnation] = key
    return Chunk(taken, {} if is_again else keys, is_again)


def _in_place(place: Place, record: Incoming | None) -> Incoming | None:
    """A record that says of itself that it stands elsewhere is in no books."""
    if record is None or (record.payload.till, record.payload.incarnation, record.payload.seq) == place:
        return record
    return Incoming(record.payload, record.hash, refused=Quarantined("record.misplaced"))


def _people(connection: Connection, places: Iterable[Place]) -> dict[Place, list[bytes]]:
    if connection.execute("SELECT FROM person_sent LIMIT 1").fetchone() is None:
        return {}
    columns = list(zip(*places, strict=True))
    found: dict[Place, list[bytes]] = {}
    for till, incarnation, seq, body in connection.execute(_PEOPLE, [list(column) for column in columns], binary=True):
        found.setdefault(Place(till, incarnation, seq), []).append(body)
    return found


def read(payload: bytes, hashed: bytes, people: Sequence[bytes]) -> Incoming | None:
    """Read a record; None where its outer form cannot be read."""
    try:
        said = _PAYLOAD.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError, OverflowError):
        return None
    if not _can_be_kept(said):
        return Incoming(said, hashed, (), refused=Quarantined("record.unreadable"))
    try:
        persons = tuple(_PERSON.decode(each) for each in people)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError, OverflowError):
        return Incoming(said, hashed, (), refused=Quarantined("record.unreadable"))
    if any(not is_plain(each.phone) for each in persons):
        return Incoming(said, hashed, (), refused=Quarantined("record.unreadable"))
    try:
        return read_incoming(said, hashed, persons)
    except Exception:  # noqa: BLE001 - whatever it is, it lies in the record
        return Incoming(said, hashed, persons, refused=Quarantined("record.unreadable"))


def _can_be_kept(said: Payload) -> bool:
    """Whether what it says fits into tables: amounts, and texts without control characters."""
    return is_plain(said.kind) and all(
        -LARGEST <= each.amount <= LARGEST and is_plain(each.account) for each in said.postings
    )


def is_plain(text: str) -> bool:
    """Whether a text can stand in a table as it is."""
    return text.isprintable() and len(text) <= MAX_TEXT and "\\" not in text


def person_of(body: bytes) -> Member:
    """A person as it is kept."""
    return _PERSON.decode(body)


def bucket_of(member_id: MemberId) -> int:
    """The part of the books that a member's account lies in."""
    return member_id.int >> 120
