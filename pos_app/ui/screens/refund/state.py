"""What taking goods back shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pos_app.domain.money import Money
from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.domain.points import Points


class Reason(enum.Enum):
    """Why goods come back. The view has the words, and gives them along with the refund for the books."""

    QUALITY = "quality"
    UNWANTED = "unwanted"
    MISTAKE = "mistake"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of the sale.

    Attributes:
        key: Carried by the signals.
        name: Of the goods.
        bought_milli: Quantity bought, in thousandths.
        left_milli: What can still come back; 0 for nothing.
        chosen_milli: What comes back now; 0 for not ticked.
        amount: What was paid for the whole line.
        unit: Unit of weighed goods; empty for pieces.
    """

    key: object
    name: str
    bought_milli: int
    left_milli: int
    amount: Money
    chosen_milli: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ReturnTo:
    """Where money goes.

    Attributes:
        kind: A ``TenderKind`` value; the view has the word.
        amount: How much.
        points: For points: how many.
        reference: Of an external tender.
    """

    kind: str
    amount: Money
    points: Points | None = None
    reference: str = ""


class Fate(enum.Enum):
    """What becomes of something a member holds."""

    GIVEN_BACK = "given_back"
    TAKEN_BACK = "taken_back"
    OWED = "owed"  # it was used already


@dataclass(frozen=True, slots=True)
class HoldingBack:
    """A coupon, uses of a card, a gift: what a refund does to it.

    Attributes:
        fate: What becomes of it.
        name: In the shop's words; empty for points and for a bonus, which have words of their own.
        figure: How much, without a sign.
        is_points: Whether the figure counts points.
    """

    fate: Fate
    name: str
    figure: str
    is_points: bool = False


@dataclass(frozen=True, slots=True)
class RefundPreview:
    """Exactly what will happen.

    Attributes:
        amount: Of the goods that come back.
        returns: Where it goes.
        points_taken: Earned points taken back.
        points_owed: Earned points that were spent already and are owed.
        points_after: Balance afterwards.
        tier_change: ``金卡 → 银卡`` where the tier changes; else empty.
        holdings: Coupons, uses and gifts that come back or go.
    """

    amount: Money = field(default_factory=lambda: Money(0))
    returns: tuple[ReturnTo, ...] = ()
    points_taken: Points | None = None
    points_owed: Points | None = None
    points_after: Points | None = None
    tier_change: str = ""
    holdings: tuple[HoldingBack, ...] = ()


@dataclass(frozen=True, slots=True)
class QuantityAsked:
    """Another quantity of a line.

    Attributes:
        key: Of the line.
        text: As typed; to be read by ``Quantity.parse``; ``0`` or empty for none.
    """

    key: object
    text: str


@dataclass(frozen=True, slots=True)
class RefundState:
    """State of a refund.

    Attributes:
        session: Another number empties the boxes.
        number: Receipt number of the sale; empty while none is found.
        sold: When and by whom, in words.
        member: Masked; empty for none.
        lines: Of the sale.
        current: Key of the line marked; None leaves the mark where it is.
        preview: What will happen with what is ticked; None while nothing is.
        reason: Why.
        in_cash: External tenders are given back in cash.
        can_choose_cash: There is an external tender, so :attr:`in_cash` means something.
        can_void: The whole sale can be voided.
        phase: EMPTY (no sale yet), LOADING (being looked for), READY, FAILED.
        notice: What went wrong.
        busy: Being booked.
        approval_needed: Somebody else's PIN will be asked for.
    """

    session: int = 0
    number: str = ""
    sold: str = ""
    member: str = ""
    lines: tuple[SoldLine, ...] = ()
    current: object = None
    preview: RefundPreview | None = None
    reason: Reason | None = None
    in_cash: bool = False
    can_choose_cash: bool = False
    can_void: bool = False
    phase: Phase = Phase.EMPTY
    notice: Notice | None = None
    busy: bool = False
    approval_needed: bool = False
