"""What one printer model can do: paper width, charset, cutter, native codes, answers."""

from __future__ import annotations

import enum

import msgspec


class Charset(enum.StrEnum):
    """How text reaches the printer."""

    GBK = "gbk"
    GB18030 = "gb18030"
    UTF8 = "utf8"
    RASTER = "raster"
    """The whole receipt as a picture, for printers without a Chinese font. USB and network only."""


class Cutter(enum.StrEnum):
    """What cuts the paper."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


class MissingCharacters(enum.StrEnum):
    """What to do with a character the printer's charset lacks."""

    BOX = "box"
    """Print □."""
    RASTER = "raster"
    """Print the whole line as a picture; needs fonts."""


class StatusSupport(enum.StrEnum):
    """Whether the printer answers questions."""

    AUTO = "auto"
    """Ask once, and learn from the answer."""
    YES = "yes"
    NO = "no"


class PrinterProfile(msgspec.Struct, frozen=True, kw_only=True):
    """One printer model as the encoder and the device see it.

    Attributes:
        name: For people.
        columns: Characters per line at normal size; a Chinese character takes two.
        dots: Printable dots across the paper.
        charset: How text is encoded.
        missing: What happens to characters outside the charset.
        cutter: What cuts.
        feed_before_cut_lines: Lines between print head and cutter (or tear bar).
        native_qr: Understands ``GS ( k``; else codes are drawn.
        native_barcode: Understands ``GS k``; else codes are drawn.
        qr_size_limit: Largest module size for native codes.
        raster_band_rows: Rows per picture command, for printers with small buffers.
        drawer_pin: 2 or 5.
        drawer_on_ms: Pulse length.
        drawer_off_ms: Pause after it.
        select_utf8: Send Epson's ``FS ( C`` to choose UTF-8; other models are switched by their set-up tool.
        realtime_status: Answers ``DLE EOT``.
        completion: Answers ``GS r 1`` when everything before it is printed.
    """

    name: str = "ESC/POS 80 mm"
    columns: int = 48
    dots: int = 576
    charset: Charset = Charset.GBK
    missing: MissingCharacters = MissingCharacters.BOX
    cutter: Cutter = Cutter.PARTIAL
    feed_before_cut_lines: int = 4
    native_qr: bool = True
    native_barcode: bool = True
    qr_size_limit: int = 16
    raster_band_rows: int = 192
    drawer_pin: int = 2
    drawer_on_ms: int = 100
    drawer_off_ms: int = 200
    select_utf8: bool = False
    realtime_status: StatusSupport = StatusSupport.AUTO
    completion: StatusSupport = StatusSupport.AUTO

    def __post_init__(self) -> None:
        if not 8 <= self.columns <= 255:
            raise ValueError("columns is 8 to 255")
        if self.dots % 8 or not 64 <= self.dots <= 2040:
            raise ValueError("dots is a multiple of 8, 64 to 2040")
        if self.drawer_pin not in (2, 5):
            raise ValueError("drawer_pin is 2 or 5")
        if not 1 <= self.raster_band_rows <= 2000:
            raise ValueError("raster_band_rows is 1 to 2000")
        if not 0 <= self.feed_before_cut_lines <= 255 or not 1 <= self.qr_size_limit <= 16:
            raise ValueError("feed_before_cut_lines is 0 to 255, qr_size_limit 1 to 16")
        if not 2 <= self.drawer_on_ms <= 510 or not 2 <= self.drawer_off_ms <= 510:
            raise ValueError("drawer times are 2 to 510 ms")

    @property
    def dots_per_column(self) -> int:
        """Width of a half-width character in dots."""
        return self.dots // self.columns


PAPER_58 = PrinterProfile(
    name="ESC/POS 58 mm", columns=32, dots=384, cutter=Cutter.NONE, feed_before_cut_lines=3, raster_band_rows=128
)
PAPER_80 = PrinterProfile()

BUILTIN: dict[str, PrinterProfile] = {"58mm": PAPER_58, "80mm": PAPER_80}
"""Profiles by the key that settings store."""
