"""The log-in while the books are shut: how far they come back, why they stay shut, and what a person can do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.staff import PIN_LOCK_MS, PIN_TRIES
from pos_app.errors import KnownError
from pos_app.runtime.lanes import LaneName
from pos_app.ui.screens.login.state import LoginState, OlderCopy, StaffChoice
from pos_app.ui.state import Notice, Phase
from pos_app.ui.widgets.progress import Progress
from pos_app.version import __version__

if TYPE_CHECKING:
    from pos_app.application.enrolling import ComingBack
    from pos_app.domain.staff import Staff
    from pos_app.infrastructure.paths import Paths
    from pos_app.runtime.lanes import Operations
    from pos_app.ui.screens.login.view import LoginView

#: Of books that miss records the till once had.
_OLDER: Final = "ledger.went_back"


class ShutBooks(QObject):
    """Stands behind the log-in until the books are open; then it is the desk's.

    Signals:
        open_requested: Try to open the books again.
    """

    open_requested = Signal()

    def __init__(self, login: LoginView, operations: Operations, paths: Paths, shop: str, parent: QObject) -> None:
        super().__init__(parent)
        self._login: Final = login
        self._operations: Final = operations
        self._paths: Final = paths
        self._tries = 0
        self._state = LoginState(store=shop, phase=Phase.LOADING, version=__version__)
        self._begin: Final = self._state
        login.retry_requested.connect(self._on_again)
        login.older_requested.connect(self._on_older)
        login.staff_requested.connect(self._on_staff)
        login.login_requested.connect(self._on_pin)

    def end(self) -> None:
        """The books are open: the log-in is the desk's from now on."""
        self._login.retry_requested.disconnect(self._on_again)
        self._login.older_requested.disconnect(self._on_older)
        self._login.staff_requested.disconnect(self._on_staff)
        self._login.login_requested.disconnect(self._on_pin)

    def note_coming_back(self, far: ComingBack) -> None:
        """Show how far the books of the till before this one are."""
        self._show(replace(self._begin, coming_back=Progress(far.done, far.whole, far.seconds_left)))

    def note_failed(self, error: KnownError) -> None:
        """Say why the books stay shut."""
        older = OlderCopy.FOUND if error.code == _OLDER else OlderCopy.NONE
        self._show(replace(self._begin, phase=Phase.FAILED, older=older, notice=Notice.of(error)))

    def _show(self, state: LoginState) -> None:
        self._state = state
        self._login.render(state)

    def _on_again(self) -> None:
        self._show(self._begin)
        self.open_requested.emit()

    # An older copy of the books

    def _on_older(self) -> None:
        paths = self._paths
        from pos_app.bootstrap.older_copy import who_may_agree

        self._operations.run(LaneName.LEDGER, lambda: who_may_agree(paths), self._on_people, self.note_failed)

    def _on_people(self, people: tuple[Staff, ...]) -> None:
        staff = tuple(StaffChoice(each.staff_id, each.name, each.role.value) for each in people)
        self._show(
            replace(
                self._begin,
                older=OlderCopy.AGREEING,
                phase=Phase.READY if staff else Phase.EMPTY,
                staff=staff,
                selected=staff[0].key if staff else None,
                locked=self._tries >= PIN_TRIES,
            )
        )
        self._login.focus_home()

    def _on_staff(self, key: object) -> None:
        if self._state.older is OlderCopy.AGREEING and key != self._state.selected:
            self._show(replace(self._state, selected=key, notice=None))

    def _on_pin(self, asked: tuple[object, str]) -> None:
        if self._state.older is not OlderCopy.AGREEING or self._state.checking or self._state.locked:
            return
        from pos_app.bootstrap.older_copy import go_on_with_older

        paths, (key, pin) = self._paths, asked
        self._show(replace(self._state, checking=True, notice=None))
        self._operations.run(
            LaneName.LEDGER, lambda: go_on_with_older(paths, str(key), pin), self._on_agreed, self._on_refused
        )

    def _on_agreed(self, _life: int) -> None:
        self._on_again()

    def _on_refused(self, error: KnownError) -> None:
        if error.code != "older.not_approved":
            self.note_failed(error)
            return
        self._tries += 1
        left = PIN_TRIES - self._tries
        if left > 0:
            error = KnownError("pin.wrong", tries_left=left)
        else:
            error = KnownError("pin.locked", minutes=PIN_LOCK_MS // 60_000)
            QTimer.singleShot(PIN_LOCK_MS, self, self._on_unlocked)
        self._show(replace(self._state, checking=False, locked=left <= 0, notice=Notice.of(error)))

    def _on_unlocked(self) -> None:
        self._tries = 0
        if self._state.older is OlderCopy.AGREEING:
            self._show(replace(self._state, locked=False, notice=None))
