"""The journal as a file that head office can take in, where there is no line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from pos_app.version import __version__
from sync.protocol.batch import MAX_RECORDS, Batch, BatchHeader, pack

if TYPE_CHECKING:
    from pos_app.infrastructure.sync.journal import LedgerJournal

#: Of a batch's payloads before they are packed.
_MAX_BYTES = 8 << 20


class Exported(msgspec.Struct):
    """What was written so far.

    Attributes:
        first: First record.
        last: Last record.
        records: How many.
        people: How many rows of personal data.
    """

    first: int = 0
    last: int = 0
    records: int = 0
    people: int = 0


def export_batches(
    journal: LedgerJournal, till: str, *, after_seq: int, with_people: bool, done: Exported
) -> Iterator[bytes]:
    """Batches of all records after one, packed.

    Args:
        journal: The till's.
        till: Its id.
        after_seq: The record before the first.
        with_people: Whether personal data goes along.
        done: Counts what was given.
    """
    head, after = journal.head_seq(), after_seq
    done.first = after + 1
    while after < head:
        out = journal.outgoing(after, min(MAX_RECORDS, head - after), _MAX_BYTES)
        people = out.people if with_people else ()
        after += len(out.payloads)
        header = BatchHeader(
            till=till,
            incarnation=journal.ledger.incarnation,
            before=out.before,
            count=len(out.payloads),
            signature=out.signature,
            people=people,
            waiting=head - after,
            software=__version__,
        )
        yield pack(Batch(header, out.payloads))
        done.last, done.records, done.people = after, done.records + len(out.payloads), done.people + len(people)
