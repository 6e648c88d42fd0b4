"""Which tier a member is in, how far the next one is, how long this one lasts and what keeps it."""

from __future__ import annotations

import datetime as dt

import msgspec

from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import Member, MemberAccount, Progress, Standing
from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.points import Points
from pos_app.domain.programme.document import AtEnd, Programme, Tier
from pos_app.domain.programme.standing import (
    ProgressBook,
    best_reached,
    next_end,
    progress_span,
    standing_now,
)
from pos_app.domain.programme.tier_rules import TierCondition
from pos_app.domain.wallet import usable

_NOTHING = Progress()
_DAY = dt.timedelta(days=1)


class NextTier(msgspec.Struct, frozen=True):
    """The way to the next tier.

    Attributes:
        tier: Where it leads.
        spend_missing: What is still to be spent; None where spending does not lead there.
        visits_missing: Visits still to be made; None where visits do not lead there.
        share_bp: How much of the way is done, in basis points: by the nearest of the figures, or by the farthest
            where all of them are needed.
        points_missing: Points still to be earned; None where points do not lead there.
        all_of: Whether all that is missing is needed; else any one of the figures suffices.
    """

    tier: Tier
    spend_missing: Money | None
    visits_missing: int | None
    share_bp: int
    points_missing: Points | None = None
    all_of: bool = False


class TierTerm(msgspec.Struct, frozen=True):
    """Until when a tier lasts.

    Attributes:
        until: Last day.
        keep: What is missing to keep it beyond that day; None where nothing keeps it.
    """

    until: dt.date
    keep: NextTier | None = None


def tier_now(programme: Programme, member: Member, account: MemberAccount, today: dt.date) -> Tier:
    """The tier a member is in on a day."""
    return tier_of(programme, standing_now(programme, member, account, today), account, today)


def tier_of(programme: Programme, standing: Standing, account: MemberAccount, today: dt.date) -> Tier:
    """The better of a standing and of the terms that run, as far as this version knows their tiers."""
    running = {each.source_id for each in usable(account.wallet, Asset.TERM, today)}
    best = programme.tier(standing.tier_id)
    for tier in programme.tiers:
        if tier.rank > best.rank and tier.tier_id in running:
            best = tier
    return best


def paid_until(tier: Tier, account: MemberAccount, today: dt.date) -> TierTerm | None:
    """Until when the terms of a tier last that follow one another without a gap; None where none runs."""
    until: dt.date | None = None
    terms = (each for each in account.wallet if each.asset is Asset.TERM and each.source_id == tier.tier_id)
    for each in sorted(terms, key=lambda one: one.made_on):
        ends = each.expires_on or dt.date.max
        starts = today if until is None else until + _DAY
        if each.amount > 0 and each.made_on <= starts and ends >= starts:
            until = ends
    return None if until is None else TierTerm(until)


def next_tier(programme: Programme, current: Tier, progress: Progress) -> NextTier | None:
    """The nearest higher tier that can be reached by buying, or None at the top."""
    for tier in programme.tiers:
        if tier.rank > current.rank and tier.reach is not None:
            return _way(tier, tier.reach, progress)
    return None


def _way(tier: Tier, reach: TierCondition, progress: Progress) -> NextTier:
    spend = _missing(None if reach.spend is None else reach.spend.minor, progress.spend.minor)
    visits = _missing(reach.visits, progress.visits)
    points = _missing(None if reach.points is None else reach.points.count, progress.points.count)
    shares = [each[1] for each in (spend, visits, points) if each is not None]
    return NextTier(
        tier,
        None if spend is None else Money(spend[0]),
        None if visits is None else visits[0],
        (min if reach.all_of else max)(shares, default=0),
        None if points is None else Points(points[0]),
        reach.all_of,
    )


def _missing(needed: int | None, done: int) -> tuple[int, int] | None:
    """What is missing of a figure, and how much of it is done in basis points; None where it leads nowhere."""
    if not needed:
        return None
    part = max(0, min(done, needed))
    return needed - part, part * FULL_RATE_BP // needed


def tier_term(
    programme: Programme, standing: Standing, account: MemberAccount, today: dt.date, gained: Progress = _NOTHING
) -> TierTerm | None:
    """Until when the tier of a standing lasts; None where it has no end.

    Args:
        programme: The rules.
        standing: As it stands on the day.
        account: What was bought so far.
        today: The day.
        gained: What the sale being rung adds.
    """
    end = next_end(programme, standing)
    if end is None:
        return None
    tier, span = programme.tier(standing.tier_id), progress_span(programme)
    if programme.tier_rules.at_end is AtEnd.RESET or tier.reach is None:
        return TierTerm(end - _DAY)
    first, _ = span.ended(end)
    if first > today:
        done = Progress()
    elif span.by_calendar:
        done = account.progress + gained
    elif standing.since < today:  # of rolling months only what was bought after the tier was reached keeps it
        done = ProgressBook(account, account.days, span, today).between(first, today) + gained
    else:
        done = Progress()
    following = span.end(end)
    if best_reached(programme, done).rank >= tier.rank and following is not None:
        return TierTerm(following - _DAY)
    return TierTerm(end - _DAY, _way(tier, tier.reach, done))
