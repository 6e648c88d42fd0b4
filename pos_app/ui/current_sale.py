"""The sale being rung: basket, member, price and the line the keys speak of. Plain Python, no Qt, no I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.quantity import UNIT_MILLI, Quantity
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.application.lookup import FoundProduct
    from pos_app.application.selling import MemberView
    from pos_app.domain.pricing.basket import BasketLine, ManualDiscount, PriceOverride
    from pos_app.domain.pricing.engine import Customer
    from pos_app.domain.pricing.quote import LinePrice, Quote

_ONE = UNIT_MILLI


class CurrentSale:
    """What is being sold now. Every change prices the basket again; reading costs nothing.

    Attributes:
        basket: What is bought.
        member: For whom; None for a passer-by.
        quote: What it costs, and why.
        line_no: The line that ``+``, ``-`` and the keys speak of; None for none.
        multiplier: How much of the next product (``3*``), until it comes.
    """

    def __init__(self, price: Callable[[Basket, Customer | None], Quote]) -> None:
        self._price = price
        self.basket = Basket()
        self.member: MemberView | None = None
        self.line_no: int | None = None
        self.multiplier: Quantity | None = None
        self.quote = price(self.basket, None)

    @property
    def customer(self) -> Customer | None:
        """The member as pricing needs them."""
        return self.member.customer if self.member else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in the basket."""
        return self.basket.is_empty

    def clear(self) -> None:
        """Begin anew."""
        self.member = None
        self.multiplier = None
        self._set(Basket(), None)

    def load(self, basket: Basket, member: MemberView | None) -> None:
        """Go on with a basket that was held or saved."""
        self.member = member
        self.multiplier = None
        self._set(basket, basket.lines[-1].line_no if basket.lines else None)

    def use_price(self, price: Callable[[Basket, Customer | None], Quote]) -> None:
        """Price by other rules from now on."""
        self._price = price
        self._set(self.basket, self.line_no)

    def add(self, found: FoundProduct) -> int:
        """Add a product; returns its line, which the keys then speak of.

        Raises:
            KnownError: As ``Basket.add``.
        """
        basket = self.basket.add(
            found.product, found.quantity, label_amount=found.label_amount, unit_code=found.unit_code
        )
        self.multiplier = None
        before = {line.line_no: line for line in self.basket.lines}
        line_no = next(line.line_no for line in basket.lines if before.get(line.line_no) is not line)
        self._set(basket, line_no)
        return line_no

    def set_member(self, member: MemberView | None) -> None:
        """Say for whom it is."""
        self.member = member
        member_id = member.customer.member.member_id if member else None
        self._set(self.basket.with_member(member_id, member.other_ids if member else ()), self.line_no)

    def select(self, line_no: int | None) -> None:
        """Let the keys speak of another line."""
        self.line_no = line_no if any(line.line_no == line_no for line in self.basket.lines) else None

    def selected(self) -> BasketLine:
        """The line the keys speak of: the selected one, else the last.

        Raises:
            KnownError: ``basket.empty``.
        """
        if self.basket.is_empty:
            raise KnownError("basket.empty")
        if self.line_no is None:
            return self.basket.lines[-1]
        return self.basket.line(self.line_no)

    def price_of(self, line_no: int) -> LinePrice:
        """What a line costs."""
        return next(price for price in self.quote.lines if price.line_no == line_no)

    def step(self, pieces: int) -> BasketLine | None:
        """One more or one less of the selected line; the last piece less takes the line out.

        Returns:
            The line that was taken out, if it was.
        """
        line = self.selected()
        milli = line.quantity.milli + pieces * _ONE
        if milli <= 0:
            return self.remove(line.line_no)
        self._set(self.basket.set_quantity(line.line_no, Quantity(milli)), line.line_no)
        return None

    def set_quantity(self, quantity: Quantity) -> None:
        """Change how much of the selected line."""
        line = self.selected()
        self._set(self.basket.set_quantity(line.line_no, quantity), line.line_no)

    def remove(self, line_no: int) -> BasketLine:
        """Take a line out; the keys then speak of the one after it, or of the last."""
        line = self.basket.line(line_no)
        place = self.basket.lines.index(line)
        basket = self.basket.remove(line_no)
        following = basket.lines[min(place, len(basket.lines) - 1)].line_no if basket.lines else None
        self._set(basket, following)
        return line

    def set_override(self, line_no: int, override: PriceOverride | None) -> None:
        """Set or lift a price decided at the till."""
        self._set(self.basket.set_override(line_no, override), line_no)

    def set_discount(self, line_no: int | None, discount: ManualDiscount | None) -> None:
        """Set or lift a discount on a line, or on the bill."""
        self._set(self.basket.set_discount(line_no, discount), self.line_no)

    def change(self, change: Callable[[Basket], Basket]) -> None:
        """Change the basket in a way of the caller's (use a coupon, add a recharge); a new line becomes the current.

        Raises:
            KnownError: What the change refuses.
        """
        basket = change(self.basket)
        added = [line.line_no for line in basket.lines if line.line_no >= self.basket.next_line_no]
        self._set(basket, added[-1] if added else self.line_no)

    def payable(self) -> Money:
        """What is to be paid."""
        return self.quote.payable

    def _set(self, basket: Basket, line_no: int | None) -> None:
        # Priced before anything is taken over: a basket that cannot be priced changes nothing.
        quote = self._price(basket, self.customer)
        self.basket, self.quote, self.line_no = basket, quote, line_no
