"""One write transaction: what handlers may do to the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from pos_app.application.ports import HeldSale, JobState, MasterKind, PinState, PrintJob
from pos_app.domain import codec
from pos_app.domain.clock import Clock, Moment
from pos_app.domain.ids import RECEIPTS_OF_A_LIFE, HoldId, JobId, StaffId, receipt_number
from pos_app.domain.ledger.journal import Entry, Head, Record, Signer, read_payload, seal
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.shift import Shift
from pos_app.errors import BugError
from pos_app.infrastructure.column_values import to_int
from pos_app.infrastructure.databases import Connection
from pos_app.infrastructure.ledger import change_statements as w
from pos_app.infrastructure.ledger.derived import write_derived
from pos_app.infrastructure.ledger.reader import SqlLedgerReader
from pos_app.infrastructure.ledger.restoring import restore_record
from pos_app.infrastructure.ledger.till import BusinessDay, TillIdentity

#: Meta: set by each transaction without a record, so that its COMMIT can be looked up as well.
MARK: Final = "mark"
#: Counter of changes to master data.
_MASTER_CHANGES: Final = "master"


class Appended(NamedTuple):
    """A record of a transaction, as it is looked up when its COMMIT is in doubt."""

    record_id: bytes
    seq: int
    hash: bytes


class SqlLedgerTx(SqlLedgerReader):
    """A write transaction on the ledger lane's connection (fulfils ``LedgerTx``).

    Attributes:
        head_after: Where the journal stands with what was appended here.
        appended: Records appended here.
    """

    def __init__(
        self,
        connection: Connection,
        head: Head,
        *,
        operator: StaffId,
        till: TillIdentity,
        incarnation: int,
        clock: Clock,
        business_day: BusinessDay,
        signer: Signer,
        check_open: Callable[[SqlLedgerTx], None],
    ) -> None:
        super().__init__(connection)
        self.head_after = head
        self.appended: list[Appended] = []
        self._first_change: int | None = None
        self._operator: Final = operator
        self._till: Final = till
        self._incarnation: Final = incarnation
        self._clock: Final = clock
        self._business_day: Final = business_day
        self._signer: Final = signer
        self._check_open: Final = check_open

    def head(self) -> Head:
        """Where the journal stands, own records included."""
        return self.head_after

    def append(self, entry: Entry) -> Record:
        """Seal and write a record with its postings and the indexes that follow from it."""
        self._check_open(self)
        moment, day = self._now()
        record = seal(
            entry,
            self.head_after,
            self._signer,
            till=self._till.till_id,
            incarnation=self._incarnation,
            moment=moment,
            business_date=day,
            operator=self._operator,
        )
        member = None if entry.member_id is None else entry.member_id.bytes
        self._connection.run(
            w.INSERT_RECORD,
            *(record.seq, entry.record_id.bytes, entry.kind.value, to_int(day), moment.wall_ms),
            *(self._operator, member, record.payload, record.prev_hash, record.hash, record.signature),
        )
        write_derived(
            self._connection,
            entry,
            record,
            till=self._till.till_id,
            wall_ms=moment.wall_ms,
            business_date=day,
            operator=self._operator,
        )
        if self._first_change is not None:
            self._connection.run(w.RAISE_MASTER, record.seq, self._first_change)
        self.head_after = Head(record.seq, record.hash)
        self.appended.append(Appended(entry.record_id.bytes, record.seq, record.hash))
        return record

    def restore(self, payload: bytes, signature: bytes) -> Record:
        """Append a record of an earlier life of this till as it was written then, with everything that follows from it.

        Raises:
            KnownError: ``sync.recovered_wrong`` when it does not follow, or is another till's; ``sync.recovered_newer``
                when it was written by a later version of the till.
        """
        self._check_open(self)
        record = restore_record(self._connection, payload, signature, self.head_after, till=self._till.till_id)
        self.head_after = Head(record.seq, record.hash)
        said = read_payload(record)
        self.appended.append(Appended(said.id.bytes, record.seq, record.hash))
        return record

    def set_meta(self, key: str, value: str) -> None:
        """Note a fact about the file itself."""
        self._check_open(self)
        self._connection.run(w.PUT_META, key, value)

    def next_receipt_no(self) -> str:
        """Take the next receipt number of the business day."""
        self._check_open(self)
        _, day = self._now()
        yymmdd = day.strftime("%y%m%d")
        # A till that went back in time does not know which numbers it gave out: each life has its own.
        offset = (self._incarnation - 1) % 10 * RECEIPTS_OF_A_LIFE
        return receipt_number(self._till.number, yymmdd, offset + self._count(f"receipt:{yymmdd}", 1))

    def save_shift(self, shift: Shift) -> None:
        """Write a shift."""
        self._check_open(self)
        self._connection.run(
            w.PUT_SHIFT,
            *(shift.number, shift.shift_id.bytes, shift.cashier, shift.opening_float.minor),
            *(to_int(shift.business_date), shift.opened_ms, shift.opened_seq, shift.closed_seq),
        )

    def enqueue(self, job: PrintJob) -> None:
        """Put a print job into the queue."""
        self._check_open(self)
        self._connection.run(
            w.INSERT_JOB,
            *(job.job_id.bytes, job.kind.value, job.seq, job.copy, int(job.opens_drawer), job.state.value),
            *(job.reason, job.created_ms, int(job.training), job.target, ",".join(map(str, job.lines))),
        )

    def set_job_state(self, job_id: JobId, state: JobState, reason: str = "") -> None:
        """Say where a print job stands."""
        self._check_open(self)
        if self._connection.run(w.SET_JOB, state.value, reason, job_id.bytes) != 1:
            raise BugError("there is no such print job")

    def hold(self, held: HeldSale) -> None:
        """Put a basket aside."""
        self._check_open(self)
        self._connection.run(
            w.HOLD, held.hold_id.bytes, codec.encode(held.basket), held.created_ms, held.operator, held.label
        )

    def take_held(self, hold_id: HoldId) -> HeldSale | None:
        """Take a basket back; it is then no longer held."""
        self._check_open(self)
        row = self._connection.one(w.TAKE_HELD, hold_id.bytes)
        if row is None:
            return None
        return HeldSale(hold_id, codec.decode(row[0], Basket), row[1], StaffId(row[2]), row[3])

    def save_draft(self, basket: Basket | None) -> None:
        """Remember the open basket, or that there is none."""
        self._check_open(self)
        if basket is None:
            self._connection.run(w.CLEAR_DRAFT)
        else:
            self._connection.run(w.PUT_DRAFT, 1, codec.encode(basket))

    def set_pin_state(self, staff_id: StaffId, state: PinState) -> None:
        """Remember wrong PINs."""
        self._check_open(self)
        self._connection.run(w.PUT_PIN_STATE, staff_id, state.failures, state.locked_until_ms)

    def put_master(self, kind: MasterKind, rows: Sequence[tuple[str, bytes]]) -> None:
        """Keep data at this till; same key replaces. It counts as written with the transaction's last record."""
        self._check_open(self)
        if not rows:
            return
        last = self._count(_MASTER_CHANGES, len(rows))
        first = last - len(rows) + 1
        if self._first_change is None:
            self._first_change = first
        seq = self.head_after.seq
        self._connection.run_many(
            w.PUT_MASTER, [(kind.value, key, first + place, body, seq) for place, (key, body) in enumerate(rows)]
        )

    def join(self, enrolment: bytes, *, accepted_seq: int, kept: bytes) -> None:
        """Belong to a head office from now on."""
        self._check_open(self)
        self._connection.run(w.JOIN, 1, enrolment, accepted_seq, kept)

    def keep_sync(self, *, accepted_seq: int, kept: bytes) -> None:
        """Keep what head office said last."""
        self._check_open(self)
        self._connection.run(w.KEEP_SYNC, accepted_seq, kept)

    def drop_master(self, kind: MasterKind, key: str, *, through_seq: int) -> None:
        """Keep data at this till no longer, unless it was written after a record."""
        self._check_open(self)
        self._connection.run(w.DROP_MASTER, kind.value, key, through_seq)

    @staticmethod
    def mark(connection: Connection, mark: str) -> None:
        """Leave a mark, by which a transaction without a record can be found again."""
        connection.run(w.PUT_META, MARK, mark)

    def _count(self, name: str, by: int) -> int:
        row = self._connection.one(w.COUNT, name, by)
        if row is None:
            raise BugError("a counter gave no answer")
        return int(row[0])

    def _now(self) -> tuple[Moment, dt.date]:
        moment = self._clock.now()
        return moment, self._business_day(moment)
