"""X reports, shift reports with their count, and Z reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pos_app.application.print_content import PrintContent
from pos_app.domain.ledger.bodies import DayClosed, ShiftClosed, Totals, XReport
from pos_app.domain.money import Money, total
from pos_app.domain.tender import TenderKind
from pos_app.infrastructure.receipts.common import PaperMaker
from pos_app.infrastructure.receipts.day_block import DayBlock
from pos_app.infrastructure.receipts.sheet import amount, one_line
from pos_app.infrastructure.receipts.shop import ShopHeader
from pos_app.infrastructure.receipts.template_parts import Style
from pos_app.infrastructure.receipts.templates import Templates

_PIECE_WIDTHS: Final = (8, 12)
_HASH_LINE: Final = 32


class ReportPaper(PaperMaker):
    """Makes a report: two columns, figures at the right edge."""

    def __init__(
        self,
        content: PrintContent,
        body: XReport | ShiftClosed | DayClosed,
        shop: ShopHeader,
        templates: Templates,
        columns: int,
    ) -> None:
        super().__init__(content, shop, templates, columns)
        self._body = body
        self._compared = content.day
        self._reports = templates.reports
        self._totals: Totals = body.period if isinstance(body, DayClosed) else body.totals

    def make(self) -> None:
        """Fill the paper."""
        reports = self._reports
        match self._body:
            case XReport():
                self.fill(reports.x_report.blocks)
            case ShiftClosed():
                self.fill(reports.shift_report.blocks)
            case DayClosed():
                self.fill(reports.z_report.blocks)

    def blocks(self) -> dict[str, Callable[[], None]]:
        """What makes each block."""
        blocks = super().blocks() | {
            "shop": lambda: self.sheet.centred(self.local(self.shop.name), self.common.style.shop),
            "title": self._title,
            "facts": self._facts,
            "sales": self._sales,
            "tenders": self._tenders,
            "taxes": lambda: self.taxes(self._totals.taxes, heading=self._reports.words.taxes_heading),
            "members": self._members,
            "events": self._events,
            "head": self.head,
            "signature": lambda: self.sheet.signature(self._reports.words.signature),
        }
        if isinstance(body := self._body, ShiftClosed):
            blocks |= {"cash": lambda: self._cash(body), "count": lambda: self._count(body)}
        if isinstance(day := self._body, DayClosed):
            blocks |= {
                "over_short": lambda: self._difference(day.over_short),
                "perpetual": lambda: self._perpetual(day),
                "journal": lambda: self._journal(day),
                "head_office": self._head_office,
            }
        return blocks

    def _title(self) -> None:
        reports, body = self._reports, self._body
        match body:
            case XReport():
                self.title(reports.x_report.title.format(number=body.number))
            case ShiftClosed():
                self.title(reports.shift_report.title.format(number=body.number))
            case DayClosed():
                self.title(reports.z_report.title.format(number=f"{body.z_number:04d}"))

    def _facts(self) -> None:
        words, sheet, body = self._reports.words, self.sheet, self._body
        day = body.business_date if isinstance(body, DayClosed) else self.header.business_date
        sheet.row(words.business_date, self.date(day))
        sheet.row(words.time, self.moment(self.header.happened_at))
        sheet.row(words.till, str(self.header.till_number))
        sheet.row(words.operator, self.operator())
        if isinstance(body, ShiftClosed) and body.cashier != self.header.operator_id:
            sheet.row(words.shift, f"{body.number} ({one_line(body.cashier)})")
        if isinstance(body, DayClosed) and body.shifts:
            sheet.row(words.shifts, ", ".join(str(number) for number in body.shifts))

    def _sales(self) -> None:
        words, sheet, totals = self._reports.words, self.sheet, self._totals
        sheet.row(words.sales.format(count=f"{totals.sales:,}"), amount(totals.gross))
        sheet.row(words.refunds.format(count=f"{totals.refunds:,}"), amount(-totals.refunded))
        sheet.row(words.voids.format(count=f"{totals.voids:,}"), amount(-totals.voided))
        sheet.row(words.net, self.money(totals.net), self._reports.style.net)
        if totals.prepaid or totals.prepaid_back:
            sheet.row(words.prepaid_sold, amount(totals.prepaid + totals.prepaid_back), indent=2)
            sheet.row(words.prepaid_back, amount(-totals.prepaid_back), indent=2)
            sheet.row(words.turnover, self.money(totals.net - totals.prepaid), self._reports.style.net)
        sheet.row(words.saved, amount(totals.saved))

    def _tenders(self) -> None:
        words, style, sheet = self._reports.words, self._reports.style, self.sheet
        sheet.text(words.tenders_heading, style.heading)
        order = {kind.value: place for place, kind in enumerate(TenderKind)}
        for tender in sorted(self._totals.tenders, key=lambda each: order.get(each.kind, len(order))):
            label = words.tender.format(tender=self.tender_name(tender.kind), count=f"{tender.count:,}")
            sheet.row(label, amount(tender.amount))
        sheet.row(words.tenders_sum, amount(total(tender.amount for tender in self._totals.tenders)), style.sum)

    def _members(self) -> None:
        words, sheet, totals = self._reports.words, self.sheet, self._totals
        sheet.text(words.members_heading, self._reports.style.heading)
        sheet.row(words.member_sales, f"{totals.member_sales:,}")
        sheet.row(words.points_earned, totals.points_earned.display())
        sheet.row(words.points_burned, totals.points_burned.display())

    def _events(self) -> None:
        words, sheet, totals = self._reports.words, self.sheet, self._totals
        sheet.text(words.events_heading, self._reports.style.heading)
        sheet.row(words.reprints, f"{totals.reprints:,}")
        sheet.row(words.drawer_opened, f"{totals.drawer_opened:,}")
        sheet.row(words.overrides, f"{totals.overrides:,}")

    def _cash(self, shift: ShiftClosed) -> None:
        words, style, sheet = self._reports.words, self._reports.style, self.sheet
        taken = total(each.amount for each in self._totals.tenders if each.kind == TenderKind.CASH.value)
        sheet.text(words.cash_heading, style.heading)
        sheet.row(words.opening_float, amount(shift.opening_float))
        sheet.row(words.cash_taken, amount(taken))
        sheet.row(words.cash_movements, amount(shift.cash_movements))
        sheet.row(words.expected, amount(shift.count.expected), style.sum)
        sheet.row(words.counted, amount(shift.count.counted), style.sum)
        self._difference(shift.count.difference)

    def _difference(self, difference: Money) -> None:
        words = self._reports.words
        if difference.minor > 0:
            self.sheet.row(words.over, self.money(difference), self._reports.style.difference)
        elif difference.minor < 0:
            self.sheet.row(words.short, self.money(difference), self._reports.style.difference)
        else:
            self.sheet.row(words.exact, amount(difference), Style.BOLD)

    def _count(self, shift: ShiftClosed) -> None:
        pieces = [(face, number) for face, number in shift.count.pieces if number]
        if not pieces:
            return
        words, sheet = self._reports.words, self.sheet
        sheet.text(words.count_heading, self._reports.style.heading)
        sheet.table((words.count_face, words.count_pieces, words.count_amount), _PIECE_WIDTHS)
        for face, number in sorted(pieces, reverse=True):
            sheet.table((amount(Money(face)), f"{number:,}", amount(Money(face * number))), _PIECE_WIDTHS)

    def _perpetual(self, day: DayClosed) -> None:
        words, style, sheet = self._reports.words, self._reports.style, self.sheet
        sheet.text(words.perpetual_heading, style.heading)
        sheet.row(words.perpetual_sales, f"{day.perpetual_sales:,}")
        sheet.row(words.perpetual_gross, amount(day.perpetual_gross))
        sheet.row(words.perpetual_refunded, amount(-day.perpetual_refunded))
        sheet.row(words.perpetual_net, amount(day.perpetual_gross - day.perpetual_refunded), style.sum)

    def _journal(self, day: DayClosed) -> None:
        words, sheet = self._reports.words, self.sheet
        sheet.text(words.journal_heading, self._reports.style.heading)
        sheet.row(words.journal_from, str(day.first_seq))
        sheet.text(words.journal_head)
        digits = day.head_before.hex()
        for start in range(0, len(digits), _HASH_LINE):
            sheet.centred(digits[start : start + _HASH_LINE])

    def _head_office(self) -> None:
        if self._compared is not None:
            block = DayBlock(
                self.sheet,
                self._reports.head_office,
                self._reports.style,
                moment=self.moment,
                tender_name=self.tender_name,
                zone=self.header.printed_at.tzinfo,
            )
            block.make(self._compared)
