"""What a report shows. Lines are named by code, so the sheet follows a change of language."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.domain.money import Money
    from pos_app.domain.points import Points


class ReportKind(enum.Enum):
    """Which report."""

    X = "x"
    SHIFT = "shift"
    Z = "z"


class LineCode(enum.Enum):
    """What a line says. ``TENDER``, ``TAX``, ``VERDICT`` and ``FIGURE`` need :attr:`ReportLine.detail`."""

    SALES_COUNT = "sales_count"
    GROSS = "gross"
    SAVED = "saved"
    REFUNDED = "refunded"
    VOIDED = "voided"
    NET = "net"
    TENDER = "tender"
    TENDER_SUM = "tender_sum"
    TAX = "tax"
    OPENING_FLOAT = "opening_float"
    CASH_SALES = "cash_sales"
    CASH_MOVEMENTS = "cash_movements"
    EXPECTED = "expected"
    COUNTED = "counted"
    OVER_SHORT = "over_short"
    MEMBER_SALES = "member_sales"
    POINTS_EARNED = "points_earned"
    POINTS_USED = "points_used"
    REPRINTS = "reprints"
    DRAWER_OPENED = "drawer_opened"
    OVERRIDES = "overrides"
    PERPETUAL_GROSS = "perpetual_gross"
    PERPETUAL_REFUNDED = "perpetual_refunded"
    PERPETUAL_SALES = "perpetual_sales"
    SHIFTS = "shifts"
    VERDICT = "verdict"
    ASKED = "asked"
    TO_SEND = "to_send"
    FIGURE = "figure"
    THERE = "there"
    HASH_THERE = "hash_there"
    NOT_BOOKED = "not_booked"


class SectionCode(enum.Enum):
    """What a section is about."""

    SALES = "sales"
    TENDERS = "tenders"
    TAXES = "taxes"
    DRAWER = "drawer"
    MEMBERS = "members"
    CONTROL = "control"
    PERPETUAL = "perpetual"
    HEAD_OFFICE = "head_office"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line.

    Attributes:
        code: What it says.
        value: The figure; text is shown as it is.
        count: How often, shown small before the figure; None for none.
        detail: Kind of a tender, rate of a tax as ``13%``, outcome or figure of a day's comparison.
    """

    code: LineCode
    value: Money | Points | int | str
    count: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReportSection:
    """Lines that belong together."""

    code: SectionCode
    lines: tuple[ReportLine, ...]


@dataclass(frozen=True, slots=True)
class ReportState:
    """State of a report.

    Attributes:
        kind: Which report.
        number: Its number (of the shift for a shift report).
        when: Until when, as ``2026-11-22 22:07``.
        business_date: ``2026-11-22``.
        shop: Name of the shop.
        till: Number of the till as shown.
        cashier: Who made it.
        sections: In the order of importance; the sheet balances them over two columns.
        phase: READY, LOADING or FAILED.
        notice: Of the printer, or what went wrong.
        can_print: It can be printed.
        training: Made in training mode.
    """

    kind: ReportKind = ReportKind.X
    number: int = 1
    when: str = ""
    business_date: str = ""
    shop: str = ""
    till: str = ""
    cashier: str = ""
    sections: tuple[ReportSection, ...] = ()
    phase: Phase = Phase.READY
    notice: Notice | None = None
    can_print: bool = True
    training: bool = False
