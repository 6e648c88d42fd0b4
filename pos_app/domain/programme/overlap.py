"""When one rule's conditions lie within another's, and whether any day or any goods can meet them at all."""

from __future__ import annotations

import datetime as dt

from pos_app.domain.programme.conditions import is_open
from pos_app.domain.programme.document import Birthdays, Conditions, Programme, What, When, Who
from pos_app.domain.programme.rules import Window

#: Eight years hold every combination of weekday and day of the month, and 29 February.
_HORIZON_DAYS = 8 * 366


def lies_within(inner: Conditions, outer: Conditions) -> bool:
    """Whether wherever the inner conditions are met, the outer ones certainly are too."""
    return (
        _within_who(inner.who, outer.who)
        and _within_when(inner.when, outer.when)
        and _within_what(inner.what, outer.what)
        and _within_list(inner.stores, outer.stores)
    )


def _within_list(inner: tuple[object, ...], outer: tuple[object, ...]) -> bool:
    """Of lists of which an empty one does not restrict."""
    return not outer or (bool(inner) and set(inner) <= set(outer))


def _within_who(inner: Who, outer: Who) -> bool:
    if inner != Who() and outer == Who():
        return True
    if inner == Who() and outer != Who():
        return False
    birthday = outer.birthday is None or inner.birthday in (outer.birthday, Birthdays.DAY)
    new = outer.new is None or (inner.new is not None and inner.new <= outer.new)
    rest = outer.referred in (None, inner.referred) and outer.visit in (None, inner.visit)
    lists = _within_list(inner.tiers, outer.tiers) and _within_list(inner.tags, outer.tags)
    return birthday and new and rest and lists


def _within_when(inner: When, outer: When) -> bool:
    if outer.from_date is not None and (inner.from_date is None or inner.from_date < outer.from_date):
        return False
    if outer.to_date is not None and (inner.to_date is None or inner.to_date > outer.to_date):
        return False
    if not _within_list(inner.weekdays, outer.weekdays) or not _within_list(inner.days_of_month, outer.days_of_month):
        return False
    if not _within_list(inner.windows, outer.windows):
        return False
    if (outer.from_time, outer.to_time) == (inner.from_time, inner.to_time):
        return True
    if (outer.from_time, outer.to_time) != (None, None):
        return False
    # The small hours of a night belong to the day before: by the outer rule's calendar they are the next day's.
    return outer == When() or not _runs_over_midnight(inner)


def _runs_over_midnight(when: When) -> bool:
    return when.from_time is not None and when.to_time is not None and when.to_time < when.from_time


def _within_what(inner: What, outer: What) -> bool:
    """Sure only where the inner rule names goods of the same kind as the outer one, or excludes at least as much."""
    if not (
        set(outer.except_categories) <= {*inner.except_categories}
        or (
            inner.categories
            and not (inner.products or inner.brands)
            and not set(inner.categories) & set(outer.except_categories)
        )
    ):
        return False
    if not set(outer.except_products) <= set(inner.except_products):
        return False
    if not (outer.categories or outer.products or outer.brands):
        return True
    if not (inner.categories or inner.products or inner.brands):
        return False
    return (
        set(inner.categories) <= set(outer.categories)
        and set(inner.products) <= set(outer.products)
        and set(inner.brands) <= set(outer.brands)
    )


def ever_meets(when: When, programme: Programme) -> bool:
    """Whether there is any day in the life of the programme on which a rule speaks."""
    begins = programme.effective_from
    if _runs_over_midnight(when):
        begins -= dt.timedelta(days=1)  # the small hours of the first day belong to the night before
    first = max(day for day in (begins, when.from_date) if day is not None)
    ends = [day for day in (programme.effective_to, when.to_date) if day is not None]
    if ends and min(ends) < first:
        return False
    horizon = min(dt.date.max.toordinal(), first.toordinal() + _HORIZON_DAYS)
    last = min([*(day.toordinal() for day in ends), horizon])
    if not when.weekdays and not when.days_of_month and not when.windows:
        return True
    return any(
        (not when.weekdays or day.isoweekday() in when.weekdays)
        and (not when.days_of_month or day.day in when.days_of_month)
        and (not when.windows or any(_is_open_on(window, day) for window in when.windows))
        for day in map(dt.date.fromordinal, range(first.toordinal(), last + 1))
    )


def _is_open_on(window: Window, day: dt.date) -> bool:
    """Whether a window is open at any time of a day."""
    opens = dt.datetime.combine(day, window.from_time or dt.time.min)
    return is_open(window, opens, day) or is_open(window, dt.datetime.combine(day, dt.time.min), day)


def covers_nothing(what: What) -> bool:
    """Whether everything that a rule names it excludes again."""
    named = bool(what.categories or what.products or what.brands)
    return (
        named
        and not what.brands
        and set(what.categories) <= set(what.except_categories)
        and set(what.products) <= set(what.except_products)
    )
