"""The paper of a refund, or of the void of a whole sale."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.application.print_content import PrintContent
from pos_app.domain.ledger.bodies import Refund
from pos_app.domain.ledger.moves import Purpose
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.points import Points
from pos_app.infrastructure.receipts.common import PaperMaker
from pos_app.infrastructure.receipts.sheet import amount, one_line
from pos_app.infrastructure.receipts.shop import ShopHeader
from pos_app.infrastructure.receipts.templates import Templates


class RefundPaper(PaperMaker):
    """Makes the paper of a refund. Amounts are what the customer gets, so they are positive."""

    def __init__(
        self, content: PrintContent, refund: Refund, shop: ShopHeader, templates: Templates, columns: int
    ) -> None:
        super().__init__(content, shop, templates, columns)
        self._content = content
        self._refund = refund
        self._template = templates.refund

    def make(self) -> None:
        """Fill the paper."""
        self.fill(self._template.blocks)

    def blocks(self) -> dict[str, Callable[[], None]]:
        """What makes each block."""
        words = self._template.words
        return super().blocks() | {
            "title": lambda: self.title(words.void_title if self._refund.is_void else words.title),
            "facts": self._facts,
            "items": self._items,
            "totals": lambda: self.sheet.row(
                words.amount, self.money(self._refund.amount), self._template.style.amount
            ),
            "tenders": self._tenders,
            "taxes": self._taxes,
            "member": self._member_block,
            "balances": lambda: self.balances(self._refund.balances),
            "coupons": self._coupons,
            "signature": lambda: self.sheet.signature(self.common.words.signature),
            "code": lambda: self.code(self._refund.receipt_no, self._template.options.code),
            "head": lambda: self.head(show=self._template.options.show_head),
            "thanks": lambda: self.sheet.centred(words.thanks),
        }

    def _taxes(self) -> None:
        if self._template.options.show_taxes:
            self.sheet.line(self.common.formats.line)
            self.taxes(self._refund.taxes)

    def _facts(self) -> None:
        refund, words, sheet = self._refund, self._template.words, self.sheet
        sheet.row(self.common.words.receipt_no, one_line(refund.receipt_no))
        sheet.row(words.original, one_line(refund.sale_receipt_no))
        self.till_line()
        approved_by = one_line(refund.approved_by)
        if approved_by and approved_by != self.header.operator_id:
            sheet.row(words.approved_by, approved_by)
        reason = one_line(refund.reason)
        if reason:
            sheet.row(words.reason, reason)

    def _items(self) -> None:
        words, sheet = self._template.words, self.sheet
        sheet.row(words.column_item, words.column_amount)
        for line in self._refund.lines:
            sheet.text(one_line(line.name) or one_line(line.product_id), self._template.style.item)
            sheet.row(words.detail.format(quantity=line.quantity.display()), amount(line.sold_for), indent=2)
            for label, kept in (
                (words.spent, line.spent),
                (words.bonus_spent, line.bonus_spent),
                (words.used, line.used),
            ):
                if kept:
                    sheet.row(label, amount(-kept), indent=2)
        for move in self._refund.moves:
            if move.asset is Asset.USE and move.amount > 0:
                sheet.row(self.local(move.name), words.uses_back.format(uses=move.amount))

    def _tenders(self) -> None:
        for tender in self._refund.tenders:
            label = self._template.words.returned.format(tender=self.tender_label(tender))
            self.sheet.row(label, amount(tender.amount))
            if self._template.options.show_references:
                self.reference(tender)

    def _coupons(self) -> None:
        """Coupons that are given back; one whose own lot has ended has a code of its own no more."""
        for move in self._refund.moves:
            if move.asset is Asset.COUPON and move.purpose is Purpose.REDEEMED:
                self.sheet.text(self.common.coupon.back.format(name=self.local(move.name)))
                if move.makes_lot and move.expires_on is not None:
                    days = {"first": self.date(move.made_on), "last": self.date(move.expires_on)}
                    self.sheet.note(self.common.coupon.days.format(**days))

    def _member_block(self) -> None:
        member = self._refund.member
        if member is None:
            return
        words, sheet = self._template.member, self.sheet
        self.member_line(words.member)
        back = sum(part.points.count for part in member.given_back)
        grace = sum(lot.points.count for lot in member.grace_lots)
        moved = [m for m in self._refund.moves if m.asset is Asset.POINTS and m.account_id == member.member_id]
        back += sum(move.amount for move in moved if move.amount > 0)
        taken = member.taken_back - Points(sum(m.amount for m in moved if m.amount < 0 and not m.is_owed))
        owed = member.owed - Points(sum(m.amount for m in moved if m.is_owed))
        gone = (taken + owed).count
        self.points_row(words.points_before, Points(member.points_after.count + gone - back - grace), signed=False)
        self.points_row(words.taken_back, -taken)
        self.points_row(words.owed, -owed)
        self.points_row(words.given_back, Points(back + grace))
        self.points_row(words.balance, member.points_after, self._template.style.balance, signed=False)
        ends = [lot.expires_on for lot in member.grace_lots]
        ends += [move.expires_on for move in moved if move.amount > 0 and move.makes_lot]
        until = min((end for end in ends if end is not None), default=None)
        if until is not None:
            sheet.text(words.given_back_until.format(date=self.date(until)))
        who = self._content.member
        if who is not None and member.tier_before != member.tier_after:
            sheet.text(words.tier_fell.format(tier=self.local(who.tier)))
