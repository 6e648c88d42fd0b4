"""A whole till behind its window: real lanes, real files, real devices; driven by Qt's events in the test's thread."""

from __future__ import annotations

import contextlib
import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from pos_testkit.clock import SettableClock
from pos_testkit.till import DAY_STARTS_HOUR, MANAGER, SECRET, STORE, TILL, RealTill, open_test_till

from pos_app.config import Settings, ShopSettings
from pos_app.domain.ids import StaffId
from pos_app.domain.staff import Operator, Role
from pos_app.infrastructure.clock import SystemClock
from pos_app.infrastructure.keys import SECRET_FILE
from pos_app.infrastructure.paths import Paths, paths_below
from pos_app.infrastructure.settings import save_settings
from pos_app.ui.state import Phase

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.bootstrap.running import RunningTill
    from pos_app.ui.desk import Desk
    from pos_app.ui.state import Notice

CASHIER = Operator(StaffId("1001"), "小赵", Role.CASHIER)
__all__ = ["CASHIER", "MANAGER", "TillWindow", "make_home", "memory_folder", "till_window"]


@contextlib.contextmanager
def memory_folder() -> Iterator[Path]:
    """A folder in memory where there is such a place: windows are tried here, not the disk's patience with fsync."""
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="guitai-window-", dir=place) as name:
        yield Path(name)


class _TodaysClock(SettableClock):
    """The machine's own time: the window reads that."""

    def now(self):
        return SystemClock().now()


def make_home(
    home: Path,
    settings: Settings | None = None,
    *,
    clock: SettableClock | None = None,
    store: str = STORE,
    day_starts_hour: int = DAY_STARTS_HOUR,
    before: Callable[[RealTill], object] | None = None,
    **master: Any,
) -> Paths:
    """A till that was set up before: goods, members, staff with PINs (1001: 1111, and so on), settings.

    Args:
        home: Where it keeps everything.
        settings: Devices and words; identity and shop are filled in.
        clock: The machine's own, where none is given.
        store: The store's code.
        day_starts_hour: Before this hour it is still yesterday's business.
        before: What is done at the till before the window is opened.
        **master: As ``open_test_till`` takes it.
    """
    paths = paths_below(home)
    paths.make()
    secret = paths.data / SECRET_FILE
    secret.write_text(SECRET.hex(), encoding="ascii")
    secret.chmod(0o600)
    till = open_test_till(
        paths.data, clock=clock or _TodaysClock(), store=store, day_starts_hour=day_starts_hour, **master
    )
    try:
        if before is not None:
            before(till)
    finally:
        till.close()
    save_settings(
        paths.settings,
        msgspec.structs.replace(
            settings or Settings(),
            till_id=TILL.till_id,
            till_number=TILL.number,
            day_starts_hour=day_starts_hour,
            shop=ShopSettings(name="惠民生活超市", code=store, address="长堤路 88 号", thanks="谢谢惠顾"),
        ),
    )
    return paths


