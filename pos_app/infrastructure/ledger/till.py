"""Who keeps a ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from pos_app.domain.clock import Moment, business_date

#: The trading day of an instant.
BusinessDay = Callable[[Moment], dt.date]


class TillIdentity(msgspec.Struct, frozen=True):
    """Which till a ledger belongs to.

    Attributes:
        till_id: Named in every record.
        number: Part of receipt numbers, 1 to 9999; 0 for training.
    """

    till_id: str
    number: int


def business_days(zone: dt.tzinfo, day_starts_hour: int) -> BusinessDay:
    """The trading day by the shop's clock."""

    def day(moment: Moment) -> dt.date:
        return business_date(moment.local(zone), day_starts_hour)

    return day
