"""The till's window with its scan router and nothing behind it, for keys from outside; says what landed where.

Arguments: the longest pause in ms, prefix, suffix. A line of JSON is written whenever something changed. Lines on
stdin: ``sheet`` and ``selling`` bring one or the other to the front, ``clear`` forgets.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "gui")]

from gallery_sale import SELLING  # noqa: E402
from PySide6.QtCore import QEvent, QObject, QTimer, Signal  # noqa: E402
from PySide6.QtGui import QKeyEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QLineEdit  # noqa: E402

from hardware.scanners.wedge import WedgeConfig, WedgeRecogniser  # noqa: E402
from pos_app.ui.scan_router import ScanRouter  # noqa: E402
from pos_app.ui.screens.recall.state import RecallState  # noqa: E402
from pos_app.ui.shell import Shell  # noqa: E402


class Keys(QObject):
    """Every key as it reached the window, with the display's own time."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, int]] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text():
            self.seen.append((event.text(), event.timestamp()))
        return False


class Bench(QObject):
    """The window and what is known of it."""

    told = Signal(str)

    def __init__(self, gap_ms: int, prefix: str, suffix: str) -> None:
        super().__init__()
        self.shell = Shell()
        self.shell.show()
        self.selling: Any = self.shell.view("selling")
        self.selling.render(SELLING)
        self.sheet: Any = self.shell.view("recall")
        self.sheet.render(RecallState())
        self.shell.show_screen("selling")
        config = WedgeConfig(max_gap_ms=gap_ms, prefix=prefix, suffix=suffix)
        self.router = ScanRouter(WedgeRecogniser(config), self.shell)
        self.router.watch(self.shell.windowHandle())
        self.keys = Keys()
        self.shell.windowHandle().installEventFilter(self.keys)
        self.router.scanned.connect(self.shell.deliver_scan)
        self.scans: list[str] = []
        self.sheet_scans: list[str] = []
        self.entered: list[str] = []
        self.pressed: list[str] = []
        self.selling.scanned.connect(self.scans.append)
        self.sheet.scanned.connect(self.sheet_scans.append)
        self.selling.input_requested.connect(self.entered.append)
        self.selling.pay_requested.connect(lambda: self.pressed.append("pay"))
        self.last = ""
        self.cleared = 0
        self.told.connect(self._on_told)
        self.timer = QTimer(self)
        self.timer.setInterval(10)
        self.timer.timeout.connect(self._say)
        self.timer.start()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.told.emit(line.strip())

    def _on_told(self, what: str) -> None:
        match what:
            case "sheet":
                self.shell.open_sheet("recall")
            case "selling":
                self.shell.show_screen("selling")
            case _:
                for each in (self.scans, self.sheet_scans, self.entered, self.pressed, self.keys.seen):
                    each.clear()
                self.selling.box.clear()
                self.cleared += 1
        self.last = ""

    def _say(self) -> None:
        focus = QApplication.focusWidget()
        said = json.dumps(
            {
                "window": int(self.shell.winId()),
                "sheet": self.shell.active_view() is self.sheet,
                "focus": type(focus).__name__ if focus is not None else "",
                "fields": [each.text() for each in self.shell.findChildren(QLineEdit) if each.text()],
                "box": self.selling.box.text(),
                "scans": self.scans,
                "sheet_scans": self.sheet_scans,
                "entered": self.entered,
                "pressed": self.pressed,
                "keys": self.keys.seen,
                "cleared": self.cleared,
            }
        )
        if said != self.last:
            self.last = said
            sys.stdout.write(said + "\n")
            sys.stdout.flush()


def main() -> int:
    """Show the window until it is killed."""
    app = QApplication(sys.argv[:1])
    bench = Bench(int(sys.argv[1]), sys.argv[2], sys.argv[3])
    bench.shell.activateWindow()
    return int(app.exec())


if __name__ == "__main__":
    raise SystemExit(main())
