"""The real window at work, for the programs that measure it; and how they are started."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.shop import log_in
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.bootstrap.running import RunningTill
from pos_app.bootstrap.window import WindowOptions, make_application, make_window
from pos_app.infrastructure.paths import paths_below
from pos_app.runtime.lanes import LaneName
from pos_app.runtime.tidying import Tidying
from pos_app.ui.desk import Desk

ROOT = Path(__file__).resolve().parents[2]


class Painted(QObject):
    """Tells when a window has painted what had changed: its backing store is flushed.

    Args:
        window: The window.
        told: Called after each painting.
    """

    def __init__(self, window: QWidget, told: Callable[[], None]) -> None:
        super().__init__(window)
        self._told = told
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest or watched is not self._window:
            return False
        watched.event(event)
        self._told()
        return True


class OpenWindow:
    """A till with its window, somebody logged in and the selling screen in front.

    Args:
        folder: Of a shop.
        size: Of the window.
        ready: Called when the cashier can sell.
    """

    def __init__(self, folder: Path, size: tuple[int, int], ready: Callable[[OpenWindow], None]) -> None:
        self.app: QApplication = make_application()
        options = WindowOptions(paths=paths_below(folder), language="zh_CN", size=size)
        self.shell, self._opening = make_window(options)
        self._tidying = Tidying(self.shell)
        self._opening.opened.connect(self._tidying.begin)
        self._opening.opened.connect(self._on_opened)
        self._ready = ready
        self.running: RunningTill
        self.desk: Desk

    def run(self) -> None:
        """Run until :meth:`leave`."""
        self.shell.show()
        QTimer.singleShot(0, self._opening.begin)
        self.app.exec()
        self._opening.close()

    def leave(self) -> None:
        """End the program."""
        self.app.quit()

    @property
    def idle(self) -> bool:
        """Whether no lane has work."""
        return self.running.operations.pending == 0

    def _on_opened(self, running: RunningTill) -> None:
        self.running = running
        QTimer.singleShot(200, self._log_in)

    def _log_in(self) -> None:
        books, desk, lanes = self.running.books, self.running.desk, self.running.lanes
        assert books is not None
        assert desk is not None
        self.desk = desk
        till = books.till
        desk.set_operator(lanes.submit(LaneName.LEDGER, lambda: log_in(till)).result())
        desk.set_shift(lanes.submit(LaneName.LEDGER, till.shifts.current).result())
        desk.go("selling")
        QTimer.singleShot(300, lambda: self._ready(self))


def probe(module: str, *words: str | Path, platform: str = "offscreen", patience_s: int = 120) -> Any:
    """Run one of our programs in a process of its own and return what it printed as JSON.

    Args:
        module: Below ``benchmarks``.
        words: Its arguments.
        platform: Of Qt; ``xcb`` gets an X server of its own.
        patience_s: It is ended when it takes longer.
    """
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, words)]
    if platform == "xcb":
        command = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24", *command]
    env = {**environment(), "QT_QPA_PLATFORM": platform}
    with subprocess.Popen(
        command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        try:
            out, err = running.communicate(timeout=patience_s)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)  # an X server of its own does not outlive it
            raise
    if running.returncode:
        raise RuntimeError(f"{module} failed:\n{out[-2000:]}\n{err[-4000:]}")
    return json.loads(out.strip().splitlines()[-1])


def environment() -> dict[str, str]:
    """The environment in which our programs find themselves and the till."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}


def has_x_server() -> bool:
    """Whether a window can be measured on a real X server too."""
    return shutil.which("xvfb-run") is not None
