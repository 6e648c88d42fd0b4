"""The first start of a new till: three questions, or the code of a head office; then somebody can log in."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import msgspec
from PySide6.QtCore import QObject, QProcess, Signal

from pos_app.application.setting_up import MAX_PIN, MIN_PIN, SetUpService
from pos_app.errors import KnownError
from pos_app.runtime.lanes import LaneName
from pos_app.ui import i18n
from pos_app.ui.screens.join.flow import JoinFlow
from pos_app.ui.screens.setup.state import ManagerAsked, SetupState, Step
from pos_app.ui.state import Notice
from pos_app.version import __version__

if TYPE_CHECKING:
    from pos_app.application.head_office import SyncStatus
    from pos_app.bootstrap.running import RunningTill
    from pos_app.domain.staff import Operator
    from pos_app.ui.screens.join.view import JoinView
    from pos_app.ui.screens.setup.view import SetupView

_MOST_TILLS = 9_999
_FIELDS = {"pin.too_weak": "pin", "name.too_long": "name", "setup.till_number": "till_number"}


class FirstStart(QObject):
    """Sets a new till up before there are any books.

    Attributes:
        wants_devices: Whoever logs in first wants to set devices up.

    Signals:
        done: The till is set up; somebody can log in.
        leave_requested: Not now.
    """

    done = Signal()
    leave_requested = Signal()

    def __init__(self, running: RunningTill) -> None:
        super().__init__(running)
        self._running = running
        self._view = cast("SetupView", running.shell.view("setup"))
        settings = running.settings
        self._state = SetupState(
            language=i18n.current(),
            shop=settings.shop.name,
            till_number=settings.till_number,
            can_join=running.can_join,
            version=__version__,
        )
        self.wants_devices = False
        self._flow: JoinFlow | None = None
        self._has_joined = False
        self._asked: ManagerAsked | None = None
        self._view.language_requested.connect(self._on_language)
        self._view.shop_requested.connect(self._on_shop)
        self._view.manager_requested.connect(self._on_manager)
        self._view.start_requested.connect(self.done)
        self._view.devices_requested.connect(self._on_devices)
        self._view.join_requested.connect(self._on_join)
        self._view.demo_requested.connect(self._on_demo)
        self._view.quit_requested.connect(self.leave_requested)

    def begin(self) -> None:
        """Ask the first question; a till whose books are there already is only asked for its manager."""
        step = Step.MANAGER if self._running.books is not None else Step.SHOP
        self._show(step=step)
        self._running.shell.show_screen("setup")

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]  # names of SetupState's own fields
        self._view.render(self._state)

    def _on_language(self, language: str) -> None:
        self._running.shell.use_language(language)
        self._running.settings = msgspec.structs.replace(
            self._running.settings, language=language, receipt_language=language
        )
        self._show(language=language)

    def _on_shop(self, name: object) -> None:
        shop = " ".join(str(name).split())
        if not shop:
            self._refuse(KnownError("setup.shop_missing"), "shop")
            return
        settings = self._running.settings
        self._running.settings = msgspec.structs.replace(
            settings, shop=msgspec.structs.replace(settings.shop, name=shop)
        )
        self._show(step=Step.MANAGER, shop=shop, notice=None, bad_field="")

    def _on_manager(self, asked: ManagerAsked) -> None:
        if self._state.busy:
            return
        number = asked.till_number.strip()
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= _MOST_TILLS):
            self._refuse(KnownError("setup.till_number", most=_MOST_TILLS), "till_number")
            return
        if not asked.name.strip():
            self._refuse(KnownError("setup.name_missing"), "name")
            return
        if not (asked.pin.isascii() and asked.pin.isdigit() and MIN_PIN <= len(asked.pin) <= MAX_PIN):
            self._refuse(KnownError("pin.too_weak", least=MIN_PIN, most=MAX_PIN), "pin")
            return
        if asked.pin != asked.pin_again:
            self._refuse(KnownError("pin.not_the_same"), "pin_again")
            return
        self._asked = asked
        self._show(busy=True, notice=None, bad_field="", till_number=int(number), manager=asked.name.strip())
        if self._running.books is None:
            self._running.settings = msgspec.structs.replace(self._running.settings, till_number=int(number))
            self._running.books_opened.connect(self._make_manager)
            self._running.failed.connect(self._on_failed)
            self._running.open_books()
        else:
            self._make_manager()

    def _make_manager(self) -> None:
        books, asked = self._running.books, self._asked
        if books is None or asked is None:
            return
        set_up = SetUpService(books.till.context)
        self._running.operations.run(
            LaneName.LEDGER, lambda: set_up.first_manager(asked.name, asked.pin), self._on_made, self._on_failed
        )

    def _on_made(self, manager: Operator) -> None:
        self._asked = None
        self._show(step=Step.DONE, busy=False, manager=manager.name, session=self._state.session + 1)

    def _on_devices(self) -> None:
        self.wants_devices = True
        self.done.emit()

    def _on_failed(self, error: KnownError) -> None:
        self._refuse(error, _FIELDS.get(error.code, ""))

    def _refuse(self, error: KnownError, field: str) -> None:
        self._show(busy=False, notice=Notice.of(error), bad_field=field)

    # A head office that knows all of it

    def _on_join(self) -> None:
        """Ask for address and code instead."""
        shell = self._running.shell
        if self._flow is None:
            self._flow = JoinFlow(cast("JoinView", shell.view("join")), self._running.operations, self)
            self._flow.joined.connect(self._on_joined)
            self._flow.again_requested.connect(self._running.open_books)
            self._running.coming_back.connect(self._flow.note_coming_back)
            self._running.failed.connect(self._flow.note_cut)
            self._running.books_opened.connect(self._flow.note_open)
            self._flow.left.connect(self._on_join_left)
        self._flow.begin(self._running.enrolling)
        shell.open_sheet("join")

    def _on_joined(self, _said: object) -> None:
        self._has_joined = True
        self._running.head_office_joined()

    def _on_join_left(self) -> None:
        self._running.shell.close_sheet()
        if self._has_joined:
            self.done.emit()

    def note_sync(self, status: SyncStatus) -> None:
        """Show how far the first load is, while it is looked at."""
        if self._flow is not None:
            self._flow.note_sync(status)

    def _on_demo(self) -> None:
        """The demo shop is another till in another folder: it gets a process of its own."""
        QProcess.startDetached(sys.executable, ["-m", "pos_app", "--demo"])
        self.leave_requested.emit()
