"""The bill layer: thresholds (满减), which add to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pos_app.domain.money import split_by_weight
from pos_app.domain.programme.benefits import Threshold

#: Of a threshold that counts as often as it is reached, looked at one by one.
_MOST_STEPS: Final = 12


class BillRule:
    """A threshold in a basket; amounts are fen.

    Attributes:
        index: The benefit's place in the programme.
        lines: Places of the lines that count towards it and are reduced.
        fixed_base: What counts towards it where that is the regular price; None where it is what the lines cost.
        mask: The places of its lines as bits.
    """

    __slots__ = ("_each", "_max_off", "_steps", "fixed_base", "index", "lines", "mask")

    def __init__(self, index: int, benefit: Threshold, lines: Sequence[int], fixed_base: int | None) -> None:
        self.index, self.lines, self.fixed_base = index, lines, fixed_base
        self.mask = sum([1 << place for place in lines])
        self._steps = [(step.reach.minor, step.off.minor) for step in benefit.steps]
        self._each = benefit.each
        self._max_off = None if benefit.max_off is None else benefit.max_off.minor

    def base(self, amounts: Sequence[int]) -> int:
        """What counts towards it when the lines cost these amounts."""
        return sum([amounts[n] for n in self.lines]) if self.fixed_base is None else self.fixed_base

    def base_of(self, sums: Mapping[int, int]) -> int:
        """What counts towards it by what was summed up for each threshold."""
        return sums.get(self.index, 0) if self.fixed_base is None else self.fixed_base

    def off(self, base: int) -> int:
        """What it takes off."""
        off = 0
        if self._each:
            reach, once = self._steps[0]
            off = base // reach * once
        else:
            for reach, step_off in self._steps:
                if base >= reach:
                    off = step_off
        return off if self._max_off is None else min(off, self._max_off)

    def is_never_better_than(self, other: BillRule) -> bool:
        """Whether another takes at least as much off the same lines, whatever they cost."""
        if self.mask != other.mask:
            return False
        if self._each:
            return (self._steps, self._each, self._max_off) == (other._steps, other._each, other._max_off)
        return all(other.off(reach) >= self.off(reach) for reach, _ in self._steps)

    def next_reach(self, base: int) -> int | None:
        """The next amount from which it takes more off, or None."""
        off = self.off(base)
        if self._each:
            reach = self._steps[0][0]
            following = (base // reach + 1) * reach
            return following if self.off(following) > off else None
        return next((reach for reach, _ in self._steps if reach > base and self.off(reach) > off), None)

    def most_net(self, low: int, high: int, share: int, rise: int = 0) -> int:
        """What it takes off at most, less a ``share``-th of what must be paid more for that; ``share`` times this.

        Args:
            low: The base at the lowest amounts.
            high: The base at the highest.
            share: Among how many thresholds a raise is counted.
            rise: The least raise there is.
        """
        best = self.off(low) * share
        if self._each:
            reach = self._steps[0][0]
            places = [low // reach + 1, high // reach]
            if self._max_off is not None:
                places.append(-(-self._max_off // self._steps[0][1]))
            steps = [k * reach for k in places]
        else:
            steps = [reach for reach, _ in self._steps]
        for reached in steps:
            if low < reached <= high:
                best = max(best, self.off(reached) * share - max(reached - low, rise))
        return best

    def most_net_of(self, low: int, high: int, share: int, rises: int) -> int:
        """As :meth:`most_net`, where all raises there are are known.

        Args:
            low: The base at the lowest amounts.
            high: The base at the highest.
            share: Among how many thresholds a raise is counted.
            rises: Bit ``n`` is set where a raise by ``n`` is possible.
        """
        best = self.off(low) * share
        if self._each:
            reach = self._steps[0][0]
            if high // reach - low // reach > _MOST_STEPS:
                return self.most_net(low, high, share)
            steps: Iterable[int] = range((low // reach + 1) * reach, high + 1, reach)
        else:
            steps = [reach for reach, _ in self._steps]
        for reached in steps:
            if low < reached <= high:
                possible = rises >> (reached - low)
                if not possible:
                    continue
                paid_more = reached - low + (possible & -possible).bit_length() - 1
                best = max(best, self.off(reached) * share - paid_more)
        return best


def reductions(
    rules: Sequence[BillRule], amounts: Sequence[int], floors: Sequence[int], cap: int | None
) -> list[tuple[int, list[tuple[int, int]]]]:
    """What each threshold takes off which lines: in the programme's order, each by what its lines still have room for.

    Args:
        rules: In the programme's order.
        amounts: Of the lines, before the bill layer.
        floors: Of the lines: nothing goes below.
        cap: The most that all take off together.

    Returns:
        By rule (its index): pairs of line and what is taken off, the parts summing to what the rule takes off.
    """
    rooms = [max(0, amount - floor) for amount, floor in zip(amounts, floors, strict=True)]
    result: list[tuple[int, list[tuple[int, int]]]] = []
    for rule in rules:
        weights = [rooms[n] for n in rule.lines]
        off = min(rule.off(rule.base(amounts)), sum(weights))
        if cap is not None:
            off = min(off, cap)
            cap -= off
        if off <= 0:
            continue
        parts = [(n, part) for n, part in zip(rule.lines, split_by_weight(off, weights), strict=True) if part]
        for n, part in parts:
            rooms[n] -= part
        result.append((rule.index, parts))
    return result


def total_off(rules: Sequence[BillRule], amounts: Sequence[int], floors: Sequence[int], cap: int | None) -> int:
    """What all thresholds take off together; the same as the sum of :func:`reductions`, without the parts if it can."""
    whole = 0
    done: list[tuple[BillRule, int, int, int]] = []
    for rule in rules:
        off = rule.off(rule.base(amounts))
        if not off:
            continue
        room, taken, whole_taken = sum([amounts[n] - floors[n] for n in rule.lines]), 0, 0
        for other, other_off, other_room, other_left in done:
            if other.mask & rule.mask:
                # Of what another took off, these lines bore their share at most, and a fen each.
                share = other_off * min(room, other_room) // other_left + 1 + len(rule.lines)
                taken += min(other_off, share)
                whole_taken += other_off
        if room < taken + off:
            # Perhaps not in full: how much is left then depends on how those before were spread.
            return sum(part for _, parts in reductions(rules, amounts, floors, cap) for _, part in parts)
        done.append((rule, off, room, max(1, room - whole_taken)))
        whole += off
    return whole if cap is None else min(whole, cap)
