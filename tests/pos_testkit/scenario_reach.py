"""Which scenarios can be played at the window: what its cashier knows how to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from pos_app.application.scenarios.document import Item, Pay, Return, Scenario, Who

#: What this cashier knows how to do, by the part of the file that asks for it.
_CAN_DO: Final[dict[type, frozenset[str]]] = {
    Scenario: frozenset(
        [
            "why",
            "programme",
            "moment",
            "basket",
            "expect",
            "day_starts_hour",
            "store",
            "member",
            "off",
            "pay",
            "refunds",
            "sold_before",
        ]
    ),
    Item: frozenset(
        [
            "name",
            "price",
            "member_price",
            "category",
            "product",
            "brand",
            "quantity",
            "weighed",
            "discountable",
            "label",
            "price_set",
            "off",
            "unit_code",
            "signed_by",
        ]
    ),
    Pay: frozenset(("points", "card", "mobile", "cash")),
    Who: frozenset(name for name in Who.__struct_fields__ if name != "referrer"),
    Return: frozenset(("lines", "on", "spent_before", "in_cash", "expect")),
}


def beyond_the_window(scenario: Scenario) -> tuple[str, ...]:
    """What a scenario asks for that cannot be done at the window yet; empty for one that can be played."""
    parts: tuple[Any, ...] = (scenario, scenario.pay, *scenario.basket, *scenario.refunds)
    parts += () if scenario.member is None else (scenario.member,)
    return tuple(dict.fromkeys(name for part in parts for name in _beyond(part)))


def _beyond(part: msgspec.Struct) -> Iterator[str]:
    for each in msgspec.structs.fields(part):
        if each.name not in _CAN_DO[type(part)] and getattr(part, each.name) != _default(each):
            yield f"{type(part).__name__}.{each.name}"


def _default(field_info: Any) -> object:
    if field_info.default_factory is not msgspec.NODEFAULT:
        return field_info.default_factory()
    return field_info.default
