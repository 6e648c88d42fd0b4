"""Ending the day at work: what is left is done in order, and nobody has to wait for head office."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from pos_app.application.end_of_day import EndOfDayService
from pos_app.application.head_office import Line
from pos_app.application.ports import JobKind
from pos_app.config import WireKind
from pos_app.domain.staff import Permission
from pos_app.errors import KnownError
from pos_app.ui.concerns import concerns_of, moment
from pos_app.ui.formats import clock, day_and_time
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import EndOfDayRequest, ReportRequest
from pos_app.ui.screens.end_of_day.showing import day_row, figure_rows
from pos_app.ui.screens.end_of_day.state import EndOfDayState, Mark, Page, Verdict
from pos_app.ui.session_flow import SessionFlow
from pos_app.ui.shift_closing import ShiftClosing
from pos_app.ui.state import Notice, Phase, Tone
from pos_app.ui.widgets.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.application.end_of_day import ClosedDay
    from pos_app.application.head_office import DayComparison, SyncStatus
    from pos_app.application.shifts import DayResult, ShiftResult
    from pos_app.application.till import Till
    from pos_app.domain.money import Money
    from pos_app.domain.shift import Shift
    from pos_app.domain.staff import Operator
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.end_of_day.view import EndOfDayView
    from pos_app.ui.shift_closing import Count

    _Seen = tuple[ClosedDay, DayComparison]

#: So long a line that is down is given to come back before the sheet is printed without head office.
GRACE_MS: Final = 4_000
#: How often head office is asked while it still books the last records.
ASK_AGAIN_MS: Final = 1_000
_LATER: Final = (Mark.DONE, Mark.DONE, Mark.LATER, Mark.LATER)
_COMPARED: Final = {
    Verdict.ALONE: (Mark.DONE, Mark.DONE, Mark.OPEN, Mark.OPEN),
    Verdict.WAITING: _LATER,
    Verdict.AGREED: (Mark.DONE, Mark.DONE, Mark.DONE, Mark.DONE),
    Verdict.SET_ASIDE: (Mark.DONE, Mark.DONE, Mark.DONE, Mark.TROUBLE),
    Verdict.DIFFERS: (Mark.DONE, Mark.DONE, Mark.DONE, Mark.TROUBLE),
}


class EndOfDayPresenter(Presenter["EndOfDayView", EndOfDayState]):
    """Closes the shift, then the day, then compares it with head office."""

    def __init__(self, view: EndOfDayView, desk: Desk) -> None:
        super().__init__(view, desk, EndOfDayState())
        self._flow = SessionFlow(desk, self)
        self._news = desk.day_news
        self._seq: int | None = None
        self._looked_at: int | None = None
        self._approver: Operator | None = None
        self._is_printed = False
        self._connect_closing(view)
        view.begin_requested.connect(self._on_begin)
        view.skip_requested.connect(self._finish)
        view.retry_requested.connect(self._on_retry)
        view.print_requested.connect(self._on_print)
        view.report_requested.connect(self._on_report)
        view.days_requested.connect(self._on_days)
        view.day_requested.connect(self._on_day)
        view.done_requested.connect(self._on_done)
        view.back_requested.connect(self._on_back)
        desk.sync_changed.connect(self._on_status)
        self._news.comparer.compared.connect(self._on_compared)
        self._news.comparer.failed.connect(self._on_not_compared)
        self._grace = self._timer(GRACE_MS, self._on_grace)
        self._again = self._timer(ASK_AGAIN_MS, self._on_again)

    def _connect_closing(self, view: EndOfDayView) -> None:
        self._closing = ShiftClosing(self.desk, self)
        self._closing.asked_again.connect(self._on_asked_again)
        self._closing.withdrawn.connect(self._on_withdrawn)
        self._closing.begun.connect(self._on_begun)
        self._closing.approval_asked.connect(self._on_approval_asked)
        self._closing.closed.connect(self._on_shift_closed)
        self._closing.refused.connect(self._refuse)
        view.close_requested.connect(self._on_count)
        view.count_changed.connect(self._on_count_changed)

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    # Coming in

    def enter(self, request: object) -> None:
        """Begin, look at the closed days, or (coming back from the report) go on where it was."""
        asked = request if isinstance(request, EndOfDayRequest) else EndOfDayRequest()
        if asked.days:
            self._on_days()
            return
        if request is None and self.state.page in (Page.WORKING, Page.RESULT):
            return
        self._seq = self._looked_at = self._news.shown = None
        self._approver = None
        self._is_printed = False
        self._closing.reset()
        self.show(self._fresh())
        till = self.desk.till
        done = self._on_facts_and_go if asked.closed_now else self._on_facts
        self.desk.reader(lambda: _facts(till), done, self._refuse)

    def _fresh(self) -> EndOfDayState:
        desk = self.desk
        joined = desk.head_office.status().line is not Line.ALONE and not desk.is_training
        return EndOfDayState(
            session=self.state.session + 1,
            joined=joined,
            date=desk.till.context.today().isoformat(),
            can_print=desk.settings.devices.printer.kind is not WireKind.NONE,
        )

    def _on_facts(self, facts: tuple[Shift | None, str, int, bool]) -> None:
        shift, name, held, is_draft = facts
        notice = None
        if held:
            notice = Notice(Tone.WARNING, "shift.held_sales", {"count": held})
        elif is_draft:
            notice = Notice(Tone.WARNING, "shift.open_sale")
        state = replace(self.state, notice=notice)
        if shift is not None:
            opened = dt.datetime.fromtimestamp(shift.opened_ms / 1000, tz=self.desk.till.context.zone)
            today = opened.date() == self.desk.till.context.local_now().date()
            since = clock(opened) if today else day_and_time(opened)
            state = replace(state, shift_number=shift.number, cashier=name, since=since)
        else:
            state = replace(state, marks=(Mark.DONE, *state.marks[1:]))
        self.show(state)

    def _on_facts_and_go(self, facts: tuple[Shift | None, str, int, bool]) -> None:
        self._on_facts(facts)
        if self.state.shift_number is None:
            self._close_day()

    def _refuse(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        details = {"name": self.state.cashier, **error.details}
        self.show(replace(self.state, busy=False, notice=Notice(Tone.DANGER, error.code, details)))

    # The first step: the drawer

    def _on_begin(self) -> None:
        if self.state.busy:
            return
        if self.state.shift_number is not None:
            marks = (Mark.NOW, *self.state.marks[1:])
            self.show(replace(self.state, page=Page.COUNT, marks=marks))
        else:
            self._close_day()

    def _on_count(self, count: Count) -> None:
        if not self.state.busy and self.state.page is Page.COUNT:
            self._closing.close(count)

    def _on_asked_again(self, amount: Money) -> None:
        self.show(replace(self.state, notice=Notice(Tone.WARNING, "shift.count_again", {"amount": amount})))

    def _on_count_changed(self) -> None:
        if not self.state.busy and self.state.page is Page.COUNT:
            self._closing.change()

    def _on_withdrawn(self) -> None:
        self.show(replace(self.state, notice=None))

    def _on_begun(self) -> None:
        self.show(replace(self.state, busy=True, notice=None))

    def _on_approval_asked(self) -> None:
        self.show(replace(self.state, busy=False))

    def _on_shift_closed(self, result: ShiftResult) -> None:
        self.desk.shell.tell(good=True)
        count = result.closed.count
        self.show(
            replace(
                self.state,
                page=Page.BEGIN,
                busy=False,
                shift_number=None,
                over_short=count.difference,
                marks=(Mark.DONE, *self.state.marks[1:]),
            )
        )
        self._close_day()

    # The second: the Z report

    def _close_day(self) -> None:
        operator, shifts = self.desk.require_operator(), self.desk.till.shifts
        if not operator.may(Permission.CLOSE_DAY) and self._approver is None:
            self.desk.ask_approval(Permission.CLOSE_DAY, self._on_approved)
            return
        approver, joined = self._approver, self.state.joined
        marks = (Mark.DONE, Mark.NOW, *self.state.marks[2:])
        self.show(replace(self.state, busy=True, notice=None, marks=marks))
        self.desk.ledger(
            # With a head office the sheet is printed when it is known what that says, or that it says nothing yet.
            lambda: shifts.close_day(operator, approver, prints=not joined),
            self._on_day_closed,
            self._on_day_open,
        )

    def _on_approved(self, approver: Operator) -> None:
        self._approver = approver
        self._close_day()

    def _on_day_open(self, error: KnownError) -> None:
        self.show(replace(self.state, marks=(self.state.marks[0], Mark.OPEN, *self.state.marks[2:])))
        self._refuse(error)

    def _on_day_closed(self, result: DayResult) -> None:
        seq = self._seq = result.seq
        self._news.shown = seq
        self._is_printed = not self.state.joined
        notice = Notice(Tone.DANGER, "day.not_balanced", {"amount": result.drawer}) if result.drawer else None
        number = result.closed.z_number
        self.show(replace(self.state, z_number=number, notice=notice))
        service = self._service()
        if self.state.joined:
            waiting = self.desk.head_office.status().waiting
            self.desk.ledger(lambda: service.begin(seq, waiting), self._on_remembered, self._on_not_remembered)
        else:
            self.desk.reader(lambda: service.look_at(seq), self._on_seen, self._on_not_remembered)

    def _on_not_remembered(self, error: KnownError) -> None:
        """The day is closed all the same."""
        self._refuse(error)
        self.show(replace(self.state, page=Page.RESULT, marks=_LATER))
        self._print_once()

    # The third: send and fetch

    def _on_remembered(self, _day: ClosedDay) -> None:
        self._news.comparer.begun()
        self._work()

    def _work(self) -> None:
        marks = (Mark.DONE, Mark.DONE, Mark.NOW, Mark.OPEN)
        self.show(replace(self.state, page=Page.WORKING, busy=False, marks=marks, progress=Progress(), deciding=False))
        self.desk.services.sync_now()
        self._grace.start()
        self._on_status(self.desk.head_office.status())

    def _on_status(self, status: SyncStatus) -> None:
        if self.state.page is not Page.WORKING or self._seq is None:
            return
        if status.line is Line.OFFLINE:
            return  # given a moment to come back
        if status.acknowledged >= self._seq and not status.behind:
            self._grace.stop()
            if not self.state.deciding:
                marks = (Mark.DONE, Mark.DONE, Mark.DONE, Mark.NOW)
                self.show(replace(self.state, marks=marks, deciding=True))
                self._news.comparer.ask(self._seq)
            return
        whole = max(status.to_send, status.waiting)
        progress = Progress(whole - status.waiting, whole, status.seconds_left)
        self.show(replace(self.state, progress=progress, waiting=status.waiting))

    def _on_grace(self) -> None:
        status = self.desk.head_office.status()
        if self.state.page is Page.WORKING and (status.line is Line.OFFLINE or status.reason):
            self._finish()

    # The fourth: this till beside head office

    def _on_compared(self, day: ClosedDay) -> None:
        if day.kept is None:
            return
        if self.state.page is Page.RESULT and day.seq == self._looked_at:
            self._show_day(day, day.kept.comparison, is_former=self.state.is_former)
        elif self.state.page is Page.WORKING and self.state.deciding and day.seq == self._seq:
            if Verdict(day.state.value) is Verdict.WAITING:
                self._again.start()  # all of it is there, and being booked
            else:
                self._show_day(day, day.kept.comparison)

    def _on_again(self) -> None:
        if self.state.page is Page.WORKING and self._seq is not None:
            self._news.comparer.ask(self._seq)

    def _on_not_compared(self, failed: tuple[int, KnownError]) -> None:
        if failed[0] == self._seq and self.state.page is Page.WORKING:
            self._finish()
        elif failed[0] == self._looked_at and self.state.page is Page.RESULT:
            self._refuse(failed[1])

    def _finish(self) -> None:
        """Stop waiting: the rest goes on by itself."""
        seq, service = self._seq, self._service()
        if self.state.page is Page.WORKING and seq is not None:
            waiting = max(0, seq - self.desk.head_office.status().acknowledged)
            self.desk.ledger(lambda: service.leave_waiting(seq, waiting), self._on_seen, self._on_not_remembered)

    def _on_seen(self, seen: _Seen) -> None:
        self._show_day(*seen)

    def _show_day(self, day: ClosedDay, figures: DayComparison, *, is_former: bool = False) -> None:
        self._grace.stop()
        self._again.stop()
        self._looked_at = day.seq
        now = self.desk.till.context.local_now()
        kept, verdict = day.kept, Verdict(day.state.value)
        status = self.desk.head_office.status()
        self.show(
            replace(
                self.state,
                page=Page.RESULT,
                busy=False,
                is_former=is_former,
                z_number=day.z_number,
                date=day.business_date.isoformat(),
                marks=_COMPARED[verdict],
                verdict=verdict,
                asked=moment(kept.asked_ms, now) if kept is not None else "",
                waiting=max(0, day.seq - status.acknowledged) if verdict is Verdict.WAITING else 0,
                rows=figure_rows(figures),
                concerns=concerns_of(figures.set_aside, now=now),
                can_retry=verdict not in (Verdict.ALONE, Verdict.AGREED),
            )
        )
        if not is_former:
            self.desk.shell.tell(good=verdict is not Verdict.DIFFERS)
            self._print_once()

    def _on_retry(self) -> None:
        seq = self._looked_at
        if seq is None:
            return
        if seq == self._seq and not self.state.is_former:
            self._work()
        else:
            self.desk.services.sync_now()
            self._news.comparer.ask(seq)

    # Papers

    def _print_once(self) -> None:
        if not self._is_printed:
            self._is_printed = True
            self._print(None)

    def _on_print(self) -> None:
        self._print(self._on_printed)

    def _print(self, done: Callable[[None], None] | None) -> None:
        seq = self._looked_at if self._looked_at is not None else self._seq
        if seq is None:
            return
        operator, queue = self.desk.require_operator(), self.desk.till.queue
        work = lambda: queue.print_report(operator, JobKind.Z_REPORT, seq)  # noqa: E731
        self.desk.ledger(work, done, self._refuse)

    def _on_printed(self, nothing: object) -> None:
        self.desk.tell("report.printing")

    def _on_report(self) -> None:
        if self._looked_at is not None:
            self.desk.go("report", ReportRequest(JobKind.Z_REPORT, self._looked_at, back="end_of_day"))

    # Closed days

    def _on_days(self) -> None:
        service = self._service()
        self.show(replace(self.state, page=Page.DAYS, days_phase=Phase.LOADING, notice=None, is_former=False))
        self.desk.reader(service.days, self._on_days_read, self._on_days_not_read)

    def _on_days_read(self, days: tuple[ClosedDay, ...]) -> None:
        now = self.desk.till.context.local_now()
        rows = tuple(day_row(day, now) for day in days)
        self.show(replace(self.state, days=rows, days_phase=Phase.READY if rows else Phase.EMPTY))

    def _on_days_not_read(self, error: KnownError) -> None:
        self.show(replace(self.state, days_phase=Phase.FAILED, notice=Notice.of(error)))

    def _on_day(self, seq: int) -> None:
        service = self._service()
        self.desk.reader(lambda: service.look_at(seq), self._on_former, self._refuse)

    def _on_former(self, seen: _Seen) -> None:
        self._show_day(*seen, is_former=True)

    # Away

    def _on_done(self) -> None:
        self._leave()
        self._flow.log_out()

    def _leave(self) -> None:
        self._seq = self._looked_at = self._news.shown = None
        self.show(EndOfDayState(session=self.state.session + 1))

    def _on_back(self) -> None:
        page = self.state.page
        if page is Page.RESULT and self.state.is_former:
            self._on_days()
        elif page is Page.COUNT:
            self._closing.reset()
            marks = (Mark.OPEN, *self.state.marks[1:])
            self.show(replace(self.state, page=Page.BEGIN, marks=marks, notice=None))
        elif page is Page.DAYS and self._seq is not None:
            # Back from the list to the day that was ended just now.
            seq, service = self._seq, self._service()
            self.desk.reader(lambda: service.look_at(seq), self._on_seen, self._refuse)
        else:
            self._leave()
            self.desk.go("more")

    def _service(self) -> EndOfDayService:
        return EndOfDayService(self.desk.till.context, self.desk.head_office)


def _facts(till: Till) -> tuple[Shift | None, str, int, bool]:
    """The open shift, whose it is, how many sales are on hold, and whether one is open."""
    shift = till.shifts.current()
    draft = till.selling.draft()
    names = {person.staff_id: person.name for person in till.context.replica.staff()}
    name = names.get(shift.cashier, shift.cashier) if shift is not None else ""
    return shift, name, len(till.selling.held()), draft is not None and not draft.is_empty
