"""Uses in a basket: count cards that were bought ahead, services that a tier gives.

A use pays for one piece, whatever it costs. The pieces are taken out before the benefits are weighed: who pays with a
use pays nothing for the piece, so it counts towards no threshold and completes no set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from pos_app.domain.ids import LotId
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import LIFE, MemberAccount
from pos_app.domain.pricing.basket import Used
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.pricing.quote import ReductionKind, UseOffer
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.count_cards import CountCard
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.rules import Conditions, What
from pos_app.domain.programme.services import Service, ServicePeriod
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import usable

Refusal = Callable[[Conditions], str | None]


def card_usage(card_id: str) -> str:
    """Uses of a count card, as the log of usage names them."""
    return f"card:{card_id}"


def service_usage(service: Service) -> str:
    """Uses of a service, as the log of usage names them."""
    prefix = LIFE if service.per is ServicePeriod.LIFE else ""
    return f"{prefix}service:{service.service_id}"


class _Source(msgspec.Struct, frozen=True):
    """Something that has uses."""

    kind: ReductionKind
    source_id: str
    name: LocalText
    lot_id: LotId | None
    left: int
    allowed: int
    expires_on: dt.date | None
    what: What
    reason: str


def apply_uses(
    lines: Sequence[PricedLine],
    used: Iterable[Used],
    account: MemberAccount | None,
    programme: Programme,
    refusal: Refusal,
    today: dt.date,
) -> tuple[UseOffer, ...]:
    """Take out the pieces that chosen uses pay for: the dearest first, whatever the order of choosing.

    Args:
        lines: Of the basket, nothing taken off yet.
        used: What was chosen.
        account: The member's; without one there is nothing to use.
        programme: The rules, in force.
        refusal: Why conditions do not hold here and now.
        today: Business date.

    Returns:
        Every card and service that has uses, cards first: what it is good for, and what of it is taken.
    """
    if account is None:
        return ()
    wanted = {(each.source_id, each.lot_id): each.count for each in used}
    offers: list[UseOffer] = []
    spent: dict[str, int] = {}  # by source: several lots of one card share its limits
    for source in _sources(account, programme, refusal, today):
        room = [line for line in lines if not line.is_covered and _is_paid_by(source.what, line)]
        pieces = sum(line.pieces for line in room)
        allowed = max(0, source.allowed - spent.get(source.source_id, 0))
        most = 0 if source.reason else min(source.left, allowed, pieces)
        count = min(most, max(0, wanted.get((source.source_id, source.lot_id), 0)))
        taken = tuple(_cover(source, room, count)) if count else ()
        spent[source.source_id] = spent.get(source.source_id, 0) + count
        reason = source.reason or ("limit_reached" if not allowed else ("" if pieces else "no_goods"))
        offers.append(
            UseOffer(
                source.kind,
                source.source_id,
                source.name,
                source.lot_id,
                source.left,
                source.expires_on,
                most,
                taken,
                reason,
            )
        )
    return tuple(offers)


def _is_paid_by(what: What, line: PricedLine) -> bool:
    return line.basket_line.offering is None and line.pieces > 0 and covers(what, line.basket_line.product)


def _cover(source: _Source, room: Iterable[PricedLine], count: int) -> Iterator[tuple[int, int]]:
    for line in sorted(room, key=lambda each: (-each.unit_price, each.sort_key)):
        pieces = min(count, line.pieces)
        if pieces == 0:
            return
        count -= pieces
        line.cover(source.kind, source.source_id, source.name, pieces)
        yield line.basket_line.line_no, pieces


def _sources(account: MemberAccount, programme: Programme, refusal: Refusal, today: dt.date) -> Iterator[_Source]:
    for card in programme.count_cards:
        yield from _card(card, account, refusal(card.conditions) or "", today)
    for service in programme.services:
        if service.is_of_goods:
            reason = refusal(service.conditions) or ""
            left = service_left(service, account, today)
            if reason in ("not_this_tier", "members_only", "not_this_member"):
                continue  # it is not theirs at all
            yield _Source(
                ReductionKind.SERVICE,
                service.service_id,
                service.name,
                None,
                left,
                left,
                service_until(service, today),
                service.conditions.what,
                reason or ("" if left else "limit_reached"),
            )


def _card(card: CountCard, account: MemberAccount, reason: str, today: dt.date) -> Iterator[_Source]:
    allowed = card.uses * 1_000_000 if card.per_bill is None else card.per_bill
    if card.per_day is not None:
        allowed = min(allowed, max(0, card.per_day - account.used(card_usage(card.card_id), today)))
    for lot in usable(account.wallet, Asset.USE, today, card.card_id):
        yield _Source(
            ReductionKind.COUNT_CARD,
            card.card_id,
            card.name,
            lot.lot_id,
            lot.amount,
            allowed,
            lot.expires_on,
            card.conditions.what,
            reason,
        )


def service_since(service: Service, today: dt.date) -> dt.date:
    """From which day on uses of a service are counted."""
    match service.per:
        case ServicePeriod.YEAR:
            return today.replace(month=1, day=1)
        case ServicePeriod.MONTH:
            return today.replace(day=1)
        case ServicePeriod.LIFE:
            return dt.date.min


def service_until(service: Service, today: dt.date) -> dt.date | None:
    """Last day of the period a service is counted in; None for a whole life."""
    match service.per:
        case ServicePeriod.YEAR:
            return today.replace(month=12, day=31)
        case ServicePeriod.MONTH:
            return (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
        case ServicePeriod.LIFE:
            return None


def service_left(service: Service, account: MemberAccount, today: dt.date) -> int:
    """How many uses of a service are left in the period."""
    return max(0, service.count - account.used(service_usage(service), service_since(service, today)))


def counts(offers: Iterable[UseOffer]) -> Mapping[str, int]:
    """How many uses are taken, by card or service."""
    sums: dict[str, int] = {}
    for offer in offers:
        sums[offer.source_id] = sums.get(offer.source_id, 0) + offer.count
    return sums
