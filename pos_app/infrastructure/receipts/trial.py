"""A receipt as a printer would print it that is not set up yet: to be looked at while somebody fills in its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from pos_app.infrastructure.receipts.output import receipt_paper
from pos_app.infrastructure.receipts.render import render

if TYPE_CHECKING:
    from pos_app.application.print_content import PrintContent
    from pos_app.infrastructure.receipts.output import ReceiptSettings
    from pos_app.infrastructure.receipts.shop import ShopHeader


class TrialPaper(msgspec.Struct, frozen=True):
    """What would come out.

    Attributes:
        png: A picture of the paper, made from the very bytes that would go to the printer.
        text: The same as text, for screen readers.
        missing: Characters of the receipt that this printer does not have, each once.
    """

    png: bytes
    text: str = ""
    missing: str = ""


def trial_paper(content: PrintContent, shop: ShopHeader, settings: ReceiptSettings) -> TrialPaper:
    """Return the paper.

    Raises:
        DocumentError: When it cannot be printed, such as for a damaged logo.
    """
    paper = receipt_paper(content, shop, settings)
    return TrialPaper(paper.png(settings.fonts), paper.text(), _missing(content, shop, settings))


def _missing(content: PrintContent, shop: ShopHeader, settings: ReceiptSettings) -> str:
    from hardware.printers.charset import missing
    from hardware.printers.profile import Charset
    from hardware.printers.receipt_text import to_text

    profile = settings.profile
    document = render(content, shop, settings.templates, profile.columns)
    # Unicode has them all, so this is what the receipt says before the printer's charset takes its part away.
    said = to_text(document, msgspec.structs.replace(profile, charset=Charset.UTF8))
    return "".join(sorted({each for each in said if missing(each, profile.charset)}))
