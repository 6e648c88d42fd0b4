"""The menu at work: everything that is not selling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.application.head_office import Line
from pos_app.application.ports import JobKind
from pos_app.domain.staff import Permission
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import DeviceWizardRequest, EndOfDayRequest, ReportRequest
from pos_app.ui.screens.more.state import MoreItem, MoreState
from pos_app.ui.session_flow import SessionFlow
from pos_app.ui.state import Notice

if TYPE_CHECKING:
    from pos_app.domain.ledger.bodies import XReport
    from pos_app.domain.staff import Operator
    from pos_app.errors import KnownError
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.more.view import MoreView

_NEEDS: Final = {
    MoreItem.CASH_MOVE: Permission.CASH_MOVEMENT,
    MoreItem.OPEN_DRAWER: Permission.NO_SALE,
    MoreItem.X_REPORT: Permission.X_REPORT,
    MoreItem.END_DAY: Permission.CLOSE_DAY,
    MoreItem.SETTINGS: Permission.SETTINGS,
    MoreItem.TRAINING: Permission.TRAINING,
}
#: What needs an open shift.
_IN_A_SHIFT: Final = frozenset({MoreItem.CASH_MOVE, MoreItem.X_REPORT, MoreItem.CLOSE_SHIFT})


class MorePresenter(Presenter["MoreView", MoreState]):
    """Takes a person where they want to go."""

    def __init__(self, view: MoreView, desk: Desk) -> None:
        super().__init__(view, desk, MoreState())
        self._flow = SessionFlow(desk, self)
        self._actions: dict[MoreItem, Callable[[], None]] = {
            MoreItem.SALES: lambda: desk.go("sales"),
            MoreItem.CASH_MOVE: lambda: desk.open("cash_move"),
            MoreItem.OPEN_DRAWER: self._open_drawer,
            MoreItem.X_REPORT: self._x_report,
            MoreItem.CLOSE_SHIFT: lambda: desk.go("shift_close"),
            MoreItem.END_DAY: lambda: desk.go("end_of_day", EndOfDayRequest()),
            MoreItem.DEVICES: lambda: desk.go("devices"),
            MoreItem.SETTINGS: self._settings,
            MoreItem.TRAINING: self._flow.switch_training,
            MoreItem.HEAD_OFFICE: lambda: desk.open("head_office"),
            MoreItem.DEVICE_WIZARD: lambda: desk.go("device_wizard", DeviceWizardRequest("more")),
            MoreItem.LOG_OUT: self._flow.log_out,
        }
        view.item_requested.connect(self._on_item)
        view.back_requested.connect(self._flow.arrive)
        desk.printing.status_changed.connect(self._on_printer)

    def enter(self, request: object) -> None:
        """Show what can be done now, and what somebody else has to approve."""
        desk = self.desk
        operator = desk.operator
        status, line = desk.printing.status, desk.head_office.status()
        disabled = frozenset[MoreItem]() if desk.shift else _IN_A_SHIFT
        if desk.is_training:
            # Settings are real, and training is not.
            disabled |= {MoreItem.SETTINGS, MoreItem.DEVICE_WIZARD}
        self.show(
            MoreState(
                shift_open=desk.shift is not None,
                training=desk.is_training,
                disabled=disabled,
                approval=frozenset(
                    item for item, permission in _NEEDS.items() if operator and not operator.may(permission)
                ),
                cashier=operator.name if operator else "",
                alone=line.line is Line.ALONE,
                concerns=line.concerns,
                trouble=status.waiting + status.failed,
            )
        )

    def _on_printer(self, status: object) -> None:
        trouble = self.desk.printing.status.waiting + self.desk.printing.status.failed
        if trouble != self.state.trouble:
            self.show(replace(self.state, trouble=trouble))

    def _on_item(self, item: MoreItem) -> None:
        if item in self.state.disabled or self.desk.operator is None:
            return
        self.show(replace(self.state, notice=None))
        self._actions[item]()

    def _on_refused(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        self.show(replace(self.state, notice=Notice.of(error)))

    # The drawer

    def _open_drawer(self) -> None:
        self._open_drawer_as(None)

    def _open_drawer_as(self, approver: Operator | None) -> None:
        operator, shifts = self.desk.require_operator(), self.desk.till.shifts
        self.desk.ledger(lambda: shifts.open_drawer(operator, approver, ""), self._on_drawer, self._on_drawer_refused)

    def _on_drawer(self, nothing: object) -> None:
        self.desk.tell("drawer.opened")

    def _on_drawer_refused(self, error: KnownError) -> None:
        if not self.desk.approve_and_retry(error, self._open_drawer_as):
            self._on_refused(error)

    # Reports

    def _x_report(self) -> None:
        self._x_report_as(None)

    def _x_report_as(self, approver: Operator | None) -> None:
        operator, shifts = self.desk.require_operator(), self.desk.till.shifts
        self.desk.ledger(lambda: shifts.x_report(operator, approver), self._on_x_report, self._on_x_refused)

    def _on_x_report(self, made: tuple[XReport, int]) -> None:
        self.desk.go("report", ReportRequest(JobKind.X_REPORT, made[1]))

    def _on_x_refused(self, error: KnownError) -> None:
        if not self.desk.approve_and_retry(error, self._x_report_as):
            self._on_refused(error)

    # Settings

    def _settings(self) -> None:
        if self.desk.require_operator().may(Permission.SETTINGS):
            self.desk.go("settings")
        else:
            self.desk.ask_approval(Permission.SETTINGS, self._on_settings_approved)

    def _on_settings_approved(self, approver: Operator) -> None:
        self.desk.go("settings")
