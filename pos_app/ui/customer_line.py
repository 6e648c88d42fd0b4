"""What the customer's line display shows while a sale goes on: goods with their price, the total, what is paid, change.

It follows what the customer may see, as the customer's screen does, and asks nobody anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from pos_app.domain.money import Money
from pos_app.runtime.displaying import DisplayService, Seen, SeenKind
from pos_app.ui.customer_feed import Finished, Paying, Ringing

if TYPE_CHECKING:
    from pos_app.domain.pricing.basket import Basket, BasketLine
    from pos_app.ui.desk import Desk

#: How long the price of the goods stands before the total takes its place.
PRICE_MS: Final = 1500


class CustomerLine(QObject):
    """Follows the sale.

    Args:
        desk: Whose sale.
        display: Where it is shown.
    """

    def __init__(self, desk: Desk, display: DisplayService) -> None:
        super().__init__(desk)
        self._desk = desk
        self._display = display
        self._basket: Basket | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PRICE_MS)
        self._later.timeout.connect(self._show_total)
        desk.customer.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Show what concerns the customer now."""
        match self._desk.customer.now:
            case Ringing(basket) as ringing if not basket.is_empty:
                self._follow_sale(ringing)
            case Paying() as paying:
                self._follow_payment(paying)
            case Finished(sale):
                self._basket = None
                self._show(SeenKind.CHANGE, sale.change)
            case _:
                self._greet()

    def _greet(self) -> None:
        self._basket = None
        self._later.stop()
        self._display.show(Seen(text=self._desk.settings.devices.display.greeting))

    def _follow_sale(self, ringing: Ringing) -> None:
        before, self._basket = self._basket, ringing.basket
        touched = _touched(before, ringing.basket)
        if touched is not None:
            price = ringing.quote.lines[touched].unit_price
            self._show(SeenKind.PRICE, price, ringing.basket.lines[touched].product.name)
            self._later.start()
        elif not self._later.isActive():
            self._show_total()

    def _follow_payment(self, paying: Paying) -> None:
        self._basket = paying.basket
        if paying.tenders:
            self._show(SeenKind.PAID, Money(sum(each.amount.minor for each in paying.tenders)))
        else:
            self._show(SeenKind.TOTAL, paying.quote.payable)

    def _show_total(self) -> None:
        match self._desk.customer.now:
            case Ringing(basket, quote) if not basket.is_empty:
                self._show(SeenKind.TOTAL, quote.payable, basket.lines[-1].product.name)

    def _show(self, kind: SeenKind, amount: Money, text: str = "") -> None:
        self._later.stop()
        self._display.show(Seen(kind, amount.plain(), amount.display(), text, _words(kind)))


def _touched(before: Basket | None, now: Basket) -> int | None:
    """Place of the line that was added, or of which there is more or less; another price is no news of the goods."""
    known = set(map(_what, before.lines)) if before is not None else set()
    places = range(len(now.lines) - 1, -1, -1)
    return next((place for place in places if _what(now.lines[place]) not in known), None)


def _what(line: BasketLine) -> tuple[int, object]:
    return line.line_no, line.quantity


def _words(kind: SeenKind) -> str:
    """The word of a display that has Chinese; the others have words of their own."""
    words = {
        SeenKind.NOTHING: "",
        SeenKind.PRICE: QCoreApplication.translate("CustomerLine", "Price"),
        SeenKind.TOTAL: QCoreApplication.translate("CustomerLine", "Total"),
        SeenKind.PAID: QCoreApplication.translate("CustomerLine", "Paid"),
        SeenKind.CHANGE: QCoreApplication.translate("CustomerLine", "Change"),
    }
    return words[kind]
