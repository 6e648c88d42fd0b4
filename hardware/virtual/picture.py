"""A picture of the printed paper as a customer would hold it: white, with margins, dots where ink is.

Where the printer cut, the edge is straight under a dashed line; where somebody tore it off, it is ragged.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hardware.printers import barcodes, raster
from hardware.virtual.paper import Code, CutMark, Gap, Paper, Picture, Side, TextLine

if TYPE_CHECKING:
    from PIL import Image

    from hardware.fonts import FontSource, GlyphGrid

_MARGIN = 24
_INK = (38, 38, 44)
_PAPER = (253, 252, 248)
_BACK = (214, 217, 222)
_CUT = (150, 150, 156)
_TOOTH = 6
_CUT_GAP = 14
_MAX_ROWS = 30_000


def render(paper: Paper, fonts: FontSource, *, scale: int = 1) -> bytes:
    """Return the paper as PNG.

    Args:
        paper: What was printed.
        fonts: Fonts of the virtual printer.
        scale: Enlargement, 1 is one pixel per dot.

    Raises:
        OSError: When a font cannot be read.
    """
    from PIL import Image

    grid = fonts.grid(paper.format.dots // paper.format.columns)
    pieces = _slips(paper)
    cuts = paper.cuts
    slips = [_slip(blocks, paper, grid, cut=number < cuts) for number, blocks in enumerate(pieces)]
    width = paper.format.dots + 4 * _MARGIN
    height = sum(slip.height + _CUT_GAP for slip in slips) + 2 * _MARGIN - _CUT_GAP
    sheet = Image.new("RGB", (width, height), _BACK)
    y = _MARGIN
    for slip in slips:
        sheet.paste(slip, (_MARGIN, y))
        y += slip.height + _CUT_GAP
    if scale > 1:
        sheet = sheet.resize((sheet.width * scale, sheet.height * scale), Image.Resampling.NEAREST)
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()


def _slips(paper: Paper) -> list[list[TextLine | Code | Picture | Gap | CutMark]]:
    """Return the pieces of paper that cutting makes."""
    slips: list[list[TextLine | Code | Picture | Gap | CutMark]] = [[]]
    for block in paper.blocks:
        if isinstance(block, CutMark):
            slips.append([])
        else:
            slips[-1].append(block)
    return [slip for slip in slips if slip] or [[]]


def _slip(
    blocks: list[TextLine | Code | Picture | Gap | CutMark], paper: Paper, grid: GlyphGrid, *, cut: bool
) -> Image.Image:
    from PIL import Image, ImageDraw

    dots = paper.format.dots
    pictures = [_block(block, dots, grid) for block in blocks]
    ink = raster.stacked(pictures, dots)
    if ink.height > _MAX_ROWS:
        ink = ink.crop((0, 0, dots, _MAX_ROWS))
    width, height = dots + 2 * _MARGIN, ink.height + 2 * _MARGIN
    slip = Image.new("RGB", (width, height), _PAPER)
    slip.paste(Image.new("RGB", ink.size, _INK), (_MARGIN, _MARGIN), ink)
    draw = ImageDraw.Draw(slip)
    for x in range(0, width, 2 * _TOOTH):
        draw.polygon(((x, 0), (x + _TOOTH, _TOOTH), (x + 2 * _TOOTH, 0)), fill=_BACK)
        bottom = height - 1
        if cut:
            draw.line(((x, bottom - _TOOTH), (x + _TOOTH, bottom - _TOOTH)), fill=_CUT)
            continue
        draw.polygon(((x, bottom), (x + _TOOTH, bottom - _TOOTH), (x + 2 * _TOOTH, bottom)), fill=_BACK)
    return slip


def _block(block: TextLine | Code | Picture | Gap | CutMark, dots: int, grid: GlyphGrid) -> Image.Image:
    from PIL import Image

    if isinstance(block, TextLine):
        return _text(block, dots, grid)
    if isinstance(block, Code):
        return _code(block, dots, grid)
    if isinstance(block, Picture):
        bits = Image.frombytes("1", (block.width_bytes * 8, block.rows), block.bits).convert("L")
        paper = Image.new("L", (dots, block.rows), 0)
        paper.paste(bits, (_left(block.side, bits.width, dots), 0))
        return paper
    return Image.new("L", (dots, block.dots if isinstance(block, Gap) else 0), 0)


def _text(line: TextLine, dots: int, grid: GlyphGrid) -> Image.Image:
    from PIL import Image

    tallest = max((run.height for run in line.runs), default=1)
    height = grid.height_dots * tallest
    picture = Image.new("L", (dots, height + raster.LINE_GAP_DOTS), 0)
    x = _left(line.side, line.columns * grid.cell_dots, dots)
    for run in line.runs:
        start = x
        for ch in run.text:
            glyph = grid.glyph(ch, bold=run.bold, width_factor=run.width, height_factor=run.height)
            picture.paste(glyph, (x, height - grid.height_dots * run.height))
            x += glyph.width
        if run.underline:
            picture.paste(255, (start, height, x, height + 2))
    return picture


def _code(code: Code, dots: int, grid: GlyphGrid) -> Image.Image:
    from PIL import Image

    if code.kind == "qr":
        symbol = raster.qr_picture(code.data.encode(), code.module_dots, dots)
        # The quiet zone is white paper, so cropping the sides to the ink allows any alignment.
        box = symbol.getbbox() or (0, 0, 1, 1)
        ink = symbol.crop((box[0], 0, box[2], symbol.height))
    elif code.kind in {"code128", "ean13"}:
        bits = barcodes.ean13_bits(code.data) if code.kind == "ean13" else _code128(code)
        row = Image.frombytes("L", (len(bits), 1), bytes(255 if bit == "1" else 0 for bit in bits))
        ink = row.resize((len(bits) * code.module_dots, code.height_dots), Image.Resampling.NEAREST)
    else:
        return _text(TextLine((), code.side), dots, grid)
    caption = grid.height_dots + 2 if code.caption else 0
    picture = Image.new("L", (dots, ink.height + caption + raster.LINE_GAP_DOTS), 0)
    left = _left(code.side, ink.width, dots)
    picture.paste(ink, (left, 0))
    if caption:
        x = left + (ink.width - len(code.data) * grid.cell_dots) // 2
        for ch in code.data:
            picture.paste(grid.glyph(ch), (x, ink.height + 2))
            x += grid.cell_dots
    return picture


def _code128(code: Code) -> str:
    """The bars in the code sets that were sent; sets other than B and C look as B does."""
    chunks = tuple(barcodes.Chunk("C" if code_set == "C" else "B", text) for code_set, text in code.parts)
    return barcodes.code128_bits(chunks or barcodes.code128_chunks(code.data, compact=False))


def _left(side: Side, width: int, dots: int) -> int:
    return {Side.LEFT: 0, Side.CENTER: (dots - width) // 2, Side.RIGHT: dots - width}[side]
