"""The coupons there are for a bill: those that are alike together, with what somebody chose of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.pricing.basket import Used
from pos_app.domain.programme.document import Programme
from pos_app.domain.wallet import Holding, use_order


class Alike(msgspec.Struct):
    """Coupons of one kind, one last day and one holder.

    Attributes:
        coupon_id: Of which coupon.
        account_id: Whose, where it is not the member's.
        holdings: The lots, in the order of use; none for a published code.
        chosen: How many uses somebody chose, by lot; of a published code by None.
        is_gone: Chosen, and not there.
    """

    coupon_id: str
    account_id: MemberId | None
    holdings: list[Holding]
    chosen: dict[LotId | None, int]
    is_gone: bool = False

    @property
    def ends(self) -> dt.date:
        """Last day; far away where there is none."""
        return (self.holdings[0].expires_on if self.holdings else None) or dt.date.max

    @property
    def chosen_count(self) -> int:
        """How many uses somebody chose."""
        return sum(self.chosen.values())

    def turns(self, *, is_chosen: bool) -> list[Holding]:
        """The lots from which uses are taken, one entry for each use: the chosen ones, or all there are."""
        return [
            holding
            for holding in self.holdings
            for _ in range(self.chosen.get(holding.lot_id, 0) if is_chosen else holding.amount)
        ]


class Turn(NamedTuple):
    """From where one use is taken; nowhere for a published code.

    Attributes:
        holding: The lot.
        account_id: Whose it is.
        is_own: Whether that is the member.
    """

    holding: Holding | None = None
    account_id: MemberId | None = None
    is_own: bool = True


def sort_out(
    used: Sequence[Used],
    account: MemberAccount | None,
    bearers: Mapping[MemberId, MemberAccount],
    programme: Programme,
    today: dt.date,
) -> list[Alike]:
    """What there is of coupons; what was chosen and is not there stands behind it.

    Args:
        used: What the basket uses; count cards and services too, which are passed over.
        account: The member's.
        bearers: Accounts of coupons that belong to whoever has their code.
        programme: Which coupons there can be.
        today: Business date.
    """
    found: dict[tuple[str, MemberId | None, dt.date | None, bool], Alike] = {}
    by_lot: dict[LotId, tuple[Alike, Holding]] = {}
    holders: list[tuple[MemberId | None, MemberAccount | None]] = [(None, account), *bearers.items()]
    for account_id, holder in holders:
        for holding in use_order(holder.wallet) if holder is not None else ():
            if holding.asset is Asset.COUPON and holding.amount > 0:
                key = (holding.source_id, account_id, holding.expires_on, holding.made_on <= today)
                alike = found.setdefault(key, Alike(holding.source_id, account_id, [], {}))
                alike.holdings.append(holding)
                by_lot[holding.lot_id] = alike, holding
    missing: list[Alike] = []
    for each in used:
        coupon = programme.coupon(each.source_id)
        if each.lot_id is not None and each.lot_id in by_lot:
            alike, holding = by_lot[each.lot_id]
            alike.chosen[each.lot_id] = min(each.count, holding.amount)
        elif coupon is not None:
            is_gone = not coupon.shared_code or each.lot_id is not None
            missing.append(Alike(each.source_id, each.account_id, [], {None: each.count}, is_gone))
    return [*found.values(), *missing]
