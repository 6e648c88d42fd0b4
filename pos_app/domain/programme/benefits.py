"""The kinds of benefit, and how they go together.

A benefit works in one of three layers, one after the other:

* **price**: :class:`MemberPrice`, :class:`SpecialPrice` without a limit, :class:`Discount`; one price for a line,
  chosen as :class:`Stacking` says;
* **item**: :class:`NthItem`, :class:`BuyGet`, :class:`Bundle`, :class:`CheapestFree`, and :class:`SpecialPrice` with a
  limit; they use up pieces, and a piece is used by one of them at most;
* **bill**: :class:`Threshold`; those of a bill add, each on what the layers before left.

Coupons come after them, because somebody chose them: see ``coupons``.

Of the benefits that name the same ``group`` at most one is used in a bill, whatever their layers; those without a
group go together with everything. Within these limits the customer gets the combination that costs least.
"""

from __future__ import annotations

import enum

from pos_app.domain.ids import ProductId
from pos_app.domain.money import Money
from pos_app.domain.programme.rules import Conditions, Rule
from pos_app.domain.text import LocalText


class MemberPrice(Rule, frozen=True, tag_field="kind", tag="member_price"):
    """Products that have a member price are sold at it."""

    benefit_id: str
    name: LocalText
    conditions: Conditions = Conditions()
    group: str = ""

    @property
    def for_members(self) -> bool:
        """A member price is for members."""
        return True


class Discount(Rule, frozen=True, tag_field="kind", tag="discount"):
    """A percentage off: a tier's, a member day's, a campaign's.

    Attributes:
        benefit_id: Named in the journal and on refunds.
        name: On the receipt.
        off_bp: What is taken off, in basis points (500 is 5 %, 九五折).
        conditions: Who gets it, when, on what.
        for_members: Whether only members get it.
        group: At most one benefit of a group is used in a bill; empty goes with everything.
    """

    benefit_id: str
    name: LocalText
    off_bp: int
    conditions: Conditions = Conditions()
    for_members: bool = True
    group: str = ""


class SpecialPrice(Rule, frozen=True, tag_field="kind", tag="special_price"):
    """A fixed price for a unit, for members or a campaign (特价); never dearer than without it.

    Attributes:
        benefit_id: Named in the journal and on refunds.
        name: On the receipt.
        unit_price: For a piece or a kilogram.
        limit: For so many pieces of a bill, the rest at what they cost otherwise; then weighed goods have no part.
        conditions: Who gets it, when, on what.
        for_members: Whether only members get it.
        group: At most one benefit of a group is used in a bill; empty goes with everything.
    """

    benefit_id: str
    name: LocalText
    unit_price: Money
    limit: int | None = None
    conditions: Conditions = Conditions()
    for_members: bool = True
    group: str = ""


class NthItem(Rule, frozen=True, tag_field="kind", tag="nth_item"):
    """Of every ``n`` pieces the cheapest is reduced: 第二件半价 is ``n = 2``, ``off_bp = 5_000``.

    Attributes:
        benefit_id: Named in the journal and on refunds.
        name: On the receipt.
        n: Pieces of a set.
        off_bp: What is taken off the cheapest piece of a set, in basis points.
        same_product: Whether a set is of one product; else of anything the conditions name.
        limit: Sets of a bill; None without end.
        conditions: Who gets it, when, on what.
        for_members: Whether only members get it.
        group: At most one benefit of a group is used in a bill; empty goes with everything.
    """

    benefit_id: str
    name: LocalText
    n: int
    off_bp: int
    same_product: bool = True
    limit: int | None = None
    conditions: Conditions = Conditions()
    for_members: bool = False
    group: str = ""


class BuyGet(Rule, frozen=True, tag_field="kind", tag="buy_get"):
    """Who buys so many pieces gets so many more for nothing, the cheapest of the set (买二送一).

    Attributes:
        benefit_id: Named in the journal and on refunds.
        name: On the receipt.
        buy: Pieces of a set that are paid.
        get: Pieces of a set that are free.
        same_product: Whether a set is of one product; else of anything the conditions name.
        limit: Sets of a bill; None without end.
        conditions: Who gets it, when, on what.
        for_members: Whether only members get it.
        group: At most one benefit of a group is used in a bill; empty goes with everything.
    """

    benefit_id: str
    name: LocalText
    buy: int
    get: int
    same_product: bool = True
    limit: int | None = None
    conditions: Conditions = Conditions()
    for_members: bool = False
    group: str = ""


