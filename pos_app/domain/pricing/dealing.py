"""Many pieces and several item benefits: the pieces are dealt out one by one, dearest first.

Whatever pieces a benefit gets, it makes the most of them by taking them in their order: the dearest together, then
the next. So it suffices to remember how many pieces lie open in the set that each benefit is making, and of all ways
to come to that the one that has saved most. Where there are too many such ways the best are followed further, and
what the others could have come to bounds what is not known.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from pos_app.domain.pricing.rule_index import ItemRule

#: Ways looked at in all, about, and how many are followed at least.
_STEPS: Final = 4_000
_FEWEST: Final = 8

#: How many pieces lie open in each place, after so many pieces were dealt.
State = tuple[int, ...]
#: A piece goes to a benefit: the state after it and what it saves; None where it cannot.
Deal = Callable[[State], tuple[State, int] | None]


class Piece(NamedTuple):
    """A kind of pieces as dealing sees it; amounts are fen.

    Attributes:
        product: Which product.
        pieces: How many.
        offs: What a benefit takes off a piece where the piece is one of the reduced; by the benefit's index. Of a set
            that has a price: the piece's price.
    """

    product: str
    pieces: int
    offs: Mapping[int, int]


class Dealt(NamedTuple):
    """What came of it.

    Attributes:
        sets: By benefit the kinds of the pieces of each set.
        most: No other way saves more.
    """

    sets: dict[int, list[tuple[int, ...]]]
    most: int


class _Place(NamedTuple):
    """Where a benefit keeps its pieces in a state: how many lie open, and how many sets it has begun (-1: no limit)."""

    open: int
    begun: int


class Dealer:
    """Deals pieces out.

    Args:
        kinds: Dearest first.
        rules: What they may go to; of each, dearer pieces save no less.
        saved: What is known to be possible: nothing below it is followed.
    """

    def __init__(self, kinds: Sequence[Piece], rules: Sequence[ItemRule], saved: int) -> None:
        self._kinds, self._saved = kinds, saved
        self._order = [n for n, kind in enumerate(kinds) for _ in range(kind.pieces)]
        self._size = 0
        self._limits: dict[int, int] = {}
        self._places: dict[tuple[int, str], _Place] = {}
        self._slots: dict[int, list[int]] = {}
        self._rules = [rule for rule in rules if self._make_room(rule)]
        self._last = {kind.product: n for n, kind in enumerate(kinds)}

    def _make_room(self, rule: ItemRule) -> bool:
        """Give a benefit its places in the state; whether there are pieces for any set of it."""
        mine = [kind for kind in self._kinds if kind.offs.get(rule.index, 0) > 0]
        if rule.slots:
            there = [
                sum(kind.pieces for kind in mine if products is None or kind.product in products) // count
                for products, count in rule.slots
            ]
            sets = min(there)
            self._limits[rule.index] = sets if rule.limit is None else min(sets, rule.limit)
            self._slots[rule.index] = list(range(self._size, self._size + len(rule.slots)))
            self._size += len(rule.slots)
            return sets > 0
        by_product: dict[str, int] = {}
        for kind in mine:
            key = kind.product if rule.same_product else ""
            by_product[key] = by_product.get(key, 0) + kind.pieces
        sets = sum(each // rule.size for each in by_product.values())
        begun = -1
        if rule.limit is not None and rule.limit < sets:
            self._limits[rule.index], begun = rule.limit, self._size
            self._size += 1
        for key, pieces in by_product.items():
            if pieces >= rule.size:
                self._places[rule.index, key] = _Place(self._size, begun)
                self._size += 1
        return sets > 0

    def deal(self) -> Dealt:
        """The best way found; without sets where none is better than what was known."""
        rest, opened = self._rest()
        most = rest[0]
        followed = max(_FEWEST, _STEPS // max(1, sum(1 + len(self._kinds[n].offs) for n in self._order)))
        layer: dict[State, int] = {(0,) * self._size: 0}
        ways: list[dict[State, tuple[State, int]]] = []
        unknown = 0
        for step, n in enumerate(self._order):
            deals = self._deals(n)
            reached, came = self._layer(layer, deals, self._saved - rest[step + 1] - opened[step + 1])
            if step + 1 == len(self._order) or self._order[step + 1] != n:
                reached, came = self._close(n, reached, came)
            if len(reached) > followed:
                ranked = sorted(reached.items(), key=lambda each: -each[1])
                unknown = max(unknown, ranked[followed][1] + rest[step + 1] + opened[step + 1])
                reached = dict(ranked[:followed])
            layer = reached
            ways.append(came)
        ends = [(value, state) for state, value in layer.items() if self._is_end(state)]
        best = max([value for value, _ in ends], default=0)
        most = min(most, max(unknown, best, self._saved))
        if best <= self._saved:
            return Dealt({}, most)
        return Dealt(self._sets(next(state for value, state in ends if value == best), ways), most)

    def _layer(
        self, layer: Mapping[State, int], deals: Sequence[tuple[int, Deal]], least: int
    ) -> tuple[dict[State, int], dict[State, tuple[State, int]]]:
        """All ways to deal one more piece that can still come to more than what is known."""
        reached: dict[State, int] = {}
        came: dict[State, tuple[State, int]] = {}
        for state, value in layer.items():
            if value > reached.get(state, least):
                reached[state], came[state] = value, (state, -1)
            for index, deal in deals:
                made = deal(state)
                if made is None:
                    continue
                after, gain = made
                saved = value + gain
                if saved > reached.get(after, least):
                    reached[after], came[after] = saved, (state, index)
        return reached, came

    def _deals(self, n: int) -> list[tuple[int, Deal]]:
        """What can be done with a piece of a kind."""
        kind = self._kinds[n]
        result: list[tuple[int, Deal]] = []
        for rule in self._rules:
            off = kind.offs.get(rule.index, 0)
            if off <= 0:
                continue
            if rule.slots:
                slot = next(
                    (s for s, (products, _) in enumerate(rule.slots) if products is None or kind.product in products),
                    None,
                )
                if slot is not None:
                    result.append((rule.index, self._into_slot(rule, slot, off)))
                continue
            place = self._places.get((rule.index, kind.product if rule.same_product else ""))
            if place is not None:
                result.append((rule.index, self._into_set(rule, place, off)))
        return result

    def _into_set(self, rule: ItemRule, place: _Place, off: int) -> Deal:
        at, begun = place
        size, free = rule.size, rule.size - rule.reduced
        limit = self._limits.get(rule.index, 0)

        def deal(state: State) -> tuple[State, int] | None:
            there = state[at]
            after = (*state[:at], there + 1 if there + 1 < size else 0, *state[at + 1 :])
            if there == 0 and begun >= 0:
                if state[begun] >= limit:
                    return None
                after = (*after[:begun], state[begun] + 1, *after[begun + 1 :])
            return after, off if there >= free else 0

        return deal

    def _into_slot(self, rule: ItemRule, slot: int, price: int) -> Deal:
        places = self._slots[rule.index]
        at, count, limit = places[slot], rule.slots[slot][1], self._limits[rule.index]
        counts = [each for _, each in rule.slots]
        one = rule.size == 1

        def deal(state: State) -> tuple[State, int] | None:
            there = state[at]
            if there >= limit * count:
                return None
            after = (*state[:at], there + 1, *state[at + 1 :])
            if one:
                return after, price
            begun = max([-(-state[place] // each) for place, each in zip(places, counts, strict=True)])
            return after, price - rule.price * (-(-(there + 1) // count) > begun)

        return deal

    def _close(
        self, n: int, reached: dict[State, int], came: dict[State, tuple[State, int]]
    ) -> tuple[dict[State, int], dict[State, tuple[State, int]]]:
        """After the last piece of a product no set of it stays open."""
        product = self._kinds[n].product
        if self._last[product] != n:
            return reached, came
        closing = [
            (self._places[rule.index, product].open, rule.size - rule.reduced)
            for rule in self._rules
            if not rule.slots and rule.same_product and (rule.index, product) in self._places
        ]
        if not closing:
            return reached, came
        closed: dict[State, int] = {}
        ways: dict[State, tuple[State, int]] = {}
        for state, value in reached.items():
            if any(state[at] > free for at, free in closing):
                continue
            after = list(state)
            for at, _ in closing:
                after[at] = 0
            key = tuple(after)
            if key not in closed or value > closed[key]:
                closed[key], ways[key] = value, came[state]
        return closed, ways

    def _is_end(self, state: State) -> bool:
        """Whether no set was counted that is not whole."""
        for rule in self._rules:
            if rule.slots:
                sets = {
                    divmod(state[at], count) for at, (_, count) in zip(self._slots[rule.index], rule.slots, strict=True)
                }
                if len(sets) > 1 or any(odd for _, odd in sets):
                    return False
            elif not rule.same_product and state[self._places[rule.index, ""].open] > rule.size - rule.reduced:
                return False
        return True

    def _rest(self) -> tuple[list[int], list[int]]:
        """What the pieces from each on save at most among themselves; and at most more with sets that lie open."""
        shares = [max([self._share(rule, kind) for rule in self._rules], default=0) for kind in self._kinds]
        first: dict[str, int] = {}
        for step, n in enumerate(self._order):
            first.setdefault(self._kinds[n].product, step)
        rest, opened = [0], [0]
        dearest: dict[tuple[int, str], int] = {}
        for step in reversed(range(len(self._order))):
            kind = self._kinds[self._order[step]]
            rest.append(rest[-1] + shares[self._order[step]])
            for rule in self._rules:
                key = (rule.index, kind.product if rule.same_product else "")
                dearest[key] = max(dearest.get(key, 0), kind.offs.get(rule.index, 0))
            opened.append(
                sum(
                    rule.reduced * off if not rule.slots else self._limits[rule.index] * rule.size * off
                    for rule in self._rules
                    if rule.size > 1
                    for (index, product), off in dearest.items()
                    if index == rule.index and first.get(product, -1) < step
                )
            )
        rest.reverse()
        opened.reverse()
        return rest, opened

    def _share(self, rule: ItemRule, kind: Piece) -> int:
        """What a piece has a part in at most: so much for each piece of a set is never less than the set saves."""
        off = kind.offs.get(rule.index, 0)
        if off <= 0 or rule.size == 1:
            return max(0, off)
        if not rule.slots:
            return -(-off * rule.reduced // rule.size)
        dearest = 0
        for products, count in rule.slots:
            offs = [
                each.offs.get(rule.index, 0) for each in self._kinds if products is None or each.product in products
            ]
            dearest += count * max(offs, default=0)
        return -(-off * max(0, dearest - rule.price) // dearest) if dearest else 0

    def _sets(
        self, state: State, ways: Sequence[Mapping[State, tuple[State, int]]]
    ) -> dict[int, list[tuple[int, ...]]]:
        """Which pieces went where, in sets."""
        got: dict[int, list[int]] = {}
        for n, came in zip(reversed(self._order), reversed(ways), strict=True):
            state, index = came[state]
            if index >= 0:
                got.setdefault(index, []).append(n)
        return {rule.index: self._sets_of(rule, got[rule.index][::-1]) for rule in self._rules if rule.index in got}

    def _sets_of(self, rule: ItemRule, pieces: Sequence[int]) -> list[tuple[int, ...]]:
        if rule.slots:
            chosen = [
                [n for n in pieces if products is None or self._kinds[n].product in products]
                for products, _ in rule.slots
            ]
            many = len(chosen[0]) // rule.slots[0][1]
            return [
                tuple(
                    itertools.chain.from_iterable(
                        mine[k * count : (k + 1) * count] for mine, (_, count) in zip(chosen, rule.slots, strict=True)
                    )
                )
                for k in range(many)
            ]
        rows: dict[str, list[int]] = {}
        for n in pieces:
            rows.setdefault(self._kinds[n].product if rule.same_product else "", []).append(n)
        return [
            tuple(row[k : k + rule.size])
            for row in rows.values()
            for k in range(0, len(row) - rule.size + 1, rule.size)
        ]
