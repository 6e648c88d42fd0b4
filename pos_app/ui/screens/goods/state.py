"""What the goods to touch show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.domain.money import Money


@dataclass(frozen=True, slots=True)
class Tile:
    """One product to touch.

    Attributes:
        key: Carried by ``product_requested``.
        name: Of the product.
        price: Per unit; None for one whose price is typed.
        unit: Word of the unit for weighed goods; empty for pieces.
    """

    key: object
    name: str
    price: Money | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class GoodsState:
    """State of the screen.

    Attributes:
        categories: ``(key, name)`` of every category.
        category: Key of the one shown.
        tiles: Its products.
        phase: LOADING, EMPTY or FAILED where there are none to show.
        pieces: How many things are in the basket.
        payable: What is to be paid.
        notice: What went wrong, or what was added.
    """

    categories: tuple[tuple[object, str], ...] = ()
    category: object = None
    tiles: tuple[Tile, ...] = ()
    phase: Phase = Phase.READY
    pieces: str = ""
    payable: Money | None = None
    notice: Notice | None = None
