"""Members and their balances from somewhere else: records of a journal of their own, in the books as all others."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from pos_app.domain import codec
from pos_app.domain.ids import LotId, RecordId, StaffId, derived_id, uuid7
from pos_app.domain.ledger.bodies import NewLot, OpeningLots
from pos_app.domain.ledger.journal import Payload, RecordKind
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, POINTS_OPENING, Asset, Posting, check_balanced
from pos_app.domain.member import Member
from pos_app.domain.points import Points
from pos_app.errors import KnownError
from sync.head_office.database import Connection
from sync.head_office.positions import JOURNAL_CHANNEL
from sync.protocol.chain import GENESIS_HASH, record_hash

#: Members of one record.
_BATCH: Final = 500
_NUMBERS: Final = 9_999
#: In place of the key that an import has none of. Never to be trusted: anybody can make signatures that fit it.
NO_KEY: Final = bytes(32)


class Opening(msgspec.Struct, frozen=True):
    """A member and what they had.

    Attributes:
        member: Who.
        points: Balance.
        expires_on: Last day of these points; None for never.
    """

    member: Member
    points: Points = Points(0)
    expires_on: dt.date | None = None


def take_over(connection: Connection, openings: Sequence[Opening], store: str, today: dt.date, now_ms: int) -> int:
    """Take members over; those who are known already, by id or phone, are left as they are.

    Args:
        connection: Within a transaction.
        openings: Who, each once.
        store: Code of the store that the import is booked at.
        today: Business date.
        now_ms: Head office's clock.

    Returns:
        How many are new; they are there once their records are applied.

    Raises:
        KnownError: ``office.no_number``: all numbers of tills are taken.
    """
    new = _unknown(connection, openings)
    if not new:
        return 0
    till = own_till(connection, "import", store, now_ms)
    import_id = RecordId(_new_id())
    head = GENESIS_HASH
    batches = [new[at : at + _BATCH] for at in range(0, len(new), _BATCH)]
    for seq, batch in enumerate(batches, 1):
        payload = _record(till, seq, import_id, batch, today, now_ms)
        head = record_hash(head, payload)
        connection.execute(
            "INSERT INTO journal (till, incarnation, seq, payload, hash, accepted_ms) VALUES (%s, 1, %s, %s, %s, %s)",
            (till, seq, payload, head, now_ms),
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO person_sent (till, incarnation, seq, body) VALUES (%s, 1, %s, %s)",
                [(till, seq, codec.encode(each.member)) for each in batch],
            )
    connection.execute(
        "INSERT INTO life (till, incarnation, public_key, base_hash, accepted_seq, accepted_hash, applied_seq)"
        " VALUES (%s, 1, %s, %s, %s, %s, 0)",
        (till, NO_KEY, GENESIS_HASH, len(batches), head),
    )
    connection.execute("SELECT pg_notify(%s, '')", (JOURNAL_CHANNEL,))
    return len(new)


def _unknown(connection: Connection, openings: Sequence[Opening]) -> list[Opening]:
    ids = [each.member.member_id for each in openings]
    phones = [each.member.phone for each in openings if each.member.phone]
    known: set[UUID | str] = set()
    for member, phone in connection.execute(
        "SELECT member, phone FROM person WHERE member = ANY(%s) OR phone = ANY(%s)"
        " UNION SELECT loser, '' FROM merged WHERE loser = ANY(%s)",
        (ids, phones, ids),
    ):
        known |= {member, phone}
    known.discard("")
    return [each for each in openings if each.member.member_id not in known and each.member.phone not in known]


def own_till(connection: Connection, name: str, store: str, now_ms: int) -> str:
    """A till that is none: it has a journal of head office's own, and nothing is ever taken of it.

    Args:
        connection: Within a transaction.
        name: What its id begins with.
        store: Code of the store that it is booked at.
        now_ms: Head office's clock.

    Raises:
        KnownError: ``office.no_number``: all numbers of tills are taken.
    """
    taken = {number for (number,) in connection.execute("SELECT number FROM till")}
    number = next((each for each in range(_NUMBERS, 0, -1) if each not in taken), None)
    if number is None:
        raise KnownError("office.no_number")
    till = f"{name}-{secrets.token_hex(6)}"
    connection.execute(
        "INSERT INTO till (till, number, store, state, enrolled_ms) VALUES (%s, %s, %s, 'revoked', %s)",
        (till, number, store, now_ms),
    )
    return till


def _record(till: str, seq: int, import_id: RecordId, batch: Sequence[Opening], today: dt.date, now_ms: int) -> bytes:
    """The record of a batch: the same as a till writes that takes members over."""
    lots: list[NewLot] = []
    postings: list[Posting] = []
    for each in batch:
        if each.points.count:
            lot_id = LotId(derived_id(each.member.member_id, "opening"))
            lots.append(NewLot(lot_id, each.points, today, each.expires_on))
            postings.append(Posting(Asset.POINTS, MEMBER_AVAILABLE, each.points.count, each.member.member_id, lot_id))
    if postings:
        postings.append(Posting(Asset.POINTS, POINTS_OPENING, -sum(each.amount for each in postings)))
    check_balanced(postings)
    return codec.encode(
        Payload(
            till=till,
            incarnation=1,
            seq=seq,
            id=RecordId(_new_id()),
            kind=RecordKind.MEMBERS_IMPORTED.value,
            version=1,
            business_date=today,
            wall_ms=now_ms,
            boot_ms=0,
            operator=StaffId(""),
            member=None,
            body=msgspec.Raw(codec.encode(OpeningLots(import_id, len(batch), tuple(lots)))),
            postings=tuple(postings),
        )
    )


def _new_id() -> UUID:
    return uuid7(time.time_ns() // 1_000_000, secrets.token_bytes(10))
