"""Program: scan into a long basket in the real window and print, for each scan, the time until the line is painted
and how much of it was the window thread's own computing; the rest is other lanes' and other programs'.

``python -m benchmarks.probe_screen FOLDER WIDTHxHEIGHT SCANS [customer]``; with the last word the customer's screen is
shown in a window beside the till's.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from benchmarks.shop import Customers, goods
from benchmarks.window import OpenWindow, Painted
from PySide6.QtCore import QTimer

from pos_app.domain.pricing.basket import Basket
from pos_app.domain.quantity import Quantity

LINES = 200
WARM_UP = 30
#: A quick cashier scans three things a second; a third of that pause leaves the machine time to breathe.
PAUSE_MS = 100


class Scans:
    """Scans one thing after another: half of them are new lines, half one more of a line somewhere in the basket."""

    def __init__(self, window: OpenWindow, many: int) -> None:
        self._window = window
        self._left = many + WARM_UP
        self._times: list[tuple[float, float]] = []
        self._random = random.Random(3)
        self._begun = self._begun_cpu = 0.0
        self._before: object = None
        self._view = window.shell.active_view()
        self._model = self._view._basket._model
        books = window.running.books
        self._goods = goods(books.till)
        self._fill(Customers.draw(books, 1).members[0])
        Painted(window.shell, self._on_painted)
        QTimer.singleShot(1_000, self._next)

    def _fill(self, member_id: object) -> None:
        basket = Basket()
        for product in self._goods[:LINES]:
            basket = basket.add(product, Quantity.pieces(1))
        self._presenter = self._window.desk._presenters["selling"]
        self._presenter._on_taken(basket.with_member(member_id), False)

    def _next(self) -> None:
        if not self._window.idle:
            QTimer.singleShot(5, self._next)
            return
        if len(self._model._lines) > LINES:
            self._view.remove_requested.emit(self._model._lines[-1].key)
            QTimer.singleShot(PAUSE_MS, self._next)
            return
        if not self._left:
            self._window.leave()
            return
        self._left -= 1
        new = self._left % 2 == 0
        product = self._random.choice(self._goods[LINES:] if new else self._goods[:LINES])
        self._before = self._model._lines
        self._begun, self._begun_cpu = time.perf_counter(), time.thread_time()
        self._window.shell.deliver_scan(product.barcodes[0])

    def _on_painted(self) -> None:
        if self._begun and self._model._lines is not self._before:
            self._times.append(
                ((time.perf_counter() - self._begun) * 1e3, (time.thread_time() - self._begun_cpu) * 1e3)
            )
            self._begun = 0.0
            QTimer.singleShot(PAUSE_MS, self._next)

    def result(self) -> list[tuple[float, float]]:
        return self._times[WARM_UP:]


def main() -> None:
    folder, size, many, *more = sys.argv[1:]
    width, _, height = size.partition("x")
    found: list[Scans] = []

    def ready(opened: OpenWindow) -> None:
        if "customer" in more:
            opened.running.show_customer_screen()
        found.append(Scans(opened, int(many)))

    window = OpenWindow(Path(folder), (int(width), int(height)), ready)
    window.run()
    print(json.dumps(found[0].result()))


if __name__ == "__main__":
    main()
