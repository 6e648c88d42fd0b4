"""What is known of lines under the benefits that are open here and now.

A scan changes one line of a basket; what was found out about the others stays true. So everything that follows from
a line alone, or from lines that belong together, is kept beside the rules it follows from, by a key that says all
that matters. Keeping it or not never changes a price, only how long it takes.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.money import FULL_RATE_BP, Money, Rounding, divide
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.pricing.quote import BenefitOutcome
from pos_app.domain.programme.benefits import Discount, MemberPrice, SpecialPrice, Stacking

if TYPE_CHECKING:
    from pos_app.domain.ids import ProductId
    from pos_app.domain.pricing.basket import BasketLine
    from pos_app.domain.pricing.parts import Part
    from pos_app.domain.pricing.rule_index import RuleIndex

_KEPT_LINES: Final = 2_000
_KEPT_ANSWERS: Final = 4_000

#: What a line costs after the price layer, and which benefits took what off.
PriceOption = tuple[int, tuple[tuple[int, int], ...]]


class Ground:
    """A line that benefits may reduce, with the open benefits that speak of it; amounts are fen.

    Attributes:
        basket_line: The line.
        product: Which product.
        number: The same for lines that no benefit can tell apart, and for no others.
        sort_key: Sorts lines by what they are.
        regular: What it costs before benefits.
        unit_price: Of a piece or a kilogram.
        pieces: How many pieces can be told apart.
        piece_floor: What a piece costs at least.
        floor: What the line costs at least.
        price_rules: Places of the benefits of the price layer.
        item_rules: Of the item layer; they use pieces, of which there may be none.
        bill_rules: Of the bill layer.
        alone: What it can cost by itself with nothing left out, once ``parts`` has found that out.
    """

    __slots__ = (
        "_line",
        "_options",
        "_situation",
        "alone",
        "basket_line",
        "bill_rules",
        "floor",
        "item_rules",
        "number",
        "piece_floor",
        "pieces",
        "price_rules",
        "product",
        "regular",
        "sort_key",
        "unit_price",
    )

    def __init__(self, situation: Situation, basket_line: BasketLine) -> None:
        line = PricedLine(basket_line)
        self._situation, self._line = situation, line
        self.basket_line = basket_line
        self.alone: Part | None = None
        self.product: ProductId = basket_line.product.product_id
        self.sort_key = line.sort_key
        self.number = situation.number(line.content_key)
        self.regular, self.unit_price, self.pieces = line.regular, line.unit_price, line.pieces
        floor_bp = situation.index.programme.layers.floor_bp
        self.piece_floor = -(-line.unit_price * floor_bp // FULL_RATE_BP)
        whole = -(-line.regular * floor_bp // FULL_RATE_BP)
        self.floor = self.piece_floor * self.pieces if self.pieces else whole
        index = situation.index
        mine = [n for n in index.covering(basket_line.product) if situation.reasons[n] is None]
        self.price_rules = tuple(n for n in mine if n in index.price)
        self.item_rules = tuple(n for n in mine if n in index.items)
        self.bill_rules = tuple(n for n in mine if n in index.bill)
        self._options: dict[tuple[int, ...], list[PriceOption]] = {}

    def options(self, left_out: frozenset[int]) -> list[PriceOption]:
        """What the price layer can make of the line: lowest first, among equals the benefit named first.

        Args:
            left_out: Benefits that are not used.
        """
        rules = self.price_rules
        if left_out:
            rules = tuple(n for n in rules if n not in left_out)
        return self.options_of(rules)

    def options_of(self, rules: tuple[int, ...]) -> list[PriceOption]:
        """As :meth:`options`, with these benefits and no others."""
        known = self._options.get(rules)
        if known is None:
            known = self._options[rules] = self._find_options(rules)
        return known

    def _find_options(self, rules: Sequence[int]) -> list[PriceOption]:
        line, regular = self._line, self.regular
        programme = self._situation.index.programme
        prices: list[tuple[int, int]] = []
        percents: list[tuple[int, int]] = []
        for n in rules:
            benefit = programme.benefits[n]
            if isinstance(benefit, Discount):
                percents.append((n, benefit.off_bp))
                continue
            amount = None
            if isinstance(benefit, MemberPrice):
                amount = line.member_amount()
            elif isinstance(benefit, SpecialPrice):
                amount = line.amount_at(benefit.unit_price.minor)
            if amount is not None and amount < regular:
                prices.append((n, regular - amount))
        found: dict[int, tuple[tuple[int, int], ...]] = {}
        room = regular - self.floor
        combinations: list[tuple[int, tuple[tuple[int, int], ...]]] = [(n, ((n, off),)) for n, off in prices]
        for n, off_bp in percents:
            if programme.stacking is Stacking.MEMBER_PRICE_THEN_DISCOUNT:
                for price, off in prices:
                    combinations.append((n, ((price, off), (n, _percent(regular - off, off_bp)))))
            combinations.append((n, ((n, _percent(regular, off_bp)),)))
        combinations.sort(key=lambda each: each[0])
        for _, parts in combinations:
            left, kept = room, []
            for n, wanted in parts:
                off = min(wanted, left)
                if off > 0:
                    kept.append((n, off))
                    left -= off
            found.setdefault(regular - room + left, tuple(kept))
        found.setdefault(regular, ())
        return sorted(found.items())


class Situation:
    """The benefits that are open to a customer at a moment.

    Attributes:
        index: Of the programme.
        reasons: Why each benefit is not open; None where it is.
        outcomes: What becomes of each benefit that speaks of nothing in a basket.
    """

    def __init__(self, index: RuleIndex, reasons: Sequence[str | None]) -> None:
        self.index, self.reasons = index, tuple(reasons)
        self.outcomes = [
            BenefitOutcome(benefit.benefit_id, benefit.name, Money(0), "no_goods" if reason is None else reason)
            for benefit, reason in zip(index.programme.benefits, self.reasons, strict=True)
        ]
        self._grounds: dict[int, Ground] = {}
        self._numbers: dict[Hashable, int] = {}
        # Never begun again: a number that meant one thing must not come to mean another.
        self._counter: Iterator[int] = itertools.count()
        self._answers: dict[Hashable, Any] = {}

    def ground(self, basket_line: BasketLine) -> Ground:
        """What is known of a line; found by its identity, which its keeping makes its own."""
        known = self._grounds.get(id(basket_line))
        if known is not None and known.basket_line is basket_line:
            return known
        if len(self._grounds) >= _KEPT_LINES:
            self._grounds.clear()
        made = self._grounds[id(basket_line)] = Ground(self, basket_line)
        return made

    def number(self, content: Hashable) -> int:
        """A number for what a line is."""
        known = self._numbers.get(content)
        if known is None:
            if len(self._numbers) >= _KEPT_LINES:
                self._numbers.clear()
            known = self._numbers[content] = next(self._counter)
        return known

    def answer(self, key: Hashable) -> Any:
        """What was found before, or None."""
        return self._answers.get(key)

    def keep(self, key: Hashable, answer: Any) -> None:
        """Keep what was found."""
        if len(self._answers) >= _KEPT_ANSWERS:
            self._answers.clear()
        self._answers[key] = answer


def _percent(amount: int, off_bp: int) -> int:
    return divide(amount * off_bp, FULL_RATE_BP, Rounding.HALF_UP)
