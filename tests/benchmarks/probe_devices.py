"""Program: let a till with its window and devices stand idle and print what share of one core it takes.

``python -m benchmarks.probe_devices FOLDER SECONDS [PROFILE]``; with the last word processor time is also counted by
thread, in milliseconds for each second.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.window import OpenWindow
from PySide6.QtCore import QTimer

#: From the log-in until everything that is done once, such as importing and asking printers, is done.
REST_MS = 8_000


class Idle:
    """Waits, and compares the process's processor time with the clock."""

    def __init__(self, window: OpenWindow, seconds: int) -> None:
        self._window, self._seconds = window, seconds
        self.percent = 0.0
        self.devices: list[str] = []
        self.threads: dict[str, float] = {}
        QTimer.singleShot(REST_MS, self._begin)

    def _begin(self) -> None:
        self._before = _threads()
        self._clock, self._own = time.perf_counter(), time.process_time()
        QTimer.singleShot(self._seconds * 1000, self._end)

    def _end(self) -> None:
        own, clock = time.process_time() - self._own, time.perf_counter() - self._clock
        self.percent = 100 * own / clock
        after = _threads()
        self.threads = {name: (ms - self._before.get(name, 0)) / clock for name, ms in after.items()}
        self.devices = _at_work(self._window)
        self._window.leave()


def _threads() -> dict[str, float]:
    """Processor time of each thread in milliseconds."""
    found: dict[str, float] = {}
    for task in Path("/proc/self/task").iterdir():
        name = f"{(task / 'comm').read_text().strip()} {task.name}"
        found[name] = int((task / "schedstat").read_text().split()[0]) / 1e6
    return found


def _at_work(window: OpenWindow) -> list[str]:
    """Those that are there and well; the stand-in is not asked while the printer is well."""
    running = window.running
    well = [each.role.value for each in running.devices.board.standings() if each.state in ("idle", "busy")]
    return sorted(well)


def main() -> None:
    folder, seconds, *more = sys.argv[1:]
    found: list[Idle] = []
    window = OpenWindow(Path(folder), (1024, 768), lambda open_: found.append(Idle(open_, int(seconds))))
    window.run()
    result: dict[str, object] = {"percent": found[0].percent, "devices": found[0].devices}
    if more:
        result["threads"] = found[0].threads
    print(json.dumps(result))


if __name__ == "__main__":
    main()
