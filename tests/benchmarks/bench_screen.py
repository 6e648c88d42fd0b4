"""From a scan to its painted line, with 200 lines in the basket, in the real window with real lanes."""

from __future__ import annotations

from benchmarks.figures import Figure, median, percentile
from benchmarks.shop import shop
from benchmarks.window import has_x_server, probe

SCANS = 300
SIZES = ("1024x768", "1920x1080")


def run(large: bool) -> list[Figure]:
    """Measure off screen and, where there is one, on an X server."""
    figures = []
    with shop() as paths:
        for platform in ("offscreen", *(["xcb"] if has_x_server() else [])):
            for size, *more in (*((each,) for each in SIZES), (SIZES[0], "customer")):
                scans = probe("probe_screen", paths.data.parent, size, str(SCANS), *more, platform=platform)
                times, own = zip(*scans, strict=True)
                beside = ", customer's screen beside" if more else ""
                where = f"scan to painted line, 200 lines, {size.replace('x', '×')}, {platform}{beside}"
                figures += [
                    Figure(f"{where}, p50", median(times), "ms"),
                    Figure(f"{where}, p99", percentile(times, 99), "ms", limit=16, note=f"{len(times)} scans"),
                    Figure(f"{where}, p99 of the window's own computing", percentile(own, 99), "ms"),
                ]
    return figures
