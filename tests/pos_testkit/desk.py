"""A cashier's window off screen over a real till, all in one thread: what a person wants happens at once."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from pos_testkit.till import DAY_STARTS_HOUR, TILL, RealTill, real_till

from pos_app.application.device_wizard.acts import Samples
from pos_app.application.device_wizard.state import Answer, Done, Look, Looked, News, Stream, Trial
from pos_app.application.enrolling import Enrolling
from pos_app.application.ports import JobState
from pos_app.application.print_content import PrintContent
from pos_app.application.till import Till, build_till
from pos_app.config import DeviceSettings, PrinterSettings, Settings, ShopSettings, WireKind
from pos_app.domain.ids import StaffId
from pos_app.domain.shift import Shift
from pos_app.domain.staff import Operator, Role
from pos_app.errors import KnownError
from pos_app.infrastructure.ledger.opening import open_training_ledger
from pos_app.infrastructure.ledger.store import SqlLedger
from pos_app.infrastructure.ledger.till import TillIdentity, business_days
from pos_app.infrastructure.receipts.own import OwnReceipts, own_receipts
from pos_app.infrastructure.receipts.trial import TrialPaper
from pos_app.runtime.device_board import DeviceBoard
from pos_app.runtime.lanes import Lanes, Operations
from pos_app.runtime.printing import PrinterHealth, PrintResult, PrintService
from pos_app.ui.desk import Desk
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.approval.view import ApprovalView
from pos_app.ui.session_flow import SessionFlow
from pos_app.ui.shell import Shell
from pos_app.ui.state import Notice
from pos_app.ui.widgets.base import View
from pos_app.ui.widgets.sheet import SheetView

CASHIER = Operator(StaffId("1001"), "小赵", Role.CASHIER)
SUPERVISOR = Operator(StaffId("1002"), "老钱", Role.SUPERVISOR)
MANAGER = Operator(StaffId("1003"), "孙经理", Role.MANAGER)
PNG = b"\x89PNG\r\n\x1a\n"
#: A picture of one dot.
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class FakePrinter:
    """Prints into a list, as well as it is told to."""

    def __init__(self) -> None:
        self.printed: list[PrintContent] = []
        self.result = PrintResult(JobState.CONFIRMED)
        self.reason = ""

    def print(self, job_id: str, content: PrintContent, on_bytes_leaving: Callable[[], None]) -> PrintResult:
        if self.result.state is not JobState.QUEUED:
            on_bytes_leaving()
        if self.result.state in (JobState.SENT, JobState.CONFIRMED):
            self.printed.append(content)
        return self.result

    def open_drawer(self, job_id: str) -> None:
        return

    def missing(self) -> str:
        return ""

    def health(self) -> PrinterHealth:
        return PrinterHealth(self.reason)

    def close(self) -> None:
        return


class FakeActs:
    """Devices for the wizard: does what it is told to, and keeps what was wanted of it.

    Attributes:
        answers: What comes of each kind of act; done well where nothing is said.
        done: What was tried, in order.
        stream: What was listened to last.
        tell: Told what comes of it while somebody listens; else None.
        held: The till's own devices have let go.
        given_back: How often they were used again.
    """

    def __init__(self) -> None:
        self.answers: dict[type, Answer] = {}
        self.done: list[Trial] = []
        self.stream: Stream | None = None
        self.tell: Callable[[News], None] | None = None
        self.held = False
        self.given_back = 0

    def samples(self) -> Samples:
        return Samples({}, (), "101")

    def hold(self, act: Trial) -> None:
        self.held = True

    def do(self, act: Trial) -> Answer:
        assert self.held
        self.done.append(act)
        return self.answers.get(type(act), Looked(()) if isinstance(act, Look) else Done())

    def listen(self, stream: Stream, tell: Callable[[News], None]) -> None:
        self.stream, self.tell = stream, tell

    def stop_listening(self) -> None:
        self.tell = None

    def give_back(self) -> None:
        assert self.tell is None
        self.held = False
        self.given_back += 1


@dataclass(frozen=True)
class FakePapers:
    """The shop's own receipts, in a folder of the test's; what is drawn is a dot."""

    services: FakeServices

    @property
    def folder(self) -> Path:
        return self.services.folder / "receipts"

    def read(self) -> OwnReceipts:
        return own_receipts("zh_CN", self.folder)

    def draw(self, settings: Settings, own: OwnReceipts, content: PrintContent) -> TrialPaper:
        self.services.trials.append((settings, own, content))
        return self.services.draw(settings, own, content)


def _dot(settings: Settings, own: OwnReceipts, content: PrintContent) -> TrialPaper:
    return TrialPaper(DOT, "paper", "û")


@dataclass
class FakeServices:
    """The composition root, as far as presenters see it.

    Attributes:
        saved: Settings kept, in order.
        applied: Settings whose devices were taken into use.
        previews: What was asked to be drawn.
        failure: Raised by every service while it is set.
        synced: How often the till was told to send and fetch at once.
        office: Head office, where one can be joined.
        joined: How often the till joined it.
        customer_screens: How often the customer's screen was wanted in a window.
        not_here: What is said not to be connected.
        device_acts: The devices as the wizard has them.
        trials: What was asked to be drawn as a trial.
        draw: Draws it.
    """

    real: RealTill
    folder: Path
    saved: list[Settings] = field(default_factory=list)
    applied: list[Settings] = field(default_factory=list)
    previews: list[tuple[int, str]] = field(default_factory=list)
    failure: KnownError | None = None
    training: list[SqlLedger] = field(default_factory=list)
    synced: int = 0
    office: Enrolling | None = None
    joined: int = 0
    customer_screens: int = 0
    not_here: tuple[str, ...] = ()
    device_acts: FakeActs = field(default_factory=lambda: FakeActs())
    trials: list[tuple[Settings, OwnReceipts, PrintContent]] = field(default_factory=list)
    draw: Callable[[Settings, OwnReceipts, PrintContent], TrialPaper] = _dot

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure

    def training_till(self) -> Till:
        self._fail()
        context = self.real.context
        ledger = open_training_ledger(
            self.folder / "training",
            till=TillIdentity("till-0001-training", TILL.number),
            clock=self.real.clock,
            business_day=business_days(context.zone, DAY_STARTS_HOUR),
            signer=self.real.keys.signer(),
        )
        self.training.append(ledger)
        from dataclasses import replace

        return build_till(replace(context, ledger=ledger, training=True), self.real.app.lookup._parser)

    def save_settings(self, settings: Settings) -> None:
        self._fail()
        self.saved.append(settings)

    def apply_devices(self, settings: Settings) -> None:
        self._fail()
        self.applied.append(settings)

    def devices_not_here(self, devices: DeviceSettings) -> tuple[str, ...]:
        return self.not_here

    def receipt_png(self, till: Till, seq: int, kind: str) -> bytes:
        self._fail()
        self.previews.append((seq, kind))
        return PNG

    @property
    def own_papers(self) -> FakePapers:
        return FakePapers(self)

    def show_customer_screen(self) -> None:
        self.customer_screens += 1

    def sync_now(self) -> None:
        self.synced += 1

    @property
    def can_join(self) -> bool:
        return self.office is not None

    def enrolling(self) -> Enrolling:
        self._fail()
        assert self.office is not None
        return self.office

    def head_office_joined(self) -> None:
        self.joined += 1


@dataclass
class Counter:
    """The window and everything behind it."""

    real: RealTill
    shell: Shell
    desk: Desk
    printer: FakePrinter
    services: FakeServices
    toasts: list[Notice]

    @property
    def till(self) -> Till:
        """The books in use now."""
        return self.desk.till

    def view(self, name: str) -> View[Any]:
        """A view with its presenter."""
        return self.shell.view(name)

    def state(self, name: str) -> Any:
        """What a view shows."""
        return self.view(name).state

    def presenter(self, name: str) -> Presenter[Any, Any]:
        """The presenter of a view."""
        self.shell.view(name)
        return self.desk._presenters[name]

    @property
    def screen(self) -> str:
        """Name of the screen or sheet in front."""
        active = self.shell.active_view()
        return next(name for name, view in self.shell._views.items() if view is active)

    @property
    def told(self) -> list[str]:
        """Codes of the toasts, in order."""
        return [notice.code for notice in self.toasts]

    def log_in(self, operator: Operator = CASHIER, pin: str | None = None) -> None:
        """Type a PIN at the log-in."""
        if self.screen != "login":
            self.desk.go("login")
        login = self.view("login")
        login.staff_requested.emit(operator.staff_id)
        login.login_requested.emit((operator.staff_id, pin or operator.staff_id[-1] * 4))

    def sit_down(self, operator: Operator = CASHIER, opening_float: str = "500") -> Shift:
        """Come to the counter, with a shift opened where none is; without the PIN, whose check is slow on purpose."""
        self.desk.set_operator(operator)
        SessionFlow(self.desk, self.shell).arrive()
        if self.screen == "open_shift":
            self.view("open_shift").open_requested.emit(opening_float)
        assert self.screen == "selling"
        assert self.desk.shift is not None
        return self.desk.shift

    def approve(self, operator: Operator = MANAGER, pin: str | None = None) -> None:
        """Type an approver's PIN into the sheet that asks for it."""
        sheet = self.view("approval")
        assert isinstance(sheet, ApprovalView | SheetView)
        assert self.screen == "approval"
        sheet.approve_requested.emit((operator.staff_id, pin or operator.staff_id[-1] * 4))


