"""What a record takes out of what members hold: the lots and amounts that head office is asked for beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, Asset, Posting

#: What can be spent. A term only ever runs out.
SPENDABLE: Final = frozenset({Asset.POINTS, Asset.PRINCIPAL, Asset.BONUS, Asset.COUPON, Asset.USE})


class Spend(msgspec.Struct, frozen=True):
    """How much of which lot of whose account is spent.

    Attributes:
        account_id: A member, a gift card, or whoever has a coupon's code.
        asset: What.
        lot_id: Which lot.
        amount: Points, fen or uses; more than zero.
    """

    account_id: MemberId
    asset: Asset
    lot_id: LotId
    amount: int


def spends_of(postings: Iterable[Posting]) -> tuple[Spend, ...]:
    """What a record spends, in an order that depends on nothing but what it is.

    What goes into a lot and out of it again within the record needs nobody's leave: the sums count. Records that take
    back what a sale gave (refunds) are no spending; do not ask this of them.
    """
    sums: dict[tuple[MemberId, Asset, LotId], int] = {}
    for each in postings:
        if each.account == MEMBER_AVAILABLE and each.asset in SPENDABLE and each.member_id and each.lot_id:
            key = (each.member_id, each.asset, each.lot_id)
            sums[key] = sums.get(key, 0) + each.amount
    return tuple(
        Spend(account_id, asset, lot_id, -amount)
        for (account_id, asset, lot_id), amount in sorted(sums.items())
        if amount < 0
    )
