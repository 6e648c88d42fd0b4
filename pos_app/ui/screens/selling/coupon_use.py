"""Coupons at the counter: scanned or typed codes, and a touch on the member's panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.errors import KnownError
from pos_app.ui import i18n
from pos_app.ui.state import Notice, Tone

if TYPE_CHECKING:
    from pos_app.application.coupons import FoundCoupon
    from pos_app.domain.pricing.basket import Basket
    from pos_app.domain.pricing.coupon_offers import CouponOffer
    from pos_app.domain.programme.document import Programme
    from pos_app.ui.current_sale import CurrentSale
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.selling.member_finder import MemberFinder


class CouponUse(QObject):
    """Uses coupons in the current sale.

    Signals:
        changed: The basket is another one.
        waits: A coupon was chosen and takes nothing off yet; carries the notice that says why.
        failed: Why not; carries the error.
    """

    changed = Signal()
    waits = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, sale: CurrentSale, finder: MemberFinder, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sale = sale
        self._finder = finder
        self._found: FoundCoupon | None = None
        self._programme: Programme | None = None

    def present(self, found: FoundCoupon, programme: Programme) -> None:
        """Use a coupon whose code was read; a member's coupon says for whom the sale is."""
        self._found, self._programme = found, programme
        basket, selling = self._sale.basket, self._desk.till.selling
        self._desk.reader(
            lambda: (basket, selling.present_coupon(basket, found, programme)), self._on_presented, self._fail
        )

    def _on_presented(self, baskets: tuple[Basket, Basket]) -> None:
        before, after = baskets
        if self._sale.basket is not before:  # something was scanned meanwhile: the coupon goes into that basket
            if self._found is not None and self._programme is not None:
                self.present(self._found, self._programme)
            return
        try:
            self._sale.change(lambda _: after)
        except KnownError as error:
            self.failed.emit(error)
            return
        self.changed.emit()
        known = self._sale.customer.member.member_id if self._sale.customer is not None else None
        if after.member_id is not None and after.member_id != known:
            self._finder.use(after.member_id)  # its owner is read first: until then nobody knows what it is worth
        else:
            self._say_if_it_waits()

    def _say_if_it_waits(self) -> None:
        offers = self._sale.quote.coupons
        found = self._found
        offer = next((each for each in offers if found is not None and each.coupon_id == found.coupon_id), None)
        if offer is None or offer.used or not offer.reason:
            return
        name = offer.name.in_language(i18n.current())
        if offer.missing is not None:
            notice = Notice(Tone.INFO, "coupon.waits_for_more", {"name": name, "missing": offer.missing})
        else:
            notice = Notice(Tone.INFO, "coupon.waits", {"name": name, "why": offer.reason})
        self.waits.emit(notice)

    def toggle(self, offer: CouponOffer, programme: Programme) -> None:
        """Use one more, or leave what is used where there is no more to use."""
        selling, customer = self._desk.till.selling, self._sale.customer
        leaves = offer.used and (offer.used >= offer.count or offer.reason or offer.worth.minor <= 0)
        try:
            if leaves:
                self._sale.change(lambda basket: selling.leave_coupon(basket, offer))
            else:
                self._sale.change(lambda basket: selling.use_coupon(basket, customer, programme, offer))
        except KnownError as error:
            self.failed.emit(error)
            return
        self.changed.emit()

    def _fail(self, error: KnownError) -> None:
        self.failed.emit(error)
