"""From the bodies of reports to what the sheet shows: no Qt, no I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.application.end_of_day import DayState, state_of
from pos_app.domain.ledger.bodies import DayClosed, ShiftClosed, XReport
from pos_app.domain.money import Money, total
from pos_app.domain.tender import TenderKind
from pos_app.ui.concerns import moment
from pos_app.ui.screens.end_of_day.showing import figure_rows
from pos_app.ui.screens.end_of_day.state import FigureCode
from pos_app.ui.screens.report.state import LineCode, ReportLine, ReportSection, SectionCode

if TYPE_CHECKING:
    import datetime as dt

    from pos_app.application.end_of_day import KeptDay
    from pos_app.domain.ledger.bodies import Totals

Report = XReport | ShiftClosed | DayClosed


def number_of(report: Report) -> int:
    """The report's number, or the shift's."""
    return report.z_number if isinstance(report, DayClosed) else report.number


def totals_of(report: Report) -> Totals:
    """The figures of its period."""
    return report.period if isinstance(report, DayClosed) else report.totals


def sections(report: Report, compared: KeptDay | None, now: dt.datetime) -> tuple[ReportSection, ...]:
    """Everything a report says, the most important first.

    Args:
        report: As it is in the journal.
        compared: Of a Z report: what is remembered of head office's word on its day.
        now: By which a moment is told with its day or without.
    """
    figures = totals_of(report)
    result = [_sales(figures), _tenders(figures)]
    if isinstance(report, ShiftClosed):
        result.append(_drawer(report))
    elif isinstance(report, DayClosed):
        result.append(ReportSection(SectionCode.DRAWER, (ReportLine(LineCode.OVER_SHORT, report.over_short),)))
    if figures.taxes:
        result.append(_taxes(figures))
    result += [_members(figures), _control(figures)]
    if isinstance(report, DayClosed):
        result.append(_perpetual(report))
    if compared is not None:
        result.append(_head_office(compared, now))
    return tuple(result)


def cash_sales(report: ShiftClosed) -> Money:
    """Cash taken less change and less cash given back."""
    return total(each.amount for each in report.totals.tenders if each.kind == TenderKind.CASH.value)


def _sales(figures: Totals) -> ReportSection:
    return ReportSection(
        SectionCode.SALES,
        (
            ReportLine(LineCode.SALES_COUNT, figures.sales),
            ReportLine(LineCode.GROSS, figures.gross),
            ReportLine(LineCode.SAVED, figures.saved),
            ReportLine(LineCode.REFUNDED, -figures.refunded, figures.refunds),
            ReportLine(LineCode.VOIDED, -figures.voided, figures.voids),
            ReportLine(LineCode.NET, figures.net),
        ),
    )


def _tenders(figures: Totals) -> ReportSection:
    lines = [ReportLine(LineCode.TENDER, each.amount, each.count, each.kind) for each in figures.tenders]
    lines.append(ReportLine(LineCode.TENDER_SUM, total(each.amount for each in figures.tenders)))
    return ReportSection(SectionCode.TENDERS, tuple(lines))


def _drawer(report: ShiftClosed) -> ReportSection:
    return ReportSection(
        SectionCode.DRAWER,
        (
            ReportLine(LineCode.OPENING_FLOAT, report.opening_float),
            ReportLine(LineCode.CASH_SALES, cash_sales(report)),
            ReportLine(LineCode.CASH_MOVEMENTS, report.cash_movements),
            ReportLine(LineCode.EXPECTED, report.count.expected),
            ReportLine(LineCode.COUNTED, report.count.counted),
            ReportLine(LineCode.OVER_SHORT, report.count.difference),
        ),
    )


def _taxes(figures: Totals) -> ReportSection:
    lines = tuple(ReportLine(LineCode.TAX, each.tax, detail=percent(each.rate_bp)) for each in figures.taxes)
    return ReportSection(SectionCode.TAXES, lines)


def percent(rate_bp: int) -> str:
    """A rate as papers write it: ``13%``, ``0.5%``."""
    whole, part = divmod(rate_bp, 100)
    return f"{whole}%" if part == 0 else f"{whole}.{part:02d}".rstrip("0") + "%"


def _members(figures: Totals) -> ReportSection:
    return ReportSection(
        SectionCode.MEMBERS,
        (
            ReportLine(LineCode.MEMBER_SALES, figures.member_sales),
            ReportLine(LineCode.POINTS_EARNED, figures.points_earned),
            ReportLine(LineCode.POINTS_USED, figures.points_burned),
        ),
    )


def _control(figures: Totals) -> ReportSection:
    return ReportSection(
        SectionCode.CONTROL,
        (
            ReportLine(LineCode.REPRINTS, figures.reprints),
            ReportLine(LineCode.DRAWER_OPENED, figures.drawer_opened),
            ReportLine(LineCode.OVERRIDES, figures.overrides),
        ),
    )


def _head_office(day: KeptDay, now: dt.datetime) -> ReportSection:
    """The same as the paper says: the outcome, the figures, and both where they differ."""
    said = day.comparison
    state = state_of(said)
    lines = [ReportLine(LineCode.VERDICT, "", detail=state.value)]
    if day.asked_ms is not None:
        lines.append(ReportLine(LineCode.ASKED, moment(day.asked_ms, now)))
    if said.there is None and day.waiting:
        lines.append(ReportLine(LineCode.TO_SEND, day.waiting))
    for row in figure_rows(said):
        code = LineCode.TENDER if row.code is FigureCode.TENDER else LineCode.FIGURE
        detail = row.detail if row.code is FigureCode.TENDER else row.code.value
        differs = row.is_equal is False
        always = row.code in (FigureCode.RECORDS, FigureCode.HASH)
        if always or (said.there is not None and (differs or state is not DayState.DIFFERS)):
            lines.append(ReportLine(code, row.here, detail=detail))
        if row.there is not None and row.code is FigureCode.HASH:
            lines.append(ReportLine(LineCode.HASH_THERE, row.there))
        elif row.there is not None and differs:
            lines.append(ReportLine(LineCode.THERE, row.there))
    if said.set_aside:
        lines.append(ReportLine(LineCode.NOT_BOOKED, len(said.set_aside)))
    return ReportSection(SectionCode.HEAD_OFFICE, tuple(lines))


def _perpetual(report: DayClosed) -> ReportSection:
    return ReportSection(
        SectionCode.PERPETUAL,
        (
            ReportLine(LineCode.SHIFTS, ", ".join(str(number) for number in report.shifts)),
            ReportLine(LineCode.PERPETUAL_SALES, report.perpetual_sales),
            ReportLine(LineCode.PERPETUAL_GROSS, report.perpetual_gross),
            ReportLine(LineCode.PERPETUAL_REFUNDED, report.perpetual_refunded),
        ),
    )
