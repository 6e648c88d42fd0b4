"""What the first start of a new till shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from pos_app.ui.state import Notice


class Step(enum.Enum):
    """The steps, in order."""

    SHOP = 1
    MANAGER = 2
    DONE = 3


@dataclass(frozen=True, slots=True)
class ManagerAsked:
    """Till and manager, as typed.

    Attributes:
        till_number: As typed; 1 to 9999.
        name: Of the manager.
        pin: Four to eight digits.
        pin_again: The same, typed again.
    """

    till_number: str
    name: str
    pin: str
    pin_again: str


@dataclass(frozen=True, slots=True)
class SetupState:
    """State of the set-up.

    Attributes:
        step: Where we are.
        session: Another number fills the boxes again and forgets the PINs.
        language: In use; another one is taken at once.
        shop: Name of the shop.
        till_number: Suggested, then chosen.
        manager: Name of the manager.
        can_join: This till can belong to a head office instead of being set up here.
        can_demo: The demo shop can be looked at instead.
        bad_field: ``shop``, ``till_number``, ``name``, ``pin`` or ``pin_again`` when that is wrong; else empty.
        notice: What went wrong.
        busy: Being set up.
        version: Of the till.
    """

    step: Step = Step.SHOP
    session: int = 0
    language: str = "zh_CN"
    shop: str = ""
    till_number: int = 1
    manager: str = ""
    can_join: bool = True
    can_demo: bool = True
    bad_field: str = ""
    notice: Notice | None = None
    busy: bool = False
    version: str = ""
