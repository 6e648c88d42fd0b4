"""What the use cases need from the outside world, as Protocols. Infrastructure fulfils them; tests have fakes."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import msgspec

from pos_app.domain.ids import HoldId, JobId, LotId, MemberId, RecordId, StaffId
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.journal import Entry, Head, Payload, Record, RecordKind
from pos_app.domain.ledger.lots import OwnActivity
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import Favourite, Lot, Member
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.shift import Shift
from pos_app.domain.wallet import Holding


class StoredSale(msgspec.Struct, frozen=True):
    """A sale as the ledger has it, with what came back of it."""

    sale: Sale
    seq: int
    wall_ms: int
    business_date: dt.date
    operator: StaffId
    refunds: tuple[Refund, ...]

    @property
    def is_voided(self) -> bool:
        """Whether the sale was voided."""
        return any(refund.is_void for refund in self.refunds)


class UnitSale(msgspec.Struct, frozen=True):
    """In which sale an item is that has a code of its own.

    Attributes:
        receipt_no: The sale's receipt.
        business_date: The day of the sale.
        line_no: Its line.
    """

    receipt_no: str
    business_date: dt.date
    line_no: int


class DocumentRow(msgspec.Struct, frozen=True):
    """One line of the list of sales and refunds."""

    receipt_no: str
    kind: RecordKind
    wall_ms: int
    business_date: dt.date
    operator: StaffId
    amount_minor: int
    member_id: MemberId | None
    original_receipt_no: str = ""


class JobKind(enum.StrEnum):
    """What is to be printed; the content is rendered from the journal when it is printed."""

    SALE = "sale"
    REFUND = "refund"
    X_REPORT = "x_report"
    SHIFT_REPORT = "shift_report"
    Z_REPORT = "z_report"
    OPEN_DRAWER = "open_drawer"
    KEY_SHEET = "key_sheet"  # in no books: printed from the devices screen
    COUPON = "coupon"  # coupons that were given outside a sale, with their codes
    EXPLANATION = "explanation"  # in no books: why the open bill is what it is
    SLIP = "slip"  # some lines of a sale, for another printer


class JobState(enum.StrEnum):
    """Where a print job stands."""

    QUEUED = "queued"
    SENDING = "sending"  # bytes may have left; after a crash it is unknown what is on paper
    SENT = "sent"  # all bytes left, the printer did not confirm
    CONFIRMED = "confirmed"
    FAILED = "failed"  # nothing was printed, or printing broke off: a person decides
    CANCELLED = "cancelled"


class PrintJob(msgspec.Struct, frozen=True):
    """Something to be printed.

    Attributes:
        job_id: Made by the till.
        kind: What.
        seq: The journal record it shows.
        copy: 0 for the original, 1 for the first reprint, and so on; copies are marked.
        opens_drawer: Whether the drawer is opened before it.
        state: Where it stands.
        reason: Why it failed, as a code, or empty.
        created_ms: When it was asked for.
        training: Printed from training mode: marked so.
        target: The printer of a slip, by the name the shop gave it; empty for the receipts' own.
        lines: The lines of the sale that a slip shows, by their numbers.
    """

    job_id: JobId
    kind: JobKind
    seq: int
    copy: int = 0
    opens_drawer: bool = False
    state: JobState = JobState.QUEUED
    reason: str = ""
    created_ms: int = 0
    training: bool = False
    target: str = ""
    lines: tuple[int, ...] = ()


class HeldSale(msgspec.Struct, frozen=True):
    """A basket put aside."""

    hold_id: HoldId
    basket: Basket
    created_ms: int
    operator: StaffId
    label: str = ""


class PinState(msgspec.Struct, frozen=True):
    """Wrong PINs in a row, and until when the account is locked."""

    failures: int = 0
    locked_until_ms: int = 0


class MasterKind(enum.StrEnum):
    """Data that this till keeps itself while no head office does."""

    PRODUCT = "product"
    CATEGORY = "category"
    MEMBER = "member"
    PROGRAMME = "programme"
    STAFF = "staff"
    SPENDS = "spends"  # what head office was asked for and what is not settled: see ``spend_steps``
    DAY = "day"  # how closed days stand with head office, by the record of their Z report
    TILL_KEY = "till_key"  # public keys of the shop's other tills, by their key id in hexadecimal


class ExpiringLot(msgspec.Struct, frozen=True):
    """A lot past its last day that still holds points."""

    member_id: MemberId
    lot: Lot


class ExpiredHolding(msgspec.Struct, frozen=True):
    """A lot of something else than points past its last day that still holds something."""

    account_id: MemberId
    holding: Holding


class CouponLot(msgspec.Struct, frozen=True):
    """A coupon that was given at this till.

    Attributes:
        account_id: Whose: a member, or an account of its own.
        holding: Its lot, with what is left of it.
    """

    account_id: MemberId
    holding: Holding


class LedgerReader(Protocol):
    """Questions to the ledger. Answers are consistent within one transaction (writer) or one call (reader)."""

    def head(self) -> Head:
        """Where the journal stands."""

    def current_shift(self) -> Shift | None:
        """The open shift of this till."""

    def last_shift_number(self) -> int:
        """Number of the last shift; 0 before the first."""

    def sale(self, receipt_no: str) -> StoredSale | None:
        """A sale by its receipt number."""

    def unit_sale(self, unit_code: str) -> UnitSale | None:
        """The sale an item is in by its code (normal form); None when it was not sold here, or came back."""

    def document_seq(self, receipt_no: str) -> int | None:
        """The journal record of a sale or refund by its receipt number."""

    def record(self, seq: int) -> Record | None:
        """A journal record."""

    def record_seq(self, record_id: RecordId) -> int | None:
        """The place of a record that is known by its id; None when it was never written."""

    def documents(self, *, business_date: dt.date | None, text: str, limit: int) -> Sequence[DocumentRow]:
        """Sales and refunds, latest first; ``text`` matches the end of the receipt number."""

    def own_activity(
        self,
        member_id: MemberId,
        *,
        after_seq: int,
        since: dt.date,
        usage_since: dt.date = dt.date.min,
        days_since: dt.date | None = None,
    ) -> OwnActivity:
        """What own records after ``after_seq`` did for a member.

        Progress counts sales from ``since`` on, usage what was had from ``usage_since`` on. Progress by day is told
        from ``days_since`` on; not at all where that is None.
        """

    def kept_sales(self, member_id: MemberId, day: dt.date) -> int:
        """How many of a member's sales of a business day still have something kept."""

    def favourites(self, member_id: MemberId, limit: int) -> Sequence[Favourite]:
        """What a member bought here most often."""

    def payloads(self, *, after_seq: int, kinds: Sequence[RecordKind] = ()) -> Iterator[Payload]:
        """Records in order, of some kinds or of all."""

    def account_sum(self, account: str, asset: Asset, *, after_seq: int = 0) -> int:
        """Sum of the postings to an account."""

    def last_of_kind(self, kind: RecordKind) -> Payload | None:
        """The latest record of a kind."""

    def count_of_kind(self, kind: RecordKind) -> int:
        """How many records of a kind there are."""

    def open_jobs(self) -> Sequence[PrintJob]:
        """Print jobs that are queued, sending, sent or failed, oldest first."""

    def copies(self, seq: int, target: str = "") -> int:
        """How many print jobs there have been for a record at a printer."""

    def held(self) -> Sequence[HeldSale]:
        """Baskets put aside, oldest first."""

    def draft(self) -> Basket | None:
        """The basket that was open when it was last written."""

    def pin_state(self, staff_id: StaffId) -> PinState:
        """Wrong PINs so far."""

    def master(self, kind: MasterKind, key: str) -> bytes | None:
        """Data kept at this till."""

    def master_seq(self, kind: MasterKind, key: str) -> int:
        """The record that data kept at this till was written with; 0 where there is none."""

    def expired_lots(self, today: dt.date, limit: int) -> Sequence[ExpiringLot]:
        """Lots made at this till past their last day that still hold points."""

    def expired_holdings(self, today: dt.date, limit: int) -> Sequence[ExpiredHolding]:
        """Lots of anything but points, made at this till, past their last day that still hold something."""

    def given_in_shop(self, what: str, since: dt.date, *, after_seq: int = 0) -> int:
        """How much all members together had of a gift from a day on, as own records after one say."""

    def coupon_lot(self, code: str) -> CouponLot | None:
        """The coupon that was given here with a code."""

    def lot_used_on(self, account_id: MemberId, lot_id: LotId) -> str | None:
        """The receipt of the last sale that used something of a lot."""

    def lot_expired(self, lot_id: LotId) -> int:
        """How much of a lot expired unused."""

    def unsynced(self) -> int:
        """Records that head office has not acknowledged."""


