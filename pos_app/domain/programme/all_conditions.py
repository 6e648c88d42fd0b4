"""Every rule of a programme with its place and its conditions."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.domain.programme.document import Conditions, Programme
from pos_app.domain.programme.prepaid_checks import prepaid_conditions
from pos_app.domain.programme.unit_code_checks import conditions_of_points


def conditions_of(programme: Programme) -> Iterator[tuple[str, Conditions]]:
    """Every rule's place and conditions, whatever kind of rule it is."""
    for earning in programme.earning:
        yield f"earning.{earning.rule_id}", earning.conditions
    for burning in programme.burning:
        yield f"burning.{burning.rule_id}", burning.conditions
    for benefit in programme.benefits:
        yield f"benefits.{benefit.benefit_id}", benefit.conditions
    for coupon in programme.coupons:
        yield f"coupons.{coupon.coupon_id}", coupon.conditions
    yield from conditions_of_points(programme.unit_codes)
    for giving in programme.giving:
        yield f"giving.{giving.rule_id}", giving.conditions
    if programme.referral is not None:
        yield "referral", programme.referral.conditions
    for card in programme.count_cards:
        yield f"count_cards.{card.card_id}", card.conditions
    for reserved in programme.reserved:
        yield f"reserved.{reserved.rule_id}", reserved.conditions
    for service in programme.services:
        yield f"services.{service.service_id}", service.conditions
    yield from prepaid_conditions(programme.stored_value)
