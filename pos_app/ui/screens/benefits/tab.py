"""What each list of the benefits sheet knows: its rows, and what touching one of them does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.errors import KnownError
from pos_app.ui.state import Notice

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from pos_app.domain.pricing.basket import Basket
    from pos_app.domain.pricing.engine import Customer
    from pos_app.ui.desk import Desk
    from pos_app.ui.requests import BenefitsRequest
    from pos_app.ui.screens.benefits.state import BenefitsState


class BenefitsTab(QObject):
    """One list.

    Signals:
        changed: The list is to be drawn again; carries a notice or None.
        loaded: What the books said is there; what was said to the cashier meanwhile stays.

    Attributes:
        desk: The rest of the window.
        request: What the sheet was opened with.
    """

    changed = Signal(object)
    loaded = Signal()

    def __init__(self, desk: Desk, request: BenefitsRequest, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.request = request

    @property
    def customer(self) -> Customer | None:
        """The member of the sale, if there is one."""
        return self.request.sale.customer

    @property
    def today(self) -> dt.date:
        """The business date."""
        return self.desk.till.context.today()

    def load(self) -> None:
        """Ask the books what the list needs of them; called when the sheet opens and after every change."""

    def count(self) -> int:
        """How much there is to use or to do now; shown beside the tab's name."""
        return 0

    def shown(self) -> BenefitsState:
        """Rows and words, as they are now."""
        raise NotImplementedError

    def change(self, change: Callable[[Basket], Basket]) -> bool:
        """Change the basket; says why not where it is refused. Whether it was changed."""
        try:
            self.request.change(change)
        except KnownError as error:
            self.desk.shell.tell(good=False)
            self.changed.emit(Notice.of(error))
            return False
        self.desk.shell.tell(good=True)
        return True

    def refuse(self, error: KnownError) -> None:
        """Something could not be done."""
        self.desk.shell.tell(good=False)
        self.changed.emit(Notice.of(error))

    def on_row(self, key: object) -> None:
        """A row was chosen."""

    def on_primary(self) -> None:
        """The button for the obvious thing."""

    def on_entry(self, text: str) -> None:
        """What was asked for was typed."""

    def on_scan(self, text: str) -> bool:
        """A scan while this list is shown; whether it was meant for it."""
        return False

    def on_back(self) -> bool:
        """One step back; whether there was one inside this list."""
        return False
