"""A till's books from what head office has of them: for its successor on another machine, and behind a restored copy.

What was not acknowledged by the machine that is gone cannot be known. May be cut anywhere: the next start asks for the
rest. Nothing is sold before it is whole, for receipt numbers, shifts and closings go on from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from pos_app.application.ports import MasterKind
from pos_app.domain import codec
from pos_app.domain.ids import RecordId, StaffId
from pos_app.domain.ledger.bodies_sync import NewLife
from pos_app.domain.ledger.journal import Head
from pos_app.domain.member import Member
from pos_app.errors import KnownError
from pos_app.infrastructure.ledger.lives import RECOVERING, begin_life
from pos_app.infrastructure.ledger.store import SqlLedger
from sync.protocol.messages import RecoveredPage

#: Records that are asked for at a time.
PAGE: Final = 500
_NOBODY: Final = StaffId("")

#: Records behind one, so many at most; raises ``KnownError`` where they cannot be had now.
Fetch = Callable[[int, int], RecoveredPage]


def recover(
    ledger: SqlLedger,
    fetch: Fetch,
    *,
    target: Head,
    public_key: bytes,
    why: NewLife,
    record_id: RecordId,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Fetch what is missing of earlier lives, and begin a new one behind it; on the ledger's lane.

    Args:
        ledger: The books: new ones in the successor's incarnation, or older ones that were accepted.
        fetch: Asks head office.
        target: What head office has of the earlier lives.
        public_key: With which the new life is signed.
        why: What happened.
        record_id: Of the new life's first record.
        progress: Told (records there, records in all) before the first page and after each; what it raises ends the
            work between two pages.

    Returns:
        How many records came.

    Raises:
        KnownError: ``sync.recovered_wrong`` when what comes does not fit together, or not to what is here;
            ``sync.recovered_newer``; what ``fetch`` raises; ``ledger.not_saved``.
    """
    with ledger.read() as reader:
        here = reader.head()
        own = target.hash if target.seq == 0 else reader.record_hash(target.seq)
    if here.seq < target.seq:
        with ledger.write(_NOBODY) as tx:
            tx.set_meta(RECOVERING, str(target.seq))
        if progress is not None:
            progress(here.seq, target.seq)
    came = 0
    while here.seq < target.seq:
        page = fetch(here.seq, min(PAGE, target.seq - here.seq))
        if (page.before.seq, page.before.hash) != (here.seq, here.hash) or not page.records:
            raise KnownError("sync.recovered_wrong", seq=here.seq + 1)
        here = _take(ledger, page)
        came += len(page.records)
        if progress is not None:
            progress(here.seq, target.seq)
    if came and here.hash != target.hash:
        raise KnownError("sync.recovered_wrong", seq=here.seq)
    if not came and own != target.hash:
        raise KnownError("sync.recovered_wrong", seq=target.seq)
    begin_life(ledger, public_key, why, record_id)
    return came


def _take(ledger: SqlLedger, page: RecoveredPage) -> Head:
    """Append a page, whole or not at all."""
    people = [(member.member_id.hex, codec.encode(member)) for member in map(_person, page.people)]
    with ledger.write(_NOBODY) as tx:
        for each in page.records:
            tx.restore(each.payload, each.signature)
        if (tx.head_after.seq, tx.head_after.hash) != (page.through.seq, page.through.hash):
            raise KnownError("sync.recovered_wrong", seq=page.through.seq)
        # Head office has them, too; but not in the replica of this machine, and its books may still wait for them.
        tx.put_master(MasterKind.MEMBER, people)
        return tx.head_after


def _person(body: msgspec.Raw) -> Member:
    try:
        return codec.decode(bytes(body), Member)
    except msgspec.DecodeError as error:
        raise KnownError("sync.recovered_newer", kind="person") from error
