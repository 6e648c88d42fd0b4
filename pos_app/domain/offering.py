"""What a shop sells from its programme rather than from its shelves: recharges, cards, terms, things for points."""

from __future__ import annotations

import enum

import msgspec

from pos_app.domain.ids import MemberId


class OfferingKind(enum.StrEnum):
    """What a basket line gives beside (or instead of) goods."""

    RECHARGE = "recharge"  # stored value, by a ladder or change that is kept (存零)
    GIFT_CARD = "gift_card"
    COUNT_CARD = "count_card"
    TIER_TERM = "tier_term"
    POINTS_ITEM = "points_item"  # a gift for points, or goods for points and cash
    POINTS_COUPON = "points_coupon"
    DRAW = "draw"


#: Money taken in advance: no sale yet, no tax yet, a debt of the shop.
PREPAID = frozenset({OfferingKind.RECHARGE, OfferingKind.GIFT_CARD})


class Offering(msgspec.Struct, frozen=True, omit_defaults=True):
    """What of the programme a line sells.

    Attributes:
        kind: What it is.
        offer_id: Which one, as the programme names it.
        code: Of the card that is sold, where there is one: as much of its number as may be kept.
        account_id: The account of a gift card that is sold.
    """

    kind: OfferingKind
    offer_id: str
    code: str = ""
    account_id: MemberId | None = None

    @property
    def is_prepaid(self) -> bool:
        """Whether its money is an advance and not yet a sale."""
        return self.kind in PREPAID
