"""What journal records say members had of what: limits by day, month or year count it.

The log follows from the records alone, so any till and head office agree; it is no balance and posts nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.bodies import Refund, RefundMember, Sale, SaleMember
from pos_app.domain.ledger.bodies_shop import Counted, ServiceUsed
from pos_app.domain.ledger.counts import CountedFor
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
    by_account: dict[MemberId, list[Usage]] = {}
    match body:
        case Sale(member=SaleMember() as sold):
            by_account[sold.member_id] = [*_points(sold.earned, day, sign=1), *_counted(body.counted, day, sign=1)]
        case Refund(member=RefundMember() as back):
            by_account[back.member_id] = [*_points(back.unearned, day, sign=-1), *_counted(body.counted, day, sign=-1)]
        case ServiceUsed():
            by_account[body.member_id] = list(_counted((body.counted,), body.counted_on or on, sign=1))
        case _:
            pass
    counted_for: tuple[CountedFor, ...] = getattr(body, "counted_for", ())
    for each in counted_for:
        by_account.setdefault(each.account_id, []).append(Usage(each.what, day, each.amount))
    for account_id, card in _gift_cards(moves_of(body), day):
        by_account.setdefault(account_id, []).append(card)
    return tuple(MemberUsage(member_id, each) for member_id, usages in by_account.items() for each in sum_usage(usages))


def _gift_cards(moves: Iterable[Move], day: dt.date) -> Iterator[tuple[MemberId, Usage]]:
    """Cards that moves sell (1) or give back (-1): of stored value, cards alone have a code."""
    for move in moves:
        if move.asset is Asset.PRINCIPAL and move.purpose is Purpose.ISSUED and move.code:
            yield move.account_id, Usage(GIFT_CARDS_SOLD, day, 1 if move.amount > 0 else -1)


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
