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
from typing import Final, NamedTuple

from pos_app.domain.money import MAX_MINOR
from pos_app.domain.pricing.bill import BillRule, total_off
from pos_app.domain.pricing.parts import Outcome, Placed

#: Up to here a part is searched also where no threshold depends on it.
FEW_PARTS: Final = 8
#: Thresholds of which one at most is used.
Rivals = Sequence[BillRule]


class Bill(NamedTuple):
    """What the bill layer must know of a basket.

    Attributes:
        floors: What each line costs at least.
        cap: The most that thresholds take off together.
    """

    floors: Sequence[int]
    cap: int | None


class Sums(NamedTuple):
    """What parts cost at the lowest, with what counts towards each threshold then and at most (see ``Part``)."""

    total: int
    low: Mapping[int, int]
    high: Mapping[int, int]

    def plus(self, parts: Sequence[Placed]) -> Sums:
        """With more parts."""
        total, low, high = self.total, dict(self.low), dict(self.high)
        for _, part in parts:
            total += part.total
            for n, most in part.high.items():
                low[n] = low.get(n, 0) + part.low[n]
                high[n] = high.get(n, 0) + most
        return Sums(total, low, high)


NO_SUMS: Final = Sums(0, {}, {})


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
        parts: Of the basket.
        sums: Of these parts.
        rivals: The thresholds that may be used.
        cap: The most that they take off together.
    """

    def __init__(self, parts: Sequence[Placed], sums: Sums, rivals: Sequence[Rivals], cap: int | None) -> None:
        self._total, self._cap = sums.total, cap
        shares = _shares(parts, sums, rivals)
        self._whole = math.lcm(*[share.among for share in shares.values()])
        self._nets: dict[int, int] = {}
        for rule in itertools.chain(*rivals):
            n = rule.index
            share = shares.get(n)
            if share is None:
                base = sums.high.get(n, 0) if rule.fixed_base is None else rule.fixed_base
                self._nets[n] = rule.off(base) * self._whole
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


def _shares(parts: Sequence[Placed], sums: Sums, rivals: Sequence[Rivals]) -> dict[int, _Share]:
    """Of each live threshold."""
    unit_of = {rule.index: unit for unit, rules in enumerate(rivals) for rule in rules if is_live(rule, sums)}
    shares = dict.fromkeys(unit_of, _Share(1, MAX_MINOR))
    if not shares:
        return shares
    for _, part in parts:
        mine = part.rises.keys() & unit_of.keys()
        if mine:
            many = len({unit_of[n] for n in mine}) if len(mine) > 1 else 1
            for n in mine:
                among, rise = shares[n]
                shares[n] = _Share(max(among, many), min(rise, part.rises[n]))
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
        self._bound = Bounds(parts, sums, [(rule,) for rule in rules], bill.cap).bound()

    def first(self) -> Choice:
        """The better of the lowest amounts and the regular ones: no threshold alone is better."""
        self._try(tuple([part.outcomes[0] for _, part in self._parts]))
        if self._rules and self._best is not None and self._best[0] > self._bound:
            self._try(tuple([Outcome(part.regular, (), ()) for _, part in self._parts]))
        return self._choice()

    def _choice(self) -> Choice:
        payable, picked = self._best or (0, ())
        return Choice(payable, min(self._bound, payable), picked)

    def _try(self, picked: tuple[Outcome, ...]) -> None:
        for (places, _), outcome in zip(self._parts, picked, strict=True):
            for line, amount in zip(places, outcome.amounts, strict=True):
                self._amounts[line] = amount
        self._judge(picked)

    def _judge(self, picked: tuple[Outcome, ...]) -> None:
        payable = sum(self._amounts) - total_off(self._rules, self._amounts, self._bill.floors, self._bill.cap)
        if self._best is None or payable < self._best[0]:
            self._best = payable, picked

    # The search

    def search(self, steps: int) -> tuple[Choice, int]:
        """Search for a lower choice than the first.

        Args:
            steps: Sums that may be looked at: for each outcome tried, a few and one for each threshold; for each
                choice in full, one for each line of each threshold.

        Returns:
            What was found, and how many steps it took.
        """
        self.first()
        self._limit, self._steps = steps, 0
        self._judging = sum(len(rule.lines) for rule in self._rules)
        self._live = [rule for rule in self._rules if is_live(rule, self._sums)]
        shares = _shares(self._parts, self._sums, [(rule,) for rule in self._live])
        self._shares = [shares[rule.index] for rule in self._live]
        self._whole = math.lcm(*[share.among for share in self._shares])
        self._settled = sum(
            rule.off(self._sums.high.get(rule.index, 0) if rule.fixed_base is None else rule.fixed_base)
            for rule in self._rules
            if rule not in self._live
        )
        lowest = [part.outcomes[0] for _, part in self._parts]
        is_whole = self._is_unclipped(lowest)
        searched = [n for n, (_, part) in enumerate(self._parts) if len(part.outcomes) > 1]
        live = {rule.index for rule in self._live}
        if len(self._parts) > FEW_PARTS or is_whole:
            searched = [n for n in searched if not live.isdisjoint(self._parts[n].part.rises)]
        is_whole = is_whole or len(self._parts) <= FEW_PARTS
        searched.sort(key=lambda n: self._parts[n].part.total - sum(self._parts[n].part.regular))
        self._picked, self._searched = lowest, searched
        start = self._prepare()
        self._try(tuple(lowest))
        is_finished = self._descend(0, start)
        choice = self._choice()
        if is_finished and is_whole and all(part.is_known(live) for _, part in self._parts):
            choice = choice._replace(bound=choice.payable)
        return choice, self._steps

    def _is_unclipped(self, outcomes: Sequence[Outcome]) -> bool:
        """Whether the thresholds take off in full at these amounts, so that amounts matter to them by sums alone."""
        for (places, _), outcome in zip(self._parts, outcomes, strict=True):
            for line, amount in zip(places, outcome.amounts, strict=True):
                self._amounts[line] = amount
        offs = sum(rule.off(rule.base(self._amounts)) for rule in self._rules)
        return total_off(self._rules, self._amounts, self._bill.floors, None) == offs

    def _prepare(self) -> tuple[int, ...]:
        """What the parts that are not searched add; and what those from each searched one on add, at least and most."""
        keys = [rule.index for rule in self._live]
        self._rows = [
            [(total, *[bases.get(key, 0) for key in keys]) for total, bases in part.rows] for _, part in self._parts
        ]
        nothing = (0,) * (1 + len(keys))
        start, is_searched = nothing, set(self._searched)
        for n, rows in enumerate(self._rows):
            if n not in is_searched:
                start = tuple(map(operator.add, start, rows[0]))
        self._low, self._high = [nothing], [nothing]
        for n in reversed(self._searched):
            rows = self._rows[n]
            total = min(row[0] for row in rows)
            low = (total, *[max([row[k] - row[0] for row in rows]) + total for k in range(1, len(nothing))])
            high = tuple(map(max, *rows))
            self._low.append(tuple(map(operator.add, low, self._low[-1])))
            self._high.append(tuple(map(operator.add, high, self._high[-1])))
        self._low.reverse()
        self._high.reverse()
        return start

    def _bound_at(self, so_far: tuple[int, ...], depth: int) -> int:
        """No choice of the searched parts from here on is lower."""
        low: tuple[int, ...] = tuple(map(operator.add, so_far, self._low[depth]))
        high: tuple[int, ...] = tuple(map(operator.add, so_far, self._high[depth]))
        off = 0
        for n, (rule, share) in enumerate(zip(self._live, self._shares, strict=True), 1):
            off += rule.most_net(low[n], high[n], share.among, share.rise) * (self._whole // share.among)
        off = self._settled + off // self._whole
        return max(0, low[0] - (off if self._bill.cap is None else min(off, self._bill.cap)))

    def _descend(self, depth: int, so_far: tuple[int, ...]) -> bool:
        """Try every outcome of the searched parts from here; False when there were too many steps."""
        if depth == len(self._searched):
            self._steps += self._judging
            self._judge(tuple(self._picked))
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
