"""From a closed day to what the screen shows of it: no Qt, no I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.tender import TenderKind
from pos_app.ui.concerns import moment
from pos_app.ui.screens.end_of_day.state import DayRow, FigureCode, FigureRow, Verdict

if TYPE_CHECKING:
    import datetime as dt

    from pos_app.application.end_of_day import ClosedDay
    from pos_app.application.head_office import DayComparison
    from pos_app.domain.ledger.run_figures import RunFigures

#: As much of a hash as people compare.
SHORT_HASH: Final = 8
_ORDER: Final = {kind.value: place for place, kind in enumerate(TenderKind)}


def figure_rows(comparison: DayComparison) -> tuple[FigureRow, ...]:
    """Every figure of both sides, the most important first."""
    here, there = comparison.here, comparison.there
    rows = [
        FigureRow(FigureCode.SALES, here.sales, _count(there, "sales")),
        FigureRow(FigureCode.GROSS, Money(here.gross), _money(there, "gross")),
        FigureRow(FigureCode.REFUNDS, here.refunds, _count(there, "refunds")),
        FigureRow(FigureCode.REFUNDED, Money(here.refunded), _money(there, "refunded")),
    ]
    kinds = {*here.tenders, *(there.tenders if there is not None else ())}
    for kind in sorted(kinds, key=lambda each: (_ORDER.get(each, len(_ORDER)), each)):
        other = None if there is None else Money(there.tenders.get(kind, 0))
        rows.append(FigureRow(FigureCode.TENDER, Money(here.tenders.get(kind, 0)), other, kind))
    rows += [
        FigureRow(FigureCode.POINTS_IN, Points(here.points_in), _points(there, "points_in")),
        FigureRow(FigureCode.POINTS_OUT, Points(here.points_out), _points(there, "points_out")),
        FigureRow(FigureCode.VALUE_IN, Money(here.value_in), _money(there, "value_in")),
        FigureRow(FigureCode.VALUE_OUT, Money(here.value_out), _money(there, "value_out")),
        _records(comparison),
        FigureRow(
            FigureCode.HASH,
            comparison.here_hash.hex()[:SHORT_HASH],
            comparison.there_hash.hex()[:SHORT_HASH] if there is not None else None,
        ),
    ]
    return tuple(rows)


def _records(comparison: DayComparison) -> FigureRow:
    """The number of records; head office names none, but the same hash at the end means the same records before it."""
    count = comparison.last_seq - comparison.first_seq + 1
    return FigureRow(FigureCode.RECORDS, count, count if comparison.there_hash == comparison.here_hash else None)


def day_row(day: ClosedDay, now: dt.datetime) -> DayRow:
    """A closed day in the list."""
    asked = moment(day.kept.asked_ms, now) if day.kept is not None else ""
    return DayRow(day.seq, day.z_number, day.business_date.isoformat(), Verdict(day.state.value), asked)


def _count(there: RunFigures | None, name: str) -> int | None:
    return None if there is None else int(getattr(there, name))


def _money(there: RunFigures | None, name: str) -> Money | None:
    return None if there is None else Money(getattr(there, name))


def _points(there: RunFigures | None, name: str) -> Points | None:
    return None if there is None else Points(getattr(there, name))
