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
        changed: The basket is another one; carries what is to be said of it, or None.
        failed: Why not; carries the error.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, sale: CurrentSale, finder: MemberFinder, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sale = sale
        self._finder = finder
        self._found: FoundCoupon | None = None
        self._programme: Programme | None = None
        self._is_waiting = False
        finder.found.connect(self._on_member_found)

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
        self._desk.shell.tell(good=True)
        if after.member_id is not None and not self._is_known():
            self.changed.emit(None)
            self._is_waiting = True  # before the member is known nobody can say what it is worth
            self._finder.use(after.member_id)
        else:
            self.changed.emit(self._waits())

    def _on_member_found(self) -> None:
        was_waiting, self._is_waiting = self._is_waiting, False
        notice = self._waits() if was_waiting else None
        if notice is not None:
            self.changed.emit(notice)

    def _is_known(self) -> bool:
        """Whether what was read of the member says anything of the coupon: it may have been given since."""
        customer, found = self._sale.customer, self._found
        if customer is None or found is None or customer.member.member_id != self._sale.basket.member_id:
            return False
        return found.member_id is None or any(each.lot_id == found.lot_id for each in customer.account.wallet)

    def _waits(self) -> Notice | None:
        """Words for a coupon that was chosen and takes nothing off yet: else the scan would seem to do nothing."""
        found = self._found
        for offer in self._sale.quote.coupons:
            is_it = found is not None and offer.coupon_id == found.coupon_id
            if not is_it or found is None or (found.lot_id is not None and found.lot_id not in offer.lots):
                continue
            name = offer.name.in_language(i18n.current())
            if not offer.used and offer.missing is not None:
                return Notice(Tone.INFO, "coupon.waits_for_more", {"name": name, "missing": offer.missing})
            if not offer.used and offer.reason:
                return Notice(Tone.INFO, "coupon.waits", {"name": name, "why": offer.reason})
        return None

    def toggle(self, offer: CouponOffer, programme: Programme) -> None:
        """Use one more, or leave what is used where there is no more to use."""
        selling, customer = self._desk.till.selling, self._sale.customer
        try:
            self._sale.change(lambda basket: selling.toggle_coupon(basket, customer, programme, offer))
        except KnownError as error:
            self.failed.emit(error)
            return
        self._desk.shell.tell(good=True)
        self.changed.emit(None)

    def _fail(self, error: KnownError) -> None:
        self.failed.emit(error)
