"""What of the programme is used and sold at the counter: the sheet of benefits, the panel's offers, gift cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.pricing.coupon_offers import CouponOffer
from pos_app.errors import KnownError
from pos_app.ui.requests import BenefitsRequest
from pos_app.ui.screens.selling import showing
from pos_app.ui.screens.selling.coupon_use import CouponUse
from pos_app.ui.state import Notice, Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.application.coupons import FoundCoupon
    from pos_app.application.gift_cards import GiftCardView
    from pos_app.domain.pricing.basket import Basket
    from pos_app.domain.programme.document import Programme
    from pos_app.ui.current_sale import CurrentSale
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.selling.member_finder import MemberFinder


class BenefitUse(QObject):
    """Leads from the counter to benefits, and lets them change the sale.

    Signals:
        changed: The basket is another one; carries what is to be said of it, or None.
        told: Something is to be known, and the basket is as before; carries the notice.
        failed: Why not; carries the error.
        points_wanted: The member wants to pay with points.
    """

    changed = Signal(object)
    told = Signal(object)
    failed = Signal(object)
    points_wanted = Signal()

    def __init__(self, desk: Desk, sale: CurrentSale, finder: MemberFinder, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sale = sale
        self._finder = finder
        self._coupons = CouponUse(desk, sale, finder, self)
        self._coupons.changed.connect(self.changed)
        self._coupons.failed.connect(self.failed)

    def open(self, tab: str, programme: Programme, card: GiftCardView | None = None) -> None:
        """Open the sheet with one of its lists; with a gift card that is to be sold, if there is one."""
        request = BenefitsRequest(
            self._sale, programme, tab, self._change, self._finder.again, self.points_wanted.emit, card
        )
        self._desk.open("benefits", request)

    def offer(self, key: object, programme: Programme) -> None:
        """An offer of the panel was touched."""
        if key == showing.POINTS_OFFER:
            self.points_wanted.emit()
        elif isinstance(key, CouponOffer):
            self._coupons.toggle(key, programme)
        else:
            self.open("", programme)

    def coupon(self, found: FoundCoupon, programme: Programme) -> None:
        """The code of a coupon was scanned or typed."""
        self._coupons.present(found, programme)

    def gift_card(self, card: GiftCardView, programme: Programme) -> None:
        """A gift card was scanned: a new one is to be sold, of another it is said what is left on it."""
        kind, cards = card.kind, self._desk.till.gift_cards
        if kind is None or card.is_sold:
            self.told.emit(Notice(Tone.INFO, "gift_card.found", {"left": card.left, "tail": card.tail}))
        elif len(kind.faces) != 1:
            self.open("recharge", programme, card)
        else:
            try:
                self._change(lambda basket: cards.sell(basket, card))
            except KnownError as error:
                self.failed.emit(error)
            else:
                self._desk.shell.tell(good=True)

    def _change(self, change: Callable[[Basket], Basket]) -> None:
        self._sale.change(change)
        self.changed.emit(None)
