"""The coupon layer: what coupons take off lines whose price is made. Amounts are fen.

Coupons on a piece come first, those that cover least before those that cover more; then percentages and amounts, as
the programme's layers say; within these, in the programme's order. So the order in which they were chosen changes
nothing. A use that would take off nothing is no use.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pos_app.domain.money import FULL_RATE_BP, Rounding, divide, split_by_weight
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.pricing.quote import ReductionKind
from pos_app.domain.programme.benefits import CouponOrder
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.coupons import (
    AmountCoupon,
    Coupon,
    ExchangeCoupon,
    PercentCoupon,
    SecondItemCoupon,
    ThresholdCoupon,
)
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.rules import What

#: What takes something off the bill as a whole: it does not make goods reduced ones.
_OF_THE_BILL = frozenset({ReductionKind.THRESHOLD, ReductionKind.MANUAL_BILL})
_EVERYTHING = What()

#: A line's place and what is taken off it.
Part = tuple[int, int]


class CouponUsed(NamedTuple):
    """What one use of a coupon takes off.

    Attributes:
        coupon_id: Of which coupon.
        off: In all.
        parts: By line.
    """

    coupon_id: str
    off: int
    parts: tuple[Part, ...]


class _Seen:
    """Lines as coupons see them: sorted by what they are, not by when they were scanned."""

    def __init__(self, lines: Sequence[PricedLine], floor_bp: int) -> None:
        self.lines = sorted(lines, key=lambda line: (line.sort_key, line.amount))
        self.amounts = [line.amount for line in self.lines]
        self.rooms = [
            max(0, line.amount - (-(-line.regular * floor_bp // FULL_RATE_BP))) if _is_open(line) else 0
            for line in self.lines
        ]
        self.pieces = [line.pieces for line in self.lines]
        self.piece_floors = [-(-line.unit_price * floor_bp // FULL_RATE_BP) for line in self.lines]
        self.reduced = [_is_reduced(line) for line in self.lines]


class CouponLines:
    """Lines whose price is made, as coupons see them. Most bills have no coupon, and then nothing is looked at.

    All is to be asked before any coupon is taken off the lines.

    Attributes:
        payable: What all lines cost before any coupon.
    """

    def __init__(self, lines: Sequence[PricedLine], programme: Programme) -> None:
        self._given, self._floor_bp = lines, programme.layers.floor_bp
        self.payable = sum([line.amount for line in lines])
        self._coupons = {coupon.coupon_id: n for n, coupon in enumerate(programme.coupons)}
        self._amounts_first = programme.layers.coupons is CouponOrder.AMOUNT_FIRST
        self._covered: dict[str, list[int]] = {}
        self._bases: dict[str, int] = {}
        self._known: dict[tuple[tuple[str, int], ...], tuple[_Turn, tuple[CouponUsed, ...]]] = {}

    @functools.cached_property
    def _seen(self) -> _Seen:
        return _Seen(self._given, self._floor_bp)

    @property
    def lines(self) -> list[PricedLine]:
        """Sorted by what they are; places of lines are places here."""
        return self._seen.lines

    @property
    def amounts(self) -> list[int]:
        """What each costs before any coupon."""
        return self._seen.amounts

    @property
    def rooms(self) -> list[int]:
        """What may be taken off each."""
        return self._seen.rooms

    @property
    def pieces(self) -> list[int]:
        """Of each."""
        return self._seen.pieces

    @property
    def piece_floors(self) -> list[int]:
        """What a piece of each costs at least."""
        return self._seen.piece_floors

    def covered(self, coupon: Coupon) -> list[int]:
        """Places of the lines that a coupon counts and may reduce."""
        known = self._covered.get(coupon.coupon_id)
        if known is None:
            what, on_reduced = coupon.conditions.what, coupon.on_reduced
            reduced = self._seen.reduced
            is_all = what == _EVERYTHING
            known = self._covered[coupon.coupon_id] = [
                place
                for place, line in enumerate(self.lines)
                if _is_open(line)
                and (is_all or covers(what, line.basket_line.product))
                and (on_reduced or not reduced[place])
            ]
        return known

    def base(self, coupon: Coupon) -> int:
        """What counts towards what a coupon needs to be reached."""
        known = self._bases.get(coupon.coupon_id)
        if known is None:
            known = self._bases[coupon.coupon_id] = sum(self.amounts[place] for place in self.covered(coupon))
        return known

    def order(self, coupon: Coupon) -> tuple[int, int, int]:
        """When a coupon's turn comes."""
        place = self._coupons[coupon.coupon_id]
        if isinstance(coupon, ExchangeCoupon | SecondItemCoupon):
            return 0, sum(self.pieces[each] for each in self.covered(coupon)), place
        is_first = isinstance(coupon, PercentCoupon) is not self._amounts_first
        return (1 if is_first else 2), 0, place

    def missing(self, coupon: Coupon, uses: int) -> int | None:
        """What of its goods is still to be bought for one more use than ``uses``; None where that is not what lacks."""
        base = self.base(coupon)
        match coupon:
            case AmountCoupon() | PercentCoupon():
                reach = coupon.reach.minor * (uses + 1)
            case ThresholdCoupon():
                reach = coupon.steps[0].reach.minor + _taken_up(coupon, base, uses)
            case _:
                return None
        return reach - base if reach > base else None

    def use(self, counts: Mapping[str, int], programme: Programme) -> tuple[CouponUsed, ...]:
        """What coupons take off, use by use.

        What those whose turn comes first take off does not depend on those after them, and is computed once.

        Args:
            counts: How often each is used at most, by coupon.
            programme: Whose coupons they are.
        """
        if not counts:
            return ()
        chosen = sorted((coupon for coupon in programme.coupons if counts.get(coupon.coupon_id)), key=self.order)
        key = tuple((coupon.coupon_id, counts[coupon.coupon_id]) for coupon in chosen)
        done = len(key)
        while done and key[:done] not in self._known:
            done -= 1
        turn, used = self._known[key[:done]] if done else (_Turn(self), ())
        for place, coupon in enumerate(chosen[done:], done + 1):
            turn = _Turn(self, turn)
            taken: list[CouponUsed] = []
            for uses in range(counts[coupon.coupon_id]):
                parts = turn.take(coupon, uses)
                if not parts:
                    break
                taken.append(CouponUsed(coupon.coupon_id, sum(fen for _, fen in parts), tuple(parts)))
            used = (*used, *taken)
            self._known[key[:place]] = turn, used
        return used


