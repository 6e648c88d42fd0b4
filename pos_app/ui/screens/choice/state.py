"""What the choice among several things found shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.money import Money


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose.

    Attributes:
        key: Carried by ``choose_requested``.
        title: Name of goods or person.
        note: Item number, or masked phone.
        price: Of goods; None for a person.
        tier: Name of a person's tier; empty for goods.
        tier_rank: From the entry tier, 0.
    """

    key: object
    title: str
    note: str = ""
    price: Money | None = None
    tier: str = ""
    tier_rank: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceState:
    """State of the sheet.

    Attributes:
        choices: Best first.
        more: There are more than shown.
    """

    choices: tuple[Choice, ...] = ()
    more: bool = False
