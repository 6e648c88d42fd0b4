"""Receipts as pictures: lines, codes and images drawn for printers that lack the font or the command."""

from __future__ import annotations

import functools
import io
import re
from typing import TYPE_CHECKING, Final

from hardware.printers import barcodes
from hardware.printers.document import Align
from hardware.printers.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from hardware.fonts import GlyphGrid
    from hardware.printers.layout import Line

LINE_GAP_DOTS = 6
"""Blank rows under a text line; with 24-dot characters the usual line of 30."""
#: ``DLE`` before ``EOT``, ``ENQ`` or ``DC4``: many printers act on it wherever it arrives, also inside a picture or a
#: code, and open the drawer, empty their buffer or answer in the middle of a job.
REALTIME: Final = re.compile(rb"\x10(?=[\x04\x05\x14])")
_ONE_DOT_WIDER: Final = b"\x18"
_MAX_IMAGE_ROWS = 4000
_BAR_ROWS = 80


def line_picture(line: Line, dots: int, grid: GlyphGrid) -> Image.Image:
    """Return a text line as wide as the paper, mode L, ink 255."""
    from PIL import Image

    height = grid.height_dots * line.height_factor
    picture = Image.new("L", (dots, height + LINE_GAP_DOTS), 0)
    width = line.columns * grid.cell_dots
    left = {Align.LEFT: 0, Align.CENTER: (dots - width) // 2, Align.RIGHT: dots - width}[line.align]
    x = left
    for ch in line.text:
        glyph = grid.glyph(ch, bold=line.bold, width_factor=line.width_factor, height_factor=line.height_factor)
        if ch != " ":
            picture.paste(glyph, (x, 0))
        x += glyph.width
    if line.underline and line.text:
        picture.paste(255, (max(left, 0), height, min(x, dots), height + 2))
    return picture


def bits_picture(bits: str, module_dots: int, dots: int, *, rows: int = _BAR_ROWS) -> Image.Image:
    """Return the bars of a linear code, centred."""
    from PIL import Image

    bar = Image.frombytes("L", (len(bits), 1), bytes(255 if bit == "1" else 0 for bit in bits))
    bar = bar.resize((len(bits) * module_dots, rows), Image.Resampling.NEAREST)
    return centred(bar, dots, gap=LINE_GAP_DOTS)


def qr_picture(data: bytes, module_dots: int, dots: int) -> Image.Image:
    """Return a QR code with its quiet zone above and below, centred."""
    from PIL import Image

    matrix = barcodes.qr_matrix(data)
    size = len(matrix)
    code = Image.frombytes("L", (size, size), bytes(255 if dark else 0 for row in matrix for dark in row))
    code = code.resize((size * module_dots, size * module_dots), Image.Resampling.NEAREST)
    quiet = barcodes.QR_QUIET_MODULES * module_dots
    picture = Image.new("L", (dots, code.height + 2 * quiet), 0)
    picture.paste(code, ((dots - code.width) // 2, quiet))
    return picture


@functools.lru_cache(maxsize=4)
def image_picture(png: bytes, max_width_dots: int, dots: int) -> Image.Image:
    """Return a picture file in black and white, centred, no wider than the paper; not to be drawn on.

    The last few are kept: a logo stands on every receipt.

    Raises:
        DocumentError: When the file is damaged, no picture, or absurdly large.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as opened:
            if opened.width * opened.height > 16_000_000:
                raise DocumentError("the picture is too large")
            image = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DocumentError(f"not a picture: {error}") from error
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    grey = paper.convert("L")
    width = min(grey.width, dots, max_width_dots or dots)
    height = max(1, round(grey.height * width / grey.width))
    if height > _MAX_IMAGE_ROWS:
        raise DocumentError("the picture is too long")
    if width != grey.width:
        grey = grey.resize((width, height), Image.Resampling.LANCZOS)
    return centred(ImageOps.invert(grey.convert("1").convert("L")), dots, gap=LINE_GAP_DOTS)


def centred(picture: Image.Image, dots: int, *, gap: int = 0) -> Image.Image:
    """Return `picture` in the middle of the paper."""
    from PIL import Image

    paper = Image.new("L", (dots, picture.height + gap), 0)
    paper.paste(picture, ((dots - picture.width) // 2, 0))
    return paper


def blank(lines: int, dots: int, line_dots: int) -> Image.Image:
    """Return blank paper."""
    from PIL import Image

    return Image.new("L", (dots, lines * line_dots), 0)


def stacked(pictures: Sequence[Image.Image], dots: int) -> Image.Image:
    """Return pictures one below the other."""
    from PIL import Image

    strip = Image.new("L", (dots, sum(picture.height for picture in pictures)), 0)
    y = 0
    for picture in pictures:
        strip.paste(picture, (0, y))
        y += picture.height
    return strip


def raster_commands(picture: Image.Image, band_rows: int) -> bytes:
    """Return ``GS v 0`` commands for a picture whose width is a multiple of 8, in bands of `band_rows`."""
    from PIL import Image

    width_bytes = picture.width // 8
    # Ink is 255 already, so the one-bit bytes of Pillow are the printer's format as they are.
    bits = REALTIME.sub(_ONE_DOT_WIDER, picture.convert("1", dither=Image.Dither.NONE).tobytes())
    out = bytearray()
    top = 0
    while top < picture.height:
        rows = min(band_rows, picture.height - top)
        head = b"\x1dv0\0" + width_bytes.to_bytes(2, "little") + rows.to_bytes(2, "little")
        if REALTIME.search(head):
            rows -= 1
            head = head[:-2] + rows.to_bytes(2, "little")
        out += head + bits[top * width_bytes : (top + rows) * width_bytes]
        top += rows
    return bytes(out)
