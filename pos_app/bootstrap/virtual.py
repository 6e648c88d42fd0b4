"""Devices made of software: of each kind one for a till, remade when the settings want it otherwise."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.bootstrap.devices import ListeningScanner, font_source, printer_profile
from pos_app.config import ScannerSettings

if TYPE_CHECKING:
    from hardware.printers.profile import PrinterProfile
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


def bars_of(code: str) -> str:
    """The barcode a code would have on its packaging, as modules; empty where it would have none."""
    from hardware.printers.barcodes import code128_bits, code128_chunks, code128_possible, ean13_bits

    if len(code) == 13 and code.isascii() and code.isdigit():
        return ean13_bits(code)
    return code128_bits(code128_chunks(code, compact=True)) if code128_possible(code) else ""


class VirtualDevices(QObject):
    """The devices made of software of one till.

    Attributes:
        printer: None where no settings wanted one yet; so are the others.
        virtual_scanner: Sends what is scanned.
        virtual_scale: Weighs.
        virtual_display: The customer's line display.
        pulse_box: A drawer at a port of its own.

    Signals:
        paper_printed: ``(png, text, drawer pulses)`` of each paper; emitted in the printer's thread.
        display_changed: ``(lines, lamp)`` of the display; emitted in its thread.
        drawer_changed: Whether the drawer at a port of its own is open now; emitted in its thread.
    """

    paper_printed = Signal(object)
    display_changed = Signal(object)
    drawer_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.printer: VirtualPrinter | None = None
        self.virtual_scanner: VirtualScanner | None = None
        self.virtual_scale: VirtualScale | None = None
        self.virtual_display: VirtualDisplay | None = None
        self.pulse_box: VirtualPulseBox | None = None
        self._paper: PrinterProfile | None = None

    def load_paper(self, settings: Settings) -> None:
        """Start the printer with the paper of the settings, on the port it had before.

        With the same paper it goes on: a receipt may be in it.
        """
        from hardware.virtual.printer import VirtualPrinter

        paper = printer_profile(settings.devices.printer)
        if self.printer is not None and paper == self._paper:
            return
        port = 0
        if self.printer is not None:
            port = self.printer.port
            self.printer.stop()
        self._paper = paper
        self.printer = VirtualPrinter(paper, on_paper=self._draw, port=port)
        self.printer.start()

    def _draw(self, paper: Paper) -> None:
        """In the printer's thread: the picture is made here, so that the window only shows it."""
        self.paper_printed.emit((paper.png(font_source()), paper.text(), len(paper.pulses)))

    def scanner(self) -> ListeningScanner:
        """The virtual scanner, as the scanner service reads it."""
        from hardware.virtual.scanner import VirtualScanner

        if self.virtual_scanner is None:
            self.virtual_scanner = VirtualScanner()
            self.virtual_scanner.plug()
        return ListeningScanner(self.virtual_scanner.transport, ScannerSettings(echo_ms=0))

    def scale(self, settings: ScaleSettings) -> ReadScale:
        """The virtual scale, speaking as the settings say, as the scale service reads it."""
        from hardware.scales.protocols import PROTOCOLS
        from hardware.virtual.scale import VirtualScale
        from pos_app.bootstrap.scales import ReadScale

        # Of a table of the shop's nobody knows what a scale would say by it.
        protocol = PROTOCOLS.get(settings.protocol, PROTOCOLS["general"])
        lies = 0
        if self.virtual_scale is not None:
            lies = self.virtual_scale.grams
            self.virtual_scale.unplug()
        self.virtual_scale = VirtualScale(protocol.name, in_memory=True)
        self.virtual_scale.lay(lies)
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
        self.virtual_display = VirtualDisplay(
            figures=figures,
            columns=settings.columns,
            in_memory=True,
            on_change=lambda lines, lamp: self.display_changed.emit((lines, lamp)),
        )
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

        pulse = drawer_pulse_of(settings)
        self.pulse_box = VirtualPulseBox(pulse, on_change=self._on_drawer)
        return WiredDrawer(self.pulse_box, settings)

    def _on_drawer(self, is_open: bool) -> None:
        """In the drawer's thread. Not the signal itself is handed out: it must not live longer than this object."""
        self.drawer_changed.emit(is_open)

    def close(self) -> None:
        """Stop the devices."""
        if self.printer is not None:
            self.printer.stop()
        if self.virtual_scale is not None:
            self.virtual_scale.unplug()
        if self.virtual_display is not None:
            self.virtual_display.unplug()
        if self.virtual_scanner is not None:
            with contextlib.suppress(OSError):
                self.virtual_scanner.unplug()
