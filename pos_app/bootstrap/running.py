"""A till at work behind its window: lanes, books, devices, presenters; opened once, closed in order."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.application.setting_up import SetUpService
from pos_app.bootstrap import demo
from pos_app.bootstrap.beside import BesideTill
from pos_app.bootstrap.device_places import not_here
from pos_app.bootstrap.device_service import DeviceService
from pos_app.bootstrap.devices import scan_config, use_codes, wedge_recogniser
from pos_app.bootstrap.first_start import FirstStart
from pos_app.bootstrap.head_office import settings_of
from pos_app.bootstrap.office_line import OfficeLine
from pos_app.bootstrap.own_papers import OwnPapers
from pos_app.bootstrap.papers import own_of, receipt_png
from pos_app.bootstrap.printers import Printers
from pos_app.bootstrap.till import Books, identity_of, open_books, training_till
from pos_app.bootstrap.trials import look
from pos_app.config import Settings
from pos_app.errors import KnownError
from pos_app.infrastructure.logs import logger, start_logging
from pos_app.infrastructure.settings import save_settings
from pos_app.infrastructure.sync.membership import joining_of
from pos_app.runtime.lanes import LaneName, Lanes, Operations
from pos_app.ui.customer_line import CustomerLine
from pos_app.ui.desk import Desk
from pos_app.ui.drawer_watch import DrawerWatch
from pos_app.ui.scan_router import ScanRouter
from pos_app.ui.state import Tone

if TYPE_CHECKING:
    import logging
    from concurrent.futures import Future

    from hardware.virtual.printer import VirtualPrinter
    from pos_app.application.device_wizard.acts import DeviceActs
    from pos_app.application.enrolling import ComingBack, Enrolling
    from pos_app.application.head_office import SyncStatus
    from pos_app.application.till import Till
    from pos_app.bootstrap.window import WindowOptions
    from pos_app.bootstrap.wizard_acts import WizardActs
    from pos_app.config import DeviceSettings
    from pos_app.infrastructure.ledger.store import SqlLedger
    from pos_app.infrastructure.ledger.till import TillIdentity
    from pos_app.infrastructure.sync.membership import Membership
    from pos_app.runtime.printing import PrintService
    from pos_app.ui.shell import Shell

#: After this long without a key or a scan the write-ahead log is moved into the file, while nobody waits.
IDLE_CHECKPOINT_MS = 20_000


class RunningTill(QObject):
    """Everything behind one window.

    Signals:
        opened: Itself, when the cashier can work.
        failed: :class:`KnownError` that kept the books shut; ``open`` may be called again.
        books_opened: The books are there; what stands on them comes next.
        coming_back: How far the books of the till are that this one stands in for, a ``ComingBack``.
        leave_requested: The program should end.
    """

    opened = Signal(object)
    failed = Signal(object)
    books_opened = Signal()
    coming_back = Signal(object)
    leave_requested = Signal()

    def __init__(self, shell: Shell, options: WindowOptions, settings: Settings, *, inline: bool = False) -> None:
        super().__init__(shell)
        self.shell = shell
        self.settings = demo.demo_settings(settings) if options.demo else settings
        self._options = options
        self.lanes = Lanes(inline=inline)
        self.operations = Operations(self.lanes, self)
        self.operations.bug_found.connect(self._on_bug)
        self.books: Books | None = None
        self.desk: Desk | None = None
        self.printing: PrintService | None = None
        self._printers: Printers | None = None
        self.devices = DeviceService(self)
        self._customer_line: CustomerLine | None = None
        self.beside = BesideTill(self, with_windows=options.beside)
        self._device_acts: WizardActs | None = None
        self._first_start: FirstStart | None = None
        self._office = OfficeLine(options.paths, self.lanes, self.operations, self)
        self._office.status_changed.connect(self._on_sync)
        self._office.joined.connect(self._on_joined_open)
        self._office.failed.connect(self._on_not_joined)
        self._waits_to_stand = False
        self._settings_lost = False
        self._training: SqlLedger | None = None
        self._log_handler: logging.Handler | None = None
        self._checkpoint = QTimer(self)
        self._checkpoint.setInterval(IDLE_CHECKPOINT_MS)
        self._checkpoint.timeout.connect(self._on_idle)

    # Opening

    def open(self) -> None:
        """Open the books on the ledger's lane."""
        options = self._options
        if options.demo and options.fresh:
            demo.begin_anew(options.paths)
        if self._log_handler is None:
            self._log_handler = start_logging(options.paths.logs)
        joining = joining_of(options.paths.data)
        if joining is not None:
            # Head office took the till in, and then the power went.
            self.settings = settings_of(joining, self.settings)
        if not self.settings.till_id and self._first_start is None:
            # No settings is a new till, or one that lost them: then the books know which till it is.
            self.operations.run(
                LaneName.LEDGER, lambda: identity_of(options.paths), self._on_identity, self._on_refused
            )
        else:
            self.open_books()

    def _on_identity(self, owner: TillIdentity | None) -> None:
        if owner is None:
            self._set_up()
            return
        logger("settings").error("settings lost, books found", till=owner.till_id)
        self._settings_lost = True
        self.settings = msgspec.structs.replace(self.settings, till_id=owner.till_id, till_number=owner.number)
        self.open_books()

    def open_books(self) -> None:
        """Open the books on the ledger's lane; a new till gets its id now."""
        if not self.settings.till_id:
            self.settings = msgspec.structs.replace(self.settings, till_id=f"till-{uuid.uuid4().hex[:12]}")
        self.operations.run(LaneName.LEDGER, self._open_books, self._on_books, self._on_refused)

    def _set_up(self) -> None:
        self._first_start = FirstStart(self)
        self._first_start.done.connect(self._stand)
        self._first_start.leave_requested.connect(self.leave_requested)
        self._first_start.begin()

    def _open_books(self) -> Books:
        options = self._options
        save_settings(options.paths.settings, self.settings)
        past = demo.demo_clock(options.clock, options.paths) if options.demo else None
        codes, clock = scan_config(self.settings), past or options.clock
        books = open_books(
            options.paths, self.settings, codes, self.lanes, clock=clock, coming_back=self._tell_coming_back
        )
        if past is not None:
            try:
                demo.seed(books.till.context, days_before=past.days_ago)
                demo.live_before(books.till, past)
            except BaseException:
                books.close()
                raise
        return books

    def _tell_coming_back(self, far: ComingBack) -> None:
        """On the ledger's lane; a window that is being closed does not wait for the rest, the next start asks for it.

        Raises:
            KnownError: ``sync.not_recovered``.
        """
        if self.lanes.is_shut:
            raise KnownError("sync.not_recovered")
        self.coming_back.emit(far)

    def _on_refused(self, error: KnownError) -> None:
        logger("start").error("books not opened", code=error.code)
        self.failed.emit(error)

    def _on_books(self, books: Books) -> None:
        self.books = books
        self._office.use(books)
        if books.membership is not None:
            self._take_settings(books.membership)
        if self._waits_to_stand:
            self._stand()
        elif self._first_start is None and books.membership is None and SetUpService(books.till.context).is_needed:
            self._set_up()
        elif self._first_start is None:
            self._stand()
        self.books_opened.emit()

    def _stand(self) -> None:
        """Put devices and presenters on the books, and let somebody log in."""
        books = self.books
        if books is None:
            self._waits_to_stand = True  # a till that has just joined: they are being made
            return
        if self._options.demo:
            self.devices.have_virtual()
        self.devices.have_paper_and_drawer(self.settings)
        self._printers = Printers(
            self.operations,
            books.till,
            self.devices,
            self.settings,
            self.virtual_printer,
            self._options.paths.receipts,
            self,
        )
        self.printing = self._printers.receipts
        self.desk = Desk(
            shell=self.shell,
            till=books.till,
            operations=self.operations,
            printing=self.printing,
            settings=self.settings,
            services=self,
            head_office=books.link,
            devices=self.devices.board,
            scale=self.devices.scale,
            display=self.devices.display,
            drawer=self.devices.drawer,
        )
        if self._first_start is not None and self._first_start.wants_devices:
            self.desk.first_screen = "device_wizard"
        self.desk.till_changed.connect(self._on_till_changed)
        self._printers.found_wrong.connect(self.desk.complain)
        self._customer_line = CustomerLine(self.desk, self.devices.display)
        DrawerWatch(self.desk, self.devices.drawer)
        self._listen()
        self.beside.have_screen()
        self._printers.start()
        self._checkpoint.start()
        self.desk.adopt("login", self.shell.view("login"))
        self.desk.refresh_header()
        self.desk.leave_requested.connect(self.leave_requested)
        self.opened.emit(self)
        self.desk.go("login")
        if self._settings_lost:
            self.desk.tell("settings.lost", Tone.DANGER)
        if books.key_in_file and not self._options.demo:
            logger("keys").warning("no keyring: the key lies in a file")
            self.desk.tell("keys.in_file", Tone.WARNING)
        self.beside.show_devices()

    def _listen(self) -> None:
        """Hear the scanners: keyboards that type fast, and those with ports of their own."""
        self.router = ScanRouter(wedge_recogniser(self.settings.devices.wedge), self)
        self.shell.winId()  # creates the native window, which the router watches
        handle = self.shell.windowHandle()
        if handle is not None:
            self.router.watch(handle)
        self.router.scanned.connect(self.shell.deliver_scan)
        self.router.garbled.connect(self._on_garbled)
        self.devices.scanners.scanned.connect(self.router.on_serial_scan)
        self.devices.listen(self.settings, with_virtual=self._options.demo)

    def _on_garbled(self) -> None:
        if self.desk is not None:
            self.desk.complain(KnownError("input.too_long"))

    def _on_bug(self, error: BaseException) -> None:
        logger("bug").error("unexpected", exc_info=error)

    def _on_idle(self) -> None:
        if self.books is not None and self.operations.pending == 0:
            self.operations.run(LaneName.LEDGER, self.books.ledger.checkpoint)

    def _on_till_changed(self, till: Till) -> None:
        if self._printers is not None:
            self._printers.use(till)
        if self.books is not None and till is self.books.till and self._training is not None:
            training, self._training = self._training, None
            self.operations.run(LaneName.LEDGER, training.close)

    # Services of the desk

    def training_till(self) -> Till:
        """Books for training; on the ledger's lane."""
        if self.books is None:
            raise KnownError("ledger.closed")
        till, self._training = training_till(self.books, self._options.paths)
        return till

    def save_settings(self, settings: Settings) -> None:
        """Keep settings."""
        save_settings(self._options.paths.settings, settings)
        self.settings = settings

    @property
    def virtual_printer(self) -> VirtualPrinter | None:
        """The printer made of software, where there is one."""
        return self.devices.virtual.printer if self.devices.virtual is not None else None

    def apply_devices(self, settings: Settings) -> None:
        """Use other devices from now on."""
        if self._printers is None:
            return
        self.devices.have_paper_and_drawer(settings)
        use_codes(self.router, self.books, settings)
        try:
            self._printers.apply(settings, self.virtual_printer)
        finally:
            # Whatever is wrong with the printer's settings, the others are used.
            self.devices.listen(settings, with_virtual=self._options.demo)
            if self._customer_line is not None:
                self._customer_line.follow()  # the greeting may be another
            self.beside.show_devices()
            self.beside.have_screen()
            if self.desk is not None:
                self.desk.refresh_header()  # what was gone may not be wanted any more

    def hold_printers(self) -> tuple[Future[None], ...]:
        """Have the printers let go of their ports until :meth:`apply_devices`; done when they have."""
        return self._printers.hold() if self._printers is not None else ()

    def read_scanners(self, *, own: bool) -> None:
        """Read the scanners of the settings, or none but those made of software."""
        self.devices.read_scanners(self.settings if own else Settings(), with_virtual=self._options.demo)

    @property
    def device_acts(self) -> DeviceActs:
        """The devices, for the wizard that sets them up."""
        if self._device_acts is None:
            from pos_app.bootstrap.wizard_acts import WizardActs

            self._device_acts = WizardActs(self)
        return self._device_acts

    def devices_not_here(self, devices: DeviceSettings) -> tuple[str, ...]:
        """Addresses of devices that are not connected."""
        return tuple(where for _, where in not_here(devices, look()))

    def show_customer_screen(self) -> None:
        """Show the customer's screen in a window beside the till's."""
        self.beside.show_screen()

    def receipt_png(self, till: Till, seq: int, kind: str) -> bytes:
        """A paper as a picture; on the reader's lane."""
        printers = self._printers
        return receipt_png(till, self.settings, printers.own if printers else own_of(self.settings), seq, kind)

    @property
    def own_papers(self) -> OwnPapers:
        """The shop's own receipts, to be looked at and changed."""
        return OwnPapers(self._options.paths.receipts, self.settings)

    def sync_now(self) -> None:
        """Send and fetch at once; nothing for a till that is alone."""
        self._office.sync_now()

    @property
    def can_join(self) -> bool:
        """Whether this till may be offered to join a head office."""
        return not self._office.is_member and not self._options.demo

    def enrolling(self) -> Enrolling:
        """What asks head office to take this till in; on the network lane."""
        return self._office.enrolling()

    def head_office_joined(self) -> None:
        """The till was taken in just now: begin to sync, over new books where there were none."""
        joining = joining_of(self._options.paths.data)
        if self.books is not None:
            self._office.take_over()
        elif joining is not None:
            self.settings = settings_of(joining, self.settings)
            self.open_books()

    def _on_joined_open(self, books: Books) -> None:
        """The till joined while somebody works at it: everything that follows holds from now on."""
        self.books = books
        if books.membership is None:
            return
        self._take_settings(books.membership)
        if self.desk is not None and self._printers is not None:
            self._printers.apply(self.settings, self.virtual_printer)
            self.desk.use_settings(self.settings)
            self.desk.use_books(books.till)
            self.desk.use_head_office(books.link)

    def _on_not_joined(self, error: KnownError) -> None:
        """The books do not know it yet; they are told at the next start."""
        logger("start").error("not joined", code=error.code)
        if self.desk is not None:
            self.desk.complain(error)

    def _take_settings(self, membership: Membership) -> None:
        """Head office says which store this is."""
        settings = settings_of(membership, self.settings)
        if settings == self.settings:
            return
        self.settings = settings
        try:
            save_settings(self._options.paths.settings, settings)
        except KnownError as error:
            # They hold all the same, and the books know them for the next start.
            logger("settings").warning("not saved", code=error.code)

    def _on_sync(self, status: SyncStatus) -> None:
        if self.desk is not None:
            self.desk.note_sync(status)
        if self._first_start is not None:
            self._first_start.note_sync(status)

    # Closing

    def close(self) -> None:
        """Let go of everything: devices first, the books last."""
        self._checkpoint.stop()
        self.beside.close()
        if self._device_acts is not None:
            self._device_acts.close()
        self.devices.close()
        self._office.stop()
        if self._printers is not None:
            self._printers.stop()
        # A page of the feed may be on its way into the replica, a look-up out of it: both are done with first.
        self.lanes.shutdown(self._close_books)
        if self.devices.virtual is not None:
            self.devices.virtual.close()
        if self._log_handler is not None:
            import logging

            logging.getLogger().removeHandler(self._log_handler)
            self._log_handler.close()

    def _close_books(self) -> None:
        for each in (self._training, self.books):
            if each is not None:
                each.close()
