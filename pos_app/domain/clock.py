"""Time, handed in. The core never asks for it."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

import msgspec

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Moment(msgspec.Struct, frozen=True):
    """One instant as the till saw it.

    Attributes:
        wall_ms: Milliseconds since the Unix epoch by the wall clock; may be wrong, may jump.
        boot_ms: Milliseconds since boot by the monotonic clock; never runs backwards while the machine is up.
    """

    wall_ms: int
    boot_ms: int

    def local(self, zone: dt.tzinfo) -> dt.datetime:
        """The wall clock in the shop's time zone."""
        return (_EPOCH + dt.timedelta(milliseconds=self.wall_ms)).astimezone(zone)


class Clock(Protocol):
    """Tells the time; the real one reads the machine, a test's one is set by hand."""

    def now(self) -> Moment:
        """This instant."""


def business_date(local: dt.datetime, day_starts_hour: int) -> dt.date:
    """The trading day an instant belongs to: before ``day_starts_hour`` it is still yesterday's."""
    return (local - dt.timedelta(hours=day_starts_hour)).date()
