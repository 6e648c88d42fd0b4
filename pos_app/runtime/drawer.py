"""The drawer service: opens a drawer that has a wire of its own, and knows whether the drawer stands open."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

import msgspec
from PySide6.QtCore import QObject, Signal

from pos_app.application.ports import JobKind, JobState
from pos_app.runtime.device_board import DeviceBoard, DeviceRole, DeviceStanding
from pos_app.runtime.printing import Printer, PrinterHealth, PrintResult

if TYPE_CHECKING:
    from pos_app.application.print_content import PrintContent

#: For so many papers it is remembered that the drawer was asked to open: each is tried again and again, and more than a
#: day's do not wait for a printer.
_REMEMBERED: Final = 4096


class DrawerDevice(Protocol):
    """A drawer with a wire of its own, driven in a thread of its own."""

    def start(self, on_open: Callable[[bool | None], None], on_state: Callable[[str, str], None]) -> None:
        """Begin. ``on_open`` gets whether it is open, None where that is not known; both once per change."""

    def open_drawer(self) -> bool:
        """Open it; returns at once, False when it cannot be opened now. From any thread."""

    def stop(self) -> None:
        """End within a few seconds."""


class DrawerService(QObject):
    """The till's cash drawer.

    Signals:
        changed: Whether it stands open, None where nobody knows.
    """

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(self, board: DeviceBoard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._device: DrawerDevice | None = None
        self._is_open: bool | None = None
        self._at_printer: bool | None = None
        self._asked: OrderedDict[str, bool] = OrderedDict()
        self._asking = threading.Lock()
        self._heard.connect(self._on_heard)

    @property
    def has_wire(self) -> bool:
        """Whether it has a wire of its own; else it hangs on the receipt printer, if there is one."""
        return self._device is not None

    @property
    def is_heard_late(self) -> bool:
        """Whether the printer tells, and only when it is asked."""
        return self._at_printer is not None

    @property
    def is_open(self) -> bool | None:
        """Whether it stands open; None where nothing tells."""
        return self._is_open

    def use(self, place: str, device: DrawerDevice | None, *, at_printer: bool | None = None) -> None:
        """Open this drawer from now on.

        Args:
            place: Its address.
            device: The drawer; None for one that hangs on the printer.
            at_printer: The level at which its sensor at the printer says that it is open; None for no such sensor.
        """
        self.stop()
        self._at_printer = at_printer
        self._board.forget(DeviceRole.DRAWER)
        self._device = device
        if device is None:
            return

        def tell(state: str, reason: str) -> None:
            # Busy is a matter of a moment: to whoever looks at the drawer it is ready all the while.
            if self._device is not device:
                return  # let go of: nobody wants its last words, and whoever would hear them may be gone
            shown = "idle" if state == "busy" else state
            self._board.note(DeviceStanding(DeviceRole.DRAWER, place, shown, reason))

        device.start(self._hear, tell)

    def hear_printer(self, high: bool | None) -> None:
        """The printer told the level of the drawer's sensor; None where it does not say."""
        if self._at_printer is not None:
            self._on_heard(None if high is None else high is self._at_printer)

    def beside(self, printer: Printer) -> Printer:
        """A printer whose papers open this drawer, whenever it has a wire of its own."""
        return PrinterBesideDrawer(printer, self)

    def open_drawer(self) -> bool:
        """Open a drawer with a wire of its own; False when it cannot be opened now. From any thread."""
        device = self._device
        return device is not None and device.open_drawer()

    def open_for(self, job_id: str) -> bool:
        """Open a drawer with a wire of its own for a paper: once, however often that is tried. From any thread.

        Returns:
            Whether it was opened; later it is not opened any more, with nobody there.
        """
        with self._asking:
            if job_id not in self._asked:
                self._asked[job_id] = self.open_drawer()
                if len(self._asked) > _REMEMBERED:
                    self._asked.popitem(last=False)
            return self._asked[job_id]

    def stop(self) -> None:
        """Let the drawer go."""
        device, self._device = self._device, None
        self._on_heard(None)
        if device is not None:
            device.stop()

    def _hear(self, is_open: bool | None) -> None:
        """In the device's thread. Not the signal itself is handed out: it must not live longer than this object."""
        if self._device is not None:
            self._heard.emit(is_open)

    def _on_heard(self, is_open: bool | None) -> None:
        if is_open is not self._is_open:
            self._is_open = is_open
            self.changed.emit(is_open)


class PrinterBesideDrawer:
    """A printer beside a drawer that may have a wire of its own: then what opens it goes there, paper to the printer.

    The drawer opens first and whatever becomes of the paper, so that change can be given; once for a job.
    """

    def __init__(self, printer: Printer, drawer: DrawerService) -> None:
        self._printer = printer
        self._drawer = drawer

    def print(self, job_id: str, content: PrintContent, on_bytes_leaving: Callable[[], None]) -> PrintResult:
        """Open the drawer where the job says so, then print."""
        if not content.opens_drawer or not self._drawer.has_wire:
            return self._printer.print(job_id, content, on_bytes_leaving)
        if content.kind is JobKind.OPEN_DRAWER:
            on_bytes_leaving()
        opened = self._drawer.open_for(job_id)
        if content.kind is JobKind.OPEN_DRAWER:
            # Not tried again: it would open with nobody there. That the drawer is gone was told when it went.
            return PrintResult(JobState.SENT) if opened else PrintResult(JobState.CANCELLED, "drawer.gone")
        content = msgspec.structs.replace(content, opens_drawer=False)
        return self._printer.print(job_id, content, on_bytes_leaving)

    def open_drawer(self, job_id: str) -> None:
        """Open it for a job whose paper waits."""
        if not self._drawer.has_wire:
            self._printer.open_drawer(job_id)
        else:
            self._drawer.open_for(job_id)

    def missing(self) -> str:
        """As the printer."""
        return self._printer.missing()

    def health(self) -> PrinterHealth:
        """As the printer."""
        return self._printer.health()

    def close(self) -> None:
        """Let the printer go; the drawer has an owner of its own."""
        self._printer.close()