@contextlib.contextmanager
def counter(folder: Path, *, settings: Settings | None = None, **arguments: Any) -> Iterator[Counter]:
    """A window over a real till in a folder; closed at the end."""
    with real_till(folder / "till", **arguments) as real:
        shell = Shell()
        operations = Operations(Lanes(inline=True), shell)
        bugs: list[BaseException] = []
        operations.bug_found.connect(bugs.append)
        printer = FakePrinter()
        printing = PrintService(operations, real.app, printer, shell)
        services = FakeServices(real, folder)
        settings = settings or Settings(
            shop=ShopSettings(name="惠民生活超市"),
            devices=DeviceSettings(printer=PrinterSettings(kind=WireKind.VIRTUAL)),
        )
        desk = Desk(
            shell=shell,
            till=real.app,
            operations=operations,
            printing=printing,
            settings=settings,
            services=services,
            devices=DeviceBoard(lambda standing: None, shell),
        )
        desk._clock.stop()
        # As the composition root does it: papers of training come out of training's queue.
        desk.till_changed.connect(printing.use)
        toasts: list[Notice] = []
        shell.toast = toasts.append  # type: ignore[method-assign]
        shell.tell = lambda *, good: None  # type: ignore[method-assign]
        desk.go("login")
        try:
            yield Counter(real, shell, desk, printer, services, toasts)
        finally:
            printing._retry.stop()
            for ledger in services.training:
                ledger.close()
            shell.allow_close()
            shell.deleteLater()
        if bugs:
            raise bugs[0]


def some_settings(**changes: Any) -> Settings:
    """Settings of a till with a virtual printer."""
    base = Settings(
        shop=ShopSettings(name="惠民生活超市"), devices=DeviceSettings(printer=PrinterSettings(kind=WireKind.VIRTUAL))
    )
    return msgspec.structs.replace(base, **changes)
