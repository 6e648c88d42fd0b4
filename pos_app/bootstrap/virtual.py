"""Virtual devices: a printer and a scanner made of software, with their windows beside the till."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pos_app.bootstrap.devices import ListeningScanner, font_source, printer_profile
from pos_app.config import ScannerSettings
from pos_app.domain.ids import is_receipt_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from hardware.virtual.display import VirtualDisplay
    from hardware.virtual.paper import Paper
    from hardware.virtual.printer import VirtualPrinter
    from hardware.virtual.pulse_box import VirtualPulseBox
    from hardware.virtual.scale import VirtualScale
    from hardware.virtual.scanner import VirtualScanner
    from pos_app.bootstrap.displays import ShownDisplay
    from pos_app.bootstrap.drawers import WiredDrawer
    from pos_app.bootstrap.scales import ReadScale
    from pos_app.config import DisplaySettings, DrawerSettings, ScaleSettings, Settings
    from pos_app.ui.virtual.printer import VirtualPrinterWindow
    from pos_app.ui.virtual.scanner import VirtualScannerWindow
    from pos_app.ui.virtual.state import Sample
    from pos_app.ui.virtual.wedge import KeyboardWedge


_RECEIPT: Final = re.compile(r"R\d{16}")
_GAP_PX: Final = 8
_CASCADE_PX: Final = 40


def bars_of(code: str) -> str:
    """The barcode a code would have on its packaging, as modules; empty where it would have none."""
    from hardware.printers.barcodes import code128_bits, code128_chunks, code128_possible, ean13_bits

    if len(code) == 13 and code.isascii() and code.isdigit():
        return ean13_bits(code)
    return code128_bits(code128_chunks(code, compact=True)) if code128_possible(code) else ""


class VirtualDevices(QObject):
    """The virtual printer and scanner of one till.

    Signals:
        paper_printed: ``(png, text, drawer pulses)`` of each paper; emitted in the printer's thread.
    """

    paper_printed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.printer: VirtualPrinter | None = None
        self._scanner: VirtualScanner | None = None
        self.virtual_scale: VirtualScale | None = None
        self.virtual_display: VirtualDisplay | None = None
        self.pulse_box: VirtualPulseBox | None = None
        self._windows: list[QWidget] = []
        self._printer_window: VirtualPrinterWindow | None = None
        self._scanner_window: VirtualScannerWindow | None = None
        self._wedge: KeyboardWedge | None = None
        self._as_wedge = False
        self._till_window: QWidget | None = None
        self.paper_printed.connect(self._on_paper)

    def load_paper(self, settings: Settings) -> None:
        """Start the printer with the paper of the settings, on the port it had before."""
        from hardware.virtual.printer import VirtualPrinter

        port = 0
        if self.printer is not None:
            port = self.printer.port
            self.printer.stop()
        self.printer = VirtualPrinter(printer_profile(settings.devices.printer), on_paper=self._draw, port=port)
        self.printer.start()

    def _draw(self, paper: Paper) -> None:
        """In the printer's thread: the picture is made here, so that the window only shows it."""
        self.paper_printed.emit((paper.png(font_source()), paper.text(), len(paper.pulses)))

    def _on_paper(self, printed: tuple[bytes, str, int]) -> None:
        png, text, pulses = printed
        if self._printer_window is not None:
            if text.strip():
                self._printer_window.show_paper(png, text)
            if pulses:
                self._printer_window.show_drawer()
        number = next((each for each in _RECEIPT.findall(text) if is_receipt_number(each)), "")
        if number and self._scanner_window is not None:
            self._scanner_window.show_last_receipt(number, bars_of(number))

    def scanner(self) -> ListeningScanner:
        """The virtual scanner, as the scanner service reads it."""
        from hardware.virtual.scanner import VirtualScanner

        if self._scanner is None:
            self._scanner = VirtualScanner()
            self._scanner.plug()
        return ListeningScanner(self._scanner.transport, ScannerSettings(echo_ms=0))

    def scale(self, settings: ScaleSettings) -> ReadScale:
        """The virtual scale, speaking as the settings say, as the scale service reads it."""
        from hardware.scales.protocols import PROTOCOLS
        from hardware.virtual.scale import VirtualScale
        from pos_app.bootstrap.scales import ReadScale

        # Of a table of the shop's nobody knows what a scale would say by it.
        protocol = PROTOCOLS.get(settings.protocol, PROTOCOLS["general"])
        if self.virtual_scale is not None:
            self.virtual_scale.unplug()
        self.virtual_scale = VirtualScale(protocol.name, in_memory=True)
        self.virtual_scale.plug()
        return ReadScale(self.virtual_scale.transport(), protocol)

    def display(self, settings: DisplaySettings) -> ShownDisplay:
        """The virtual display of the settings' kind, as the display service uses it.

        Raises:
            KnownError: ``display.model_unknown``.
        """
        from hardware.virtual.display import VirtualDisplay
        from pos_app.bootstrap.displays import ShownDisplay
        from pos_app.infrastructure.device_tables import display_model

        figures = display_model(settings).figures
        if self.virtual_display is not None:
            self.virtual_display.unplug()
        self.virtual_display = VirtualDisplay(figures=figures, columns=settings.columns, in_memory=True)
        self.virtual_display.plug()
        return ShownDisplay(self.virtual_display.transport(), settings)

    def drawer(self, settings: DrawerSettings) -> WiredDrawer:
        """A virtual drawer on a pulse box, as the drawer service uses it.

        Raises:
            KnownError: ``drawer.setting_wrong``.
        """
        from hardware.virtual.pulse_box import VirtualPulseBox
        from pos_app.bootstrap.drawers import WiredDrawer
        from pos_app.infrastructure.device_tables import drawer_pulse_of

        self.pulse_box = VirtualPulseBox(drawer_pulse_of(settings))
        return WiredDrawer(self.pulse_box, settings)

    def scan(self, code: str) -> None:
        """Have the virtual scanner read a code."""
        if self._as_wedge and self._wedge is not None:
            self._wedge.send(code)
        elif self._scanner is not None:
            self._scanner.send(code)
            # A real scanner never takes the keyboard away from the till.
            if self._till_window is not None:
                self._till_window.activateWindow()

    def show_beside(self, window: QWidget, samples: Sequence[Sample]) -> None:
        """Open both windows beside the till's, with things to scan."""
        from pos_app.ui.virtual.printer import VirtualPrinterWindow
        from pos_app.ui.virtual.scanner import VirtualScannerWindow
        from pos_app.ui.virtual.wedge import KeyboardWedge

        self._printer_window = VirtualPrinterWindow()
        self._printer_window.fault_requested.connect(self._on_fault)
        self._printer_window.drawer_shut_requested.connect(self._on_drawer_shut)
        self._scanner_window = VirtualScannerWindow()
        self._scanner_window.scan_requested.connect(self.scan)
        self._scanner_window.plugged_requested.connect(self._on_plugged)
        self._scanner_window.mode_requested.connect(self._on_mode)
        self._scanner_window.show_samples(samples)
        self._wedge = KeyboardWedge(window)
        self._till_window = window
        self._windows = [self._printer_window, self._scanner_window]
        frame = window.frameGeometry()
        room = QGuiApplication.primaryScreen().availableGeometry()
        left, top = frame.right() + _GAP_PX, frame.top()
        # In a row where the screen has the room, narrower than they would like if need be; else one over the other.
        wide = min(self._windows[0].width(), (room.right() - left - _GAP_PX) // 2)
        in_a_row = wide >= max(each.minimumSizeHint().width() for each in self._windows)
        for each in self._windows:
            if in_a_row:
                each.resize(wide, each.height())
            each.move(left, top)
            each.show()
            if in_a_row:
                left += wide + _GAP_PX
            else:
                top += _CASCADE_PX
        window.activateWindow()

    def _on_mode(self, mode: str) -> None:
        self._as_wedge = mode == "wedge"
        if self._scanner_window is not None:
            self._scanner_window.show_mode(mode)

    def _on_drawer_shut(self) -> None:
        if self.printer is not None:
            self.printer.drawer.close()

    def _on_fault(self, name: str) -> None:
        from hardware.virtual.printer import Fault

        if self.printer is not None:
            self.printer.fault = Fault(name)

    def _on_plugged(self, plugged: bool) -> None:
        if self._scanner is None:
            return
        if plugged:
            self._scanner.plug()
        else:
            self._scanner.unplug()
        if self._scanner_window is not None:
            self._scanner_window.show_plugged(plugged)

    def close(self) -> None:
        """Stop the devices and close their windows."""
        for window in self._windows:
            window.close()
            # Theirs is no parent that would end them, and Python's collector, which would, takes what hangs together
            # apart in an order of its own: a list, its model and its delegate do not survive that.
            window.deleteLater()
        self._windows = []
        self._printer_window = self._scanner_window = None
        if self.printer is not None:
            self.printer.stop()
        if self.virtual_scale is not None:
            self.virtual_scale.unplug()
        if self.virtual_display is not None:
            self.virtual_display.unplug()
        if self._scanner is not None:
            with contextlib.suppress(OSError):
                self._scanner.unplug()
