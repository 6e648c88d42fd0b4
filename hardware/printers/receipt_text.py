"""A document as plain monospaced text: for previews, logs, search and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.printers import barcodes
from hardware.printers.charset import columns_of
from hardware.printers.document import Align, Barcode, Columns, Divider, Feed, Image, QrCode, Symbology, Text
from hardware.printers.layout import Line, column_lines, divider_line, text_lines

if TYPE_CHECKING:
    from hardware.printers.document import Document
    from hardware.printers.profile import PrinterProfile


def to_text(document: Document, profile: PrinterProfile) -> str:
    """Return the receipt as text, one string line per printed line; codes appear as ``[QR …]``, cuts not at all."""
    out: list[str] = []
    for element in document.elements:
        if isinstance(element, Text):
            lines = text_lines(element, profile.columns, profile.charset)
        elif isinstance(element, Columns):
            lines = column_lines(element, profile.columns, profile.charset)
        elif isinstance(element, Divider):
            lines = [divider_line(element, profile.columns, profile.charset)]
        elif isinstance(element, QrCode):
            lines = [_centred(f"[QR {element.data}]", profile.columns)]
        elif isinstance(element, Barcode):
            lines = _barcode(element, profile)
        elif isinstance(element, Image):
            lines = [_centred("[image]", profile.columns)]
        elif isinstance(element, Feed):
            lines = [Line(text="")] * element.lines
        else:
            lines = []
        out.extend(line.plain(profile.columns) for line in lines)
    return "\n".join(out) + "\n" if out else ""


def _barcode(element: Barcode, profile: PrinterProfile) -> list[Line]:
    if element.symbology is Symbology.CODE128 and barcodes.code128_fitting(element.data, profile.dots) is None:
        caption = Text(element.data, align=Align.CENTER)
        qr = _centred(f"[QR {element.data}]", profile.columns)
        return [qr, *text_lines(caption, profile.columns, profile.charset)]
    return [_centred(f"[{element.symbology.value} {element.data}]", profile.columns)]


def _centred(text: str, columns: int) -> Line:
    return Line(text=text, align=Align.CENTER if columns_of(text) <= columns else Align.LEFT)
