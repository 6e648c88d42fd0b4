"""A picture as the shop's logo: made ready for paper, shown as it will be printed, kept with the receipts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from pos_app.errors import KnownError
from pos_app.infrastructure.atomic_files import write_atomically
from pos_app.infrastructure.receipts.own import LOGO

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

#: Larger files are photographs, which make no logo.
MOST_BYTES: Final = 20_000_000
MOST_DOTS: Final = 16_000_000
#: Dots of the widest paper.
WIDEST: Final = 576
#: Longer than two hand's breadths of paper before the first line.
LONGEST: Final = 1_200
LEAST: Final = 24
_FORMATS: Final = ("PNG", "JPEG", "BMP", "GIF", "WEBP")
_ENDS: Final = (3, 252)


def read_logo(path: Path) -> bytes:
    """A picture file as a logo: grey, on white, no wider than paper; a PNG file's content. Slow.

    Raises:
        KnownError: ``logo.unreadable``, ``logo.too_large``, ``logo.no_picture``, ``logo.too_small``,
            ``logo.too_long``, ``logo.nothing_seen``.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise KnownError("logo.unreadable", file=path.name) from error
    if len(content) > MOST_BYTES:
        raise KnownError("logo.too_large", file=path.name)
    grey = _fitted(_grey(content, path.name), path.name)
    darkest, lightest = grey.getextrema()
    if not isinstance(darkest, int | float) or not isinstance(lightest, int | float):
        raise KnownError("logo.no_picture", file=path.name)
    if darkest > _ENDS[1] or lightest < _ENDS[0]:
        raise KnownError("logo.nothing_seen", file=path.name)
    return _png(grey)


def _grey(content: bytes, name: str) -> Image.Image:
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_DOTS:
                raise KnownError("logo.too_large", file=name)
            image = ImageOps.exif_transpose(opened).convert("RGBA")
    except Image.DecompressionBombError as error:
        raise KnownError("logo.too_large", file=name) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise KnownError("logo.no_picture", file=name) from error
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    return paper.convert("L")


def _fitted(grey: Image.Image, name: str) -> Image.Image:
    from PIL import Image

    if grey.width < LEAST or grey.height < LEAST:
        raise KnownError("logo.too_small", file=name, least=LEAST)
    width = min(grey.width, WIDEST)
    height = max(1, round(grey.height * width / grey.width))
    if height > LONGEST:
        raise KnownError("logo.too_long", file=name)
    return grey if width == grey.width else grey.resize((width, height), Image.Resampling.LANCZOS)


def printed_logo(logo: bytes, dots: int) -> bytes:
    """A logo as so many dots of paper show it, black and white; a PNG file's content.

    Raises:
        KnownError: ``receipt.logo_wrong`` for what no printer could print.
    """
    from PIL import ImageOps

    from hardware.printers.errors import DocumentError
    from hardware.printers.raster import image_picture

    try:
        ink = image_picture(logo, 0, dots)
    except DocumentError as error:
        raise KnownError("receipt.logo_wrong", file=LOGO) from error
    return _png(ImageOps.invert(ink).convert("1"))


def write_logo(folder: Path, logo: bytes) -> None:
    """Keep a logo with the shop's own receipts; without content there is none from now on.

    Raises:
        KnownError: ``file.not_written``.
    """
    path = folder / LOGO
    try:
        if logo:
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(path, logo)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise KnownError("file.not_written", reason=str(error)) from error


def _png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
