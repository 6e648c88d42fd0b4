"""The basket: what was scanned and what the cashier decided. Immutable; every change makes a new one."""

from __future__ import annotations

import enum
from collections.abc import Sequence

import msgspec

from pos_app.domain.catalog import Product
from pos_app.domain.ids import LotId, MemberId, StaffId
from pos_app.domain.money import FULL_RATE_BP, MAX_ENTRY_MINOR, Money
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.quantity import Quantity
from pos_app.domain.unit_codes import tail
from pos_app.errors import KnownError

#: More lines than any receipt should have; a stuck scanner must not eat the memory.
MAX_LINES = 500


def _check_price(price: Money) -> None:
    if price < Money(0):
        raise KnownError("price.negative")
    if price.minor > MAX_ENTRY_MINOR:
        raise KnownError("money.too_large")


class ManualDiscountKind(enum.StrEnum):
    """How a cashier's discount is stated."""

    PERCENT = "percent"
    AMOUNT = "amount"


class ManualDiscount(msgspec.Struct, frozen=True):
    """A discount that a person decided on.

    Attributes:
        kind: Percentage or amount.
        off_bp: Taken off, in basis points, for a percentage.
        off: Taken off, for an amount (per line or per bill, not per unit).
        approved_by: Whose permission it rests on.
        reason: In the shop's words, or empty.
    """

    kind: ManualDiscountKind
    approved_by: StaffId
    off_bp: int = 0
    off: Money = Money(0)
    reason: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.off_bp <= FULL_RATE_BP or self.off < Money(0):
            raise KnownError("discount.out_of_range")


class PriceOverride(msgspec.Struct, frozen=True):
    """A unit price that a person decided on.

    Attributes:
        unit_price: Instead of the product's; not negative.
        approved_by: Whose permission it rests on.
        reason: In the shop's words, or empty.
    """

    unit_price: Money
    approved_by: StaffId
    reason: str = ""

    def __post_init__(self) -> None:
        _check_price(self.unit_price)


class BasketLine(msgspec.Struct, frozen=True):
    """One line of the basket.

    Attributes:
        line_no: Stable within the basket; never used again after the line was removed.
        product: As it was in the catalogue when it was scanned.
        quantity: Pieces or kilograms.
        label_amount: The amount printed on a price-embedded label, where there was one: it is what the line costs.
        override: A unit price decided at the till.
        discount: A discount on this line decided at the till.
        offering: What of the programme it sells; None for goods. Its product is then made for it, with its price.
        unit_code: The code of the one item this line is, in its normal form; empty for goods without one.
    """

    line_no: int
    product: Product
    quantity: Quantity
    label_amount: Money | None = None
    override: PriceOverride | None = None
    discount: ManualDiscount | None = None
    offering: Offering | None = None
    unit_code: str = ""

    @property
    def is_prepaid(self) -> bool:
        """Whether its money is an advance: no sale yet, no tax, no points."""
        return self.offering is not None and self.offering.is_prepaid

    @property
    def earns(self) -> bool:
        """Whether it can earn points: goods do, and uses that are bought ahead."""
        return self.offering is None or self.offering.kind is OfferingKind.COUNT_CARD

    @property
    def can_merge(self) -> bool:
        """Whether a further piece of the same product may be counted into this line."""
        return (
            self.label_amount is None
            and not self.unit_code
            and self.override is None
            and self.discount is None
            and not self.product.is_weighed
            and not self.product.is_open_price
            and self.offering is None
        )


class Used(msgspec.Struct, frozen=True):
    """Something of a wallet that is used in this basket, because somebody chose to.

    Attributes:
        source_id: Which coupon, count card or service of the programme.
        lot_id: Which lot; None for what needs none (a shared code, a service).
        account_id: Whose, where it is not the member's: a coupon or a card that whoever holds it may use.
        count: How many uses at most; what the basket has no room for stays unused.
    """

    source_id: str
    lot_id: LotId | None = None
    account_id: MemberId | None = None
    count: int = 1


