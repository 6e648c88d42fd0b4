"""Closing a shift at work: a blind count, then what came of it, then the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.application.ports import JobKind
from pos_app.domain.money import Money
from pos_app.domain.staff import Permission
from pos_app.errors import KnownError
from pos_app.ui.formats import clock, day_and_time
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import ReportRequest
from pos_app.ui.screens.shift_close.showing import close_result
from pos_app.ui.screens.shift_close.state import ShiftCloseState
from pos_app.ui.session_flow import SessionFlow
from pos_app.ui.state import Notice, Tone

if TYPE_CHECKING:
    from pos_app.application.shifts import DayResult, ShiftResult
    from pos_app.application.till import Till
    from pos_app.domain.shift import Shift
    from pos_app.domain.staff import Operator
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.shift_close.view import ShiftCloseView

Count = tuple[tuple[int, int], ...]


class ShiftClosePresenter(Presenter["ShiftCloseView", ShiftCloseState]):
    """Closes the shift, and the day after it."""

    def __init__(self, view: ShiftCloseView, desk: Desk) -> None:
        super().__init__(view, desk, ShiftCloseState())
        self._flow = SessionFlow(desk, self)
        self._count: Count = ()
        self._asked: Count | None = None
        self._seq: int | None = None
        self._z_seq: int | None = None
        view.close_requested.connect(self._on_close)
        view.count_changed.connect(self._on_count_changed)
        view.print_requested.connect(self._on_print)
        view.day_requested.connect(self._on_day)
        view.done_requested.connect(self._on_done)
        view.report_requested.connect(self._on_report)
        view.back_requested.connect(self._on_back)

    def enter(self, request: object) -> None:
        """Begin a count; coming back from the report, the result is still there."""
        if self.state.result is not None and self.desk.shift is None:
            return
        self._seq = self._z_seq = None
        self._asked = None
        self.show(ShiftCloseState(session=self.state.session + 1))
        till = self.desk.till
        self.desk.reader(lambda: _facts(till), self._on_facts, self._refuse)

    def _on_facts(self, facts: tuple[Shift | None, str, int, bool]) -> None:
        shift, name, held, is_draft = facts
        if shift is None:
            self._refuse(KnownError("shift.none"))
            return
        zone = self.desk.till.context.zone
        opened = dt.datetime.fromtimestamp(shift.opened_ms / 1000, tz=zone)
        today = opened.date() == self.desk.till.context.local_now().date()
        notice = None
        if held:
            notice = Notice(Tone.WARNING, "shift.held_sales", {"count": held})
        elif is_draft:
            notice = Notice(Tone.WARNING, "shift.open_sale")
        self.show(
            replace(
                self.state,
                number=shift.number,
                cashier=name,
                since=clock(opened) if today else day_and_time(opened),
                notice=notice,
            )
        )

    def _refuse(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        details = {"name": self.state.cashier, **error.details}
        self.show(replace(self.state, busy=False, notice=Notice(Tone.DANGER, error.code, details)))

    # The shift

    def _on_close(self, count: Count) -> None:
        if self.state.busy or self.state.result is not None:
            return
        if count != self._asked:
            # A count cannot be taken back, so it is read back once; what should be there is not said yet.
            self._asked = count
            amount = Money(sum(face * pieces for face, pieces in count))
            self.show(replace(self.state, notice=Notice(Tone.WARNING, "shift.count_again", {"amount": amount})))
            return
        self._count = count
        self._close_as(self.desk.operator)

    def _on_count_changed(self) -> None:
        """Another count is asked about again."""
        if self._asked is None or self.state.busy or self.state.result is not None:
            return
        self._asked = None
        self.show(replace(self.state, notice=None))

    def _close_as(self, closer: Operator | None) -> None:
        """Close in the name of whoever may: the cashier, or somebody who gave a PIN for it."""
        if closer is None:
            return
        till, count = self.desk.till, self._count
        self.show(replace(self.state, busy=True, notice=None))

        def work() -> ShiftResult:
            draft = till.selling.draft()
            if draft is not None and not draft.is_empty:
                raise KnownError("shift.open_sale")
            return till.shifts.close(closer, count)

        self.desk.ledger(work, self._on_closed, self._on_not_closed)

    def _on_closed(self, result: ShiftResult) -> None:
        self._seq = result.seq
        self._asked = None
        self.desk.set_shift(None)
        self.desk.shell.tell(good=True)
        self.show(replace(self.state, busy=False, result=close_result(result.closed)))
        self.view.focus_home()

    def _on_not_closed(self, error: KnownError) -> None:
        if error.code == "shift.not_yours":
            self.show(replace(self.state, busy=False))
            self.desk.ask_approval(Permission.CLOSE_DAY, self._close_as, "shift_close")
            return
        self._refuse(error)

    # The day

    def _on_day(self) -> None:
        if not self.state.busy and self.state.result is not None and self.state.z_number is None:
            self._close_day_as(None)

    def _close_day_as(self, approver: Operator | None) -> None:
        operator, shifts = self.desk.require_operator(), self.desk.till.shifts
        self.show(replace(self.state, busy=True, notice=None))
        self.desk.ledger(lambda: shifts.close_day(operator, approver), self._on_day_closed, self._on_day_open)

    def _on_day_closed(self, result: DayResult) -> None:
        self._z_seq = result.seq
        notice = Notice(Tone.SUCCESS, "day.closed", {"number": result.closed.z_number})
        if result.drawer:
            notice = Notice(Tone.DANGER, "day.not_balanced", {"amount": result.drawer})
        self.show(replace(self.state, busy=False, z_number=result.closed.z_number, notice=notice))

    def _on_day_open(self, error: KnownError) -> None:
        self.show(replace(self.state, busy=False))
        if not self.desk.approve_and_retry(error, self._close_day_as):
            self._refuse(error)

    # Papers, and away

    def _paper(self) -> tuple[JobKind, int] | None:
        if self._z_seq is not None:
            return JobKind.Z_REPORT, self._z_seq
        return (JobKind.SHIFT_REPORT, self._seq) if self._seq is not None else None

    def _on_print(self) -> None:
        paper = self._paper()
        if paper is None:
            return
        kind, seq = paper
        operator, queue = self.desk.require_operator(), self.desk.till.queue
        self.desk.ledger(lambda: queue.print_report(operator, kind, seq), self._on_printed, self._refuse)

    def _on_printed(self, nothing: object) -> None:
        self.desk.tell("report.printing")

    def _on_report(self) -> None:
        paper = self._paper()
        if paper is not None:
            self.desk.go("report", ReportRequest(*paper, back="shift_close"))

    def _on_done(self) -> None:
        self.show(ShiftCloseState(session=self.state.session + 1))
        self._flow.log_out()

    def _on_back(self) -> None:
        if self.state.result is not None:
            self._on_done()
        else:
            self.desk.go("more")


def _facts(till: Till) -> tuple[Shift | None, str, int, bool]:
    """The open shift, whose it is, how many sales are on hold, and whether one is open."""
    shift = till.shifts.current()
    draft = till.selling.draft()
    names = {person.staff_id: person.name for person in till.context.replica.staff()}
    name = names.get(shift.cashier, shift.cashier) if shift is not None else ""
    return shift, name, len(till.selling.held()), draft is not None and not draft.is_empty
