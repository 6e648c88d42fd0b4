"""Program: take a whole snapshot over beside a till that sells, and print how long it took and what that did to it.

``python -m benchmarks.probe_snapshot CHUNKS`` where ``CHUNKS`` is what ``bench_snapshot.crowd_chunks`` made.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

import msgspec
from pos_testkit.till import TILL, open_test_till, some_products

from pos_app.infrastructure.sync.kept_data import KeptData
from pos_app.infrastructure.sync.snapshot_sink import SnapshotSink
from sync.protocol.messages import Manifest
from sync.protocol.pages import unpack_chunk

#: Between two sales, and between two beats of the window.
SALE_EVERY_S = 0.05
BEAT_S = 0.005


class Counter(threading.Thread):
    """Sells all the time, and notes how long each sale's write took."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.folder = folder
        self.ready = threading.Event()
        self.stop = threading.Event()
        self.commits: list[float] = []

    def run(self) -> None:
        self.till = till = open_test_till(self.folder)
        till.open_shift()
        commit = till.ledger._commit

        def timed(*arguments: object) -> None:
            began = time.perf_counter()
            commit(*arguments)  # type: ignore[arg-type]
            self.commits.append((time.perf_counter() - began) * 1000)

        till.ledger._commit = timed  # type: ignore[method-assign]
        goods = some_products()[:20]
        self.ready.set()
        while not self.stop.wait(SALE_EVERY_S):
            till.sell(*random.sample(goods, 3))
            if random.random() < 0.1:
                till.ledger.checkpoint()


class Window(threading.Thread):
    """Beats as an event loop would, and notes how late it was."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.stop = threading.Event()
        self.late: list[float] = []

    def run(self) -> None:
        while not self.stop.is_set():
            due = time.perf_counter() + BEAT_S
            time.sleep(BEAT_S)
            self.late.append((time.perf_counter() - due) * 1000)


def main() -> None:
    chunks = Path(sys.argv[1])
    sys.setswitchinterval(0.001)
    manifest = msgspec.json.decode((chunks / "manifest.json").read_bytes(), type=Manifest)
    with tempfile.TemporaryDirectory(dir=chunks.parent) as name:
        counter, window = Counter(Path(name)), Window()
        counter.start()
        counter.ready.wait()
        window.start()
        time.sleep(3)
        quiet = list(counter.commits)
        counter.commits.clear()
        window.late.clear()
        before = _memory_mb()
        till = counter.till
        kept = KeptData(till.ledger, lambda work: work())
        sink = SnapshotSink(
            till.replica,
            till.folder,
            key=till.keys.replica,
            till=TILL.till_id,
            kept_seq=kept.seq,
            forget=kept.forget,
            masters=till.ledger.read,
        )
        began = time.perf_counter()
        sells_after = 0.0
        most = 0.0
        for place, each in enumerate(sink.begin(manifest)):
            sink.take_chunk(each, unpack_chunk(each, (chunks / each.sha256).read_bytes()))
            most = max(most, _memory_mb())
            if place + 1 == len(manifest.first):
                sells_after = time.perf_counter() - began
            if place + 1 == len(manifest.first) + len(manifest.members) - 1:
                taken = time.perf_counter() - began
        built = time.perf_counter() - began
        most = max(most, _memory_mb())
        swap = time.perf_counter()
        sink.swap(manifest)
        swapped = time.perf_counter() - swap
        counter.stop.set()
        counter.join()
        window.stop.set()
        window.join()
        commits, late = sorted(counter.commits), sorted(window.late)
        print(
            json.dumps(
                {
                    "sells_after_s": sells_after,
                    "all_but_last_s": taken,
                    "built_s": built,
                    "swap_ms": swapped * 1000,
                    "memory_before_mb": before,
                    "memory_mb": most,
                    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                    "sales": len(commits),
                    "quiet_commit_p99_ms": sorted(quiet)[int(len(quiet) * 0.99)],
                    "commit_p50_ms": commits[len(commits) // 2],
                    "commit_p99_ms": commits[int(len(commits) * 0.99)],
                    "commit_max_ms": commits[-1],
                    "late_p99_ms": late[int(len(late) * 0.99)],
                    "late_max_ms": late[-1],
                    "members": till.replica.reader.member_count(),
                    "file_mb": till.replica.path.stat().st_size >> 20,
                },
                indent=1,
            )
        )
        till.replica.close()


def _memory_mb() -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
