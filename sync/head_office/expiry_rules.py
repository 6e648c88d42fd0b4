"""When a lot is booked as expired, what of it, and the records that say so. Pure; ``expiring`` asks the tables.

A lot is over the day after its last one; no till shows or takes it any more from then on, booked or not. It is booked
once every till that could still send a spend of that day has sent past it: its last applied record is of a later day,
or it said on a later day that nothing waits there. A till that is silent is waited for no longer than ``WAIT_DAYS``;
one that is revoked or lost not at all. What is held by an authorisation is left until it is settled or released. A
spend of the last day that comes even later takes back so much of the expiry (``AccountDraft.settle``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

import msgspec

from pos_app.domain import codec
from pos_app.domain.ids import LotId, MemberId, RecordId, StaffId, derived_id
from pos_app.domain.ledger.bodies import LotAmount, PointsExpired
from pos_app.domain.ledger.journal import Payload, RecordKind
from pos_app.domain.ledger.lots import Base
from pos_app.domain.ledger.moves import Move, Purpose, move_postings, take
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, POINTS_EXPIRED, Asset, Posting, check_balanced, entry
from pos_app.domain.ledger.reward_bodies import HoldingsExpired
from pos_app.domain.points import Points
from pos_app.domain.text import LocalText

#: So long after a lot's last day it waits for tills that are silent.
WAIT_DAYS: Final = 30
#: Lots of one record, about.
BATCH: Final = 500
#: From it and a place in the journal follow the ids of records: the same state is booked in the same records.
_ROOT: Final = UUID("0197b1c4-8a00-7e1b-9c55-6f1d2c3b4a59")


class Due(msgspec.Struct, frozen=True):
    """What is due of one account."""

    account: MemberId
    lots: tuple[LotAmount, ...]
    moves: tuple[Move, ...]


def closed_through(yesterday: dt.date, past: Iterable[dt.date]) -> dt.date:
    """What ended on this day or before it can be booked.

    Args:
        yesterday: The last day that is over everywhere.
        past: Of each till that is waited for: the day it has come to. Of days before it no more comes.
    """
    latest = yesterday - dt.timedelta(days=WAIT_DAYS)
    one = dt.timedelta(days=1)
    return min((yesterday, *(max(latest, day - one) if day > latest else latest for day in past)))


def due_of(account: MemberId, base: Base, held: Mapping[LotId, int], through: dt.date) -> Due:
    """What of an account ended on a day or before it, less what is held; by lot."""
    lots = [
        LotAmount(lot.lot_id, Points(left), lot.expires_on, lot.earned_on)
        for lot in base.lots
        if lot.expires_on is not None and lot.expires_on <= through
        if (left := lot.available - held.get(lot.lot_id, 0)) > 0
    ]
    moves = [
        take(each, account, left, Purpose.EXPIRED, LocalText(""))
        for each in base.wallet
        if each.expires_on is not None and each.expires_on <= through
        if (left := each.amount - held.get(each.lot_id, 0)) > 0
    ]
    return Due(account, tuple(lots), tuple(moves))


def payloads_of(due: Sequence[Due], till: str, seq: int, today: dt.date, now_ms: int) -> Iterator[bytes]:
    """The records that book it, the first of them behind ``seq``."""
    lots = [(each.account, lot) for each in due for lot in each.lots]
    for at in range(0, len(lots), BATCH):
        seq += 1
        batch = lots[at : at + BATCH]
        postings: list[Posting] = []
        for who, lot in batch:
            postings += entry(Asset.POINTS, MEMBER_AVAILABLE, -lot.points.count, member_id=who, lot_id=lot.lot_id)
        postings += entry(Asset.POINTS, POINTS_EXPIRED, sum(lot.points.count for _, lot in batch))
        body = PointsExpired(tuple(lot for _, lot in batch))
        yield _payload(RecordKind.POINTS_EXPIRED, body, postings, till, seq, today, now_ms)
    moves = [move for each in due for move in each.moves]
    for at in range(0, len(moves), BATCH):
        seq += 1
        some = tuple(moves[at : at + BATCH])
        yield _payload(
            RecordKind.HOLDINGS_EXPIRED, HoldingsExpired(some), move_postings(some), till, seq, today, now_ms
        )


def _payload(
    kind: RecordKind,
    body: msgspec.Struct,
    postings: Sequence[Posting],
    till: str,
    seq: int,
    today: dt.date,
    now_ms: int,
) -> bytes:
    check_balanced(postings)
    return codec.encode(
        Payload(
            till=till,
            incarnation=1,
            seq=seq,
            id=RecordId(derived_id(_ROOT, f"{till}/{seq}")),
            kind=kind.value,
            version=1,
            business_date=today,
            wall_ms=now_ms,
            boot_ms=0,
            operator=StaffId(""),
            member=None,
            body=msgspec.Raw(codec.encode(body)),
            postings=tuple(postings),
        )
    )
