"""What the sheet for quantity, price and discount shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pos_app.domain.money import Money
from pos_app.ui.state import Notice

if TYPE_CHECKING:
    from pos_app.domain.quantity import Quantity
    from pos_app.runtime.weighing import Weight


class Edit(enum.Enum):
    """What of a line is changed."""

    QUANTITY = "quantity"
    PRICE = "price"
    DISCOUNT = "discount"


class DiscountKind(enum.Enum):
    """How a discount is meant."""

    PERCENT = "percent"
    AMOUNT = "amount"
    WHOLE_PERCENT = "whole_percent"
    WHOLE_AMOUNT = "whole_amount"


@dataclass(frozen=True, slots=True)
class LineEdited:
    """What the cashier wants.

    Attributes:
        edit: What is changed.
        text: As typed.
        discount: How a discount is meant; of no meaning otherwise.
        reason: Key of the reason chosen; None for none.
    """

    edit: Edit
    text: str
    discount: DiscountKind = DiscountKind.PERCENT
    reason: object = None


@dataclass(frozen=True, slots=True)
class OnScale:
    """What lies on the scale.

    Attributes:
        weight: What the scale says; None where it says nothing.
        tare_g: What is taken off it for the packaging, in grams.
        was_sold: It was sold already, and nothing was lifted off since.
    """

    weight: Weight | None = None
    tare_g: int = 0
    was_sold: bool = False


@dataclass(frozen=True, slots=True)
class LineEditState:
    """State of the sheet.

    Attributes:
        edit: What is changed.
        name: Of the goods.
        quantity: As it is.
        unit: Word of the unit.
        price: As it is.
        amount: As it is.
        discount: How a discount is meant.
        reasons: ``(key, words)`` to choose from; none for none.
        reason: Key of the reason chosen.
        approval_needed: Somebody else's PIN will be asked for.
        notice: What went wrong.
        scale: What lies on the scale; None where there is none, or the goods are not weighed.
    """

    edit: Edit = Edit.QUANTITY
    name: str = ""
    quantity: Quantity | None = None
    unit: str = ""
    price: Money | None = None
    amount: Money = field(default_factory=lambda: Money(0))
    discount: DiscountKind = DiscountKind.PERCENT
    reasons: tuple[tuple[object, str], ...] = ()
    reason: object = None
    approval_needed: bool = False
    notice: Notice | None = None
    scale: OnScale | None = None
