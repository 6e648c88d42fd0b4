"""A till that is closed is gone: nothing of it is left to Python's collector, which may crash over widgets."""

import gc

from pos_testkit.window import make_home, memory_folder, till_window

from pos_app.config import (
    DeviceSettings,
    DisplaySettings,
    DrawerSettings,
    PrinterSettings,
    ScaleSettings,
    Settings,
    WireKind,
)
from pos_app.infrastructure.paths import paths_below
from pos_app.ui.screens import VIEWS


def test_a_till_is_closed_and_opened_again_with_whatever_was_shown(app, catalogue):
    """That no widget is left over is looked at wherever a test closes a till; here it has them all."""
    devices = DeviceSettings(
        printer=PrinterSettings(kind=WireKind.VIRTUAL),
        scale=ScaleSettings(WireKind.VIRTUAL),
        display=DisplaySettings(WireKind.VIRTUAL),
        drawer=DrawerSettings(WireKind.VIRTUAL),
    )
    for language in ("zh_CN", "en"):
        with memory_folder() as home:
            make_home(home, Settings(devices=devices))
            with till_window(paths_below(home), language) as window:
                window.sit_down()
                for name in VIEWS:
                    window.view(name)
                window.running.show_customer_screen()
                window.settle()
                beside = {type(each).__name__ for each in app.topLevelWidgets()}
                assert {
                    "VirtualPrinterWindow",
                    "VirtualScannerWindow",
                    "VirtualCounterWindow",
                    "CustomerWindow",
                } <= beside
        assert gc.isenabled()
