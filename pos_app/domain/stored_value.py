"""The arithmetic of stored value: what can be spent of a wallet, and which part of a payment is bonus."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.moves import Move
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.money import Money, Rounding, divide
from pos_app.domain.programme.prepaid import StoredValue, UseOrder
from pos_app.domain.wallet import amount_of

#: What a payment from the balance follows where the programme says nothing of stored value: it stays the member's.
DEFAULT_RULES = StoredValue()
_STORED = (Asset.PRINCIPAL, Asset.BONUS)


class Balance(msgspec.Struct, frozen=True):
    """Stored value that can be spent.

    Attributes:
        principal: Paid in.
        bonus: Given on top.
    """

    principal: Money = Money(0)
    bonus: Money = Money(0)

    @property
    def total(self) -> Money:
        """Both together."""
        return self.principal + self.bonus


class BalanceAfter(msgspec.Struct, frozen=True, omit_defaults=True):
    """Stored value of an account once a record is written, for the receipt.

    Attributes:
        account_id: A member, or a gift card.
        principal: Paid in.
        bonus: Given on top.
        code: The end of a gift card's number; empty for a member.
        expires_on: Last day of a gift card.
    """

    account_id: MemberId
    principal: Money = Money(0)
    bonus: Money = Money(0)
    code: str = ""
    expires_on: dt.date | None = None

    @property
    def total(self) -> Money:
        """Both together."""
        return self.principal + self.bonus


def balance_of(account: MemberAccount | None, today: dt.date) -> Balance:
    """What an account can spend on a day: what lies in its lots, less what it owes of the same kind."""
    if account is None:
        return Balance()
    return Balance(*(Money(max(0, _in_lots(account, asset, today) - _owed(account, asset))) for asset in _STORED))


def _in_lots(account: MemberAccount, asset: Asset, today: dt.date) -> int:
    return amount_of(account.wallet, asset, today)


def _owed(account: MemberAccount, asset: Asset) -> int:
    return sum(each.amount for each in account.owed if each.asset is asset)


def bonus_ceiling(balance: Balance, goods: Money, rules: StoredValue) -> Money:
    """The most of a bill that the bonus may pay, rounded down.

    Args:
        balance: What there is.
        goods: The bill without money in advance.
        rules: Of the programme.
    """
    return min(balance.bonus, goods.share(rules.max_bonus_share_bp, Rounding.DOWN))


def most_payable(balance: Balance, goods: Money, rules: StoredValue) -> Money:
    """The most of a bill that stored value can pay."""
    return min(goods, balance.principal + bonus_ceiling(balance, goods, rules))


def bonus_part(amount: Money, balance: Balance, goods: Money, rules: StoredValue) -> Money:
    """How much of a payment is bonus; the rest is principal.

    Args:
        amount: No more than ``most_payable``.
        balance: What there is before it.
        goods: The bill without money in advance.
        rules: Of the programme.
    """
    ceiling = bonus_ceiling(balance, goods, rules)
    wanted = Money(0)
    if rules.order is UseOrder.BONUS_FIRST:
        wanted = amount
    elif rules.order is UseOrder.IN_PROPORTION and balance.total:
        wanted = Money(divide(amount.minor * balance.bonus.minor, balance.total.minor, Rounding.DOWN))
    return max(min(wanted, ceiling, amount), amount - balance.principal)


def balances_after(
    moves: Iterable[Move], accounts: Iterable[MemberAccount | None], today: dt.date
) -> tuple[BalanceAfter, ...]:
    """What accounts can spend once moves of stored value are made; those that the moves touch, in their order.

    Args:
        moves: Of one record.
        accounts: As they were before it; one that is missing had nothing.
        today: Business date.
    """
    before = {account.member_id: account for account in accounts if account is not None}
    sums: dict[MemberId, dict[Asset, int]] = {}
    cards: dict[MemberId, Move] = {}
    for move in moves:
        if move.asset not in _STORED:
            continue
        account = before.get(move.account_id)
        if move.account_id not in sums:
            sums[move.account_id] = {
                asset: _in_lots(account, asset, today) - _owed(account, asset) if account is not None else 0
                for asset in _STORED
            }
        if move.code:
            cards[move.account_id] = move
        if move.expires_on is None or move.expires_on >= today or move.is_owed:
            sums[move.account_id][move.asset] += move.amount
    return tuple(
        BalanceAfter(
            account_id,
            Money(max(0, by[Asset.PRINCIPAL])),
            Money(max(0, by[Asset.BONUS])),
            cards[account_id].code if account_id in cards else "",
            cards[account_id].expires_on if account_id in cards else None,
        )
        for account_id, by in sums.items()
    )
