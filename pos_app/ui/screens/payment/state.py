"""What the payment shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pos_app.domain.money import Money
from pos_app.ui.state import Notice

if TYPE_CHECKING:
    from pos_app.domain.points import Points

CASH = "cash"
CARD = "bank_card"
MOBILE = "mobile"
POINTS = "points"
STORED_VALUE = "stored_value"
GIFT_CARD = "gift_card"
#: Keys of the kinds of tender, in the order of their function keys from F2.
KINDS = (CASH, CARD, MOBILE, POINTS, STORED_VALUE, GIFT_CARD)


@dataclass(frozen=True, slots=True)
class TenderTaken:
    """A tender taken so far.

    Attributes:
        key: Carried by ``remove_requested``.
        kind: One of :data:`KINDS`.
        amount: What it pays.
        note: Reference, or how many points.
    """

    key: object
    kind: str
    amount: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class TenderAsked:
    """What the cashier wants to take.

    Attributes:
        kind: One of :data:`KINDS`.
        amount: As typed; to be read by ``Money.parse``.
        reference: Of an external tender, as typed or scanned.
    """

    kind: str
    amount: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class PaymentState:
    """State of the payment.

    Attributes:
        total: What the sale costs.
        remaining: What is still owed.
        tenders: What was taken.
        kinds: Kinds of tender that can be taken now, out of :data:`KINDS`.
        unavailable: Kinds that could be taken if head office could be asked; shown greyed.
        standing: Why they are greyed; stays for as long as they are.
        kind: The kind chosen.
        suggestions: Amounts worth offering: exact, then the next round notes.
        reference_wanted: The chosen kind has a reference box.
        card_wanted: The chosen kind is a gift card whose number is still to be scanned or typed.
        card_words: What is on the gift card that was scanned; empty for none.
        card_worth: What that card can pay here; None for no card.
        stored_worth: What the balance can pay here; None where it pays nothing.
        keeps_change: Whether change goes into the balance; None where it cannot.
        points_usable: How many points may pay here.
        points_worth: What they pay.
        member: Masked name; empty for none.
        notice: What went wrong, or is to be known.
        busy: The sale is being booked.
        asking: Head office is being asked about it; that may be called off.
        done: The sale is booked; only the change matters now.
        change: What goes back; zero for none.
        number: Number of the sale.
        points_earned: By this sale.
        points_balance: After it.
        kept: Change that went into the balance; zero for none.
        stored_after: The balance after the sale; None where the sale did not touch it.
        gains: What else the sale gave, used or left, a sentence each: prizes, gifts, coupons, uses.
    """

    total: Money = field(default_factory=lambda: Money(0))
    remaining: Money = field(default_factory=lambda: Money(0))
    tenders: tuple[TenderTaken, ...] = ()
    kinds: tuple[str, ...] = (CASH, CARD, MOBILE)
    unavailable: tuple[str, ...] = ()
    standing: Notice | None = None
    kind: str = CASH
    suggestions: tuple[Money, ...] = ()
    reference_wanted: bool = False
    card_wanted: bool = False
    card_words: str = ""
    card_worth: Money | None = None
    stored_worth: Money | None = None
    keeps_change: bool | None = None
    points_usable: Points | None = None
    points_worth: Money | None = None
    member: str = ""
    notice: Notice | None = None
    busy: bool = False
    asking: bool = False
    done: bool = False
    change: Money = field(default_factory=lambda: Money(0))
    number: str = ""
    points_earned: Points | None = None
    points_balance: Points | None = None
    kept: Money = field(default_factory=lambda: Money(0))
    stored_after: Money | None = None
    gains: tuple[str, ...] = ()
