"""How a scenario's sale is paid."""

from __future__ import annotations

from pos_app.application.scenarios.document import Pay
from pos_app.application.scenarios.stored import own_tenders
from pos_app.domain.money import Money, total
from pos_app.domain.points import Points
from pos_app.domain.pricing.quote import BurnOffer
from pos_app.domain.tender import Tender, TenderKind, remaining, take
from pos_app.errors import KnownError


def tenders_of(pay: Pay, offer: BurnOffer | None, payable: Money) -> tuple[Tender, ...]:
    """The tenders: what the member has first, then what is told, cash for the rest.

    Raises:
        KnownError: ``sale.points_over_limit``, ``tender.more_than_owed``, and as ``tender.take``.
    """
    tenders = (*_points_tender(pay.points, offer), *own_tenders(pay.stored_value, pay.gift_cards))
    if total(tender.amount for tender in tenders) > payable:
        raise KnownError("sale.points_over_limit" if pay.points else "tender.more_than_owed")
    for kind, amount in ((TenderKind.BANK_CARD, pay.card), (TenderKind.MOBILE, pay.mobile)):
        if amount:
            tenders = (*tenders, take(payable, tenders, kind, amount))
    owed = remaining(payable, tenders)
    if owed or pay.cash is not None:
        tenders = (*tenders, take(payable, tenders, TenderKind.CASH, owed if pay.cash is None else pay.cash))
    return tenders


def _points_tender(points: int, offer: BurnOffer | None) -> tuple[Tender, ...]:
    if not points:
        return ()
    if offer is None or points < offer.step.count:
        raise KnownError("sale.points_over_limit")
    value = Money(points // offer.step.count * offer.step_value.minor)
    return (Tender(TenderKind.POINTS, value, value, points=Points(points)),)
