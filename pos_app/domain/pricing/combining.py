"""From the open benefits and the lines to the combination that costs least."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from pos_app.domain.money import FULL_RATE_BP, Rounding, divide, split_by_weight
from pos_app.domain.pricing.bill import BillRule, total_off
from pos_app.domain.pricing.choosing import Choice, Outcome, Part, choose
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.pricing.packing import Kind, Packed, Packer, TooManyStepsError, Used
from pos_app.domain.pricing.rule_index import RuleIndex
from pos_app.domain.programme.benefits import Base, Discount, MemberPrice, SpecialPrice, Stacking

#: Outcomes of one part that are weighed where a threshold depends on them.
_MAX_OUTCOMES: Final = 250
#: Outcomes of all parts together, where there are more than a few parts.
_ALL_OUTCOMES: Final = 60
_FEW_PARTS: Final = 4

#: What a line costs after the price layer, and which benefits took what off.
PriceOption = tuple[int, tuple[tuple[int, int], ...]]
#: Which benefit took what off which line.
Taken = tuple[int, int, int]


class Plan(NamedTuple):
    """How a part of the basket comes to what it costs: what the price layer and the item layer take off."""

    price: tuple[Taken, ...]
    items: tuple[Taken, ...]


class Solution(NamedTuple):
    """A combination of benefits.

    Attributes:
        payable: What all lines cost together.
        bound: No combination of the same benefits costs less.
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
        lines: Sorted by what they are.
        regular: What each costs before benefits.
        floors: What each costs at least.
        relevant: Places of the open benefits that speak of any line.
        bill_rules: The thresholds among them.
        bill_cap: The most that thresholds take off.
    """

    def __init__(self, index: RuleIndex, lines: Sequence[PricedLine], closed: Collection[int]) -> None:
        self.index, self.lines = index, lines
        self._closed = closed
        programme = index.programme
        layers = self.layers = programme.layers
        self.benefits, self.stacking = programme.benefits, programme.stacking
        self.regular = [line.regular for line in lines]
        self.pieces = [line.pieces for line in lines]
        self.piece_floors = [-(-line.unit_price * layers.floor_bp // FULL_RATE_BP) for line in lines]
        self.floors = [
            floor * pieces if pieces else -(-line.regular * layers.floor_bp // FULL_RATE_BP)
            for line, floor, pieces in zip(lines, self.piece_floors, self.pieces, strict=True)
        ]
        self.price_rules: list[list[int]] = []
        self.item_rules: list[list[int]] = []
        on_bill: dict[int, list[int]] = {}
        for place, line in enumerate(lines):
            mine = [n for n in index.covering(line.basket_line.product) if n not in closed]
            self.price_rules.append([n for n in mine if n in index.price])
            self.item_rules.append([n for n in mine if n in index.items])
            for n in mine:
                if n in index.bill:
                    on_bill.setdefault(n, []).append(place)
        is_fixed = layers.bill_base is Base.REGULAR
        self.bill_rules = {
            n: BillRule(n, index.bill[n], places, sum(self.regular[p] for p in places) if is_fixed else None)
            for n, places in sorted(on_bill.items())
        }
        self.bill_cap = None if layers.bill_max_off is None else layers.bill_max_off.minor
        self.relevant = frozenset(itertools.chain(on_bill, *self.price_rules, *self.item_rules))

    def only(self, n: int) -> Basis:
        """The lines that one benefit speaks of."""
        return Basis(
            self.index,
            [line for line in self.lines if n in self.index.covering(line.basket_line.product)],
            self._closed,
        )

    def options(self, place: int, enabled: Collection[int]) -> list[PriceOption]:
        """What the price layer can make of a line: lowest first, among equals the benefit named first."""
        line, regular = self.lines[place], self.regular[place]
        prices: list[tuple[int, int]] = []
        percents: list[tuple[int, int]] = []
        for n in self.price_rules[place]:
            if n not in enabled:
                continue
            benefit = self.benefits[n]
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
        room = regular - self.floors[place]
        combinations: list[tuple[int, tuple[tuple[int, int], ...]]] = [(n, ((n, off),)) for n, off in prices]
        for n, off_bp in percents:
            if self.stacking is Stacking.MEMBER_PRICE_THEN_DISCOUNT:
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

    def lowest(self, place: int, enabled: Collection[int]) -> PriceOption:
        """The first of :meth:`options`, without making the others where each benefit stands alone."""
        if self.stacking is not Stacking.BEST:
            return self.options(place, enabled)[0]
        line, regular = self.lines[place], self.regular[place]
        room = regular - self.floors[place]
        best = 0
        taken: tuple[tuple[int, int], ...] = ()
        for n in sorted(self.price_rules[place]):
            if n not in enabled:
                continue
            benefit = self.benefits[n]
            if isinstance(benefit, Discount):
                off = _percent(regular, benefit.off_bp)
            else:
                amount = (
                    line.member_amount()
                    if isinstance(benefit, MemberPrice)
                    else line.amount_at(benefit.unit_price.minor)
                    if isinstance(benefit, SpecialPrice)
                    else None
                )
                off = regular - amount if amount is not None else 0
            off = min(off, room)
            if off > best:
                best, taken = off, ((n, off),)
        return regular - best, taken

    def why_not(self, n: int) -> str:
        """Why a benefit of the price or item layer that speaks of some line took nothing off."""
        rule = self.index.items.get(n)
        if rule is None:
            could = (
                any(parts for _, parts in self.options(place, (n,)))
                for place, rules in enumerate(self.price_rules)
                if n in rules
            )
            return "better_offer" if any(could) else "no_goods"
        pieces: dict[str, int] = {}
        for place, rules in enumerate(self.item_rules):
            if n in rules and (not rule.slots or self.regular[place] > 0):
                product_id = self.lines[place].basket_line.product.product_id
                pieces[product_id] = pieces.get(product_id, 0) + self.pieces[place]
        if not rule.slots:
            most = max(pieces.values(), default=0) if rule.same_product else sum(pieces.values())
            if most < rule.size:
                return "not_enough"
            return "better_offer" if rule.off_bp else "no_goods"
        for products, count in rule.slots:
            if sum(each for product_id, each in pieces.items() if products is None or product_id in products) < count:
                return "not_enough"
        return "better_offer" if solve(self.only(n), frozenset((n,))).items else "no_goods"


def solve(basis: Basis, enabled: frozenset[int]) -> Solution:
    """The best combination of the enabled benefits; where that is not proven, a bound below the amount."""
    rules = tuple(rule for n, rule in basis.bill_rules.items() if n in enabled)
    places = range(len(basis.lines))
    if not rules and enabled.isdisjoint(itertools.chain(*basis.item_rules)):
        return _line_by_line([basis.lowest(place, enabled) for place in places])
    options = [basis.options(place, enabled) for place in places]
    groups = list(_groups(basis, enabled))
    parts = [_part(basis, group, options, enabled) for group in groups]
    choice = _choose(basis, parts, rules, in_full=False)
    if choice.payable > choice.bound and rules:
        again = [
            n
            for n, part in enumerate(parts)
            if part.least is not None and (len(parts) <= _FEW_PARTS or choice.concerned.intersection(part.lines))
        ]
        most = _MAX_OUTCOMES if len(parts) <= _FEW_PARTS else _ALL_OUTCOMES // max(1, len(again))
        for n in again:
            parts[n] = _part(basis, groups[n], options, enabled, most=most)
        choice = _choose(basis, parts, rules, in_full=True)
    amounts = [0] * len(basis.lines)
    for part, outcome in zip(parts, choice.outcomes, strict=True):
        for place, amount in zip(part.lines, outcome.amounts, strict=True):
            amounts[place] = amount
    plans = [outcome.plan for outcome in choice.outcomes]
    return Solution(
        choice.payable,
        choice.bound,
        tuple(amounts),
        tuple(each for plan in plans for each in plan.price),
        tuple(each for plan in plans for each in plan.items),
        rules,
    )


def _line_by_line(lowest: Sequence[PriceOption]) -> Solution:
    """Where nothing connects lines, the lowest of each is the best of all: most baskets of most shops."""
    amounts = tuple(amount for amount, _ in lowest)
    payable = sum(amounts)
    price = tuple((n, place, fen) for place, (_, taken) in enumerate(lowest) for n, fen in taken)
    return Solution(payable, payable, amounts, price, (), ())


def _choose(basis: Basis, parts: Sequence[Part[Plan]], rules: tuple[BillRule, ...], *, in_full: bool) -> Choice[Plan]:
    cap = basis.bill_cap

    def off(amounts: Sequence[int]) -> int:
        return total_off(rules, amounts, basis.floors, cap)

    return choose(parts, rules, len(basis.lines), off, cap=cap, in_full=in_full)


def _groups(basis: Basis, enabled: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """Places of lines, together where item benefits connect them."""
    leader = list(range(len(basis.lines)))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    first_of: dict[tuple[int, str], int] = {}
    for place, rules in enumerate(basis.item_rules):
        if not basis.pieces[place]:
            continue
        for n in rules:
            if n in enabled:
                rule = basis.index.items[n]
                apart = rule.limit is None and (rule.same_product or rule.size == 1)
                key = (n, basis.lines[place].basket_line.product.product_id if apart else "")
                leader[find(place)] = find(first_of.setdefault(key, place))
    together: dict[int, list[int]] = {}
    for place in range(len(basis.lines)):
        together.setdefault(find(place), []).append(place)
    return (tuple(each) for each in together.values())


def _part(
    basis: Basis,
    group: tuple[int, ...],
    options: Sequence[Sequence[PriceOption]],
    enabled: frozenset[int],
    *,
    most: int = 0,
) -> Part[Plan]:
    """What some lines can cost: only the lowest where item benefits speak of them, or all up to ``most`` outcomes."""
    ceilings = tuple(basis.regular[place] for place in group)
    indexes = sorted({n for place in group if basis.pieces[place] for n in basis.item_rules[place] if n in enabled})
    if not indexes:
        (place,) = group
        outcomes = [
            Outcome((amount,), Plan(tuple((n, place, fen) for n, fen in taken), ())) for amount, taken in options[place]
        ]
        return Part(group, outcomes, ceilings, None)
    lowest = [options[place][0] for place in group]
    kinds, packed = _packed(basis, group, lowest, indexes)
    best = _outcome(basis, group, lowest, kinds, packed.used)
    least = sum(amount for amount, _ in lowest) - packed.most
    if not most:
        return Part(group, [best], ceilings, least)
    found = {best.amounts: best}
    is_all = True
    size = 0
    for chosen in map(list, itertools.product(*(options[place] for place in group))):
        kinds, every = _every(basis, group, chosen, indexes, most)
        size += 1 + len(every or ())
        if every is None or size > most:
            is_all = False
            break
        for used in every:
            outcome = _outcome(basis, group, chosen, kinds, used)
            found.setdefault(outcome.amounts, outcome)
    if not is_all:
        regular = [options[place][-1] for place in group]
        for chosen in (lowest, regular):
            kinds, packed = _packed(basis, group, chosen, indexes)
            for used in (packed.used, {}):
                outcome = _outcome(basis, group, chosen, kinds, used)
                found.setdefault(outcome.amounts, outcome)
    rest = sorted(list(found.values())[1:], key=lambda each: sum(each.amounts))
    return Part(group, [best, *rest], ceilings, None if is_all else least)


def _kinds(
    basis: Basis, group: tuple[int, ...], chosen: Sequence[PriceOption], indexes: Sequence[int]
) -> tuple[Kind, ...]:
    """The pieces of the lines, at the prices chosen; the odd fen of a line make some of its pieces dearer."""
    result: list[Kind] = []
    on_regular = basis.layers.item_base is Base.REGULAR
    for place, (amount, _) in zip(group, chosen, strict=True):
        pieces = basis.pieces[place]
        rules = tuple(n for n in basis.item_rules[place] if n in indexes)
        if not pieces or not rules:
            continue
        line = basis.lines[place]
        price, odd = divmod(amount, pieces)
        for piece, count in ((price + 1, odd), (price, pieces - odd)):
            if count:
                base = line.unit_price if on_regular else piece
                room = max(0, piece - basis.piece_floors[place])
                result.append(Kind(place, line.basket_line.product.product_id, piece, base, room, rules, count))
    return tuple(result)


def _relative(kinds: tuple[Kind, ...], group: tuple[int, ...]) -> tuple[Kind, ...]:
    places = {place: n for n, place in enumerate(group)}
    return tuple(kind._replace(line=places[kind.line]) for kind in kinds)


def _packed(
    basis: Basis, group: tuple[int, ...], chosen: Sequence[PriceOption], indexes: Sequence[int]
) -> tuple[Sequence[Kind], Packed]:
    kinds = _relative(_kinds(basis, group, chosen, indexes), group)
    key = ("best", kinds, tuple(indexes))
    known: tuple[Sequence[Kind], Packed] | None = basis.index.answers.get(key)
    if known is None:
        packer = Packer(kinds, [basis.index.items[n] for n in indexes])
        known = packer.kinds, packer.best()
        basis.index.keep(key, known)
    return known


def _every(
    basis: Basis, group: tuple[int, ...], chosen: Sequence[PriceOption], indexes: Sequence[int], most: int
) -> tuple[Sequence[Kind], Sequence[Used] | None]:
    kinds = _relative(_kinds(basis, group, chosen, indexes), group)
    key = ("every", kinds, tuple(indexes), most)
    known: tuple[Sequence[Kind], Sequence[Used] | None] | None = basis.index.answers.get(key)
    if known is None:
        packer = Packer(kinds, [basis.index.items[n] for n in indexes])
        try:
            known = packer.kinds, list(packer.every(most))
        except TooManyStepsError:
            known = packer.kinds, None
        basis.index.keep(key, known)
    return known


def _outcome(
    basis: Basis, group: tuple[int, ...], chosen: Sequence[PriceOption], kinds: Sequence[Kind], used: Used
) -> Outcome[Plan]:
    """What the lines cost with a packing; what a benefit saves is spread over the pieces it used, by their price."""
    amounts = [amount for amount, _ in chosen]
    price = tuple((n, place, fen) for place, (_, taken) in zip(group, chosen, strict=True) for n, fen in taken)
    items: list[Taken] = []
    for n, (saved, pieces) in used.items():
        weights = [0] * len(group)
        for kind, count in pieces.items():
            weights[kinds[kind].line] += kinds[kind].room * count
        for place, fen in enumerate(split_by_weight(saved, weights)):
            if fen:
                items.append((n, group[place], fen))
                amounts[place] -= fen
    return Outcome(tuple(amounts), Plan(price, tuple(items)))


def _percent(amount: int, off_bp: int) -> int:
    return divide(amount * off_bp, FULL_RATE_BP, Rounding.HALF_UP)
