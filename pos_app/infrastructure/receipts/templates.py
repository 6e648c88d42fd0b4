"""What a shop may edit about its papers: order of blocks, words, emphasis. Data in ``resources/receipts/<locale>``.

A word may hold placeholders such as ``{amount}``; which ones is said beside each field and checked when the file is
read, so that a slip of the pen is found in the settings and not at the counter.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from pos_app.infrastructure.receipts.report_templates import ReportsTemplate
from pos_app.infrastructure.receipts.template_parts import (
    BillDiscount,
    Code,
    ExplanationBlock,
    RefundBlock,
    SaleBlock,
    Style,
    holds,
)


class Formats(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How dates and money are written.

    Attributes:
        date: A day.
        date_time: A moment.
        currency: Before amounts that stand alone; printers show ¥ as wide as a Chinese character.
        line: Character of the block ``line``.
        double_line: Character of the block ``double_line``.
    """

    date: Annotated[str, holds("year", "month", "day")]
    date_time: Annotated[str, holds("year", "month", "day", "hour", "minute")]
    currency: str
    line: Annotated[str, msgspec.Meta(min_length=1, max_length=1)]
    double_line: Annotated[str, msgspec.Meta(min_length=1, max_length=1)]


class CommonWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that every paper uses."""

    phone: Annotated[str, holds("phone")]
    tax_number: Annotated[str, holds("number")]
    receipt_no: str
    till_cashier: Annotated[str, holds("till", "cashier")]
    copy: Annotated[str, holds("number")]
    printed_at: Annotated[str, holds("time")]
    training: str
    head: Annotated[str, holds("code")]
    tax_rate: str
    tax_amount: str
    tax: str
    points_tender: Annotated[str, holds("tender", "points")]
    reference: Annotated[str, holds("reference")]
    signature: str
    stored_balance: str
    stored_split: Annotated[str, holds("principal", "bonus")]
    gift_card_balance: Annotated[str, holds("tail")]
    gift_card_until: Annotated[str, holds("date")]


class CommonStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Emphasis that every paper uses."""

    shop: Style
    title: Style
    copy: Style
    training: Style


class CouponWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words about coupons, on receipts and on slips of their own."""

    title: str
    code: Annotated[str, holds("code")]
    days: Annotated[str, holds("first", "last")]
    no_end: Annotated[str, holds("first")]
    uses: Annotated[str, holds("uses")]
    left: Annotated[str, holds("name", "left")]
    back: Annotated[str, holds("name")]


class SlipWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a slip for another printer, and the emphasis on what is to be made."""

    title: Annotated[str, holds("printer")]
    item: Annotated[str, holds("quantity", "unit", "name")]
    style: Style


class CommonTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``common.toml``.

    Attributes:
        tenders: Names of the ways to pay by their kind.
        units: Other names for units of goods, for receipts in another language than the catalogue.
        weighed_units: Goods in these units count as one piece each.
    """

    formats: Formats
    words: CommonWords
    style: CommonStyle
    coupon: CouponWords
    slip: SlipWords
    tenders: dict[str, str]
    units: dict[str, str]
    weighed_units: tuple[str, ...]


class SaleOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a sale's receipt shows.

    Attributes:
        show_taxes: Tax contained, by rate.
        show_head: The short journal head, by which the paper can be checked against the books.
        show_references: The end of the payment company's number.
        show_earning_rules: Each rule that gave points with its name, or only their sum.
        code: How the receipt number is printed for the scanner.
        bill_discount: Where a discount on the whole bill is shown.
    """

    show_taxes: bool
    show_head: bool
    show_references: bool
    show_earning_rules: bool
    code: Code
    bill_discount: BillDiscount


class SaleStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Emphasis on a sale's receipt."""

    item: Style
    payable: Style
    change: Style
    balance: Style
    tier_rose: Style
    thanks: Style


class SaleWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a sale's receipt; an empty ``title`` prints none."""

    title: str
    column_item: str
    column_amount: str
    detail: Annotated[str, holds("quantity", "unit", "price")]
    unit_code: Annotated[str, holds("tail")]
    manual_line: str
    manual_bill: str
    pieces: Annotated[str, holds("pieces")]
    regular_total: str
    saved: str
    payable: str
    cash_received: str
    change: str
    thanks: str
    bonus: str
    points_price: Annotated[str, holds("points")]
    drawn: Annotated[str, holds("prize")]
    uses_left: Annotated[str, holds("left")]
    uses_left_until: Annotated[str, holds("left", "date")]


class SaleMemberWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the member block of a sale."""

    member: str
    tier_rose: Annotated[str, holds("tier")]
    points_before: str
    earned: str
    spent: str
    gift_balance: Annotated[str, holds("gift")]
    gift_what: Annotated[str, holds("gift", "what")]
    gift_coupons: Annotated[str, holds("count")]
    gift_uses: Annotated[str, holds("count")]
    exchanged: str
    balance: str
    points_wait: str
    repaid: Annotated[str, holds("points")]
    expiring: Annotated[str, holds("date")]
    visits_one: Annotated[str, holds("visits")]
    visits_many: Annotated[str, holds("visits")]
    spend: Annotated[str, holds("amount")]
    points: Annotated[str, holds("points")]
    any_of: str
    all_of: str
    next: Annotated[str, holds("way", "tier")]
    next_long: Annotated[str, holds("way", "tier")]
    until: Annotated[str, holds("tier", "date")]
    keep: Annotated[str, holds("tier", "date", "way")]


class SaleTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``sale.toml``."""

    blocks: tuple[SaleBlock, ...]
    options: SaleOptions
    style: SaleStyle
    words: SaleWords
    member: SaleMemberWords


class RefundOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a refund's paper shows; as on a sale's receipt."""

    show_taxes: bool
    show_head: bool
    show_references: bool
    code: Code


class RefundStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Emphasis on a refund's paper."""

    item: Style
    amount: Style
    balance: Style


class RefundWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a refund's paper."""

    title: str
    void_title: str
    original: str
    reason: str
    approved_by: str
    column_item: str
    column_amount: str
    detail: Annotated[str, holds("quantity")]
    amount: str
    returned: Annotated[str, holds("tender")]
    thanks: str
    spent: str
    bonus_spent: str
    used: str
    uses_back: Annotated[str, holds("uses")]


class RefundMemberWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the member block of a refund."""

    member: str
    tier_fell: Annotated[str, holds("tier")]
    points_before: str
    taken_back: str
    owed: str
    given_back: str
    given_back_until: Annotated[str, holds("date")]
    balance: str


class RefundTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``refund.toml``: refunds, and voids of a whole sale."""

    blocks: tuple[RefundBlock, ...]
    options: RefundOptions
    style: RefundStyle
    words: RefundWords
    member: RefundMemberWords


class ExplanationStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Emphasis on an explanation."""

    heading: Style
    payable: Style


class ExplanationWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of an explanation."""

    title: str
    detail: Annotated[str, holds("quantity", "unit", "price")]
    by_hand: str
    comes_to: str
    regular_total: str
    saved: str
    payable: str
    applied: str
    not_applied: str
    missing: Annotated[str, holds("amount")]
    points: str
    can_pay: Annotated[str, holds("points", "amount")]
    gifts: str
    gift_times: Annotated[str, holds("name", "times")]
    points_price: Annotated[str, holds("points")]
    odds: Annotated[str, holds("draw", "points")]
    no_receipt: str


class ExplanationTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``explanation.toml``.

    Attributes:
        reasons: Why a benefit did not apply, by its code; ``other`` for codes without words.
    """

    blocks: tuple[ExplanationBlock, ...]
    style: ExplanationStyle
    words: ExplanationWords
    reasons: dict[str, str]


class Templates(msgspec.Struct, frozen=True):
    """All templates of one locale.

    Attributes:
        locale: ``zh_CN`` or ``en``; chooses among the shop's own words, too.
        common: What all papers share.
        sale: Receipts.
        refund: Refunds and voids.
        reports: X, shift and Z reports.
        explanation: Why a bill is what it is.
    """

    locale: str
    common: CommonTemplate
    sale: SaleTemplate
    refund: RefundTemplate
    reports: ReportsTemplate
    explanation: ExplanationTemplate
