"""The demo shop as its first visitor finds it, on real files and without a window."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from pos_testkit.clock import SettableClock
from pos_testkit.till import RealTill, real_till

from pos_app.bootstrap import demo
from pos_app.bootstrap.demo_week import DAYS_BEFORE, DemoClock


@contextlib.contextmanager
def demo_till(folder: Path) -> Iterator[RealTill]:
    """The demo shop with its week behind it; the visitor comes on the test's noon."""
    clock = DemoClock(SettableClock())
    clock.days_ago = DAYS_BEFORE
    with real_till(folder, clock=clock, products=[], categories=[], members=[], staff=[]) as opened:
        demo.seed(opened.context, days_before=DAYS_BEFORE)
        demo.live_before(opened.app, clock)
        yield opened
