"""What a scan at the payment screen is: money, a gift card, or what belongs into the sale before it is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.application.scanned_codes import GiftCardCode, PaymentScan

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.application.coupons import FoundCoupon
    from pos_app.application.lookup import FoundMember
    from pos_app.errors import KnownError
    from pos_app.ui.desk import Desk


class PaymentScans(QObject):
    """Reads scans on the reader's lane.

    Signals:
        paid: A customer's payment code; carries its digits.
        gift_card: The number of a gift card.
        joined: A member or a coupon, which changes what is owed; carries the scan.
        refused: :class:`KnownError`.
    """

    paid = Signal(str)
    gift_card = Signal(str)
    joined = Signal(str)
    refused = Signal(object)

    def __init__(self, desk: Desk, is_waiting: Callable[[], bool], parent: QObject) -> None:
        """Make the reader; ``is_waiting`` says whether the screen still waits for money when an answer comes."""
        super().__init__(parent)
        self._desk = desk
        self._is_waiting = is_waiting

    def read(self, text: str) -> None:
        """Say what a scan is, by one of the signals."""
        if not self._is_waiting():
            return
        scans = self._desk.till.scans
        self._desk.reader(lambda: (text, scans.at_payment(text)), self._on_read, self._on_refused)

    def _on_read(self, read: tuple[str, PaymentScan | GiftCardCode | FoundMember | FoundCoupon]) -> None:
        if not self._is_waiting():
            return
        text, found = read
        match found:
            case PaymentScan():
                self.paid.emit(found.code)
            case GiftCardCode():
                self.gift_card.emit(found.number)
            case _:
                self.joined.emit(text)

    def _on_refused(self, error: KnownError) -> None:
        if self._is_waiting():
            self.refused.emit(error)
