"""From a payment's COMMIT, with which its receipt is queued, to the bytes at the printer's end of the wire.

Real lanes, the real print service, its durable queue in a real ledger; network, serial port and scripted USB bus, and
a printer that never answers its questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.figures import Figure, median, percentile
from benchmarks.shop import shop
from benchmarks.window import probe

SALES = 40
QUEUED_MS, DRAWER_MS, RECEIPT_MS = 50, 100, 150
WAYS = (
    ("tcp", "answers", "network"),
    ("tcp", "silent", "network, printer never answers"),
    ("serial", "answers", "serial port"),
    ("usb", "answers", "USB"),
)


def run(large: bool) -> list[Figure]:
    """Measure each way in a till of its own process; the first sale after each start is told apart too."""
    figures = []
    firsts = []
    with shop() as paths:
        folder = paths.data.parent
        for way, speaks, words in WAYS:
            found = probe("probe_printing", folder, way, speaks, str(SALES), patience_s=90)
            figures += _figures(words, found)
            firsts.append(found["queued"][0])
    note = f"worst of {len(firsts)} starts"
    figures.append(Figure("payment to first byte, first after start", max(firsts), "ms", limit=RECEIPT_MS, note=note))
    return figures


def _figures(words: str, found: Mapping[str, Sequence[float]]) -> list[Figure]:
    queued, bare = found["queued"], found["bare"]
    return [
        Figure(f"queued to first byte, {words}, p50", median(queued), "ms", floor=median(bare)),
        Figure(f"queued to first byte, {words}, processor time p50", median(found["processor"]), "ms"),
        Figure(
            f"queued to first byte, {words}, p95",
            percentile(queued, 95),
            "ms",
            limit=QUEUED_MS,
            floor=percentile(bare, 95),
        ),
        Figure(f"queued to first byte, {words}, p99", percentile(queued, 99), "ms", limit=QUEUED_MS),
        Figure(f"payment to drawer's pulse, {words}, p95", percentile(found["drawer"], 95), "ms", limit=DRAWER_MS),
    ]
