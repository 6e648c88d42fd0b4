"""The machine's clocks."""

from __future__ import annotations

import sys
import time

from pos_app.domain.clock import Moment


class SystemClock:
    """Reads the wall clock and the time since boot (fulfils ``Clock``)."""

    def now(self) -> Moment:
        """This instant."""
        return Moment(time.time_ns() // 1_000_000, _boot_ns() // 1_000_000)


if sys.platform == "linux":

    def _boot_ns() -> int:
        # CLOCK_MONOTONIC stands still while the machine sleeps; a till that was suspended would look as if its
        # wall clock had jumped.
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)

else:

    def _boot_ns() -> int:
        return time.monotonic_ns()
