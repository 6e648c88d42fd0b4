"""Virtual devices from the command line.

``python -m hardware.virtual printer [--port 9100] [--columns 48] [--folder OUT] [--fonts resources/fonts]`` shows each
job as text, and keeps it as .txt (and .png with fonts) in OUT. Type a fault's name and Enter to switch it on.

``python -m hardware.virtual scanner [--link /tmp/ttyScanner] [--as serial|keys|reports]`` makes a port and sends each
line typed: a serial port, a keyboard's node (``input`` in the settings) or one that sends reports (``hid``).
Type ``unplug`` or ``plug`` to pull it out or put it back.

``python -m hardware.virtual scale [--link /tmp/ttyScale] [--protocol general]`` weighs each number of grams typed;
``tare`` presses that key; a fault's name switches it on.

``python -m hardware.virtual display [--link /tmp/ttyDisplay] [--figures 8]`` shows what it is sent, line by line.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.fonts import FontSource
from hardware.printers.profile import PAPER_58, PAPER_80
from hardware.scales.protocols import PROTOCOLS
from hardware.virtual.display import VirtualDisplay
from hardware.virtual.node_scanner import VirtualNodeScanner, as_keys, as_reports
from hardware.virtual.printer import Fault, VirtualPrinter
from hardware.virtual.scale import ScaleFault, VirtualScale
from hardware.virtual.scanner import VirtualScanner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hardware.virtual.paper import Paper


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a virtual device until the input ends."""
    parser = argparse.ArgumentParser(prog="python -m hardware.virtual")
    kinds = parser.add_subparsers(dest="kind", required=True)
    printer = kinds.add_parser("printer")
    printer.add_argument("--port", type=int, default=9100)
    printer.add_argument("--columns", type=int, choices=(32, 48), default=48)
    printer.add_argument("--folder", type=Path)
    printer.add_argument("--fonts", type=Path)
    scanner = kinds.add_parser("scanner")
    scanner.add_argument("--link", type=Path)
    scanner.add_argument("--as", dest="wire", choices=("serial", "keys", "reports"), default="serial")
    scale = kinds.add_parser("scale")
    scale.add_argument("--link", type=Path)
    scale.add_argument("--protocol", choices=sorted(PROTOCOLS), default="general")
    display = kinds.add_parser("display")
    display.add_argument("--link", type=Path)
    display.add_argument("--figures", type=int, default=0)
    options = parser.parse_args(arguments)
    run = {"printer": _printer, "scanner": _scanner, "scale": _scale, "display": _display}
    return run[options.kind](options)


def _printer(options: argparse.Namespace) -> int:
    fonts = FontSource.in_folder(options.fonts) if options.fonts else None
    numbers = itertools.count(1)

    def show(paper: Paper) -> None:
        _say(paper.text())
        for problem in paper.problems:
            _say(f"!! {problem.kind} at byte {problem.offset}: {problem.detail}\n")
        if options.folder is not None:
            options.folder.mkdir(parents=True, exist_ok=True)
            name = options.folder / f"paper-{next(numbers):04d}"
            name.with_suffix(".txt").write_text(paper.text(), "utf-8")
            if fonts is not None:
                name.with_suffix(".png").write_bytes(paper.png(fonts))

    with VirtualPrinter(
        PAPER_58 if options.columns == PAPER_58.columns else PAPER_80, on_paper=show, port=options.port
    ) as device:
        faults = ", ".join(fault.value for fault in Fault)
        _say(f"virtual printer on {device.host}:{device.port}; faults: {faults}\n")
        for line in sys.stdin:
            try:
                device.fault = Fault(line.strip())
            except ValueError:
                _say(f"no such fault; one of {faults}\n")
    return 0


def _scanner(options: argparse.Namespace) -> int:
    device: VirtualScanner | VirtualNodeScanner
    if options.wire == "serial":
        device = VirtualScanner(link=options.link)
    else:
        path = options.link or Path(tempfile.gettempdir()) / f"virtual-scanner-{os.getpid()}"
        device = VirtualNodeScanner(path, as_keys if options.wire == "keys" else as_reports)
    with device:
        _say(f"virtual scanner on {device.port}; type a code and Enter, or unplug, or plug\n")
        for line in sys.stdin:
            match line.rstrip("\r\n"):
                case "unplug":
                    device.unplug()
                case "plug":
                    device.plug()
                case code:
                    _send(device, code)
    return 0


def _send(device: VirtualScanner | VirtualNodeScanner, code: str) -> None:
    try:
        device.send(code)
    except RuntimeError as error:
        _say(f"{error}\n")


def _scale(options: argparse.Namespace) -> int:
    with VirtualScale(options.protocol, link=options.link) as device:
        faults = ", ".join(fault.value for fault in ScaleFault)
        _say(f"virtual scale on {device.port}; type grams, tare, or a fault: {faults}\n")
        for line in map(str.strip, sys.stdin):
            if line == "tare":
                device.tare()
            elif line.removeprefix("-").isdigit():
                device.lay(int(line))
            elif line in set(ScaleFault):
                device.fault = ScaleFault(line)
            else:
                _say(f"neither grams nor tare nor one of {faults}\n")
    return 0


def _display(options: argparse.Namespace) -> int:
    def show(lines: tuple[str, ...], lamp: str) -> None:
        _say("".join(f"|{line}|\n" for line in lines) + (f"({lamp})\n" if lamp else ""))

    with VirtualDisplay(figures=options.figures, link=options.link, on_change=show) as device:
        _say(f"virtual display on {device.port}\n")
        for _line in sys.stdin:
            for problem in device.problems:
                _say(f"!! {problem}\n")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
