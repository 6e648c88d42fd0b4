"""From a closed shift to what the screen shows of it: no Qt, no I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.money import total
from pos_app.domain.tender import TenderKind
from pos_app.ui.screens.shift_close.state import CloseResult, TenderSum

if TYPE_CHECKING:
    from pos_app.domain.ledger.bodies import ShiftClosed


def close_result(closed: ShiftClosed) -> CloseResult:
    """What came of the count."""
    tenders = tuple(TenderSum(each.kind, each.count, each.amount) for each in closed.totals.tenders)
    return CloseResult(
        number=closed.number,
        counted=closed.count.counted,
        expected=closed.count.expected,
        opening_float=closed.opening_float,
        cash_sales=total(each.amount for each in tenders if each.kind == TenderKind.CASH.value),
        cash_movements=closed.cash_movements,
        sales=closed.totals.sales,
        net=closed.totals.net,
        tenders=tenders,
    )
