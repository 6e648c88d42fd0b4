"""The sheet about head office at work: follows the line while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.application.head_office import Line
from pos_app.domain.staff import Permission
from pos_app.ui.concerns import concerns_of, moment
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import EndOfDayRequest
from pos_app.ui.screens.head_office.state import HeadOfficeState
from pos_app.ui.state import Notice, Tone
from pos_app.ui.widgets.progress import Progress

if TYPE_CHECKING:
    from pos_app.application.head_office import SyncStatus
    from pos_app.domain.staff import Operator
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.head_office.view import HeadOfficeView


class HeadOfficePresenter(Presenter["HeadOfficeView", HeadOfficeState]):
    """Shows how the line stands."""

    def __init__(self, view: HeadOfficeView, desk: Desk) -> None:
        super().__init__(view, desk, HeadOfficeState())
        view.sync_requested.connect(self._on_sync)
        view.join_requested.connect(self._on_join)
        view.days_requested.connect(self._on_days)
        view.back_requested.connect(desk.close)
        desk.sync_changed.connect(self._on_status)

    def enter(self, request: object) -> None:
        """Show how it stands now."""
        self._on_status(self.desk.head_office.status())

    def _on_status(self, status: SyncStatus) -> None:
        self.show(shown(status, self.desk))

    def _on_sync(self) -> None:
        self.desk.services.sync_now()
        self.desk.tell("sync.asked", Tone.INFO)

    def _on_days(self) -> None:
        self.desk.close()
        self.desk.go("end_of_day", EndOfDayRequest(days=True))

    def _on_join(self) -> None:
        operator = self.desk.operator
        if operator is not None and operator.may(Permission.SETTINGS):
            self.desk.open("join")
        elif operator is not None:
            self.desk.ask_approval(Permission.SETTINGS, self._on_join_approved)

    def _on_join_approved(self, approver: Operator) -> None:
        self.desk.open("join")


def shown(status: SyncStatus, desk: Desk) -> HeadOfficeState:
    """What the sheet shows of a status."""
    operator = desk.operator
    is_manager = operator is not None and operator.may(Permission.CLOSE_DAY)
    now = desk.till.context.local_now()
    loading = status.snapshot_done < status.snapshot_rows
    sending = status.line is Line.CATCHING_UP and status.to_send > 0
    # Being offline is said already, with what it means.
    reason = status.reason if status.reason != "sync.offline" else ""
    return HeadOfficeState(
        line=status.line.value,
        reason=Notice(Tone.WARNING, reason) if reason else None,
        as_of=moment(status.as_of_ms, now),
        waiting=status.waiting,
        behind=status.behind,
        sending=Progress(status.to_send - status.waiting, status.to_send, status.seconds_left) if sending else None,
        first_load=Progress(status.snapshot_done, status.snapshot_rows, status.seconds_left) if loading else None,
        is_manager=is_manager,
        concerns=concerns_of(status.set_aside, status.notices, now=now) if is_manager else (),
        can_join=status.line is Line.ALONE and operator is not None and not desk.is_training and desk.services.can_join,
    )
