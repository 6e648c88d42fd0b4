"""Stored value, gift cards and change kept in the balance: what the programme says of money paid in advance.

The law's limits are ceilings here (Administrative Measures for Single-purpose Commercial Prepaid Cards, 2012): a card
in a name holds 5,000 yuan at most and never expires; one that belongs to whoever holds it holds 1,000 yuan at most and
lives three years at least.
"""

from __future__ import annotations

import enum
from typing import Final

from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.programme.rules import Conditions, Rule
from pos_app.domain.text import LocalText

#: What a member may have stored at most, by law; principal and bonus together.
NAMED_LIMIT: Final = Money(500_000)
#: What a gift card may hold at most, by law.
ANONYMOUS_LIMIT: Final = Money(100_000)
#: How long a gift card lives at least, by law.
LEAST_MONTHS: Final = 36


class UseOrder(enum.StrEnum):
    """What of the stored value a payment takes first."""

    PRINCIPAL_FIRST = "principal_first"
    BONUS_FIRST = "bonus_first"
    IN_PROPORTION = "in_proportion"  # as principal and bonus stand to each other in the balance; odd fen: principal


class Ladder(Rule, frozen=True):
    """A step of the recharge ladder: who pays in this much gets so much on top.

    Attributes:
        ladder_id: Named in the journal.
        name: On screen and receipt.
        amount: Paid in.
        bonus: Given on top; may be nothing.
        conditions: When and to whom it is open.
    """

    ladder_id: str
    name: LocalText
    amount: Money
    bonus: Money = Money(0)
    conditions: Conditions = Conditions()


class FreeAmounts(Rule, frozen=True):
    """Amounts of the customer's own choice beside the steps of the ladder.

    Attributes:
        least: The least that can be paid in.
        most: The most at a time.
        with_bonus: Whether such an amount gets the bonus of the best step of the ladder that it reaches.
        each: Whether it gets that bonus for each full multiple of the step's amount, or once.
    """

    least: Money = Money(100)
    most: Money = NAMED_LIMIT
    with_bonus: bool = True
    each: bool = False


class StoredValue(Rule, frozen=True):
    """Money that members pay in and spend later.

    Attributes:
        name: On screen and receipt.
        ladders: Steps of the recharge ladder.
        free: Amounts of the customer's own choice; None where only the steps can be paid in.
        bonus_months: How long a bonus lives; None for without end. Principal never ends.
        order: What a payment takes first.
        max_bonus_share_bp: The largest share of the goods' price that a bonus may pay, in basis points.
        max_balance: The most a member may have stored, principal and bonus together.
        earns: Whether what is paid with principal earns points.
        bonus_earns: Whether what is paid with a bonus earns points.
        refundable: Whether a recharge can be given back: what is left of it, less the bonus that was spent.
        change_max: The largest change that can be kept in the balance; None where none can.
    """

    name: LocalText = LocalText("储值", "Stored value")
    ladders: tuple[Ladder, ...] = ()
    free: FreeAmounts | None = None
    bonus_months: int | None = None
    order: UseOrder = UseOrder.PRINCIPAL_FIRST
    max_bonus_share_bp: int = FULL_RATE_BP
    max_balance: Money = NAMED_LIMIT
    earns: bool = True
    bonus_earns: bool = False
    refundable: bool = True
    change_max: Money | None = None


class GiftCardKind(Rule, frozen=True):
    """A kind of gift card: stored value that belongs to whoever holds the card.

    Attributes:
        kind_id: Named in the journal.
        name: On screen and receipt.
        prefix: First digits of its cards' numbers: they say which shop and which kind.
        faces: Amounts it is sold at; empty where the customer chooses.
        least: The least it is sold at, where the customer chooses.
        most: The most it is sold at, where the customer chooses.
        months: How long it lives.
        refundable: Whether what is left of a card that was used can be given back; an unused one always can.
        transferable: Whether what is left can be moved into a member's stored value.
    """

    kind_id: str
    name: LocalText
    prefix: str
    faces: tuple[Money, ...] = ()
    least: Money = Money(100)
    most: Money = ANONYMOUS_LIMIT
    months: int = LEAST_MONTHS
    refundable: bool = False
    transferable: bool = True

    def is_sold_at(self, amount: Money) -> bool:
        """Whether a card of this kind can be sold at an amount."""
        return amount in self.faces if self.faces else self.least <= amount <= self.most
