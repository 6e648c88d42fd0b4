"""The ways of a person through the till: arriving, leaving, going into training and coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pos_app.domain.money import Money
from pos_app.domain.staff import Permission
from pos_app.ui.requests import LoginRequest
from pos_app.ui.state import Tone

if TYPE_CHECKING:
    from pos_app.application.session import SessionService
    from pos_app.application.till import Till
    from pos_app.domain.shift import Shift
    from pos_app.domain.staff import Operator
    from pos_app.errors import KnownError
    from pos_app.ui.desk import Desk

#: In the drawer of a training shift.
TRAINING_FLOAT: Final = Money(500_00)


class SessionFlow(QObject):
    """Takes whoever is logged in to where they can work."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    # Arriving

    def arrive(self) -> None:
        """Find the open shift and go to the counter, or open a shift first."""
        first, self._desk.first_screen = self._desk.first_screen, ""
        if first:
            self._desk.go(first)
            return
        till = self._desk.till
        self._desk.reader(lambda: _shift_and_name(till), self._on_shift)

    def _on_shift(self, found: tuple[Shift | None, str]) -> None:
        shift, name = found
        desk = self._desk
        operator = desk.operator
        if operator is None:
            return
        if shift is None:
            desk.set_shift(None)
            desk.go("open_shift")
        elif shift.cashier == operator.staff_id or operator.may(Permission.CLOSE_DAY):
            desk.set_shift(shift)
            desk.go("selling")
        else:
            session = desk.till.session
            desk.set_shift(shift)
            desk.set_operator(None)
            desk.ledger(lambda: session.log_out(operator))
            desk.go("login", LoginRequest("shift.others", {"name": name}))

    # Leaving

    def log_out(self) -> None:
        """Leave the till to somebody else; the open sale stays where it is. Training ends with it."""
        desk = self._desk
        operator = desk.operator
        if operator is not None:
            session, trained = desk.real_till.session, desk.is_training
            desk.ledger(lambda: _log_out(session, operator, trained=trained), None, desk.complain)
        # Whatever the books say, nobody is kept at the till by a full disk.
        if desk.is_training:
            desk.use_till(desk.real_till)
        desk.set_operator(None)
        desk.go("login")

    # Training

    def switch_training(self) -> None:
        """Go into training, or come back."""
        if self._desk.is_training:
            self.end_training()
        else:
            self.start_training()

    def start_training(self) -> None:
        """Work with books that are thrown away, in a shift of its own."""
        desk = self._desk
        operator, services, session = desk.require_operator(), desk.services, desk.real_till.session

        def work() -> tuple[Till, Shift]:
            session.record_training(operator, on=True)
            till = services.training_till()
            return till, till.shifts.current() or till.shifts.open(operator, TRAINING_FLOAT)

        desk.ledger(work, self._on_training, desk.complain)

    def _on_training(self, found: tuple[Till, Shift]) -> None:
        till, shift = found
        self._desk.use_till(till)
        self._desk.set_shift(shift)
        self._desk.go("selling")
        self._desk.tell("training.on", Tone.WARNING)

    def end_training(self) -> None:
        """Come back to the real books."""
        desk = self._desk
        operator, session = desk.require_operator(), desk.real_till.session
        desk.ledger(lambda: session.record_training(operator, on=False), self._on_back, self._on_not_recorded)

    def _on_not_recorded(self, error: KnownError) -> None:
        # Coming back is never refused: selling for real in training would be worse than a gap in the record.
        self._desk.complain(error)
        self._on_back(None)

    def _on_back(self, nothing: object) -> None:
        self._desk.use_till(self._desk.real_till)
        self._desk.tell("training.off")
        self.arrive()


def _log_out(session: SessionService, operator: Operator, *, trained: bool) -> None:
    if trained:
        session.record_training(operator, on=False)
    session.log_out(operator)


def _shift_and_name(till: Till) -> tuple[Shift | None, str]:
    shift = till.shifts.current()
    if shift is None:
        return None, ""
    return shift, next((tile.name for tile in till.session.staff() if tile.staff_id == shift.cashier), shift.cashier)
