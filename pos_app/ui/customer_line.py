"""What the customer's line display shows while a sale goes on: goods with their price, the total, what is paid, change.

It follows what the screens show and asks them nothing, so a sale is the same with and without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from pos_app.domain.money import Money
from pos_app.runtime.displaying import DisplayService, Seen, SeenKind
from pos_app.ui.screens.payment.state import PaymentState
from pos_app.ui.screens.selling.state import SellingState

if TYPE_CHECKING:
    from pos_app.ui.desk import Desk
    from pos_app.ui.widgets.basket import BasketLine

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
        self._screen = ""
        self._lines: tuple[BasketLine, ...] = ()
        self._total = Money(0)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PRICE_MS)
        self._later.timeout.connect(self._show_total)
        desk.customer_sees.connect(self._on_seen)
        desk.operator_changed.connect(self._on_operator)
        desk.shell.screen_changed.connect(self._on_screen)

    def greet(self) -> None:
        """Nothing is sold."""
        self._later.stop()
        self._display.show(Seen(text=self._desk.settings.devices.display.greeting))

    def _on_screen(self, name: str) -> None:
        self._screen = name

    def _on_operator(self, operator: object) -> None:
        if operator is None:
            self.greet()

    def _on_seen(self, state: object) -> None:
        if isinstance(state, PaymentState):
            self._follow_payment(state)
        elif isinstance(state, SellingState) and self._screen != "payment":
            self._follow_sale(state)

    def _follow_sale(self, state: SellingState) -> None:
        before, self._lines = self._lines, state.lines
        self._total = state.payable
        if state.change is not None:
            self._show(SeenKind.CHANGE, state.change)
        elif not state.lines:
            self.greet()
        elif (touched := _touched(before, state.lines)) is not None:
            self._show(SeenKind.PRICE, touched.amount if touched.price is None else touched.price, touched.name)
            self._later.start()
        elif not self._later.isActive():
            self._show_total()

    def _follow_payment(self, state: PaymentState) -> None:
        self._lines = ()
        if state.done:
            self._show(SeenKind.CHANGE, state.change)
        elif state.tenders:
            self._show(SeenKind.PAID, Money(sum(each.amount.minor for each in state.tenders)))
        else:
            self._show(SeenKind.TOTAL, state.total)

    def _show_total(self) -> None:
        if self._lines:
            self._show(SeenKind.TOTAL, self._total, self._lines[-1].name)

    def _show(self, kind: SeenKind, amount: Money, text: str = "") -> None:
        self._later.stop()
        self._display.show(Seen(kind, amount.plain(), amount.display(), text, _words(kind)))


def _touched(before: tuple[BasketLine, ...], now: tuple[BasketLine, ...]) -> BasketLine | None:
    """The line that was added, or of which there is more or less; another price alone is no news of the goods."""
    known = {(line.key, line.quantity) for line in before}
    return next((line for line in reversed(now) if (line.key, line.quantity) not in known), None)


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
