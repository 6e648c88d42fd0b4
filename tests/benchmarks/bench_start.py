"""From the start of the process to the painted log-in beside a bare window; and the memory of the till at work."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.figures import Figure, median
from benchmarks.shop import shop
from benchmarks.window import ROOT, probe

STARTS = 15
WARM_UP = 2
_HERE = Path(__file__).resolve().parent


def run(large: bool) -> list[Figure]:
    """Measure with a replica of a million members in the data folder."""
    # Bytecode is part of an installation (dev.py and the installers compile), so it is part of the measurement.
    for package in ("pos_app", "hardware", "sync", "tests/benchmarks"):
        compileall.compile_dir(ROOT / package, quiet=1)
    with shop() as paths:
        painted, ready, bare = _starts(paths.data.parent)
        memory = probe("probe_memory", paths.data.parent)
    note = f"median of {STARTS} interleaved starts"
    return [
        Figure("process start to painted log-in", median(painted), "ms", floor=median(bare), most=2, note=note),
        Figure("process start to books open", median(ready), "ms", floor=median(bare), note=note),
        Figure("memory of the till at work, RSS", memory["rss"], "MB", limit=250),
        Figure("memory of the till at work, PSS", memory["pss"], "MB", limit=250),
    ]


def _starts(folder: Path) -> tuple[list[float], list[float], list[float]]:
    painted, ready, bare = [], [], []
    for number in range(WARM_UP + STARTS):
        till = _start("start_till.py", GUITAI_HOME=str(folder))
        window = _start("start_bare.py")
        if number >= WARM_UP:
            painted.append(till[0])
            ready.append(till[1])
            bare.append(window[0])
    return painted, ready, bare


def _start(program: str, **more: str) -> list[float]:
    """Milliseconds from here to each moment that the program tells."""
    env = {
        **os.environ,
        **more,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
    }
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(_HERE / program)], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed:\n{done.stderr[-3000:]}")
    return [(float(line) - begun) * 1e3 for line in done.stdout.split()]
