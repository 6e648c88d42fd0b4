"""A process that writes records until it is killed, and says of each on stdout once COMMIT has returned.

Run as ``python committing_process.py FOLDER [BYTES]``; with BYTES, no file may grow beyond that many.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from pos_testkit.till import open_test_till, some_members, some_products  # noqa: E402

from pos_app.errors import KnownError  # noqa: E402


def main() -> None:
    till = open_test_till(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limit = int(sys.argv[2])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    goods, members = some_products(), some_members()
    with till.ledger.read() as reader:
        number = reader.head().seq
    till.open_shift()
    while True:
        number += 1
        try:
            done = till.sell(*goods[: 1 + number % 10], member=members[number % 20])
        except KnownError as error:
            print("failed", error.code, error.details.get("reason", ""), flush=True)
            till.close()
            return
        print("saved", done.seq, done.sale.receipt_no, flush=True)


if __name__ == "__main__":
    main()
