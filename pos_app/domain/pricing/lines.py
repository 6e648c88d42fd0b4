"""Lines while they are being priced."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pos_app.domain.money import Money, Rounding, divide, split_by_weight
from pos_app.domain.pricing.basket import BasketLine
from pos_app.domain.pricing.quote import Reduction, ReductionKind
from pos_app.domain.quantity import UNIT_MILLI, Quantity
from pos_app.domain.text import LocalText


class PricedLine:
    """One line while it is being priced; amounts are fen.

    ``covered_fen`` is what uses paid for. ``by_points`` is what points pay of this very line, where they pay for some
    goods alone.
    """

    __slots__ = (
        "amount",
        "basket_line",
        "by_points",
        "covered",
        "covered_fen",
        "is_covered",
        "points",
        "reductions",
        "regular",
        "unit_price",
    )

    def __init__(self, basket_line: BasketLine) -> None:
        self.basket_line = basket_line
        self.unit_price = (basket_line.override.unit_price if basket_line.override else basket_line.product.price).minor
        if basket_line.label_amount is not None and basket_line.override is None:
            self.regular = basket_line.label_amount.minor
        else:
            self.regular = times(self.unit_price, basket_line.quantity.milli)
        self.amount = self.regular
        self.reductions: list[Reduction] = []
        self.points = 0
        self.by_points = 0
        self.covered: list[Reduction] = []
        self.covered_fen = 0
        self.is_covered = False

    def cover(self, kind: ReductionKind, source_id: str, name: LocalText, pieces: int) -> None:
        """Take pieces out: uses that were bought ahead (or that the tier gives) pay for them.

        What is priced from here on is the rest; where nothing is left, the line is covered.
        """
        rest = self.basket_line.quantity.milli - pieces * UNIT_MILLI
        left = times(self.unit_price, rest) if rest else 0
        if self.regular > left:
            self.covered.append(Reduction(kind, source_id, name, Money(self.regular - left)))
            self.covered_fen += self.regular - left
        self.regular = self.amount = left
        if rest:
            self.basket_line = msgspec.structs.replace(self.basket_line, quantity=Quantity(rest))
        else:
            self.is_covered = True

    @property
    def order_key(self) -> tuple[object, ...]:
        """Sorts lines by what they are, not by when they were scanned; equal lines are interchangeable."""
        product = self.basket_line.product
        return (
            product.product_id,
            product.category_id,
            product.brand,
            product.tax_rate_bp,
            self.regular,
            self.unit_price,
            self.basket_line.quantity.milli,
        )

    def take_off(self, kind: ReductionKind, source_id: str, name: LocalText, fen: int) -> None:
        """Take off what there is of an amount."""
        fen = min(fen, self.amount)
        if fen > 0:
            self.amount -= fen
            self.reductions.append(Reduction(kind, source_id, name, Money(fen)))

    @property
    def content_key(self) -> tuple[object, ...]:
        """All that benefits can tell lines apart by."""
        label = self.basket_line.label_amount is not None
        member_price = self.basket_line.product.member_price
        return (*self.order_key, self.pieces, label, -1 if member_price is None else member_price.minor)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """As :attr:`content_key`, and by what a person took off, which comes after the benefits."""
        by_hand = self.basket_line.discount
        rest = (by_hand.kind.value, by_hand.off_bp, by_hand.off.minor) if by_hand is not None else ("", 0, 0)
        return (*self.content_key, *rest)

    @property
    def pieces(self) -> int:
        """How many pieces can be told apart; none of weighed goods and of a label's amount."""
        line = self.basket_line
        if line.label_amount is not None or line.product.is_weighed or not line.quantity.is_whole:
            return 0
        return line.quantity.milli // UNIT_MILLI

    def member_amount(self) -> int | None:
        """The line at the product's member price, where it has a lower one."""
        product = self.basket_line.product
        return None if product.member_price is None else self.amount_at(product.member_price.minor)

    def amount_at(self, unit_price: int) -> int | None:
        """The line at a unit price lower than the product's; None where it is not lower."""
        price = self.basket_line.product.price.minor
        if unit_price >= price:
            return None
        if self.basket_line.label_amount is not None:
            return divide(self.regular * unit_price, price, Rounding.HALF_UP)
        return times(unit_price, self.basket_line.quantity.milli)


def split(total: int, lines: Sequence[PricedLine], weights: Sequence[int]) -> list[int]:
    """Split a whole over lines; which line gets an odd fen does not depend on the order of scanning."""
    order = sorted(range(len(lines)), key=lambda index: (lines[index].order_key, weights[index]))
    parts = [0] * len(lines)
    for index, part in zip(order, split_by_weight(total, [weights[index] for index in order]), strict=True):
        parts[index] = part
    return parts


def times(unit_price_minor: int, milli: int) -> int:
    """A unit price times thousandths."""
    if not milli % UNIT_MILLI:
        return unit_price_minor * (milli // UNIT_MILLI)
    return divide(unit_price_minor * milli, UNIT_MILLI, Rounding.HALF_UP)
