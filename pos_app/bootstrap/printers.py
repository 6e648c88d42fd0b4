"""The printers at work: one queue for receipts, and one for each printer that has slips of some goods."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pos_app.application.slips import SlipRule
from pos_app.bootstrap.papers import make_printer, make_slip_printer, own_of
from pos_app.config import WireKind
from pos_app.errors import KnownError
from pos_app.infrastructure.logs import logger
from pos_app.infrastructure.receipts.own import check_logo
from pos_app.runtime.device_board import DeviceRole, DeviceStanding
from pos_app.runtime.lanes import LaneName, Operations
from pos_app.runtime.printing import PrinterStatus, PrintService

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from hardware.virtual.printer import VirtualPrinter
    from pos_app.application.till import Till
    from pos_app.bootstrap.device_service import DeviceService
    from pos_app.config import Settings


#: Dots of the widest paper: what fits there is scaled down for a narrower one.
WIDEST: Final = 576


class Printers(QObject):
    """All printers of a till. A slip printer that is dead holds its own slips and nothing else.

    Attributes:
        receipts: The queue of receipts and reports.
        own: What is used of the shop's own receipts.

    Signals:
        found_wrong: :class:`KnownError` about a template or the logo, for the manager; papers come out without it.
    """

    found_wrong = Signal(object)

    def __init__(
        self,
        operations: Operations,
        till: Till,
        devices: DeviceService,
        settings: Settings,
        virtual: VirtualPrinter | None,
        own_folder: Path,
        parent: QObject | None = None,
    ) -> None:
        """Make the printers of the settings.

        Args:
            operations: Runs what waits.
            till: The books with the queue.
            devices: Has the board that is told how each printer stands, and the drawer.
            settings: Which printers, and what papers say of the shop.
            virtual: The printer made of software, where there is one.
            own_folder: Where the shop keeps its own templates and logo.
            parent: The owner.

        Raises:
            KnownError: ``device.not_configured``.
        """
        super().__init__(parent)
        self._operations = operations
        self._till = till
        self._board = devices.board
        self._drawer = devices.drawer
        self._place = settings.devices.printer.where
        self._slips: dict[str, PrintService] = {}
        self._own_folder = own_folder
        self.own = own_of(settings, own_folder)
        printer = self._drawer.beside(make_printer(settings, self.own, virtual))
        self.receipts = PrintService(operations, till, printer, self)
        self.receipts.status_changed.connect(self._on_receipts)
        self._set_up_slips(settings, virtual)

    def start(self) -> None:
        """Deal with what was under way when the till stopped, then print what waits."""
        self.receipts.start()
        self._start_slips()
        self._look_at_own()

    def apply(self, settings: Settings, virtual: VirtualPrinter | None) -> None:
        """Use other printers from now on.

        Raises:
            KnownError: ``device.not_configured``; the receipts' printer stays as it was.
        """
        own = own_of(settings, self._own_folder)
        printer = self._drawer.beside(make_printer(settings, own, virtual))
        self.own = own
        self._board.forget(DeviceRole.PRINTER)
        self._place = settings.devices.printer.where
        self.receipts.use_printer(printer)
        for each in self._slips.values():
            # It stays until the till closes: a slip on its way still has to be written down.
            self.receipts.kicked.disconnect(each.kick)
            each.stop()
        self._slips.clear()
        self._set_up_slips(settings, virtual)
        self._start_slips()
        self._look_at_own()

    def hold(self) -> tuple[Future[None], ...]:
        """Let all ports go until :meth:`apply`: papers wait meanwhile.

        Returns:
            Done when all ports are free.
        """
        return tuple(each.hold() for each in (self.receipts, *self._slips.values()))

    def use(self, till: Till) -> None:
        """Go on with other books: training went on or off."""
        self._till = till
        for each in (self.receipts, *self._slips.values()):
            each.use(till)

    def stop(self) -> None:
        """Take no further job."""
        for each in (self.receipts, *self._slips.values()):
            each.stop()

    def _set_up_slips(self, settings: Settings, virtual: VirtualPrinter | None) -> None:
        rules = []
        for slip in settings.devices.copies:
            if slip.printer.kind is WireKind.NONE or not slip.name or slip.name in self._slips:
                continue
            try:
                printer = make_slip_printer(settings, self.own, slip, virtual)
            except KnownError as error:
                self._board.note(DeviceStanding(DeviceRole.PRINTER, slip.name, "error", error.code))
                continue
            service = PrintService(self._operations, self._till, printer, self, target=slip.name)
            service.status_changed.connect(functools.partial(self._on_slips, slip.name, service))
            self.receipts.kicked.connect(service.kick)
            self._slips[slip.name] = service
            rules.append(SlipRule(slip.name, frozenset(slip.categories)))
        self._till.context.slips.rules = tuple(rules)

    def _start_slips(self) -> None:
        queue, known = self._till.queue, frozenset(self._slips)
        # After the receipts' queue has looked at what was under way, and before anything new is sent.
        self._operations.run(LaneName.LEDGER, lambda: queue.drop_targets(known))
        for each in self._slips.values():
            each.start()

    def _look_at_own(self) -> None:
        """Tell what is wrong, and draw the logo once, before the first receipt needs it."""
        for each in self.own.problems:
            logger("receipts").warning("own template or logo not used", code=each.code, **each.details)
            self.found_wrong.emit(each)
        logo = self.own.logo
        if logo:
            self._operations.run(LaneName.READER, lambda: check_logo(logo, WIDEST), None, self._on_wrong_logo)

    def _on_wrong_logo(self, error: KnownError) -> None:
        logger("receipts").warning("logo not used", code=error.code)
        self.found_wrong.emit(error)

    def _on_receipts(self, status: PrinterStatus) -> None:
        self._drawer.hear_printer(status.drawer_high)
        self._note(self._place, status.reason)

    def _on_slips(self, name: str, service: PrintService, status: PrinterStatus) -> None:
        if self._slips.get(name) is not service:
            return  # its last words, after another was set up
        # A slip that broke off is as good as one that was never printed: somebody has to look.
        self._note(name, status.reason or ("broken_off" if status.failed else ""))

    def _note(self, place: str, reason: str) -> None:
        self._board.note(DeviceStanding(DeviceRole.PRINTER, place, "error" if reason else "idle", reason))
