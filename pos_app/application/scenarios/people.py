"""The people of a scenario, as members and what they bring along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

from pos_app.application.scenarios.document import Lot, Who
from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import Birthday, Member, Progress, ProgressDay
from pos_app.domain.member import Lot as AccountLot
from pos_app.domain.points import Points
from pos_app.domain.programme.document import Programme
from pos_app.domain.wallet import Holding
from pos_app.errors import KnownError

#: Of the member who buys, where somebody is said to have brought them.
_PHONE: Final = "13800000001"


def make_member(told: Who, referrer: Member | None, programme: Programme, next_id: Callable[[], UUID]) -> Member:
    """The member as told, with the lowest tier where none is told.

    Raises:
        KnownError: ``scenario.wrong`` for a tier that the programme does not know.
    """
    if told.tier and told.tier not in {tier.tier_id for tier in programme.tiers}:
        raise KnownError("scenario.wrong", problems=(f"member.tier: unknown tier {told.tier!r}",))
    return Member(
        member_id=MemberId(next_id()),
        joined_on=told.joined_on,
        phone=_PHONE if told.referrer is not None else "",
        referrer_id=referrer.member_id if referrer is not None else None,
        birthday=Birthday.parse(told.birthday) if told.birthday else None,
        status=told.status,
        tier_id=told.tier or programme.tiers[0].tier_id,
        tier_since=told.tier_since,
        tags=told.tags,
    )


def make_referrer(told: Who, next_id: Callable[[], UUID]) -> Member | None:
    """Who brought the member; None where nobody is told."""
    by = told.referrer
    if by is None:
        return None
    phone = _PHONE if by.same_phone else ""
    return Member(MemberId(next_id()), joined_on=by.joined_on, status=by.status, phone=phone)


def make_lots(told: Who, next_id: Callable[[], UUID]) -> tuple[AccountLot, ...]:
    """Points the member brings along."""
    lots = told.lots or ((Lot(told.points),) if told.points else ())
    return tuple(AccountLot(LotId(next_id()), each.points, each.earned_on, each.expires_on) for each in lots)


def make_terms(told: Who, next_id: Callable[[], UUID]) -> tuple[Holding, ...]:
    """Terms that were bought before."""
    return tuple(Holding(Asset.TERM, LotId(next_id()), 1, each.tier, each.begins, each.until) for each in told.terms)


def make_uses(told: Who, next_id: Callable[[], UUID]) -> tuple[Holding, ...]:
    """Uses of count cards the member brings along."""
    return tuple(
        Holding(Asset.USE, LotId(next_id()), each.uses, each.card, each.made_on, each.expires_on) for each in told.uses
    )


def with_history(told: Who, own: Iterable[ProgressDay]) -> tuple[ProgressDay, ...]:
    """What the member did by day: the history that is told, and the scenario's own sale."""
    days = {day.on: day.progress for day in own}
    for each in told.history:
        there = days.get(each.on, Progress())
        earlier = Progress(each.amount, 0 if there.visits else 1, Points(each.points))
        days[each.on] = there + earlier
    return tuple(ProgressDay(day, progress) for day, progress in sorted(days.items()))
