"""Joining a head office at work, from the first start as well as from the counter."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from pos_app.application.enrolling import is_whole_code
from pos_app.errors import KnownError
from pos_app.runtime.lanes import LaneName
from pos_app.ui.screens.join.state import JoinAsked, JoinPhase, JoinState
from pos_app.ui.state import Notice
from pos_app.ui.widgets.progress import Progress

if TYPE_CHECKING:
    from pos_app.application.enrolling import ComingBack, Enrolling, Joined
    from pos_app.application.head_office import SyncStatus
    from pos_app.runtime.lanes import Operations
    from pos_app.ui.screens.join.view import JoinView

_ADDRESS: Final = re.compile(r"(https://)?([0-9A-Za-z.\-]+|\[[0-9A-Fa-f:]+\])(:\d{1,5})?(/[^\s]*)?")
_FIELDS: Final = {
    "sync.address": "address",
    "sync.join_offline": "address",
    "sync.not_found": "address",
    "sync.not_vouched": "address",
    "sync.code": "code",
    "sync.code_short": "code",
    "sync.number_taken": "code",
}


class JoinFlow(QObject):
    """Asks a person for address and code, and head office for the rest.

    Signals:
        joined: The till belongs to a head office now; carries what that said (``Joined``).
        again_requested: The books of the till before it were cut off on their way, and are to go on coming.
        left: Whoever was asked is through: after ``joined``, or without it.
    """

    joined = Signal(object)
    again_requested = Signal()
    left = Signal()

    def __init__(self, view: JoinView, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._operations = operations
        self._enrolling: Callable[[], Enrolling] | None = None
        self.state = JoinState()
        view.join_requested.connect(self._on_join)
        view.again_requested.connect(self._on_again)
        view.done_requested.connect(self._on_done)
        view.back_requested.connect(self.left)

    def begin(self, enrolling: Callable[[], Enrolling], *, records: int | None = None) -> None:
        """Ask a person.

        Args:
            enrolling: Gives what asks head office; called on the network lane.
            records: How many records a till has that worked alone so far; None for a new till.
        """
        self._enrolling = enrolling
        # The address stays: a mistyped code is the usual case.
        self._show(
            JoinState(
                session=self.state.session + 1,
                address=self.state.address,
                worked_alone=records is not None,
                records=records or 0,
            )
        )

    def note_sync(self, status: SyncStatus) -> None:
        """Show how far the first load is."""
        if self.state.phase is JoinPhase.JOINED and status.snapshot_rows:
            progress = Progress(status.snapshot_done, status.snapshot_rows, status.seconds_left)
            self._show(replace(self.state, first_load=progress))

    def note_coming_back(self, far: ComingBack) -> None:
        """Show how far the books of the till before this one are."""
        if self.state.phase is JoinPhase.COMING_BACK:
            progress = Progress(far.done, far.whole, far.seconds_left)
            self._show(replace(self.state, coming_back=progress, is_cut=False, notice=None))

    def note_cut(self, error: KnownError) -> None:
        """They stopped coming; what came is kept."""
        if self.state.phase is JoinPhase.COMING_BACK:
            self._show(replace(self.state, is_cut=True, notice=Notice.of(error)))

    def note_open(self) -> None:
        """The books are open: all that can come back has."""
        if self.state.phase is JoinPhase.COMING_BACK:
            self._show(replace(self.state, phase=JoinPhase.JOINED, is_cut=False, notice=None))

    def _on_done(self) -> None:
        if self.state.phase is JoinPhase.JOINED:
            self.left.emit()

    def _on_again(self) -> None:
        if self.state.phase is JoinPhase.COMING_BACK and self.state.is_cut:
            self._show(replace(self.state, is_cut=False, notice=None))
            self.again_requested.emit()

    def _show(self, state: JoinState) -> None:
        self.state = state
        self._view.render(state)

    def _on_join(self, asked: JoinAsked) -> None:
        enrolling = self._enrolling
        if enrolling is None or self.state.phase is not JoinPhase.ASKING:
            return
        address = asked.address.strip()
        self.state = replace(self.state, address=address, code=asked.code)
        if not _ADDRESS.fullmatch(address):
            self._refuse(KnownError("sync.address"))
        elif not is_whole_code(asked.code):
            self._refuse(KnownError("sync.code_short"))
        else:
            self._show(replace(self.state, phase=JoinPhase.CALLING, notice=None, bad_field=""))
            work: Callable[[], Any] = lambda: enrolling().enrol(address, asked.code)  # noqa: E731
            self._operations.run(LaneName.NETWORK, work, self._on_joined, self._refuse)

    def _on_joined(self, said: Joined) -> None:
        is_open = self.state.worked_alone
        self._show(
            replace(
                self.state,
                phase=JoinPhase.COMING_BACK if said.records_back and not is_open else JoinPhase.JOINED,
                code="",
                store=said.store_name,
                till_number=said.till_number,
                records_back=said.records_back,
                not_sent=said.not_sent,
            )
        )
        self.joined.emit(said)

    def _refuse(self, error: KnownError) -> None:
        if error.code == "sync.offline":  # nobody tries again by itself here: a person may have mistyped the address
            error = KnownError("sync.join_offline")
        field = _FIELDS.get(error.code, "")
        self._show(replace(self.state, phase=JoinPhase.ASKING, notice=Notice.of(error), bad_field=field))
