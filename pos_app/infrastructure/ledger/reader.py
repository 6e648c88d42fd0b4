"""Questions to the ledger, on whatever connection they are asked: the writer's or a reading one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec

from pos_app.application.ports import (
    CouponLot,
    DocumentRow,
    ExpiredHolding,
    ExpiringLot,
    HeldSale,
    MasterKind,
    PinState,
    PrintJob,
    StoredSale,
    UnitSale,
)
from pos_app.domain import codec
from pos_app.domain.ids import HoldId, LotId, MemberId, ProductId, RecordId, StaffId
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.journal import GENESIS, Head, Payload, Record, RecordKind
from pos_app.domain.ledger.lots import HoldingSum, LotOrigin, OwnActivity
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import Favourite, Lot, Progress, ProgressDay, Usage
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.shift import Shift
from pos_app.domain.unit_codes import code_hash
from pos_app.domain.wallet import Holding
from pos_app.infrastructure.column_values import from_int, from_int_or_none, to_int, uuid_of
from pos_app.infrastructure.databases import Connection, Prepared
from pos_app.infrastructure.ledger import statements as q
from pos_app.infrastructure.ledger.rows import document_from, job_from, shift_from

#: Favourites look at this many of the member's latest sales: taste changes, and the question stays quick.
FAVOURITE_SALES: Final = 300
#: Records fetched at a time, so that no cursor stays open while the caller works.
PAYLOAD_PAGE: Final = 500
_END: Final = 2**62

_PAYLOAD: Final = msgspec.json.Decoder(Payload, dec_hook=codec.decode_hook)
_SALE: Final = msgspec.json.Decoder(Sale, dec_hook=codec.decode_hook)
_REFUND: Final = msgspec.json.Decoder(Refund, dec_hook=codec.decode_hook)
_BASKET: Final = msgspec.json.Decoder(Basket, dec_hook=codec.decode_hook)


class MasterRow(msgspec.Struct, frozen=True):
    """A row of master data kept at this till.

    Attributes:
        kind: What it is.
        key: Its key.
        change: Grows with every change of any row: the replica's cursor.
        body: As it was put.
        seq: The record it was written with.
    """

    kind: MasterKind
    key: str
    change: int
    body: bytes
    seq: int = 0


class SyncRow(NamedTuple):
    """Where the till stands with its head office.

    Attributes:
        enrolment: What it was told when it joined, as JSON.
        accepted_seq: Head office has the journal durably up to here.
        kept: What else it last said, as JSON.
    """

    enrolment: bytes
    accepted_seq: int
    kept: bytes


class OutgoingRow(NamedTuple):
    """A record on its way to head office."""

    seq: int
    payload: bytes
    hash: bytes
    signature: bytes
    kind: str
    member: bytes | None


class SqlLedgerReader:
    """Answers of the ledger on one connection (fulfils ``LedgerReader``)."""

    def __init__(self, connection: Connection) -> None:
        self._connection: Final = connection

    def head(self) -> Head:
        """Where the journal stands."""
        row = self._connection.one(q.HEAD)
        return GENESIS if row is None else Head(row[0], row[1])

    def current_shift(self) -> Shift | None:
        """The open shift of this till."""
        row = self._connection.one(q.CURRENT_SHIFT)
        return None if row is None else shift_from(row)

    def last_shift_number(self) -> int:
        """Number of the last shift; 0 before the first."""
        return self._number(q.LAST_SHIFT)

    def sale(self, receipt_no: str) -> StoredSale | None:
        """A sale by its receipt number."""
        row = self._connection.one(q.SALE_BY_RECEIPT, receipt_no[::-1])
        if row is None:
            return None
        payload = _PAYLOAD.decode(row[1])
        refunds = self._connection.all(q.REFUNDS_OF, receipt_no)
        return StoredSale(
            sale=_SALE.decode(payload.body),
            seq=row[0],
            wall_ms=payload.wall_ms,
            business_date=payload.business_date,
            operator=payload.operator,
            refunds=tuple(_REFUND.decode(_PAYLOAD.decode(each[0]).body) for each in refunds),
        )

    def unit_sale(self, unit_code: str) -> UnitSale | None:
        """The sale an item is in by its code; None when it was not sold here, or came back."""
        row = self._connection.one(q.UNIT_SALE, code_hash(unit_code))
        return None if row is None else UnitSale(row[0][::-1], from_int(row[1]), row[2])

    def document_seq(self, receipt_no: str) -> int | None:
        """The journal record of a sale or refund by its receipt number."""
        row = self._connection.one(q.DOCUMENT_SEQ, receipt_no[::-1])
        return None if row is None else int(row[0])

    def record(self, seq: int) -> Record | None:
        """A journal record."""
        row = self._connection.one(q.RECORD, seq)
        return None if row is None else Record(seq, row[0], row[1], row[2], row[3])

    def record_seq(self, record_id: RecordId) -> int | None:
        """The place of a record that is known by its id; None when it was never written."""
        row = self._connection.one(q.RECORD_BY_ID, record_id.bytes)
        return None if row is None else int(row[0])

    def documents(self, *, business_date: dt.date | None, text: str, limit: int) -> Sequence[DocumentRow]:
        """Sales and refunds, latest first; ``text`` matches the end of the receipt number."""
        ending = text.strip().upper()[::-1]
        if business_date is None and not ending:
            rows = self._connection.all(q.DOCUMENTS, limit)
        elif business_date is None:
            rows = self._connection.all(q.DOCUMENTS_ENDING, ending, _after(ending), limit)
        elif not ending:
            rows = self._connection.all(q.DOCUMENTS_OF_DAY, to_int(business_date), limit)
        else:
            rows = self._connection.all(q.DOCUMENTS_OF_DAY_ENDING, ending, _after(ending), to_int(business_date), limit)
        return [document_from(row) for row in rows]

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
        member, first_day = member_id.bytes, to_int(since)
        progress = self._connection.one(q.MEMBER_PROGRESS, first_day, first_day, member, after_seq)
        records, spend, visits, last_visit = progress or (0, 0, 0, None)
        points = self._connection.one(q.MEMBER_POINTS, member, first_day, after_seq)
        rows = self._connection.all(q.MEMBER_SUMS, member, after_seq)
        usage = self._connection.all(q.MEMBER_USAGE, member, to_int(usage_since), after_seq)
        sums: list[tuple[str, LotId | None, int]] = []
        origins: dict[bytes, LotOrigin] = {}
        holdings: list[HoldingSum] = []
        for name, account, lot, amount, earned_on, expires_on, source, code in rows:
            asset = Asset(name)
            lot_id = None if lot is None else LotId(uuid_of(lot))
            if asset is Asset.POINTS:
                sums.append((account, lot_id, amount))
            elif lot_id is not None:
                holdings.append(HoldingSum(asset, account, lot_id, amount))
            if lot_id is not None and earned_on is not None and lot not in origins:
                origins[lot] = LotOrigin(lot_id, from_int(earned_on), from_int_or_none(expires_on), asset, source, code)
        return OwnActivity(
            sums=tuple(sums),
            origins=tuple(origins.values()),
            progress=Progress(Money(spend), visits, Points(points[0] if points is not None else 0)),
            records=records,
            last_visit=from_int_or_none(last_visit),
            usage=tuple(Usage(what, from_int(day), amount) for what, day, amount in usage),
            holdings=tuple(holdings),
            days=() if days_since is None else self._days(member, after_seq, to_int(days_since)),
        )

    def _days(self, member: bytes, after_seq: int, since: int) -> tuple[ProgressDay, ...]:
        """A member's progress by day; see ``own_days`` of the domain."""
        points = dict[int, int](self._connection.all(q.MEMBER_POINT_DAYS, member, since, after_seq))
        bought = {day: rest for day, *rest in self._connection.all(q.MEMBER_DAYS, member, after_seq, since)}
        return tuple(
            ProgressDay(from_int(day), Progress(Money(spend), visits, Points(points.get(day, 0))))
            for day, (spend, visits) in sorted((dict.fromkeys(points, (0, 0)) | bought).items())
        )

    def kept_sales(self, member_id: MemberId, day: dt.date) -> int:
        """How many of a member's sales of a business day still have something kept."""
        row = self._connection.one(q.KEPT_SALES, member_id.bytes, to_int(day))
        return int(row[0]) if row is not None else 0

    def favourites(self, member_id: MemberId, limit: int) -> Sequence[Favourite]:
        """What a member bought here most often."""
        rows = self._connection.all(q.FAVOURITES, member_id.bytes, FAVOURITE_SALES, limit)
        return [Favourite(ProductId(row[0]), row[1], row[2]) for row in rows]

    def payloads(self, *, after_seq: int, kinds: Sequence[RecordKind] = ()) -> Iterator[Payload]:
        """Records in order, of some kinds or of all; up to where the journal stands when it is asked."""
        through = self.head().seq
        wanted = {kind.value for kind in kinds}
        while after_seq < through:
            rows = self._connection.all(q.PAYLOADS, after_seq, through, PAYLOAD_PAGE)
            if not rows:
                return
            for _, data in rows:
                payload = _PAYLOAD.decode(data)
                if not wanted or payload.kind in wanted:
                    yield payload
            after_seq = rows[-1][0]

    def account_sum(self, account: str, asset: Asset, *, after_seq: int = 0) -> int:
        """Sum of the postings to an account.

        A sum from the beginning starts at the last closing's total instead of reading years of postings.
        """
        last_seq, last_amount = self._total_at(account, asset, _END)
        if last_seq <= after_seq:
            return self._number(q.ACCOUNT_SUM, after_seq, _END, account, asset.value)
        rest = self._number(q.ACCOUNT_SUM, last_seq, _END, account, asset.value)
        if after_seq == 0:
            return last_amount + rest
        seq, amount = self._total_at(account, asset, after_seq)
        before = amount + self._number(q.ACCOUNT_SUM, seq, after_seq, account, asset.value)
        return last_amount + rest - before

    def _total_at(self, account: str, asset: Asset, seq: int) -> tuple[int, int]:
        """The last closing up to a record that has totals, and the account's total there."""
        if account.startswith("member:"):
            return 0, 0
        row = self._connection.one(q.ACCOUNT_TOTAL, account, asset.value, seq)
        if row is None:  # nothing was posted to it before that closing
            return self._number(q.LAST_CLOSING, seq), 0
        return row[0], row[1]

    def last_of_kind(self, kind: RecordKind) -> Payload | None:
        """The latest record of a kind."""
        row = self._connection.one(q.LAST_OF_KIND, kind.value)
        return None if row is None else _PAYLOAD.decode(row[0])

    def count_of_kind(self, kind: RecordKind) -> int:
        """How many records of a kind there are."""
        return self._number(q.COUNT_OF_KIND, kind.value)

    def open_jobs(self) -> Sequence[PrintJob]:
        """Print jobs that are queued, sending or failed, oldest first."""
        return [job_from(row) for row in self._connection.all(q.OPEN_JOBS)]

    def copies(self, seq: int, target: str = "") -> int:
        """How many print jobs there have been for a record at a printer."""
        return self._number(q.COPIES, seq, target)

    def held(self) -> Sequence[HeldSale]:
        """Baskets put aside, oldest first."""
        return [
            HeldSale(HoldId(uuid_of(row[0])), _BASKET.decode(row[1]), row[2], StaffId(row[3]), row[4])
            for row in self._connection.all(q.HELD)
        ]

    def draft(self) -> Basket | None:
        """The basket that was open when it was last written; one that a later version cannot read is none."""
        row = self._connection.one(q.DRAFT)
        if row is None:
            return None
        try:
            return _BASKET.decode(row[0])
        except msgspec.DecodeError:
            return None

    def pin_state(self, staff_id: StaffId) -> PinState:
        """Wrong PINs so far."""
        row = self._connection.one(q.PIN_STATE, staff_id)
        return PinState() if row is None else PinState(row[0], row[1])

    def master(self, kind: MasterKind, key: str) -> bytes | None:
        """Data kept at this till."""
        row = self._connection.one(q.MASTER, kind.value, key)
        return None if row is None else bytes(row[0])

    def master_seq(self, kind: MasterKind, key: str) -> int:
        """The record that data kept at this till was written with; 0 where there is none."""
        return self._number(q.MASTER_SEQ, kind.value, key)

    def master_since(self, change: int, limit: int) -> Sequence[MasterRow]:
        """Master data changed after a change number, in that order."""
        rows = self._connection.all(q.MASTER_SINCE, change, limit)
        return [MasterRow(MasterKind(row[0]), *row[1:]) for row in rows]

    def master_count(self, change: int) -> int:
        """How many rows of master data changed after a change number."""
        return self._number(q.MASTER_COUNT, change)

    def master_change(self) -> int:
        """The change number given last; 0 before the first."""
        return self._number(q.COUNTER, "master")

    def expired_lots(self, today: dt.date, limit: int) -> Sequence[ExpiringLot]:
        """Lots made at this till past their last day that still hold points."""
        return [
            ExpiringLot(
                MemberId(uuid_of(member)),
                Lot(LotId(uuid_of(lot_id)), available, from_int(earned_on), from_int_or_none(expires_on), pending),
            )
            for lot_id, member, available, pending, earned_on, expires_on in self._connection.all(
                q.EXPIRED_LOTS, to_int(today), limit
            )
        ]

    def expired_holdings(self, today: dt.date, limit: int) -> Sequence[ExpiredHolding]:
        """Lots of anything but points, made at this till, past their last day that still hold something."""
        return [
            ExpiredHolding(
                MemberId(uuid_of(account)),
                Holding(
                    Asset(asset),
                    LotId(uuid_of(lot_id)),
                    available,
                    source,
                    from_int(made_on),
                    from_int_or_none(expires_on),
                    code,
                ),
            )
            for lot_id, account, asset, available, source, made_on, expires_on, code in self._connection.all(
                q.EXPIRED_HOLDINGS, to_int(today), limit
            )
        ]

    def given_in_shop(self, what: str, since: dt.date, *, after_seq: int = 0) -> int:
        """How much all members together had of a gift from a day on, as own records after one say."""
        return self._number(q.GIVEN_IN_SHOP, what, to_int(since), after_seq)

    def coupon_lot(self, code: str) -> CouponLot | None:
        """The coupon that was given here with a code."""
        row = self._connection.one(q.COUPON_LOT, code)
        if row is None:
            return None
        lot_id, member, source, made_on, expires_on, available = row
        last = None if expires_on is None else from_int(expires_on)
        holding = Holding(Asset.COUPON, LotId(UUID(bytes=lot_id)), available, source, from_int(made_on), last, code)
        return CouponLot(MemberId(UUID(bytes=member)), holding)

    def lot_used_on(self, account_id: MemberId, lot_id: LotId) -> str | None:
        """The receipt of the last sale that used something of a lot."""
        row = self._connection.one(q.LOT_USED_ON, account_id.bytes, lot_id.bytes)
        return None if row is None else str(row[0])[::-1]

    def lot_expired(self, lot_id: LotId) -> int:
        """How much of a lot expired unused."""
        return self._number(q.LOT_EXPIRED, lot_id.bytes)

    def unsynced(self) -> int:
        """Records that head office has not acknowledged."""
        return max(0, self.head().seq - self._number(q.ACCEPTED_SEQ))

    def sync_state(self) -> SyncRow | None:
        """Where the till stands with its head office; None for a till that is alone."""
        row = self._connection.one(q.SYNC_STATE)
        return None if row is None else SyncRow(*row)

    def record_hash(self, seq: int) -> bytes | None:
        """The hash of a record."""
        row = self._connection.one(q.RECORD_HASH, seq)
        return None if row is None else bytes(row[0])

    def imported_with(self, seq: int) -> Sequence[bytes]:
        """The part of an import's members that goes to head office beside one of its records.

        All of them are kept as written with the import's last record; each record takes its share.
        """
        before = self._number(q.BEFORE_IMPORT, seq)
        behind = self._number(q.BEHIND_IMPORT, seq) or self.head().seq + 1
        bodies = self._connection.all(q.MASTERS_WITH, MasterKind.MEMBER.value, behind - 1)
        records, place = behind - before - 1, seq - before - 1
        return [
            bytes(each[0]) for each in bodies[len(bodies) * place // records : len(bodies) * (place + 1) // records]
        ]

    def outgoing(self, after_seq: int, through_seq: int) -> Sequence[OutgoingRow]:
        """What goes to head office of a run of records."""
        return [OutgoingRow(*row) for row in self._connection.all(q.OUTGOING, after_seq, through_seq)]

    def meta(self, key: str) -> str | None:
        """A fact about the file itself."""
        row = self._connection.one(q.META, key)
        return None if row is None else str(row[0])

    def _number(self, statement: Prepared, *values: Any) -> int:
        row = self._connection.one(statement, *values)
        return 0 if row is None or row[0] is None else int(row[0])


def _after(prefix: str) -> str:
    """The first text after all that begin with a prefix."""
    return prefix + "\U0010ffff"
