"""Compares closed days with head office behind the counter, as soon as the line allows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.application.head_office import Line
from pos_app.runtime.lanes import LaneName

if TYPE_CHECKING:
    from pos_app.application.end_of_day import ClosedDay, EndOfDayService
    from pos_app.application.head_office import DayComparison, SyncStatus
    from pos_app.errors import KnownError
    from pos_app.runtime.lanes import Operations

#: What head office had when a day was asked about last; asked again only when it has more.
_Had = tuple[int, int, int]


class DayComparer(QObject):
    """Asks head office about one day at a time.

    Signals:
        compared: The ``ClosedDay`` as it is remembered now.
        failed: ``(record of the Z report, KnownError)``.
    """

    compared = Signal(object)
    failed = Signal(object)

    def __init__(self, operations: Operations, service: Callable[[], EndOfDayService], parent: QObject) -> None:
        """Make it.

        Args:
            operations: The lanes.
            service: Gives the use case over the till's real books and the head office of now.
            parent: Owner.
        """
        super().__init__(parent)
        self._operations = operations
        self._service = service
        self._status: SyncStatus | None = None
        self._asked: dict[int, _Had] = {}
        #: What was undecided when it was last looked; None when that may have changed.
        self._undecided: tuple[int, ...] | None = None
        self._queue: list[int] = []
        self._now: int | None = None
        self._is_looking = False

    def look(self, status: SyncStatus) -> None:
        """Head office has more than before, perhaps all of a day that was closed."""
        before, self._status = self._status, status
        if status.line in (Line.ALONE, Line.OFFLINE) or self._is_looking:
            return
        was_up = before is not None and before.line not in (Line.ALONE, Line.OFFLINE)
        if self._undecided is not None and was_up:
            self._queue_up()
            return
        self._is_looking = True
        self._operations.run(LaneName.READER, self._service().undecided, self._on_undecided, self._on_not_read)

    def begun(self) -> None:
        """Another day is closed and has to be asked about."""
        self._undecided = None

    def ask(self, seq: int) -> None:
        """Ask about a day now, whatever was asked before.

        Args:
            seq: Journal record of its Z report.
        """
        if seq != self._now and seq not in self._queue:
            self._queue.insert(0, seq)
        self._next()

    def _on_undecided(self, seqs: tuple[int, ...]) -> None:
        self._is_looking = False
        self._undecided = seqs
        self._queue_up()

    def _queue_up(self) -> None:
        """Ask about the days of which head office may say something new."""
        status = self._status
        if status is None:
            return
        for seq in self._undecided or ():
            is_new = seq <= status.acknowledged and self._asked.get(seq) != _had(status, seq)
            if is_new and seq != self._now and seq not in self._queue:
                self._queue.append(seq)
        self._next()

    def _on_not_read(self, _error: KnownError) -> None:
        # The books say so themselves where somebody works with them.
        self._is_looking = False

    def _next(self) -> None:
        if self._now is not None or not self._queue:
            return
        seq = self._now = self._queue.pop(0)
        if self._status is not None:
            self._asked[seq] = _had(self._status, seq)
        service = self._service()
        self._operations.run(LaneName.NETWORK, lambda: service.ask(seq), self._on_said, self._on_failed)

    def _on_said(self, said: DayComparison) -> None:
        seq, service = self._now, self._service()
        if seq is None:
            return
        waiting = self._status.waiting if self._status is not None else 0
        self._operations.run(LaneName.LEDGER, lambda: service.keep(seq, said, waiting), self._on_kept, self._on_failed)

    def _on_kept(self, day: ClosedDay) -> None:
        self._now = self._undecided = None
        self.compared.emit(day)
        self._next()

    def _on_failed(self, error: KnownError) -> None:
        seq, self._now, self._undecided = self._now, None, None
        if seq is not None:
            self._asked.pop(seq, None)
            self.failed.emit((seq, error))
        # Whatever else was to be asked is asked when the line says something new.
        self._queue.clear()


def _had(status: SyncStatus, seq: int) -> _Had:
    """What head office has up to a record: what is sold after it makes no difference to its day."""
    return min(status.acknowledged, seq), min(status.applied, seq), len(status.set_aside)
