"""What the customer may see of what happens at the till, as the presenters tell it; whoever shows it listens.

Telling costs the cashier nothing: references to values that never change are kept, and a signal is emitted. The
customer's screen and line display make of it what they show, later and as seldom as they like; both show the same sale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from pos_app.application.selling import SaleDone
    from pos_app.domain.ledger.bodies import Sale
    from pos_app.domain.money import Money
    from pos_app.domain.pricing.basket import Basket
    from pos_app.domain.pricing.engine import Customer
    from pos_app.domain.pricing.quote import Quote
    from pos_app.domain.tender import Tender

#: So long is a customer thanked, where nobody else comes.
THANKS_MS: Final = 30_000
_PAYMENT: Final = "payment"


@dataclass(frozen=True, slots=True)
class Ringing:
    """Something is being rung.

    Attributes:
        basket: What.
        quote: What it costs, and why.
        customer: For whom; None for a passer-by.
        line_no: The line that was touched last.
    """

    basket: Basket
    quote: Quote
    customer: Customer | None = None
    line_no: int | None = None


@dataclass(frozen=True, slots=True)
class Paying:
    """It is being paid.

    Attributes:
        basket: What.
        quote: What it costs, paid as it is being paid.
        customer: By whom.
        tenders: What was taken so far.
        owed: What is still to be paid.
    """

    basket: Basket
    quote: Quote
    customer: Customer | None
    tenders: tuple[Tender, ...]
    owed: Money


@dataclass(frozen=True, slots=True)
class Finished:
    """It is paid.

    Attributes:
        sale: As booked.
        customer: Whose it was.
    """

    sale: Sale
    customer: Customer | None


class CustomerFeed(QObject):
    """Keeps what concerns the customer now.

    Attributes:
        now: What is rung, paid, or was paid just now; None while nothing is.

    Signals:
        changed: :attr:`now` is another.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now: Ringing | Paying | Finished | None = None
        self._ringing: Ringing | None = None
        self._paying: Paying | None = None
        self._finished: Finished | None = None
        self._pays = False
        self._thanks = QTimer(self)
        self._thanks.setSingleShot(True)
        self._thanks.setInterval(THANKS_MS)
        self._thanks.timeout.connect(self._on_thanked)

    def ring(self, basket: Basket, quote: Quote, customer: Customer | None, line_no: int | None) -> None:
        """The sale being rung is another. An empty one for nobody ends nothing that is still shown of the last."""
        if basket.is_empty and customer is None:
            self._ringing = None
        else:
            self._ringing = Ringing(basket, quote, customer, line_no)
            self._finished = None
        self._settle()

    def pay(
        self, basket: Basket, quote: Quote, customer: Customer | None, tenders: tuple[Tender, ...], owed: Money
    ) -> None:
        """What is taken for it is another; nothing where payment was left meanwhile."""
        if not self._pays:
            return
        self._paying = Paying(basket, quote, customer, tenders, owed)
        self._settle()

    def finish(self, done: SaleDone, customer: Customer | None) -> None:
        """It was paid and booked; nothing where the next sale has begun."""
        if not self._pays:
            return
        self._ringing = self._paying = None
        self._finished = Finished(done.sale, customer)
        self._thanks.start()
        self._settle()

    def note_screen(self, name: str) -> None:
        """Another screen is in front of the cashier: payment was left, or has ended."""
        self._pays = name == _PAYMENT
        if not self._pays and self._paying is not None:
            self._paying = None
            self._settle()

    def forget(self) -> None:
        """Nobody is at the till, or it works with other books: nothing of a sale is shown."""
        self._ringing = self._paying = self._finished = None
        self._settle()

    def _on_thanked(self) -> None:
        self._finished = None
        self._settle()

    def _settle(self) -> None:
        now = self._paying or self._ringing or self._finished
        if now is not self.now:
            self.now = now
            self.changed.emit()
