"""What a code means: a million random and damaged inputs, each judged, and the time that the parser takes for one."""

from __future__ import annotations

import time

from benchmarks.figures import Figure, median, percentile
from pos_testkit.scanner_inputs import CONFIG, complaint, inputs

from hardware.scanners import codes, gs1

INPUTS = 1_000_000


def run(large: bool) -> list[Figure]:
    """Measure in one process, one input after another; a wrong answer is counted, and an exception ends it all."""
    gs1.warm_up()
    times: list[float] = []
    wrong: list[str] = []
    for raw, context in inputs(0, INPUTS):
        begin = time.perf_counter()
        found = codes.parse(raw, CONFIG, context)
        times.append((time.perf_counter() - begin) * 1e6)
        said = complaint(raw, context, found)
        if said:
            wrong.append(f"{raw!r} in {context}: {said}")
    note = f"{len(times):,} inputs"
    return [
        Figure("meaning of a scan, p50", median(times), "µs", note=note),
        Figure("meaning of a scan, p99", percentile(times, 99), "µs", limit=1000, note=note),
        Figure("meaning of a scan, p99.99", percentile(times, 99.99), "µs", note=note),
        Figure("taken for something it is not", len(wrong), "", limit=0, note="; ".join(wrong[:3]) or note),
    ]
