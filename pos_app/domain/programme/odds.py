"""The published chances of a lucky draw."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from pos_app.domain.money import Rounding, divide
from pos_app.domain.programme.burning import Draw, stock_of
from pos_app.domain.text import LocalText


class Chance(msgspec.Struct, frozen=True):
    """A prize of a draw with its published chance.

    Attributes:
        prize_id: Which.
        name: In the shop's words.
        weight: Its share ...
        of: ... out of all.
        left: How many there are; None where nobody counts.
    """

    prize_id: str
    name: LocalText
    weight: int
    of: int
    left: int | None

    @property
    def percent(self) -> str:
        """The chance in percent: exact with up to three decimals, else with as many as tell it from nothing."""
        for decimals in range(12):
            whole, rest = divmod(self.weight * 100 * 10**decimals, self.of)
            if rest == 0 or (decimals >= 3 and whole >= 10):
                break
        text = str(divide(self.weight * 100 * 10**decimals, self.of, Rounding.HALF_UP)).rjust(decimals + 1, "0")
        return f"{text[:-decimals]}.{text[-decimals:]} %" if decimals else f"{text} %"


def chances_of(rule: Draw, stock: Mapping[str, int]) -> tuple[Chance, ...]:
    """The prizes of a draw with their chances and what is left of them."""
    return tuple(
        Chance(
            prize.prize_id,
            prize.name,
            prize.weight,
            rule.weight,
            None if prize.stock is None else max(0, prize.stock + stock.get(stock_of(rule.rule_id, prize.prize_id), 0)),
        )
        for prize in rule.prizes
    )
