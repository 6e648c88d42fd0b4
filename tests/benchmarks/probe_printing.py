"""Program: sell in the real till and print, for each sale, the time from its COMMIT to the receipt's first byte.

``python -m benchmarks.probe_printing FOLDER PORT SALES``; the sink at the port belongs to this process.
"""

from __future__ import annotations

import json
import random
import socket
import sys
import threading
import time
from pathlib import Path

from benchmarks.shop import Customers, basket, goods
from benchmarks.window import OpenWindow
from PySide6.QtCore import QObject, QTimer

from pos_app.application.selling import CompleteSale, SaleDone
from pos_app.domain.tender import Tender, TenderKind

LINES = 10
PAUSE_MS = 150


class Sink(threading.Thread):
    """A network printer's port. Notes when the first byte that is no question comes in on each connection.

    Args:
        port: Where to listen.
        answers: Whether it answers status questions and confirms jobs, as printers of name do.
    """

    _QUESTION = b"\x10\x04"
    _READY = b"\x12"
    _COMPLETION = b"\x1d\x72"

    def __init__(self, port: int, *, answers: bool) -> None:
        super().__init__(daemon=True)
        self.first_bytes: list[float] = []
        self._answers = answers
        self._listener = socket.create_server(("127.0.0.1", port))

    def run(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        printing = False
        while data := connection.recv(65_536):
            now = time.perf_counter()
            is_question = data.startswith(self._QUESTION) and len(data) % 3 == 0 and len(data) <= 12
            if not is_question and not printing:
                printing = True
                self.first_bytes.append(now)
            if self._answers and is_question:
                connection.sendall(self._READY * (len(data) // 3))
            if self._answers and self._COMPLETION in data:
                connection.sendall(b"\x00")


class Sales(QObject):
    """Sells again and again, each time when the till has come to rest; the first sale counts like any other."""

    def __init__(self, window: OpenWindow, sink: Sink, many: int) -> None:
        super().__init__(window.shell)
        self._window, self._sink, self._left = window, sink, many
        self._committed = 0.0
        self.times: list[float] = []
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
            self._committed = time.perf_counter()
            return done

        self._seen = len(self._sink.first_bytes)
        self._window.desk.ledger(sell)
        self._await_paper()

    def _await_paper(self) -> None:
        if len(self._sink.first_bytes) == self._seen:
            QTimer.singleShot(20, self._await_paper)
            return
        self.times.append((self._sink.first_bytes[-1] - self._committed) * 1e3)
        if self._left:
            QTimer.singleShot(PAUSE_MS, self._next)
        else:
            self._window.leave()


#: From the log-in to the first sale: nobody scans ten things in less.
REST_MS = 2_000


def main() -> None:
    folder, port, many, kind = sys.argv[1:]
    sink = Sink(int(port), answers=kind == "answers")
    sink.start()
    found: list[Sales] = []
    window = OpenWindow(Path(folder), (1024, 768), lambda open_: found.append(Sales(open_, sink, int(many))))
    window.run()
    print(json.dumps(found[0].times))


if __name__ == "__main__":
    main()
