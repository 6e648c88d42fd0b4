"""Rows for files that go out: what was rejected and why, and an empty file to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pos_app.application.importing.headings import FIELDS
from pos_app.application.importing.model import ImportKind, ImportPreview, Severity
from pos_app.application.importing.words import reason
from pos_app.domain.text import LocalText

_ROW: Final = LocalText("原行号", "row")
_REASONS: Final = LocalText("原因", "reasons")
#: Fields of a template in their order, each with a value as it may be written.
_MEMBER_EXAMPLE: Final[Mapping[str, str]] = {
    "phone": "19900000000",
    "name": "王小明",
    "card": "88000008",
    "tier": "金卡会员",
    "points": "1280",
    "points_expire": "2030-12-31",
    "birthday": "1990-05-17",
    "gender": "男",
    "joined_on": "2024-01-01",
    "email": "",
    "consent": "是",
    "note": "",
}
_PRODUCT_EXAMPLE: Final[Mapping[str, str]] = {
    "item": "100101",
    "barcode": "6902300007076",
    "name": "天然水 380ml",
    "brand": "",
    "unit": "瓶",
    "category": "饮料",
    "price": "1.50",
    "member_price": "1.30",
    "tax_rate": "13%",
    "weighed": "否",
    "open_price": "否",
    "tare": "",
    "discountable": "是",
    "inactive": "否",
}
_ENGLISH: Final[Mapping[str, str]] = {
    "phone": "Phone",
    "name": "Name",
    "card": "Card number",
    "tier": "Tier",
    "points": "Points",
    "points_expire": "Points expire on",
    "birthday": "Birthday",
    "gender": "Gender",
    "joined_on": "Joined on",
    "email": "E-mail",
    "consent": "Consent",
    "note": "Note",
    "item": "Item number",
    "barcode": "Barcode",
    "brand": "Brand",
    "unit": "Unit",
    "category": "Category",
    "price": "Price",
    "member_price": "Member price",
    "tax_rate": "Tax rate",
    "weighed": "Weighed",
    "open_price": "Open price",
    "tare": "Tare (g)",
    "discountable": "Discountable",
    "inactive": "Inactive",
}


def rejected_rows(preview: ImportPreview, language: str) -> Iterator[tuple[str, ...]]:
    """The rejected rows as they were, with their number and the reasons in front; can be mended and imported."""
    yield (_ROW.in_language(language), _REASONS.in_language(language), *preview.headings)
    for row in preview.rejected:
        reasons = "；".join(
            f"{issue.column}: {reason(issue, language)}" if issue.column else reason(issue, language)
            for issue in row.issues
            if issue.severity is Severity.ERROR
        )
        yield (str(row.row), reasons, *row.cells)


def template_rows(kind: ImportKind, language: str) -> tuple[tuple[str, ...], ...]:
    """Headings that the import understands, and one row to show how values are written."""
    example = _MEMBER_EXAMPLE if kind is ImportKind.MEMBERS else _PRODUCT_EXAMPLE
    if language.startswith("en"):
        headings = tuple(_ENGLISH[field] for field in example)
    else:
        headings = tuple(FIELDS[kind][field][0] for field in example)
    return headings, tuple(example.values())
