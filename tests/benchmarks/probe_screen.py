"""Program: scan into a basket in the real window and print, for each scan, the time until its line is painted.

``python -m benchmarks.probe_screen FOLDER WIDTHxHEIGHT SCANS WAY:LINES[:customer] …``: one window, one trial after the
other. The way is ``keys`` (from the scanner's Enter; its other keys came before) or ``serial`` (from the last byte at
a pseudo terminal). With the last word the customer's screen is in a window beside the till's. For each trial printed
are the lists ``clock``, ``own`` (the window thread's processor time; the rest is other lanes' and other programs') and
``floor``: the same window paints the same line and the total again, with nothing to find out.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

import msgspec
from benchmarks.shop import Customers, goods
from benchmarks.window import OpenWindow, Painted
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from hardware.virtual.scanner import VirtualScanner
from pos_app.config import DeviceSettings, ScannerSettings, WireKind
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.quantity import Quantity
from pos_app.infrastructure.paths import paths_below
from pos_app.infrastructure.settings import load_settings, save_settings

WARM_UP = 20
#: So many lines more than it began with, then the basket is what it was.
GROWS = 10
#: A quick cashier scans three things a second; an eighth of that pause leaves the machine time to breathe.
PAUSE_MS = 40
REST_MS = 800
#: Between two keys of a scanner.
KEY_MS = 4


class Scans:
    """Scans one thing after another: half of them are new lines, half one more of a line somewhere in the basket."""

    def __init__(self, window: OpenWindow, scanner: VirtualScanner, many: int, trials: list[str]) -> None:
        self._window, self._scanner, self._many = window, scanner, many
        self._trials = trials
        self.found: list[dict[str, list[float]]] = []
        self._random = random.Random(3)
        self._begun = self._begun_cpu = self._floor_begun = 0.0
        self._key_ms = 1_000_000
        self._before: object = None
        self._view = window.shell.active_view()
        self._model = self._view._basket._model
        self._presenter = window.desk._presenters["selling"]
        books = window.running.books
        self._goods = goods(books.till)
        self._member = Customers.draw(books, 1).members[0]
        Painted(window.shell, self._on_painted)
        self._begin()

    def _begin(self) -> None:
        """The next trial, or the end."""
        if not self._trials:
            self._window.leave()
            return
        self._way, lines, *more = self._trials.pop(0).split(":")
        self._lines, self._left = int(lines), self._many + WARM_UP
        self._base = Basket()
        for product in self._goods[: self._lines]:
            self._base = self._base.add(product, Quantity.pieces(1))
        self._base = self._base.with_member(self._member)
        self.found.append({"clock": [], "own": [], "floor": []})
        if more:
            self._window.running.show_customer_screen()
        self._fill()

    def _fill(self) -> None:
        self._presenter._on_taken(self._base, False)
        QTimer.singleShot(REST_MS, self._next)

    def _next(self) -> None:
        if not self._window.idle:
            QTimer.singleShot(5, self._next)
            return
        if not self._left:
            self._begin()
            return
        if len(self._model._lines) >= self._lines + GROWS:
            self._fill()
            return
        self._left -= 1
        new = self._left % 2 == 0
        product = self._random.choice(self._goods[self._lines :] if new else self._goods[: self._lines])
        self._before = self._model._lines
        if self._way == "serial":
            self._scanner.send(product.barcodes[0], complete=False)
            QTimer.singleShot(20, lambda: self._last(lambda: self._scanner.send("")))
        else:
            for char in product.barcodes[0]:
                self._key(ord(char), char)
            self._last(lambda: self._key(int(Qt.Key.Key_Return), "\r"))

    def _last(self, end: object) -> None:
        self._begun, self._begun_cpu = time.perf_counter(), time.thread_time()
        end()  # type: ignore[operator]

    def _key(self, key: int, text: str) -> None:
        handle = self._window.shell.windowHandle()
        self._key_ms += KEY_MS
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(self._key_ms)
            QCoreApplication.sendEvent(handle, event)

    def _on_painted(self) -> None:
        now = time.perf_counter()
        if self._begun and self._model._lines is not self._before:
            self._keep("clock", (now - self._begun) * 1e3)
            self._keep("own", (time.thread_time() - self._begun_cpu) * 1e3)
            self._begun = 0.0
            QTimer.singleShot(PAUSE_MS // 2, self._paint_again)
        elif self._floor_begun:
            self._keep("floor", (now - self._floor_begun) * 1e3)
            self._floor_begun = 0.0
            QTimer.singleShot(PAUSE_MS // 2, self._next)

    def _paint_again(self) -> None:
        """The floor."""
        if not self._window.idle:
            QTimer.singleShot(5, self._paint_again)
            return
        table = self._view._basket
        row = table.current_row()
        self._key_ms += 10_000  # nobody's keys are a burst with those of the next scan
        self._floor_begun = time.perf_counter()
        table.viewport().update(0, table.rowViewportPosition(row), table.viewport().width(), table.rowHeight(row))
        self._view._payable.update()

    def _keep(self, what: str, milliseconds: float) -> None:
        if self._left < self._many:
            self.found[-1][what].append(milliseconds)


def main() -> None:
    folder, size, many, *trials = sys.argv[1:]
    width, _, height = size.partition("x")
    with VirtualScanner() as scanner:
        place = paths_below(Path(folder)).settings
        listening = ScannerSettings(kind=WireKind.SERIAL, device=scanner.port, echo_ms=0)
        devices = DeviceSettings(scanners=(listening,))
        save_settings(place, msgspec.structs.replace(load_settings(place).settings, devices=devices))
        found: list[Scans] = []
        window = OpenWindow(
            Path(folder),
            (int(width), int(height)),
            lambda opened: found.append(Scans(opened, scanner, int(many), trials)),
        )
        window.run()
    print(json.dumps(found[0].found))


if __name__ == "__main__":
    main()
