"""What planners of moves share: an account as moves would leave it, gifts that repay what is owed first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from pos_app.domain.ids import LotId
from pos_app.domain.ledger.moves import Move
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import Lot, MemberAccount
from pos_app.domain.wallet import Holding


def after_moves(account: MemberAccount, moves: Iterable[Move]) -> MemberAccount:
    """An account as it would be after moves of it; moves of other accounts are passed over."""
    lots = {lot.lot_id: lot for lot in account.lots}
    wallet = {each.lot_id: each for each in account.wallet}
    owed = {each.lot_id: each for each in account.owed}
    receivable = account.receivable
    for move in moves:
        if move.account_id != account.member_id:
            continue
        if move.asset is Asset.POINTS:
            if move.is_owed:
                receivable -= move.amount
                continue
            lot = lots.get(move.lot_id) or Lot(move.lot_id, 0, move.made_on, move.expires_on)
            lots[move.lot_id] = msgspec.structs.replace(lot, available=lot.available + move.amount)
        elif move.is_owed:
            debt = owed.get(move.lot_id) or _empty(move)
            owed[move.lot_id] = msgspec.structs.replace(debt, amount=debt.amount - move.amount)
        else:
            held = wallet.get(move.lot_id) or _empty(move)
            wallet[move.lot_id] = msgspec.structs.replace(held, amount=held.amount + move.amount)
    return msgspec.structs.replace(
        account,
        lots=tuple(lot for lot in lots.values() if lot.available or lot.pending),
        receivable=receivable,
        wallet=tuple(each for each in wallet.values() if each.amount or each.pending),
        owed=tuple(each for each in owed.values() if each.amount),
    )


def _empty(move: Move) -> Holding:
    return Holding(move.asset, move.lot_id, 0, move.source_id, move.made_on, move.expires_on, move.code)


def give(plain: Move, account: MemberAccount) -> tuple[Move, ...]:
    """The moves that give something: what the account owes of the same kind is repaid first.

    Args:
        plain: What would be given, all of it into a new lot.
        account: As it is before; what earlier moves of the same record repaid must be in it.
    """
    repaid: list[Move] = []
    left = plain.amount
    for lot_id, debt, made_on, expires_on in _debts(plain, account):
        part = min(left, debt)
        if part:
            left -= part
            repaid.append(
                msgspec.structs.replace(
                    plain,
                    lot_id=lot_id,
                    amount=part,
                    made_on=made_on,
                    expires_on=expires_on,
                    makes_lot=False,
                    is_owed=True,
                )
            )
    return (*repaid, msgspec.structs.replace(plain, amount=left, makes_lot=True)) if left else tuple(repaid)


def _debts(plain: Move, account: MemberAccount) -> Iterable[tuple[LotId, int, dt.date, dt.date | None]]:
    if plain.asset is Asset.POINTS:
        return ((plain.lot_id, account.receivable, plain.made_on, plain.expires_on),)
    return (
        (each.lot_id, each.amount, each.made_on, each.expires_on)
        for each in account.owed
        if each.asset is plain.asset and (plain.asset is Asset.BONUS or each.source_id == plain.source_id)
    )
