"""Points that the codes of single items carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.rules import Conditions
from pos_app.domain.programme.unit_codes import UnitCodes, UnitPoints


def unit_points(
    lines: Sequence[PricedLine], rules: UnitCodes, refusal: Callable[[Conditions], str | None]
) -> Iterator[tuple[UnitPoints, list[int]]]:
    """What each rule that gives any gives each line, before it is multiplied.

    Args:
        lines: Of the basket; those without a code carry nothing.
        rules: Of the programme.
        refusal: Why conditions are not met here and now.
    """
    for rule in rules.points:
        if refusal(rule.conditions) is not None:
            continue
        points = [
            rule.points.count
            if line.basket_line.unit_code and covers(rule.conditions.what, line.basket_line.product)
            else 0
            for line in lines
        ]
        if any(points):
            yield rule, points
