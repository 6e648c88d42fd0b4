"""A page that shows what a printer can do: numbered lines, of which a person says which look right.

Each part begins with ``ESC @``, so that what a printer misunderstands in one does not spoil the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from hardware.printers.document import Barcode, Cut, Document, Element, Feed, QrCode, Symbology, Text
from hardware.printers.escpos_encoder import INITIALISE, encode
from hardware.printers.profile import PAPER_58, Charset, PrinterProfile

if TYPE_CHECKING:
    from hardware.fonts import FontSource

_CHINESE: Final = "中文收银 谢谢惠顾 ￥12.50"
#: Only GB 18030 has this character, which stands in people's names.
_RARE: Final = "䶮"
#: Text of the numbered lines, as it looks when it is right.
LINES: Final = {
    1: f"1 {_CHINESE}",
    2: f"2 {_CHINESE} {_RARE}",
    3: f"3 {_CHINESE}",
    4: f"4 {_CHINESE}",
}
_CHARSETS: Final = {1: Charset.GBK, 2: Charset.GB18030, 3: Charset.UTF8, 4: Charset.RASTER}
#: Rulers by number: so many characters, of which the last is a bar.
RULERS: Final = {5: 32, 6: 42, 7: 48}
QR_NATIVE: Final = 8
QR_DRAWN: Final = 9
#: What its QR codes say.
QR_TEXT: Final = "GUITAI"


def ruler(number: int) -> str:
    """A ruler as it looks where it fits into a line."""
    columns = RULERS[number]
    return f"{number}{'-' * (columns - 4)}{columns}|"


def trial_page(fonts: FontSource) -> bytes:
    """The whole page; nothing on it is wider than the narrowest paper but the rulers."""
    out = bytearray()
    for number, charset in _CHARSETS.items():
        out += _part((Text(LINES[number]),), charset, fonts)
    for number in RULERS:
        # No paper is so narrow that we would break it ourselves: the printer shows whether it fits.
        profile = msgspec.structs.replace(PAPER_58, columns=max(RULERS.values()), dots=576)
        out += encode(Document((Text(ruler(number)),)), profile, fonts)
    out += _part((Text(f"{QR_NATIVE} QR"), QrCode(QR_TEXT, module_size=4), Feed(1)), Charset.GBK, fonts)
    out += _part((Text(f"{QR_DRAWN} QR"), QrCode(QR_TEXT, module_size=4), Feed(1)), Charset.GBK, fonts, drawn=True)
    # Whoever has a cutter cuts; the paper is out far enough to be torn off elsewhere.
    return bytes(out) + INITIALISE + b"\x1bd\x05\x1dV\x01"


def speed_line(number: int, baud: int) -> bytes:
    """What says its number and speed where it arrives at the right speed."""
    return INITIALISE + b"\n" + f"{number}   {baud}".encode("ascii") + b"\n\n"


def code_page(code: str, profile: PrinterProfile, fonts: FontSource) -> bytes:
    """An EAN-13 for scanners to be tried with.

    Raises:
        DocumentError: When it is none.
    """
    bars = Barcode(code, symbology=Symbology.EAN13)
    return encode(Document((Feed(1), bars, Feed(1), Cut())), profile, fonts)


def _part(elements: tuple[Element, ...], charset: Charset, fonts: FontSource, *, drawn: bool = False) -> bytes:
    profile: PrinterProfile = msgspec.structs.replace(PAPER_58, charset=charset, native_qr=not drawn)
    return encode(Document(elements), profile, fonts)
