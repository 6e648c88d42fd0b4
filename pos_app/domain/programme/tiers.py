"""Which tier a member is in, and how far the next one is."""

from __future__ import annotations

import datetime as dt

import msgspec

from pos_app.domain.ids import TierId
from pos_app.domain.member import Progress
from pos_app.domain.money import Money
from pos_app.domain.programme.document import Period, Programme, Tier


class NextTier(msgspec.Struct, frozen=True):
    """The way to the next tier.

    Attributes:
        tier: Where it leads.
        spend_missing: What is still to be spent; None where spending does not lead there.
        visits_missing: Visits still to be made; None where visits do not lead there.
        share_bp: How much of the way is done, by the nearer of the two, in basis points.
    """

    tier: Tier
    spend_missing: Money | None
    visits_missing: int | None
    share_bp: int


def tier_for(programme: Programme, assigned: TierId, progress: Progress) -> Tier:
    """The better of the tier assigned last and the best tier that progress reaches."""
    best = programme.tier(assigned)
    for tier in programme.tiers:
        if tier.rank > best.rank and tier.reach is not None and _is_reached(tier, progress):
            best = tier
    return best


def _is_reached(tier: Tier, progress: Progress) -> bool:
    reach = tier.reach
    if reach is None:
        return False
    return (reach.spend is not None and progress.spend >= reach.spend) or (
        reach.visits is not None and progress.visits >= reach.visits
    )


def next_tier(programme: Programme, current: Tier, progress: Progress) -> NextTier | None:
    """The nearest higher tier that can be reached by buying, or None at the top."""
    for tier in sorted(programme.tiers, key=lambda each: each.rank):
        if tier.rank <= current.rank or tier.reach is None:
            continue
        shares: list[int] = []
        spend_missing = visits_missing = None
        if tier.reach.spend is not None and tier.reach.spend.minor > 0:
            done = max(0, min(progress.spend.minor, tier.reach.spend.minor))
            spend_missing = Money(tier.reach.spend.minor - done)
            shares.append(done * 10_000 // tier.reach.spend.minor)
        if tier.reach.visits:
            done = max(0, min(progress.visits, tier.reach.visits))
            visits_missing = tier.reach.visits - done
            shares.append(done * 10_000 // tier.reach.visits)
        if shares:
            return NextTier(tier, spend_missing, visits_missing, max(shares))
    return None


def period_start(period: Period, today: dt.date) -> dt.date:
    """First day whose sales count towards a tier."""
    match period:
        case Period.CALENDAR_YEAR:
            return dt.date(today.year, 1, 1)
        case Period.ROLLING_12_MONTHS:
            day = 28 if (today.month, today.day) == (2, 29) else today.day
            return dt.date(today.year - 1, today.month, day) + dt.timedelta(days=1)
        case Period.LIFE:
            return dt.date.min


def progress_period(programme: Programme) -> Period:
    """The one period progress is counted over: that of the first tier with a condition."""
    return next((tier.reach.period for tier in programme.tiers if tier.reach is not None), Period.LIFE)
