"""What the customer's screen shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_app.domain.money import Money
    from pos_app.domain.points import Points


class Scene(enum.Enum):
    """What it is about."""

    IDLE = "idle"
    BASKET = "basket"
    PAYMENT = "payment"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the basket.

    Attributes:
        name: Name of the goods, made safe to paint.
        measure: How much at which price: ``2 × ¥3.50``; empty for one piece at the price that it costs.
        amount: What it costs after reductions.
        reductions: What took something off, as (words, amount off).
        is_current: It was touched last.
    """

    name: str
    measure: str
    amount: Money
    reductions: tuple[tuple[str, Money], ...] = ()
    is_current: bool = False

    @property
    def is_tall(self) -> bool:
        """Whether something stands under it."""
        return bool(self.measure or self.reductions)


@dataclass(frozen=True, slots=True)
class CustomerState:
    """One picture of the customer's screen. Which codes and pictures there are, the window knows.

    Attributes:
        scene: What it is about.
        language: Of the words: ``zh_CN`` or ``en``.
        shop: Name of the shop.
        opening: What is said while nothing is sold.
        greeting: The member by a name that gives nobody away, in a sentence; empty for a passer-by.
        points: The member's points; None where they are not to be seen.
        balance: The member's stored value; None where it is not to be seen.
        lines: The last lines of the basket, or those around the one that was touched last; never more than
            ``showing.MOST_LINES``.
        above: How many lines come before these.
        below: How many come after them.
        pieces: Words for how many things.
        saved: What reductions took off.
        due: What it costs; while it is being paid, what is still to pay.
        total: What it costs in all.
        paid: What was taken so far, as (words, amount).
        earns: Points that the sale earns, or has earned; None without a member.
        change: What is given back.
        thanks: The shop's own thanks; empty for ours.
        wants_member: Nobody said who they are: signing up may be offered.
        training: Nothing of it is real.
    """

    scene: Scene = Scene.IDLE
    language: str = "zh_CN"
    shop: str = ""
    opening: str = ""
    greeting: str = ""
    points: Points | None = None
    balance: Money | None = None
    lines: tuple[ShownLine, ...] = ()
    above: int = 0
    below: int = 0
    pieces: str = ""
    saved: Money | None = None
    due: Money | None = None
    total: Money | None = None
    paid: tuple[tuple[str, Money], ...] = ()
    earns: Points | None = None
    change: Money | None = None
    thanks: str = ""
    wants_member: bool = True
    training: bool = False
