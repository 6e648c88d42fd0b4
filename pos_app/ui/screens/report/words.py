"""The words of reports. Functions, not strings: the catalogue is asked each time a report is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from pos_app.ui.screens.end_of_day.state import FigureCode, FigureRow, Verdict
from pos_app.ui.screens.end_of_day.words import figure_words, verdict_words
from pos_app.ui.screens.report.state import LineCode, SectionCode
from pos_app.ui.words import parts

if TYPE_CHECKING:
    from pos_app.ui.screens.report.state import ReportLine

_SECTIONS: Final[dict[SectionCode, Callable[[], str]]] = {
    SectionCode.SALES: lambda: QCoreApplication.translate("Report", "SALES"),
    SectionCode.TENDERS: lambda: QCoreApplication.translate("Report", "BY WAY OF PAYING"),
    SectionCode.TAXES: lambda: QCoreApplication.translate("Report", "TAX CONTAINED"),
    SectionCode.DRAWER: lambda: QCoreApplication.translate("Report", "DRAWER"),
    SectionCode.MEMBERS: lambda: QCoreApplication.translate("Report", "MEMBERS"),
    SectionCode.CONTROL: lambda: QCoreApplication.translate("Report", "WORTH A LOOK"),
    SectionCode.HEAD_OFFICE: lambda: QCoreApplication.translate("Report", "HEAD OFFICE"),
    SectionCode.PERPETUAL: lambda: QCoreApplication.translate("Report", "SINCE THE FIRST DAY"),
}
_LINES: Final[dict[LineCode, Callable[[], str]]] = {
    LineCode.SALES_COUNT: lambda: QCoreApplication.translate("Report", "Number of sales"),
    LineCode.GROSS: lambda: QCoreApplication.translate("Report", "Gross sales"),
    LineCode.SAVED: lambda: QCoreApplication.translate("Report", "Saved by customers"),
    LineCode.REFUNDED: lambda: QCoreApplication.translate("Report", "Refunds"),
    LineCode.VOIDED: lambda: QCoreApplication.translate("Report", "Voids"),
    LineCode.NET: lambda: QCoreApplication.translate("Report", "Net sales"),
    LineCode.TENDER_SUM: lambda: QCoreApplication.translate("Report", "Together"),
    LineCode.OPENING_FLOAT: lambda: QCoreApplication.translate("Report", "Float at the start"),
    LineCode.CASH_SALES: lambda: QCoreApplication.translate("Report", "Cash of sales and refunds"),
    LineCode.CASH_MOVEMENTS: lambda: QCoreApplication.translate("Report", "Cash put in and taken out"),
    LineCode.EXPECTED: lambda: QCoreApplication.translate("Report", "Expected"),
    LineCode.COUNTED: lambda: QCoreApplication.translate("Report", "Counted"),
    LineCode.OVER_SHORT: lambda: QCoreApplication.translate("Report", "Over (+) or short (−)"),
    LineCode.MEMBER_SALES: lambda: QCoreApplication.translate("Report", "Sales to members"),
    LineCode.POINTS_EARNED: lambda: QCoreApplication.translate("Report", "Points given"),
    LineCode.POINTS_USED: lambda: QCoreApplication.translate("Report", "Points used"),
    LineCode.REPRINTS: lambda: QCoreApplication.translate("Report", "Receipts printed again"),
    LineCode.DRAWER_OPENED: lambda: QCoreApplication.translate("Report", "Drawer opened without a sale"),
    LineCode.OVERRIDES: lambda: QCoreApplication.translate("Report", "Prices changed by hand"),
    LineCode.PERPETUAL_GROSS: lambda: QCoreApplication.translate("Report", "Gross sales, all time"),
    LineCode.PERPETUAL_REFUNDED: lambda: QCoreApplication.translate("Report", "Refunds and voids, all time"),
    LineCode.PERPETUAL_SALES: lambda: QCoreApplication.translate("Report", "Sales, all time"),
    LineCode.ASKED: lambda: QCoreApplication.translate("Report", "As of"),
    LineCode.TO_SEND: lambda: QCoreApplication.translate("Report", "Records to be sent"),
    LineCode.THERE: lambda: QCoreApplication.translate("Report", "    at head office"),
    LineCode.HASH_THERE: lambda: QCoreApplication.translate("Report", "Hash at head office"),
    LineCode.NOT_BOOKED: lambda: QCoreApplication.translate("Report", "Not in its books"),
    LineCode.SHIFTS: lambda: QCoreApplication.translate("Report", "Shifts"),
}


def section_words(code: SectionCode) -> str:
    """The heading of a section."""
    return _SECTIONS[code]()


def line_words(line: ReportLine) -> str:
    """What a line says."""
    if line.code is LineCode.TENDER:
        return parts.word(parts.TENDERS, line.detail)
    if line.code is LineCode.VERDICT:
        return verdict_words(Verdict(line.detail))
    if line.code is LineCode.FIGURE:
        return figure_words(FigureRow(FigureCode(line.detail), line.value))
    if line.code is LineCode.TAX:
        return QCoreApplication.translate("Report", "Tax at {rate}").format(rate=line.detail)
    return _LINES[line.code]()
