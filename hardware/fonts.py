"""Fonts for receipts drawn as pictures; the caller says where they are, nothing is searched for.

Glyphs are drawn on the printer's own grid: ASCII in a cell half as wide as high, everything else in a square one, each
drawn once and kept.
"""

from __future__ import annotations

import dataclasses
import functools
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image, ImageFont

_BASELINE = 0.84
"""Where the baseline of a CJK font lies in its square, from the top."""
_DESCENT = 1 / 6
"""How far below its cell a glyph picture reaches, for the tails of g and y; the gap between lines takes them."""
_INK = 120
"""Coverage (0 to 255) from which a dot prints."""
_NOT_A_CHARACTER = "\uffff"


@dataclasses.dataclass(frozen=True)
class FontSource:
    """Font files for receipts.

    Attributes:
        chinese: File with full-width characters.
        latin: File whose ASCII is half an em wide.
        chinese_index: Face in a collection file.
        latin_index: Face in a collection file.
    """

    chinese: Path
    latin: Path
    chinese_index: int = 0
    latin_index: int = 0

    @classmethod
    def in_folder(cls, folder: Path) -> FontSource:
        """Return the fonts the till carries, which lie in `folder` (``resources/fonts``)."""
        return cls(folder / "NotoSansCJKsc-Regular-GBK.otf", folder / "NotoSansMonoCJKsc-Latin.otf")

    def grid(self, cell_dots: int) -> GlyphGrid:
        """Return the glyphs for half-width cells of `cell_dots`; the same object each time.

        Raises:
            OSError: When a font file cannot be read.
        """
        return _grid(self, cell_dots)


@functools.lru_cache(maxsize=8)
def _grid(source: FontSource, cell_dots: int) -> GlyphGrid:
    return GlyphGrid(source, cell_dots)


class GlyphGrid:
    """Glyph pictures for one cell size, drawn on demand; for one thread at a time per call, as Pillow images are.

    Attributes:
        cell_dots: Width of a half-width cell.
        height_dots: Height of every cell.
    """

    def __init__(self, source: FontSource, cell_dots: int) -> None:
        from PIL import ImageFont

        self.cell_dots = cell_dots
        self.height_dots = cell_dots * 2
        self._chinese = ImageFont.truetype(source.chinese, self.height_dots, index=source.chinese_index)
        self._latin = ImageFont.truetype(source.latin, self.height_dots, index=source.latin_index)
        self._absent = {id(font): self._mask(font, _NOT_A_CHARACTER) for font in (self._chinese, self._latin)}
        self._glyphs: dict[tuple[str, bool, int, int], Image.Image] = {}

    def has(self, ch: str) -> bool:
        """Return whether the fonts can draw `ch`."""
        font = self._font(ch)
        return ch.isspace() or self._mask(font, ch) != self._absent[id(font)]

    def glyph(self, ch: str, *, bold: bool = False, width_factor: int = 1, height_factor: int = 1) -> Image.Image:
        """Return a picture of one cell and the room below it, mode L, ink 255.

        Characters the fonts lack are drawn without their accent, or as □.
        """
        key = (ch, bold, width_factor, height_factor)
        image = self._glyphs.get(key)
        if image is None:
            image = self._glyphs[key] = self._draw(
                ch, bold=bold, width_factor=width_factor, height_factor=height_factor
            )
        return image

    def _font(self, ch: str) -> ImageFont.FreeTypeFont:
        return self._latin if ch < "\x80" else self._chinese

    @staticmethod
    def _mask(font: ImageFont.FreeTypeFont, ch: str) -> tuple[tuple[int, int], bytes]:
        mask = font.getmask(ch)
        return mask.size, bytes(mask)

    def _draw(self, ch: str, *, bold: bool, width_factor: int, height_factor: int) -> Image.Image:
        from PIL import Image, ImageDraw

        width = self.cell_dots * (1 if ch < "\x80" else 2)
        height = self.height_dots + round(self.height_dots * _DESCENT)
        image = Image.new("L", (width, height), 0)
        if not self.has(ch):
            ch = unicodedata.normalize("NFD", ch)[0]  # the letter without its accent
        if not self.has(ch):
            margin = self.height_dots // 8
            box = (margin, margin, width - 1 - margin, self.height_dots - 1 - margin)
            ImageDraw.Draw(image).rectangle(box, outline=255, width=max(1, self.height_dots // 16))
        elif not ch.isspace():
            draw = ImageDraw.Draw(image)
            font = self._font(ch)
            # A proportional glyph is centred in its cell, as printers' own fonts do.
            left = (width - font.getlength(ch)) / 2
            for shift in (0, 1) if bold else (0,):
                draw.text((left + shift, self.height_dots * _BASELINE), ch, font=font, fill=255, anchor="ls")
        if (width_factor, height_factor) != (1, 1):
            size = (width * width_factor, height * height_factor)
            image = image.resize(size, Image.Resampling.BICUBIC)
        return image.point([0] * _INK + [255] * (256 - _INK))
