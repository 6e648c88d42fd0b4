"""Points that the codes of single items carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pos_app.domain.money import FULL_RATE_BP
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.rules import Conditions
from pos_app.domain.programme.unit_codes import UnitCodes
from pos_app.domain.text import LocalText


def unit_shares(
    lines: Sequence[PricedLine],
    rules: UnitCodes,
    refusal: Callable[[Conditions], str | None],
    multiplier_bp: int,
) -> Iterator[tuple[str, LocalText, list[int], int]]:
    """What each rule gives each line, before the bill is made whole: id, name, numerators by line, denominator.

    Args:
        lines: Of the basket; those without a code carry nothing.
        rules: Of the programme.
        refusal: Why conditions are not met here and now.
        multiplier_bp: The tier's.
    """
    for rule in rules.points:
        if refusal(rule.conditions) is not None:
            continue
        factor = rule.points.count * (multiplier_bp if rule.times_tier else FULL_RATE_BP)
        numerators = [
            factor if line.basket_line.unit_code and covers(rule.conditions.what, line.basket_line.product) else 0
            for line in lines
        ]
        if any(numerators):
            yield rule.rule_id, rule.name, numerators, FULL_RATE_BP
