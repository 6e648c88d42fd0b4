"""The list of sales and refunds as read from the books: one look at the ledger, no Qt."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.refunds import refundable
from pos_app.domain.money import Money
from pos_app.domain.text import mask_name, mask_phone
from pos_app.errors import KnownError
from pos_app.ui.formats import clock, day_and_time
from pos_app.ui.screens.sales.state import DocumentKind, DocumentRow

if TYPE_CHECKING:
    from pos_app.application import ports
    from pos_app.application.till import Till
    from pos_app.domain.ids import MemberId

#: Rows of the list; older ones are found by searching.
SHOWN: Final = 60
_KINDS: Final = {RecordKind.REFUND: DocumentKind.REFUND, RecordKind.VOID: DocumentKind.VOID}


def read_documents(till: Till, text: str) -> tuple[DocumentRow, ...]:
    """The latest sales and refunds, one more than are shown where there are older ones."""
    context = till.context
    names = {person.staff_id: person.name for person in context.replica.staff()}
    today = context.local_now().date()
    result: list[DocumentRow] = []
    with context.ledger.read() as reader:
        shift = reader.current_shift()
        for row in reader.documents(business_date=None, text=text, limit=SHOWN + 1):
            happened = dt.datetime.fromtimestamp(row.wall_ms / 1000, tz=context.zone)
            stored = reader.sale(row.receipt_no) if row.kind is RecordKind.SALE else None
            left = stored is not None and any(refundable(stored.sale, stored.refunds).values())
            in_shift = stored is not None and shift is not None and stored.sale.shift_id == shift.shift_id
            result.append(
                DocumentRow(
                    key=row.receipt_no,
                    number=row.receipt_no,
                    kind=_KINDS.get(row.kind, DocumentKind.SALE),
                    when=clock(happened) if happened.date() == today else day_and_time(happened),
                    amount=_signed(row),
                    cashier=names.get(row.operator, row.operator),
                    member=_member(till, reader, row.member_id),
                    original=row.original_receipt_no,
                    can_refund=left,
                    can_void=in_shift and stored is not None and not stored.refunds,
                    voided=stored is not None and stored.is_voided,
                )
            )
    return tuple(result)


def _signed(row: ports.DocumentRow) -> Money:
    """What was given back counts as less than nothing, however the books write it."""
    amount = abs(row.amount_minor)
    return Money(amount if row.kind is RecordKind.SALE else -amount)


def _member(till: Till, reader: ports.LedgerReader, member_id: MemberId | None) -> str:
    if member_id is None:
        return ""
    try:
        member = till.context.member(reader, member_id)
    except KnownError:
        return "*"  # personal data was erased; that it was a member is still in the books
    return mask_name(member.name) or mask_phone(member.phone)
