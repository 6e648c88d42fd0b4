"""Own activity under several ids of one member: two who were signed up apart turned out to be the same person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pos_app.domain.ledger.lots import OwnActivity, own_progress
from pos_app.domain.ledger.usage import sum_usage
from pos_app.domain.member import Progress, ProgressDay


def join_days(days: Sequence[ProgressDay]) -> tuple[ProgressDay, ...]:
    """Progress by day, each day once, earliest first: a day is one visit, whatever it was under."""
    joined: dict[dt.date, Progress] = {}
    for day in days:
        before = joined.get(day.on, Progress())
        visits = max(before.visits, day.progress.visits)
        both = before + day.progress
        joined[day.on] = Progress(both.spend, visits, both.points)
    return tuple(ProgressDay(on, progress) for on, progress in sorted(joined.items()))


def join_activity(parts: Sequence[OwnActivity], since: dt.date) -> OwnActivity:
    """What own records did for one member under several ids.

    Args:
        parts: By id; with the days from ``since`` on at least.
        since: The first day of the progress.
    """
    if len(parts) == 1:
        return parts[0]
    days = join_days([day for part in parts for day in part.days])
    return OwnActivity(
        sums=tuple(each for part in parts for each in part.sums),
        origins=tuple(each for part in parts for each in part.origins),
        progress=own_progress(days, since),
        records=sum(part.records for part in parts),
        last_visit=max((part.last_visit for part in parts if part.last_visit is not None), default=None),
        usage=sum_usage([each for part in parts for each in part.usage]),
        holdings=tuple(each for part in parts for each in part.holdings),
        days=days,
    )
