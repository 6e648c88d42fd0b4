"""Two that turned out to be one: a member who was captured at two tills that did not know of each other."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from pos_app.domain.ids import LotId
from pos_app.domain.ledger.account_draft import AccountDraft, sum_days, sum_expired
from pos_app.domain.ledger.lots import Base, burn_order
from pos_app.domain.ledger.usage import sum_usage
from pos_app.domain.member import Lot
from pos_app.domain.wallet import Holding, use_order


def absorbed(winner: AccountDraft, loser: AccountDraft) -> AccountDraft:
    """The winner's account with all of the loser's, to go on with."""
    draft = AccountDraft(winner.account_id, merge_accounts(winner.freeze(), loser.freeze()))
    draft.is_changed = True
    return draft


def merge_accounts(winner: Base, loser: Base) -> Base:
    """One account of two that turned out to be one person's: everything of both, nothing twice.

    A day on which both bought counts as one visit. What only head office's word of a period is known of is added up.
    """
    on_both = {day.on for day in winner.days if day.kept > 0} & {day.on for day in loser.days if day.kept > 0}
    days = tuple(
        msgspec.structs.replace(day, visits=1) if day.on in on_both else day
        for day in sum_days((*winner.days, *loser.days))
    )
    visits = [day for day in (winner.last_visit, loser.last_visit) if day is not None]
    told = [each.as_of_ms for each in (winner, loser) if each.as_of_ms is not None]
    return Base(
        lots=tuple(burn_order(_sum_lots((*winner.lots, *loser.lots)))),
        receivable=winner.receivable + loser.receivable,
        progress=winner.progress + loser.progress,
        progress_before=winner.progress_before + loser.progress_before,
        contains_seq=winner.contains_seq,
        as_of_ms=max(told, default=None),
        last_visit=max(visits, default=None),
        usage=sum_usage((*winner.usage, *loser.usage)),
        wallet=tuple(use_order(_sum_holdings((*winner.wallet, *loser.wallet)))),
        owed=tuple(use_order(_sum_holdings((*winner.owed, *loser.owed)))),
        days=days,
        expired=sum_expired((*winner.expired, *loser.expired)),
    )


def _sum_lots(lots: Iterable[Lot]) -> Iterable[Lot]:
    found: dict[LotId, Lot] = {}
    for lot in lots:
        there = found.get(lot.lot_id)
        found[lot.lot_id] = (
            lot
            if there is None
            else msgspec.structs.replace(
                there, available=there.available + lot.available, pending=there.pending + lot.pending
            )
        )
    return found.values()


def _sum_holdings(held: Iterable[Holding]) -> Iterable[Holding]:
    found: dict[LotId, Holding] = {}
    for each in held:
        there = found.get(each.lot_id)
        found[each.lot_id] = (
            each
            if there is None
            else msgspec.structs.replace(there, amount=there.amount + each.amount, pending=there.pending + each.pending)
        )
    return found.values()
