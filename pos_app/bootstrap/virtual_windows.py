"""Windows beside the till of devices made of software: what happens there is shown, what is done there happens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QGuiApplication

from pos_app.bootstrap.virtual import VirtualDevices, bars_of
from pos_app.config import WireKind
from pos_app.domain.ids import is_receipt_number
from pos_app.ui.virtual.counter import VirtualCounterWindow
from pos_app.ui.virtual.placing import Wish, place, place_most
from pos_app.ui.virtual.printer import VirtualPrinterWindow
from pos_app.ui.virtual.scanner import VirtualScannerWindow
from pos_app.ui.virtual.state import UNPLUGGED
from pos_app.ui.virtual.wedge import KeyboardWedge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.config import Settings
    from pos_app.ui.virtual.state import Sample

_RECEIPT: Final = re.compile(r"R\d{16}")


class VirtualWindows(QObject):
    """Printer, scanner, and what else stands on the counter; only those windows that the settings want.

    Args:
        devices: What they show.
        till: The till's window.
        samples: Things to scan.
    """

    def __init__(self, devices: VirtualDevices, till: QWidget, samples: Sequence[Sample]) -> None:
        super().__init__(devices)
        self._devices = devices
        self._till = till
        self._wedge = KeyboardWedge(till)
        self._as_wedge = False
        self._shown: list[QWidget] = []
        self.printer = VirtualPrinterWindow()
        self.printer.fault_requested.connect(self._on_fault)
        self.printer.drawer_shut_requested.connect(self._on_printer_drawer_shut)
        self.scanner = VirtualScannerWindow()
        self.scanner.scan_requested.connect(self.scan)
        self.scanner.plugged_requested.connect(self._on_scanner_plugged)
        self.scanner.mode_requested.connect(self._on_mode)
        self.scanner.show_samples(samples)
        self.counter = VirtualCounterWindow()
        self.counter.lay_requested.connect(self._on_lay)
        self.counter.tare_requested.connect(self._on_tare)
        self.counter.scale_fault_requested.connect(self._on_scale_fault)
        self.counter.display_plugged_requested.connect(self._on_display_plugged)
        self.counter.drawer_plugged_requested.connect(self._on_drawer_plugged)
        self.counter.drawer_shut_requested.connect(self._on_drawer_shut)
        devices.paper_printed.connect(self._on_paper)
        devices.display_changed.connect(self._on_display)
        devices.drawer_changed.connect(self._on_drawer)

    def show_for(self, settings: Settings) -> None:
        """Show those that the settings want, where they cover nothing; those that are shown stay where they are."""
        wanted = settings.devices
        virtual = WireKind.VIRTUAL
        printers = (wanted.printer, wanted.stand_in, *(each.printer for each in wanted.copies))
        on_counter = (wanted.scale.kind, wanted.display.kind, wanted.drawer.kind)
        scale, display, drawer = (each is virtual for each in on_counter)
        self.counter.have(scale=scale, display=display, drawer=drawer)
        self._show_counter()
        shown: list[QWidget] = [self.printer] if any(each.kind is virtual for each in printers) else []
        shown.append(self.scanner)
        if virtual in on_counter:
            shown.append(self.counter)
        if shown == self._shown:
            return
        for each in (self.printer, self.scanner, self.counter):
            if each not in shown:
                each.hide()
        self._shown = shown
        self._place()

    def covers(self, place: QRect) -> bool:
        """Whether one of them stands at a place."""
        return any(each.isVisible() and each.frameGeometry().intersects(place) for each in self._shown)

    def _place(self) -> None:
        room = QGuiApplication.primaryScreen().availableGeometry()
        till = self._till.frameGeometry()
        # Best the scanner has a column of its own; where there is little room it goes before the counter.
        best = sorted(self._shown, key=(self.printer, self.counter, self.scanner).index)
        tills = (till, QRect(room.topLeft(), till.size()))
        ways = [(where, order) for where in tills for order in (best, self._shown)]
        where, windows = next(
            (way for way in ways if place(room, way[0], _wishes(way[1])) is not None), (till, self._shown)
        )
        if where.topLeft() != till.topLeft():
            self._till.move(where.topLeft())
        for window, at in zip(windows, place_most(room, where, _wishes(windows)), strict=True):
            window.setGeometry(at)
            window.show()
        self._till.raise_()
        self._till.activateWindow()

    def scan(self, code: str) -> None:
        """Have the virtual scanner read a code."""
        if self._as_wedge:
            self._wedge.send(code)
        elif self._devices.virtual_scanner is not None:
            self._devices.virtual_scanner.send(code)
            # A real scanner never takes the keyboard away from the till.
            self._till.activateWindow()

    def close(self) -> None:
        """End them; what devices still say is not heard."""
        self._devices.paper_printed.disconnect(self._on_paper)
        self._devices.display_changed.disconnect(self._on_display)
        self._devices.drawer_changed.disconnect(self._on_drawer)
        for window in (self.printer, self.scanner, self.counter):
            window.close()
            # Theirs is no parent that would end them, and Python's collector, which would, takes what hangs together
            # apart in an order of its own: a list, its model and its delegate do not survive that.
            window.deleteLater()
        self._shown = []

    # What happened at a device

    def _on_paper(self, printed: tuple[bytes, str, int]) -> None:
        png, text, pulses = printed
        if text.strip():
            self.printer.show_paper(png, text)
        if pulses:
            self.printer.show_drawer()
        number = next((each for each in _RECEIPT.findall(text) if is_receipt_number(each)), "")
        if number:
            self.scanner.show_last_receipt(number, bars_of(number))

    def _on_display(self, shown: tuple[tuple[str, ...], str]) -> None:
        self.counter.show_lines(*shown)

    def _on_drawer(self, is_open: bool) -> None:
        self.counter.show_drawer(is_open)

    def _show_counter(self) -> None:
        """Devices that were made anew are plugged in and in order."""
        scale, display, box = self._devices.virtual_scale, self._devices.virtual_display, self._devices.pulse_box
        if scale is not None:
            self.counter.show_scale(scale.grams, scale.fault.value)
        if display is not None:
            self.counter.show_lines(display.lines, display.lamp)
            self.counter.show_display_plugged(True)
        if box is not None:
            self.counter.show_drawer(box.drawer.is_open)
            self.counter.show_drawer_plugged(True)

    # What a person does there

    def _on_mode(self, mode: str) -> None:
        self._as_wedge = mode == "wedge"
        self.scanner.show_mode(mode)

    def _on_printer_drawer_shut(self) -> None:
        if self._devices.printer is not None:
            self._devices.printer.drawer.close()

    def _on_fault(self, name: str) -> None:
        from hardware.virtual.printer import Fault

        if self._devices.printer is not None:
            self._devices.printer.fault = Fault(name)

    def _on_scanner_plugged(self, plugged: bool) -> None:
        scanner = self._devices.virtual_scanner
        if scanner is None:
            return
        if plugged:
            scanner.plug()
        else:
            scanner.unplug()
        self.scanner.show_plugged(plugged)

    def _on_lay(self, grams: int) -> None:
        if self._devices.virtual_scale is not None:
            self._devices.virtual_scale.lay(grams)
            self._show_scale()

    def _on_tare(self) -> None:
        if self._devices.virtual_scale is not None:
            self._devices.virtual_scale.tare()
            self._show_scale()

    def _on_scale_fault(self, name: str) -> None:
        from hardware.virtual.scale import ScaleFault

        scale = self._devices.virtual_scale
        if scale is None:
            return
        if name == UNPLUGGED:
            scale.unplug()
            return
        scale.fault = ScaleFault(name)
        scale.plug()
        self._show_scale()

    def _show_scale(self) -> None:
        scale = self._devices.virtual_scale
        if scale is not None:
            self.counter.show_scale(scale.grams, scale.fault.value if scale.is_plugged else UNPLUGGED)

    def _on_display_plugged(self, plugged: bool) -> None:
        display = self._devices.virtual_display
        if display is None:
            return
        if plugged:
            display.plug()
            self.counter.show_lines(display.lines, display.lamp)
        else:
            display.unplug()

    def _on_drawer_plugged(self, plugged: bool) -> None:
        box = self._devices.pulse_box
        if box is None:
            return
        if plugged:
            box.plug()
        else:
            box.unplug()

    def _on_drawer_shut(self) -> None:
        if self._devices.pulse_box is not None:
            self._devices.pulse_box.drawer.close()


def _wishes(windows: Sequence[QWidget]) -> list[Wish]:
    """As large as each was made to be, where that is more than its content needs."""
    return [Wish(each.minimumSizeHint(), each.size().expandedTo(each.minimumSizeHint())) for each in windows]
