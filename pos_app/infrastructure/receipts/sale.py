"""The receipt of a sale."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.application.print_content import PrintContent
from pos_app.domain.ledger.bodies import Sale, SaleLine
from pos_app.domain.ledger.moves import Purpose
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.quote import Reduction, ReductionKind
from pos_app.domain.rewards import GiftOfRule, gifts_by_rule, points_repaid
from pos_app.domain.tender import TenderKind
from pos_app.domain.unit_codes import tail
from pos_app.infrastructure.receipts.common import PaperMaker
from pos_app.infrastructure.receipts.coupons import coupon_slips
from pos_app.infrastructure.receipts.sheet import amount, one_line
from pos_app.infrastructure.receipts.shop import ShopHeader
from pos_app.infrastructure.receipts.template_parts import BillDiscount
from pos_app.infrastructure.receipts.templates import Templates


class SalePaper(PaperMaker):
    """Makes the receipt of a sale."""

    def __init__(self, content: PrintContent, sale: Sale, shop: ShopHeader, templates: Templates, columns: int) -> None:
        super().__init__(content, shop, templates, columns)
        self._content = content
        self._sale = sale
        self._template = templates.sale

    def make(self) -> None:
        """Fill the paper."""
        self.fill(self._template.blocks)

    def blocks(self) -> dict[str, Callable[[], None]]:
        """What makes each block."""
        return super().blocks() | {
            "title": lambda: self.title(self._template.words.title),
            "facts": self._facts,
            "items": self._items,
            "totals": self._totals,
            "tenders": self._tenders,
            "taxes": self._taxes,
            "member": self._member_block,
            "balances": lambda: self.balances(self._sale.balances),
            "coupons": self._coupons,
            "code": lambda: self.code(self._sale.receipt_no, self._template.options.code),
            "head": lambda: self.head(show=self._template.options.show_head),
            "thanks": lambda: self.sheet.centred(
                self.footer() or self._template.words.thanks, self._template.style.thanks
            ),
        }

    def _facts(self) -> None:
        self.sheet.row(self.common.words.receipt_no, one_line(self._sale.receipt_no))
        self.till_line()

    def _taxes(self) -> None:
        if self._template.options.show_taxes:
            self.sheet.line(self.common.formats.line)
            self.taxes(self._sale.taxes)

    # Goods

    def _items(self) -> None:
        words, sheet = self._template.words, self.sheet
        sheet.row(words.column_item, words.column_amount)
        once = self._template.options.bill_discount is BillDiscount.ONCE
        on_bill = 0
        for line in self._sale.lines:
            sheet.text(one_line(line.name) or one_line(line.product_id), self._template.style.item)
            if line.unit_code:
                sheet.note(words.unit_code.format(tail=one_line(tail(line.unit_code))))
            sheet.row(self._detail(line), amount(line.regular_amount), indent=2)
            bonus = self._bonus(line)
            if bonus:
                sheet.row(words.bonus, amount(bonus), indent=2)
            if line.points_price:
                sheet.note(words.points_price.format(points=line.points_price.display()))
            for drawn in self._sale.draws:
                if drawn.line_no == line.line_no:
                    sheet.note(words.drawn.format(prize=self.local(drawn.prize)))
            for reduction in line.reductions:
                if once and reduction.kind is ReductionKind.MANUAL_BILL:
                    on_bill += reduction.amount.minor
                else:
                    sheet.row(self._reason(reduction), amount(-reduction.amount), indent=2)
            self._uses_left(line)
        if on_bill:
            sheet.row(words.manual_bill, amount(Money(-on_bill)))

    def _uses_left(self, line: SaleLine) -> None:
        """What is left of what the line used or sold: of a card under its last line, of a service likewise."""
        words = self._template.words
        last = {move.lot_id: move for move in self._sale.moves if move.asset is Asset.USE and move.left is not None}
        for move in last.values():
            if line.line_no not in move.lines:
                continue
            if move.expires_on is None:
                self.sheet.note(words.uses_left.format(left=move.left))
            else:
                self.sheet.note(words.uses_left_until.format(left=move.left, date=self.date(move.expires_on)))
        for service in self._sale.services:
            lines = [each.line_no for each in self._sale.lines if _takes(each, service.service_id)]
            if line.line_no == max(lines, default=0):
                self.sheet.note(words.uses_left.format(left=service.left))

    def _bonus(self, line: SaleLine) -> Money:
        """What a recharge gives on top."""
        if not line.is_prepaid:
            return Money(0)
        moves = (move for move in self._sale.moves if move.asset is Asset.BONUS and line.line_no in move.lines)
        return Money(sum(move.amount for move in moves))

    def _detail(self, line: SaleLine) -> str:
        unit = one_line(line.unit)
        return self._template.words.detail.format(
            quantity=line.quantity.display(), unit=self.common.units.get(unit, unit), price=amount(line.unit_price)
        )

    def _reason(self, reduction: Reduction) -> str:
        words = self._template.words
        if reduction.kind is ReductionKind.MANUAL_BILL:
            return words.manual_bill
        return self.local(reduction.name) or words.manual_line

    def _pieces(self) -> int:
        weighed = self.common.weighed_units
        return sum(
            line.quantity.milli // 1000 if line.quantity.is_whole and line.unit not in weighed else 1
            for line in self._sale.lines
            if not line.is_prepaid
        )

    # Money

    def _totals(self) -> None:
        sale, words, sheet = self._sale, self._template.words, self.sheet
        count = self._pieces()
        pieces = words.pieces.format(pieces=count) if count else ""
        if sale.saved:
            sheet.row(f"{words.regular_total}  {pieces}".strip(), amount(sale.regular_total))
            sheet.row(words.saved, amount(-sale.saved))
        else:
            sheet.text(pieces)
        sheet.row(words.payable, self.money(sale.payable), self._template.style.payable)

    def _tenders(self) -> None:
        words, style = self._template.words, self._template.style
        for tender in self._sale.tenders:
            is_cash = tender.kind is TenderKind.CASH
            self.sheet.row(words.cash_received if is_cash else self.tender_label(tender), amount(tender.received))
            if self._template.options.show_references:
                self.reference(tender)
        if any(tender.kind is TenderKind.CASH for tender in self._sale.tenders):
            self.sheet.row(words.change, amount(self._sale.change), style.change)

    def _coupons(self) -> None:
        """What is left of coupons with several uses, and the coupons that the sale gave."""
        left = {
            move.source_id: (move.name, move.left)
            for move in self._sale.moves
            if move.asset is Asset.COUPON and move.purpose is Purpose.REDEEMED and move.left
        }
        for name, uses in left.values():
            self.sheet.text(self.common.coupon.left.format(name=self.local(name), left=uses))
        coupon_slips(self, self._content)

    # Member

    def _member_block(self) -> None:
        member = self._sale.member
        if member is None:
            return
        words, style, sheet = self._template.member, self._template.style, self.sheet
        self.member_line(words.member)
        who = self._content.member
        if who is not None and member.tier_before != member.tier_after:
            sheet.centred(words.tier_rose.format(tier=self.local(who.tier)), style.tier_rose)
        self.points_row(words.points_before, member.points_before, signed=False)
        if self._template.options.show_earning_rules:
            for earned in member.earned:
                self.points_row(self.local(earned.name) or words.earned, earned.points)
        else:
            self.points_row(words.earned, Points(sum(each.points.count for each in member.earned)))
        self.points_row(words.spent, Points(-sum(part.points.count for part in member.burned)))
        given = gifts_by_rule(self._sale, member.member_id)
        for gift in given:
            self.points_row(self.local(gift.name), Points(gift.of(Asset.POINTS)))
        moved = [m for m in self._sale.moves if m.asset is Asset.POINTS and m.account_id == member.member_id]
        self.points_row(words.exchanged, Points(sum(m.amount for m in moved if m.purpose is Purpose.REDEEMED)))
        for move in moved:
            if move.purpose is Purpose.ISSUED and move.gift is None:  # a prize
                self.points_row(self.local(move.name), Points(move.amount))
        self.points_row(words.balance, member.points_after, style.balance, signed=False)
        if self._content.points_wait:
            sheet.text(words.points_wait)
        repaid = member.repaid + Points(points_repaid(self._sale, member.member_id))
        if repaid.count:
            sheet.text(words.repaid.format(points=repaid.display()))
        for gift in given:
            self._gift(gift)
        if member.expiring.count:
            sheet.row(words.expiring.format(date=self.date(member.expiring_by)), member.expiring.display(), indent=2)
        if who is not None and who.next_tier is not None:
            way = self._way(member.next_spend, member.next_visits, member.next_points)
            form = words.next_long if len(way) > 1 else words.next
            joined = (words.all_of if member.next_all else words.any_of).join(way)
            if way:
                sheet.text(form.format(way=joined, tier=self.local(who.next_tier)))
        if who is not None and member.tier_until is not None:
            way = self._way(member.keep_spend, member.keep_visits, member.keep_points)
            joined = (words.all_of if member.keep_all else words.any_of).join(way)
            form = words.keep if way else words.until
            sheet.text(form.format(tier=self.local(who.tier), date=self.date(member.tier_until), way=joined))

    def _gift(self, gift: GiftOfRule) -> None:
        """What a rule gave beside points."""
        words, sheet, name = self._template.member, self.sheet, self.local(gift.name)
        for part in gift.parts:
            match part.asset:
                case Asset.BONUS:
                    sheet.row(words.gift_balance.format(gift=name), amount(Money(part.amount)))
                case Asset.COUPON | Asset.USE:
                    form = words.gift_coupons if part.asset is Asset.COUPON else words.gift_uses
                    what = words.gift_what.format(gift=name, what=self.local(part.name))
                    sheet.row(what, form.format(count=part.amount))
                case _:
                    pass

    def _way(self, spend: Money | None, visits: int | None, points: Points | None) -> list[str]:
        """What is missing to a tier, figure by figure."""
        words = self._template.member
        parts: list[str] = []
        if spend:
            parts.append(words.spend.format(amount=self.money(spend)))
        if visits:
            form = words.visits_one if visits == 1 else words.visits_many
            parts.append(form.format(visits=f"{visits:,}"))
        if points is not None and points.count:
            parts.append(words.points.format(points=points.display()))
        return parts


def _takes(line: SaleLine, service_id: str) -> bool:
    """Whether a service took something off a line."""
    return any(each.kind is ReductionKind.SERVICE and each.source_id == service_id for each in line.reductions)