class LedgerTx(LedgerReader, Protocol):
    """One write transaction; leaving it without an error commits."""

    def append(self, entry: Entry) -> Record:
        """Seal and write a record with its postings and the indexes that follow from it."""

    def next_receipt_no(self) -> str:
        """Take the next receipt number of the business day."""

    def save_shift(self, shift: Shift) -> None:
        """Write a shift."""

    def enqueue(self, job: PrintJob) -> None:
        """Put a print job into the queue."""

    def set_job_state(self, job_id: JobId, state: JobState, reason: str = "") -> None:
        """Say where a print job stands."""

    def hold(self, held: HeldSale) -> None:
        """Put a basket aside."""

    def take_held(self, hold_id: HoldId) -> HeldSale | None:
        """Take a basket back; it is then no longer held."""

    def save_draft(self, basket: Basket | None) -> None:
        """Remember the open basket, or that there is none."""

    def set_pin_state(self, staff_id: StaffId, state: PinState) -> None:
        """Remember wrong PINs."""

    def put_master(self, kind: MasterKind, rows: Sequence[tuple[str, bytes]]) -> None:
        """Keep data at this till; same key replaces. It counts as written with the transaction's last record."""

    def drop_master(self, kind: MasterKind, key: str, *, through_seq: int) -> None:
        """Keep data at this till no longer, unless it was written after a record."""


