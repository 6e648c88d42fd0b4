"""A sale as head office remembers it: what was sold, and what came back of it, at whatever till."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.tender import TenderKind


class SoldSale:
    """A sale and what is left of it to come back.

    Attributes:
        sale: As it was recorded.
        sold_on: Its business date.
    """

    __slots__ = ("_lines", "_paid", "_tenders", "sale", "sold_on")

    def __init__(self, sale: Sale, sold_on: dt.date, refunds: Iterable[Refund] = ()) -> None:
        self.sale = sale
        self.sold_on = sold_on
        #: By line: thousandths and fen that have not come back.
        self._lines = {line.line_no: (line.quantity.milli, line.amount.minor) for line in sale.lines}
        self._paid = sale.payable.minor
        self._tenders: dict[TenderKind, tuple[int, int]] = {}
        for tender in sale.tenders:
            fen, points = self._tenders.get(tender.kind, (0, 0))
            self._tenders[tender.kind] = (fen + tender.amount.minor, points + tender.points.count)
        for refund in refunds:
            self.take_back(refund)

    def refusal(self, refund: Refund) -> str:
        """Why a refund cannot be one of this sale, as a code; empty where it can."""
        sold, back = self.sale.member, refund.member
        if refund.sale_receipt_no != self.sale.receipt_no or (
            back is not None and (sold is None or sold.member_id != back.member_id)
        ):
            return "refund.other_sale"
        lines = dict(self._lines)
        for line in refund.lines:
            if line.line_no not in lines:
                return "refund.other_sale"
            milli, fen = lines[line.line_no]
            milli, fen = milli - line.quantity.milli, fen - line.sold_for.minor
            if milli < 0 or fen < 0:
                return "refund.twice"
            lines[line.line_no] = (milli, fen)
        tenders = dict(self._tenders)
        for tender in refund.tenders:
            fen, points = tenders.get(tender.kind, (0, 0))
            tenders[tender.kind] = (fen - tender.amount.minor, points - tender.points.count)
        # What was paid in another way may be given back in cash, but never more than was paid.
        if refund.amount.minor > self._paid or any(
            fen < 0 or points < 0 for kind, (fen, points) in tenders.items() if kind is not TenderKind.CASH
        ):
            return "refund.twice"
        return ""

    def take_back(self, refund: Refund) -> bool:
        """Note a refund; say whether nothing of the sale is kept any more, and something was before."""
        had = any(milli > 0 for milli, _ in self._lines.values())
        for line in refund.lines:
            milli, fen = self._lines[line.line_no]
            self._lines[line.line_no] = (milli - line.quantity.milli, fen - line.sold_for.minor)
        self._paid -= refund.amount.minor
        for tender in refund.tenders:
            fen, points = self._tenders.get(tender.kind, (0, 0))
            self._tenders[tender.kind] = (fen - tender.amount.minor, points - tender.points.count)
        return had and not any(milli > 0 for milli, _ in self._lines.values())
