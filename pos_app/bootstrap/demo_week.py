"""The week before the visitor comes: the demo shop has sold, given and been paid, so that members have something.

Everything is done by the till's own use cases on days that have passed, so the demo's books are books like any other.
The numbers of its gift cards stand here for everybody to read: they are worth nothing outside the demo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.application.coupons import FoundCoupon
from pos_app.application.demo import card_number
from pos_app.bootstrap.demo_labels import BOTTLE, SOLD_BEFORE
from pos_app.domain.gift_card_numbers import gift_card_number
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.unit_codes import unit_code

if TYPE_CHECKING:
    from pos_app.application.selling import MemberView
    from pos_app.application.till import Till
    from pos_app.domain.catalog import Product
    from pos_app.domain.clock import Clock, Moment
    from pos_app.domain.ids import MemberId
    from pos_app.domain.ledger.bodies import Sale
    from pos_app.domain.staff import Operator

#: How many days before the visit the demo shop is set up.
DAYS_BEFORE: Final = 7
_DAY_MS: Final = 86_400_000
#: Members by the number of their card: one with a full wallet, one who checks in, one who is nearly silver.
WALLET: Final = 17
CHECKS_IN: Final = 5
NEARLY_SILVER: Final = 8
#: Gift cards: two that nobody has bought yet, one with money on it, one that is spent.
NEW_CARDS: Final = (gift_card_number("8801", 110_022_003_300), gift_card_number("8802", 220_033_004_400))
SOLD_CARD: Final = gift_card_number("8801", 440_055_006_600)
SPENT_CARD: Final = gift_card_number("8802", 660_077_008_800)
#: The coupon on paper that belongs to whoever holds it.
LEAFLET: Final = "leaflet"
_IN_THE_WALLET: Final = ("ten", "ten", "five", "snacks_85", "milk", "laundry", "steps", "dairy_second")
_COFFEE: Final = "90201"
_GROCERIES: Final = (("101608", 2), ("101609", 2), ("100902", 1))
_PAPER: Final = "100902"


class DemoClock:
    """A clock that can be set back by days, so that the demo shop has a past (fulfils ``Clock``).

    Attributes:
        days_ago: How many days it is behind the machine's.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.days_ago = 0

    def now(self) -> Moment:
        """The machine's instant, so many days ago."""
        moment = self._clock.now()
        return msgspec.structs.replace(moment, wall_ms=moment.wall_ms - self.days_ago * _DAY_MS)


def live_a_week(till: Till, operator: Operator, clock: DemoClock) -> None:
    """Let the shop have a week behind it; does nothing where a shift was opened before.

    Receipts of the week are not printed: nobody waits for them. Afterwards the clock is set back no more.
    """
    with till.context.ledger.read() as reader:
        is_first = reader.last_shift_number() == 0
    try:
        if is_first:
            _Week(till, operator).live(clock)
    finally:
        clock.days_ago = 0


class _Week:
    """What the shop did."""

    def __init__(self, till: Till, operator: Operator) -> None:
        self._till = till
        self._operator = operator

    def live(self, clock: DemoClock) -> None:
        till, operator = self._till, self._operator
        for days_ago in range(DAYS_BEFORE - 1, 0, -1):
            clock.days_ago = days_ago
            sells = days_ago in (DAYS_BEFORE - 1, 1)
            if sells:
                till.shifts.open(operator, Money(0))
            if days_ago == DAYS_BEFORE - 1:
                self._first_day()
            if days_ago == 1:
                self._yesterday()
            till.rewards.check_in(operator, self._member(CHECKS_IN).customer.member.member_id)
            if sells:
                till.shifts.close(operator, ())
        with till.context.ledger.read() as reader:
            jobs = list(reader.open_jobs())
        for job in jobs:
            till.queue.cancel(operator, job.job_id)

    def _first_day(self) -> None:
        till = self._till
        bottle = self._goods(BOTTLE)
        unit = unit_code(bottle.barcodes[0], SOLD_BEFORE)
        self._sell(Basket().add(bottle, Quantity.pieces(1), unit_code=unit.text if unit else ""))
        cards = Basket()
        for number, amount in ((SOLD_CARD, Money(20_000)), (SPENT_CARD, Money(5_000))):
            cards = till.gift_cards.sell(cards, till.gift_cards.find(number), amount)
        self._sell(cards)
        view = self._member(WALLET)
        product, offering = till.shop.card_line("coffee")
        basket = Basket().with_member(view.customer.member.member_id).add_offering(product, offering)
        basket = till.stored.recharge(basket, view.customer, till.selling.programme(), "l1000")
        self._sell(basket, view)
        view = self._member(NEARLY_SILVER)
        basket = Basket().with_member(view.customer.member.member_id)
        for product_id, pieces in _GROCERIES:
            basket = basket.add(self._goods(product_id), Quantity.pieces(pieces))
        self._sell(basket, view)
        member_id = self._member(WALLET).customer.member.member_id
        for coupon_id in _IN_THE_WALLET:
            self._give(coupon_id, member_id)
        self._give(LEAFLET, None)

    def _yesterday(self) -> None:
        till = self._till
        code = self._give(LEAFLET, None)
        basket = Basket().add(self._goods(_PAPER), Quantity.pieces(1))
        found = till.lookup.resolve(code)
        if not isinstance(found, FoundCoupon):
            raise TypeError(f"{code} is no coupon's code")
        basket = till.selling.present_coupon(basket, found, till.selling.programme())
        self._sell(basket, card=SPENT_CARD)
        view = self._member(WALLET)
        basket = Basket().with_member(view.customer.member.member_id).add(self._goods(_COFFEE), Quantity.pieces(1))
        offers = till.selling.price(basket, view.customer, till.selling.programme()).uses
        basket = basket.use(Used(offers[0].source_id, offers[0].lot_id))
        self._sell(basket, view)

    def _give(self, coupon_id: str, member_id: MemberId | None) -> str:
        """Give a coupon; its code."""
        given = self._till.coupons.give(self._operator, None, coupon_id, member_id, "演示 Demo", print_slip=False)
        return given.moves[0].code

    def _goods(self, product_id: str) -> Product:
        product = self._till.context.replica.product_by_code(product_id)
        if product is None:
            raise ValueError(f"the demo shop does not sell {product_id}")
        return product

    def _member(self, number: int) -> MemberView:
        member = self._till.context.replica.member_by_card(card_number(number))
        if member is None:
            raise ValueError(f"the demo shop has no member {number}")
        return self._till.selling.member_view(member.member_id)

    def _sell(self, basket: Basket, view: MemberView | None = None, *, card: str = "") -> Sale:
        """Sell what lies in a basket, paid by a telephone, and with a gift card first where one is given."""
        from pos_app.application.selling import CompleteSale

        till = self._till
        customer = view.customer if view is not None else None
        payable = till.selling.price(basket, customer, till.selling.programme()).payable
        paid: tuple[Tender, ...] = ()
        if card:
            paid = (till.gift_cards.tender(till.gift_cards.find(card), payable, Money(0), ()),)
        rest = payable - Money(sum(each.amount.minor for each in paid))
        if rest:
            paid = (*paid, Tender(TenderKind.MOBILE, rest, rest, "DEMO"))
        command = CompleteSale(till.selling.new_sale_id(), basket, paid, payable, print_receipt=False)
        return till.selling.complete(self._operator, command).sale
