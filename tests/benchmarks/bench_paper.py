"""A receipt of thirty lines, from what is in the books to the printer's bytes, beside python-escpos and Pillow alone.

The way is the till's own: its templates put the paper together, its encoder makes the bytes. A member's block, the
points, taxes, a QR code and the drawer are on it. The floors write the same lines, which are there already.
"""

from __future__ import annotations

import msgspec
from benchmarks.figures import Figure, median, percentile, timed
from pos_testkit import print_contents as contents

from hardware.printers.profile import PAPER_58, PAPER_80, Charset, PrinterProfile
from pos_app.application.ports import JobKind
from pos_app.application.print_content import PrintContent
from pos_app.infrastructure.receipts.output import ReceiptSettings, receipt_bytes, receipt_text

TIMES = 200
CODE = "R00012506180001714"
TEXT_MS, PICTURE_MS = 3, 40


def run(large: bool) -> list[Figure]:
    """Measure both papers, each as text and as a picture, in turns with its floor."""
    figures = []
    member = contents.regular()
    sale = contents.content(contents.sell(contents.thirty_lines(), member), JobKind.SALE, member)
    for name, profile in (("80 mm", PAPER_80), ("58 mm", PAPER_58)):
        printed = receipt_text(sale, contents.SHOP, ReceiptSettings(profile=profile))
        # What stands for a code or the cut is no text of the paper.
        lines = [line for line in printed.split("\n") if line.strip() and "[" not in line and "✂" not in line]
        as_text, as_picture = (msgspec.structs.replace(profile, charset=each) for each in (Charset.GBK, Charset.RASTER))
        figures += _beside(
            f"receipt of 30 lines as text, {name}", sale, as_text, _Escpos(lines), "python-escpos", TEXT_MS
        )
        alone = _Pillow(lines, profile.dots)
        figures += _beside(f"receipt of 30 lines as picture, {name}", sale, as_picture, alone, "Pillow", PICTURE_MS)
    return figures


def _beside(
    name: str, sale: PrintContent, profile: PrinterProfile, alone: _Escpos | _Pillow, floor_name: str, limit: float
) -> list[Figure]:
    settings = ReceiptSettings(profile=profile)
    # Fonts are opened and templates read before the first customer comes.
    size = len(receipt_bytes(sale, contents.SHOP, settings))
    alone.write()
    ours, floors = timed(TIMES, lambda: receipt_bytes(sale, contents.SHOP, settings), alone.write)
    note = f"{size:,} bytes, {TIMES} times; floor: {floor_name} with the same lines"
    return [
        Figure(f"{name}, p50", median(ours.clock), "ms", floor=median(floors.clock), note=note),
        Figure(
            f"{name}, p99", percentile(ours.clock, 99), "ms", limit=limit, floor=percentile(floors.clock, 99), note=note
        ),
        Figure(
            f"{name}, p99 of processor time",
            percentile(ours.processor, 99),
            "ms",
            limit=limit,
            floor=percentile(floors.processor, 99),
        ),
    ]


class _Escpos:
    """python-escpos, writing into memory."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self) -> bytes:
        from escpos.printer import Dummy

        printer = Dummy()
        printer.cashdraw(2)
        for line in self._lines:
            printer.text(line + "\n")
        printer.qr(CODE, native=True, size=5)
        printer.cut()
        return bytes(printer.output)


class _Pillow:
    """The same lines drawn with Pillow and nothing else; the printer's bytes are the picture's own."""

    def __init__(self, lines: list[str], dots: int) -> None:
        from PIL import ImageFont

        self._lines = lines
        self._dots = dots
        self._font = ImageFont.truetype(ReceiptSettings().fonts.chinese, 24)

    def write(self) -> bytes:
        from PIL import Image, ImageDraw

        picture = Image.new("1", (self._dots, 30 * len(self._lines)), 0)
        pen = ImageDraw.Draw(picture)
        for number, line in enumerate(self._lines):
            pen.text((0, number * 30), line, fill=1, font=self._font)
        return picture.tobytes()
