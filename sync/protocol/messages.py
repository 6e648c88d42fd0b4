"""Questions and answers other than the batch itself, as JSON. Fields may be added with defaults; none changes meaning.

Hashes, keys and signatures are bytes (base64 in JSON), times milliseconds since 1970, amounts whole numbers.
"""

from __future__ import annotations

import enum
from typing import Final
from uuid import UUID

import msgspec

from sync.protocol.chain import Head


class About(msgspec.Struct, frozen=True):
    """Who answers: ``GET /v1/about``, unsigned."""

    name: str
    protocol: int
    software: str
    epoch: str
    server_ms: int


# Enrolment -----------------------------------------------------------------------------------------------------------


class EnrolmentOffer(msgspec.Struct, frozen=True):
    """``GET /v1/enrolments/{code_id}``: the authority to trust from now on, vouched for by the code.

    Attributes:
        ca_pem: The certificate authority of head office.
        proof: HMAC of it under the stretched code (``enrolment.offer_proof``): only who knows the code can make it.
        salt: For stretching the code.
    """

    ca_pem: str
    proof: bytes
    salt: bytes


class EnrolmentRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """``POST /v1/enrolments``: a till asks to be taken in.

    Attributes:
        code_id: The first part of the code.
        public_key: The till's own Ed25519 key.
        proof: HMAC of the key under the stretched code (``enrolment.request_proof``).
        till: The id of a till that has worked alone so far; empty for a new one.
        number: Its number on receipts; 0 for a new one.
        head: Where its journal stands.
        incarnation: Which life that is.
        software: Its version.
    """

    code_id: str
    public_key: bytes
    proof: bytes
    till: str = ""
    number: int = 0
    head: Head = Head(0, bytes(32))
    incarnation: int = 1
    software: str = ""


