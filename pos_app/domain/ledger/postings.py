"""Double entry in integers: every record's postings sum to zero per asset."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Final

import msgspec

from pos_app.domain.ids import LotId, MemberId
from pos_app.errors import BugError


class Asset(enum.StrEnum):
    """What is counted."""

    FEN = "fen"
    POINTS = "points"
    PRINCIPAL = "principal"  # stored value that was paid for, in fen; what a gift card holds too
    BONUS = "bonus"  # stored value that was given on top, in fen
    COUPON = "coupon"  # uses of a coupon
    USE = "use"  # uses of a count card
    GIFT = "gift"  # things that the points shop gives, by stock
    TERM = "term"  # a paid tier for a time: one for each term


#: Accounts. Value that belongs to a member is positive in the member's accounts; what the till holds is positive in
#: the till's; what the company earned or issued is negative in the company's, so that each record sums to zero.
MEMBER_AVAILABLE: Final = "member:available"
MEMBER_PENDING: Final = "member:pending"
MEMBER_RECEIVABLE: Final = "member:receivable"
POINTS_ISSUED: Final = "company:points_issued"
POINTS_REDEEMED: Final = "company:points_redeemed"
POINTS_EXPIRED: Final = "company:points_expired"
POINTS_OPENING: Final = "company:points_opening"
#: Money given away for points; the fen side of a points tender.
POINTS_COST: Final = "company:points_cost"
#: Stored value that was paid for and not yet spent: what the shop owes in goods. Always minus the sum of all principal.
ADVANCES: Final = "company:advances"
#: Money given away as a bonus on stored value; the fen side of paying with it.
BONUS_COST: Final = "company:bonus_cost"
#: Stored value that expired unspent.
BREAKAGE: Final = "company:breakage"
#: Gifts that were given away, and what counting found more or fewer of; the stock of each has an account of its own.
GIFTS_GIVEN: Final = "company:gifts_given"
GIFTS_COUNTED: Final = "company:gifts_counted"
DRAWER: Final = "till:drawer"
SAFE: Final = "company:safe"
OVER_SHORT: Final = "company:over_short"


def external_account(kind: str) -> str:
    """The account of an external tender: what the payment company owes the shop."""
    return f"external:{kind}"


def sales_account(rate_bp: int) -> str:
    """Net sales at one tax rate."""
    return f"company:sales:{rate_bp}"


def tax_account(rate_bp: int) -> str:
    """Tax owed at one rate."""
    return f"company:tax:{rate_bp}"


def holdings_account(asset: Asset, purpose: str) -> str:
    """The company's side of what members hold: issued, redeemed, expired or transferred."""
    return f"company:{asset.value}_{purpose}"


def gift_account(what: str) -> str:
    """What came and went of a gift since its rule began: a rule of the points shop, or a prize of a draw."""
    return f"company:gifts:{what}"


class Posting(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry.

    Attributes:
        asset: What is counted.
        account: One of the accounts above.
        amount: Signed; never zero.
        member_id: For member accounts.
        lot_id: For member accounts: which lot.
    """

    asset: Asset
    account: str
    amount: int
    member_id: MemberId | None = None
    lot_id: LotId | None = None


def check_balanced(postings: Iterable[Posting]) -> None:
    """Refuse postings that do not sum to zero per asset, or that are not well formed.

    Raises:
        BugError: Always a fault of ours; nothing is written.
    """
    sums: dict[Asset, int] = {}
    for posting in postings:
        if posting.amount == 0:
            raise BugError(f"posting of nothing to {posting.account}")
        if posting.account.startswith("member:") != (posting.member_id is not None):
            raise BugError(f"posting to {posting.account} and its member do not fit")
        sums[posting.asset] = sums.get(posting.asset, 0) + posting.amount
    if any(sums.values()):
        raise BugError(f"postings do not balance: {sums}")


def entry(
    asset: Asset, account: str, amount: int, *, member_id: MemberId | None = None, lot_id: LotId | None = None
) -> tuple[Posting, ...]:
    """A posting, or none when there is nothing to post."""
    return (Posting(asset, account, amount, member_id, lot_id),) if amount else ()
