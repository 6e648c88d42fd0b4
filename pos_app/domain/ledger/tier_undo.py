"""The tier without what came back: what was bought is replayed as if that had never been sold.

So any refunds in any order end at the same tier, in whatever period they fall; and none takes a member below the tier
that somebody gave.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Sequence

import msgspec

from pos_app.domain.ledger.bodies import RefundLine, SaleMember
from pos_app.domain.member import Member, MemberAccount, Progress, ProgressDay, Standing
from pos_app.domain.money import total
from pos_app.domain.points import Points
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.standing import replayed, standing_now


class TierChange(msgspec.Struct, frozen=True):
    """A member's standing before and after a refund."""

    before: Standing
    after: Standing


def goods_back(lines: Iterable[RefundLine], advances: Container[int], *, ends_visit: bool) -> Progress:
    """What goods that come back take off the progress of the day of their sale; money in advance counted nothing."""
    lines = tuple(lines)
    return Progress(
        total(line.amount for line in lines if line.line_no not in advances),
        1 if ends_visit else 0,
        Points(sum(line.points.count for line in lines)),
    )


def undo_tier(
    sold: SaleMember,
    coming: Progress,
    sold_on: dt.date,
    member: Member,
    account: MemberAccount,
    programme: Programme,
    today: dt.date,
    sold_under: Programme | None = None,
) -> TierChange:
    """Say what becomes of a member's standing when goods come back.

    It is as if they had never been sold. Where today's standing does not follow from the purchases that are known here,
    under today's rules, it is never higher than it was, and only lower where those purchases say so.

    Args:
        sold: What the sale did for the member.
        coming: What comes back of it.
        sold_on: Its business date.
        member: Who.
        account: Before the refund, with all days of own progress.
        programme: The rules of today.
        today: The business date.
        sold_under: The rules of the sale, where they are known: a tier that it led to stays while what is kept of the
            sale leads there by those.
    """
    now = standing_now(programme, member, account, today)
    given = member.given
    explained = replayed(programme, given, account, account.days, today)
    after = replayed(programme, given, account, _without(account.days, coming, sold_on), today)

    def rank(standing: Standing) -> int:
        return programme.tier(standing.tier_id).rank

    if now == explained:
        return TierChange(now, after)
    if rank(now) > rank(explained):
        # Purchases that are not known here led there, or other rules did: only the sale that did it undoes it.
        if sold.tier_before == sold.tier_after or now.tier_id != sold.tier_after:
            return TierChange(now, now)
        if sold_under is not None:
            kept = replayed(sold_under, given, account, _without(account.days, coming, sold_on), sold_on)
            if sold_under.tier(kept.tier_id).rank >= sold_under.tier(sold.tier_after).rank:
                return TierChange(now, now)
        before = Standing(sold.tier_before, sold_on)
        after = before if rank(before) > rank(after) else after
    return TierChange(now, after if rank(after) < rank(now) else now)


def _without(days: Sequence[ProgressDay], coming: Progress, sold_on: dt.date) -> tuple[ProgressDay, ...]:
    by_day = {day.on: day.progress for day in days}
    by_day[sold_on] = by_day.get(sold_on, Progress()) - coming
    return tuple(ProgressDay(day, progress) for day, progress in sorted(by_day.items()))
