"""The item layer: which pieces make up which sets, so that the most is saved.

Pieces that cannot be told apart are one :class:`Kind` with a count. With one rule the best sets follow from the
order of prices; with several rules that want the same pieces all packings are searched while that takes few steps,
else rules are served in the order of what each would save alone, which is never worse than any of them alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pos_app.domain.ids import ProductId
from pos_app.domain.money import FULL_RATE_BP
from pos_app.domain.pricing.dealing import Dealer, Piece
from pos_app.domain.pricing.rule_index import ItemRule

#: Sets looked at before a search is given up.
SEARCH_STEPS: Final = 250
#: Searches are not begun where there are more ways to take pieces away than this.
_MAX_STATES: Final = 600


class Kind(NamedTuple):
    """Pieces that cannot be told apart.

    Attributes:
        line: Of which line.
        product: Which product.
        price: What a piece costs after the price layer.
        base: What decides the cheapest, and what a percentage is of.
        room: What may be taken off a piece.
        rules: Places of the rules that speak of it.
        pieces: How many.
    """

    line: int
    product: ProductId
    price: int
    base: int
    room: int
    rules: tuple[int, ...]
    pieces: int


#: What a set saves, and the kinds of its pieces.
PieceSet = tuple[int, tuple[int, ...]]
#: What a search knows of a state: what can still be saved, by which rule first (-1: by none), with which pieces.
Memo = dict[tuple[int, ...], tuple[int, int, tuple[int, ...]]]
#: By rule: what is saved, and how many pieces of each kind are used.
Used = dict[int, tuple[int, dict[int, int]]]


class Packed(NamedTuple):
    """A packing: what is saved in all, what at most could be, and by which rule with which pieces."""

    saved: int
    most: int
    used: Used


class TooManyStepsError(Exception):
    """A search was given up."""


class Packer:
    """Packs the pieces of lines that are connected by rules.

    Attributes:
        kinds: Dearest first.
        rules: In the programme's order.
    """

    def __init__(self, kinds: Sequence[Kind], rules: Sequence[ItemRule]) -> None:
        self.kinds = sorted(kinds, key=lambda kind: (-kind.base, kind.room, kind.product, kind.line))
        self.rules = rules
        self._steps = 0
        self._by_index = {rule.index: rule for rule in rules}
        self._of_rule = {
            rule.index: [n for n, kind in enumerate(self.kinds) if rule.index in kind.rules] for rule in rules
        }
        self._offs = {
            rule.index: [
                min(kind.room, (2 * kind.base * rule.off_bp + FULL_RATE_BP) // (2 * FULL_RATE_BP))
                for kind in self.kinds
            ]
            for rule in rules
            if not rule.slots
        }

    def best(self) -> Packed:
        """The best packing that is found, and a bound of what any could save."""
        counts = [kind.pieces for kind in self.kinds]
        alone = [(sum(saved for saved, _ in self._sets(rule, counts)), rule) for rule in self.rules]
        alone = [pair for pair in alone if pair[0] > 0]
        if len(alone) > 1 or any(not self._is_plain(rule) for rule in self.rules):
            try:
                return self._search(list(counts))
            except TooManyStepsError:
                pass  # too large to search: the rules are taken one after the other below, with a bound
        found: dict[int, list[PieceSet]] = {}
        for _, rule in sorted(alone, key=lambda pair: -pair[0]):
            sets = found[rule.index] = self._sets(rule, counts)
            for _, members in sets:
                for n in members:
                    counts[n] -= 1
        saved = sum(each for sets in found.values() for each, _ in sets)
        all_room = sum(kind.room * kind.pieces for kind in self.kinds)
        if not all(self._is_plain(rule) for rule in self.rules):
            return Packed(saved, all_room, _used(found))
        most = min(all_room, sum(each for each, _ in alone))
        if saved < most and len(alone) > 1:
            dealt = Dealer(self._to_deal(), [rule for _, rule in alone], saved).deal()
            most = min(most, dealt.most)
            if dealt.sets:
                found = {
                    index: [
                        (saved, members)
                        for members in sets
                        if (saved := self._saved(self._by_index[index], members)) > 0
                    ]
                    for index, sets in dealt.sets.items()
                }
        return Packed(sum(each for sets in found.values() for each, _ in sets), most, _used(found))

    def _to_deal(self) -> list[Piece]:
        result: list[Piece] = []
        for n, kind in enumerate(self.kinds):
            offs: dict[int, int] = {}
            for rule in self.rules:
                if rule.index not in kind.rules:
                    continue
                if not rule.slots:
                    offs[rule.index] = self._offs[rule.index][n]
                elif rule.size == 1:
                    offs[rule.index] = min(kind.price - rule.price, kind.room)
                else:
                    offs[rule.index] = kind.price
            result.append(Piece(kind.product, kind.pieces, offs))
        return result

    def every(self, steps: int) -> Iterator[Used]:
        """Every packing there is.

        Raises:
            TooManyStepsError: After so many sets looked at.
        """
        self._steps = SEARCH_STEPS - steps
        yield from self._every([kind.pieces for kind in self.kinds], [rule.limit for rule in self.rules], {})

    def _is_plain(self, rule: ItemRule) -> bool:
        """Whether what :meth:`_sets` makes is the best for the rule alone: dearer pieces save no less."""
        if rule.slots:
            return len(rule.slots) == 1 == rule.size or all(kind.room == kind.price == kind.base for kind in self.kinds)
        offs = [self._offs[rule.index][n] for n in self._of_rule[rule.index]]
        return all(one >= two for one, two in itertools.pairwise(offs))

    def _sets(self, rule: ItemRule, counts: Sequence[int]) -> list[PieceSet]:
        """The sets of one rule alone, those that save most first where they are limited."""
        if rule.slots:
            return self._priced_sets(rule, counts)
        sequences: dict[ProductId, list[int]] = {}
        for n in self._of_rule[rule.index]:
            if counts[n]:
                key = self.kinds[n].product if rule.same_product else ProductId("")
                sequences.setdefault(key, []).extend([n] * counts[n])
        offs, size, sets = self._offs[rule.index], rule.size, []
        for sequence in sequences.values():
            for start in range(0, len(sequence) - size + 1, size):
                members = tuple(sequence[start : start + size])
                saved = sum(offs[n] for n in members[size - rule.reduced :])
                if saved > 0:
                    sets.append((saved, members))
        if rule.limit is not None and len(sets) > rule.limit:
            sets = sorted(sets, key=lambda each: -each[0])[: rule.limit]
        return sets

    def _priced_sets(self, rule: ItemRule, counts: Sequence[int]) -> list[PieceSet]:
        chosen: list[list[int]] = []
        sets_there_are = 1 << 60 if rule.limit is None else rule.limit
        for products, count in rule.slots:
            kinds = [
                n
                for n in self._of_rule[rule.index]
                if counts[n] and (products is None or self.kinds[n].product in products)
            ]
            if rule.size == 1:
                kinds.sort(key=lambda n: -min(self.kinds[n].price - rule.price, self.kinds[n].room))
            sequence = [n for n in kinds for _ in range(counts[n])]
            sets_there_are = min(sets_there_are, len(sequence) // count)
            chosen.append(sequence)
        sets: list[PieceSet] = []
        for number in range(sets_there_are):
            members: list[int] = []
            for (_, count), sequence in zip(rule.slots, chosen, strict=True):
                members += sequence[number * count : (number + 1) * count]
            saved = self._saved(rule, members)
            if saved <= 0:
                break
            sets.append((saved, tuple(members)))
        return sets

    def _saved(self, rule: ItemRule, members: Sequence[int]) -> int:
        if rule.slots:
            kinds = [self.kinds[n] for n in members]
            return min(sum(kind.price for kind in kinds) - rule.price, sum(kind.room for kind in kinds))
        offs = self._offs[rule.index]
        return sum(offs[n] for n in members[rule.size - rule.reduced :])

    # The search of all packings: the dearest piece left is in a set of some rule, or in none.

    def _search(self, counts: list[int]) -> Packed:
        states = 1
        for count in counts:
            states *= count + 1
            if states > _MAX_STATES:
                raise TooManyStepsError
        self._steps = 0
        memo: Memo = {}
        limits = [-1 if rule.limit is None else rule.limit for rule in self.rules]
        saved = self._most(counts, limits, memo)
        found: dict[int, list[PieceSet]] = {}
        while (step := memo.get((*counts, *limits))) is not None and any(counts):
            _, place, members = step
            if place < 0:
                counts[next(n for n, count in enumerate(counts) if count)] = 0
                continue
            rule = self.rules[place]
            found.setdefault(rule.index, []).append((self._saved(rule, members), members))
            for n in members:
                counts[n] -= 1
            limits[place] -= limits[place] > 0
        return Packed(
            saved, saved, _used({rule.index: found[rule.index] for rule in self.rules if rule.index in found})
        )

    def _most(self, counts: list[int], limits: list[int], memo: Memo) -> int:
        first = next((n for n, count in enumerate(counts) if count), None)
        if first is None:
            return 0
        key = (*counts, *limits)
        known = memo.get(key)
        if known is not None:
            return known[0]
        best, best_place = -1, -1
        best_members: tuple[int, ...] = ()
        for place, rule in enumerate(self.rules):
            if limits[place] == 0 or rule.index not in self.kinds[first].rules:
                continue
            for members in self._sets_with(rule, first, counts):
                self._step()
                saved = self._saved(rule, members)
                if saved <= 0:
                    continue
                limits[place] -= limits[place] > 0
                for n in members:
                    counts[n] -= 1
                saved += self._most(counts, limits, memo)
                for n in members:
                    counts[n] += 1
                if rule.limit is not None:
                    limits[place] += 1
                if saved > best:
                    best, best_place, best_members = saved, place, members
        kept, counts[first] = counts[first], 0
        saved = self._most(counts, limits, memo)
        counts[first] = kept
        if saved >= best:
            best, best_place, best_members = saved, -1, ()
        memo[key] = best, best_place, best_members
        return best

    def _every(self, counts: list[int], limits: list[int | None], found: dict[int, list[PieceSet]]) -> Iterator[Used]:
        first = next((n for n, count in enumerate(counts) if count), None)
        if first is None:
            yield _used({rule.index: found[rule.index] for rule in self.rules if found.get(rule.index)})
            return
        for place, rule in enumerate(self.rules):
            limit = limits[place]
            if limit == 0 or rule.index not in self.kinds[first].rules:
                continue
            for members in self._sets_with(rule, first, counts):
                self._step()
                saved = self._saved(rule, members)
                if saved <= 0:
                    continue
                after = list(counts)
                for n in members:
                    after[n] -= 1
                limits_after = list(limits)
                limits_after[place] = None if limit is None else limit - 1
                sets = {**found, rule.index: [*found.get(rule.index, []), (saved, members)]}
                yield from self._every(after, limits_after, sets)
        self._step()
        after = list(counts)
        after[first] = 0
        yield from self._every(after, limits, found)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > SEARCH_STEPS:
            raise TooManyStepsError

    def _sets_with(self, rule: ItemRule, first: int, counts: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Every set of a rule that uses the dearest kind left."""
        mine = [n for n in self._of_rule[rule.index] if counts[n]]
        product = self.kinds[first].product
        if not rule.slots:
            if rule.same_product:
                mine = [n for n in mine if self.kinds[n].product == product]
            for rest in _choose(mine, counts, rule.size - 1, first):
                yield (first, *rest)
            return
        wanted: list[tuple[list[int], int]] = []
        for products, count in rule.slots:
            inside = mine if products is None else [n for n in mine if self.kinds[n].product in products]
            wanted.append((inside, count - (products is None or product in products)))
        yield from _from_slots((first,), wanted, counts, first)


def _choose(kinds: Sequence[int], counts: Sequence[int], size: int, taken: int) -> Iterator[tuple[int, ...]]:
    """Every choice of so many pieces, dearest first; one of kind ``taken`` is gone already."""
    if size == 0:
        yield ()
        return
    for place, n in enumerate(kinds):
        there = counts[n] - (n == taken)
        for times in range(min(there, size), 0, -1):
            for rest in _choose(kinds[place + 1 :], counts, size - times, taken):
                yield (n,) * times + rest


def _from_slots(
    chosen: tuple[int, ...], wanted: Sequence[tuple[Sequence[int], int]], counts: Sequence[int], taken: int
) -> Iterator[tuple[int, ...]]:
    if not wanted:
        yield chosen
        return
    kinds, count = wanted[0]
    for part in _choose(kinds, counts, count, taken):
        yield from _from_slots(chosen + part, wanted[1:], counts, taken)


def _used(found: dict[int, list[PieceSet]]) -> Used:
    result: Used = {}
    for index, sets in found.items():
        pieces: dict[int, int] = {}
        for _, members in sets:
            for n in members:
                pieces[n] = pieces.get(n, 0) + 1
        result[index] = sum(saved for saved, _ in sets), pieces
    return result
