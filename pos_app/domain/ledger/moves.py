"""Moves: what a record does to holdings other than the points a sale earns and burns.

One shape for stored value, coupons, uses, terms and points given as a reward: which lot of whose account, how much,
for what purpose, and how a refund of the sale undoes it. Postings, lots and refunds follow from it without knowing
what kind of thing it is.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator

import msgspec

from pos_app.domain.ids import LotId, MemberId, TierId
from pos_app.domain.ledger.postings import (
    ADVANCES,
    BONUS_COST,
    BREAKAGE,
    MEMBER_AVAILABLE,
    MEMBER_RECEIVABLE,
    Asset,
    Posting,
    entry,
    holdings_account,
)
from pos_app.domain.money import Money
from pos_app.domain.tender import TenderKind
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import Holding


class Purpose(enum.StrEnum):
    """Why something moved; names the company's account on the other side."""

    ISSUED = "issued"  # bought, given, won
    REDEEMED = "redeemed"  # paid with, used
    EXPIRED = "expired"
    TRANSFERRED = "transferred"  # from one account to another; the record sums to nothing
    SETTLED = "settled"  # principal that pays for a bonus which was spent, as its recharge is given back


class Undo(enum.StrEnum):
    """In which measure a refund of the sale undoes a move."""

    LINES = "lines"  # as the named lines come back, rounded down: a single use when all of them have
    TENDER = "tender"  # as the tender of that kind is given back
    ADVANCE = "advance"  # as money in advance is given back: what is left of it; see ``advances``
    UNUSED = "unused"  # what is left of it, as the named lines come back: what was used stays used, and stays paid
    SHARE = "share"  # as money of the bill is given back, of the named lines where there are any
    BELOW = "below"  # wholly, once what is kept of the bill is less than ``keep``, of the named lines likewise
    TIER = "tier"  # wholly, once the member is no longer in ``tier`` or above, or all of the bill has come back
    NEVER = "never"


class Move(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something went into or out of a lot.

    Attributes:
        asset: What.
        account_id: Whose: a member, or a gift card.
        lot_id: Which lot.
        amount: In is positive, out is negative; never zero.
        purpose: Why.
        source_id: Which coupon, ladder, card or tier of the programme.
        rule_id: Which rule of the programme gave or took it; empty where a person chose it.
        name: In the shop's words, for screen and receipt, whatever becomes of the programme.
        made_on: Business date on which the lot was given.
        expires_on: Last day of the lot; None for never.
        makes_lot: Whether the lot came into being with this move.
        code: Under which it can be presented.
        is_owed: It could not be taken because it was used: owed by the account.
        undo: How a refund of the sale undoes it.
        lines: For ``Undo.LINES``, ``UNUSED``, ``SHARE`` and ``BELOW``: of the sale.
        tender: For ``Undo.TENDER``: of which kind.
        keep: For ``Undo.BELOW``.
        tier: For ``Undo.TIER``.
        undoes: In a refund: place of the sale's move that this one undoes.
        left: What the account has of this source afterwards, for the receipt; None where nobody asks.
        gift: Place of the gift it belongs to among those of its record; None where it is of none.
    """

    asset: Asset
    account_id: MemberId
    lot_id: LotId
    amount: int
    purpose: Purpose
    source_id: str = ""
    rule_id: str = ""
    name: LocalText = LocalText("")
    made_on: dt.date = dt.date.min
    expires_on: dt.date | None = None
    makes_lot: bool = False
    code: str = ""
    is_owed: bool = False
    undo: Undo = Undo.NEVER
    lines: tuple[int, ...] = ()
    tender: TenderKind | None = None
    keep: Money = Money(0)
    tier: TierId = TierId("")
    undoes: int | None = None
    left: int | None = None
    gift: int | None = None

    def __post_init__(self) -> None:
        if self.amount == 0 or (self.is_owed and self.amount > 0 and self.makes_lot):
            raise ValueError("a move moves something, and what is owed makes no lot")


def take(
    holding: Holding, account_id: MemberId, amount: int, purpose: Purpose, name: LocalText, *, rule_id: str = ""
) -> Move:
    """Take something out of a lot; how a refund undoes it is for the caller to add."""
    return Move(
        asset=holding.asset,
        account_id=account_id,
        lot_id=holding.lot_id,
        amount=-amount,
        purpose=purpose,
        source_id=holding.source_id,
        rule_id=rule_id,
        name=name,
        made_on=holding.made_on,
        expires_on=holding.expires_on,
        code=holding.code,
    )


def move_postings(moves: Iterable[Move]) -> tuple[Posting, ...]:
    """What moves do to the books: the holding itself against the company, and the fen side of stored value.

    Stored value that was paid for is a debt of the shop: ``ADVANCES`` is always minus the sum of all principal,
    whatever the purpose. A bonus costs nothing until it is spent.
    """
    postings: list[Posting] = []
    fen: dict[str, int] = {}
    for move in moves:
        account = MEMBER_RECEIVABLE if move.is_owed else MEMBER_AVAILABLE
        postings += entry(move.asset, account, move.amount, member_id=move.account_id, lot_id=move.lot_id)
        postings += entry(move.asset, holdings_account(move.asset, move.purpose), -move.amount)
        if move.asset is Asset.PRINCIPAL:
            fen[ADVANCES] = fen.get(ADVANCES, 0) - move.amount
            if move.purpose is Purpose.EXPIRED:
                fen[BREAKAGE] = fen.get(BREAKAGE, 0) + move.amount
            elif move.purpose is Purpose.SETTLED:
                fen[BONUS_COST] = fen.get(BONUS_COST, 0) + move.amount
        elif move.asset is Asset.BONUS and move.purpose is Purpose.REDEEMED:
            fen[BONUS_COST] = fen.get(BONUS_COST, 0) - move.amount
    for account, amount in fen.items():
        postings += entry(Asset.FEN, account, amount)
    return tuple(postings)


def moves_of(body: object) -> tuple[Move, ...]:
    """The moves that a record's body speaks of."""
    moves = getattr(body, "moves", ())
    return tuple(moves)


def accounts_of(moves: Iterable[Move]) -> Iterator[MemberId]:
    """The accounts that moves touch, each once, in order."""
    seen: set[MemberId] = set()
    for move in moves:
        if move.account_id not in seen:
            seen.add(move.account_id)
            yield move.account_id
