"""The shape of ``reports.toml``: X reports, shift reports, Z reports and what they say of head office."""

from __future__ import annotations

from typing import Annotated

import msgspec

from pos_app.infrastructure.receipts.template_parts import ShiftBlock, Style, XBlock, ZBlock, holds


class ReportStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Emphasis on reports."""

    heading: Style
    net: Style
    sum: Style
    difference: Style


class ReportWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of all reports."""

    business_date: str
    time: str
    till: str
    operator: str
    shift: str
    shifts: str
    sales: Annotated[str, holds("count")]
    refunds: Annotated[str, holds("count")]
    voids: Annotated[str, holds("count")]
    net: str
    prepaid_sold: str
    prepaid_back: str
    turnover: str
    saved: str
    tenders_heading: str
    tender: Annotated[str, holds("tender", "count")]
    tenders_sum: str
    taxes_heading: str
    members_heading: str
    member_sales: str
    points_earned: str
    points_burned: str
    events_heading: str
    reprints: str
    drawer_opened: str
    overrides: str
    cash_heading: str
    opening_float: str
    cash_taken: str
    cash_movements: str
    expected: str
    counted: str
    over: str
    short: str
    exact: str
    count_heading: str
    count_face: str
    count_pieces: str
    count_amount: str
    perpetual_heading: str
    perpetual_sales: str
    perpetual_gross: str
    perpetual_refunded: str
    perpetual_net: str
    journal_heading: str
    journal_from: str
    journal_head: str
    signature: str


class DayWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of what a Z report says of head office; nothing is printed where there is none."""

    heading: str
    asked: str
    equal: str
    booking: str
    differs: str
    waiting: str
    later: str
    to_send: str
    there: str
    sales: str
    gross: str
    refunds: str
    refunded: str
    points_in: str
    points_out: str
    value_in: str
    value_out: str
    records: str
    hash_here: str
    hash_there: str
    set_aside: str


class XTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An X report: figures so far."""

    title: Annotated[str, holds("number")]
    blocks: tuple[XBlock, ...]


class ShiftTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A closed shift with its count."""

    title: Annotated[str, holds("number")]
    blocks: tuple[ShiftBlock, ...]


class ZTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A closed day: numbered and final."""

    title: Annotated[str, holds("number")]
    blocks: tuple[ZBlock, ...]


class ReportsTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``reports.toml``."""

    style: ReportStyle
    words: ReportWords
    head_office: DayWords
    x_report: XTemplate
    shift_report: ShiftTemplate
    z_report: ZTemplate
