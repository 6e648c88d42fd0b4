"""Refunds and voids: find the sale, see exactly what returns where, do it in one transaction."""

from __future__ import annotations

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.permissions import granted_by
from pos_app.application.ports import DocumentRow, JobKind, LedgerReader, LedgerTx, PrintJob, StoredSale
from pos_app.application.selling import keep_member
from pos_app.application.shifts import require_shift
from pos_app.domain.ids import JobId, LotId, MemberId, RecordId, SaleId, StaffId
from pos_app.domain.ledger.bodies import Refund
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.moves import accounts_of
from pos_app.domain.ledger.people import after_record
from pos_app.domain.ledger.postings import DRAWER, Asset, Posting
from pos_app.domain.ledger.refunds import (
    RefundContext,
    RefundRequest,
    build_refund,
    everything_left,
    refundable,
)
from pos_app.domain.member import Member, MemberAccount
from pos_app.domain.points import Points
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Operator, Permission
from pos_app.domain.tender import TenderKind
from pos_app.errors import KnownError


class RefundableSale(msgspec.Struct, frozen=True):
    """A sale and what of it can still come back.

    Attributes:
        stored: The sale with its refunds.
        left: By line number, thousandths.
        can_void: Whether it may be voided: of the open shift, nothing returned yet.
        member: The buyer, where there is one and their data is still there.
    """

    stored: StoredSale
    left: dict[int, int]
    can_void: bool
    member: Member | None


class RefundDone(msgspec.Struct, frozen=True):
    """A refund that is in the books."""

    refund: Refund
    seq: int