class Enrolled(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer: who the till is from now on.

    Attributes:
        till: Its id.
        number: On its receipts.
        store: Its store's code.
        store_name: As receipts name the store.
        incarnation: Which life of the till this is.
        key: Head office's own Ed25519 key, with which it signs heads and snapshots.
        epoch: Which life of head office this is.
        predecessor: For a successor: what head office has of the till's journal, to be fetched before anything is sold.
        not_sent: For a successor: how many records the machine before it said last that it had not sent. What they were
            cannot be known.
        store_facts: What else receipts say of the store (address, phone, tax_id, thanks).
        time_zone: IANA name.
        day_starts_hour: Before this hour it is still yesterday's business.
        card_key: From which all tills make the same accounts of gift cards.
        pin_key: Pepper of the PINs of the staff that head office publishes.
    """

    till: str
    number: int
    store: str
    store_name: str
    incarnation: int
    key: bytes
    epoch: str
    predecessor: Head | None = None
    not_sent: int = 0
    store_facts: dict[str, str] = {}
    time_zone: str = "Asia/Shanghai"
    day_starts_hour: int = 4
    card_key: bytes = b""
    pin_key: bytes = b""


# Up ------------------------------------------------------------------------------------------------------------------


class SetAside(msgspec.Struct, frozen=True, omit_defaults=True):
    """A record that is accepted and not in head office's books.

    Attributes:
        seq: Which.
        kind: Of what.
        state: ``quarantined``, ``held`` (it depends on one that is) or ``waiting`` (head office must be updated).
        reason: A code, with words at the till.
        params: For the words; never personal data.
        receipt_no: Where it is a sale or a refund.
        decided_ms: When.
    """

    seq: int
    kind: str
    state: str
    reason: str
    params: dict[str, str] = {}
    receipt_no: str = ""
    decided_ms: int = 0


class Attention(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that a manager should know: two tills spent the same, a receipt was refunded twice.

    Attributes:
        attention_id: Which.
        code: With words at the till.
        params: For the words; never personal data.
        member: Whom it is about.
        seq: Which own record.
        raised_ms: When.
    """

    attention_id: UUID
    code: str
    params: dict[str, str] = {}
    member: UUID | None = None
    seq: int = 0
    raised_ms: int = 0


class Pace(msgspec.Struct, frozen=True, omit_defaults=True):
    """How fast a till may be.

    Attributes:
        retry_after_ms: Not before this.
        batch: Records in a batch, at most.
        reconnect_window_ms: After a cut, tills spread their first try over this time.
        poll_ms: How long a feed question waits at head office for something new.
    """

    retry_after_ms: int = 0
    batch: int = 500
    reconnect_window_ms: int = 10_000
    poll_ms: int = 50_000


class JournalAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """``POST /v1/journal``: what head office now has.

    Attributes:
        epoch: Which life of head office this is; another one than before: send again from ``accepted``.
        accepted: Durable up to here.
        applied: Decided up to here: in the books, or set aside.
        cosignature: Over ``chain.receipt_statement`` of ``accepted``.
        set_aside: All of this till's records that are set aside now.
        attention: What its manager has not seen.
        pace: How to go on.
        server_ms: Head office's clock.
    """

    epoch: str
    accepted: Head
    applied: int
    cosignature: bytes
    set_aside: tuple[SetAside, ...] = ()
    attention: tuple[Attention, ...] = ()
    pace: Pace = Pace()
    server_ms: int = 0


class RecoveredRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A record that head office gives back to a till's successor; without a signature where none travelled."""

    seq: int
    payload: bytes
    signature: bytes = b""


class RecoveredPage(msgspec.Struct, frozen=True, omit_defaults=True):
    """``GET /v1/journal?after=SEQ&limit=N``: records of former lives of this till, and the people they are about."""

    before: Head
    records: tuple[RecoveredRecord, ...]
    through: Head
    people: tuple[msgspec.Raw, ...] = ()


# Down ----------------------------------------------------------------------------------------------------------------


class RowKind(enum.StrEnum):
    """What the feed speaks of."""

    PERSON = "person"  # pos_app.domain.member.Member
    ACCOUNT = "account"  # pos_app.domain.ledger.lots.Base
    MERGE = "merge"  # key: the id that is no more; body: the id that goes on, as JSON text
    PRODUCT = "product"
    CATEGORY = "category"
    PROGRAMME = "programme"
    STAFF = "staff"
    TILL_KEY = "till_key"  # key: key id in hexadecimal; body: the public key as base64 JSON text
    TILL_KEY_END = "till_key_end"  # key: likewise; body: when its till was taken out of service (ms), as JSON number
    POLICY = "policy"  # Policy
    UNIT_CODE = "unit_code"  # key: hash of an item's code in hexadecimal; body: UnitSold
    SHOP_GIVEN = "shop_given"  # key: what:month; body: how many, as JSON number


#: The body of what is no more; this very object, for only that is left out of the JSON.
GONE: Final = msgspec.Raw()


class FeedRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something as it is now.

    Attributes:
        kind: A :class:`RowKind`; a till passes over one it does not know, and remembers that it did.
        key: Which; ids of members as 32 hexadecimal digits.
        body: Canonical JSON of it; :data:`GONE` where it is no more.
    """

    kind: str
    key: str
    body: msgspec.Raw = GONE

    @property
    def is_gone(self) -> bool:
        """Whether it is no more."""
        return not bytes(self.body)


class FeedPage(msgspec.Struct, frozen=True, omit_defaults=True):
    """``GET /v1/feed?epoch=E&after=P&limit=N&wait_ms=W``.

    Attributes:
        epoch: Which life of head office this is.
        after: The position that was asked for.
        through: The position that the page leads to: taken over in one transaction with the rows.
        rows: Each key once.
        contains_seq: Account rows of this page contain the asking till's own records up to this one.
        behind: Positions that are left after this page.
        server_ms: Head office's clock: "as of".
        checksum: SHA-256 of the rows' kinds, keys and bodies (``page_checksum``).
    """

    epoch: str
    after: int
    through: int
    rows: tuple[FeedRow, ...]
    contains_seq: int
    behind: int = 0
    server_ms: int = 0
    checksum: bytes = b""


class ChunkName(msgspec.Struct, frozen=True):
    """A piece of a snapshot: its SHA-256 in hexadecimal, how many rows, how many bytes, and how many unpacked."""

    sha256: str
    rows: int
    size: int
    plain_size: int


class Manifest(msgspec.Struct, frozen=True):
    """``GET /v1/snapshot``: what a snapshot consists of; the feed goes on from its position.

    Attributes:
        epoch: Which life of head office.
        position: All changes up to it are in.
        made_ms: When.
        contains: By till: its own records up to this one are in the account rows.
        rows: How many in all.
        first: Chunks with goods, programme, staff: enough to sell.
        members: Chunks with people and accounts.
        lives: By till: in which of its lives that was.
    """

    epoch: str
    position: int
    made_ms: int
    contains: dict[str, int]
    rows: int
    first: tuple[ChunkName, ...]
    members: tuple[ChunkName, ...]
    lives: dict[str, int] = {}

    def contains_of(self, till: str, incarnation: int, base_seq: int) -> int:
        """The last own record that is in the account rows, for a life of a till.

        A snapshot may be older than the life. Then it can hold records of the former one that are not this one's, and
        of this one's only those up to its base.

        Args:
            till: Whose.
            incarnation: Which life.
            base_seq: The record of a former life that it builds on, as its first record says; 0 for the first life.
        """
        there = self.contains.get(till, 0)
        return there if self.lives.get(till, incarnation) >= incarnation else min(there, base_seq)


class SignedManifest(msgspec.Struct, frozen=True):
    """A manifest's exact bytes and head office's signature of them."""

    manifest: bytes
    signature: bytes


class UnitSold(msgspec.Struct, frozen=True):
    """By which till an item with a code of its own was sold; without a body it came back."""

    till: str
    receipt_no: str
    sale_id: UUID | None = None


class Policy(msgspec.Struct, frozen=True, omit_defaults=True):
    """What tills may do without a line. Nothing of it is allowed by default.

    Attributes:
        offline_spending: Assets (``points``, ``stored_value``, ``coupon``, ``use``, ``gift_card``) that a member may
            spend without head office; what that overdraws is owed by the member.
    """

    offline_spending: tuple[str, ...] = ()


# Spending ------------------------------------------------------------------------------------------------------------


class SpendItem(msgspec.Struct, frozen=True):
    """Something that is to be spent: how much of which lot of whose account."""

    account: UUID
    asset: str
    lot: UUID
    amount: int


class SpendRequest(msgspec.Struct, frozen=True):
    """``POST /v1/authorisations``: may this be spent? The same id always gets the same answer.

    Attributes:
        authorisation_id: Made by the till, and kept with the sale.
        items: What.
        journal_seq: The till's own records up to this one must be applied first; those it has not sent, it sends first.
    """

    authorisation_id: UUID
    items: tuple[SpendItem, ...]
    journal_seq: int


class SpendAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Granted, or why not.

    Attributes:
        authorisation_id: Which.
        granted: Whether all of it is held for this till.
        reason: A code, where it is not.
        available: What of each item there is, where that is why.
    """

    authorisation_id: UUID
    granted: bool
    reason: str = ""
    available: tuple[int, ...] = ()


# The day -------------------------------------------------------------------------------------------------------------


class DayFigures(msgspec.Struct, frozen=True, omit_defaults=True):
    """A day's figures, made from the records alone by the same fold on either side. Amounts in fen.

    Attributes:
        sales: How many.
        refunds: How many, voids too.
        gross: What was sold.
        refunded: What came back.
        tenders: What each way of paying took in, less what it gave back.
        points_in: Points that came to members.
        points_out: Points that they spent, lost, or gave back.
        value_in: Stored value that came to members.
        value_out: Stored value that they spent or got back.
    """

    sales: int = 0
    refunds: int = 0
    gross: int = 0
    refunded: int = 0
    tenders: dict[str, int] = {}
    points_in: int = 0
    points_out: int = 0
    value_in: int = 0
    value_out: int = 0


class DayStatement(msgspec.Struct, frozen=True, omit_defaults=True):
    """``GET /v1/days?first=SEQ&last=SEQ``: what head office has of a run of records, to compare.

    Attributes:
        first: From this record on.
        last: To this one; less than asked for where head office does not have them all.
        hash: Of the last.
        accepted: Figures of all of them.
        applied: Figures of those that are in the books.
        set_aside: Those that are not.
        decided: Whether all of them are applied or set aside; else ask again.
    """

    first: int
    last: int
    hash: bytes
    accepted: DayFigures
    applied: DayFigures
    set_aside: tuple[SetAside, ...] = ()
    decided: bool = True
