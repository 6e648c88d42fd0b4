"""Coupons on paper: of each what it is, its code for the scanner and in letters, its days and its terms."""

from __future__ import annotations

from collections.abc import Callable

from hardware.printers.document import QrCode
from pos_app.application.print_content import PrintContent
from pos_app.infrastructure.receipts.common import PaperMaker
from pos_app.infrastructure.receipts.sheet import one_line
from pos_app.infrastructure.receipts.shop import ShopHeader
from pos_app.infrastructure.receipts.template_parts import Style
from pos_app.infrastructure.receipts.templates import Templates

#: A slip of coupons from top to bottom.
_BLOCKS = ("shop", "space", "title", "space", "facts", "coupons", "line", "head")
#: Dots per module of a signed code: it is long, and still stands on the narrowest paper.
_MODULE = 4


def coupon_slips(paper: PaperMaker, content: PrintContent) -> None:
    """Put every coupon of a record onto a paper, each below a line."""
    words, sheet = paper.common.coupon, paper.sheet
    for coupon in content.coupons:
        sheet.line(paper.common.formats.line)
        sheet.centred(paper.local(coupon.name), Style.BOLD)
        if coupon.signed:
            sheet.add(QrCode(coupon.signed, _MODULE))
        sheet.centred(words.code.format(code=one_line(coupon.code)))
        first, last = paper.date(coupon.first_day), coupon.last_day and paper.date(coupon.last_day)
        if last:
            sheet.centred(words.days.format(first=first, last=last))
        else:
            sheet.centred(words.no_end.format(first=first))
        if coupon.uses > 1:
            sheet.centred(words.uses.format(uses=coupon.uses))
        terms = paper.local(coupon.terms)
        if terms:
            sheet.text(terms)


class CouponPaper(PaperMaker):
    """Makes the slip of coupons that were given outside a sale."""

    def __init__(self, content: PrintContent, shop: ShopHeader, templates: Templates, columns: int) -> None:
        super().__init__(content, shop, templates, columns)
        self._content = content

    def make(self) -> None:
        """Fill the paper."""
        self.fill(_BLOCKS)

    def blocks(self) -> dict[str, Callable[[], None]]:
        """What makes each block."""
        return super().blocks() | {
            "title": lambda: self.title(self.common.coupon.title),
            "facts": self.till_line,
            "coupons": lambda: coupon_slips(self, self._content),
            "head": self.head,
        }
