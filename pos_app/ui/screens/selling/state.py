"""What the selling screen shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pos_app.domain.money import Money
from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.domain.points import Points
    from pos_app.ui.widgets.basket import BasketLine


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the member can use in this sale, or nearly.

    Attributes:
        key: Carried by ``offer_requested``.
        words: In the words of the programme: ``满100减20``.
        missing: What is still missing for it; None when it can be used now. One that is chosen waits for it.
        worth: What it takes, or would take, off this bill; None where that is not a matter of money.
        used: Whether it is chosen already; touched again, it is left.
    """

    key: object
    words: str
    missing: Money | None = None
    worth: Money | None = None
    used: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing to reach a tier, or to keep it; a figure that does not lead there is None.

    Attributes:
        spend: Still to be spent.
        visits: Still to be made.
        points: Still to be earned.
        all_of: Whether all of it is needed; else any one of them suffices.
    """

    spend: Money | None = None
    visits: int | None = None
    points: Points | None = None
    all_of: bool = False


@dataclass(frozen=True, slots=True)
class MemberState:
    """The member of this sale.

    Attributes:
        key: Carried by the signals.
        name: Masked.
        phone: Masked.
        tier: Name of the tier.
        tier_rank: From the entry tier, 0.
        next_tier: Name of the next tier; empty at the top.
        next_missing: What is missing for it.
        next_share_bp: Basis points of the way to it.
        tier_until: Last day of the tier; empty where it has no end.
        keep_missing: What is missing to keep it longer; None where nothing is, or nothing keeps it.
        points: Balance.
        points_worth: What they are worth as cash in this sale; None when none may be used.
        points_usable: How many of them.
        expiring: Points that expire within ``expiring_days``.
        expiring_days: Days looked ahead.
        earns: What this sale earns.
        stored_value: Balance; None where the shop has none.
        coupons: How many; None where the shop has none.
        offers: What can be used now, or nearly.
        favourites: Names of goods bought most.
        last_visit: ``MM-DD``; empty for never.
        birthday: ``MM-DD``; empty for unknown.
        birthday_near: Worth a word from the cashier.
        temporary: Signed up at the till, details still missing.
        as_of: When head office said how the balances are; empty where it never did.
        own_records: Sales and refunds of this till that head office's word does not contain yet; they are counted.
    """

    key: object
    name: str
    phone: str
    tier: str
    tier_rank: int
    points: Points
    next_tier: str = ""
    next_missing: Missing = Missing()
    next_share_bp: int = 0
    tier_until: str = ""
    keep_missing: Missing | None = None
    points_worth: Money | None = None
    points_usable: Points | None = None
    expiring: Points | None = None
    expiring_days: int = 30
    earns: Points | None = None
    stored_value: Money | None = None
    coupons: int | None = None
    offers: tuple[Offer, ...] = ()
    favourites: tuple[str, ...] = ()
    last_visit: str = ""
    birthday: str = ""
    birthday_near: bool = False
    temporary: bool = False
    as_of: str = ""
    own_records: int = 0


@dataclass(frozen=True, slots=True)
class SellingState:
    """State of the selling screen.

    Attributes:
        lines: The basket. Unchanged lines should be the same objects as before: then nothing of them is compared.
        current: Key of the line that keys act on; None for the last one.
        payable: What is to pay.
        saved: What reductions took off.
        pieces: Words for how many things: ``5`` or ``5 + 1.285 kg``.
        member: The member, if known.
        member_phase: LOADING while looking; FAILED when the members could not be read.
        notice: Beside the box.
        held: How many sales are on hold.
        change: Of the last sale, until the next scan.
        last_number: Number of the last sale.
        can_pay: Whether F9 does something.
    """

    lines: tuple[BasketLine, ...] = ()
    current: object = None
    payable: Money = field(default_factory=lambda: Money(0))
    saved: Money = field(default_factory=lambda: Money(0))
    pieces: str = ""
    member: MemberState | None = None
    member_phase: Phase = Phase.EMPTY
    notice: Notice | None = None
    held: int = 0
    change: Money | None = None
    last_number: str = ""
    can_pay: bool = False