class Ledger(Protocol):
    """The till's books.

    ``write`` makes one transaction. An error from COMMIT is resolved inside: when the records turn out to be
    there, it is a success, else ``KnownError("ledger.not_saved", reason=...)`` is raised and nothing was written.
    """

    def write(self, operator: StaffId) -> AbstractContextManager[LedgerTx]:
        """Open a transaction in the name of an operator."""

    def read(self) -> AbstractContextManager[LedgerReader]:
        """Open a consistent view."""


class PinHasher(Protocol):
    """Hashes PINs with a pepper that is not in any database."""

    def hash(self, pin: str) -> str:
        """An argon2id hash."""

    def verify(self, pin: str, pin_hash: str) -> bool:
        """Whether a PIN fits a hash."""


class PersonalData(Protocol):
    """Makes the salted commitment to personal data that the journal holds instead of it."""

    def commitment(self, member: Member) -> bytes:
        """HMAC-SHA-256 of the member's data under the till's own key."""

    def member_id(self, natural_key: str) -> MemberId:
        """A member id for an imported row: random to everyone else, the same when the row comes again."""

    def card_accounts(self, number: str) -> tuple[MemberId, ...]:
        """The account of a gift card by its number: nobody finds the number from it.

        Behind it the one that the card has if this till sold it before it joined a head office.
        """


class Seal(Protocol):
    """Signs what this till prints, and tells whether others' signatures are right."""

    @property
    def public_key(self) -> bytes:
        """This till's Ed25519 key, 32 bytes."""

    def sign(self, data: bytes) -> bytes:
        """A signature of 64 bytes; the same for the same data."""

    def is_genuine(self, public_key: bytes, data: bytes, signature: bytes) -> bool:
        """Whether a signature of data was made with the private part of a key."""
