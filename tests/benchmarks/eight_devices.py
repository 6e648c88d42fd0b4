"""Program: the far ends of eight devices, in a process of their own as real ones are outside the till.

``python -m benchmarks.eight_devices PROTOCOL`` prints the settings of a till that has them, as JSON, and ends with its
input. The scale speaks ``PROTOCOL``.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path

import msgspec

from hardware.printers.profile import PAPER_80
from hardware.virtual.display import VirtualDisplay
from hardware.virtual.node_scanner import VirtualNodeScanner, as_keys
from hardware.virtual.paper import Paper
from hardware.virtual.printer import VirtualPrinter
from hardware.virtual.scale import VirtualScale
from hardware.virtual.scanner import VirtualScanner
from pos_app.config import (
    DeviceSettings,
    DisplaySettings,
    PrinterSettings,
    ScaleSettings,
    ScannerSettings,
    SlipSettings,
    WireKind,
)

_SERIAL = WireKind.SERIAL


def main() -> None:
    (protocol,) = sys.argv[1:]
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guitai-bench-devices-")))
        printers = []
        for _ in range(3):
            made = stack.enter_context(VirtualPrinter(PAPER_80, on_paper=_throw_away))
            printers.append(PrinterSettings(kind=WireKind.TCP, host=made.host, port=made.port))
        scanners = [stack.enter_context(VirtualScanner()) for _ in range(2)]
        keys = stack.enter_context(VirtualNodeScanner(folder / "keys", as_keys))
        stack.enter_context(VirtualScale(protocol, link=folder / "scale"))
        stack.enter_context(VirtualDisplay(figures=8, link=folder / "display"))
        settings = DeviceSettings(
            printer=printers[0],
            stand_in=printers[1],
            copies=(SlipSettings("后厨", printers[2]),),
            scanners=(
                *(ScannerSettings(kind=_SERIAL, device=each.port) for each in scanners),
                ScannerSettings(kind=WireKind.INPUT, device=keys.port),
            ),
            scale=ScaleSettings(kind=_SERIAL, device=str(folder / "scale"), protocol=protocol),
            display=DisplaySettings(kind=_SERIAL, device=str(folder / "display")),
        )
        print(msgspec.json.encode(settings).decode(), flush=True)
        sys.stdin.read()


def _throw_away(paper: Paper) -> None:
    """Nobody reads it."""


if __name__ == "__main__":
    main()