class TillWindow:
    """The window, with patience: everything a person does is waited for, never slept for.

    Attributes:
        shell: The window.
        toasts: What was told in passing.
    """

    _open = 0
    _others: ClassVar[set[QWidget]] = set()

    def __init__(self, paths: Paths, language: str = "en", clock: SettableClock | None = None) -> None:
        from PySide6.QtWidgets import QApplication

        from pos_app.bootstrap.window import WindowOptions, make_window

        app = QApplication.instance()
        assert isinstance(app, QApplication), "the test needs the fixture qapp"
        self._app = app
        self.paths = paths
        if not TillWindow._open:
            TillWindow._others.update(app.topLevelWidgets())
        self.shell, self._opening = make_window(WindowOptions(paths=paths, language=language, clock=clock))
        self.toasts: list[Notice] = []
        show = self.shell.toast
        self.shell.toast = lambda notice: (self.toasts.append(notice), show(notice))  # type: ignore[method-assign]
        self.bugs: list[BaseException] = []
        self._closed = False
        # As the program does: a collection in a lane's thread may delete a widget.
        gc.disable()
        TillWindow._open += 1
        self.shell.show()

    @property
    def running(self) -> RunningTill:
        """Everything behind the window."""
        running = self._opening._running
        assert running is not None
        return running

    @property
    def desk(self) -> Desk:
        """The window's shared state."""
        desk = self.running.desk
        assert desk is not None
        return desk

    def open(self) -> TillWindow:
        """Open the books; returns when somebody can log in, or when they stay shut (:attr:`is_refused`)."""
        self._opening.begin()
        # A refusal may have been told already: a lane that is quick answers before anybody listens.
        self.running.operations.bug_found.connect(self.bugs.append)
        self.until(lambda: self.is_refused or (self.running.desk is not None and self.idle), "the books open or refuse")
        return self

    @property
    def is_refused(self) -> bool:
        """The log-in says that the books stay shut."""
        return self.running.desk is None and self.state("login").phase is Phase.FAILED

    @property
    def idle(self) -> bool:
        """Nothing is under way on any lane."""
        return self.running.operations.pending == 0

    def until(self, condition: Callable[[], object], what: str, seconds: float = 15) -> None:
        """Let Qt work until something is so; a failure says what was waited for."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {seconds} s in vain: {what}")
            self._app.processEvents()
            time.sleep(0.001)
        if self.bugs:
            raise self.bugs[0]

    def settle(self) -> None:
        """Let everything under way come to its end."""
        self._app.processEvents()
        self.until(lambda: self.idle, "all lanes rest")
        self._app.processEvents()

    # A person at it

    def sit_down(self, operator: Operator = CASHIER, opening_float: str = "500") -> TillWindow:
        """Come to the counter, with a shift opened where none is."""
        from pos_app.ui.session_flow import SessionFlow

        self.desk.set_operator(operator)
        SessionFlow(self.desk, self.shell).arrive()
        self.settle()
        if self.screen == "open_shift":
            self.view("open_shift").open_requested.emit(opening_float)
            self.settle()
        assert self.screen == "selling"
        return self

    @property
    def screen(self) -> str:
        """Name of what is in front."""
        active = self.shell.active_view()
        return next((name for name, view in self.shell._views.items() if view is active), "")

    def view(self, name: str) -> Any:
        """A view."""
        return self.shell.view(name)

    def state(self, name: str) -> Any:
        """What a view shows."""
        return self.shell.view(name).state

    @property
    def told(self) -> list[str]:
        """Codes of the toasts, in order."""
        return [notice.code for notice in self.toasts]

    @property
    def notice(self) -> str:
        """Code of what the screen in front says."""
        notice = self.state(self.screen).notice
        return "" if notice is None else notice.code

    def scan(self, *codes: str) -> TillWindow:
        """Scan one code after another, each answered before the next."""
        for code in codes:
            self.shell.deliver_scan(code)
            self.settle()
        return self

    def pay_cash(self, amount: str = "1000") -> None:
        """F9, an amount, Enter."""
        from pos_app.ui.screens.payment.state import CASH, TenderAsked

        if self.screen == "selling":
            self.view("selling").pay_requested.emit()
            self.settle()
        self.view("payment").tender_requested.emit(TenderAsked(CASH, amount))
        self.settle()

    def close(self) -> None:
        """Close it as the program does at its end; closing twice is allowed."""
        from pos_app.bootstrap.window import end_widgets

        if self._closed:
            return
        self._closed = True
        self._opening.close()
        self._app.processEvents()
        # Widgets of a window that lived on would be styled again with every window that comes after it.
        end_widgets(self.shell)
        TillWindow._open -= 1
        if not TillWindow._open:
            left = [type(each).__name__ for each in set(self._app.topLevelWidgets()) - TillWindow._others]
            TillWindow._others.clear()
            gc.collect()
            gc.enable()
            assert not left, f"left to the collector, which may crash over them: {left}"
        if self.bugs:
            raise self.bugs[0]


@contextlib.contextmanager
def till_window(paths: Paths, language: str = "en", clock: SettableClock | None = None) -> Iterator[TillWindow]:
    """A window whose books are open (or refused), closed at the end; by the machine's clock where none is given."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    window = TillWindow(paths, language, clock)
    try:
        yield window.open()
    finally:
        window.close()
