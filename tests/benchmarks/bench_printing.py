"""From a payment's COMMIT to the receipt's first byte at a network port, with the real lanes and print service."""

from __future__ import annotations

import socket

from benchmarks.figures import Figure, median, percentile
from benchmarks.shop import shop
from benchmarks.window import probe

from pos_app.config import PrinterSettings, WireKind

SALES = 60
STARTS = 5


def run(large: bool) -> list[Figure]:
    """Measure with a printer that answers questions and with one that, like many cheap ones, never does."""
    port = _free_port()
    figures = []
    with shop(members=1_000_000, printer=PrinterSettings(kind=WireKind.TCP, host="127.0.0.1", port=port)) as paths:
        folder = paths.data.parent
        for kind, words in (("answers", "printer that answers"), ("silent", "printer that never answers")):
            times = probe("probe_printing", folder, str(port), str(SALES), kind)
            firsts = [times[0], *(probe("probe_printing", folder, str(port), "1", kind)[0] for _ in range(STARTS - 1))]
            name = f"payment to first receipt byte, {words}"
            figures += [
                Figure(f"{name}, p50", median(times), "ms"),
                Figure(f"{name}, p95", percentile(times, 95), "ms", limit=150, note=f"{SALES} sales, the first too"),
                Figure(f"{name}, first after start", max(firsts), "ms", limit=150, note=f"worst of {STARTS} starts"),
            ]
    return figures


def _free_port() -> int:
    with socket.socket() as probe_socket:
        probe_socket.bind(("127.0.0.1", 0))
        return int(probe_socket.getsockname()[1])
