"""All devices of a running till but the receipt printer's queue: made from settings, changed while the till runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.bootstrap.devices import scanner_for
from pos_app.bootstrap.displays import display_for
from pos_app.bootstrap.drawers import drawer_for
from pos_app.bootstrap.scales import scale_for
from pos_app.config import WireKind
from pos_app.errors import KnownError
from pos_app.infrastructure.logs import logger
from pos_app.runtime.device_board import DeviceBoard, DeviceRole, DeviceStanding
from pos_app.runtime.displaying import DisplayService
from pos_app.runtime.drawer import DrawerService
from pos_app.runtime.scanning import ScannerService
from pos_app.runtime.weighing import ScaleService

if TYPE_CHECKING:
    from pos_app.bootstrap.virtual import VirtualDevices
    from pos_app.config import Settings


class DeviceService(QObject):
    """The devices at work.

    Attributes:
        board: How each stands.
        scanners: Reads those scanners that have ports of their own.
        scale: What lies on the scale.
        display: What the customer sees in a line.
        drawer: The cash drawer, where it has a wire of its own.
        virtual: Devices made of software; None where none is wanted.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board = DeviceBoard(_log, self)
        self.scanners = ScannerService(self.board, self)
        self.scale = ScaleService(self.board, self)
        self.display = DisplayService(self.board, self)
        self.drawer = DrawerService(self.board, self)
        self.virtual: VirtualDevices | None = None

    def have_virtual(self) -> VirtualDevices:
        """Devices made of software, made when they are first wanted."""
        if self.virtual is None:
            from pos_app.bootstrap.virtual import VirtualDevices

            self.virtual = VirtualDevices(self)
        return self.virtual

    def have_paper_and_drawer(self, settings: Settings) -> None:
        """What has to be there before the printers are."""
        self.load_paper(settings)
        self.have_drawer(settings)

    def load_paper(self, settings: Settings) -> None:
        """Have a virtual printer where the settings want one."""
        devices = settings.devices
        printers = (devices.printer, devices.stand_in, *(each.printer for each in devices.copies))
        if any(each.kind is WireKind.VIRTUAL for each in printers):
            self.have_virtual().load_paper(settings)

    def listen(self, settings: Settings, *, with_virtual: bool) -> None:
        """Use scanners, scale and display of the settings, and no others."""
        self.read_scanners(settings, with_virtual=with_virtual)
        self._weigh(settings)
        self._face_customer(settings)

    def hold(self) -> None:
        """Let go of the ports of scale, display and drawer until they are used again."""
        self.scale.stop()
        self.display.stop()
        self.drawer.stop()

    def read_scanners(self, settings: Settings, *, with_virtual: bool) -> None:
        """Read the scanners of the settings, and no others; a port that cannot be is told and passed over."""
        self.scanners.stop()
        self.board.forget(DeviceRole.SCANNER)
        for each in settings.devices.scanners:
            try:
                scanner = scanner_for(each)
            except KnownError as error:
                self.board.note(DeviceStanding(DeviceRole.SCANNER, each.where, "error", error.code))
                continue
            if scanner is not None:
                self.scanners.start(each.where, scanner)
        if with_virtual:
            self.scanners.start("", self.have_virtual().scanner())

    def _weigh(self, settings: Settings) -> None:
        """Read the scale of the settings; one that cannot be is told, and weights are typed."""
        wanted = settings.devices.scale
        try:
            virtual = wanted.kind is WireKind.VIRTUAL
            self.scale.use(wanted.where, self.have_virtual().scale(wanted) if virtual else scale_for(wanted))
        except KnownError as error:
            self.scale.use("", None)
            self.board.note(DeviceStanding(DeviceRole.SCALE, wanted.where, "error", error.code))

    def _face_customer(self, settings: Settings) -> None:
        """Have the line display of the settings; one that cannot be is told, and selling goes on without it."""
        wanted = settings.devices.display
        try:
            virtual = wanted.kind is WireKind.VIRTUAL
            device = self.have_virtual().display(wanted) if virtual else display_for(wanted)
            self.display.use(wanted.where, device)
        except KnownError as error:
            self.display.use("", None)
            self.board.note(DeviceStanding(DeviceRole.DISPLAY, wanted.where, "error", error.code))

    def have_drawer(self, settings: Settings) -> None:
        """Open the drawer of the settings; one that cannot be is told, and then it hangs on the printer."""
        wanted = settings.devices.drawer
        try:
            virtual = wanted.kind is WireKind.VIRTUAL
            device = self.have_virtual().drawer(wanted) if virtual else drawer_for(wanted)
            at_printer = wanted.open_when_high if wanted.sensor == "printer" else None
            self.drawer.use(wanted.where, device, at_printer=at_printer)
        except KnownError as error:
            self.drawer.use("", None)
            self.board.note(DeviceStanding(DeviceRole.DRAWER, wanted.where, "error", error.code))

    def close(self) -> None:
        """Let go of everything that listens."""
        self.scanners.stop()
        self.scale.stop()
        self.display.stop()
        self.drawer.stop()


def _log(standing: DeviceStanding) -> None:
    logger("devices").info(
        "state", role=standing.role.value, place=standing.place, state=standing.state, reason=standing.reason
    )
