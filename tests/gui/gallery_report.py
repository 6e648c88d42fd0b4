"""Invented words of head office on a Z report."""

from __future__ import annotations

from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.ui.screens.report.state import LineCode as L
from pos_app.ui.screens.report.state import ReportLine, ReportSection
from pos_app.ui.screens.report.state import SectionCode as S

OFFICE = ReportSection(
    S.HEAD_OFFICE,
    (
        ReportLine(L.VERDICT, "", detail="agreed"),
        ReportLine(L.ASKED, "22:14"),
        ReportLine(L.FIGURE, 214, detail="sales"),
        ReportLine(L.FIGURE, Money(1_312_340), detail="gross"),
        ReportLine(L.FIGURE, 5, detail="refunds"),
        ReportLine(L.FIGURE, Money(25_800), detail="refunded"),
        ReportLine(L.TENDER, Money(164_650), detail="cash"),
        ReportLine(L.TENDER, Money(231_890), detail="bank_card"),
        ReportLine(L.TENDER, Money(881_200), detail="mobile"),
        ReportLine(L.FIGURE, Points(10_482), detail="points_in"),
        ReportLine(L.FIGURE, Points(8_812), detail="points_out"),
        ReportLine(L.FIGURE, Money(330_000), detail="value_in"),
        ReportLine(L.FIGURE, Money(112_000), detail="value_out"),
        ReportLine(L.FIGURE, 486, detail="records"),
        ReportLine(L.FIGURE, "9f3ac1d2", detail="hash"),
        ReportLine(L.HASH_THERE, "9f3ac1d2"),
        ReportLine(L.NOT_BOOKED, 1),
    ),
)
OTHER = ReportSection(
    S.HEAD_OFFICE,
    (
        ReportLine(L.VERDICT, "", detail="differs"),
        ReportLine(L.ASKED, "2026-11-22 22:14"),
        ReportLine(L.FIGURE, Money(1_312_340), detail="gross"),
        ReportLine(L.THERE, Money(1_307_350)),
        ReportLine(L.TENDER, Money(881_200), detail="mobile"),
        ReportLine(L.THERE, Money(876_210)),
        ReportLine(L.FIGURE, 486, detail="records"),
        ReportLine(L.FIGURE, "9f3ac1d2", detail="hash"),
        ReportLine(L.HASH_THERE, "77b0e410"),
    ),
)
WAITING = ReportSection(
    S.HEAD_OFFICE,
    (
        ReportLine(L.VERDICT, "", detail="waiting"),
        ReportLine(L.TO_SEND, 433),
        ReportLine(L.FIGURE, 486, detail="records"),
        ReportLine(L.FIGURE, "9f3ac1d2", detail="hash"),
    ),
)
