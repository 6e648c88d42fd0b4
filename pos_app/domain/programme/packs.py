"""What lies in a gift pack on a day: which lots it gives, and until when each can be used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from pos_app.domain.ledger.postings import Asset
from pos_app.domain.programme.count_cards import CountCard
from pos_app.domain.programme.coupons import Coupon
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.giving import GiftPack
from pos_app.domain.programme.periods import add_months
from pos_app.domain.text import LocalText


class GiftPart(msgspec.Struct, frozen=True):
    """One thing in a gift.

    Attributes:
        asset: What kind of thing.
        amount: Points, fen, coupons or uses.
        source_id: Which coupon or count card.
        name: Of the coupon or card; empty for points and stored value.
    """

    asset: Asset
    amount: int
    source_id: str = ""
    name: LocalText = LocalText("")


class PackLot(msgspec.Struct, frozen=True):
    """A lot that a pack gives.

    Attributes:
        asset: What kind of thing.
        amount: Points, fen or uses.
        source_id: Which coupon, count card or pack it comes from.
        name: Of the coupon or card; empty for points and stored value.
        from_day: First day on which it can be used.
        expires_on: Last day; None without end.
    """

    asset: Asset
    amount: int
    source_id: str
    name: LocalText
    from_day: dt.date
    expires_on: dt.date | None


def pack_lots(pack: GiftPack, programme: Programme, today: dt.date) -> Iterator[PackLot]:
    """The lots that a pack gives on a day, beside its coupons."""
    nameless = LocalText("")
    if pack.points.count:
        yield PackLot(Asset.POINTS, pack.points.count, pack.pack_id, nameless, today, programme.new_lot_expiry(today))
    if pack.bonus:
        end = today + dt.timedelta(days=pack.bonus_days - 1) if pack.bonus_days else None
        yield PackLot(Asset.BONUS, pack.bonus.minor, pack.pack_id, nameless, today, end)
    cards = {card.card_id: card for card in programme.count_cards}
    for part in pack.uses:
        card = cards[part.card]
        yield PackLot(Asset.USE, part.uses, card.card_id, card.name, today, _card_end(card, today))


def pack_coupons(pack: GiftPack, programme: Programme, today: dt.date) -> Iterator[Coupon]:
    """The coupons that a pack gives on a day, one by one; those that could no longer be used are left out."""
    for part in pack.coupons:
        coupon = programme.coupon(part.coupon)
        if coupon is None:
            continue
        last = coupon.validity.last_day(today)
        if last is None or last >= max(today, coupon.validity.first_day(today)):
            yield from [coupon] * part.count


def pack_parts(pack: GiftPack | None, programme: Programme, today: dt.date) -> tuple[GiftPart, ...]:
    """What a pack holds, as a quote shows it."""
    if pack is None:
        return ()
    parts = [
        GiftPart(lot.asset, lot.amount, lot.source_id if lot.asset is Asset.USE else "", lot.name)
        for lot in pack_lots(pack, programme, today)
    ]
    coupons = list(pack_coupons(pack, programme, today))
    kinds = dict.fromkeys(coupons)
    parts += [GiftPart(Asset.COUPON, coupons.count(each), each.coupon_id, each.name) for each in kinds]
    return tuple(parts)


def _card_end(card: CountCard, today: dt.date) -> dt.date | None:
    if card.valid_months is not None:
        return add_months(today, card.valid_months) - dt.timedelta(days=1)
    return None if card.valid_days is None else today + dt.timedelta(days=card.valid_days)
