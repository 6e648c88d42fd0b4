"""Which coupons to use: every combination where there are few, else the best step by step, then exchanges."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Final

#: How often each coupon is used.
Counts = Mapping[str, int]

#: Up to so many combinations all are tried.
FEW: Final = 256
#: Rounds of exchanges; each makes the bill lower, and more than a few are never seen.
_ROUNDS: Final = 4


#: What makes a choice better where it is less: what is to pay, how many are used, when they end.
Cost = tuple[int, int, tuple[int, ...]]


def best_counts(
    available: Counts, cost: Callable[[Counts], Cost], replacing: Callable[[Counts, str], Mapping[str, int]]
) -> dict[str, int]:
    """How often to use each coupon.

    Args:
        available: How often each can be used.
        cost: Of a choice; less is better. What a choice holds in vain counts for nothing.
        replacing: One more use of a coupon, without those it does not go together with.
    """
    combinations = 1
    for count in available.values():
        combinations *= count + 1
        if combinations > FEW:
            return _step_by_step(available, cost, replacing)
    names = list(available)
    choices = (
        {name: count for name, count in zip(names, counts, strict=True) if count}
        for counts in itertools.product(*(range(available[name] + 1) for name in names))
    )
    return min(choices, key=lambda each: (cost(each), sum(each.values())))


def _step_by_step(
    available: Counts, cost: Callable[[Counts], Cost], replacing: Callable[[Counts, str], Mapping[str, int]]
) -> dict[str, int]:
    """From nothing, and from the best single coupon used as often as it can be: so it is never worse than any one."""
    single = min(({name: count} for name, count in available.items()), key=cost)
    found = (_climb(start, available, cost, replacing) for start in ({}, single))
    return min(found, key=lambda each: (cost(each), sum(each.values())))


def _climb(
    start: dict[str, int],
    available: Counts,
    cost: Callable[[Counts], Cost],
    replacing: Callable[[Counts, str], Mapping[str, int]],
) -> dict[str, int]:
    """Take what makes the bill lowest while something does, then exchange what was taken."""
    best, least = start, cost(start)
    rounds = 0
    while True:  # each step costs less than the one before, so it ends
        steps = [dict(replacing(best, name)) for name, count in available.items() if best.get(name, 0) < count]
        if not steps or not min(map(cost, steps)) < least:
            rounds += 1
            steps = [
                dict(replacing(_without(best, out), name))
                for out in best
                for name, count in available.items()
                if name != out and best.get(name, 0) < count
            ]
            steps += [_without(best, out) for out in best]
        if rounds > _ROUNDS or not steps:
            return best
        found = min(steps, key=cost)
        if not cost(found) < least:
            return best
        best, least = found, cost(found)


def _without(counts: Counts, name: str) -> dict[str, int]:
    return {each: count - (each == name) for each, count in counts.items() if count - (each == name)}
