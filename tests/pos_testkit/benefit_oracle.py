"""An independent answer to what a basket costs at best: every allowed combination, tried one after the other.

Written from the documentation of ``programme.benefits``, with fractions and sets of pieces instead of bounds and
memory. Only for small baskets whose lines are in the order of their product numbers.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.document import (
    Base,
    Bundle,
    BuyGet,
    CheapestFree,
    Discount,
    MemberPrice,
    NthItem,
    Programme,
    SpecialPrice,
    Stacking,
    Threshold,
)


def half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def touches(benefit, product) -> bool:
    if isinstance(benefit, Bundle) and not any(product.product_id in item.products for item in benefit.items):
        return False
    what = benefit.conditions.what
    named = [*what.categories, *what.products, *what.brands]
    inside = not named or bool({product.category_id, product.product_id, product.brand} & set(named))
    return inside and product.category_id not in what.except_categories


def shares(total: int, weights: list[int]) -> list[int]:
    exact = [Fraction(total * weight, sum(weights) or 1) for weight in weights]
    parts = [value.numerator // value.denominator for value in exact]
    for n in sorted(range(len(weights)), key=lambda n: (parts[n] - exact[n], n))[: total - sum(parts)]:
        parts[n] += 1
    return parts


class Oracle:
    """The lowest amount all lines can be bought for, without discounts by hand.

    Every benefit of the programme is taken to be open to the customer.
    """

    def __init__(self, basket: Basket, programme: Programme, *, is_member: bool) -> None:
        self.programme = programme
        self.benefits = [b for b in programme.benefits if is_member or not b.for_members]
        self.fixed = 0
        self.lines = []
        for line in basket.lines:
            regular = half_up(Fraction(line.product.price.minor * line.quantity.milli, 1000))
            if line.product.is_discountable:
                self.lines.append((line, regular))
            else:
                self.fixed += regular
        self.floor = Fraction(programme.layers.floor_bp, 10_000)

    def lowest(self) -> int:
        groups = sorted({b.group for b in self.benefits if b.group})
        choices = [[b for b in self.benefits if b.group == group] for group in groups]
        return self.fixed + min(
            self.with_benefits([b for b in self.benefits if not b.group or b in chosen])
            for chosen in itertools.product(*choices)
        )

    def with_benefits(self, benefits) -> int:
        self.open = benefits
        best = None
        for amounts in itertools.product(*(self.line_amounts(line, regular) for line, regular in self.lines)):
            for packed in self.packings(list(amounts)):
                total = sum(packed) - self.off_bill(list(packed))
                best = total if best is None else min(best, total)
        return best or 0

    def line_floor(self, line, regular: int) -> int:
        if not line.product.is_weighed:
            return up(line.product.price.minor * self.floor) * (line.quantity.milli // 1000)
        return up(regular * self.floor)

    def line_amounts(self, line, regular: int) -> set[int]:
        mine = [b for b in self.open if touches(b, line.product)]
        prices, result = [], {regular}
        for b in mine:
            unit = None
            if isinstance(b, MemberPrice):
                unit = line.product.member_price
            elif isinstance(b, SpecialPrice) and b.limit is None:
                unit = b.unit_price
            if unit is not None and unit < line.product.price:
                prices.append(half_up(Fraction(unit.minor * line.quantity.milli, 1000)))
        result |= set(prices)
        for b in mine:
            if isinstance(b, Discount):
                bases = [regular, *(prices if self.programme.stacking is not Stacking.BEST else [])]
                result |= {amount - half_up(Fraction(amount * b.off_bp, 10_000)) for amount in bases}
        floor = self.line_floor(line, regular)
        return {max(amount, floor) for amount in result}

    def packings(self, amounts: list[int]):
        pieces = []
        for n, (line, _) in enumerate(self.lines):
            if line.product.is_weighed:
                continue
            count, unit = line.quantity.milli // 1000, line.product.price.minor
            for number in range(count):
                price = amounts[n] // count + (number < amounts[n] % count)
                base = unit if self.programme.layers.item_base is Base.REGULAR else price
                pieces.append((n, price, base, max(0, price - up(unit * self.floor))))
        seen = set()
        for sets in self.all_sets(tuple(pieces), {}):
            after = list(amounts)
            for benefit in self.open:
                mine = [each for b, each in sets if b is benefit]
                if mine:
                    weights = [0] * len(amounts)
                    for _, members in mine:
                        for n, _, _, room in members:
                            weights[n] += room
                    parts = shares(sum(saved for saved, _ in mine), weights)
                    after = [amount - part for amount, part in zip(after, parts, strict=True)]
            if tuple(after) not in seen:
                seen.add(tuple(after))
                yield tuple(after)

    def all_sets(self, pieces, used):
        """Every way to make sets of pieces: lists of (benefit, (saved, members))."""
        if not pieces:
            yield []
            return
        first, rest = pieces[0], pieces[1:]
        yield from self.all_sets(rest, used)
        for b in self.open:
            if isinstance(b, Discount | MemberPrice | Threshold) or (isinstance(b, SpecialPrice) and b.limit is None):
                continue
            if b.limit is not None and used.get(b.benefit_id, 0) >= b.limit:
                continue
            size = self.size(b)
            for others in itertools.combinations(range(len(rest)), size - 1):
                members = (first, *(rest[n] for n in others))
                saved = self.saved(b, members)
                if saved > 0:
                    left = tuple(piece for n, piece in enumerate(rest) if n not in others)
                    more = {**used, b.benefit_id: used.get(b.benefit_id, 0) + 1}
                    for tail in self.all_sets(left, more):
                        yield [(b, (saved, members)), *tail]

    def size(self, b) -> int:
        match b:
            case NthItem() | CheapestFree():
                return b.n
            case BuyGet():
                return b.buy + b.get
            case Bundle():
                return sum(item.count for item in b.items)
        return 1

    def saved(self, b, members) -> int:
        products = [self.lines[n][0].product for n, _, _, _ in members]
        if not all(touches(b, product) for product in products):
            return 0
        if isinstance(b, Bundle):
            for item in b.items:
                if sum(product.product_id in item.products for product in products) != item.count:
                    return 0
        if isinstance(b, Bundle | SpecialPrice):
            price = b.price if isinstance(b, Bundle) else b.unit_price
            return min(sum(each[1] for each in members) - price.minor, sum(each[3] for each in members))
        if not isinstance(b, CheapestFree) and b.same_product and len({p.product_id for p in products}) > 1:
            return 0
        bp = b.off_bp if isinstance(b, NthItem) else 10_000
        offs = sorted((base, -min(room, half_up(Fraction(base * bp, 10_000)))) for _, _, base, room in members)
        return -sum(off for _, off in offs[: b.get if isinstance(b, BuyGet) else 1])

    def off_bill(self, amounts: list[int]) -> int:
        layers = self.programme.layers
        rooms = [
            max(0, amount - self.line_floor(line, regular))
            for amount, (line, regular) in zip(amounts, self.lines, strict=True)
        ]
        cap, total = layers.bill_max_off, 0
        for b in self.open:
            if not isinstance(b, Threshold):
                continue
            scope = [n for n, (line, _) in enumerate(self.lines) if touches(b, line.product)]
            base = sum(self.lines[n][1] if layers.bill_base is Base.REGULAR else amounts[n] for n in scope)
            reached = [step for step in b.steps if step.reach.minor <= base]
            off = reached[-1].off.minor if reached else 0
            if b.each and reached:
                off *= base // reached[-1].reach.minor
            off = min([off, *([b.max_off.minor] if b.max_off else [])])
            off = min(off, sum(rooms[n] for n in scope))
            off = off if cap is None else min(off, cap.minor - total)
            for n, part in zip(scope, shares(off, [rooms[n] for n in scope]), strict=True):
                rooms[n] -= part
            total += off
        return total
