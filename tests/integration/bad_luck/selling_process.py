"""A whole till in a process of its own, brought to a certain moment; says so on stdout and waits to be killed.

Run as ``python selling_process.py HOME MOMENT``; MOMENT is ``draft`` (a basket is open), ``committed`` (a sale is in
the books, nothing was sent to the printer) or ``sending`` (the books say that bytes may have left).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from pos_testkit import builders  # noqa: E402
from pos_testkit.window import TillWindow  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from pos_app.application.ports import JobState  # noqa: E402
from pos_app.infrastructure.paths import paths_below  # noqa: E402


def main() -> None:
    app = QApplication([])
    window = TillWindow(paths_below(Path(sys.argv[1]))).open().sit_down()
    moment = sys.argv[2]
    printing = window.running.printing
    assert printing is not None
    # From now on nothing is taken out of the queue: the moment between COMMIT and print, held still.
    printing.kick = lambda: None  # type: ignore[method-assign]
    window.scan(builders.ean13(1), builders.ean13(2), builders.ean13(3), "13800000007")
    number = "-"
    if moment != "draft":
        window.pay_cash()
        number = window.state("payment").number
    if moment == "sending":
        books = window.running.books
        assert books is not None
        job = books.till.queue.open_jobs()[0]
        window.running.lanes.submit("ledger", lambda: books.till.queue.mark(job.job_id, JobState.SENDING)).result()
    print(moment, number, flush=True)
    app.exec()


if __name__ == "__main__":
    main()
