"""The end of a day: the till's own figures beside those of head office, remembered for each Z report.

The day closes without head office. What it says is asked when the line is there, and kept, so that the sheet can be
printed again and a manager sees next morning whether yesterday agreed.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from typing import Final

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.head_office import DISMISSED, DayComparison, HeadOffice
from pos_app.application.ports import LedgerReader, MasterKind
from pos_app.domain import codec
from pos_app.domain.ids import StaffId
from pos_app.domain.ledger.bodies import DayClosed
from pos_app.domain.ledger.journal import RecordKind, read_body, read_payload
from pos_app.domain.ledger.run_figures import run_figures
from pos_app.errors import KnownError

#: So many closed days are listed, and asked about until head office has decided them.
DAYS: Final = 31
_NOBODY: Final = StaffId("")


class DayState(enum.StrEnum):
    """How a closed day stands with head office."""

    ALONE = "alone"  # it was closed while the till belonged to no head office
    WAITING = "waiting"  # head office could not be asked yet, or is not through with it
    AGREED = "agreed"
    SET_ASIDE = "set_aside"  # the same records on both sides, but not all of them in head office's books
    DIFFERS = "differs"


class KeptDay(msgspec.Struct, frozen=True):
    """What is remembered of a day's comparison.

    Attributes:
        comparison: The last one; with the till's own figures alone until head office could be asked.
        asked_ms: When head office answered last; None for never.
        waiting: Records that head office had not acknowledged then.
        is_told: Whether a manager was told how it came out.
    """

    comparison: DayComparison
    asked_ms: int | None = None
    waiting: int = 0
    is_told: bool = False


class ClosedDay(msgspec.Struct, frozen=True):
    """A day with its Z report.

    Attributes:
        seq: Journal record of the Z report.
        z_number: Its number.
        business_date: Which day.
        kept: What is remembered of the comparison; None where there was no head office.
    """

    seq: int
    z_number: int
    business_date: dt.date
    kept: KeptDay | None = None

    @property
    def state(self) -> DayState:
        """How it stands with head office."""
        return DayState.ALONE if self.kept is None else state_of(self.kept.comparison)


def state_of(comparison: DayComparison) -> DayState:
    """How a comparison came out."""
    if comparison.there is None:
        return DayState.WAITING
    if not comparison.agrees:
        return DayState.DIFFERS
    # What head office dismissed is decided: nobody waits for it any more, and the day's list still names it.
    if any(each.state != DISMISSED for each in comparison.set_aside):
        return DayState.SET_ASIDE
    return DayState.AGREED if comparison.is_decided else DayState.WAITING


class EndOfDayService:
    """Compares closed days with head office and remembers what came of it."""

    def __init__(self, context: TillContext, head_office: HeadOffice) -> None:
        self._context = context
        self._head_office = head_office

    def day(self, seq: int) -> ClosedDay:
        """A closed day.

        Args:
            seq: Journal record of its Z report.

        Raises:
            KnownError: ``day.unknown``.
        """
        with self._context.ledger.read() as reader:
            return _day(reader, seq)

    def look_at(self, seq: int) -> tuple[ClosedDay, DayComparison]:
        """A closed day with its figures: as they were compared, else this till's own.

        Raises:
            KnownError: ``day.unknown``.
        """
        day = self.day(seq)
        return day, day.kept.comparison if day.kept is not None else self._own(seq)

    def days(self) -> tuple[ClosedDay, ...]:
        """The closed days, the latest first."""
        with self._context.ledger.read() as reader:
            found = reader.payloads(after_seq=0, kinds=(RecordKind.DAY_CLOSED,))
            latest = [payload.seq for payload in found][-DAYS:]
            return tuple(_day(reader, seq) for seq in reversed(latest))

    def begin(self, seq: int, waiting: int) -> ClosedDay:
        """Remember that a day is to be compared, with the till's own figures; once for each day. On the ledger lane.

        Args:
            seq: Journal record of its Z report.
            waiting: Records that head office has not acknowledged.

        Raises:
            KnownError: ``day.unknown``.
        """
        day = self.day(seq)
        if day.kept is not None:
            return day
        return self._keep(day, KeptDay(self._own(seq), waiting=waiting))

    def leave_waiting(self, seq: int, waiting: int) -> tuple[ClosedDay, DayComparison]:
        """Nobody waits for head office any more: what is still to be sent is noted for the sheet. On the ledger lane.

        Args:
            seq: Journal record of its Z report.
            waiting: Records up to it that head office has not acknowledged.
        """
        day = self.begin(seq, waiting)
        if day.kept is not None and day.kept.comparison.there is None and day.kept.waiting != waiting:
            self._keep(day, msgspec.structs.replace(day.kept, waiting=waiting))
        return self.look_at(seq)

    def ask(self, seq: int) -> DayComparison:
        """Ask head office for its figures of a day; slow, on the network lane. Nothing is remembered by it.

        Raises:
            KnownError: ``sync.offline``, ``sync.alone``, ``day.unknown``.
        """
        own = self._own(seq)
        said = self._head_office.day(own.first_seq, own.last_seq)
        # The till's side is its own journal's, whoever asked.
        return msgspec.structs.replace(said, here=own.here, here_hash=own.here_hash)

    def keep(self, seq: int, said: DayComparison, waiting: int) -> ClosedDay:
        """Remember what head office said of a day; on the ledger lane.

        Args:
            seq: Journal record of its Z report.
            said: What :meth:`ask` brought.
            waiting: Records that head office has not acknowledged.
        """
        day = self.day(seq)
        before = day.kept
        is_told = before is not None and before.is_told and state_of(before.comparison) == state_of(said)
        return self._keep(day, KeptDay(said, self._context.clock.now().wall_ms, waiting, is_told))

    def undecided(self) -> tuple[int, ...]:
        """Journal records of the Z reports that head office is to be asked about, the earliest first."""
        open_states = (DayState.WAITING, DayState.SET_ASIDE, DayState.DIFFERS)
        return tuple(day.seq for day in reversed(self.days()) if day.state in open_states)

    def untold(self) -> tuple[ClosedDay, ...]:
        """Days whose outcome no manager was told yet, the earliest first."""
        done = (DayState.AGREED, DayState.SET_ASIDE, DayState.DIFFERS)
        return tuple(d for d in reversed(self.days()) if d.kept and not d.kept.is_told and d.state in done)

    def mark_told(self, seqs: Sequence[int]) -> None:
        """A manager was told how these days came out; on the ledger lane."""
        for seq in seqs:
            day = self.day(seq)
            if day.kept is not None:
                self._keep(day, msgspec.structs.replace(day.kept, is_told=True))

    def _keep(self, day: ClosedDay, kept: KeptDay) -> ClosedDay:
        with self._context.ledger.write(_NOBODY) as tx:
            tx.put_master(MasterKind.DAY, ((str(day.seq), codec.encode(kept)),))
        return msgspec.structs.replace(day, kept=kept)

    def _own(self, seq: int) -> DayComparison:
        with self._context.ledger.read() as reader:
            first = _body(reader, seq).first_seq
            records = [reader.record(each) for each in range(first, seq + 1)]
        there = [record for record in records if record is not None]
        return DayComparison(first, seq, run_figures(record.payload for record in there), there[-1].hash)


def kept_day(reader: LedgerReader, seq: int) -> KeptDay | None:
    """What is remembered of the comparison of a day, by the journal record of its Z report."""
    found = reader.master(MasterKind.DAY, str(seq))
    return None if found is None else codec.decode(found, KeptDay)


def _body(reader: LedgerReader, seq: int) -> DayClosed:
    record = reader.record(seq)
    payload = None if record is None else read_payload(record)
    if payload is None or payload.kind != RecordKind.DAY_CLOSED:
        raise KnownError("day.unknown", seq=seq)
    return read_body(payload, DayClosed)


def _day(reader: LedgerReader, seq: int) -> ClosedDay:
    body = _body(reader, seq)
    return ClosedDay(seq, body.z_number, body.business_date, kept_day(reader, seq))
