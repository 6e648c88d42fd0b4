"""A row of a product file, read into what it says of a product."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from pos_app.application.importing import cells
from pos_app.application.importing.cells import CellError
from pos_app.application.importing.model import Cell
from pos_app.application.importing.rows import RowReader
from pos_app.domain.barcodes import GTIN_LENGTHS, is_gtin, is_in_house, is_in_store, normal_barcode
from pos_app.domain.catalog import Product
from pos_app.domain.ids import CategoryId, ProductId, check_digit
from pos_app.domain.money import Money

MAX_NAME: Final = 100
MAX_ITEM: Final = 30
MAX_UNIT: Final = 10
#: Item numbers inside scale labels have this many digits.
SCALE_DIGITS: Final = 5
#: VAT where neither the file nor the catalogue says any: the general rate.
DEFAULT_TAX_BP: Final = 1300
_SEPARATORS: Final = re.compile(r"[,;/、|\s]+")
#: Units of goods sold by weight, should the file have no column for it.
_KILOGRAMS: Final = frozenset({"kg", "公斤", "千克"})
#: Units of weight: of goods that are not weighed, a doubt.
_WEIGHTS: Final = _KILOGRAMS | {"斤", "市斤", "克", "g"}


class ProductDraft(msgspec.Struct, frozen=True):
    """What a row says; None and empty where it says nothing."""

    item: ProductId
    barcodes: tuple[str, ...]
    name: str
    unit: str
    price: Money | None
    member_price: Money | None
    tax_rate_bp: int | None
    category: str
    category_id: CategoryId
    category_en: str
    is_weighed: bool | None
    is_open_price: bool | None
    tare_g: int | None
    is_discountable: bool | None
    is_active: bool | None
    brand: str


class ProductRows:
    """Reads rows of products."""

    def read(self, row: RowReader) -> ProductDraft:
        """What the row says; its errors are in ``row``."""
        unit = row.read("unit", lambda cell: cells.text(cell, MAX_UNIT), "")
        weighed = row.read("weighed", cells.yes_no, None)
        if weighed is None and not row.has("weighed") and unit.casefold() in _KILOGRAMS:
            weighed = True
        draft = ProductDraft(
            item=_item(row, is_weighed=bool(weighed)),
            barcodes=_barcodes(row),
            name=row.read("name", lambda cell: cells.text(cell, MAX_NAME), ""),
            unit=unit,
            price=row.read("price", cells.money, None),
            member_price=row.read("member_price", cells.money, None),
            tax_rate_bp=row.read("tax_rate", cells.rate_bp, None),
            category=row.read("category", lambda cell: cells.text(cell, 40), ""),
            category_id=CategoryId(row.read("category_id", cells.code, "")),
            category_en=row.read("category_en", lambda cell: cells.text(cell, 40), ""),
            is_weighed=weighed,
            is_open_price=row.read("open_price", cells.yes_no, None),
            tare_g=row.read("tare", cells.tare_grams, None),
            is_discountable=_either(row, "discountable", "not_discountable"),
            is_active=_active(row),
            brand=row.read("brand", lambda cell: cells.text(cell, 40), ""),
        )
        if not row.has_error:
            if not draft.name:
                row.error("name", "name.missing")
            if not draft.item and not draft.barcodes:
                row.error("", "product.no_key")
        return draft

    def merged(
        self,
        row: RowReader,
        draft: ProductDraft,
        product_id: ProductId,
        category_id: CategoryId,
        before: Product | None,
    ) -> Product:
        """The product as the row has it; fields without a column stay as they are."""
        known = before or Product(product_id, draft.name, Money(0), category_id, tax_rate_bp=DEFAULT_TAX_BP)
        return msgspec.structs.replace(
            known,
            name=draft.name,
            price=draft.price if draft.price is not None else known.price,
            category_id=category_id,
            barcodes=draft.barcodes if row.has("barcode") else known.barcodes,
            unit=draft.unit or known.unit,
            member_price=draft.member_price if row.has("member_price") else known.member_price,
            tax_rate_bp=known.tax_rate_bp if draft.tax_rate_bp is None else draft.tax_rate_bp,
            is_weighed=known.is_weighed if draft.is_weighed is None else draft.is_weighed,
            is_open_price=known.is_open_price if draft.is_open_price is None else draft.is_open_price,
            tare_g=known.tare_g if draft.tare_g is None else draft.tare_g,
            is_discountable=known.is_discountable if draft.is_discountable is None else draft.is_discountable,
            is_active=known.is_active if draft.is_active is None else draft.is_active,
            brand=draft.brand if row.has("brand") else known.brand,
        )


def is_weight(unit: str) -> bool:
    """Whether a unit is one of weight."""
    return unit.casefold() in _WEIGHTS


def _item(row: RowReader, *, is_weighed: bool) -> ProductId:
    cell = row.cell("item")
    item = row.read("item", _item_number, "")
    # The scale prints five digits; a spreadsheet has made 12 of 00012.
    if is_weighed and isinstance(cell, int | float) and 0 < len(item) < SCALE_DIGITS:
        row.warn("item", "item.filled", item)
        item = item.zfill(SCALE_DIGITS)
    return ProductId(item)


def _item_number(cell: Cell) -> str:
    number = cells.code(cell, MAX_ITEM)
    if number and not is_in_house(number):
        raise CellError("item.wrong")
    return number


def _barcodes(row: RowReader) -> tuple[str, ...]:
    found: list[str] = []
    for cell in row.cells("barcode"):
        parts: list[Cell] = list(_SEPARATORS.split(cells.plain(cell))) if isinstance(cell, str) else [cell]
        for part in parts:
            try:
                code = cells.code(part)
            except CellError as error:
                row.cell_error("barcode", error, cells.plain(cell))
                continue
            if not code:
                continue
            checked = _barcode(row, code, was_number=not isinstance(part, str))
            if checked and checked not in found:
                found.append(checked)
    return tuple(found)


def _barcode(row: RowReader, code: str, *, was_number: bool) -> str:
    """One barcode in its normal form, or empty where it is rejected."""
    if not is_in_house(code):
        row.error("barcode", "barcode.wrong", code)
        return ""
    if was_number and len(code) == 11 and is_gtin(f"0{code}"):
        row.warn("barcode", "barcode.filled", code)
        return normal_barcode(f"0{code}")
    if code.isdigit() and len(code) in GTIN_LENGTHS and not is_gtin(code):
        if not is_in_store(code):
            row.error("barcode", "barcode.check_digit", code, expected=check_digit(code[:-1]))
            return ""
        row.warn("barcode", "barcode.own_check_digit", code)
    return normal_barcode(code)


def _either(row: RowReader, field: str, opposite: str) -> bool | None:
    value = row.read(field, cells.yes_no, None)
    if value is not None:
        return value
    against = row.read(opposite, cells.yes_no, None)
    return None if against is None else not against


_ACTIVE: Final = frozenset(
    {"正常", "在售", "启用", "有效", "上架", "销售", "可售", "active", "normal", "enabled", "on sale"}
)
_INACTIVE: Final = frozenset(
    {"停用", "停售", "下架", "淘汰", "禁用", "无效", "作废", "停购", "inactive", "disabled", "discontinued"}
)


def _active(row: RowReader) -> bool | None:
    if row.has("active"):
        return row.read("active", _status, None)
    against = row.read("inactive", _status_word, None)
    return None if against is None else not against


def _status(cell: Cell) -> bool | None:
    word = cells.text(cell).casefold()
    if word in _ACTIVE:
        return True
    return False if word in _INACTIVE else cells.yes_no(cell)


def _status_word(cell: Cell) -> bool | None:
    """Whether the column says that the product is out: 是, or the word itself."""
    word = cells.text(cell).casefold()
    if word in _INACTIVE:
        return True
    return False if word in _ACTIVE else cells.yes_no(cell)
