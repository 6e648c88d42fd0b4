"""Closing a shift at work: a blind count, then what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.application.ports import JobKind
from pos_app.errors import KnownError
from pos_app.ui.formats import clock, day_and_time
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import EndOfDayRequest, ReportRequest
from pos_app.ui.screens.shift_close.showing import close_result
from pos_app.ui.screens.shift_close.state import ShiftCloseState
from pos_app.ui.session_flow import SessionFlow
from pos_app.ui.shift_closing import ShiftClosing
from pos_app.ui.state import Notice, Tone

if TYPE_CHECKING:
    from pos_app.application.shifts import ShiftResult
    from pos_app.application.till import Till
    from pos_app.domain.money import Money
    from pos_app.domain.shift import Shift
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.shift_close.view import ShiftCloseView
    from pos_app.ui.shift_closing import Count


class ShiftClosePresenter(Presenter["ShiftCloseView", ShiftCloseState]):
    """Closes the shift."""

    def __init__(self, view: ShiftCloseView, desk: Desk) -> None:
        super().__init__(view, desk, ShiftCloseState())
        self._flow = SessionFlow(desk, self)
        self._closing = ShiftClosing(desk, self)
        self._seq: int | None = None
        self._closing.asked_again.connect(self._on_asked_again)
        self._closing.withdrawn.connect(self._on_withdrawn)
        self._closing.begun.connect(self._on_begun)
        self._closing.approval_asked.connect(self._on_approval_asked)
        self._closing.closed.connect(self._on_closed)
        self._closing.refused.connect(self._refuse)
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
        self._seq = None
        self._closing.reset()
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
        if not self.state.busy and self.state.result is None:
            self._closing.close(count)

    def _on_asked_again(self, amount: Money) -> None:
        self.show(replace(self.state, notice=Notice(Tone.WARNING, "shift.count_again", {"amount": amount})))

    def _on_count_changed(self) -> None:
        if not self.state.busy and self.state.result is None:
            self._closing.change()

    def _on_withdrawn(self) -> None:
        self.show(replace(self.state, notice=None))

    def _on_begun(self) -> None:
        self.show(replace(self.state, busy=True, notice=None))

    def _on_approval_asked(self) -> None:
        self.show(replace(self.state, busy=False))

    def _on_closed(self, result: ShiftResult) -> None:
        self._seq = result.seq
        self.desk.shell.tell(good=True)
        self.show(replace(self.state, busy=False, result=close_result(result.closed)))
        self.view.focus_home()

    def _on_day(self) -> None:
        """The drawer is counted: what is left of the day has its own screen."""
        if not self.state.busy and self.state.result is not None:
            self.show(ShiftCloseState(session=self.state.session + 1))
            self.desk.go("end_of_day", EndOfDayRequest(closed_now=True))

    # Papers, and away

    def _on_print(self) -> None:
        seq = self._seq
        if seq is not None:
            operator, queue = self.desk.require_operator(), self.desk.till.queue
            work = lambda: queue.print_report(operator, JobKind.SHIFT_REPORT, seq)  # noqa: E731
            self.desk.ledger(work, self._on_printed, self._refuse)

    def _on_printed(self, nothing: object) -> None:
        self.desk.tell("report.printing")

    def _on_report(self) -> None:
        if self._seq is not None:
            self.desk.go("report", ReportRequest(JobKind.SHIFT_REPORT, self._seq, back="shift_close"))

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
