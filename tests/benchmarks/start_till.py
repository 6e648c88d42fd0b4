"""Program: the till as ``guitai`` starts it; tells when its log-in was painted and when the books were open."""

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from pos_app.__main__ import main
from pos_app.bootstrap import window

make_window = window.make_window
begin = window.Opening.begin


class Painted(QObject):
    seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self.seen = True
        return False

    def on_opened(self, running: object) -> None:
        print(time.monotonic(), flush=True)
        QTimer.singleShot(0, QApplication.quit)


painted = Painted()


def make_watched_window(options: window.WindowOptions) -> object:
    shell, opening = make_window(options)
    shell.installEventFilter(painted)
    opening.opened.connect(painted.on_opened)
    return shell, opening


def begin_after_painting(self: window.Opening) -> None:
    # The painting is one call: its event was seen and control came back, so the window is painted and flushed.
    if not painted.seen:
        raise SystemExit("the books are opened before the log-in is painted")
    print(time.monotonic(), flush=True)
    begin(self)


window.make_window = make_watched_window
window.Opening.begin = begin_after_painting
sys.exit(main(sys.argv[1:]))
