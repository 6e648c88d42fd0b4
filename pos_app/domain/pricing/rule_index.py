"""What of a programme does not depend on the basket: made once for each programme, and what was found with it.

Everything kept here is a function of the programme and of a key that says all that matters, so that keeping it or
not never changes a price, only how long it takes.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

from pos_app.domain.catalog import Product
from pos_app.domain.ids import ProductId
from pos_app.domain.money import FULL_RATE_BP
from pos_app.domain.pricing.situation import Situation
from pos_app.domain.programme.benefits import (
    Base,
    Benefit,
    Bundle,
    BuyGet,
    CheapestFree,
    Discount,
    MemberPrice,
    NthItem,
    SpecialPrice,
    Threshold,
)
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.document import Programme

_KEPT_PROGRAMMES: Final = 4
_KEPT_SITUATIONS: Final = 16
_KEPT_ANSWERS: Final = 5_000


class ItemRule:
    """The arithmetic of an item benefit: a set of pieces that has a price, or of which the cheapest are reduced.

    Attributes:
        index: The benefit's place in the programme.
        size: Pieces of a set.
        reduced: How many of them are reduced.
        off_bp: By how much.
        same_product: Whether a set is of one product.
        limit: Sets of a bill.
        slots: For a set that has a price: which products (None for any) and how many; empty otherwise.
        price: Of such a set.
        is_apart: Whether its sets of one product have nothing to do with those of another.
    """

    __slots__ = ("index", "is_apart", "limit", "off_bp", "price", "reduced", "same_product", "size", "slots")

    def __init__(self, index: int, benefit: NthItem | BuyGet | CheapestFree | Bundle | SpecialPrice) -> None:
        self.index = index
        self.limit = benefit.limit
        self.reduced, self.off_bp, self.same_product, self.price = 1, FULL_RATE_BP, False, 0
        self.slots: tuple[tuple[frozenset[ProductId] | None, int], ...] = ()
        match benefit:
            case NthItem():
                self.size, self.off_bp, self.same_product = benefit.n, benefit.off_bp, benefit.same_product
            case BuyGet():
                self.size, self.reduced = benefit.buy + benefit.get, benefit.get
                self.same_product = benefit.same_product
            case CheapestFree():
                self.size = benefit.n
            case Bundle():
                self.slots = tuple((frozenset(item.products), item.count) for item in benefit.items)
                self.size, self.price = sum(item.count for item in benefit.items), benefit.price.minor
            case SpecialPrice():
                self.slots, self.size, self.price = ((None, 1),), 1, benefit.unit_price.minor
        self.is_apart = self.limit is None and (self.same_product or self.size == 1)


class RuleIndex:
    """A programme's benefits, ready to be asked which of them speak of a product.

    Attributes:
        programme: Whose.
        price: Places of the benefits of the price layer.
        items: Benefits of the item layer by place.
        bill: Thresholds by place.
        reduced: Those towards which what lines cost counts, and not their regular price.
        answers: Of ``packing``, by a key that says all that matters.
    """

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.price: set[int] = set()
        self.items: dict[int, ItemRule] = {}
        self.bill: dict[int, Threshold] = {}
        self.answers: dict[Any, Any] = {}
        self._covering: dict[tuple[str, str, str], tuple[int, ...]] = {}
        self._by_name: dict[tuple[str, str], list[int]] = {}
        for index, benefit in enumerate(programme.benefits):
            for name in _names(benefit):
                self._by_name.setdefault(name, []).append(index)
            if isinstance(benefit, Threshold):
                self.bill[index] = benefit
            elif isinstance(benefit, MemberPrice | Discount) or (
                isinstance(benefit, SpecialPrice) and benefit.limit is None
            ):
                self.price.add(index)
            else:
                self.items[index] = ItemRule(index, benefit)
        self.reduced = self.bill if programme.layers.bill_base is Base.REDUCED else {}
        self._situations: OrderedDict[tuple[str | None, ...], Situation] = OrderedDict()

    def situation(self, reasons: tuple[str | None, ...]) -> Situation:
        """The benefits that are open; the latest few are kept.

        Args:
            reasons: Why each benefit is not open; None where it is.
        """
        known = self._situations.get(reasons)
        if known is None:
            known = self._situations[reasons] = Situation(self, reasons)
            _forget_first(self._situations, _KEPT_SITUATIONS)
        return known

    def covering(self, product: Product) -> tuple[int, ...]:
        """Places of the benefits that speak of a product, in the programme's order."""
        key = (product.product_id, product.category_id, product.brand)
        known = self._covering.get(key)
        if known is None:
            named = (("product", key[0]), ("category", key[1]), ("brand", key[2]), ("", ""))
            places = sorted({i for name in named for i in self._by_name.get(name, ())})
            known = tuple(i for i in places if _speaks_of(self.programme.benefits[i], product))
            if len(self._covering) >= _KEPT_ANSWERS:
                self._covering.clear()
            self._covering[key] = known
        return known

    def keep(self, key: Any, answer: Any) -> None:
        """Keep an answer."""
        if len(self.answers) >= _KEPT_ANSWERS:
            self.answers.clear()
        self.answers[key] = answer


def _names(benefit: Benefit) -> list[tuple[str, str]]:
    """By which names a benefit is found: a product that has none of them is not spoken of."""
    what = benefit.conditions.what
    names: list[tuple[str, str]] = [("product", each) for each in what.products]
    names += [("category", each) for each in what.categories]
    names += [("brand", each) for each in what.brands]
    return names or [("", "")]


def _speaks_of(benefit: Benefit, product: Product) -> bool:
    if isinstance(benefit, Bundle) and not any(product.product_id in item.products for item in benefit.items):
        return False
    return covers(benefit.conditions.what, product)


_kept: OrderedDict[int, RuleIndex] = OrderedDict()


def index_of(programme: Programme) -> RuleIndex:
    """The index of a programme; the latest few are kept, each with its programme so that its identity is its own."""
    known = _kept.get(id(programme))
    if known is not None and known.programme is programme:
        return known
    made = _kept[id(programme)] = RuleIndex(programme)
    _forget_first(_kept, _KEPT_PROGRAMMES)
    return made


def _forget_first(kept: OrderedDict[Any, Any], most: int) -> None:
    while len(kept) > most:
        try:
            kept.popitem(last=False)
        except KeyError:
            break  # another thread was faster
