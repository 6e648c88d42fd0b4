"""The paper for a customer who asks why: every line, every benefit that applied or not, every point."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.application.print_content import Explanation, PrintContent
from pos_app.domain.pricing.quote import Reduction, ReductionKind
from pos_app.domain.programme.odds import chances_of
from pos_app.infrastructure.receipts.common import PaperMaker
from pos_app.infrastructure.receipts.sheet import amount, one_line
from pos_app.infrastructure.receipts.shop import ShopHeader
from pos_app.infrastructure.receipts.templates import Templates


class ExplanationPaper(PaperMaker):
    """Makes the explanation of a bill."""

    def __init__(
        self, content: PrintContent, explained: Explanation, shop: ShopHeader, templates: Templates, columns: int
    ) -> None:
        super().__init__(content, shop, templates, columns)
        self._quote = explained.quote
        self._basket = explained.basket
        self._draws = explained.draws
        self._template = templates.explanation

    def make(self) -> None:
        """Fill the paper."""
        self.fill(self._template.blocks)

    def blocks(self) -> dict[str, Callable[[], None]]:
        """What makes each block."""
        words = self._template.words
        return super().blocks() | {
            "title": lambda: self.title(words.title),
            "facts": self.till_line,
            "items": self._items,
            "totals": self._totals,
            "applied": self._applied,
            "not_applied": self._not_applied,
            "points": self._points,
            "gifts": self._gifts,
            "odds": self._odds,
            "no_receipt": lambda: self.sheet.centred(words.no_receipt),
        }

    def _items(self) -> None:
        for line, price in zip(self._basket.lines, self._quote.lines, strict=True):
            unit = one_line(line.product.unit)
            self.sheet.text(one_line(line.product.name))
            detail = self._template.words.detail.format(
                quantity=line.quantity.display(), unit=self.common.units.get(unit, unit), price=amount(price.unit_price)
            )
            self.sheet.row(detail, amount(price.regular_amount), indent=2)
            for reduction in price.reductions:
                self.sheet.row(self._reason(reduction), amount(-reduction.amount), indent=2)
            if price.points_price:
                self.sheet.note(self._template.words.points_price.format(points=price.points_price.display()))
            if price.reductions:
                self.sheet.row(self._template.words.comes_to, amount(price.amount), indent=2)

    def _reason(self, reduction: Reduction) -> str:
        if reduction.kind in (ReductionKind.MANUAL_LINE, ReductionKind.MANUAL_BILL):
            return self._template.words.by_hand
        return self.local(reduction.name)

    def _totals(self) -> None:
        words, quote = self._template.words, self._quote
        self.sheet.row(words.regular_total, amount(quote.regular_total))
        if quote.saved:
            self.sheet.row(words.saved, amount(-quote.saved))
        self.sheet.row(words.payable, self.money(quote.payable), self._template.style.payable)

    def _applied(self) -> None:
        applied = [(each.name, each.saved) for each in self._quote.benefits if each.applied]
        applied += [(each.name, each.off) for each in self._quote.coupons if each.used]
        if applied:
            self.sheet.text(self._template.words.applied, self._template.style.heading)
        for name, off in applied:
            self.sheet.row(self.local(name), amount(-off))

    def _not_applied(self) -> None:
        left = [(each.name, each.reason, each.missing) for each in self._quote.benefits if not each.applied]
        left += [
            (each.name, each.reason, each.missing) for each in self._quote.coupons if not each.used and each.reason
        ]
        left += [(each.name, each.reason, each.missing) for each in self._quote.gifts if not each.times]
        if left:
            self.sheet.text(self._template.words.not_applied, self._template.style.heading)
        for name, code, missing in left:
            self.sheet.text(self.local(name))
            reason = self._template.reasons.get(code, self._template.reasons["other"])
            if missing is not None:
                reason = self._template.words.missing.format(amount=self.money(missing))
            self.sheet.note(reason)

    def _points(self) -> None:
        words, quote = self._template.words, self._quote
        if quote.earned:
            self.sheet.text(words.points, self._template.style.heading)
        for each in quote.earned:
            self.sheet.row(self.local(each.name), each.points.display())
        if quote.burn is not None and quote.burn.points.count:
            burn = quote.burn
            self.sheet.text(words.can_pay.format(points=burn.points.display(), amount=self.money(burn.value)))

    def _gifts(self) -> None:
        words, given = self._template.words, [each for each in self._quote.gifts if each.times]
        if given:
            self.sheet.text(words.gifts, self._template.style.heading)
        for each in given:
            self.sheet.text(words.gift_times.format(name=self.local(each.name), times=each.times))

    def _odds(self) -> None:
        """The published chances of every draw: each prize, and nothing hidden behind "others"."""
        for draw in self._draws:
            heading = self._template.words.odds.format(draw=self.local(draw.name), points=draw.points.display())
            self.sheet.text(heading, self._template.style.heading)
            for chance in chances_of(draw, {}):
                self.sheet.row(self.local(chance.name), chance.percent)
