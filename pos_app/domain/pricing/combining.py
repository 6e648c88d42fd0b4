"""From the open benefits and the lines to the combination that costs least.

Of the benefits of a group one at most is used. For each of them a bound says what the bill costs at least with it;
benefits whose bound is above what was found already are out, and what is left is tried.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pos_app.domain.pricing.bill import BillRule
from pos_app.domain.pricing.choosing import NO_SUMS, Bill, Bounds, Choice, Chooser, Rivals, Sums, is_live
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.pricing.parts import Placed, Taken, connected, could_save, part_alone, parts_of
from pos_app.domain.pricing.situation import Situation
from pos_app.domain.programme.benefits import Base

#: Combinations of groups that are tried beyond those on the way to the best.
_TRIED_IN_FULL: Final = 16
#: How often each group is looked at again after another one has changed.
_ROUNDS: Final = 3
#: Sums looked at (see ``Chooser.search``), of one combination of groups and of all.
_STEPS: Final = 2_000
_ALL_STEPS: Final = 4_000
#: Outcomes of one part that are weighed where a threshold depends on them.
_MAX_OUTCOMES: Final = 250
#: Outcomes of all parts together, where there are more than a few parts.
_ALL_OUTCOMES: Final = 60
_FEW_PARTS: Final = 4
_NOTHING: Final[frozenset[int]] = frozenset()

#: The benefit of each contested group that is used.
Selected = tuple[int, ...]


class Solution(NamedTuple):
    """A combination of benefits.

    Attributes:
        payable: What all lines cost together.
        bound: No allowed combination costs less.
        amounts: What each line costs before the bill layer.
        price: What the price layer takes off.
        items: What the item layer takes off.
        bill_rules: The thresholds of the bill layer.
    """

    payable: int
    bound: int
    amounts: tuple[int, ...]
    price: tuple[Taken, ...]
    items: tuple[Taken, ...]
    bill_rules: tuple[BillRule, ...]


class Basis:
    """The lines that benefits may reduce, with the open benefits that speak of each.

    Attributes:
        situation: Which benefits are open.
        lines: Sorted by what they are.
        grounds: What is known of each.
        relevant: Places of the open benefits that speak of any line.
        bill_rules: The thresholds among them.
        bill: What the bill layer must know.
        excluded: Open benefits that are not used all the same, because a coupon of their group is.
        groups: Benefits of which one at most is used, where more than one is open here.
    """

    def __init__(
        self, situation: Situation, lines: Sequence[PricedLine], excluded: frozenset[int] = frozenset()
    ) -> None:
        known = [(situation.ground(line.basket_line), line) for line in lines]
        known.sort(key=lambda pair: pair[0].sort_key)
        self.situation = situation
        self.grounds = [ground for ground, _ in known]
        self.lines = [line for _, line in known]
        index = situation.index
        layers = index.programme.layers
        on_bill: dict[int, list[int]] = {}
        relevant: set[int] = set()
        for place, ground in enumerate(self.grounds):
            relevant.update(ground.price_rules, ground.item_rules)
            for n in ground.bill_rules:
                on_bill.setdefault(n, []).append(place)
        relevant.update(on_bill)
        # What is known of lines stays that of the situation, so that leaving benefits out costs only what they touch.
        self.excluded = excluded & relevant
        relevant -= excluded
        self.relevant = frozenset(relevant)
        is_fixed = layers.bill_base is Base.REGULAR
        self.bill_rules = {
            n: BillRule(
                n, index.bill[n], places, sum(self.grounds[place].regular for place in places) if is_fixed else None
            )
            for n, places in sorted(on_bill.items())
            if n not in excluded
        }
        cap = None if layers.bill_max_off is None else layers.bill_max_off.minor
        regular = sum([ground.regular for ground in self.grounds])
        self.bill = Bill([ground.floor for ground in self.grounds], cap, regular)
        groups: dict[str, list[int]] = {}
        for n in sorted(relevant):
            group = index.programme.benefits[n].group
            if group:
                groups.setdefault(group, []).append(n)
        self.groups = [tuple(members) for members in groups.values() if len(members) > 1]

    def regular(self) -> list[int]:
        """What each line costs before benefits."""
        return [ground.regular for ground in self.grounds]

    def why_not(self, n: int) -> str:
        """Why a benefit of the price or item layer that speaks of some line took nothing off."""
        rule = self.situation.index.items.get(n)
        if rule is None:
            could = (len(ground.options_of((n,))) > 1 for ground in self.grounds if n in ground.price_rules)
            return "better_offer" if any(could) else "no_goods"
        mine = [ground for ground in self.grounds if n in ground.item_rules]
        pieces: dict[str, int] = {}
        for ground in mine:
            if rule.slots or ground.regular > 0:
                pieces[ground.product] = pieces.get(ground.product, 0) + ground.pieces
        if not rule.slots:
            most = max(pieces.values(), default=0) if rule.same_product else sum(pieces.values())
            if most < rule.size:
                return "not_enough"
            return "better_offer" if rule.off_bp else "no_goods"
        for products, count in rule.slots:
            if sum(each for product_id, each in pieces.items() if products is None or product_id in products) < count:
                return "not_enough"
        return "better_offer" if could_save(self.situation, mine, n) else "no_goods"


def solve(basis: Basis) -> Solution:
    """The best allowed combination of the open benefits; where that is not proven, a bound below the amount."""
    return _Solver(basis).solve()


def _without_shadowed(members: Sequence[int], rules: Mapping[int, BillRule]) -> list[int]:
    """Benefits of a group without the thresholds that are never better than one named before them."""
    kept: list[int] = []
    for n in members:
        before = (rules[m] for m in kept if m in rules)
        if n not in rules or not any(rules[n].is_never_better_than(each) for each in before):
            kept.append(n)
    return kept


class _Tried(NamedTuple):
    """A selection that was tried; the least one is the best, among equals that of the benefits named first."""

    payable: int
    selected: Selected
    choice: Choice
    parts: Sequence[Placed]

    @property
    def rank(self) -> tuple[int, Selected]:
        return self.payable, self.selected


class _Solver:
    def __init__(self, basis: Basis) -> None:
        self._basis, self._groups = basis, basis.groups
        self._contested = frozenset(itertools.chain(*basis.groups))
        varying = self._contested | basis.excluded
        self._known: dict[Selected, _Tried] = {}
        self._steps = _ALL_STEPS
        self._block_rules: list[tuple[tuple[int, ...], frozenset[int]]] = []
        steady: list[Placed] = []
        for places in connected(basis.grounds, basis.situation, _NOTHING):
            contested = _NOTHING
            if varying:
                contested = varying & self._upper_rules(places)
            if contested:
                self._block_rules.append((places, contested))
            elif len(places) == 1:
                steady.append(Placed(places, part_alone(basis.situation, basis.grounds[places[0]])))
            else:
                steady += self._parts(places, _NOTHING, 0)
        self._steady, self._steady_sums = steady, NO_SUMS.plus(steady)

    def solve(self) -> Solution:
        if not self._groups:
            best = self._search(self._try(()))
            return self._solution(best, best.choice.bound)
        bounds = self._bounds()
        best = self._try(tuple(min(of_group, key=lambda n: (of_group[n], n)) for of_group in bounds))
        best = self._improve(best, bounds)
        return self._prove(best, bounds)

    def _solution(self, best: _Tried, bound: int) -> Solution:
        amounts = [0] * len(self._basis.grounds)
        price: list[Taken] = []
        items: list[Taken] = []
        for (places, _), outcome in zip(best.parts, best.choice.outcomes, strict=True):
            for place, amount in zip(places, outcome.amounts, strict=True):
                amounts[place] = amount
            price += [(n, places[place], fen) for n, place, fen in outcome.price]
            items += [(n, places[place], fen) for n, place, fen in outcome.items]
        price.sort(key=lambda each: each[1])
        rules = tuple(self._rules(self._left_out(best.selected)))
        return Solution(best.payable, min(bound, best.payable), tuple(amounts), tuple(price), tuple(items), rules)

    # What is used and what that makes of the lines

    def _left_out(self, selected: Selected) -> frozenset[int]:
        return self._contested.difference(selected) | self._basis.excluded

    def _rules(self, left_out: frozenset[int]) -> list[BillRule]:
        return [rule for n, rule in self._basis.bill_rules.items() if n not in left_out]

    def _upper_rules(self, places: tuple[int, ...]) -> set[int]:
        """The benefits of the price and the item layer that speak of lines."""
        found: set[int] = set()
        for place in places:
            ground = self._basis.grounds[place]
            found.update(ground.price_rules, ground.item_rules)
        return found

    def _parts(self, places: tuple[int, ...], left_out: frozenset[int], most: int) -> list[Placed]:
        grounds = [self._basis.grounds[place] for place in places]
        return [
            Placed(tuple([places[place] for place in inner]), part)
            for inner, part in parts_of(self._basis.situation, grounds, left_out, most)
        ]

    def _all_parts(self, left_out: frozenset[int]) -> tuple[list[Placed], Sums]:
        if not self._block_rules:
            return self._steady, self._steady_sums
        varying: list[Placed] = []
        for places, contested in self._block_rules:
            varying += self._parts(places, contested & (left_out | self._basis.excluded), 0)
        return [*self._steady, *varying], self._steady_sums.plus(varying)

    # The way to the best

    def _bounds(self) -> list[dict[int, int]]:
        """For each group and each of its benefits: what the bill costs at least with it."""
        basis, rules = self._basis, self._basis.bill_rules
        rivals: list[Rivals] = [[rule for n, rule in rules.items() if n in members] for members in self._groups]
        free: list[Rivals] = [(rule,) for rule in self._rules(self._contested)]
        cap = basis.bill.cap
        sums = self._all_parts(_NOTHING)[1]
        everything = Bounds(sums, [*free, *rivals], cap)
        result: list[dict[int, int]] = []
        for place, members in enumerate(self._groups):
            upper = frozenset(n for n in members if n not in rules)
            others = [*free, *rivals[:place], *rivals[place + 1 :]]
            found: dict[int, int] = {}
            without = Bounds(self._all_parts(upper)[1], [*others, rivals[place]], cap) if upper else everything
            # One that could take nothing off this basket is never better than the others.
            able = [
                n
                for n in members
                if (rules[n].off(rules[n].base_of(sums.high)) if n in rules else basis.why_not(n) == "better_offer")
            ]
            for n in _without_shadowed(able, rules) or members[:1]:
                if n in rules:
                    found[n] = without.bound_with(rivals[place], n)
                else:
                    found[n] = Bounds(self._all_parts(upper - {n})[1], others, cap).bound()
            result.append(found)
        return result

    def _try(self, selected: Selected) -> _Tried:
        known = self._known.get(selected)
        if known is None:
            left_out = self._left_out(selected)
            parts, sums = self._all_parts(left_out)
            choice = Chooser(parts, sums, self._rules(left_out), self._basis.bill).first()
            known = self._known[selected] = _Tried(choice.payable, selected, choice, parts)
        return known

    def _improve(self, best: _Tried, bounds: Sequence[dict[int, int]]) -> _Tried:
        """Change the benefit of one group at a time for a better one, until there is none."""
        for _ in range(_ROUNDS):
            before = best
            for place, of_group in enumerate(bounds):
                for n, bound in of_group.items():
                    if (bound, n) < (best.payable, best.selected[place]):
                        other = self._try((*best.selected[:place], n, *best.selected[place + 1 :]))
                        best = min(best, other, key=lambda each: each.rank)
            if best is before:
                break
        return self._search(best)

    def _prove(self, best: _Tried, bounds: Sequence[dict[int, int]]) -> Solution:
        """Try what is left where that is little; else the bound is that of the group that says most."""
        left = [
            [n for n, bound in of_group.items() if (bound, n) <= (best.payable, best.selected[place])]
            for place, of_group in enumerate(bounds)
        ]
        many = 1
        for members in left:
            many *= len(members)
        if many > _TRIED_IN_FULL:
            return self._solution(best, max(min(of_group.values()) for of_group in bounds))
        bound = best.choice.bound
        unknown = sum(part.rows[0][0] - part.total for _, part in best.parts if part.least is not None)
        for least, selected in sorted((self._bound_of(selected), selected) for selected in itertools.product(*left)):
            # What is not known of the parts themselves no search of combinations finds out.
            if (least + unknown, selected) < best.rank and selected != best.selected:
                found = self._search(self._try(selected))
                best = min(best, found, key=lambda one: one.rank)
                bound = min(bound, found.choice.bound)
            else:
                bound = min(bound, least)
        return self._solution(best, bound)

    def _bound_of(self, selected: Selected) -> int:
        known = self._known.get(selected)
        if known is not None:
            return known.choice.bound
        left_out = self._left_out(selected)
        rules: list[Rivals] = [(rule,) for rule in self._rules(left_out)]
        return Bounds(self._all_parts(left_out)[1], rules, self._basis.bill.cap).bound()

    def _search(self, tried: _Tried) -> _Tried:
        """Search for what is lower with the same benefits of the groups."""
        choice, basis = tried.choice, self._basis
        left_out = self._left_out(tried.selected)
        rules = self._rules(left_out)
        if choice.payable <= choice.bound or not rules or self._steps <= 0:
            return tried
        parts, sums = self._in_full(left_out, rules)
        found, steps = Chooser(parts, sums, rules, basis.bill).search(min(_STEPS, self._steps))
        self._steps -= steps
        found = found._replace(bound=max(found.bound, choice.bound))
        result = _Tried(found.payable, tried.selected, found, parts)
        self._known[tried.selected] = result
        return result

    def _in_full(self, left_out: frozenset[int], rules: Sequence[BillRule]) -> tuple[Sequence[Placed], Sums]:
        """The parts with all their outcomes where those matter."""
        parts, sums = self._all_parts(left_out)
        live = {rule.index for rule in rules if is_live(rule, sums)}
        is_small = len(parts) <= _FEW_PARTS
        again = {
            part.places
            for part in parts
            if part.part.least is not None and (is_small or not part.part.rises.keys().isdisjoint(live))
        }
        if not again:
            return parts, sums
        most = _MAX_OUTCOMES if is_small else max(2, 1 << (_ALL_OUTCOMES // len(again)).bit_length() - 1)
        full: list[Placed] = []
        for part in parts:
            if part.places in again:
                full += self._parts(part.places, left_out & self._upper_rules(part.places), most)
            else:
                full.append(part)
        return full, NO_SUMS.plus(full)
