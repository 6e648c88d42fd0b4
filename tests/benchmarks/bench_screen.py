"""From a scan to its painted line, in an ordinary basket and in one of 200 lines, in the real window with real lanes.

By a scanner that types, from its Enter, and by one at a serial port, from its last byte; with and without a screen for
the customer. The floor is the same window that paints the line and the total again.
"""

from __future__ import annotations

from benchmarks.figures import Figure, median, percentile
from benchmarks.shop import shop
from benchmarks.window import has_x_server, probe

SCANS = 130
FRAME_MS = 16
SIZES = {
    "1024x768": ("keys:20", "serial:20", "keys:200", "serial:200", "keys:20:customer", "keys:200:customer"),
    "1920x1080": ("keys:200",),
}
_WORDS = {"keys": "typed", "serial": "serial port", "customer": "customer's screen beside"}


def run(large: bool) -> list[Figure]:
    """Measure on an X server, or off screen where there is none."""
    figures = []
    platform = "xcb" if has_x_server() else "offscreen"
    with shop() as paths:
        for size, trials in SIZES.items():
            found = probe(
                "probe_screen", paths.data.parent, size, str(SCANS), *trials, platform=platform, patience_s=200
            )
            for trial, times in zip(trials, found, strict=True):
                way, lines, *more = trial.split(":")
                words = ", ".join([f"{lines} lines", *(_WORDS[each] for each in (way, *more)), size.replace("x", "×")])
                note = f"{len(times['clock'])} scans, {platform}"
                clock, floor = times["clock"], times["floor"]
                figures += [
                    Figure(f"scan to painted line, {words}, p50", median(clock), "ms", floor=median(floor), note=note),
                    Figure(
                        f"scan to painted line, {words}, p99",
                        percentile(clock, 99),
                        "ms",
                        limit=FRAME_MS,
                        floor=percentile(floor, 99),
                        note=note,
                    ),
                    Figure(f"the window's own computing, {words}, p99", percentile(times["own"], 99), "ms"),
                ]
    return figures
