"""Figures of a run of records, made alike at the till and at head office, so that a day's end can compare them.

They are read from the payloads' bytes alone: from what every version of a record has, and without asking whether
head office took the record into its books. A payload that cannot be read counts nothing, on either side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Final

import msgspec

from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.postings import Asset

#: Larger amounts are no amounts of a shop; sums of smaller ones stay far inside what travels.
LARGEST: Final = 2**53
_Amount = Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)]
_MEMBERS: Final = "member:"
_VALUE: Final = (Asset.PRINCIPAL.value, Asset.BONUS.value)
_REFUNDS: Final = (RecordKind.REFUND.value, RecordKind.VOID.value)


class RunFigures(msgspec.Struct, frozen=True):
    """What a run of records comes to; amounts in fen. Figures of the parts of a run add up to those of the whole.

    Attributes:
        sales: How many.
        refunds: How many, voids too.
        gross: What was sold.
        refunded: What came back.
        tenders: What each way of paying took in, less what it gave back; ways that come to nothing are left out.
        points_in: Points that came to members.
        points_out: Points that they spent, lost, or gave back.
        value_in: Stored value that came to members and gift cards.
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

    def __add__(self, other: RunFigures) -> RunFigures:
        """Both runs together."""
        return RunFigures(
            self.sales + other.sales,
            self.refunds + other.refunds,
            self.gross + other.gross,
            self.refunded + other.refunded,
            _sum_tenders(self.tenders, other.tenders),
            self.points_in + other.points_in,
            self.points_out + other.points_out,
            self.value_in + other.value_in,
            self.value_out + other.value_out,
        )


class _Posting(msgspec.Struct, frozen=True):
    asset: str
    account: str
    amount: _Amount


class _Said(msgspec.Struct, frozen=True):
    kind: str
    body: msgspec.Raw
    postings: tuple[_Posting, ...] = ()


class _Tender(msgspec.Struct, frozen=True):
    kind: str
    amount: _Amount


class _Sale(msgspec.Struct, frozen=True):
    payable: _Amount
    tenders: tuple[_Tender, ...] = ()


class _Refund(msgspec.Struct, frozen=True):
    amount: _Amount
    tenders: tuple[_Tender, ...] = ()


_SAID: Final = msgspec.json.Decoder(_Said)
_SALE: Final = msgspec.json.Decoder(_Sale)
_REFUND: Final = msgspec.json.Decoder(_Refund)


def figures_of(payload: bytes) -> RunFigures:
    """The figures of one record, from the exact bytes of its payload; nothing of one that cannot be read."""
    try:
        said = _SAID.decode(payload)
        points = [0, 0]
        value = [0, 0]
        for posting in said.postings:
            if posting.account.startswith(_MEMBERS):
                side = posting.amount < 0
                if posting.asset == Asset.POINTS.value:
                    points[side] += abs(posting.amount)
                elif posting.asset in _VALUE:
                    value[side] += abs(posting.amount)
        moved = RunFigures(points_in=points[0], points_out=points[1], value_in=value[0], value_out=value[1])
        if said.kind == RecordKind.SALE.value:
            sale = _SALE.decode(said.body)
            return moved + RunFigures(sales=1, gross=sale.payable, tenders=_tenders(sale.tenders, 1))
        if said.kind in _REFUNDS:
            refund = _REFUND.decode(said.body)
            return moved + RunFigures(refunds=1, refunded=refund.amount, tenders=_tenders(refund.tenders, -1))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return RunFigures()
    return moved


def run_figures(payloads: Iterable[bytes]) -> RunFigures:
    """The figures of a run of records."""
    return sum((figures_of(payload) for payload in payloads), start=RunFigures())


def _tenders(tenders: Iterable[_Tender], sign: int) -> dict[str, int]:
    sums: dict[str, int] = {}
    for tender in tenders:
        sums[tender.kind] = sums.get(tender.kind, 0) + sign * tender.amount
    return {kind: amount for kind, amount in sorted(sums.items()) if amount}


def _sum_tenders(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    sums = {kind: one.get(kind, 0) + other.get(kind, 0) for kind in one.keys() | other.keys()}
    return {kind: amount for kind, amount in sorted(sums.items()) if amount}
