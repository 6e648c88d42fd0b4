"""Spending that head office allows beforehand: what it holds of a lot for one sale is nobody else's to spend.

A lease for one sale: held before the answer goes out, settled by the sale's record, released by the till's own record
that gives it up. Nothing is freed by time: who was allowed to spend may be spending.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

import msgspec

from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.ledger.lots import Base
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.spends import SPENDABLE, Spend

#: Of these it is one sum that is spent, whatever lot it comes from: what is owed of them is taken off first.
_OWED_FIRST: Final = (Asset.POINTS, Asset.PRINCIPAL, Asset.BONUS)


class Granted(msgspec.Struct, frozen=True):
    """All of it is held from now on.

    Attributes:
        items: What is held: the items that were asked for, each lot once.
    """

    items: tuple[Spend, ...]


class Declined(msgspec.Struct, frozen=True):
    """Nothing of it is held.

    Attributes:
        reason: Why, as a code.
        available: What there is of each item that was asked for, in their order.
    """

    reason: str
    available: tuple[int, ...] = ()


#: To a question that comes when it is over: the till gave it up, or its record is in the books already.
GIVEN_UP: Final = Declined("spend.released")


def authorise(
    items: Sequence[Spend],
    accounts: Mapping[MemberId, Base],
    held: Mapping[tuple[MemberId, LotId], int],
    today: dt.date,
) -> Granted | Declined:
    """Whether items may be spent: as much as lies in their lots, less what is held for others and what is owed.

    Args:
        items: What is to be spent.
        accounts: Of everybody who is named; who is missing has nothing.
        held: What is held of all lots of these accounts, by account and lot.
        today: Business date of the till that asks.

    Returns:
        ``Declined`` with ``spend.wrong`` for what is no spend, ``spend.over`` for lots past their last day (or not yet
        begun), ``spend.too_little`` for what is not there.
    """
    if not items or any(each.amount <= 0 or each.asset not in SPENDABLE for each in items):
        return Declined("spend.wrong")
    wanted: dict[tuple[MemberId, LotId], Spend] = {}
    for each in items:
        key = (each.account_id, each.lot_id)
        there = wanted.get(key)
        if there is not None and there.asset is not each.asset:
            return Declined("spend.wrong")
        wanted[key] = each if there is None else msgspec.structs.replace(each, amount=there.amount + each.amount)
    available = {key: _in_lot(accounts.get(key[0]), each, today) for key, each in wanted.items()}
    is_over = any(amount is None for amount in available.values())
    free = {key: max(0, (amount or 0) - held.get(key, 0)) for key, amount in available.items()}
    figures = tuple(free[each.account_id, each.lot_id] for each in items)
    if is_over:
        return Declined("spend.over", figures)
    if any(each.amount > free[key] for key, each in wanted.items()):
        return Declined("spend.too_little", figures)
    for account_id, asset in {(each.account_id, each.asset) for each in items if each.asset in _OWED_FIRST}:
        base = accounts[account_id]
        asked = sum(each.amount for each in wanted.values() if (each.account_id, each.asset) == (account_id, asset))
        free_in_all = _free(base, asset, held, account_id, today)
        if asked > free_in_all:
            return Declined(
                "spend.too_little",
                tuple(min(figure, max(0, free_in_all)) for figure in figures),
            )
    return Granted(tuple(wanted.values()))


def _in_lot(base: Base | None, spend: Spend, today: dt.date) -> int | None:
    """What can be spent of a lot; None where its time is over or has not come, 0 where it is not there."""
    if base is None:
        return 0
    if spend.asset is Asset.POINTS:
        for lot in base.lots:
            if lot.lot_id == spend.lot_id:
                return lot.available if lot.expires_on is None or today <= lot.expires_on else None
        return 0
    for each in base.wallet:
        if each.lot_id == spend.lot_id and each.asset is spend.asset:
            return each.amount if not each.amount or each.is_usable(today) else None
    return 0


def _free(
    base: Base, asset: Asset, held: Mapping[tuple[MemberId, LotId], int], account_id: MemberId, today: dt.date
) -> int:
    """What can be spent of an asset in all: in lots, less what is owed, less what is held of them."""
    if asset is Asset.POINTS:
        lots = [(lot.lot_id, lot.available) for lot in base.lots if lot.is_spendable(today)]
        owed = base.receivable
    else:
        lots = [(each.lot_id, each.amount) for each in base.wallet if each.asset is asset and each.is_usable(today)]
        owed = sum(each.amount for each in base.owed if each.asset is asset)
    return sum(amount - held.get((account_id, lot_id), 0) for lot_id, amount in lots) - owed


class HoldState(enum.StrEnum):
    """What became of a question."""

    HELD = "held"
    SETTLED = "settled"  # by the record that names it
    RELEASED = "released"  # by the record that gives it up
    DECLINED = "declined"


class Authorisation(msgspec.Struct, frozen=True):
    """A question and its answer, for ever.

    Attributes:
        authorisation_id: Made by the till.
        till: Which may use it.
        answer: What it was told.
        state: What became of it.
    """

    authorisation_id: UUID
    till: str
    answer: Granted | Declined
    state: HoldState


class Authorisations:
    """All questions and what is held, in memory: the rule that a database follows."""

    def __init__(self) -> None:
        self._all: dict[UUID, Authorisation] = {}
        self._held: dict[tuple[MemberId, LotId], int] = {}

    def held(self, account_id: MemberId, lot_id: LotId) -> int:
        """What is held of a lot."""
        return self._held.get((account_id, lot_id), 0)

    def get(self, authorisation_id: UUID) -> Authorisation | None:
        """A question that was asked."""
        return self._all.get(authorisation_id)

    def ask(
        self,
        authorisation_id: UUID,
        till: str,
        items: Sequence[Spend],
        account: Callable[[MemberId], Base],
        today: dt.date,
    ) -> Granted | Declined:
        """Answer a question; the same id gets the same answer, and a no for ever once it was given up.

        Another till that asks by the same id is declined and changes nothing.
        """
        before = self._all.get(authorisation_id)
        if before is not None and before.till != till:
            return Declined("spend.wrong")
        if before is not None:
            return GIVEN_UP if before.state is HoldState.RELEASED else before.answer
        accounts = {each.account_id: account(each.account_id) for each in items}
        answer = authorise(items, accounts, self._held, today)
        state = HoldState.DECLINED
        if isinstance(answer, Granted):
            state = HoldState.HELD
            for each in answer.items:
                key = (each.account_id, each.lot_id)
                self._held[key] = self._held.get(key, 0) + each.amount
        self._all[authorisation_id] = Authorisation(authorisation_id, till, answer, state)
        return answer

    def settle(self, till: str, authorisation_ids: Iterable[UUID]) -> None:
        """The record that spends is in the books: nothing is held for it any more, nor for a question that is late."""
        self._free(till, authorisation_ids, HoldState.SETTLED)

    def release(self, till: str, authorisation_ids: Iterable[UUID]) -> None:
        """The till gave it up; should its question only come now, late, nothing is held for it any more."""
        self._free(till, authorisation_ids, HoldState.RELEASED)

    def _free(self, till: str, authorisation_ids: Iterable[UUID], state: HoldState) -> None:
        for each in authorisation_ids:
            found = self._all.setdefault(each, Authorisation(each, till, GIVEN_UP, state))
            if found.till != till or found.state is not HoldState.HELD:
                continue
            assert isinstance(found.answer, Granted)
            for item in found.answer.items:
                key = (item.account_id, item.lot_id)
                self._held[key] -= item.amount
                if not self._held[key]:
                    del self._held[key]
            self._all[each] = msgspec.structs.replace(found, state=state)

    def moved(self, loser: MemberId, winner: MemberId) -> None:
        """Two entries turned out to be one person: what is held of the loser's lots is held of the winner's."""
        for account_id, lot_id in [key for key in self._held if key[0] == loser]:
            self._held[winner, lot_id] = self._held.get((winner, lot_id), 0) + self._held.pop((account_id, lot_id))
        for each in [one for one in self._all.values() if isinstance(one.answer, Granted)]:
            assert isinstance(each.answer, Granted)
            if any(item.account_id == loser for item in each.answer.items):
                items = tuple(
                    msgspec.structs.replace(item, account_id=winner) if item.account_id == loser else item
                    for item in each.answer.items
                )
                self._all[each.authorisation_id] = msgspec.structs.replace(each, answer=Granted(items))
