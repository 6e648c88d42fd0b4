"""What a member's account comes to at a till: what head office last said, and own records it does not contain yet.

Head office folds every record as it comes, in the same :class:`AccountDraft`; so both come to the same.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.account_draft import AccountDraft
from pos_app.domain.ledger.lots import Base, OwnActivity, own_progress
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.usage import sum_usage
from pos_app.domain.member import VISITS, MemberAccount, ProgressDay


def fold_account(
    member_id: MemberId,
    base: Base,
    own: OwnActivity,
    *,
    since: dt.date = dt.date.min,
    days_since: dt.date | None = dt.date.min,
) -> MemberAccount:
    """What head office last said, plus own records it does not contain yet.

    What both together would bring below zero was spent twice, at tills that did not know of each other: it is owed.

    Args:
        member_id: Whose.
        base: What head office said.
        own: What own records say. Where the base knows days, ``own.days`` reach back to ``since`` and ``days_since``.
        since: From which day progress counts; that of ``own`` does already.
        days_since: From which day progress is told by day; None for not at all.

    Raises:
        BugError: If something lies in a lot of which nobody knows the days.
    """
    draft = AccountDraft(member_id, base)
    origins = {origin.lot_id: origin for origin in own.origins}
    for account, lot_id, amount in own.sums:
        draft.post(Asset.POINTS, account, amount, lot_id, origins)
    for part in own.holdings:
        draft.post(part.asset, part.account, part.amount, part.lot_id, origins)
    draft.settle()  # an own spend was dated in time, whatever head office booked meanwhile
    folded = draft.freeze()
    days = _days_together(base, own)
    visits = [day.on for day in days if day.progress.visits > 0]
    # Of a day that is known, the days say whether it still is a visit.
    known = {day.on for day in base.days}
    visits += [day for day in (base.last_visit,) if day is not None and day not in known]
    visits += [day for day in (own.last_visit,) if day is not None]
    return MemberAccount(
        member_id=member_id,
        lots=folded.lots,
        receivable=folded.receivable,
        progress=base.progress + (own_progress(days, since) if base.days else own.progress),
        as_of_ms=base.as_of_ms,
        own_records=own.records,
        last_visit=max(visits, default=None),
        usage=sum_usage((*base.usage, *own.usage)),
        wallet=folded.wallet,
        owed=folded.owed,
        days=() if days_since is None else tuple(day for day in days if day.on >= days_since),
        told=base.progress,
        told_before=base.progress_before,
        expired=folded.expired,
    )


def _days_together(base: Base, own: OwnActivity) -> tuple[ProgressDay, ...]:
    """The days of both; one on which both know a visit is one visit."""
    if not base.days:
        return own.days
    found = {day.on: day.told for day in base.days}
    kept = {day.on: day.kept for day in base.days}
    more = {each.on: each.amount for each in own.usage if each.what == VISITS}
    for day in own.days:
        there = found.get(day.on)
        if there is None:
            found[day.on] = day
            continue
        progress = there.progress + day.progress
        if kept[day.on] > 0 or not there.progress.visits:
            is_visit = day.progress.visits > 0 or kept[day.on] + more.get(day.on, 0) > 0
            progress = msgspec.structs.replace(progress, visits=1 if is_visit else 0)
        found[day.on] = ProgressDay(day.on, progress)
    return tuple(found[on] for on in sorted(found))
