"""The till's journal on its way up, read beside the counter's work, and what head office said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

import msgspec

from pos_app.application.ports import MasterKind
from pos_app.domain import codec
from pos_app.domain.ids import MemberId, StaffId
from pos_app.domain.ledger.journal import GENESIS, RecordKind
from pos_app.domain.member import Member
from sync.client.ports import Outgoing
from sync.client.state import Kept
from sync.protocol.batch import MAX_HEADER, PersonRow
from sync.protocol.chain import Head

if TYPE_CHECKING:
    from pos_app.infrastructure.ledger.reader import OutgoingRow, SqlLedgerReader
    from pos_app.infrastructure.ledger.store import SqlLedger

_NOBODY: Final = StaffId("")
_OF_A_PERSON: Final = frozenset({RecordKind.MEMBER_CAPTURED.value, RecordKind.MEMBER_CHANGED.value})
#: Personal data stands in the header, which has a limit; some of it is left for the rest.
_MAX_PEOPLE: Final = MAX_HEADER * 3 // 4


class LedgerJournal:
    """The journal of a ledger (fulfils ``JournalSource``), on the reading connection of the thread that asks.

    Attributes:
        ledger: Whose.
    """

    def __init__(self, ledger: SqlLedger, find_member: Callable[[MemberId], Member | None]) -> None:
        """Read from a ledger.

        Args:
            ledger: The till's.
            find_member: Members as last received, for those that are no longer kept at this till itself.
        """
        self.ledger: Final = ledger
        self._find_member: Final = find_member

    def head_seq(self) -> int:
        """The last record."""
        with self.ledger.read() as reader:
            return reader.head().seq

    def hash_at(self, seq: int) -> bytes | None:
        """A record's hash; zeros before the first record, None where there is no such record."""
        if seq == 0:
            return GENESIS.hash
        with self.ledger.read() as reader:
            return reader.record_hash(seq)

    def outgoing(self, after_seq: int, count: int, max_bytes: int) -> Outgoing:
        """Records after one: so many at most, and fewer where they would be larger; one at least."""
        with self.ledger.read() as reader:
            before = Head(after_seq, GENESIS.hash if after_seq == 0 else reader.record_hash(after_seq) or b"")
            payloads: list[bytes] = []
            people: list[PersonRow] = []
            signature, size, personal = b"", 0, 0
            for row in reader.outgoing(after_seq, after_seq + count):
                about = self._people(reader, row)
                size += len(row.payload)
                personal += sum(len(bytes(each.person)) for each in about)
                if payloads and (size > max_bytes or personal > _MAX_PEOPLE):
                    break
                payloads.append(bytes(row.payload))
                people += about
                signature = bytes(row.signature)
        return Outgoing(before, tuple(payloads), signature, tuple(people))

    def kept(self) -> Kept:
        """What was kept last; nothing for a till that is alone."""
        with self.ledger.read() as reader:
            return kept_of(reader)

    def keep(self, kept: Kept) -> None:
        """Keep what head office said; on the ledger's lane, in a transaction of its own."""
        with self.ledger.write(_NOBODY) as tx:
            tx.keep_sync(accepted_seq=kept.accepted.seq, kept=msgspec.json.encode(kept))

    def _people(self, reader: SqlLedgerReader, row: OutgoingRow) -> Sequence[PersonRow]:
        """Whom a record is about. Who was erased meanwhile is nobody any more."""
        if row.kind == RecordKind.MEMBERS_IMPORTED.value:
            return [PersonRow(row.seq, msgspec.Raw(body)) for body in reader.imported_with(row.seq)]
        if row.kind not in _OF_A_PERSON or row.member is None:
            return ()
        member_id = MemberId(UUID(bytes=bytes(row.member)))
        body = reader.master(MasterKind.MEMBER, member_id.hex)
        if body is None:
            received = self._find_member(member_id)
            body = None if received is None else codec.encode(received)
        return () if body is None else (PersonRow(row.seq, msgspec.Raw(body)),)


def kept_of(reader: SqlLedgerReader) -> Kept:
    """What a ledger keeps of head office's answers; nothing for a till that is alone."""
    row = reader.sync_state()
    return Kept() if row is None else msgspec.json.decode(row.kept, type=Kept)
