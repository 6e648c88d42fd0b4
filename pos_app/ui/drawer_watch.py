"""Says when a sale begins while the cash drawer still stands open, where the shop wants to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from pos_app.ui.customer_feed import Paying, Ringing
from pos_app.ui.state import Tone

if TYPE_CHECKING:
    from pos_app.runtime.drawer import DrawerService
    from pos_app.ui.desk import Desk


#: So long a printer has for saying how the drawer stands.
ANSWER_MS: Final = 1500


class DrawerWatch(QObject):
    """Looks at the drawer when the first goods of a sale are there; it only tells, and holds nothing up."""

    def __init__(self, desk: Desk, drawer: DrawerService) -> None:
        super().__init__(desk)
        self._desk = desk
        self._drawer = drawer
        self._selling = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(ANSWER_MS)
        self._later.timeout.connect(self._tell)
        desk.customer.changed.connect(self._on_sale)

    def _on_sale(self) -> None:
        now = self._desk.customer.now
        selling = isinstance(now, Ringing | Paying) and not now.basket.is_empty
        began, self._selling = selling and not self._selling, selling
        if not (began and self._drawer.is_open and self._desk.settings.devices.drawer.warns_open):
            return
        if self._drawer.is_heard_late:
            self._desk.printing.ask()  # what it said a while ago is no reason to reproach anybody
            self._later.start()
        else:
            self._tell()

    def _tell(self) -> None:
        if self._drawer.is_open:
            self._desk.tell("drawer.still_open", Tone.WARNING)
