"""A slip: what of a sale another place has to make or fetch, large, without prices."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.application.print_content import PrintContent
from pos_app.domain.ledger.bodies import Sale
from pos_app.infrastructure.receipts.common import PaperMaker
from pos_app.infrastructure.receipts.sheet import one_line
from pos_app.infrastructure.receipts.shop import ShopHeader
from pos_app.infrastructure.receipts.templates import Templates

_BLOCKS = ("title", "number", "facts", "line", "items")


class SlipPaper(PaperMaker):
    """Makes a slip."""

    def __init__(self, content: PrintContent, sale: Sale, shop: ShopHeader, templates: Templates, columns: int) -> None:
        super().__init__(content, shop, templates, columns)
        self._sale = sale
        self._printer = content.target

    def make(self) -> None:
        """Fill the paper."""
        self.fill(_BLOCKS)

    def blocks(self) -> dict[str, Callable[[], None]]:
        """What makes each block."""
        return super().blocks() | {
            "title": lambda: self.title(self.common.slip.title.format(printer=one_line(self._printer))),
            "number": lambda: self.sheet.row(self.common.words.receipt_no, one_line(self._sale.receipt_no)),
            "facts": self.till_line,
            "items": self._items,
        }

    def _items(self) -> None:
        words = self.common.slip
        for line in self._sale.lines:
            unit = self.common.units.get(line.unit, line.unit)
            item = words.item.format(quantity=line.quantity.display(), unit=one_line(unit), name=one_line(line.name))
            self.sheet.text(item, words.style)
