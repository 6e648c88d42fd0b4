"""A scenario file: member, basket, tenders, moment, and what is expected of them.

Amounts are texts in yuan (``"12.90"``), so that nobody takes fen for yuan; points are whole numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pos_app.application.scenarios.coupons import CouponHeld
from pos_app.application.scenarios.expected import Expected, RefundExpected
from pos_app.application.scenarios.giving import BroughtBy, Step
from pos_app.application.scenarios.had import Had
from pos_app.application.scenarios.part import Part
from pos_app.application.scenarios.shop import Use, Uses
from pos_app.application.scenarios.stored import CardBefore, Offer, StoredLot
from pos_app.domain.ids import TierId
from pos_app.domain.member import MemberStatus
from pos_app.domain.money import Money
from pos_app.domain.quantity import Quantity

_NOTHING = Money(0)


class Lot(Part, frozen=True):
    """Points the member brings along.

    Attributes:
        points: How many.
        expires_on: Last day; never, where it is not given.
        earned_on: Day of earning, for the order of use among equals.
    """

    points: int
    expires_on: dt.date | None = None
    earned_on: dt.date = dt.date(2000, 1, 1)


class Earlier(Part, frozen=True):
    """An earlier sale of the member: its day is a visit, its amount counts towards tiers.

    Attributes:
        on: Business date.
        amount: What was paid.
        points: What it earned.
    """

    on: dt.date
    amount: Money
    points: int = 0


class LastPeriod(Part, frozen=True):
    """What the member did in the tier period before the sale's, beside ``history``.

    Attributes:
        spend: Paid.
        visits: Days.
        points: Earned.
    """

    spend: Money = _NOTHING
    visits: int = 0
    points: int = 0


class TermHeld(Part, frozen=True):
    """A term of a tier that the member bought before.

    Attributes:
        tier: Of which tier.
        begins: First day.
        until: Last day.
    """

    tier: TierId
    begins: dt.date
    until: dt.date


class Who(Part, frozen=True):
    """The member before the sale.

    Attributes:
        tier: The tier assigned last; the entry tier when it is empty.
        tier_since: The day from which it counts; long ago, where it is not given.
        terms: Terms of tiers that are bought.
        status: active, temporary, frozen or closed.
        birthday: As text: ``1990-05-17`` or ``05-17``.
        tags: As on the member's card.
        points: Points in one lot without end, for cases in which lots do not matter.
        lots: Points by lot.
        receivable: Points the member owes.
        spend: Spent in the tier period, beside ``history``.
        visits: Visits in the tier period, beside ``history``.
        points_earned: Points earned in the tier period, beside ``history``.
        last_period: The same of the tier period before.
        history: Earlier sales by day.
        had: What the member had by day, beside the points and sales above.
        principal: Stored value paid in, in one lot.
        bonus: Stored value given on top, in one lot without end.
        stored: Stored value by lot.
        uses: Uses of count cards.
        joined_on: Day of sign-up; long ago, where it is not given.
        referrer: Who brought the member; nobody, where it is not given.
        coupons: Coupons by lot.
    """

    tier: TierId = TierId("")
    tier_since: dt.date | None = None
    terms: tuple[TermHeld, ...] = ()
    status: MemberStatus = MemberStatus.ACTIVE
    birthday: str = ""
    tags: tuple[str, ...] = ()
    points: int = 0
    lots: tuple[Lot, ...] = ()
    receivable: int = 0
    spend: Money = _NOTHING
    visits: int = 0
    points_earned: int = 0
    last_period: LastPeriod = LastPeriod()
    history: tuple[Earlier, ...] = ()
    had: tuple[Had, ...] = ()
    principal: Money = _NOTHING
    bonus: Money = _NOTHING
    stored: tuple[StoredLot, ...] = ()
    uses: tuple[Uses, ...] = ()
    joined_on: dt.date = dt.date(2000, 1, 1)
    referrer: BroughtBy | None = None
    coupons: tuple[CouponHeld, ...] = ()


class Off(Part, frozen=True):
    """A discount the cashier decides: one of both.

    Attributes:
        percent_bp: Taken off, in basis points (1,000 is 10 %).
        amount: Taken off.
    """

    percent_bp: int = 0
    amount: Money = _NOTHING


class Item(Part, frozen=True):
    """A line of the basket: the product inline, and what the cashier decided.

    Attributes:
        name: On the line; equal names are the same product.
        price: Per piece or kilogram.
        member_price: Where there is one.
        category: Its id, as rules name it.
        product: Its id, as rules name it; the name, where it is not given.
        brand: As rules name it.
        quantity: Pieces, or kilograms for weighed goods, as text for parts: ``"0.285"``.
        weighed: Sold by weight.
        discountable: Whether anything may be taken off it.
        label: The amount on a price-embedded label.
        price_set: A unit price that the cashier set.
        off: A discount on this line that the cashier gave.
        unit_code: The code of this one item as it is printed on it: ``(01)06901234567892(21)A1B2``.
        signed_by: The key that signed the link with the code; nobody, where it is not given.
        offer: What it buys ahead: a recharge or a gift card of this price; goods, where it is not given.
    """

    name: str
    price: Money
    member_price: Money | None = None
    category: str = "goods"
    product: str = ""
    brand: str = ""
    quantity: Quantity = Quantity(1000)
    weighed: bool = False
    discountable: bool = True
    label: Money | None = None
    price_set: Money | None = None
    off: Off | None = None
    unit_code: str = ""
    signed_by: str = ""
    offer: Offer | None = None


class Pay(Part, frozen=True):
    """How it is paid; cash covers what the others leave.

    Attributes:
        points: Points taken.
        card: By bank card.
        mobile: By WeChat Pay or Alipay.
        cash: Cash handed over, where change matters; else exact.
        stored_value: From the member's balance.
        gift_cards: By gift card, named as in the file.
    """

    points: int = 0
    card: Money = _NOTHING
    mobile: Money = _NOTHING
    cash: Money | None = None
    stored_value: Money = _NOTHING
    gift_cards: Mapping[str, Money] = {}


class Returned(Part, frozen=True):
    """A line that comes back.

    Attributes:
        line: Its number, from 1.
        quantity: How much of it; all that is left, where it is not given.
    """

    line: int
    quantity: Quantity | None = None


class Return(Part, frozen=True):
    """Goods that come back after the sale.

    Attributes:
        lines: Which; everything that is left, where none is named.
        on: Business date; the sale's, where it is not given.
        spent_before: Points the member spends elsewhere before.
        stored_spent_before: Stored value the member spends elsewhere before.
        used_before: Uses of count cards that the member takes elsewhere before, by card.
        in_cash: Give back in cash what was paid by card.
        programme: The file of the programme in force from then on, where it is another one; relative to this file.
        expect: What it must do.
    """

    lines: tuple[Returned, ...] = ()
    on: dt.date | None = None
    spent_before: int = 0
    stored_spent_before: Money = _NOTHING
    used_before: Mapping[str, int] = {}
    in_cash: bool = False
    programme: str = ""
    expect: RefundExpected = RefundExpected()


class Scenario(Part, frozen=True):
    """One documented case.

    Attributes:
        why: The rule this case defends, in a sentence.
        programme: The programme's file, relative to this one.
        moment: Local date and time of the sale.
        day_starts_hour: Before this hour the business date is still yesterday's.
        store: The store's code.
        member: Who buys; nobody known, where it is not given.
        basket: What is bought.
        terms: Tiers of which a term is bought: a line for each, after those of the basket.
        off: A discount on the whole bill that the cashier gave.
        pay: How it is paid.
        expect: What the sale must do.
        refunds: What comes back afterwards, one after the other.
        sold_before: Codes of items that this till sold before.
        cards: Gift cards that were sold before.
        use: Uses of count cards and services that are chosen.
        coupons: Coupons that are used, by id, one entry for each use, in the order of choosing; ``best`` lets the till
            choose.
        stock: What is left of gifts before, by rule or ``rule/prize``; what the programme says, where it is not given.
        before: What the member does before the sale, one after the other; without a basket there is no sale.
        given_in_shop: What rules with a cap for the whole shop have given this month.
        seed: Any text: what turns of draws give follows from it.
    """

    why: str
    programme: str
    moment: dt.datetime
    expect: Expected
    basket: tuple[Item, ...] = ()
    terms: tuple[TierId, ...] = ()
    day_starts_hour: int = 0
    store: str = ""
    member: Who | None = None
    off: Off | None = None
    pay: Pay = Pay()
    refunds: tuple[Return, ...] = ()
    sold_before: tuple[str, ...] = ()
    cards: tuple[CardBefore, ...] = ()
    use: tuple[Use, ...] = ()
    coupons: tuple[str, ...] = ()
    stock: Mapping[str, int] = {}
    seed: str = ""
    before: tuple[Step, ...] = ()
    given_in_shop: Mapping[str, int] = {}
