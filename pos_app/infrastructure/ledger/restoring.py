"""A record of an earlier life of the till, appended byte for byte: on another machine, or behind a restored copy."""

from __future__ import annotations

import msgspec

from pos_app.domain import codec
from pos_app.domain.ids import RECEIPTS_OF_A_LIFE, receipt_sequence
from pos_app.domain.ledger.bodies import Refund, Sale, ShiftClosed, ShiftOpened
from pos_app.domain.ledger.body_types import NotUnderstoodError, read_entry
from pos_app.domain.ledger.journal import Entry, Head, Payload, Record, record_hash
from pos_app.errors import KnownError
from pos_app.infrastructure.column_values import to_int
from pos_app.infrastructure.databases import Connection
from pos_app.infrastructure.ledger import change_statements as w
from pos_app.infrastructure.ledger.derived import write_derived

#: Stands for a signature that did not travel: the next one that did covers the record, through the chain.
NO_SIGNATURE = bytes(64)


def restore_record(connection: Connection, payload: bytes, signature: bytes, head: Head, *, till: str) -> Record:
    """Write a record behind a head, with its postings and indexes, the shift it begins or ends, and its receipt number.

    Args:
        connection: In a transaction.
        payload: As it was hashed.
        signature: Of it, or empty.
        head: The record before.
        till: Whose books these are.

    Raises:
        KnownError: ``sync.recovered_wrong`` or ``sync.recovered_newer``.
    """
    try:
        said = codec.decode(payload, Payload)
        kind, body = read_entry(said)
    except NotUnderstoodError as error:
        raise KnownError("sync.recovered_newer", kind=error.kind) from error
    except msgspec.DecodeError as error:
        raise KnownError("sync.recovered_wrong", seq=head.seq + 1) from error
    if (said.till, said.seq) != (till, head.seq + 1):
        raise KnownError("sync.recovered_wrong", seq=head.seq + 1)
    record = Record(said.seq, payload, head.hash, record_hash(head.hash, payload), signature or NO_SIGNATURE)
    member = None if said.member is None else said.member.bytes
    connection.run(
        w.INSERT_RECORD,
        *(record.seq, said.id.bytes, said.kind, to_int(said.business_date), said.wall_ms, said.operator, member),
        *(record.payload, record.prev_hash, record.hash, record.signature),
    )
    write_derived(
        connection,
        Entry(kind, body, said.id, said.postings, said.member),
        record,
        till=till,
        wall_ms=said.wall_ms,
        business_date=said.business_date,
        operator=said.operator,
    )
    _restore_state(connection, said, body)
    return record


def _restore_state(connection: Connection, said: Payload, body: msgspec.Struct) -> None:
    """What the till keeps beside the journal and goes on from."""
    if isinstance(body, ShiftOpened):
        connection.run(
            w.PUT_SHIFT,
            *(body.number, body.shift_id.bytes, body.cashier, body.opening_float.minor),
            *(to_int(said.business_date), said.wall_ms, said.seq, None),
        )
    elif isinstance(body, ShiftClosed):
        connection.run(w.CLOSE_SHIFT, said.seq, body.number)
    elif isinstance(body, (Sale, Refund)):
        yymmdd, sequence = receipt_sequence(body.receipt_no)
        connection.run(w.RAISE_COUNTER, f"receipt:{yymmdd}", (sequence - 1) % RECEIPTS_OF_A_LIFE + 1)
