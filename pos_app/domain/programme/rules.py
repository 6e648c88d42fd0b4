"""What every rule of a programme is made of: who, when, where and what it speaks of."""

from __future__ import annotations

import datetime as dt
import enum

import msgspec

from pos_app.domain.ids import CategoryId, ProductId, TierId


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Common shape: a misspelt key in a programme file is an error, never a rule that silently does less."""


class Birthdays(enum.StrEnum):
    """Around the member's birthday."""

    DAY = "day"
    WEEK = "week"  # the seven days that begin three days before it
    MONTH = "month"


class VisitPeriod(enum.StrEnum):
    """Within which time visits are counted."""

    MONTH = "month"
    YEAR = "year"


class NthVisit(Rule, frozen=True):
    """Every nth visit of a period, today's included; several sales of a day are one visit.

    Attributes:
        every: The nth, twice nth, ... visit.
        period: Within which visits are counted.
    """

    every: int
    period: VisitPeriod = VisitPeriod.YEAR


class Who(Rule, frozen=True):
    """Members a rule speaks of; an empty list does not restrict.

    Attributes:
        tiers: Any of these tiers.
        tags: Any of these tags; segments that head office computes are tags too.
        birthday: Only around the birthday.
        new: Only within so many days of joining, the day of joining being the first.
        referred: Only members whom another one brought (true), or only those whom nobody did (false).
        visit: Only on every nth visit.
    """

    tiers: tuple[TierId, ...] = ()
    tags: tuple[str, ...] = ()
    birthday: Birthdays | None = None
    new: int | None = None
    referred: bool | None = None
    visit: NthVisit | None = None


class Window(Rule, frozen=True):
    """A stretch of a month, the same in every month it names.

    "From the 20th, 10:00, to the end of the month" has ``from_day = 20`` and ``from_time = 10:00:00``; "in December"
    has ``months = [12]``. A day is the business date with all its hours, those after midnight too.

    Attributes:
        months: 1 to 12; every month where none is given.
        from_day: First day; in a month that is shorter the window does not open.
        from_time: On the first day from this time on; from its beginning where none is given.
        to_day: Last day; the month's last where the month is shorter.
        to_time: On the last day until this time, exclusive; to its end where none is given.
    """

    months: tuple[int, ...] = ()
    from_day: int = 1
    from_time: dt.time | None = None
    to_day: int = 31
    to_time: dt.time | None = None


class When(Rule, frozen=True):
    """Times a rule speaks of; an empty list does not restrict.

    Days are business dates. Where the times run over midnight, the hours after it belong to the day before: a rule
    for Fridays from 22:00 to 02:00 speaks until two o'clock on Saturday morning.

    Attributes:
        from_date: First day, inclusive.
        to_date: Last day, inclusive.
        weekdays: 1 is Monday, 7 is Sunday.
        days_of_month: 1 to 31.
        from_time: From this time of day, inclusive.
        to_time: Until this time of day, exclusive; before ``from_time`` it runs over midnight.
        windows: Any of these stretches of a month.
    """

    from_date: dt.date | None = None
    to_date: dt.date | None = None
    weekdays: tuple[int, ...] = ()
    days_of_month: tuple[int, ...] = ()
    from_time: dt.time | None = None
    to_time: dt.time | None = None
    windows: tuple[Window, ...] = ()


class What(Rule, frozen=True):
    """Goods a rule speaks of: any of these categories, products or brands; all goods where none is given.

    Exclusions always win.
    """

    categories: tuple[CategoryId, ...] = ()
    products: tuple[ProductId, ...] = ()
    brands: tuple[str, ...] = ()
    except_categories: tuple[CategoryId, ...] = ()
    except_products: tuple[ProductId, ...] = ()


class Conditions(Rule, frozen=True):
    """Who, when, where and what together; each part must agree."""

    who: Who = Who()
    when: When = When()
    what: What = What()
    stores: tuple[str, ...] = ()
