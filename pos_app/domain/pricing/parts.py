"""Lines that belong together because item benefits connect them, and what they can cost.

A part speaks of its lines by their places in it, so that the same lines are the same part in whatever basket.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from pos_app.domain.money import split_by_weight
from pos_app.domain.pricing.packing import Kind, Packed, Packer, TooManyStepsError, Used
from pos_app.domain.pricing.situation import Ground, PriceOption, Situation
from pos_app.domain.programme.benefits import Base

_NOTHING: Final[frozenset[int]] = frozenset()
#: Which benefit took what off which line.
Taken = tuple[int, int, int]
#: Amounts by threshold.
Bases = Mapping[int, int]


class Outcome(NamedTuple):
    """What a part can cost, and how it comes to that.

    Attributes:
        amounts: Of its lines.
        price: What the price layer takes off.
        items: What the item layer takes off.
    """

    amounts: tuple[int, ...]
    price: tuple[Taken, ...]
    items: tuple[Taken, ...]


class Part:
    """Lines that belong together; amounts are fen.

    Attributes:
        outcomes: The lowest first.
        regular: What each of the lines costs before benefits, which is the most.
        least: None where ``outcomes`` are all there are; else what no outcome is lower than in all.
        total: The lowest total.
        low: For each threshold the most that counts towards it without a higher total; so for every outcome a base
            above its figure here means a total that is higher by at least as much.
        high: For each threshold the most that counts towards it.
        rows: For each outcome its total and what it adds to each threshold.
        rises: For each threshold towards which more can count by how much the total is then higher at least.
    """

    __slots__ = ("high", "least", "low", "outcomes", "regular", "rises", "rows", "total")
    rows: Sequence[tuple[int, Bases]]
    total: int
    low: Bases
    high: Bases
    rises: Bases

    def __init__(
        self,
        grounds: Sequence[Ground],
        outcomes: Sequence[Outcome],
        least: int | None,
        thresholds: Mapping[int, object],
    ) -> None:
        self.outcomes, self.least = outcomes, least
        self.regular = tuple(ground.regular for ground in grounds)
        if len(grounds) == 1:
            self._stand_alone([n for n in grounds[0].bill_rules if n in thresholds])
        else:
            self._stand_together(grounds, thresholds)

    def _stand_alone(self, mine: Sequence[int]) -> None:
        """With one line, all of what it costs counts."""
        self.rows = [(amount, dict.fromkeys(mine, amount)) for (amount,), _, _ in self.outcomes]
        self.total = self.rows[0][0] if self.least is None else self.least
        (regular,) = self.regular
        self.low, self.high = dict.fromkeys(mine, self.total), dict.fromkeys(mine, regular)
        rise = 0 if self.least is not None else self.rows[1][0] - self.total if len(self.rows) > 1 else 0
        self.rises = dict.fromkeys(mine, rise) if regular > self.total else {}

    def _stand_together(self, grounds: Sequence[Ground], thresholds: Mapping[int, object]) -> None:
        of_rule: dict[int, list[int]] = {}
        for place, ground in enumerate(grounds):
            for n in ground.bill_rules:
                if n in thresholds:
                    of_rule.setdefault(n, []).append(place)
        self.rows = [
            (sum(amounts), {n: sum([amounts[place] for place in mine]) for n, mine in of_rule.items()})
            for amounts, _, _ in self.outcomes
        ]
        self.high = {n: sum([self.regular[place] for place in mine]) for n, mine in of_rule.items()}
        self.total = min(total for total, _ in self.rows) if self.least is None else self.least
        self.low = {
            n: self._low(n, sum(ground.floor for place, ground in enumerate(grounds) if place not in mine), len(mine))
            for n, mine in of_rule.items()
        }
        self.rises = {n: self._rise(n) for n in of_rule if self.high[n] > self.low[n]}

    def _rise(self, n: int) -> int:
        if self.least is not None:
            return 0
        return min([total - self.total for total, bases in self.rows if bases[n] > self.low[n]], default=0)

    def is_known(self, thresholds: Collection[int]) -> bool:
        """Whether no outcome is unknown that could be better, where what is taken off depends on these thresholds."""
        return self.least is None or (self.least == self.rows[0][0] and self.rises.keys().isdisjoint(thresholds))

    def _low(self, n: int, floor_of_rest: int, lines: int) -> int:
        if lines == len(self.regular):
            return self.total
        if self.least is None:
            return max(bases[n] - total for total, bases in self.rows) + self.total
        return min(self.high[n], self.total - floor_of_rest)


class Placed(NamedTuple):
    """A part of a basket.

    Attributes:
        places: Of its lines in the basket.
        part: What the lines can cost.
    """

    places: tuple[int, ...]
    part: Part


def connected(grounds: Sequence[Ground], situation: Situation, left_out: frozenset[int]) -> list[tuple[int, ...]]:
    """Places of lines, together where item benefits that are not left out connect them."""
    leader: dict[int, int] = {}  # of those that a benefit speaks of; most lines stand alone

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    items = situation.index.items
    first_of: dict[tuple[int, str], int] = {}
    for place, ground in enumerate(grounds):
        if not ground.pieces:
            continue
        for n in ground.item_rules:
            if n not in left_out:
                rule = items[n]
                key = (n, ground.product if rule.is_apart else "")
                leader.setdefault(place, place)
                leader[find(place)] = find(first_of.setdefault(key, place))
    if not leader:
        return [(place,) for place in range(len(grounds))]
    together: dict[int, list[int]] = {}
    for place in range(len(grounds)):
        together.setdefault(find(place) if place in leader else place, []).append(place)
    return [tuple(each) for each in together.values()]


def part_alone(situation: Situation, ground: Ground) -> Part:
    """What a line can cost that no benefit connects with another, nothing left out: the best alone."""
    if ground.alone is None:
        ground.alone = parts_of(situation, (ground,), _NOTHING, 0)[0].part
    return ground.alone


def parts_of(situation: Situation, grounds: Sequence[Ground], left_out: frozenset[int], most: int) -> Sequence[Placed]:
    """The parts of lines that benefits connect, where some of those are left out.

    Args:
        situation: Under which.
        grounds: The lines, sorted.
        left_out: Benefits that are not used.
        most: Outcomes of a part to find where they are many; 0 for the best alone.
    """
    key = (tuple([ground.number for ground in grounds]), left_out, most)
    known: Sequence[Placed] | None = situation.answer(key)
    if known is None:
        known = []
        for places in connected(grounds, situation, left_out) if len(grounds) > 1 else [(0,)]:
            mine = [grounds[place] for place in places]
            known.append(Placed(places, _Maker(situation, mine, left_out).part(most)))
        situation.keep(key, known)
    return known


class _Maker:
    """Finds what lines can cost that belong together."""

    def __init__(self, situation: Situation, grounds: Sequence[Ground], left_out: frozenset[int]) -> None:
        self._situation, self._grounds = situation, grounds
        self._options = [ground.options(left_out) for ground in grounds]
        self._indexes = tuple(
            sorted({n for ground in grounds if ground.pieces for n in ground.item_rules if n not in left_out})
        )

    def part(self, most: int) -> Part:
        """Only the lowest outcome where item benefits speak of the lines, or all up to ``most``."""
        if not self._indexes:
            (options,) = self._options
            outcomes = [Outcome((amount,), tuple((n, 0, fen) for n, fen in taken), ()) for amount, taken in options]
            return self._made(outcomes, None)
        lowest = [options[0] for options in self._options]
        kinds, packed = _packed(self._situation, self._grounds, lowest, self._indexes)
        best = self._outcome(lowest, kinds, packed.used)
        least = sum(amount for amount, _ in lowest) - packed.most
        if not most:
            return self._made([best], least)
        found = {best.amounts: best}
        is_all = self._find_all(found, most)
        if not is_all:
            regular = [options[-1] for options in self._options]
            for chosen in (lowest, regular):
                kinds, packed = _packed(self._situation, self._grounds, chosen, self._indexes)
                for used in (packed.used, {}):
                    outcome = self._outcome(chosen, kinds, used)
                    found.setdefault(outcome.amounts, outcome)
        rest = sorted(list(found.values())[1:], key=lambda each: sum(each.amounts))
        return self._made([best, *rest], None if is_all else least)

    def _find_all(self, found: dict[tuple[int, ...], Outcome], most: int) -> bool:
        size = 0
        for chosen in map(list, itertools.product(*self._options)):
            kinds, every = self._every(chosen, most)
            size += 1 + len(every or ())
            if every is None or size > most:
                return False
            for used in every:
                outcome = self._outcome(chosen, kinds, used)
                found.setdefault(outcome.amounts, outcome)
        return True

    def _every(self, chosen: Sequence[PriceOption], most: int) -> tuple[Sequence[Kind], Sequence[Used] | None]:
        packer = _packer(self._situation, self._grounds, chosen, self._indexes)
        try:
            return packer.kinds, list(packer.every(most))
        except TooManyStepsError:
            return packer.kinds, None

    def _made(self, outcomes: Sequence[Outcome], least: int | None) -> Part:
        return Part(self._grounds, outcomes, least, self._situation.index.reduced)

    def _outcome(self, chosen: Sequence[PriceOption], kinds: Sequence[Kind], used: Used) -> Outcome:
        """What lines cost with a packing; what a benefit saves is spread over the pieces it used, by their price."""
        amounts = [amount for amount, _ in chosen]
        price = tuple((n, place, fen) for place, (_, taken) in enumerate(chosen) for n, fen in taken)
        items: list[Taken] = []
        for n, (saved, pieces) in used.items():
            weights = [0] * len(chosen)
            for kind, count in pieces.items():
                weights[kinds[kind].line] += kinds[kind].room * count
            for place, fen in enumerate(split_by_weight(saved, weights)):
                if fen:
                    items.append((n, place, fen))
                    amounts[place] -= fen
        return Outcome(tuple(amounts), price, tuple(items))


def could_save(situation: Situation, grounds: Sequence[Ground], n: int) -> bool:
    """Whether an item benefit would save anything on lines if there were no other benefit."""
    mine = [ground for ground in grounds if n in ground.item_rules and ground.pieces]
    regular = [(ground.regular, ()) for ground in mine]
    _, packed = _packed(situation, mine, regular, (n,))
    return packed.saved > 0


def _kinds(
    situation: Situation, grounds: Sequence[Ground], chosen: Sequence[PriceOption], indexes: Sequence[int]
) -> Iterator[Kind]:
    """The pieces of the lines, at the prices chosen; the odd fen of a line make some of its pieces dearer."""
    on_regular = situation.index.programme.layers.item_base is Base.REGULAR
    for place, (ground, (amount, _)) in enumerate(zip(grounds, chosen, strict=True)):
        pieces = ground.pieces
        rules = tuple([n for n in ground.item_rules if n in indexes])
        if not pieces or not rules:
            continue
        price, odd = divmod(amount, pieces)
        for piece, count in ((price + 1, odd), (price, pieces - odd)):
            if count:
                base = ground.unit_price if on_regular else piece
                room = max(0, piece - ground.piece_floor)
                yield Kind(place, ground.product, piece, base, room, rules, count)


def _packer(
    situation: Situation, grounds: Sequence[Ground], chosen: Sequence[PriceOption], indexes: Sequence[int]
) -> Packer:
    items = situation.index.items
    return Packer(tuple(_kinds(situation, grounds, chosen, indexes)), [items[n] for n in indexes])


def _packed(
    situation: Situation, grounds: Sequence[Ground], chosen: Sequence[PriceOption], indexes: tuple[int, ...]
) -> tuple[Sequence[Kind], Packed]:
    """The best packing at chosen prices; the programme's index keeps it, as other members' baskets ask for it too."""
    index = situation.index
    kinds = tuple(_kinds(situation, grounds, chosen, indexes))
    key = (kinds, indexes)
    known: tuple[Sequence[Kind], Packed] | None = index.answers.get(key)
    if known is None:
        packer = Packer(kinds, [index.items[n] for n in indexes])
        known = packer.kinds, packer.best()
        index.keep(key, known)
    return known
