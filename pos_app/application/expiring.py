"""Books what reached its last day: stored value, coupons, uses and terms; points have a record of their own."""

from __future__ import annotations

from typing import Final

from pos_app.application.context import TillContext
from pos_app.domain.ids import RecordId
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.moves import Purpose, move_postings, take
from pos_app.domain.ledger.reward_bodies import HoldingsExpired
from pos_app.domain.staff import Operator
from pos_app.domain.text import LocalText

#: Holdings expired in one record, so that a record stays small.
EXPIRE_BATCH: Final = 500


def expire_holdings(context: TillContext, operator: Operator) -> int:
    """Book holdings whose last day has passed, where no head office does it; returns how many were."""
    if not context.books_expiry:
        return 0
    today = context.today()
    booked = 0
    while True:
        with context.ledger.write(operator.staff_id) as tx:
            due = tx.expired_holdings(today, EXPIRE_BATCH)
            if not due:
                return booked
            moves = tuple(
                take(each.holding, each.account_id, each.holding.amount, Purpose.EXPIRED, LocalText("")) for each in due
            )
            record_id = RecordId(context.ids.new())
            tx.append(Entry(RecordKind.HOLDINGS_EXPIRED, HoldingsExpired(moves), record_id, move_postings(moves)))
            booked += len(due)
