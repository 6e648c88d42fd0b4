"""Program: a whole till on an X server whose second monitor is pulled out and plugged in again in the middle of a sale.

Prints what was seen as JSON: ``python probe_monitor.py``
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), *(str(Path(__file__).resolve().parents[up]) for up in (1, 2))]

from pos_testkit.builders import product  # noqa: E402
from pos_testkit.window import MANAGER, make_home, memory_folder, till_window  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from x_monitors import XMonitors  # noqa: E402

from pos_app.config import CustomerScreenSettings, DeviceSettings, ScreenPlace, Settings  # noqa: E402
from pos_app.ui import fonts  # noqa: E402


def main() -> None:
    app = QApplication(["probe"])
    fonts.install(app)
    monitors = XMonitors()
    monitors.plug("TILL", 0, 1024, 768, takes_output=True)
    monitors.plug("CUSTOMER", 1024, 1024, 600)
    wanted = CustomerScreenSettings(ScreenPlace.MONITOR, "CUSTOMER")
    seen: dict[str, object] = {}
    with memory_folder() as folder:
        paths = make_home(folder, Settings(devices=DeviceSettings(customer_screen=wanted)))
        with till_window(paths) as till:
            till.until(lambda: len(app.screens()) == 2, "both monitors")
            till.sit_down(MANAGER)
            screen = till.running.beside.screen
            till.until(lambda: screen.is_shown, "the customer's screen")
            window = screen.window
            till.until(lambda: window.geometry().getRect() == (1024, 0, 1024, 600), "it fills its monitor")
            till.shell.deliver_scan(product(1, 150).barcodes[0])
            till.until(lambda: window.state.lines, "the line is before the customer")
            monitors.pull("CUSTOMER")
            till.until(lambda: not screen.is_shown, "it is gone")
            seen["wrong"] = [each.role.value for each in till.desk.devices.wrong()]
            till.shell.deliver_scan(product(2, 150).barcodes[0])
            till.until(lambda: len(till.state("selling").lines) == 2, "the sale goes on")
            monitors.plug("CUSTOMER", 1024, 1024, 600)
            till.until(lambda: screen.is_shown and len(window.state.lines) == 2, "it is back, with the whole basket")
            till.until(lambda: window.geometry().getRect() == (1024, 0, 1024, 600), "where it was")
            seen["told"] = [each.code for each in till.toasts if each.code.startswith("customer_screen")]
            seen["focus"] = app.focusWindow() is not window.windowHandle()
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
