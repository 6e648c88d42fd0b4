"""From document to ESC/POS: one receipt is one byte string.

Own codec rather than python-escpos on this path: importing that costs 260 ms of the 150 ms a till has between payment
and first byte, configures logging for the whole process, and its text path prints "0 6" for ¥. The few commands used
here are compared with those of python-escpos in the tests.

Text cannot become a command: `charset.clean` removes control characters, encoding is strict, and no byte of a GBK,
GB18030 or UTF-8 sequence is below 0x30. Codes and pictures, whose bytes may be anything, hold no `raster.REALTIME`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from hardware.printers import barcodes, layout, raster
from hardware.printers.charset import clean, codec_of, missing
from hardware.printers.document import (
    Align,
    Barcode,
    Columns,
    Cut,
    Divider,
    Document,
    DrawerPulse,
    Element,
    Feed,
    Image,
    QrCode,
    Symbology,
    Text,
)
from hardware.printers.errors import DocumentError
from hardware.printers.layout import Line
from hardware.printers.profile import Charset, Cutter, MissingCharacters, PrinterProfile

if TYPE_CHECKING:
    from PIL import Image as PilImage

    from hardware.fonts import FontSource, GlyphGrid

INITIALISE = b"\x1b@"
NO_CHINESE_SPACING = b"\x1cS\0\0"
SELECT_UTF8 = b"\x1c(C\x02\x00\x30\x32"

_ALIGN = {Align.LEFT: b"\x1ba\0", Align.CENTER: b"\x1ba\x01", Align.RIGHT: b"\x1ba\x02"}
_CUTS = {Cutter.FULL: b"\x1dV\0", Cutter.PARTIAL: b"\x1dV\x01", Cutter.NONE: b""}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_BAR_HEIGHT = 80
_FALLBACK_QR_SIZE = 5


def encode(document: Document, profile: PrinterProfile, fonts: FontSource | None = None) -> bytes:
    """Return the bytes that print `document` on a printer of this profile.

    Args:
        document: What to print.
        profile: Where.
        fonts: Needed for the raster charset and for characters printed as pictures.

    Raises:
        DocumentError: When the document cannot be printed: damaged picture, impossible code, raster without fonts.
    """
    return _Encoder(profile, fonts).encode(document)


def drawer_pulse(profile: PrinterProfile, pulse: DrawerPulse | None = None) -> bytes:
    """Return ``ESC p`` for the profile's drawer, or for another pin and times."""
    pulse = pulse or DrawerPulse()
    pin = pulse.pin or profile.drawer_pin
    on_ms = pulse.on_ms or profile.drawer_on_ms
    off_ms = pulse.off_ms or profile.drawer_off_ms
    return b"\x1bp" + bytes((0 if pin == 2 else 1, max(1, on_ms // 2), max(1, off_ms // 2)))


def realtime_drawer_pulse(profile: PrinterProfile) -> bytes:
    """Return ``DLE DC4 1`` for the profile's drawer: carried out at once, also while paper is out or the cover open."""
    hundreds = min(8, max(1, round(profile.drawer_on_ms / 100)))
    return b"\x10\x14\x01" + bytes((0 if profile.drawer_pin == 2 else 1, hundreds))


class _Encoder:
    """One job being encoded; keeps the printer's state so that only changes are sent."""

    def __init__(self, profile: PrinterProfile, fonts: FontSource | None) -> None:
        self._profile = profile
        self._fonts = fonts
        self._codec = codec_of(profile.charset)
        self._out = bytearray()
        self._strip: list[PilImage.Image] = []
        self._align = Align.LEFT
        self._style = (False, False, 1, 1)

    def encode(self, document: Document) -> bytes:
        for element in document.elements:
            if isinstance(element, DrawerPulse):
                self._out += drawer_pulse(self._profile, element)
        self._out += INITIALISE
        if self._profile.charset in {Charset.GBK, Charset.GB18030}:
            self._out += NO_CHINESE_SPACING
        elif self._profile.charset is Charset.UTF8 and self._profile.select_utf8:
            self._out += SELECT_UTF8
        for element in document.elements:
            self._element(element)
        self._flush_strip()
        return bytes(self._out)

    def _element(self, element: Element) -> None:
        profile = self._profile
        match element:
            case Text():
                charset = self._charset_for(element.text)
                self._lines(layout.text_lines(element, profile.columns, charset), charset)
            case Columns():
                charset = self._charset_for("".join(cell.text for cell in element.cells))
                self._lines(layout.column_lines(element, profile.columns, charset), charset)
            case Divider():
                self._lines([layout.divider_line(element, profile.columns, profile.charset)], profile.charset)
            case QrCode():
                self._qr(element.data, element.module_size)
            case Barcode():
                self._barcode(element)
            case Image():
                self._picture(raster.image_picture(element.png, element.max_width_dots, profile.dots))
            case Feed():
                self._feed(element.lines)
            case Cut():
                self._feed(profile.feed_before_cut_lines)
                self._flush_strip()
                self._out += _CUTS[profile.cutter]
            case DrawerPulse():
                pass  # sent first
            case _:
                assert_never(element)

    # Text

    def _charset_for(self, text: str) -> Charset:
        """Return RASTER when the printer lacks a character of `text` and the profile wants it drawn."""
        charset = self._profile.charset
        if (
            self._profile.missing is MissingCharacters.RASTER
            and self._fonts is not None
            and charset is not Charset.RASTER
            and missing(text, charset)
        ):
            return Charset.RASTER
        return charset

    def _lines(self, lines: list[Line], charset: Charset) -> None:
        if charset is Charset.RASTER:
            self._strip += [raster.line_picture(line, self._profile.dots, self._grid()) for line in lines]
        else:
            self._flush_strip()
            for line in lines:
                self._text_line(line)

    def _text_line(self, line: Line) -> None:
        if line.text:
            self._set_align(line.align)
            self._set_style(line.bold, line.underline, line.width_factor, line.height_factor)
            text = _NOT_ASCII.sub(_bracketed, line.text) if self._brackets else line.text
            self._out += text.encode(self._codec)
        self._out += b"\n"

    def _set_align(self, align: Align) -> None:
        if align is not self._align:
            self._align = align
            self._out += _ALIGN[align]

    def _set_style(self, bold: bool, underline: bool, width_factor: int, height_factor: int) -> None:
        was = self._style
        self._style = (bold, underline, width_factor, height_factor)
        if bold != was[0]:
            self._out += b"\x1bE" + bytes((bold,))
        if underline != was[1]:
            self._out += b"\x1b-" + bytes((underline,)) + b"\x1c-" + bytes((underline,))
        if (width_factor, height_factor) != was[2:]:
            self._out += b"\x1d!" + bytes(((width_factor - 1) << 4 | (height_factor - 1),))

    def _feed(self, lines: int) -> None:
        if not lines:
            return
        if self._strip:
            self._strip.append(raster.blank(lines, self._profile.dots, self._grid_line_dots()))
        else:
            self._out += b"\x1bd" + bytes((lines,))

    # Codes

    def _qr(self, data: str, module_size: int) -> None:
        profile = self._profile
        content = clean(data, Charset.UTF8).encode()
        modules = barcodes.qr_modules(content)
        size = min(module_size, profile.dots // (modules + 2))
        if size < 1:
            raise DocumentError("the QR code is wider than the paper")
        functions = ((65, b"2\0"), (67, bytes((size,))), (69, b"1"), (80, b"0" + content), (81, b"0"))
        command = b"".join(
            b"\x1d(k" + (len(parameters) + 2).to_bytes(2, "little") + b"1" + bytes((function,)) + parameters
            for function, parameters in functions
        )
        native = profile.native_qr and profile.charset is not Charset.RASTER and content.isascii()
        if not native or size > profile.qr_size_limit or raster.REALTIME.search(command):
            self._picture(raster.qr_picture(content, size, profile.dots))
            return
        self._flush_strip()
        self._set_align(Align.CENTER)
        self._out += command

    def _barcode(self, element: Barcode) -> None:
        """Print bars as wide as the paper allows, or the same content as QR code where they would not fit."""
        profile = self._profile
        data = clean(element.data, Charset.UTF8)
        if element.symbology is Symbology.EAN13:
            bits, command = barcodes.ean13_bits(barcodes.ean13_checked(data)), b"\x1dkC" + bytes((13,)) + data.encode()
        else:
            chunks = barcodes.code128_fitting(data, profile.dots)
            if chunks is None:
                self._qr(data, _FALLBACK_QR_SIZE)
                self._element(Text(data, align=Align.CENTER))
                return
            bits = barcodes.code128_bits(chunks)
            payload = b"".join(_code128_payload(chunk) for chunk in chunks)
            command = b"\x1dkI" + bytes((len(payload),)) + payload
        module_dots = barcodes.module_dots(len(bits), profile.dots)
        if module_dots is None:
            raise DocumentError("the paper is too narrow for an EAN-13")
        if not profile.native_barcode or profile.charset is Charset.RASTER or raster.REALTIME.search(command):
            self._picture(raster.bits_picture(bits, module_dots, profile.dots))
            self._element(Text(data, align=Align.CENTER))
            return
        self._flush_strip()
        self._set_align(Align.CENTER)
        self._out += b"\x1dh" + bytes((_BAR_HEIGHT,)) + b"\x1dw" + bytes((module_dots,)) + b"\x1df\0\x1dH\x02" + command

    # Pictures

    def _picture(self, picture: PilImage.Image) -> None:
        self._strip.append(picture)

    def _flush_strip(self) -> None:
        """Send what has been drawn so far as one picture."""
        if self._strip:
            strip = raster.stacked(self._strip, self._profile.dots)
            self._out += _ALIGN[Align.LEFT] if self._align is not Align.LEFT else b""
            self._align = Align.LEFT
            self._out += raster.raster_commands(strip, self._profile.raster_band_rows)
            self._strip = []

    def _grid(self) -> GlyphGrid:
        if self._fonts is None:
            raise DocumentError("printing text as a picture needs fonts")
        return self._fonts.grid(self._profile.dots_per_column)

    def _grid_line_dots(self) -> int:
        return self._profile.dots_per_column * 2 + raster.LINE_GAP_DOTS

    @property
    def _brackets(self) -> bool:
        return self._profile.charset in {Charset.GBK, Charset.GB18030}


def _bracketed(match: re.Match[str]) -> str:
    return f"\x1c&{match[0]}\x1c."


def _code128_payload(chunk: barcodes.Chunk) -> bytes:
    if chunk.code_set == "B":
        return b"{B" + chunk.text.replace("{", "{{").encode("ascii")
    return b"{C" + bytes(int(chunk.text[at : at + 2]) for at in range(0, len(chunk.text), 2))
