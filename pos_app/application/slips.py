"""Slips: copies of some lines of a sale for another printer, such as what the kitchen has to make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from pos_app.domain.ledger.bodies import Sale


class SlipRule(msgspec.Struct, frozen=True):
    """Which lines go where.

    Attributes:
        target: The printer, by the name the shop gave it.
        categories: Goods of these; empty means all goods.
    """

    target: str
    categories: frozenset[str] = frozenset()


@dataclass(slots=True)
class SlipRules:
    """The rules in force, which may be others from one sale to the next.

    Attributes:
        rules: Replaced as a whole when the devices are set up otherwise.
    """

    rules: tuple[SlipRule, ...] = ()

    def slips(self, sale: Sale) -> Iterator[tuple[str, tuple[int, ...]]]:
        """For each printer that has something of a sale: its name and the numbers of the lines."""
        for rule in self.rules:
            lines = tuple(
                line.line_no
                for line in sale.lines
                # What is no goods, such as money in advance, nobody has to make.
                if line.offering is None and (not rule.categories or line.category_id in rule.categories)
            )
            if lines:
                yield rule.target, lines


def only_lines(sale: Sale, lines: tuple[int, ...]) -> Sale:
    """The sale as a slip shows it."""
    return msgspec.structs.replace(sale, lines=tuple(line for line in sale.lines if line.line_no in lines))
