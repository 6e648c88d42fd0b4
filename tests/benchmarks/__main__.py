"""``dev.py bench [name ...] [--large]``: measure, print each figure beside its floor, fail where one is missed."""

from __future__ import annotations

import argparse
import importlib
import sys

from benchmarks.figures import Figure, table

#: Name to module; each has ``run(large: bool) -> list[Figure]``.
BENCHMARKS = {
    "members": "benchmarks.bench_members",
    "sale": "benchmarks.bench_sale",
    "quote": "benchmarks.bench_quote",
    "scanner": "benchmarks.bench_scanner",
    "screen": "benchmarks.bench_screen",
    "start": "benchmarks.bench_start",
    "paper": "benchmarks.bench_paper",
    "devices": "benchmarks.bench_devices",
    "printing": "benchmarks.bench_printing",
    "sync": "benchmarks.bench_sync",
    "idle": "benchmarks.bench_idle",
    "snapshot": "benchmarks.bench_snapshot",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], help="which (default: all)")
    parser.add_argument("--large", action="store_true", help="10,000,000 members too (some minutes, 2 GB)")
    given = parser.parse_args()
    figures: list[Figure] = []
    for name in given.names or list(BENCHMARKS):
        print(f"… {name}", file=sys.stderr, flush=True)
        figures += importlib.import_module(BENCHMARKS[name]).run(large=given.large)
    print(table(figures))
    missed = [figure.name for figure in figures if not figure.reached]
    if missed:
        print(f"missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
