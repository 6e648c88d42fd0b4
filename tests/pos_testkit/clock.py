"""A clock that stands still until a test moves it."""

from __future__ import annotations

import datetime as dt

from pos_app.domain.clock import Moment

#: The shops of the tests are in China.
CHINA = dt.timezone(dt.timedelta(hours=8))
#: Noon of a Wednesday.
NOON = dt.datetime(2025, 6, 18, 12, 0, tzinfo=CHINA)


class SettableClock:
    """Fulfils ``Clock``; the wall and the time since boot can be moved together or the wall alone."""

    def __init__(self, start: dt.datetime = NOON) -> None:
        self._wall_ms = int(start.timestamp() * 1000)
        self._boot_ms = 60_000

    def now(self) -> Moment:
        """This instant."""
        return Moment(self._wall_ms, self._boot_ms)

    def advance(self, *, ms: int = 0, seconds: int = 0, minutes: int = 0, hours: int = 0, days: int = 0) -> None:
        """Let time pass."""
        passed = ms + 1000 * (seconds + 60 * (minutes + 60 * (hours + 24 * days)))
        self._wall_ms += passed
        self._boot_ms += passed

    def set(self, when: dt.datetime) -> None:
        """Set the wall clock, as a person or a time server does; the time since boot goes on."""
        self._wall_ms = int(when.timestamp() * 1000)
