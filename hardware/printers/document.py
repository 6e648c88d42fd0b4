"""The printer-independent receipt: a frozen list of elements that can be stored as JSON and printed on any paper.

Whoever composes a receipt says *what* is on it; the layout decides line breaks for the paper's width and the encoder
the bytes for the printer's model. Stored beside the sale, a document prints the same years later.
"""

from __future__ import annotations

import enum

import msgspec


class Align(enum.StrEnum):
    """Where text stands in its line or cell."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Symbology(enum.StrEnum):
    """Linear codes a receipt can carry."""

    CODE128 = "code128"
    EAN13 = "ean13"


class Text(msgspec.Struct, frozen=True, tag="text", tag_field="type"):
    """A paragraph; newlines in `text` break lines, everything else wraps by itself.

    Attributes:
        text: Any text; control characters are removed when it is laid out.
        align: Position on the paper.
        bold: Emphasised.
        width_factor: 1 or 2.
        height_factor: 1 or 2.
        underline: Underlined.
    """

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    width_factor: int = 1
    height_factor: int = 1
    underline: bool = False

    def __post_init__(self) -> None:
        if self.width_factor not in (1, 2) or self.height_factor not in (1, 2):
            raise ValueError("width_factor and height_factor are 1 or 2")


class Cell(msgspec.Struct, frozen=True):
    """One cell of a `Columns` row.

    Attributes:
        text: Content; wraps inside the cell.
        columns: Width in printer columns; 0 takes an equal share of what the fixed cells leave.
        align: Position in the cell.
    """

    text: str
    columns: int = 0
    align: Align = Align.LEFT

    def __post_init__(self) -> None:
        if self.columns < 0:
            raise ValueError("columns must not be negative")


class Columns(msgspec.Struct, frozen=True, tag="columns", tag_field="type"):
    """A table row: cells side by side, one blank column between neighbours.

    Attributes:
        cells: From left to right.
        bold: Emphasised.
    """

    cells: tuple[Cell, ...]
    bold: bool = False


class Divider(msgspec.Struct, frozen=True, tag="divider", tag_field="type"):
    """A line across the paper made of one character."""

    char: str = "-"


class QrCode(msgspec.Struct, frozen=True, tag="qr", tag_field="type"):
    """A QR code, centred.

    Attributes:
        data: Content; ASCII travels best, since many scanners guess other charsets wrongly.
        module_size: Dots per module, 1 to 16; made smaller when the code would not fit on the paper.
    """

    data: str
    module_size: int = 6

    def __post_init__(self) -> None:
        if not self.data:
            raise ValueError("a QR code needs data")
        if not 1 <= self.module_size <= 16:
            raise ValueError("module_size is 1 to 16")


class Barcode(msgspec.Struct, frozen=True, tag="barcode", tag_field="type"):
    """A linear code, centred, its text below.

    A code that is too wide for the paper prints as a QR code with the same content, so that it stays scannable.
    """

    data: str
    symbology: Symbology = Symbology.CODE128

    def __post_init__(self) -> None:
        if not self.data:
            raise ValueError("a barcode needs data")


class Image(msgspec.Struct, frozen=True, tag="image", tag_field="type"):
    """A picture, such as the shop's logo, centred; dark pixels print.

    Attributes:
        png: PNG file content (base64 in JSON).
        max_width_dots: Scaled down to this, and to the paper's width; 0 means the paper's width.
    """

    png: bytes
    max_width_dots: int = 0


class Feed(msgspec.Struct, frozen=True, tag="feed", tag_field="type"):
    """Blank lines."""

    lines: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.lines <= 255:
            raise ValueError("lines is 0 to 255")


class Cut(msgspec.Struct, frozen=True, tag="cut", tag_field="type"):
    """Cut the paper here, or feed to the tear bar where there is no cutter."""


class DrawerPulse(msgspec.Struct, frozen=True, tag="drawer", tag_field="type"):
    """Open the cash drawer. Wherever it stands in the document, it is sent first in the job.

    Attributes:
        pin: Connector pin, 2 or 5; 0 takes the printer profile's pin.
        on_ms: Length of the pulse; 0 takes the profile's.
        off_ms: Pause after it; 0 takes the profile's.
    """

    pin: int = 0
    on_ms: int = 0
    off_ms: int = 0

    def __post_init__(self) -> None:
        if self.pin not in (0, 2, 5):
            raise ValueError("pin is 2 or 5, or 0 for the profile's")
        if not 0 <= self.on_ms <= 510 or not 0 <= self.off_ms <= 510:
            raise ValueError("pulse times are 0 to 510 ms")


Element = Text | Columns | Divider | QrCode | Barcode | Image | Feed | Cut | DrawerPulse


class Document(msgspec.Struct, frozen=True):
    """A receipt, report or slip.

    Attributes:
        elements: From top to bottom.
        title: For lists and logs; not printed.
    """

    elements: tuple[Element, ...]
    title: str = ""


_DECODER = msgspec.json.Decoder(Document)
_ENCODER = msgspec.json.Encoder()


def to_json(document: Document) -> bytes:
    """Return the document as JSON, for storing."""
    return _ENCODER.encode(document)


def from_json(data: bytes | str) -> Document:
    """Return a stored document.

    Raises:
        msgspec.ValidationError: When it is no document.
    """
    return _DECODER.decode(data)
