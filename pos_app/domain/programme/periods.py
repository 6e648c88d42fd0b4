"""Periods over which progress towards tiers is counted: the calendar's, rolling months, and a whole life."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Final

import msgspec

#: Months of the calendar's periods.
_CALENDAR_MONTHS: Final = {"calendar_month": 1, "calendar_quarter": 3, "calendar_year": 12}
_DAY: Final = dt.timedelta(days=1)


class Period(enum.StrEnum):
    """Over which time progress towards a tier is counted."""

    CALENDAR_MONTH = "calendar_month"
    CALENDAR_QUARTER = "calendar_quarter"
    CALENDAR_YEAR = "calendar_year"
    ROLLING_12_MONTHS = "rolling_12_months"
    ROLLING_MONTHS = "rolling_months"  # as many as ``months`` says
    LIFE = "life"


class Span(msgspec.Struct, frozen=True):
    """How long a period is, and whether the calendar says where it begins.

    Attributes:
        months: Its length; None for a whole life.
        by_calendar: Whether it begins with a month, quarter or year; else it is counted back from each day.
    """

    months: int | None = None
    by_calendar: bool = False

    def start(self, today: dt.date) -> dt.date:
        """First day that counts on a day."""
        if self.months is None:
            return dt.date.min
        if self.by_calendar:
            return dt.date(today.year, (today.month - 1) // self.months * self.months + 1, 1)
        return add_months(today, -self.months) + _DAY

    def end(self, since: dt.date) -> dt.date | None:
        """First day after the period in which a tier counts that was reached on a day; None for a whole life.

        Of rolling months it is the first day on which that day no longer counts.
        """
        if self.months is None:
            return None
        if self.by_calendar:
            return add_months(self.start(since), self.months)
        end = add_months(since, self.months)
        while self.start(end) <= since:  # in a shorter month
            end += _DAY
        return end

    def ended(self, end: dt.date) -> tuple[dt.date, dt.date]:
        """First and last day of what is looked at when a period ends.

        Of rolling months the day on which the tier was reached is not among them: its purchases led there already.
        """
        last = end - _DAY
        return self.start(last if self.by_calendar else end), last

    def before(self, today: dt.date) -> dt.date:
        """First day of the period before the one of a day."""
        start = self.start(today)
        return start if self.months is None else self.start(start - _DAY)


def span_of(period: Period, months: int) -> Span:
    """The span of a period; ``months`` speaks for rolling months alone."""
    match period:
        case Period.LIFE:
            return Span()
        case Period.ROLLING_12_MONTHS:
            return Span(12)
        case Period.ROLLING_MONTHS:
            return Span(months)
        case _:
            return Span(_CALENDAR_MONTHS[period.value], by_calendar=True)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a month later or earlier, or that month's last day."""
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date(year, month, min(day.day, (following - _DAY).day))
