"""What all presenters share: the till, who is at it, the open shift, and the way from screen to screen.

Presenters never hold one another. They ask the desk to go somewhere with a request, and a request carries the bound
methods that want to hear the answer.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.application.head_office import Line
from pos_app.config import WireKind
from pos_app.errors import KnownError
from pos_app.runtime.device_board import DeviceBoard, DeviceRole, DeviceStanding
from pos_app.runtime.displaying import DisplayService
from pos_app.runtime.drawer import DrawerService
from pos_app.runtime.lanes import LaneName, Operations
from pos_app.runtime.weighing import ScaleService
from pos_app.ui.customer_feed import CustomerFeed
from pos_app.ui.day_news import DayNews
from pos_app.ui.device_words import printer_notice
from pos_app.ui.state import Notice, Tone
from pos_app.ui.widgets.status_bar import HeaderState

if TYPE_CHECKING:
    from pos_app.application.device_wizard.acts import DeviceActs
    from pos_app.application.enrolling import Enrolling
    from pos_app.application.head_office import HeadOffice, SyncStatus
    from pos_app.application.till import Till
    from pos_app.config import DeviceSettings, Settings
    from pos_app.domain.shift import Shift
    from pos_app.domain.staff import Operator, Permission
    from pos_app.runtime.printing import PrinterStatus, PrintService
    from pos_app.ui.own_papers import OwnPapers
    from pos_app.ui.presenter import Presenter
    from pos_app.ui.shell import Shell
    from pos_app.ui.widgets.base import View

T = TypeVar("T")

#: Name of a screen or sheet to the class that brings it to life; loaded when it is first shown.
PRESENTERS: Final[dict[str, tuple[str, str]]] = {
    "login": ("pos_app.ui.screens.login.presenter", "LoginPresenter"),
    "open_shift": ("pos_app.ui.screens.open_shift.presenter", "OpenShiftPresenter"),
    "selling": ("pos_app.ui.screens.selling.presenter", "SellingPresenter"),
    "payment": ("pos_app.ui.screens.payment.presenter", "PaymentPresenter"),
    "line_edit": ("pos_app.ui.screens.line_edit.presenter", "LineEditPresenter"),
    "approval": ("pos_app.ui.screens.approval.presenter", "ApprovalPresenter"),
    "recall": ("pos_app.ui.screens.recall.presenter", "RecallPresenter"),
    "member_search": ("pos_app.ui.screens.member_search.presenter", "MemberSearchPresenter"),
    "member_capture": ("pos_app.ui.screens.member_capture.presenter", "MemberCapturePresenter"),
    "goods": ("pos_app.ui.screens.goods.presenter", "GoodsPresenter"),
    "choice": ("pos_app.ui.screens.choice.presenter", "ChoicePresenter"),
    "benefits": ("pos_app.ui.screens.benefits.presenter", "BenefitsPresenter"),
    "receipt_preview": ("pos_app.ui.screens.receipt_preview.presenter", "ReceiptPreviewPresenter"),
    "refund": ("pos_app.ui.screens.refund.presenter", "RefundPresenter"),
    "sales": ("pos_app.ui.screens.sales.presenter", "SalesPresenter"),
    "report": ("pos_app.ui.screens.report.presenter", "ReportPresenter"),
    "shift_close": ("pos_app.ui.screens.shift_close.presenter", "ShiftClosePresenter"),
    "devices": ("pos_app.ui.screens.devices.presenter", "DevicesPresenter"),
    "device_wizard": ("pos_app.ui.screens.device_wizard.presenter", "DeviceWizardPresenter"),
    "settings": ("pos_app.ui.screens.settings.presenter", "SettingsPresenter"),
    "more": ("pos_app.ui.screens.more.presenter", "MorePresenter"),
    "cash_move": ("pos_app.ui.screens.cash_move.presenter", "CashMovePresenter"),
    "end_of_day": ("pos_app.ui.screens.end_of_day.presenter", "EndOfDayPresenter"),
    "join": ("pos_app.ui.screens.join.presenter", "JoinPresenter"),
    "head_office": ("pos_app.ui.screens.head_office.presenter", "HeadOfficePresenter"),
}
CLOCK_MS: Final = 5_000


class Services(Protocol):
    """What only the composition root can do for a presenter."""

    def training_till(self) -> Till:
        """Books that are thrown away: the real members and goods, no real money."""

    def save_settings(self, settings: Settings) -> None:
        """Keep settings.

        Raises:
            KnownError: ``settings.not_saved``.
        """

    def apply_devices(self, settings: Settings) -> None:
        """Use other devices from now on; called in the window's thread."""

    def devices_not_here(self, devices: DeviceSettings) -> tuple[str, ...]:
        """Addresses of devices that are not connected to this computer; takes seconds, never in the window's thread."""

    @property
    def device_acts(self) -> DeviceActs:
        """The devices, for the wizard that sets them up."""

    def receipt_png(self, till: Till, seq: int, kind: str) -> bytes:
        """A paper as a picture, exactly as the printer would show it; slow, for the reader lane."""

    @property
    def own_papers(self) -> OwnPapers:
        """The shop's own receipts, to be looked at and changed."""

    def show_customer_screen(self) -> None:
        """Show the customer's screen in a window beside the till's, whatever the settings say."""

    def sync_now(self) -> None:
        """Send and fetch at once instead of when it is due; returns at once. Nothing for a till that is alone."""

    @property
    def can_join(self) -> bool:
        """Whether this till can be offered to join a head office."""

    def enrolling(self) -> Enrolling:
        """What asks head office to take this till in; on the sync lane.

        Raises:
            KnownError: ``sync.joined_already``.
        """

    def head_office_joined(self) -> None:
        """The till was taken in just now: begin to sync. Called in the window's thread."""


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """Ask for the PIN of somebody who may.

    Attributes:
        permission: What for.
        granted: Told the approver (an ``Operator``).
        what: Code of what is to be approved, where the permission alone does not say it.
    """

    permission: Permission
    granted: Callable[[Operator], None]
    what: str = ""


