"""What a benchmark reports: a figure beside its floor, both measured in the same run, and whether it reaches."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Attributes:
        name: What was measured.
        value: In ``unit``.
        unit: ``µs``, ``ms``, ``MB``, or what is counted.
        limit: The most it may be, in ``unit``; None where only the ratio counts.
        floor: The same thing done without us, in ``unit``; None where there is none.
        most: The most that value / floor may be; None where only the limit counts.
        note: How it was measured.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    floor: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Value over floor."""
        return self.value / self.floor if self.floor else None

    @property
    def reached(self) -> bool:
        """Whether the figure is where it must be."""
        within = self.limit is None or self.value <= self.limit
        ratio = self.ratio
        return within and (self.most is None or (ratio is not None and ratio <= self.most))


def percentile(samples: Sequence[float], percent: float) -> float:
    """The value below which ``percent`` of the samples lie."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def median(samples: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(samples)


def samples(count: int, work: Callable[[int], object], *, scale: float = 1e6) -> list[float]:
    """Time ``work(i)`` one by one; microseconds by default."""
    result = []
    for number in range(count):
        begin = time.perf_counter()
        work(number)
        result.append((time.perf_counter() - begin) * scale)
    return result


def interleaved(
    count: int, one: Callable[[int], object], other: Callable[[int], object], *, scale: float = 1e6
) -> tuple[list[float], list[float]]:
    """Time two things in turns, so that both see the same machine."""
    first: list[float] = []
    second: list[float] = []
    for number in range(count):
        begin = time.perf_counter()
        one(number)
        middle = time.perf_counter()
        other(number)
        end = time.perf_counter()
        first.append((middle - begin) * scale)
        second.append((end - middle) * scale)
    return first, second


@dataclass(frozen=True)
class Times:
    """How long something took each time, in milliseconds.

    Attributes:
        clock: By the clock.
        processor: Of the processor's time; what other programs take meanwhile is no part of it.
    """

    clock: list[float]
    processor: list[float]


def timed(count: int, one: Callable[[], object], other: Callable[[], object]) -> tuple[Times, Times]:
    """Time two things in turns, by the clock and by the processor's time of this thread.

    Nothing is collected meanwhile, as in the till, which does that by the clock and not in the middle of things.
    """
    found = (Times([], []), Times([], []))
    gc.collect()
    gc.disable()
    try:
        for _ in range(count):
            for work, times in zip((one, other), found, strict=True):
                clock, processor = time.perf_counter(), time.thread_time()
                work()
                times.processor.append((time.thread_time() - processor) * 1e3)
                times.clock.append((time.perf_counter() - clock) * 1e3)
    finally:
        gc.enable()
    return found


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table for people."""
    rows = [("figure", "value", "floor", "ratio", "must reach", "")]
    for each in figures:
        must = []
        if each.most is not None:
            must.append(f"≤ {each.most:g} × floor")
        if each.limit is not None:
            must.append(f"≤ {each.limit:g} {each.unit}")
        rows.append(
            (
                each.name,
                f"{each.value:,.1f} {each.unit}",
                f"{each.floor:,.1f} {each.unit}" if each.floor is not None else "–",
                f"{each.ratio:.2f}" if each.ratio is not None else "–",
                ", ".join(must) or "–",
                "ok" if each.reached else "MISSED",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
