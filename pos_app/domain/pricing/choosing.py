"""Which outcome of each part costs least when the thresholds that are used are given.

Without thresholds the lowest outcome of every part is the best, since no layer gives more for a dearer piece than
the piece is dearer. Only a threshold on reduced amounts can make it worth leaving a reduction away; then outcomes are
searched, dearest branch cut by a bound, within a counted number of steps.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from pos_app.domain.money import MAX_MINOR
from pos_app.domain.pricing.bill import BillRule, total_off
from pos_app.domain.pricing.parts import Outcome, Placed

#: Up to here a part is searched also where no threshold depends on it.
FEW_PARTS: Final = 8
#: Raises are known one by one up to this many fen.
_MOST_BITS: Final = 100_000
#: Thresholds of which one at most is used.
Rivals = Sequence[BillRule]


class Bill(NamedTuple):
    """What the bill layer must know of a basket.

    Attributes:
        floors: What each line costs at least.
        cap: The most that thresholds take off together.
        regular: What all lines cost before benefits.
    """

    floors: Sequence[int]
    cap: int | None
    regular: int


class Sums(NamedTuple):
    """What parts cost at the lowest, with what counts towards each threshold then and at most (see ``Part``).

    ``rises`` are those of the parts that have any.
    """

    total: int
    low: Mapping[int, int]
    high: Mapping[int, int]
    rises: Sequence[Mapping[int, int]]

    def plus(self, parts: Sequence[Placed]) -> Sums:
        """With more parts."""
        total, low, high, rises = self.total, dict(self.low), dict(self.high), list(self.rises)
        for _, part in parts:
            total += part.total
            for n, most in part.high.items():
                low[n] = low.get(n, 0) + part.low[n]
                high[n] = high.get(n, 0) + most
            if part.rises:
                rises.append(part.rises)
        return Sums(total, low, high, rises)


NO_SUMS: Final = Sums(0, {}, {}, ())


class Choice(NamedTuple):
    """What was chosen.

    Attributes:
        payable: After the bill layer.
        bound: No choice is lower.
        outcomes: One for each part.
    """

    payable: int
    bound: int
    outcomes: tuple[Outcome, ...]


def is_live(rule: BillRule, sums: Sums) -> bool:
    """Whether what a threshold takes off depends on what is chosen."""
    n = rule.index
    return rule.fixed_base is None and rule.off(sums.high.get(n, 0)) > rule.off(sums.low.get(n, 0))


class Bounds:
    """No choice is lower: what is paid more to reach a threshold counts once for all that the same lines help reach.

    Args:
        sums: Of the parts.
        rivals: The thresholds that may be used.
        cap: The most that they take off together.
    """

    def __init__(self, sums: Sums, rivals: Sequence[Rivals], cap: int | None) -> None:
        self._total, self._cap = sums.total, cap
        shares = _shares(sums, rivals)
        self._whole = math.lcm(*[share.among for share in shares.values()])
        self._nets: dict[int, int] = {}
        for rule in itertools.chain(*rivals):
            n = rule.index
            share = shares.get(n)
            if share is None:
                self._nets[n] = rule.off(rule.base_of(sums.high)) * self._whole
            else:
                net = rule.most_net(sums.low[n], sums.high[n], share.among, share.rise)
                self._nets[n] = net * (self._whole // share.among)
        self._off = sum(self._most(rules) for rules in rivals)

    def _most(self, rules: Rivals) -> int:
        return max([self._nets[rule.index] for rule in rules], default=0)

    def bound(self) -> int:
        """For all choices."""
        return self._less(self._off)

    def bound_with(self, rivals: Rivals, n: int) -> int:
        """For the choices that use one of some rivals."""
        return self._less(self._off - self._most(rivals) + self._nets[n])

    def _less(self, scaled: int) -> int:
        off = scaled // self._whole
        return max(0, self._total - (off if self._cap is None else min(off, self._cap)))


class _Share(NamedTuple):
    """What a threshold has to be paid more for it to take more off.

    Attributes:
        among: Among how many thresholds a fen that is paid more on any of its lines may have to be shared.
        rise: The least that is paid more.
    """

    among: int
    rise: int


def _shares(sums: Sums, rivals: Sequence[Rivals]) -> dict[int, _Share]:
    """Of each live threshold."""
    unit_of = {rule.index: unit for unit, rules in enumerate(rivals) for rule in rules if is_live(rule, sums)}
    shares = dict.fromkeys(unit_of, _Share(1, MAX_MINOR))
    if not shares:
        return shares
    for rises in sums.rises:
        mine = rises.keys() & unit_of.keys()
        if mine:
            many = len({unit_of[n] for n in mine}) if len(mine) > 1 else 1
            for n in mine:
                among, rise = shares[n]
                shares[n] = _Share(max(among, many), min(rise, rises[n]))
    return shares


class Chooser:
    """Chooses an outcome for every part; the lowest in all, among equals the first.

    Args:
        parts: Of the basket.
        sums: Of these parts.
        rules: The thresholds that are used.
        bill: The bill layer.
    """

    def __init__(self, parts: Sequence[Placed], sums: Sums, rules: Sequence[BillRule], bill: Bill) -> None:
        self._parts, self._sums, self._rules, self._bill = parts, sums, rules, bill
        self._amounts = [0] * len(bill.floors)
        self._best: tuple[int, tuple[Outcome, ...]] | None = None
        self._bound = Bounds(sums, [(rule,) for rule in rules], bill.cap).bound()

    def first(self) -> Choice:
        """The better of the lowest amounts and the regular ones: no threshold alone is better."""
        self._try([part.outcomes[0] for _, part in self._parts])
        self._try_regular()
        return self._choice()

    def _try_regular(self) -> None:
        off = sum(rule.off(rule.base_of(self._sums.high)) for rule in self._rules)
        if self._rules and self._best is not None and self._best[0] > max(self._bound, self._bill.regular - off):
            self._try([Outcome(part.regular, (), ()) for _, part in self._parts])

    def _choice(self) -> Choice:
        payable, picked = self._best or (0, ())
        return Choice(payable, min(self._bound, payable), picked)

    def _try(self, picked: Sequence[Outcome]) -> None:
        self._fill(picked)
        self._judge(picked)

    def _fill(self, picked: Sequence[Outcome]) -> None:
        for (places, _), outcome in zip(self._parts, picked, strict=True):
            for line, amount in zip(places, outcome.amounts, strict=True):
                self._amounts[line] = amount

    def _judge(self, picked: Sequence[Outcome]) -> None:
        payable = sum(self._amounts) - total_off(self._rules, self._amounts, self._bill.floors, self._bill.cap)
        if self._best is None or payable < self._best[0]:
            self._best = payable, tuple(picked)

    # The search

    def search(self, steps: int) -> tuple[Choice, int]:
        """Search for a lower choice than the first.

        Args:
            steps: Sums that may be looked at: for each outcome tried, a few and one for each threshold; for each
                choice in full, one for each line of each threshold.

        Returns:
            What was found, and how many steps it took.
        """
        lowest = [part.outcomes[0] for _, part in self._parts]
        self._try(lowest)
        self._try_regular()
        self._limit, self._steps = steps, 0
        self._judging = sum(len(rule.lines) for rule in self._rules)
        self._live = [rule for rule in self._rules if is_live(rule, self._sums)]
        shares = _shares(self._sums, [(rule,) for rule in self._live])
        self._shares = [shares[rule.index].among for rule in self._live]
        self._whole = math.lcm(*self._shares)
        self._settled = sum(rule.off(rule.base_of(self._sums.high)) for rule in self._rules if rule not in self._live)
        self._fill(lowest)
        is_whole = self._is_unclipped()
        searched = [n for n, (_, part) in enumerate(self._parts) if len(part.outcomes) > 1]
        live = {rule.index for rule in self._live}
        if len(self._parts) > FEW_PARTS or is_whole:
            searched = [n for n in searched if not live.isdisjoint(self._parts[n].part.rises)]
        is_whole = is_whole or len(self._parts) <= FEW_PARTS
        searched.sort(key=lambda n: self._parts[n].part.total - sum(self._parts[n].part.regular))
        self._picked, self._searched = lowest, searched
        start = self._prepare()
        least = self._bound_at(start, 0)
        is_finished = (self._best is not None and least >= self._best[0]) or self._descend(0, start)
        choice = self._choice()
        if is_whole and all(part.is_known(live) for _, part in self._parts):
            bound = choice.payable if is_finished else max(choice.bound, least)
            choice = choice._replace(bound=min(bound, choice.payable))
        return choice, self._steps

    def _is_unclipped(self) -> bool:
        """Whether the thresholds take off in full at these amounts, so that amounts matter to them by sums alone."""
        offs = sum(rule.off(rule.base(self._amounts)) for rule in self._rules)
        return total_off(self._rules, self._amounts, self._bill.floors, None) == offs

    def _prepare(self) -> tuple[int, ...]:
        """What the parts that are not searched add; and what those from each searched one on add, at least and most."""
        keys = [rule.index for rule in self._live]
        nothing = (0,) * (1 + len(keys))
        is_searched = set(self._searched)
        self._rows: dict[int, list[tuple[int, ...]]] = {}
        start_total, start = 0, dict.fromkeys(keys, 0)
        for n, (_, part) in enumerate(self._parts):
            if n in is_searched:
                self._rows[n] = [(total, *[bases.get(key, 0) for key in keys]) for total, bases in part.rows]
            else:
                total, bases = part.rows[0]
                start_total += total
                for key in bases.keys() & start.keys():
                    start[key] += bases[key]
        self._low, self._high = [nothing], [nothing]
        self._rises = [(1,) * len(keys)]
        for n in reversed(self._searched):
            rows = self._rows[n]
            total = min(row[0] for row in rows)
            low = (total, *[max([row[k] - row[0] for row in rows]) + total for k in range(1, len(nothing))])
            high = tuple(map(max, *rows))
            self._low.append(tuple(map(operator.add, low, self._low[-1])))
            self._high.append(tuple(map(operator.add, high, self._high[-1])))
            self._rises.append(
                tuple(
                    [_sums_with(known, {row[k] - low[k] for row in rows}) for k, known in enumerate(self._rises[-1], 1)]
                )
            )
        self._rises.reverse()
        self._low.reverse()
        self._high.reverse()
        return (start_total, *start.values())

    def _bound_at(self, so_far: tuple[int, ...], depth: int) -> int:
        """No choice of the searched parts from here on is lower."""
        low: tuple[int, ...] = tuple(map(operator.add, so_far, self._low[depth]))
        high: tuple[int, ...] = tuple(map(operator.add, so_far, self._high[depth]))
        off = 0
        for n, (rule, share, rises) in enumerate(zip(self._live, self._shares, self._rises[depth], strict=True), 1):
            if high[n] > low[n]:
                net = (
                    rule.most_net_of(low[n], high[n], share, rises) if rises else rule.most_net(low[n], high[n], share)
                )
                off += net * (self._whole // share)
            else:
                off += rule.off(low[n]) * self._whole
        off = self._settled + off // self._whole
        return max(0, low[0] - (off if self._bill.cap is None else min(off, self._bill.cap)))

    def _descend(self, depth: int, so_far: tuple[int, ...]) -> bool:
        """Try every outcome of the searched parts from here; False when there were too many steps."""
        if depth == len(self._searched):
            self._steps += self._judging
            self._judge(self._picked)
            return True
        place = self._searched[depth]
        places, part = self._parts[place]
        for outcome, row in zip(part.outcomes, self._rows[place], strict=True):
            self._steps += 4 + len(self._live)
            if self._steps > self._limit:
                return False
            reached = tuple(map(operator.add, so_far, row))
            if self._best is not None and self._bound_at(reached, depth + 1) >= self._best[0]:
                continue
            for line, amount in zip(places, outcome.amounts, strict=True):
                self._amounts[line] = amount
            self._picked[place] = outcome
            if not self._descend(depth + 1, reached):
                return False
        return True


def _sums_with(known: int, rises: AbstractSet[int]) -> int:
    """Sums that are possible, as bits, with one more raise of some; 0 (not known) where they are too many."""
    result = 0
    if known:
        for rise in rises:
            result |= known << max(0, rise)
    return result if result.bit_length() <= _MOST_BITS else 0
