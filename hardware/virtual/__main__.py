"""Virtual devices from the command line.

``python -m hardware.virtual printer [--port 9100] [--columns 48] [--folder OUT] [--fonts resources/fonts]`` shows each
job as text, and keeps it as .txt (and .png with fonts) in OUT. Type a fault's name and Enter to switch it on.

``python -m hardware.virtual scanner [--link /tmp/ttyScanner]`` makes a serial port and sends each line typed.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.fonts import FontSource
from hardware.printers.profile import PAPER_58, PAPER_80
from hardware.virtual.printer import Fault, VirtualPrinter
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
    options = parser.parse_args(arguments)
    return _printer(options) if options.kind == "printer" else _scanner(options)


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
    with VirtualScanner(link=options.link) as device:
        _say(f"virtual scanner on {device.port}; type a code and Enter\n")
        for line in sys.stdin:
            device.send(line.rstrip("\r\n"))
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
