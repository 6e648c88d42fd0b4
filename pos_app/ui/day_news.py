"""Tells a manager how closed days came out at head office: at once when one is there, else when one logs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pos_app.application.end_of_day import DayState, EndOfDayService
from pos_app.domain.staff import Permission
from pos_app.runtime.comparing import DayComparer
from pos_app.ui.state import Tone

if TYPE_CHECKING:
    from pos_app.application.end_of_day import ClosedDay
    from pos_app.errors import KnownError
    from pos_app.ui.desk import Desk

_TONES: Final = {DayState.AGREED: Tone.SUCCESS, DayState.SET_ASIDE: Tone.WARNING, DayState.DIFFERS: Tone.DANGER}


class DayNews(QObject):
    """Keeps the comparer going and its news until a manager has heard them.

    Attributes:
        comparer: Asks head office.
        shown: The day that a manager looks at now; of that one nothing needs to be told.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.shown: int | None = None
        self.comparer = DayComparer(desk.operations, self.service, self)
        self.comparer.compared.connect(self._on_compared)
        desk.sync_changed.connect(self.comparer.look)
        desk.operator_changed.connect(self._on_operator)

    def service(self) -> EndOfDayService:
        """The use case over the real books."""
        return EndOfDayService(self._desk.real_till.context, self._desk.head_office)

    def _on_compared(self, day: ClosedDay) -> None:
        if self._somebody_to_tell():
            self._tell((day,))

    def _on_operator(self, _operator: object) -> None:
        if self._somebody_to_tell():
            self._desk.reader(self.service().untold, self._tell, self._on_not_read)

    def _somebody_to_tell(self) -> bool:
        operator = self._desk.operator
        return operator is not None and operator.may(Permission.CLOSE_DAY)

    def _tell(self, days: tuple[ClosedDay, ...]) -> None:
        heard = [day for day in days if day.kept is not None and not day.kept.is_told and day.state in _TONES]
        for day in heard:
            if day.seq != self.shown:
                tone = _TONES[day.state]
                self._desk.tell(f"day.{day.state.value}", tone, number=day.z_number, date=day.business_date.isoformat())
        if heard:
            service, seqs = self.service(), tuple(day.seq for day in heard)
            self._desk.ledger(lambda: service.mark_told(seqs), None, self._on_not_read)

    def _on_not_read(self, _error: KnownError) -> None:
        # It is told at the next log-in.
        return