class CheapestFree(Rule, frozen=True, tag_field="kind", tag="cheapest_free"):
    """Of any ``n`` pieces the cheapest is free (任选三件免最低价).

    Attributes:
        benefit_id: Named in the journal and on refunds.
        name: On the receipt.
        n: Pieces of a set.
        limit: Sets of a bill; None without end.
        conditions: Who gets it, when, on what.
        for_members: Whether only members get it.
        group: At most one benefit of a group is used in a bill; empty goes with everything.
    """

    benefit_id: str
    name: LocalText
    n: int
    limit: int | None = None
    conditions: Conditions = Conditions()
    for_members: bool = False
    group: str = ""


class BundleItem(Rule, frozen=True):
    """A part of a bundle: so many pieces of any of these products."""

    products: tuple[ProductId, ...]
    count: int = 1


class Bundle(Rule, frozen=True, tag_field="kind", tag="bundle"):
    """A set of goods for a price (套餐).

    Attributes:
        benefit_id: Named in the journal and on refunds.
        name: On the receipt.
        items: What a set is made of; a product is in one item only.
        price: Of a set.
        limit: Sets of a bill; None without end.
        conditions: Who gets it, when; also what, beside the items.
        for_members: Whether only members get it.
        group: At most one benefit of a group is used in a bill; empty goes with everything.
    """

    benefit_id: str
    name: LocalText
    items: tuple[BundleItem, ...]
    price: Money
    limit: int | None = None
    conditions: Conditions = Conditions()
    for_members: bool = False
    group: str = ""


class Step(Rule, frozen=True):
    """Who reaches this amount gets that much off."""

    reach: Money
    off: Money


class Threshold(Rule, frozen=True, tag_field="kind", tag="threshold"):
    """A reduction for reaching an amount (满减); of several steps the highest that is reached counts.

    Attributes:
        benefit_id: Named in the journal and on refunds.
        name: On the receipt.
        steps: Lowest first.
        each: The one step counts as often as it is reached (每满).
        max_off: The most that it takes off a bill.
        conditions: Who gets it, when, and which goods count towards it and are reduced.
        for_members: Whether only members get it.
        group: At most one benefit of a group is used in a bill; empty goes with everything.
    """

    benefit_id: str
    name: LocalText
    steps: tuple[Step, ...]
    each: bool = False
    max_off: Money | None = None
    conditions: Conditions = Conditions()
    for_members: bool = False
    group: str = ""


Benefit = MemberPrice | Discount | SpecialPrice | NthItem | BuyGet | CheapestFree | Bundle | Threshold


class Stacking(enum.StrEnum):
    """How a price and percentages go together on one line; a price is a member's or a special one without a limit."""

    BEST = "best"  # the one benefit that gives the lowest amount
    MEMBER_PRICE_THEN_DISCOUNT = "member_price_then_discount"  # the best percentage comes off the price


class Base(enum.StrEnum):
    """What a layer computes on."""

    REDUCED = "reduced"  # what the layers before have left
    REGULAR = "regular"  # the regular price


class CouponOrder(enum.StrEnum):
    """Which coupons come first, of those that reduce the bill."""

    PERCENT_FIRST = "percent_first"
    AMOUNT_FIRST = "amount_first"


class Layers(Rule, frozen=True):
    """How the layers of benefits and coupons build on each other.

    Attributes:
        item_base: What decides the cheapest piece of a set and what a percentage of it is of; the price of a bundle
            and a special price are what they are.
        bill_base: What counts towards a threshold.
        groups: Names that benefits and coupons may give as their ``group``.
        floor_bp: Benefits and coupons never leave less than this share of the regular price, of any piece.
        bill_max_off: The most that all thresholds together take off a bill.
        coupons: Which coupons come first, percentages or amounts.
    """

    item_base: Base = Base.REDUCED
    bill_base: Base = Base.REDUCED
    groups: tuple[str, ...] = ()
    floor_bp: int = 0
    bill_max_off: Money | None = None
    coupons: CouponOrder = CouponOrder.PERCENT_FIRST
