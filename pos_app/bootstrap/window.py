"""Open the cashier's window: paint the log-in first, then open the books behind it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pos_app.runtime.tidying import Tidying
from pos_app.ui import fonts, i18n, theme
from pos_app.ui.screens.login.state import LoginState
from pos_app.ui.shell import Shell
from pos_app.ui.state import Phase
from pos_app.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.bootstrap.running import RunningTill
    from pos_app.bootstrap.shut_books import ShutBooks
    from pos_app.domain.clock import Clock
    from pos_app.infrastructure.paths import Paths
    from pos_app.ui.screens.login.view import LoginView

SWITCH_S: Final = 0.001


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How the window is opened.

    Attributes:
        paths: Where the till keeps its things.
        demo: Whether it is the demo shop, with virtual devices beside it.
        fresh: Whether the demo shop starts anew.
        language: Instead of the one in the settings.
        theme: Instead of the one in the settings.
        size: Width and height; None for the last or the smallest.
        beside: Whether the virtual devices' windows are shown.
        clock: What tells the till the time; the machine's clocks where none is given.
    """

    paths: Paths
    demo: bool = False
    fresh: bool = False
    language: str = ""
    theme: str = ""
    size: tuple[int, int] | None = None
    beside: bool = True
    clock: Clock | None = None


def parse_options(words: Sequence[str]) -> WindowOptions:
    """Read the window's command line."""
    from pos_app.infrastructure.paths import paths_below, till_paths

    if not words:
        return WindowOptions(paths=till_paths())
    import argparse

    from pos_app.bootstrap.demo import demo_paths

    parser = argparse.ArgumentParser(prog="guitai", description="Open the till.", epilog="guitai --help lists more.")
    parser.add_argument("--demo", action="store_true", help="a demo shop with virtual printer and scanner")
    parser.add_argument("--fresh", action="store_true", help="with --demo: begin anew")
    parser.add_argument("--home", type=Path, help="folder of the till's data")
    parser.add_argument("--language", choices=["zh_CN", "en"], default="")
    parser.add_argument("--theme", choices=["light", "dark"], default="")
    parser.add_argument("--size", help="WIDTHxHEIGHT")
    given = parser.parse_args(list(words))
    size = None
    if given.size:
        width, _, height = given.size.partition("x")
        size = (int(width), int(height))
    return WindowOptions(
        paths=paths_below(given.home) if given.home else demo_paths() if given.demo else till_paths(),
        demo=given.demo,
        fresh=given.fresh,
        language=given.language,
        theme=given.theme,
        size=size,
    )


class FirstPicture(QObject):
    """Waits for a window's first painting.

    Signals:
        painted: All of the window was painted.
    """

    painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the painting begin; the event loop comes back when it is over."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return False


class Opening(QObject):
    """The log-in is painted; behind it the books are opened on the ledger's lane.

    Signals:
        opened: The running till.
    """

    opened = Signal(object)

    def __init__(self, shell: Shell, options: WindowOptions, shop: str) -> None:
        super().__init__(shell)
        self.shell = shell
        self._options = options
        self._shop = shop
        self._login = cast("LoginView", shell.view("login"))
        self._login.render(LoginState(store=shop, phase=Phase.LOADING, version=__version__))
        self._running: RunningTill | None = None
        self._shut: ShutBooks | None = None

    @property
    def running(self) -> RunningTill:
        """The till behind the window; there once :meth:`begin` was called."""
        if self._running is None:
            raise RuntimeError("the books were not opened yet")
        return self._running

    def begin(self) -> None:
        """Open the books."""
        from pos_app.bootstrap.running import RunningTill
        from pos_app.bootstrap.shut_books import ShutBooks
        from pos_app.infrastructure.settings import load_settings

        if self._running is None:
            settings = load_settings(self._options.paths.settings).settings
            self._running = RunningTill(self.shell, self._options, settings)
            self._running.opened.connect(self._on_opened)
            self._shut = ShutBooks(self._login, self._running.operations, self._options.paths, self._shop, self)
            self._shut.open_requested.connect(self.begin)
            self._running.coming_back.connect(self._shut.note_coming_back)
            self._running.failed.connect(self._shut.note_failed)
            self._running.leave_requested.connect(self.leave)
            self._login.quit_requested.connect(self.leave)
            self.shell.close_requested.connect(self._on_close_requested)
        self._running.open()

    def _on_opened(self, running: object) -> None:
        if self._shut is not None:
            self._shut.end()
        self.opened.emit(running)

    def _on_close_requested(self) -> None:
        """The window's own button. Nothing is lost by closing: basket, queue and books are on disk."""
        self.leave()

    def leave(self) -> None:
        """End the program."""
        self.shell.allow_close()
        QApplication.quit()

    def close(self) -> None:
        """Let go of everything, in order."""
        if self._running is not None:
            self._running.close()


def make_application() -> QApplication:
    """The Qt application with the bundled fonts."""
    # A lane that computes lets the window in after this long; Python's own 5 ms are a third of a frame.
    sys.setswitchinterval(SWITCH_S)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("guitai")
    app.setApplicationDisplayName("Guitai")
    app.setApplicationVersion(__version__)
    fonts.install(app)
    return app


def make_window(options: WindowOptions) -> tuple[Shell, Opening]:
    """Build the window with a log-in that is waiting for the books."""
    from pos_app.infrastructure.first_look import first_look

    look = first_look(options.paths.settings)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, options.theme or look.theme)
    i18n.use(options.language or look.language)
    shell = Shell()
    opening = Opening(shell, options, look.shop)
    shell.show_screen("login")
    if options.size is not None:
        shell.resize(*options.size)
    return shell, opening


def open_window(words: Sequence[str]) -> int:
    """Run the window until it is closed.

    Returns:
        The process's exit code.
    """
    Tidying.hold()
    check_packages()
    options = parse_options(words)
    app = make_application()
    shell, opening = make_window(options)
    tidying = Tidying(shell)
    opening.opened.connect(tidying.begin)
    # After the first picture, not before it: the cashier sees the log-in while the books are opened.
    picture = FirstPicture(shell)
    picture.painted.connect(opening.begin)
    shell.show()
    code = app.exec()
    tidying.end()
    opening.close()
    end_widgets(shell)
    return code


def end_widgets(shell: Shell) -> None:
    """Delete the window, and whatever waits to be deleted, now and by Qt.

    Left to Python's collector, a window that hangs together in circles would be taken apart in an order of the
    collector's own, and that can end in a crash.
    """
    shell.allow_close()
    shell.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def check_packages() -> None:
    """Refuse to run with somebody else's ``sync`` or ``hardware``: both names exist in the package index.

    Raises:
        SystemExit: Naming the stranger.
    """
    import hardware
    import sync

    here = Path(__file__).resolve().parents[2]
    for package in (hardware, sync):
        found = Path(os.fspath(package.__file__ or "")).resolve()
        if here not in found.parents:
            raise SystemExit(f"guitai: another package named {package.__name__!r} is in the way: {found}")
