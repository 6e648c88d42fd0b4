"""Which combination of benefits costs least: one outcome for each group of lines that belong together.

Without thresholds the lowest outcome of every part is the best, since no layer gives more for a dearer piece than
the piece is dearer. Only a threshold on reduced amounts can make it worth leaving a reduction away; then outcomes are
searched, dearest branch cut by a bound, within a counted number of steps.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from pos_app.domain.pricing.bill import BillRule

P = TypeVar("P")

#: Sums looked at before a search is given up: for each outcome tried, a few and one for each threshold; for each
#: choice in full, one for each line of each threshold.
SEARCH_STEPS: Final = 2_000
#: Up to here a part is searched also where no threshold depends on it.
_FEW_PARTS: Final = 8


class Outcome(NamedTuple, Generic[P]):
    """What a part of the basket can cost.

    Attributes:
        amounts: Of its lines, in the part's order.
        plan: How it comes to that.
    """

    amounts: tuple[int, ...]
    plan: P


class Part(NamedTuple, Generic[P]):
    """Lines that belong together.

    Attributes:
        lines: Their places.
        outcomes: The lowest first.
        ceilings: What each of the lines costs at most.
        least: None where ``outcomes`` are all there are; else what no outcome is lower than in all.
    """

    lines: tuple[int, ...]
    outcomes: Sequence[Outcome[P]]
    ceilings: tuple[int, ...]
    least: int | None


class Choice(NamedTuple, Generic[P]):
    """What was chosen.

    Attributes:
        payable: After the bill layer.
        bound: No choice is lower.
        outcomes: One for each part.
        concerned: Lines on which a threshold depends that what is chosen decides.
    """

    payable: int
    bound: int
    outcomes: tuple[Outcome[P], ...]
    concerned: frozenset[int]


def choose(
    parts: Sequence[Part[P]],
    rules: Sequence[BillRule],
    count: int,
    total_off: Callable[[Sequence[int]], int],
    *,
    cap: int | None,
    in_full: bool,
) -> Choice[P]:
    """Choose an outcome for every part; the lowest in all, among equals the first.

    Args:
        parts: Of the basket.
        rules: The thresholds.
        count: Of the lines.
        total_off: What the thresholds take off when the lines cost these amounts.
        cap: The most that they take off together.
        in_full: Whether to search also where not all outcomes are given.
    """
    return _Search(parts, rules, count, total_off, cap).run(in_full=in_full)


class _Search(Generic[P]):
    def __init__(
        self,
        parts: Sequence[Part[P]],
        rules: Sequence[BillRule],
        count: int,
        total_off: Callable[[Sequence[int]], int],
        cap: int | None,
    ) -> None:
        self._parts, self._total_off, self._cap = parts, total_off, cap
        self._has_thresholds = bool(rules)
        self._judging = sum(len(rule.lines) for rule in rules)
        self._all_rules = rules
        self._fixed = sum(rule.off(rule.fixed_base) for rule in rules if rule.fixed_base is not None)
        self._rules = [rule for rule in rules if rule.fixed_base is None]
        self._scopes = [frozenset(rule.lines) for rule in self._rules]
        self._of_line: dict[int, list[int]] = {}
        for n, rule in enumerate(self._rules, 1):
            for line in rule.lines:
                self._of_line.setdefault(line, []).append(n)
        self._amounts = [0] * count
        self._picked: list[Outcome[P]] = []
        self._steps = 0
        self._best: tuple[int, tuple[Outcome[P], ...]] | None = None

    def _sum_up(self, part: Part[P], amounts: Sequence[int]) -> tuple[int, ...]:
        """What amounts of a part add to the total and to the base of each threshold."""
        row = [sum(amounts), *(0 for _ in self._scopes)]
        for line, amount in zip(part.lines, amounts, strict=True):
            for n in self._of_line.get(line, ()):
                row[n] += amount
        return tuple(row)

    def run(self, *, in_full: bool) -> Choice[P]:
        """Choose; without a search where that could prove nothing, unless ``in_full``."""
        self._sum_all()
        self._settle()
        bound = self._bound((0,) * (1 + len(self._rules)), 0)
        best = self._try([0] * len(self._parts))
        concerned = frozenset(itertools.chain(*self._scopes))
        if best[0] > bound and self._has_thresholds and (in_full or all(part.least is None for part in self._parts)):
            self._try([len(part.outcomes) - 1 for part in self._parts])
            is_whole = len(self._parts) <= _FEW_PARTS or self._is_unclipped()
            if len(self._parts) > _FEW_PARTS:
                self._leave_the_rest_alone(concerned)
            is_finished = self._descend(0, (0,) * (1 + len(self._rules)))
            best = self._best or best
            if is_finished and is_whole and all(part.least is None for part in self._parts):
                bound = best[0]
        return Choice(best[0], min(bound, best[0]), best[1], concerned)

    def _sum_all(self) -> None:
        """What each outcome adds, and what the parts from each on add at least and at most."""
        self._sums = [[self._sum_up(part, each.amounts) for each in part.outcomes] for part in self._parts]
        nothing = (0,) * (1 + len(self._rules))
        self._rest_low, self._rest_high = [nothing], [nothing]
        for part, sums in zip(reversed(self._parts), reversed(self._sums), strict=True):
            high = self._sum_up(part, part.ceilings)
            low = self._low(part, sums, high)
            self._rest_low.append(tuple(map(operator.add, low, self._rest_low[-1])))
            self._rest_high.append(tuple(map(operator.add, high, self._rest_high[-1])))
        self._rest_low.reverse()
        self._rest_high.reverse()

    def _settle(self) -> None:
        """Take thresholds out of the search that take off the same whatever is chosen."""
        low, high = self._rest_low[0], self._rest_high[0]
        live = [n for n, rule in enumerate(self._rules, 1) if rule.off(high[n]) > rule.off(low[n])]
        self._fixed += sum(rule.off(high[n]) for n, rule in enumerate(self._rules, 1) if n not in live)
        kept = (0, *live)
        self._rules = [self._rules[n - 1] for n in live]
        self._scopes = [self._scopes[n - 1] for n in live]
        self._sums = [[tuple(row[n] for n in kept) for row in sums] for sums in self._sums]
        self._rest_low = [tuple(row[n] for n in kept) for row in self._rest_low]
        self._rest_high = [tuple(row[n] for n in kept) for row in self._rest_high]

    def _is_unclipped(self) -> bool:
        """Whether the thresholds take off in full at the lowest amounts."""
        amounts = [0] * len(self._amounts)
        for part in self._parts:
            for line, amount in zip(part.lines, part.outcomes[0].amounts, strict=True):
                amounts[line] = amount
        return self._total_off(amounts) == sum(rule.off(rule.base(amounts)) for rule in self._all_rules)

    def _leave_the_rest_alone(self, concerned: frozenset[int]) -> None:
        """Of lines that no threshold of the search depends on, the lowest outcome is the best."""
        for n, part in enumerate(self._parts):
            if concerned.isdisjoint(part.lines):
                self._sums[n] = self._sums[n][:1]

    def _low(self, part: Part[P], sums: Sequence[tuple[int, ...]], high: tuple[int, ...]) -> tuple[int, ...]:
        """The lowest total, and for each threshold the most that counts towards it without a higher total.

        So for every outcome a base above its figure here means a total that is higher by at least as much.
        """
        total = min(each[0] for each in sums) if part.least is None else part.least
        hits: dict[int, int] = {}
        for line in part.lines:
            for n in self._of_line.get(line, ()):
                hits[n] = hits.get(n, 0) + 1
        result = [total, *(0 for _ in self._scopes)]
        for n, lines in hits.items():
            if lines == len(part.lines):
                result[n] = total
            elif part.least is None:
                result[n] = max(each[n] - each[0] for each in sums) + total
            else:
                result[n] = high[n]
        return tuple(result)

    def _try(self, places: Sequence[int]) -> tuple[int, tuple[Outcome[P], ...]]:
        picked = tuple(part.outcomes[place] for part, place in zip(self._parts, places, strict=True))
        for part, outcome in zip(self._parts, picked, strict=True):
            for line, amount in zip(part.lines, outcome.amounts, strict=True):
                self._amounts[line] = amount
        return self._judge(picked)

    def _judge(self, picked: tuple[Outcome[P], ...]) -> tuple[int, tuple[Outcome[P], ...]]:
        payable = sum(self._amounts) - self._total_off(self._amounts)
        if self._best is None or payable < self._best[0]:
            self._best = payable, picked
        return self._best

    def _bound(self, so_far: tuple[int, ...], depth: int) -> int:
        """No choice of the rest is lower: a raise pays for the thresholds it reaches, at least a share of it each."""
        low: tuple[int, ...] = tuple(map(operator.add, so_far, self._rest_low[depth]))
        high: tuple[int, ...] = tuple(map(operator.add, so_far, self._rest_high[depth]))
        off = self._fixed
        live: list[tuple[BillRule, int, int]] = []
        for n, rule in enumerate(self._rules, 1):
            there = rule.off(low[n])
            off += there
            if rule.off(high[n]) > there:
                live.append((rule, n, there))
        share = len(live)
        if share:
            net = sum(rule.most_net(low[n], high[n], share) - there * share for rule, n, there in live)
            off += net // share
        return max(0, low[0] - (off if self._cap is None else min(off, self._cap)))

    def _descend(self, depth: int, so_far: tuple[int, ...]) -> bool:
        """Try every outcome of the parts from here; False when there were too many steps."""
        if depth == len(self._parts):
            self._steps += self._judging
            self._judge(tuple(self._picked))
            return True
        part = self._parts[depth]
        for outcome, sums in zip(part.outcomes, self._sums[depth], strict=False):
            self._steps += 4 + len(self._rules)
            if self._steps > SEARCH_STEPS:
                return False
            reached = tuple(map(operator.add, so_far, sums))
            if self._best is not None and self._bound(reached, depth + 1) >= self._best[0]:
                continue
            for line, amount in zip(part.lines, outcome.amounts, strict=True):
                self._amounts[line] = amount
            self._picked.append(outcome)
            is_finished = self._descend(depth + 1, reached)
            self._picked.pop()
            if not is_finished:
                return False
        return True