class Desk(QObject):
    """The shared state of the window.

    Signals:
        operator_changed: The operator who is now logged in, or None.
        shift_changed: The open shift, or None.
        till_changed: Other books are in use (training went on or off).
        leave_requested: The program should end.
        sale_changed: The sale being rung is another than before.
        sync_changed: How the line to head office stands now, a ``SyncStatus``.
    """

    operator_changed = Signal(object)
    shift_changed = Signal(object)
    till_changed = Signal(object)
    leave_requested = Signal()
    sale_changed = Signal()
    sync_changed = Signal(object)

    def __init__(
        self,
        *,
        shell: Shell,
        till: Till,
        operations: Operations,
        printing: PrintService,
        settings: Settings,
        services: Services,
        devices: DeviceBoard,
        head_office: HeadOffice | None = None,
        scale: ScaleService | None = None,
        display: DisplayService | None = None,
        drawer: DrawerService | None = None,
    ) -> None:
        super().__init__(shell)
        self.shell = shell
        self.till = till
        self.real_till = till
        self.operations = operations
        self.printing = printing
        self.settings = settings
        self.shell.key_mark = settings.devices.key_mark
        self.services = services
        self.head_office: HeadOffice = head_office or till.context.head_office
        self.operator: Operator | None = None
        self.shift: Shift | None = None
        #: Where whoever logs in first goes before work; empty for nowhere.
        self.first_screen = ""
        self.devices = devices
        self.scale = scale or ScaleService(devices, self)
        self.display = display or DisplayService(devices, self)
        self.drawer = drawer or DrawerService(devices, self)
        devices.changed.connect(self._on_device)
        self._printer = printing.status
        self._presenters: dict[str, Presenter[Any, Any]] = {}
        self._header = HeaderState()
        self._retry: Callable[[Operator], None] | None = None
        self.day_news = DayNews(self)
        self.customer = CustomerFeed(self)
        shell.screen_changed.connect(self.customer.note_screen)
        shell.view_built.connect(self._on_view_built)
        shell.head_office_requested.connect(self._on_head_office)
        printing.status_changed.connect(self._on_printer)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(self.refresh_header)
        self._clock.start()

    # Work

    def ledger(
        self,
        work: Callable[[], T],
        done: Callable[[T], Any] | None = None,
        failed: Callable[[KnownError], Any] | None = None,
    ) -> None:
        """Run a user action on the ledger's lane; what it put into the print queue is printed afterwards."""
        self.operations.run(LaneName.LEDGER, work, done, failed or self.complain)
        # Queued behind the action on its own lane, so it is heard after the action's transaction has ended.
        self.operations.run(LaneName.LEDGER, _nothing, self._on_ledger_idle)

    def reader(
        self,
        work: Callable[[], T],
        done: Callable[[T], Any] | None = None,
        failed: Callable[[KnownError], Any] | None = None,
    ) -> None:
        """Run a question on the reader's lane."""
        self.operations.run(LaneName.READER, work, done, failed or self.complain)

    def _on_ledger_idle(self, nothing: object) -> None:
        self.printing.kick()
        self.refresh_header()

    def require_operator(self) -> Operator:
        """Who is logged in.

        Raises:
            KnownError: ``session.none``.
        """
        if self.operator is None:
            raise KnownError("session.none")
        return self.operator

    # Ways

    def go(self, name: str, request: object = None) -> None:
        """Bring a screen to the front."""
        self.shell.view(name)
        presenter = self._presenters.get(name)
        self.shell.show_screen(name)
        if presenter is not None:
            presenter.enter(request)

    def open(self, name: str, request: object = None) -> None:
        """Open a sheet over the screen."""
        self.shell.view(name)
        presenter = self._presenters.get(name)
        if presenter is not None:
            presenter.enter(request)
        self.shell.open_sheet(name)

    def close(self) -> None:
        """Close the sheet in front."""
        self.shell.close_sheet()

    def complain(self, error: KnownError) -> None:
        """Say what went wrong as a toast, with the sound for no."""
        self.shell.toast(Notice.of(error))
        self.shell.tell(good=False)

    def tell(self, code: str, tone: Tone = Tone.SUCCESS, **details: object) -> None:
        """Tell a fact as a toast."""
        self.shell.toast(Notice(tone, code, details))

    def ask_approval(self, permission: Permission, granted: Callable[[Operator], None], what: str = "") -> None:
        """Open the approval sheet; ``granted`` is told the approver."""
        self.open("approval", ApprovalRequest(permission, granted, what))

    def approve_and_retry(self, error: KnownError, again: Callable[[Operator], None]) -> bool:
        """Where an action failed for want of a permission, ask for an approver and try again.

        Returns:
            Whether the error was about a permission (and has been dealt with).
        """
        if error.code != "permission.missing":
            return False
        from pos_app.domain.staff import Permission

        self.ask_approval(Permission(str(error.details["permission"])), again)
        return True

    # State

    def set_operator(self, operator: Operator | None) -> None:
        """Somebody logged in or out."""
        self.operator = operator
        if operator is None:
            self.customer.forget()
        self.scale.watch(on=operator is not None)
        self.operator_changed.emit(operator)
        self.refresh_header()

    def set_shift(self, shift: Shift | None) -> None:
        """A shift was opened or closed."""
        self.shift = shift
        self.shift_changed.emit(shift)
        self.refresh_header()

    @property
    def is_training(self) -> bool:
        """Whether training mode is on."""
        return self.till is not self.real_till

    def use_till(self, till: Till) -> None:
        """Work with other books from now on."""
        self.till = till
        self.customer.forget()
        self.shell.show_training(on=self.is_training)
        self.till_changed.emit(till)

    def use_books(self, till: Till) -> None:
        """The till's own books work by other rules from now on: it joined a head office."""
        was_training, self.real_till = self.is_training, till
        if not was_training:
            self.use_till(till)

    def use_settings(self, settings: Settings) -> None:
        """Other settings hold from now on (they are already saved)."""
        self.settings = settings
        self.shell.key_mark = settings.devices.key_mark
        self.refresh_header()

    def refresh_header(self) -> None:
        """Draw the status bar again."""
        status = self.printing.status
        gone = [each.role.value for each in self.devices.wrong() if not self._is_printer(each)]
        self._header = replace(
            self._header,
            store=self.settings.shop.name,
            till=f"{self.settings.till_number:02d}",
            shift_no=self.shift.number if self.shift else None,
            cashier=self.operator.name if self.operator else "",
            printer=Tone.NEUTRAL if self.settings.devices.printer.kind is WireKind.NONE else _printer_tone(status),
            receipts_waiting=status.waiting + status.failed,
            stand_in=status.stand_in,
            device_gone=gone[0] if gone else "",
            more_gone=max(0, len(gone) - 1),
            clock=self.till.context.local_now().strftime("%H:%M"),
        )
        self._header = _with_sync(self._header, self.head_office.status())
        self.shell.show_header(self._header)

    # Head office

    def use_head_office(self, head_office: HeadOffice) -> None:
        """The till belongs to a head office from now on."""
        self.head_office = head_office
        self.note_sync(head_office.status())

    def note_sync(self, status: SyncStatus) -> None:
        """The line to head office stands otherwise than before: the badge follows, nothing else moves."""
        self._show_sync(status)
        self.sync_changed.emit(status)

    def _show_sync(self, status: SyncStatus) -> None:
        before, self._header = self._header, _with_sync(self._header, status)
        if self._header != before:
            self.shell.show_header(self._header)

    def _on_head_office(self) -> None:
        """The badge was touched."""
        if self.head_office.status().line is not Line.ALONE:
            self.open("head_office")

    def _on_printer(self, status: PrinterStatus) -> None:
        """Say once why papers do not come; the badge in the status bar stays until they do."""
        before, self._printer = self._printer, status
        if status.stand_in and not before.stand_in:
            self.tell("printer.stand_in", Tone.WARNING)
        elif before.stand_in and not status.stand_in and not status.reason:
            self.tell("printer.back")
        elif status.reason and status.reason != before.reason:
            self.shell.toast(printer_notice(status.reason))
        elif status.failed > before.failed and not status.reason:
            self.shell.toast(printer_notice("interrupted"))
        self.refresh_header()

    def _on_device(self, change: tuple[DeviceStanding, DeviceStanding | None]) -> None:
        """A device went away or came back: said once, wherever the cashier is, and in the status bar until it is."""
        standing, before = change
        if self._is_printer(standing):
            return  # its queue says more
        was_wrong = before is not None and before.is_wrong
        if standing.is_wrong and not was_wrong:
            self.tell(f"{standing.role.value}.gone", Tone.WARNING, place=standing.place)
        elif was_wrong and not standing.is_wrong and standing.state != "closed":
            self.tell(f"{standing.role.value}.back", place=standing.place)
        self.refresh_header()

    def _is_printer(self, standing: DeviceStanding) -> bool:
        """Whether it is the receipts' own printer, of which queue and badge tell."""
        return standing.role is DeviceRole.PRINTER and standing.place == self.settings.devices.printer.where

    def _on_view_built(self, name: str, view: View[Any]) -> None:
        entry = PRESENTERS.get(name)
        if entry is not None:
            module, class_name = entry
            self._presenters[name] = getattr(importlib.import_module(module), class_name)(view, self)

    def adopt(self, name: str, view: View[Any]) -> None:
        """Bring a view to life that was built before the desk stood (the log-in)."""
        self._on_view_built(name, view)


def _nothing() -> None:
    """Ends when everything queued before it has."""


def _with_sync(header: HeaderState, status: SyncStatus) -> HeaderState:
    """The status bar with how the line to head office stands."""
    loading = status.snapshot_done < status.snapshot_rows
    done, whole = status.to_send - status.waiting, status.to_send
    if loading:
        done, whole = status.snapshot_done, status.snapshot_rows
    return replace(
        header,
        line=status.line.value,
        waiting=status.waiting,
        percent=max(0, min(100, done * 100 // whole)) if whole else None,
        first_load=loading,
        concerns=status.concerns,
    )


def _printer_tone(status: PrinterStatus) -> Tone:
    if status.failed:
        return Tone.DANGER
    return Tone.SUCCESS if status.ready and not status.stand_in else Tone.WARNING
