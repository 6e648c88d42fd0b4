"""Which tender gives back how much: in parts that always sum to the whole.

Money in advance was paid with money alone, never with points or stored value, so it goes back as money. Points that
could pay for some goods alone go back with the lines they paid for. What goods cost beside that goes back to every
tender in proportion.
"""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.ledger.bodies import Refund, RefundLine, Sale
from pos_app.domain.money import Money, Rounding, divide, split_by_weight, split_cumulative
from pos_app.domain.points import Points
from pos_app.domain.tender import EXTERNAL, OWN, Tender, TenderKind


def refund_tenders(
    sale: Sale, earlier: Sequence[Refund], lines: Sequence[RefundLine], *, in_cash: bool
) -> tuple[Tender, ...]:
    """What each tender gives back: in proportion, exact at the end. Points first, cash last.

    Args:
        sale: What comes back.
        earlier: Refunds of it so far.
        lines: What comes back now.
        in_cash: Give what was paid by external tenders back in cash.
    """
    order = sorted(sale.tenders, key=lambda t: (t.kind is not TenderKind.POINTS, t.kind is TenderKind.CASH))
    advances = {line.line_no for line in sale.lines if line.is_prepaid}
    for_advances = _shares_of_advances(sale, order)
    for_goods = [tender.amount.minor - part for tender, part in zip(order, for_advances, strict=True)]
    before_lines = [line for refund in earlier for line in refund.lines]
    before = _goods_parts(sale, before_lines, order, for_goods)
    after = _goods_parts(sale, [*before_lines, *lines], order, for_goods)
    advance_parts = _advance_parts(before_lines, lines, advances, for_advances)
    result: list[Tender] = []
    cash = 0
    for tender, was, now, advance in zip(order, before, after, advance_parts, strict=True):
        part = now - was + advance
        if part == 0:
            continue
        if tender.kind is TenderKind.POINTS:
            points = _points_back(tender, now) - _points_back(tender, was)
            result.append(Tender(tender.kind, Money(part), Money(part), points=Points(points)))
        elif tender.kind is TenderKind.CASH or (in_cash and tender.kind in EXTERNAL):
            cash += part
        else:
            result.append(Tender(tender.kind, Money(part), Money(part), tender.reference, account_id=tender.account_id))
    if cash:
        result.append(Tender(TenderKind.CASH, Money(cash), Money(cash)))
    return tuple(result)


def _goods_parts(
    sale: Sale, came_back: Sequence[RefundLine], order: Sequence[Tender], for_goods: Sequence[int]
) -> list[int]:
    """How much of what goods cost each tender has given back once lines have come back.

    Args:
        sale: What comes back.
        came_back: All that has come back of it.
        order: Its tenders.
        for_goods: How much of each tender paid for goods.
    """
    by_line: dict[int, int] = {}
    for back in came_back:
        by_line[back.line_no] = by_line.get(back.line_no, 0) + back.amount.minor
    goods = [line for line in sale.lines if not line.is_prepaid]
    done = sum(by_line.get(line.line_no, 0) for line in goods)
    if not any(line.by_points for line in goods):  # points paid for all alike, or none did
        return split_cumulative(done, sum(for_goods), for_goods)
    by_points = sum(
        line.by_points.minor * by_line.get(line.line_no, 0) // line.amount.minor for line in goods if line.by_points
    )
    # A sale has one tender of points at most, and it paid for nothing but these lines.
    others = [0 if tender.kind is TenderKind.POINTS else part for tender, part in zip(order, for_goods, strict=True)]
    parts = split_cumulative(done - by_points, sum(others), others)
    return [by_points if tender.kind is TenderKind.POINTS else part for tender, part in zip(order, parts, strict=True)]


def _shares_of_advances(sale: Sale, order: Sequence[Tender]) -> list[int]:
    """How much of each tender paid for money in advance."""
    money = [0 if tender.kind in OWN else tender.amount.minor for tender in order]
    return split_cumulative(sale.prepaid.minor, sum(money), money)


def _advance_parts(
    before_lines: Sequence[RefundLine], lines: Sequence[RefundLine], advances: set[int], shares: Sequence[int]
) -> list[int]:
    """How much of what is given back for money in advance each tender gives back."""
    done = sum(line.sold_for.minor for line in before_lines if line.line_no in advances)
    sold_for = sum(line.sold_for.minor for line in lines if line.line_no in advances)
    amount = sum(line.amount.minor for line in lines if line.line_no in advances)
    before = split_cumulative(done, sum(shares), shares)
    after = split_cumulative(done + sold_for, sum(shares), shares)
    whole = [now - was for was, now in zip(before, after, strict=True)]
    return whole if amount == sold_for else split_by_weight(amount, whole)


def _points_back(tender: Tender, value_minor: int) -> int:
    """Points given back once ``value_minor`` of a points tender is; whole at the end whatever the steps were."""
    return divide(tender.points.count * value_minor, tender.amount.minor, Rounding.HALF_UP)
