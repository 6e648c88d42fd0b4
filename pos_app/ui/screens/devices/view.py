"""A card per device, the papers that wait, and how the devices are reached."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pos_app.ui.screens.devices.state import DevicesState
from pos_app.ui.widgets.base import ScreenView


class DevicesView(ScreenView[DevicesState]):
    """A card per device, the papers that wait, and how the devices are reached.

    Signals:
        test_requested: A :class:`DeviceKind` to test.
        drawer_requested: Open the drawer.
        job_again_requested: Key of a paper to print again.
        job_drop_requested: Key of a paper to give up.
        printer_save_requested: A :class:`PrinterForm`.
        scanner_save_requested: A :class:`ScannerForm`.
    """

    test_requested = Signal(object)
    drawer_requested = Signal()
    job_again_requested = Signal(object)
    job_drop_requested = Signal(object)
    printer_save_requested = Signal(object)
    scanner_save_requested = Signal(object)

    def _draw(self, state: DevicesState) -> None:
        """To be drawn."""
