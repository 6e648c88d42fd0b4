"""Program: sell in the real till and print, for each sale, how long its papers' bytes took to the far end of the wire.

``python -m benchmarks.probe_printing FOLDER tcp|serial|usb answers|silent SALES``; prints ``queued``, ``drawer`` and
``processor`` of each sale and ``bare``, the floor, all in milliseconds. Queued is from the COMMIT of the sale, which is
the receipt's too, to the receipt's first byte; the floor is as many bytes written by another thread, in turns with us.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

import msgspec
from benchmarks.printer_ends import ENDS, End
from benchmarks.shop import Customers, basket, goods
from benchmarks.window import OpenWindow
from PySide6.QtCore import QObject, QTimer

from pos_app.application.selling import CompleteSale, SaleDone
from pos_app.config import DeviceSettings
from pos_app.domain.tender import Tender, TenderKind
from pos_app.infrastructure.paths import paths_below
from pos_app.infrastructure.settings import load_settings, save_settings

LINES = 10
PAUSE_MS = 100
#: From the log-in to the first sale: nobody scans ten things in less.
REST_MS = 2_000
#: A receipt of ten things has so many bytes.
PAPER = b"\x1bp\x00\x32\x32\x1b@" + b"\xbb\xdd\xc3\xf1 12.50\n" * 150
PATIENCE_S = 20


class Sales(QObject):
    """Sells again and again, each time when the till has come to rest; the first sale counts like any other."""

    def __init__(self, window: OpenWindow, end: End, many: int) -> None:
        super().__init__(window.shell)
        self._window, self._end, self._left = window, end, many
        self._committed = self._committed_cpu = self._until = 0.0
        self.times: dict[str, list[float]] = {"queued": [], "drawer": [], "processor": [], "bare": []}
        books = window.running.books
        self._till = books.till
        self._random = random.Random(5)
        self._goods = goods(self._till)
        self._members = Customers.draw(books, 50).members
        QTimer.singleShot(REST_MS, self._next)

    def _next(self) -> None:
        if not self._window.idle:
            QTimer.singleShot(5, self._next)
            return
        self._left -= 1
        till = self._till
        operator = self._window.desk.require_operator()
        filled = basket(self._goods, LINES, self._random).with_member(self._random.choice(self._members))
        customer = till.selling.member_view(filled.member_id).customer
        payable = till.selling.price(filled, customer, till.selling.programme()).payable
        tenders = (Tender(TenderKind.CASH, payable, payable),)
        command = CompleteSale(till.selling.new_sale_id(), filled, tenders, payable)

        def sell() -> SaleDone:
            done = till.selling.complete(operator, command)
            self._committed, self._committed_cpu = time.perf_counter(), time.process_time()
            return done

        self._end.expect()
        self._until = time.monotonic() + PATIENCE_S
        self._window.desk.ledger(sell)
        self._await_paper()

    def _await_paper(self) -> None:
        end = self._end
        if not (end.paper_at and end.drawer_at):
            if time.monotonic() > self._until:
                raise SystemExit("no paper came")
            QTimer.singleShot(20, self._await_paper)
            return
        self.times["queued"].append((end.paper_at - self._committed) * 1e3)
        self.times["drawer"].append((end.drawer_at - self._committed) * 1e3)
        self.times["processor"].append((end.paper_cpu - self._committed_cpu) * 1e3)
        QTimer.singleShot(PAUSE_MS, self._bare)

    def _bare(self) -> None:
        """The floor, when the till has come to rest."""
        if not self._window.idle:
            QTimer.singleShot(5, self._bare)
            return
        self._end.expect()
        begun = time.perf_counter()
        self._end.write_from_other_thread(PAPER)
        if not self._end.wait():
            raise SystemExit("the floor wrote nothing")
        self.times["bare"].append((self._end.paper_at - begun) * 1e3)
        if self._left:
            QTimer.singleShot(PAUSE_MS // 3, self._next)
        else:
            self._window.leave()


def main() -> None:
    folder, way, speaks, many = sys.argv[1:]
    end = ENDS[way](answers=speaks == "answers")
    end.begin()
    place = paths_below(Path(folder)).settings
    settings = load_settings(place).settings
    save_settings(place, msgspec.structs.replace(settings, devices=DeviceSettings(printer=end.settings)))
    found: list[Sales] = []
    window = OpenWindow(Path(folder), (1024, 768), lambda open_: found.append(Sales(open_, end, int(many))))
    window.run()
    print(json.dumps(found[0].times))


if __name__ == "__main__":
    main()
