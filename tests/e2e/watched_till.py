"""The till as ``python -m pos_app`` starts it, with an observer that says on stdout what is on screen.

The observer presses nothing and changes nothing: cashier and scanner are outside, as in a shop. Each line is a JSON
object; one is written whenever something changed. On the line ``targets`` on stdin it lists what a finger could press.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from PySide6.QtCore import QObject, QPoint, QTimer, Signal  # noqa: E402
from PySide6.QtWidgets import QAbstractButton, QApplication  # noqa: E402

from pos_app.bootstrap import window  # noqa: E402
from pos_app.runtime.device_board import DeviceRole  # noqa: E402

LOOK_MS = 10


def plain(value: Any) -> Any:
    """A field of a state as JSON: amounts as fen, points as numbers, lists as their length."""
    if value is None or isinstance(value, bool | int | str):
        return value
    for name in ("minor", "count"):
        number = getattr(value, name, None)
        if isinstance(number, int):
            return number
    if isinstance(value, tuple | list):
        return len(value)
    code = getattr(value, "code", None)
    return code if isinstance(code, str) else str(value)


def scanner_of(desk: Any) -> str:
    """How the scanner stands; empty while there is none."""
    standings = desk.devices.standings(DeviceRole.SCANNER) if desk is not None else ()
    return next((each.state for each in standings), "")


class Observer(QObject):
    """Looks and tells."""

    asked = Signal()

    def __init__(self, shell: Any, opening: Any) -> None:
        super().__init__(shell)
        self._shell, self._opening = shell, opening
        self._last = ""
        self.asked.connect(self._tell_targets)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            if line.strip() == "targets":
                self.asked.emit()

    def _look(self) -> None:
        view = self._shell.active_view()
        running = self._opening._running
        name = next((key for key, each in self._shell._views.items() if each is view), "")
        state = getattr(view, "state", None)
        fields = {f.name: plain(getattr(state, f.name)) for f in dataclasses.fields(state)} if state else {}
        focus = QApplication.focusWidget()
        desk = running.desk if running is not None else None
        seen = json.dumps(
            {
                "screen": name,
                "window": int(self._shell.winId()),
                "pending": running.operations.pending if running is not None else -1,
                "open": desk is not None,
                "printing": desk.printing.status.waiting if desk is not None else 0,
                "scanner": scanner_of(desk),
                "focus": type(focus).__name__ if focus is not None else "",
                "sheet": view is not None and view is not self._shell._stack.currentWidget(),
                "state": fields,
            },
            ensure_ascii=False,
        )
        if seen != self._last:
            self._last = seen
            self._write(seen)

    def _tell_targets(self) -> None:
        view = self._shell.active_view()
        found = []
        for each in view.findChildren(QAbstractButton) if view is not None else ():
            # What is scrolled away cannot be touched.
            if each.isEnabled() and each.visibleRegion().contains(each.rect().center()):
                corner = each.mapToGlobal(QPoint(0, 0))
                found.append(
                    {
                        "text": each.text(),
                        "name": each.accessibleName() or each.objectName(),
                        "key": getattr(each, "key_name", ""),
                        "box": [corner.x(), corner.y(), each.width(), each.height()],
                    }
                )
        self._write(json.dumps({"targets": found}, ensure_ascii=False))

    @staticmethod
    def _write(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def main() -> int:
    """Start the till as its command does."""
    make = window.make_window

    def make_and_watch(options: window.WindowOptions) -> Any:
        shell, opening = make(options)
        Observer(shell, opening)
        return shell, opening

    window.make_window = make_and_watch  # type: ignore[assignment]
    from pos_app.__main__ import main as guitai

    return guitai(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
