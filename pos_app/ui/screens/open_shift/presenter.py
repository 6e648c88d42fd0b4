"""Opening a shift at work: the float is booked, then the counter is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos_app.domain.ledger.bodies import ShiftOpened
from pos_app.domain.ledger.journal import RecordKind, read_body
from pos_app.domain.money import Money
from pos_app.errors import KnownError
from pos_app.ui.formats import day_and_time
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.open_shift.state import OpenShiftState
from pos_app.ui.session_flow import SessionFlow
from pos_app.ui.state import Notice

if TYPE_CHECKING:
    from pos_app.application.till import Till
    from pos_app.domain.shift import Shift
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.open_shift.view import OpenShiftView


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """What is known of the shifts before.

    Attributes:
        number: Of the shift to be opened.
        opening_float: Of the last one; None before the first.
        closed: When the last one was closed; None before the first.
    """

    number: int
    opening_float: Money | None
    closed: dt.datetime | None


class OpenShiftPresenter(Presenter["OpenShiftView", OpenShiftState]):
    """Takes the float."""

    def __init__(self, view: OpenShiftView, desk: Desk) -> None:
        super().__init__(view, desk, OpenShiftState())
        self._flow = SessionFlow(desk, self)
        view.open_requested.connect(self._on_open)
        view.more_requested.connect(lambda: desk.go("more"))
        view.back_requested.connect(self._flow.log_out)

    def enter(self, request: object) -> None:
        """Offer the float of last time."""
        operator = self.desk.operator
        self.show(OpenShiftState(cashier=operator.name if operator else "", number=self.state.number))
        till = self.desk.till
        self.desk.reader(lambda: _facts(till), self._on_facts)

    def _on_facts(self, facts: ShiftFacts) -> None:
        self.show(
            replace(
                self.state,
                number=facts.number,
                usual_float=facts.opening_float,
                last_closed=day_and_time(facts.closed) if facts.closed else "",
            )
        )

    def _on_open(self, text: str) -> None:
        if self.state.busy:
            return
        try:
            amount = Money.parse(text)
            operator = self.desk.require_operator()
        except KnownError as error:
            self._on_refused(error)
            return
        shifts = self.desk.till.shifts
        self.show(replace(self.state, busy=True, notice=None))
        self.desk.ledger(lambda: shifts.open(operator, amount), self._on_opened, self._on_refused)

    def _on_opened(self, shift: Shift) -> None:
        self.show(replace(self.state, busy=False))
        self.desk.set_shift(shift)
        self.desk.go("selling")
        self.desk.tell("shift.opened", number=shift.number)

    def _on_refused(self, error: KnownError) -> None:
        if error.code == "shift.already_open":
            self._flow.arrive()
            return
        self.desk.shell.tell(good=False)
        self.show(replace(self.state, busy=False, notice=Notice.of(error)))
        self.view.focus_home()


def _facts(till: Till) -> ShiftFacts:
    with till.context.ledger.read() as reader:
        number = reader.last_shift_number() + 1
        opened = reader.last_of_kind(RecordKind.SHIFT_OPENED)
        closed = reader.last_of_kind(RecordKind.SHIFT_CLOSED)
    return ShiftFacts(
        number=number,
        opening_float=read_body(opened, ShiftOpened).opening_float if opened else None,
        closed=dt.datetime.fromtimestamp(closed.wall_ms / 1000, tz=till.context.zone) if closed else None,
    )
