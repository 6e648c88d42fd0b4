"""Ways to pay, and how taken tenders cover a bill."""

from __future__ import annotations

import enum

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.domain.money import Money, total
from pos_app.domain.points import Points
from pos_app.errors import KnownError


class TenderKind(enum.StrEnum):
    """How something is paid."""

    CASH = "cash"
    BANK_CARD = "bank_card"
    MOBILE = "mobile"  # WeChat Pay or Alipay, taken on the payment company's own device
    POINTS = "points"
    STORED_VALUE = "stored_value"  # of the member's own account
    GIFT_CARD = "gift_card"


#: Tenders that only the payment company can confirm; the till notes their reference.
EXTERNAL = frozenset({TenderKind.BANK_CARD, TenderKind.MOBILE})


#: Tenders that take stored value out of an account; which lots, and how much of it is bonus, say the sale's moves.
HELD = frozenset({TenderKind.STORED_VALUE, TenderKind.GIFT_CARD})

#: Tenders that are no money: they pay for goods, never for money in advance.
OWN = HELD | {TenderKind.POINTS}


class Tender(msgspec.Struct, frozen=True, omit_defaults=True):
    """One payment taken.

    Attributes:
        kind: How.
        amount: What of the bill it covers; more than zero.
        received: For cash: what was handed over (at least ``amount``); else the same as ``amount``.
        reference: For external tenders: the payment company's number, as typed or scanned.
        points: For points: how many; a refund may give back less than one point's worth.
        account_id: For a gift card: whose stored value it takes; ``reference`` is then the end of the card's number.
    """

    kind: TenderKind
    amount: Money
    received: Money
    reference: str = ""
    points: Points = Points(0)
    account_id: MemberId | None = None

    def __post_init__(self) -> None:
        if self.amount <= Money(0) or self.received < self.amount:
            raise KnownError("tender.amount_wrong")
        if self.kind is not TenderKind.CASH and self.received != self.amount:
            raise KnownError("tender.no_change")
        if self.points.count < 0 or (self.points.count and self.kind is not TenderKind.POINTS):
            raise KnownError("tender.points_wrong")
        if (self.account_id is not None) != (self.kind is TenderKind.GIFT_CARD):
            raise KnownError("tender.card_wrong")

    @property
    def change(self) -> Money:
        """What is given back in cash."""
        return self.received - self.amount


def remaining(payable: Money, tenders: tuple[Tender, ...]) -> Money:
    """What is still to be paid; never negative."""
    return max(Money(0), payable - total(tender.amount for tender in tenders))


def take(payable: Money, tenders: tuple[Tender, ...], kind: TenderKind, offered: Money, reference: str = "") -> Tender:
    """Make the tender that an offered amount gives: cash may be more than is owed, nothing else may.

    Raises:
        KnownError: ``tender.nothing_owed``, ``tender.more_than_owed``, ``tender.amount_wrong``,
            ``tender.second_cash`` (cash is given once, last), ``tender.points_wrong`` for points, which are
            counted, not offered as an amount, ``tender.card_wrong`` for a gift card, which takes an account.
    """
    if kind is TenderKind.POINTS:
        raise KnownError("tender.points_wrong")
    owed = remaining(payable, tenders)
    if owed <= Money(0):
        raise KnownError("tender.nothing_owed")
    if offered <= Money(0):
        raise KnownError("tender.amount_wrong")
    if kind is TenderKind.CASH:
        if any(tender.kind is TenderKind.CASH for tender in tenders):
            raise KnownError("tender.second_cash")
        return Tender(kind, min(owed, offered), offered)
    if offered > owed:
        raise KnownError("tender.more_than_owed", owed=owed)
    return Tender(kind, offered, offered, reference)
