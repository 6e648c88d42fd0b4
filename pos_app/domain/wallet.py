"""What a member holds beside points: stored value, coupons, uses of count cards, terms of a paid tier.

All of it lies in lots, as points do: what was given together, under which rule, and until when it can be used. A
gift card is an account of its own, whose lots belong to whoever holds the card.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from pos_app.domain.ids import LotId
from pos_app.domain.ledger.postings import Asset


class Holding(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """A lot of something other than points.

    Attributes:
        asset: What it is.
        lot_id: Names the lot in postings.
        amount: Fen for stored value, uses for coupons and count cards, 1 for a term.
        source_id: Which coupon, ladder, count card, gift card or tier of the programme it is; its asset says which.
        made_on: Business date on which it was given; a term begins on it.
        expires_on: Last day on which it can be used; None for never.
        code: The code under which it can be presented, where one was printed.
        pending: What counts once head office has applied the record.
    """

    asset: Asset
    lot_id: LotId
    amount: int
    source_id: str
    made_on: dt.date
    expires_on: dt.date | None = None
    code: str = ""
    pending: int = 0

    def is_usable(self, today: dt.date) -> bool:
        """Whether something of it can be used on a day."""
        return self.amount > 0 and self.made_on <= today and (self.expires_on is None or today <= self.expires_on)


def use_order(holdings: Iterable[Holding]) -> list[Holding]:
    """Earliest expiry first, never-expiring last; then earliest given, then by id, so that any till agrees."""
    return sorted(holdings, key=lambda each: (each.expires_on or dt.date.max, each.made_on, each.lot_id))


def usable(holdings: Iterable[Holding], asset: Asset, today: dt.date, source_id: str | None = None) -> list[Holding]:
    """What can be used of an asset on a day, in the order of use; of one source where it is named."""
    return use_order(
        each
        for each in holdings
        if each.asset is asset and each.is_usable(today) and (source_id is None or each.source_id == source_id)
    )


def amount_of(holdings: Iterable[Holding], asset: Asset, today: dt.date, source_id: str | None = None) -> int:
    """How much of an asset can be used on a day."""
    return sum(each.amount for each in usable(holdings, asset, today, source_id))
