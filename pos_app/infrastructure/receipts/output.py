"""A print job as bytes for the printer, as a picture and as text; the last two are read back from the bytes.

Fonts and Pillow are loaded only where something is drawn: a receipt as text in the printer's own font needs neither.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from hardware.fonts import FontSource
from hardware.printers.escpos_encoder import encode
from hardware.printers.profile import PAPER_80, Charset, MissingCharacters, PrinterProfile
from pos_app.infrastructure.receipts.loading import builtin_templates
from pos_app.infrastructure.receipts.render import render
from pos_app.resources import resources_dir

if TYPE_CHECKING:
    from hardware.virtual.paper import Paper
    from pos_app.application.print_content import PrintContent
    from pos_app.infrastructure.receipts.shop import ShopHeader
    from pos_app.infrastructure.receipts.templates import Templates


def _bundled_fonts() -> FontSource:
    return FontSource.in_folder(resources_dir() / "fonts")


@dataclass(frozen=True, slots=True)
class ReceiptSettings:
    """How a till prints.

    Attributes:
        templates: Words and order, of one locale.
        profile: The printer.
        fonts: For printers without a Chinese font, and for previews.
    """

    templates: Templates = field(default_factory=lambda: builtin_templates("zh_CN"))
    profile: PrinterProfile = PAPER_80
    fonts: FontSource = field(default_factory=_bundled_fonts)


def receipt_bytes(content: PrintContent, shop: ShopHeader, settings: ReceiptSettings) -> bytes:
    """Return the one byte string that prints a job, the drawer's pulse first.

    Raises:
        DocumentError: When it cannot be printed, such as for a damaged logo.
    """
    document = render(content, shop, settings.templates, settings.profile.columns)
    return encode(document, settings.profile, settings.fonts)


def receipt_paper(content: PrintContent, shop: ShopHeader, settings: ReceiptSettings) -> Paper:
    """Return what the printer's bytes put on paper, according to the virtual printer."""
    from hardware.virtual.interpreter import decode
    from hardware.virtual.paper import PaperFormat

    return decode(receipt_bytes(content, shop, settings), PaperFormat.of(settings.profile))


def receipt_png(content: PrintContent, shop: ShopHeader, settings: ReceiptSettings, *, scale: int = 1) -> bytes:
    """Return a picture of the paper, made from the very bytes that would go to the printer."""
    return receipt_paper(content, shop, settings).png(settings.fonts, scale=scale)


def receipt_text(content: PrintContent, shop: ShopHeader, settings: ReceiptSettings) -> str:
    """Return the paper as monospaced text, read back from the bytes.

    Of a printer that is sent pictures, the text is that of the same printer with a font of its own.
    """
    profile = settings.profile
    if profile.charset is Charset.RASTER or profile.missing is MissingCharacters.RASTER:
        profile = msgspec.structs.replace(profile, charset=Charset.UTF8, missing=MissingCharacters.BOX)
    return receipt_paper(content, shop, ReceiptSettings(settings.templates, profile, settings.fonts)).text()
