"""Which tier a member stands in by what was bought: up at once, judged again when a period ends.

Nothing has to run at midnight: the tier that was assigned last, its day and the progress of the periods since say
which one counts today, wherever it is asked for.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pos_app.domain.member import Member, MemberAccount, Progress, ProgressDay, Standing
from pos_app.domain.programme.document import AtEnd, Programme, Tier
from pos_app.domain.programme.periods import Span
from pos_app.domain.programme.tier_rules import TierCondition


def progress_span(programme: Programme) -> Span:
    """The one period progress is counted over: that of the first tier with a condition."""
    return next((tier.reach.span for tier in programme.tiers if tier.reach is not None), Span())


def days_needed(programme: Programme, member: Member) -> dt.date | None:
    """From which day on own progress must be known by day to say what ended periods did; None where that is not asked.

    What stands here is what :func:`standing_now` needs; :func:`replayed` needs all days.
    """
    span, standing = progress_span(programme), member.standing
    if not _is_judged(programme, programme.tier(standing.tier_id), span):
        return None
    return span.start(standing.since) if span.by_calendar else standing.since


def standing_now(programme: Programme, member: Member, account: MemberAccount, today: dt.date) -> Standing:
    """The tier by what was bought, as it stands on a day.

    Sales and refunds here have assigned what they led to, so that only ends of periods have to be looked at, and the
    progress of today's.
    """
    book = ProgressBook(account, account.days, progress_span(programme), today)
    standing = _through_ends(programme, assigned(programme, member.standing), book, today)
    return raised(programme, standing, account.progress, today)


def replayed(
    programme: Programme, given: Standing, account: MemberAccount, days: Sequence[ProgressDay], today: dt.date
) -> Standing:
    """The tier that days of purchases lead to, from the one that was given.

    Args:
        programme: The rules.
        given: The tier that was given last by anybody but a sale.
        account: For what head office said.
        days: All own days.
        today: Until when.
    """
    span = progress_span(programme)
    book = ProgressBook(account, days, span, today)
    standing = assigned(programme, given)
    for day in [*(each.on for each in days if given.since <= each.on < today), today]:
        standing = _through_ends(programme, standing, book, day)
        standing = raised(programme, standing, book.between(span.start(day), day), day)
    return standing


def assigned(programme: Programme, standing: Standing) -> Standing:
    """An assigned tier as this version knows it: the entry tier for an unknown one, and for one that is only sold."""
    tier = programme.tier(standing.tier_id)
    return Standing((programme.tiers[0] if tier.is_only_sold else tier).tier_id, standing.since)


def raised(programme: Programme, standing: Standing, progress: Progress, today: dt.date) -> Standing:
    """The better of a tier and of the best one that progress reaches, which counts from today."""
    best = best_reached(programme, progress)
    return Standing(best.tier_id, today) if best.rank > programme.tier(standing.tier_id).rank else standing


def best_reached(programme: Programme, progress: Progress) -> Tier:
    """The best tier that progress alone reaches."""
    best = programme.tiers[0]
    for tier in programme.tiers:
        if tier.rank > best.rank and tier.reach is not None and is_reached(tier.reach, progress):
            best = tier
    return best


def is_reached(reach: TierCondition, progress: Progress) -> bool:
    """Whether progress fulfils a condition; one without figures is fulfilled by nothing."""
    parts = []
    if reach.spend is not None:
        parts.append(progress.spend >= reach.spend)
    if reach.visits is not None:
        parts.append(progress.visits >= reach.visits)
    if reach.points is not None:
        parts.append(progress.points >= reach.points)
    return bool(parts) and (all(parts) if reach.all_of else any(parts))


def next_end(programme: Programme, standing: Standing) -> dt.date | None:
    """First day on which a tier may be another because a period ended; None where that never happens."""
    span = progress_span(programme)
    if not _is_judged(programme, programme.tier(standing.tier_id), span):
        return None
    end, judged_from = span.end(standing.since), programme.tier_rules.judged_from
    while end is not None and judged_from is not None and end < judged_from:
        end = span.end(end)
    return end


class ProgressBook:
    """A member's progress between any two days.

    Of what head office said no days are known: it counts in each period that reaches into today's, and what it said
    of the period before in each that reaches into that.
    """

    def __init__(self, account: MemberAccount, days: Sequence[ProgressDay], span: Span, today: dt.date) -> None:
        self._told, self._told_before = account.told, account.told_before
        self._start, self._before = span.start(today), span.before(today)
        self._days = [day.on for day in days]
        self._sums = [Progress()]
        for day in days:
            self._sums.append(self._sums[-1] + day.progress)

    def between(self, first: dt.date, last: dt.date) -> Progress:
        """Progress from one day to another, both included."""
        own = self._sums[bisect_right(self._days, last)] - self._sums[bisect_left(self._days, first)]
        if last >= self._start:
            return own + self._told
        return own + self._told_before if last >= self._before else own


def _through_ends(programme: Programme, standing: Standing, book: ProgressBook, today: dt.date) -> Standing:
    """The tier after all ends of periods up to a day."""
    span = progress_span(programme)
    while (end := next_end(programme, standing)) is not None and end <= today:
        tier = programme.tier(standing.tier_id)
        standing = Standing(_judged(programme, tier, book.between(*span.ended(end))).tier_id, end)
    return standing


def _is_judged(programme: Programme, tier: Tier, span: Span) -> bool:
    """Whether ends of periods concern a tier: neither the entry tier nor one that only head office gives."""
    lasts = programme.tier_rules.at_end is AtEnd.KEEP or span.months is None
    return not lasts and tier.reach is not None and tier.rank > programme.tiers[0].rank


def _judged(programme: Programme, tier: Tier, progress: Progress) -> Tier:
    best = best_reached(programme, progress)
    match programme.tier_rules.at_end:
        case AtEnd.RESET:
            return programme.tiers[0]
        case AtEnd.LOWER_ONE if best.rank < tier.rank:
            lower = [
                each for each in programme.tiers[1:] if each.reach is not None and best.rank < each.rank < tier.rank
            ]
            return lower[-1] if lower else best
        case AtEnd.KEEP:
            return tier
        case _:
            return best