class Basket(msgspec.Struct, frozen=True):
    """All that is being bought.

    Attributes:
        lines: In the order in which they were first scanned.
        next_line_no: For the next new line.
        member_id: The member it is for, once recognised.
        discount: A discount on the whole bill decided at the till.
        used: Coupons, count cards and services used in it, in the order in which they were chosen.
    """

    lines: tuple[BasketLine, ...] = ()
    next_line_no: int = 1
    member_id: MemberId | None = None
    discount: ManualDiscount | None = None
    used: tuple[Used, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not self.lines

    def line(self, line_no: int) -> BasketLine:
        """The line of that number.

        Raises:
            KnownError: ``basket.no_such_line``.
        """
        for line in self.lines:
            if line.line_no == line_no:
                return line
        raise KnownError("basket.no_such_line")

    def add(
        self, product: Product, quantity: Quantity, *, label_amount: Money | None = None, unit_code: str = ""
    ) -> Basket:
        """Add a product: counted into a line that can take it, else as a new line.

        Raises:
            KnownError: ``product.inactive``, ``quantity.not_whole`` for parts of a thing sold by the piece,
                ``quantity.out_of_range``, ``price.negative`` and ``money.too_large`` for a label's amount,
                ``unit.in_basket`` for an item that is in it already, ``unit.one_piece``, ``basket.full``.
        """
        if label_amount is not None:
            _check_price(label_amount)
        if not product.is_active:
            raise KnownError("product.inactive", name=product.name)
        if not product.is_weighed and not quantity.is_whole:
            raise KnownError("quantity.not_whole", name=product.name)
        if unit_code:
            self._check_unit(product, quantity, unit_code)
        if label_amount is None and not unit_code:
            for line in self.lines:
                if line.can_merge and line.product == product:
                    return self._replace(msgspec.structs.replace(line, quantity=line.quantity + quantity))
        if len(self.lines) >= MAX_LINES:
            raise KnownError("basket.full", limit=MAX_LINES)
        line = BasketLine(self.next_line_no, product, quantity, label_amount, unit_code=unit_code)
        return msgspec.structs.replace(self, lines=(*self.lines, line), next_line_no=self.next_line_no + 1)

    def add_offering(self, product: Product, offering: Offering) -> Basket:
        """Add something the programme sells; always a line of its own, of one.

        Args:
            product: Made for it: its name, its price, its tax rate; nothing is taken off it.
            offering: What it is.

        Raises:
            KnownError: ``basket.full``.
        """
        if len(self.lines) >= MAX_LINES:
            raise KnownError("basket.full", limit=MAX_LINES)
        line = BasketLine(self.next_line_no, product, Quantity.pieces(1), offering=offering)
        return msgspec.structs.replace(self, lines=(*self.lines, line), next_line_no=self.next_line_no + 1)

    def use(self, used: Used) -> Basket:
        """Use something of a wallet; what was chosen of the same lot (or source) before is replaced."""
        others = tuple(each for each in self.used if not _same_use(each, used))
        return msgspec.structs.replace(self, used=(*others, used))

    def leave(self, used: Used) -> Basket:
        """Leave something unused after all."""
        return msgspec.structs.replace(self, used=tuple(each for each in self.used if not _same_use(each, used)))

    def remove(self, line_no: int) -> Basket:
        """Take a line out."""
        self.line(line_no)
        return msgspec.structs.replace(self, lines=tuple(line for line in self.lines if line.line_no != line_no))

    def set_quantity(self, line_no: int, quantity: Quantity) -> Basket:
        """Change how much; a label's amount cannot be changed, its line can be removed.

        Raises:
            KnownError: ``basket.label_fixed``, ``basket.offering_fixed``, ``quantity.not_whole``,
                ``unit.one_piece`` for a line that is one item.
        """
        line = self._goods(line_no)
        if line.unit_code and quantity != Quantity.pieces(1):
            raise KnownError("unit.one_piece", name=line.product.name)
        if line.label_amount is not None:
            raise KnownError("basket.label_fixed")
        if not line.product.is_weighed and not quantity.is_whole:
            raise KnownError("quantity.not_whole", name=line.product.name)
        return self._replace(msgspec.structs.replace(line, quantity=quantity))

    def set_override(self, line_no: int, override: PriceOverride | None) -> Basket:
        """Set or lift a price decided at the till; a label's amount then no longer counts.

        Raises:
            KnownError: ``basket.offering_fixed``.
        """
        line = self._goods(line_no)
        return self._replace(msgspec.structs.replace(line, override=override))

    def set_discount(self, line_no: int | None, discount: ManualDiscount | None) -> Basket:
        """Set or lift a discount on a line, or on the bill when ``line_no`` is None.

        Raises:
            KnownError: ``discount.not_allowed`` for a product that nothing may be taken off.
        """
        if line_no is None:
            return msgspec.structs.replace(self, discount=discount)
        line = self.line(line_no)
        if discount is not None and not line.product.is_discountable:
            raise KnownError("discount.not_allowed", name=line.product.name)
        return self._replace(msgspec.structs.replace(line, discount=discount))

    def with_member(self, member_id: MemberId | None, formerly: Sequence[MemberId] = ()) -> Basket:
        """Say for whom it is; what of another member's wallet was chosen is left.

        Args:
            member_id: Whose it is.
            formerly: Other ids of the same member.
        """
        is_same = self.member_id in (member_id, *formerly)
        kept = self.used if is_same else tuple(each for each in self.used if each.account_id)
        return msgspec.structs.replace(self, member_id=member_id, used=kept)

    def _goods(self, line_no: int) -> BasketLine:
        line = self.line(line_no)
        if line.offering is not None:
            raise KnownError("basket.offering_fixed")
        return line

    def _check_unit(self, product: Product, quantity: Quantity, unit_code: str) -> None:
        if quantity != Quantity.pieces(1) or product.is_weighed:
            raise KnownError("unit.one_piece", name=product.name)
        if any(line.unit_code == unit_code for line in self.lines):
            raise KnownError("unit.in_basket", name=product.name, tail=tail(unit_code))

    def _replace(self, line: BasketLine) -> Basket:
        return msgspec.structs.replace(
            self, lines=tuple(line if each.line_no == line.line_no else each for each in self.lines)
        )


def _same_use(one: Used, other: Used) -> bool:
    return (one.source_id, one.lot_id) == (other.source_id, other.lot_id)
