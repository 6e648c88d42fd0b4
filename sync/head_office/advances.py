"""What a lost till had spent with head office's leave: the member has had it back, so the shop pays.

The books say so in the record that turned up: the shop gives what the till took, and the till takes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from pos_app.domain.ledger.bodies import Sale
from pos_app.domain.ledger.office_books import OfficeBooks
from pos_app.domain.ledger.outcomes import Applied, Incoming, Notice, Outcome
from pos_app.domain.ledger.postings import ADVANCES, MEMBER_AVAILABLE, Asset, Posting, entry, holdings_account
from pos_app.domain.ledger.spends import Spend, spends_of
from sync.head_office.authorising import load_advanced
from sync.head_office.database import Connection
from sync.head_office.records import Chunk

#: What lost tills cost the shop, in fen.
LOST: Final = "company:lost_tills"
NOTICE: Final = "spend.advanced"


class Advances:
    """What was advanced of the sales of a chunk."""

    def __init__(self, connection: Connection, chunk: Chunk) -> None:
        named = [
            each
            for _, record in chunk.taken
            if record is not None and isinstance(record.body, Sale)
            for each in record.body.authorisations
        ]
        self._advanced: Final = load_advanced(connection, named) if named else {}

    def apply(self, till: str, record: Incoming, books: OfficeBooks) -> Outcome:
        """Apply a record; one that spends what was advanced is given that beforehand."""
        body = record.body
        if not (self._advanced and isinstance(body, Sale)):
            return books.apply(record)
        limits: dict[tuple[object, ...], int] = {}
        for authorisation_id in body.authorisations:
            for each in self._advanced.get((till, authorisation_id), ()):
                limits[each.asset, each.lot_id] = limits.get((each.asset, each.lot_id), 0) + each.amount
        given = [
            msgspec.structs.replace(each, amount=min(each.amount, limits[each.asset, each.lot_id]))
            for each in spends_of(record.payload.postings)
            if (each.asset, each.lot_id) in limits
        ]
        _give(books, given, 1)
        outcome = books.apply(record)
        if not isinstance(outcome, Applied):
            _give(books, given, -1)
            return outcome
        notices = (*outcome.notices, Notice(NOTICE, {"receipt_no": body.receipt_no})) if given else outcome.notices
        adjusting = (*advance_postings(given), *outcome.adjusting)
        return msgspec.structs.replace(outcome, adjusting=adjusting, notices=notices)


def _give(books: OfficeBooks, spends: Iterable[Spend], sign: int) -> None:
    for each in spends:
        books.draft(each.account_id).post(each.asset, MEMBER_AVAILABLE, sign * each.amount, each.lot_id)


def advance_postings(spends: Iterable[Spend]) -> tuple[Posting, ...]:
    """What the shop gives; stored value that was paid for is a debt of the shop again."""
    postings: list[Posting] = []
    for each in spends:
        postings += entry(each.asset, MEMBER_AVAILABLE, each.amount, member_id=each.account_id, lot_id=each.lot_id)
        postings += entry(each.asset, holdings_account(each.asset, "advanced"), -each.amount)
        if each.asset is Asset.PRINCIPAL:
            postings += entry(Asset.FEN, ADVANCES, -each.amount)
            postings += entry(Asset.FEN, LOST, each.amount)
    return tuple(postings)
