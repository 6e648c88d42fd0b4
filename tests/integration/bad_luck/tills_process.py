"""Tills that sell and sync until they are killed: one process with everything loaded, a child of it for each life.

Run as ``python tills_process.py``. A line ``HOME SEED FILE`` on stdin begins a life of the till in HOME: its process id
is said on stdout, and the id of each sale whose goods were given is added to FILE before the next one begins.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from pos_testkit.joined_till import JoinedTill  # noqa: E402

# What a till loads when its line begins: a child has no time for it.
import pos_app.infrastructure.sync.feed_sink  # noqa: E402
import pos_app.infrastructure.sync.snapshot_sink  # noqa: E402, F401


def live(home: str, seed: str, given: str) -> None:
    """Sell until killed."""
    drawn = random.Random(int(seed))
    till = JoinedTill(Path(home))
    till.begin()
    out = os.open(given, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    while not till.bugs:
        sale_id = till.live(drawn)
        if sale_id is not None:
            os.write(out, f"{sale_id}\n".encode())
    os.write(out, f"bug {till.bugs!r}\n".encode())


def main() -> None:
    """Begin lives."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    print("ready", flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                live(*line.split())
            except BaseException as error:
                Path(line.split()[2] + ".failed").write_text(repr(error))
            finally:
                os._exit(1)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
