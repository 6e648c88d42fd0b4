"""Lines that the programme does not let this customer buy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pos_app.domain.pricing.basket import BasketLine
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.reserved import Reserved
from pos_app.domain.programme.rules import Conditions


def refused_goods(
    lines: Iterable[BasketLine],
    rules: Sequence[Reserved],
    refusal: Callable[[Conditions], str | None],
    *,
    is_member: bool,
) -> dict[int, str]:
    """Why lines cannot be sold, as a code, by their number.

    Args:
        lines: Of the basket; what the programme itself sells is no matter of these rules.
        rules: Of the programme; where several speak of the same goods, all must allow them.
        refusal: Why conditions do not hold here and now.
        is_member: Whether there is a member whom the programme serves.
    """
    if not rules:
        return {}
    closed = [(rule, "members_only" if not is_member else refusal(rule.conditions)) for rule in rules]
    closed = [(rule, reason) for rule, reason in closed if reason is not None]
    result: dict[int, str] = {}
    for line in lines if closed else ():
        if line.offering is None:
            for rule, reason in closed:
                if reason is not None and covers(rule.conditions.what, line.product):
                    result.setdefault(line.line_no, reason)
    return result