class RefundService:
    """Everything about goods that come back."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def documents(self, text: str = "", limit: int = 100) -> tuple[DocumentRow, ...]:
        """Sales and refunds, latest first; ``text`` is the end of a receipt number."""
        with self._context.ledger.read() as reader:
            return tuple(reader.documents(business_date=None, text=text, limit=limit))

    def find(self, receipt_no: str) -> RefundableSale:
        """A sale by its receipt number.

        Raises:
            KnownError: ``receipt.unknown``.
        """
        with self._context.ledger.read() as reader:
            stored = _stored(reader, receipt_no)
            shift = reader.current_shift()
            member = self._known_member(reader, stored.sale.member.member_id) if stored.sale.member else None
        can_void = shift is not None and stored.sale.shift_id == shift.shift_id and not stored.refunds
        return RefundableSale(stored, refundable(stored.sale, stored.refunds), can_void, member)

    def preview(self, receipt_no: str, request: RefundRequest) -> Refund:
        """What a refund would do; nothing is written.

        Raises:
            KnownError: As ``refund``.
        """
        with self._context.ledger.read() as reader:
            stored = _stored(reader, receipt_no)
            return self._build(reader, stored, request, StaffId(""), receipt_no="", is_void=False)[0]

    def refund(
        self, operator: Operator, approver: Operator | None, receipt_no: str, request: RefundRequest
    ) -> RefundDone:
        """Take goods back.

        Raises:
            KnownError: ``permission.missing``, ``shift.none``, ``receipt.unknown``, ``refund.nothing``,
                ``refund.too_much``, ``refund.not_whole``, ``refund.voided``, ``drawer.too_little``.
        """
        approved_by = granted_by(operator, approver, Permission.REFUND)
        return self._book(operator, approved_by, receipt_no, request, is_void=False)

    def void(self, operator: Operator, approver: Operator | None, receipt_no: str, reason: str) -> RefundDone:
        """Undo a whole sale of the open shift.

        Raises:
            KnownError: As ``refund``; ``void.too_late`` for a sale of another shift or one of which something
                has come back.
        """
        approved_by = granted_by(operator, approver, Permission.VOID)
        return self._book(operator, approved_by, receipt_no, RefundRequest((), reason), is_void=True)

    def _book(
        self, operator: Operator, approved_by: StaffId, receipt_no: str, request: RefundRequest, *, is_void: bool
    ) -> RefundDone:
        with self._context.ledger.write(operator.staff_id) as tx:
            shift = require_shift(tx)
            stored = _stored(tx, receipt_no)
            if is_void:
                if stored.sale.shift_id != shift.shift_id or stored.refunds:
                    raise KnownError("void.too_late")
                request = msgspec.structs.replace(request, lines=everything_left(stored.sale, ()))
            refund, postings, changed = self._build(
                tx, stored, request, approved_by, receipt_no=tx.next_receipt_no(), is_void=is_void
            )
            if any(p.account == DRAWER and p.amount + tx.account_sum(DRAWER, Asset.FEN) < 0 for p in postings):
                raise KnownError("drawer.too_little")
            kind = RecordKind.VOID if is_void else RecordKind.REFUND
            member_id = refund.member.member_id if refund.member else None
            record = tx.append(Entry(kind, refund, RecordId(refund.refund_id), postings, member_id))
            if changed is not None:
                keep_member(tx, changed)
            self._print(tx, record.seq, refund)
        if changed is not None:
            self._context.replica_writer.put_members([changed])
        return RefundDone(refund, record.seq)

    def _build(
        self,
        reader: LedgerReader,
        stored: StoredSale,
        request: RefundRequest,
        approved_by: StaffId,
        *,
        receipt_no: str,
        is_void: bool,
    ) -> tuple[Refund, tuple[Posting, ...], Member | None]:
        """The refund, its postings, and the member where it assigns them another tier."""
        if stored.is_voided:
            raise KnownError("refund.voided")
        shift = require_shift(reader)
        programme = self._context.programme()
        sale = stored.sale
        account = member = None
        holders = {who: self._account_as_sold(reader, who, programme) for who in accounts_of(sale.moves)}
        expired = 0
        if sale.member is not None:
            account = self._account_as_sold(reader, sale.member.member_id, programme)
            member = self._known_member(reader, sale.member.member_id)
            if sale.member.new_lot is not None:
                expired = _expired_of(reader, account, sale.member.new_lot.lot_id)
        burned = len(sale.member.burned) if sale.member else 0
        context = RefundContext(
            refund_id=SaleId(self._context.ids.new()),
            receipt_no=receipt_no,
            shift_id=shift.shift_id,
            today=self._context.today(),
            approved_by=approved_by,
            new_lot_ids=tuple(LotId(self._context.ids.new()) for _ in range(burned)),
            lot_expired=Points(expired),
            holders=holders,
            expired={
                move.lot_id: _expired_of(reader, holders[move.account_id], move.lot_id)
                for move in sale.moves
                if move.makes_lot
            },
            sold_on=stored.business_date,
            ends_visit=self._ends_visit(reader, stored, request),
            member=member,
            is_void=is_void,
            sold_under=self._context.replica.programme_version(sale.programme_version),
        )
        refund, postings = build_refund(sale, stored.refunds, request, account, programme, context)
        if member is None or refund.member is None or refund.member.standing is None:
            return refund, postings, None
        return refund, postings, after_record(member, refund.member)

    def _ends_visit(self, reader: LedgerReader, stored: StoredSale, request: RefundRequest) -> bool:
        """Whether nothing is kept of what the member bought that day once this has come back."""
        if stored.sale.member is None:
            return False
        coming = dict(request.lines)
        left = refundable(stored.sale, stored.refunds)
        if any(coming.get(line_no, 0) < milli for line_no, milli in left.items()):
            return False
        ids = self._context.replica.ids_of(stored.sale.member.member_id)
        return sum(reader.kept_sales(each, stored.business_date) for each in ids) <= 1

    def _account_as_sold(self, reader: LedgerReader, account_id: MemberId, programme: Programme) -> MemberAccount:
        """An account by the id that the sale has for it.

        Its member may have turned out to be another one since; what undoes a sale speaks of whom the sale speaks of.
        """
        account = self._context.account(reader, account_id, programme)
        return msgspec.structs.replace(account, member_id=account_id)

    def _known_member(self, reader: LedgerReader, member_id: MemberId) -> Member | None:
        try:
            return self._context.member(reader, member_id)
        except KnownError:
            return None  # personal data was erased; the books are still whole

    def _print(self, tx: LedgerTx, seq: int, refund: Refund) -> None:
        tx.enqueue(
            PrintJob(
                job_id=JobId(self._context.ids.new()),
                kind=JobKind.REFUND,
                seq=seq,
                opens_drawer=not self._context.training
                and any(tender.kind is TenderKind.CASH for tender in refund.tenders),
                created_ms=self._context.clock.now().wall_ms,
                training=self._context.training,
            )
        )


def _expired_of(reader: LedgerReader, account: MemberAccount, lot_id: LotId) -> int:
    """How much of a lot expired unused: as own records say, or as head office does, which knows of them as well."""
    return max(reader.lot_expired(lot_id), account.expired_of(lot_id))


def _stored(reader: LedgerReader, receipt_no: str) -> StoredSale:
    stored = reader.sale(receipt_no)
    if stored is None:
        raise KnownError("receipt.unknown")
    return stored
