"""The journal: append-only, hash-chained, signed. The only thing that syncs up.

A record's ``payload`` is the exact bytes that were hashed and signed:
``hash = SHA-256(tag || prev_hash || payload)``, and the signature (Ed25519, the till's own key) is over the hash.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from typing import Any, Final, Protocol

import msgspec

from pos_app.domain import codec
from pos_app.domain.clock import Moment
from pos_app.domain.ids import MemberId, RecordId, StaffId
from pos_app.domain.ledger.postings import Posting, check_balanced

#: Keeps journal hashes apart from every other hash in the product.
HASH_TAG: Final = b"guitai/journal/1\x00"
GENESIS_HASH: Final = bytes(32)
#: How much of the head a receipt carries, in hexadecimal characters.
SHORT_HEAD: Final = 8


class RecordKind(enum.StrEnum):
    """Everything that is worth remembering."""

    COMMISSIONED = "till.commissioned"
    BEGAN_AGAIN = "till.began_again"
    LOG_IN = "session.log_in"
    LOG_IN_FAILED = "session.log_in_failed"
    LOG_OUT = "session.log_out"
    APPROVED = "approval.given"
    APPROVAL_FAILED = "approval.failed"
    SHIFT_OPENED = "shift.opened"
    SHIFT_CLOSED = "shift.closed"
    DAY_CLOSED = "day.closed"
    X_REPORT = "report.x"
    CASH_MOVED = "cash.moved"
    DRAWER_OPENED = "drawer.opened"
    SALE = "sale.completed"
    REFUND = "sale.refunded"
    VOID = "sale.voided"
    REPRINT = "receipt.reprinted"
    MEMBER_CAPTURED = "member.captured"
    MEMBER_CHANGED = "member.changed"
    MEMBERS_IMPORTED = "member.imported"
    MEMBER_REWARDED = "member.rewarded"
    POINTS_EXPIRED = "points.expired"
    VALUE_MOVED = "value.moved"
    COUPON_ISSUED = "coupon.issued"
    GIFTS_ADJUSTED = "gifts.adjusted"
    SERVICE_USED = "service.used"
    HOLDINGS_EXPIRED = "holdings.expired"
    TRAINING = "training.switched"
    CLOCK_CHANGED = "clock.changed"
    LINE_CHANGED = "sync.line_changed"
    SPEND_RELEASED = "spend.released"
    MASTER_IMPORTED = "master.imported"


class Entry(msgspec.Struct, frozen=True):
    """What a handler wants to have written; the ledger adds its place in the chain.

    Attributes:
        kind: What happened.
        body: Its data, a struct of ``pos_app.domain.ledger.bodies``.
        postings: What it does to the books; empty for what is only remembered.
        member_id: Whom it is about.
        record_id: Made by the till beforehand, so that an ambiguous COMMIT can be looked up.
    """

    kind: RecordKind
    body: msgspec.Struct
    record_id: RecordId
    postings: tuple[Posting, ...] = ()
    member_id: MemberId | None = None


class Payload(msgspec.Struct, frozen=True):
    """The signed content of a record.

    Attributes:
        till: The till's id.
        incarnation: Which life of the till: grows with every restore or reinstall.
        seq: Place in the journal, from 1, without gaps.
        id: The record's id.
        kind: What happened.
        version: Version of the body's shape.
        business_date: Trading day.
        wall_ms: Wall clock.
        boot_ms: Monotonic clock.
        operator: Who was logged in; empty for nobody.
        member: Whom it is about.
        body: Kind-specific data, canonical JSON.
        postings: What it does to the books.
    """

    till: str
    incarnation: int
    seq: int
    id: RecordId
    kind: str
    version: int
    business_date: dt.date
    wall_ms: int
    boot_ms: int
    operator: StaffId
    member: MemberId | None
    body: msgspec.Raw
    postings: tuple[Posting, ...]


class Record(msgspec.Struct, frozen=True):
    """A journal record as it is stored.

    Attributes:
        seq: Place in the journal.
        payload: The exact bytes of :class:`Payload`.
        prev_hash: The hash of the record before; zeros for the first.
        hash: Of this record.
        signature: Ed25519 over ``hash``.
    """

    seq: int
    payload: bytes
    prev_hash: bytes
    hash: bytes
    signature: bytes


class Head(msgspec.Struct, frozen=True):
    """Where the journal stands: the last record's place and hash."""

    seq: int
    hash: bytes

    @property
    def short(self) -> str:
        """As printed on receipts."""
        return self.hash.hex()[:SHORT_HEAD]


GENESIS: Final = Head(0, GENESIS_HASH)


class Signer(Protocol):
    """Holds the till's private key and never shows it."""

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature of 64 bytes."""


def record_hash(prev_hash: bytes, payload: bytes) -> bytes:
    """The hash of a record in its chain."""
    return hashlib.sha256(HASH_TAG + prev_hash + payload).digest()


def seal(
    entry: Entry,
    head: Head,
    signer: Signer,
    *,
    till: str,
    incarnation: int,
    moment: Moment,
    business_date: dt.date,
    operator: StaffId,
    body_version: int = 1,
) -> Record:
    """Give an entry its place in the chain.

    Raises:
        BugError: If its postings do not balance.
    """
    check_balanced(entry.postings)
    payload = codec.encode(
        Payload(
            till=till,
            incarnation=incarnation,
            seq=head.seq + 1,
            id=entry.record_id,
            kind=entry.kind.value,
            version=body_version,
            business_date=business_date,
            wall_ms=moment.wall_ms,
            boot_ms=moment.boot_ms,
            operator=operator,
            member=entry.member_id,
            body=msgspec.Raw(codec.encode(entry.body)),
            postings=entry.postings,
        )
    )
    digest = record_hash(head.hash, payload)
    return Record(head.seq + 1, payload, head.hash, digest, signer.sign(digest))


def read_payload(record: Record) -> Payload:
    """Decode what a record says."""
    return codec.decode(record.payload, Payload)


def read_body(payload: Payload, expected: type[codec.T]) -> codec.T:
    """Decode a record's body into its type."""
    return codec.decode(bytes(payload.body), expected)


def to_plain(value: Any) -> Any:
    """A body as plain data, for people who look into a journal."""
    return msgspec.to_builtins(value, enc_hook=codec.encode_hook)
