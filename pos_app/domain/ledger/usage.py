"""What journal records say members had of what: limits by day, month or year count it.

The log follows from the records alone, so any till and head office agree; it is no balance and posts nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.bodies import Refund, RefundMember, Sale, SaleMember
from pos_app.domain.ledger.bodies_shop import Counted, ServiceUsed
from pos_app.domain.ledger.moves import Move, Purpose, moves_of
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import ALL_POINTS, Usage, points_of
from pos_app.domain.pricing.quote import EarnedPoints

#: That a gift card was sold and not given back, by the card's own account: its number is not sold twice.
GIFT_CARDS_SOLD = "gift_cards_sold"


class MemberUsage(msgspec.Struct, frozen=True):
    """A member's usage, as one record says it."""

    member_id: MemberId
    usage: Usage


def usages_of(body: object, on: dt.date) -> tuple[MemberUsage, ...]:
    """What a record's body says members had; each thing once for a member and day.

    Args:
        body: Of a journal record.
        on: The record's business date. What a refund takes back counts on the day of its sale.
    """
    day = body.sold_on or on if isinstance(body, Refund) else on
    cards = tuple(_gift_cards(moves_of(body), day))
    match body:
        case Sale(member=SaleMember() as sold):
            return (
                *_of_member(sold.member_id, (*_points(sold.earned, day, sign=1), *_counted(body.counted, day, sign=1))),
                *cards,
            )
        case Refund(member=RefundMember() as back):
            return (
                *_of_member(
                    back.member_id, (*_points(back.unearned, day, sign=-1), *_counted(body.counted, day, sign=-1))
                ),
                *cards,
            )
        case ServiceUsed():
            return _of_member(body.member_id, _counted((body.counted,), body.counted_on or on, sign=1))
        case _:
            return cards


def _gift_cards(moves: Iterable[Move], day: dt.date) -> Iterable[MemberUsage]:
    """Cards that moves sell (1) or give back (-1): of stored value, cards alone have a code."""
    for move in moves:
        if move.asset is Asset.PRINCIPAL and move.purpose is Purpose.ISSUED and move.code:
            yield MemberUsage(move.account_id, Usage(GIFT_CARDS_SOLD, day, 1 if move.amount > 0 else -1))


def sum_usage(usages: Iterable[Usage]) -> tuple[Usage, ...]:
    """Usage summed by what and day, in that order; what comes to nothing is left out."""
    sums: dict[tuple[str, dt.date], int] = {}
    for each in usages:
        key = (each.what, each.on)
        sums[key] = sums.get(key, 0) + each.amount
    return tuple(Usage(what, on, amount) for (what, on), amount in sorted(sums.items()) if amount)


def _points(earned: Iterable[EarnedPoints], on: dt.date, *, sign: int) -> Iterable[Usage]:
    for each in earned:
        yield Usage(ALL_POINTS, on, sign * each.points.count)
        yield Usage(points_of(each.rule_id), on, sign * each.points.count)


def _counted(counted: Iterable[Counted], on: dt.date, *, sign: int) -> Iterable[Usage]:
    return (Usage(each.what, on, sign * each.amount) for each in counted)


def _of_member(member_id: MemberId, usages: Iterable[Usage]) -> tuple[MemberUsage, ...]:
    return tuple(MemberUsage(member_id, each) for each in sum_usage(usages))
