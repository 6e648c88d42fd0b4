"""Which scenarios can be played at the window: what its cashier knows how to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from pos_app.application.scenarios.document import Item, Pay, Return, Scenario, Who
from pos_app.domain.offering import OfferingKind

#: By the part of the file that asks for it.
_CAN_DO: Final[dict[type, str]] = {
    Scenario: (
        "why programme moment basket expect day_starts_hour store member off pay refunds sold_before terms use coupons"
    ),
    Item: (
        "name price member_price category product brand quantity weighed discountable label price_set off unit_code "
        "signed_by"
    ),
    Who: " ".join(each for each in Who.__struct_fields__ if each != "referrer"),
    Pay: "points card mobile cash stored_value",
    Return: "lines on spent_before stored_spent_before used_before in_cash expect",
}
#: What is bought at the sheet of benefits. A draw gives what the journal's head says, which no file can know; a gift
#: card has a number that is signed; change is kept while it is counted.
_BOUGHT: Final = (
    OfferingKind.RECHARGE,
    OfferingKind.COUNT_CARD,
    OfferingKind.POINTS_ITEM,
    OfferingKind.POINTS_COUPON,
)


def beyond_the_window(scenario: Scenario) -> tuple[str, ...]:
    """What a scenario asks for that cannot be done at the window yet; empty for one that can be played."""
    parts: list[Any] = [scenario, scenario.pay, *scenario.basket, *scenario.refunds]
    parts += [scenario.member] if scenario.member is not None else []
    return tuple(dict.fromkeys(name for part in parts for name in _beyond(part)))


def _beyond(part: msgspec.Struct) -> Iterator[str]:
    can_do = _CAN_DO[type(part)].split()
    for each in msgspec.structs.fields(part):
        if each.name not in can_do and getattr(part, each.name) != _default(each):
            if not isinstance(part, Item) or each.name != "offer" or part.offer is None:
                yield f"{type(part).__name__}.{each.name}"
            elif part.offer.kind not in _BOUGHT or part.offer.id == "change":
                yield f"{type(part).__name__}.offer = {part.offer.kind.value} {part.offer.id}"


def _default(field_info: Any) -> object:
    if field_info.default_factory is not msgspec.NODEFAULT:
        return field_info.default_factory()
    return field_info.default
