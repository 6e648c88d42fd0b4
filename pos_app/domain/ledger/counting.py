"""What a sale counts against limits, and what of it a refund takes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.bodies_shop import Counted, GiftTaken, ServiceTaken
from pos_app.domain.ledger.undoing import CameBack
from pos_app.domain.member import shared_of
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.burning import burn_usage
from pos_app.domain.pricing.quote import Quote, ReductionKind
from pos_app.domain.pricing.shop import life_usage, shop_rules, shop_usage
from pos_app.domain.pricing.uses import card_usage, service_usage
from pos_app.domain.programme.burning import PointsAsCash
from pos_app.domain.programme.document import Programme
from pos_app.domain.tender import Tender, TenderKind


def counted_in(basket: Basket, quote: Quote, tenders: Sequence[Tender], programme: Programme) -> tuple[Counted, ...]:
    """What a sale counts against its member's limits: points as cash, things for points, cards, services, codes."""
    return (
        *_points(quote, tenders, programme),
        *_shop(basket, programme),
        *_uses(quote, programme),
        *_published_codes(quote),
    )


def _points(quote: Quote, tenders: Sequence[Tender], programme: Programme) -> Iterator[Counted]:
    rules = {rule.rule_id: rule for rule in programme.burning if isinstance(rule, PointsAsCash)}
    rule = rules.get(quote.burn.rule_id) if quote.burn is not None else None
    points = sum(tender.points.count for tender in tenders)
    if rule is not None and points and (rule.max_points_per_day or rule.max_points_per_month):
        yield Counted(burn_usage(rule.rule_id), points)


def _shop(basket: Basket, programme: Programme) -> Iterator[Counted]:
    rules = {rule.rule_id: rule for rule in shop_rules(programme)}
    for line in basket.lines:
        rule = rules.get(line.offering.offer_id) if line.offering is not None else None
        if rule is None:
            continue
        yield Counted(shop_usage(rule.rule_id), 1, (line.line_no,))
        if rule.limits.per_member is not None:
            yield Counted(life_usage(rule.rule_id), 1, (line.line_no,))


def _uses(quote: Quote, programme: Programme) -> Iterator[Counted]:
    services = {service.service_id: service for service in programme.services}
    for offer in quote.uses:
        for line_no, count in offer.taken:
            if offer.kind is ReductionKind.SERVICE:
                yield Counted(service_usage(services[offer.source_id]), count, (line_no,))
            else:
                yield Counted(card_usage(offer.source_id), count, (line_no,))


def _published_codes(quote: Quote) -> Iterator[Counted]:
    """Uses of coupons that no lot holds; each comes back with the lines that it reduced."""
    for use in quote.coupon_uses:
        if use.holding is None:
            yield Counted(shared_of(use.coupon_id), 1, use.lines)


def services_taken(quote: Quote) -> tuple[ServiceTaken, ...]:
    """Services that a basket used, for the receipt."""
    return tuple(
        ServiceTaken(offer.source_id, offer.name, offer.count, offer.left - offer.count)
        for offer in quote.uses
        if offer.kind is ReductionKind.SERVICE and offer.count
    )


def counted_back(
    sale: Sale, earlier: Sequence[Refund], back: CameBack, tenders: Sequence[Tender]
) -> tuple[Counted, ...]:
    """What of a sale's counting comes back: as its lines do, or as points of its tender are given back.

    Args:
        sale: What comes back.
        earlier: Refunds of it so far.
        back: All that has come back, with this refund.
        tenders: Of this refund.
    """
    done = [0] * len(sale.counted)
    for refund in earlier:
        for each in refund.counted:
            if each.undoes is not None:
                done[each.undoes] += each.amount
    points = sum(tender.points.count for tender in tenders if tender.kind is TenderKind.POINTS)
    points += sum(tender.points.count for refund in earlier for tender in refund.tenders)
    result: list[Counted] = []
    for place, counted in enumerate(sale.counted):
        target = _share(sale, counted, back.milli) if counted.lines else min(points, counted.amount)
        if target > done[place]:
            result.append(Counted(counted.what, target - done[place], counted.lines, undoes=place))
    return tuple(result)


def _share(sale: Sale, counted: Counted, came_back: Mapping[int, int]) -> int:
    whole = sum(line.quantity.milli for line in sale.lines if line.line_no in counted.lines)
    return counted.amount * sum(came_back.get(line, 0) for line in counted.lines) // whole if whole else 0


def gifts_back(sale: Sale, coming: Sequence[int]) -> tuple[GiftTaken, ...]:
    """What goes back into the stock of gifts with the lines that come back now; a line of the shop comes back whole."""
    return tuple(gift for gift in sale.gifts if gift.line_no in coming)
