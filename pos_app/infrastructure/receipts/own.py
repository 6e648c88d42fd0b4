"""The shop's own receipts: its templates over those the till carries, and its logo. What is wrong stops no paper."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from pos_app.errors import KnownError
from pos_app.infrastructure.receipts.loading import builtin_templates, load_templates
from pos_app.infrastructure.receipts.templates import Templates

#: A logo is a few kilobytes; whatever is larger is another file by mistake.
LARGEST_LOGO: Final = 2_000_000
LOGO: Final = "logo.png"


class OwnReceipts(msgspec.Struct, frozen=True):
    """What is used of the shop's own.

    Attributes:
        templates: The shop's, or the till's where those are wrong.
        logo: A PNG file's content; empty for none.
        problems: What is wrong, for the manager: ``receipt.template_wrong``, ``receipt.logo_wrong``.
    """

    templates: Templates
    logo: bytes = b""
    problems: tuple[KnownError, ...] = ()


def own_receipts(locale: str, folder: Path | None, logo: str = "") -> OwnReceipts:
    """Read the shop's own.

    Args:
        locale: Language of papers.
        folder: Where the shop keeps them; None where it has none.
        logo: Another file than the folder's ``logo.png``.

    Raises:
        KnownError: ``receipt.template_wrong`` when there is no such language.
    """
    problems = []
    templates = builtin_templates(locale)
    if folder is not None and folder.is_dir():
        try:
            templates = load_templates(locale, folder)
        except KnownError as error:
            problems.append(error)
    picture, path = b"", Path(logo) if logo else folder / LOGO if folder is not None else None
    if path is not None and (logo or path.exists()):
        try:
            picture = _picture(path)
        except KnownError as error:
            problems.append(error)
    return OwnReceipts(templates, picture, tuple(problems))


def _picture(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            picture = stream.read(LARGEST_LOGO + 1)
    except OSError as error:
        raise KnownError("receipt.logo_wrong", file=path.name) from error
    if len(picture) > LARGEST_LOGO:
        raise KnownError("receipt.logo_wrong", file=path.name)
    return picture


def check_logo(logo: bytes, dots: int) -> None:
    """Draw a logo as wide as it will be, which keeps it at hand for the first receipt.

    Raises:
        KnownError: ``receipt.logo_wrong`` for what is no picture, or one that fits no paper.
    """
    from hardware.printers.errors import DocumentError
    from hardware.printers.raster import image_picture

    try:
        image_picture(logo, 0, dots)
    except DocumentError as error:
        raise KnownError("receipt.logo_wrong", file=LOGO) from error
