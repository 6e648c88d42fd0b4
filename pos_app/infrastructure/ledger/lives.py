"""Lives of a till: each after the first begins with a record of what it builds on and with which key it signs."""

from __future__ import annotations

from typing import Final

from pos_app.domain.ids import RecordId, StaffId
from pos_app.domain.ledger.bodies_sync import BeganAgain, NewLife
from pos_app.domain.ledger.journal import Entry, RecordKind, read_payload
from pos_app.infrastructure.ledger.store import SqlLedger

#: Meta: the record of an earlier life that this one builds on.
BASE_SEQ: Final = "base_seq"
#: Meta: the last record that is to come from head office, while they come.
RECOVERING: Final = "recovering"
_NOBODY: Final = StaffId("")


def is_recovering(ledger: SqlLedger) -> bool:
    """Whether records of an earlier life are still to come from head office: nothing may be sold before."""
    with ledger.read() as reader:
        return bool(reader.meta(RECOVERING))


def has_begun(ledger: SqlLedger) -> bool:
    """Whether the books' last record is of this life; true for books that are new."""
    with ledger.read() as reader:
        last = reader.record(reader.head().seq)
    return last is None or read_payload(last).incarnation == ledger.incarnation


def begin_life(ledger: SqlLedger, public_key: bytes, why: NewLife, record_id: RecordId) -> None:
    """Begin this life behind the last record of an earlier one, unless it has begun; on the ledger's lane."""
    if has_begun(ledger):
        return
    with ledger.write(_NOBODY) as tx:
        base = tx.head()
        body = BeganAgain(ledger.incarnation, public_key, base.seq, base.hash, why)
        tx.append(Entry(RecordKind.BEGAN_AGAIN, body, record_id))
        tx.set_meta(BASE_SEQ, str(base.seq))
        tx.set_meta(RECOVERING, "")
