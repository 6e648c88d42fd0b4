"""Cash in and out at work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain.money import Money
from pos_app.domain.staff import Permission
from pos_app.errors import KnownError
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.cash_move.state import CashMoveAsked, CashMoveState, Direction
from pos_app.ui.state import Notice

if TYPE_CHECKING:
    from pos_app.domain.staff import Operator
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.cash_move.view import CashMoveView

_LONGEST_REASON = 100


class CashMovePresenter(Presenter["CashMoveView", CashMoveState]):
    """Books cash that is put in or taken out."""

    def __init__(self, view: CashMoveView, desk: Desk) -> None:
        super().__init__(view, desk, CashMoveState())
        self._asked: CashMoveAsked | None = None
        view.move_requested.connect(self._on_move)
        view.back_requested.connect(desk.close)

    def enter(self, request: object) -> None:
        """Begin with empty boxes."""
        operator = self.desk.operator
        needed = operator is not None and not operator.may(Permission.CASH_MOVEMENT)
        self.show(CashMoveState(session=self.state.session + 1, approval_needed=needed))

    def _on_move(self, asked: CashMoveAsked) -> None:
        if not self.state.busy:
            self._asked = asked
            self._move(None)

    def _move(self, approver: Operator | None) -> None:
        asked = self._asked
        if asked is None:
            return
        try:
            amount = Money.parse(asked.amount)
            if amount < Money(0):
                raise KnownError("money.negative")
            operator = self.desk.require_operator()
        except KnownError as error:
            self._on_refused(error)
            return
        signed = amount if asked.direction is Direction.IN else -amount
        shifts, reason = self.desk.till.shifts, asked.reason.strip()[:_LONGEST_REASON]
        self.show(replace(self.state, direction=asked.direction, busy=True, notice=None))

        def work() -> Money:
            shifts.move_cash(operator, approver, signed, reason)
            return signed

        self.desk.ledger(work, self._on_moved, self._on_refused)

    def _on_moved(self, amount: Money) -> None:
        self.show(replace(self.state, busy=False))
        self.desk.close()
        code = "cash.moved_in" if amount > Money(0) else "cash.moved_out"
        self.desk.tell(code, amount=amount if amount > Money(0) else -amount)

    def _on_refused(self, error: KnownError) -> None:
        self.show(replace(self.state, busy=False))
        if self.desk.approve_and_retry(error, self._move):
            return
        self.desk.shell.tell(good=False)
        self.show(replace(self.state, notice=Notice.of(error)))