class _Turn:
    """The lines while one coupon after the other takes its part.

    Attributes:
        amounts: What each costs by now.
        rooms: What can still be taken off each.
        pieces: Of each, those that no coupon has used.
        rest: What those cost, before percentages and amounts.
    """

    __slots__ = ("_lines", "amounts", "pieces", "rest", "rooms")

    def __init__(self, lines: CouponLines, before: _Turn | None = None) -> None:
        self._lines = lines
        self.amounts: list[int] = list(lines.amounts if before is None else before.amounts)
        self.rooms: list[int] = list(lines.rooms if before is None else before.rooms)
        self.pieces: list[int] = list(lines.pieces if before is None else before.pieces)
        self.rest: list[int] = list(lines.amounts if before is None else before.rest)

    def take(self, coupon: Coupon, uses: int) -> list[Part]:
        """What one more use takes off by line; ``uses`` of it went before."""
        match coupon:
            case ExchangeCoupon():
                parts = self._exchange(coupon)
            case SecondItemCoupon():
                parts = self._second(coupon)
            case _:
                places = self._lines.covered(coupon)
                weights = [self.rooms[place] for place in places]
                off = min(self._off(coupon, places, uses), sum(weights))
                shares = split_by_weight(off, weights) if off > 0 else []
                parts = [(place, fen) for place, fen in zip(places, shares, strict=False) if fen]
        for place, fen in parts:
            self.amounts[place] -= fen
            self.rooms[place] -= fen
        return parts

    def _off(self, coupon: AmountCoupon | PercentCoupon | ThresholdCoupon, places: Sequence[int], uses: int) -> int:
        base = self._lines.base(coupon)
        if isinstance(coupon, ThresholdCoupon):
            rest = base - _taken_up(coupon, base, uses)
            return max((step.off.minor for step in coupon.steps if step.reach.minor <= rest), default=0)
        if base < coupon.reach.minor * (uses + 1):
            return 0
        if isinstance(coupon, AmountCoupon):
            return coupon.off.minor
        off = _percent(sum(self.amounts[place] for place in places), coupon.off_bp)
        return off if coupon.max_off is None else min(off, coupon.max_off.minor)

    def _exchange(self, coupon: ExchangeCoupon) -> list[Part]:
        best, taken, price = 0, -1, coupon.price.minor
        for place in self._lines.covered(coupon):
            if not self.pieces[place]:
                continue
            if coupon.max_value is not None and self._lines.lines[place].unit_price > coupon.max_value.minor:
                continue
            least = max(price, self._lines.piece_floors[place])
            saving = min(self._dearest(place, 0) - least, self.rooms[place])
            if saving > best:
                best, taken = saving, place
        if taken < 0:
            return []
        self._use_piece(taken)
        return [(taken, best)]

    def _second(self, coupon: SecondItemCoupon) -> list[Part]:
        pieces = sorted(
            (-self._dearest(place, nth), place)
            for place in self._lines.covered(coupon)
            for nth in range(min(2, self.pieces[place]))
        )[:2]
        if len(pieces) < 2:
            return []
        rooms: dict[int, int] = {}
        for minus_cost, place in pieces:
            rooms[place] = min(rooms.get(place, 0) - minus_cost, self.rooms[place])
        places = sorted(rooms)
        cost, cheaper = -pieces[1][0], pieces[1][1]
        off = min(_percent(cost, coupon.off_bp), cost - self._lines.piece_floors[cheaper], sum(rooms.values()))
        if off <= 0:
            return []
        for _, place in pieces:
            self._use_piece(place)
        shares = split_by_weight(off, [rooms[place] for place in places])
        return [(place, fen) for place, fen in zip(places, shares, strict=True) if fen]

    def _dearest(self, place: int, nth: int) -> int:
        """What the n-th dearest free piece of a line costs; the odd fen of a line make some of its pieces dearer."""
        price, odd = divmod(self.rest[place], self.pieces[place])
        return price + (1 if nth < odd else 0)

    def _use_piece(self, place: int) -> None:
        self.rest[place] -= self._dearest(place, 0)
        self.pieces[place] -= 1


def _taken_up(coupon: ThresholdCoupon, base: int, uses: int) -> int:
    """What of the base earlier uses needed to reach their steps."""
    rest = base
    for _ in range(uses):
        reached = [step.reach.minor for step in coupon.steps if step.reach.minor <= rest]
        rest -= max(reached, default=0)
    return base - rest


def _percent(amount: int, off_bp: int) -> int:
    return divide(amount * off_bp, FULL_RATE_BP, Rounding.HALF_UP)


def _is_open(line: PricedLine) -> bool:
    return line.basket_line.offering is None and line.basket_line.product.is_discountable


def _is_reduced(line: PricedLine) -> bool:
    """Whether the price of the goods themselves is reduced, by a benefit or by a person."""
    return line.basket_line.override is not None or any(each.kind not in _OF_THE_BILL for each in line.reductions)
