"""Totals of a period, folded from its records; X and Z reports show them, ``guitai verify`` folds them again."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from pos_app.domain.ledger.bodies import Refund, Sale, TenderTotal, Totals
from pos_app.domain.ledger.journal import Payload, RecordKind, read_body
from pos_app.domain.ledger.moves import Move, Purpose
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.quote import TaxAmount


class TotalsFold:
    """Folds records, in order, into the totals of their period."""

    def __init__(self) -> None:
        self._sales = self._refunds = self._voids = self._member_sales = 0
        self._gross = self._saved = self._refunded = self._voided = 0
        self._earned = self._burned = self._reprints = self._drawer = self._overrides = 0
        self._prepaid = self._prepaid_back = 0
        self._taxes: dict[int, list[int]] = {}
        self._tenders: dict[str, list[int]] = {}

    def add_all(self, payloads: Iterable[Payload]) -> TotalsFold:
        """Fold several records."""
        for payload in payloads:
            self.add(payload)
        return self

    def add(self, payload: Payload) -> None:
        """Fold one record; kinds that do not count are passed over."""
        match payload.kind:
            case RecordKind.SALE:
                self._add_sale(read_body(payload, Sale))
            case RecordKind.REFUND | RecordKind.VOID:
                self._add_refund(read_body(payload, Refund))
            case RecordKind.REPRINT:
                self._reprints += 1
            case RecordKind.DRAWER_OPENED:
                self._drawer += 1
            case _:
                return

    def _add_sale(self, sale: Sale) -> None:
        self._sales += 1
        self._gross += sale.payable.minor
        self._saved += sale.saved.minor
        self._prepaid += sale.prepaid.minor
        self._overrides += sum(line.approved_by is not None for line in sale.lines)
        self._overrides += sale.bill_discount_by is not None
        for tender in sale.tenders:
            self._tender(tender.kind.value, 1, tender.amount.minor)
        self._tax(sale.taxes, 1)
        if sale.member is not None:
            self._member_sales += 1
            self._earned += sum(each.points.count for each in sale.member.earned)
            self._burned += sum(each.points.count for each in sale.member.burned)
        self._move(sale.moves)

    def _add_refund(self, refund: Refund) -> None:
        self._prepaid -= refund.prepaid.minor
        self._prepaid_back += refund.prepaid.minor
        if refund.is_void:
            self._voids += 1
            self._voided += refund.amount.minor
        else:
            self._refunds += 1
            self._refunded += refund.amount.minor
        for tender in refund.tenders:
            self._tender(tender.kind.value, 1, -tender.amount.minor)
        self._tax(refund.taxes, -1)
        if refund.member is not None:
            member = refund.member
            self._earned -= (member.taken_back + member.owed).count
            self._burned -= sum(part.points.count for part in member.given_back)
            self._burned -= sum(lot.points.count for lot in member.grace_lots)
        self._move(refund.moves)

    def _move(self, moves: Iterable[Move]) -> None:
        """Points that things cost or prizes gave; in a refund the other way round."""
        for move in moves:
            if move.asset is Asset.POINTS and move.purpose is Purpose.REDEEMED:
                self._burned -= move.amount
            elif move.asset is Asset.POINTS and move.purpose is Purpose.ISSUED:
                self._earned += move.amount

    def _tender(self, kind: str, count: int, amount: int) -> None:
        total = self._tenders.setdefault(kind, [0, 0])
        total[0] += count
        total[1] += amount

    def _tax(self, taxes: Iterable[TaxAmount], sign: int) -> None:
        for tax in taxes:
            total = self._taxes.setdefault(tax.rate_bp, [0, 0])
            total[0] += sign * tax.amount.minor
            total[1] += sign * tax.tax.minor

    def result(self) -> Totals:
        """The totals so far."""
        return Totals(
            sales=self._sales,
            refunds=self._refunds,
            voids=self._voids,
            gross=Money(self._gross),
            saved=Money(self._saved),
            refunded=Money(self._refunded),
            voided=Money(self._voided),
            net=Money(self._gross - self._refunded - self._voided),
            taxes=tuple(TaxAmount(rate, Money(each[0]), Money(each[1])) for rate, each in sorted(self._taxes.items())),
            tenders=tuple(TenderTotal(kind, each[0], Money(each[1])) for kind, each in sorted(self._tenders.items())),
            member_sales=self._member_sales,
            points_earned=Points(self._earned),
            points_burned=Points(self._burned),
            reprints=self._reprints,
            drawer_opened=self._drawer,
            overrides=self._overrides,
            prepaid=Money(self._prepaid),
            prepaid_back=Money(self._prepaid_back),
        )


class Perpetual(msgspec.Struct, frozen=True):
    """Totals since the till was commissioned; they never go back to zero."""

    gross: Money = Money(0)
    refunded: Money = Money(0)
    sales: int = 0

    def plus(self, period: Totals) -> Perpetual:
        """With a further period counted in."""
        return Perpetual(
            self.gross + period.gross, self.refunded + period.refunded + period.voided, self.sales + period.sales
        )
