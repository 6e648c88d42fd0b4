"""What screens ask of one another through the desk: plain data with the bound methods that want the answer."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_app.application.gift_cards import GiftCardView
    from pos_app.application.lookup import FoundMany, FoundProduct
    from pos_app.application.ports import JobKind
    from pos_app.application.selling import SaleDone
    from pos_app.domain.ids import MemberId, SaleId
    from pos_app.domain.member import Member
    from pos_app.domain.money import Money
    from pos_app.domain.pricing.basket import Basket, BasketLine, ManualDiscount, PriceOverride
    from pos_app.domain.pricing.engine import Customer
    from pos_app.domain.pricing.quote import LinePrice
    from pos_app.domain.programme.document import Programme
    from pos_app.domain.quantity import Quantity
    from pos_app.errors import KnownError
    from pos_app.ui.current_sale import CurrentSale


@dataclass(frozen=True, slots=True)
class ChooseRequest:
    """Choose among what the one box found.

    Attributes:
        found: Members and products to choose from.
        member_chosen: Told the member.
        product_chosen: Told the product with its quantity.
    """

    found: FoundMany
    member_chosen: Callable[[Member], None]
    product_chosen: Callable[[FoundProduct], None]


@dataclass(frozen=True, slots=True)
class GoodsRequest:
    """Sell by touch.

    Attributes:
        product_chosen: Told the product.
        typed: Told what was typed on the pad.
        pay: Told nothing; take payment.
        totals: Asked for words of how many things there are, and what is to be paid.
    """

    product_chosen: Callable[[FoundProduct], None]
    typed: Callable[[str], None]
    pay: Callable[[], None]
    totals: Callable[[], tuple[str, Money]]


@dataclass(frozen=True, slots=True)
class DeviceWizardRequest:
    """Set a device up.

    Attributes:
        back_to: Name of the screen that comes afterwards; empty for where whoever is logged in can work.
    """

    back_to: str = ""


@dataclass(frozen=True, slots=True)
class MemberRequest:
    """Find a member.

    Attributes:
        member_chosen: Told the member's id.
        captured: Told the member who was signed up instead.
    """

    member_chosen: Callable[[MemberId], None]
    captured: Callable[[Member], None]


@dataclass(frozen=True, slots=True)
class BenefitsRequest:
    """Show what became of every benefit in this basket, and what the member can use, buy or get.

    Attributes:
        sale: The sale as it stands; read anew after every change.
        programme: The rules the screen prices with.
        tab: Which list is shown first; empty for that of the sale.
        change: Told how the basket is to be changed; raises what the change refuses, and then nothing is changed.
        read_member: Told nothing; something was booked for the member, who is to be read anew.
        pay_with_points: Told nothing; the member wants to use points.
        card: A new gift card that was scanned and is to be sold, first of all.
    """

    sale: CurrentSale
    programme: Programme
    tab: str
    change: Callable[[Callable[[Basket], Basket]], None]
    read_member: Callable[[], None]
    pay_with_points: Callable[[], None]
    card: GiftCardView | None = None


@dataclass(frozen=True, slots=True)
class CaptureRequest:
    """Sign a member up, with a phone number that is known already or empty."""

    phone: str
    captured: Callable[[Member], None]


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Take goods back of a receipt; empty: it has still to be scanned."""

    receipt_no: str


@dataclass(frozen=True, slots=True)
class RecallRequest:
    """Choose a sale that was put aside."""

    recalled: Callable[[Basket], None]


class EditKind(enum.Enum):
    """What of a line is changed first; the sheet has the others too."""

    QUANTITY = "quantity"
    WEIGHT = "weight"  # nobody has said yet how much: going back takes the line out again
    PRICE = "price"
    OPEN_PRICE = "open_price"  # the product has no price of its own: going back takes it out; no permission is needed
    DISCOUNT = "discount"


@dataclass(frozen=True, slots=True)
class LineEditRequest:
    """Change quantity, price or discount of a line, or the discount of the bill."""

    kind: EditKind
    line: BasketLine
    price: LinePrice
    payable: Money
    quantity_chosen: Callable[[int, Quantity], None]
    override_chosen: Callable[[int, PriceOverride | None], None]
    discount_chosen: Callable[[int | None, ManualDiscount | None], None]
    remove_chosen: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """Take payment for a basket.

    Attributes:
        sale_id: Of the sale that begins now; the same for every try.
        basket: What is bought.
        customer: For whom.
        programme: The rules the screen priced with.
        with_points: Whether points are offered at once.
        completed: Told the sale when it is in the books.
        refused: Told why the books did not take it; the basket is as before.
    """

    sale_id: SaleId
    basket: Basket
    customer: Customer | None
    programme: Programme
    with_points: bool
    completed: Callable[[SaleDone], None]
    refused: Callable[[KnownError], None]


@dataclass(frozen=True, slots=True)
class LoginRequest:
    """Show the log-in with something to say about why it is there.

    Attributes:
        code: Words for the notice; empty for none.
        details: Values for the words.
    """

    code: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """Look at a paper before it is printed (again).

    Attributes:
        number: The receipt's number, or the report's.
        kind: What paper it is.
        seq: The journal record it shows; None to find it by the receipt number.
    """

    number: str
    kind: JobKind
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Look at a report.

    Attributes:
        kind: X, shift or Z report.
        seq: The journal record that holds it.
        back: Screen to go back to.
    """

    kind: JobKind
    seq: int
    back: str = "more"


@dataclass(frozen=True, slots=True)
class EndOfDayRequest:
    """End the day.

    Attributes:
        days: Look at the closed days first.
        closed_now: The shift was closed just now: go on with the Z report at once.
    """

    days: bool = False
    closed_now: bool = False
