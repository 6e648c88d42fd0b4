"""What the columns of a file are taken for."""

from __future__ import annotations

from typing import Any

import pytest

from pos_app.application.importing.headings import FIELDS, find_layout, normal_heading
from pos_app.application.importing.model import ImportKind, ImportOptions
from pos_app.application.importing.reports import template_rows
from pos_app.application.importing.words import FIELD_WORDS
from pos_app.errors import KnownError


def fields(kind: ImportKind, *headings: Any, **options: Any) -> dict[str, str]:
    layout, _ = find_layout(kind, [headings], ImportOptions(**options))
    return {column.heading: column.field for column in layout.columns if column.field}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("手机号", "phone"),
        ("手 机 号 *", "phone"),
        ("手机号码（必填）", "phone"),
        ("电话", "phone"),
        ("Mobile Phone", "phone"),
        ("PHONE_NUMBER".replace("_", " "), "phone"),
        ("\ufeff手机", "phone"),
    ],
)
def test_a_phone_by_any_name(heading: str, field: str) -> None:
    assert fields(ImportKind.MEMBERS, heading) == {
        " ".join(heading.replace("\ufeff", "").split()).translate(str.maketrans("（）", "()")): field
    }


def test_members_in_chinese_and_english() -> None:
    chinese = (
        "会员卡号",
        "会员姓名",
        "手机",
        "性别",
        "出生日期",
        "会员级别",
        "可用积分",
        "开卡日期",
        "电子邮箱",
        "备注",
    )
    english = (
        "Card No.",
        "Name",
        "Mobile",
        "Sex",
        "Date of Birth",
        "Tier",
        "Points Balance",
        "Joined",
        "E-mail",
        "Notes",
    )
    wanted = ["card", "name", "phone", "gender", "birthday", "tier", "points", "joined_on", "email", "note"]
    assert list(fields(ImportKind.MEMBERS, *chinese).values()) == wanted
    assert list(fields(ImportKind.MEMBERS, *english).values()) == wanted


def test_products_in_chinese_and_english() -> None:
    chinese = (
        "商品编码",
        "商品条码",
        "商品名称",
        "计量单位",
        "零售价(元)",
        "会员价",
        "税率",
        "类别",
        "是否称重",
        "停用",
    )
    english = (
        "SKU",
        "EAN-13",
        "Product name",
        "Unit",
        "Retail price",
        "Member Price",
        "VAT",
        "Category",
        "Weighed",
        "Disabled",
    )
    wanted = ["item", "barcode", "name", "unit", "price", "member_price", "tax_rate", "category", "weighed", "inactive"]
    assert list(fields(ImportKind.PRODUCTS, *chinese).values()) == wanted
    assert list(fields(ImportKind.PRODUCTS, *english).values()) == wanted


def test_a_referrers_phone_is_not_the_members() -> None:
    assert fields(ImportKind.MEMBERS, "推荐人手机", "手机") == {"手机": "phone"}


def test_of_two_columns_for_one_field_the_likelier_is_taken() -> None:
    assert fields(ImportKind.MEMBERS, "电话", "手机号", "姓名") == {"手机号": "phone", "姓名": "name"}


def test_several_barcode_columns_go_together() -> None:
    found = fields(ImportKind.PRODUCTS, "条码1", "条码2", "附加条码", "品名", "售价")
    assert [heading for heading, field in found.items() if field == "barcode"] == ["条码1", "条码2", "附加条码"]


def test_titles_above_the_headings_are_passed_over() -> None:
    rows: list[list[Any]] = [["惠民超市会员资料"], [], ["导出时间", "2025-06-18"], ["", "手机", "姓名"], ["", "1", "2"]]
    layout, data = find_layout(ImportKind.MEMBERS, rows, ImportOptions())
    assert layout.header_row == 4
    assert [number for number, _ in data] == [5]
    assert layout.indexes == {"phone": (1,), "name": (2,)}


def test_a_person_knows_better() -> None:
    found = fields(ImportKind.MEMBERS, "A列", "手机", "姓名", mapping=(("a列", "phone"), ("姓名", "")))
    assert found == {"A列": "phone"}


@pytest.mark.parametrize(
    ("rows", "options", "code"),
    [
        ([], ImportOptions(), "import.empty"),
        ([["", None], []], ImportOptions(), "import.empty"),
        ([["甲", "乙"], ["1", "2"]], ImportOptions(), "import.no_header"),
        ([["姓名", "积分"], ["1", "2"]], ImportOptions(), "import.missing_column"),
        ([["手机"]], ImportOptions(mapping=(("手机", "fone"),)), "import.unknown_field"),
        ([["手机"]], ImportOptions(mapping=(("电邮", "email"),)), "import.unknown_heading"),
        ([["手机"]], ImportOptions(header_row=9), "import.no_header"),
        ([["手机"] * 300], ImportOptions(), "import.too_many_columns"),
    ],
)
def test_a_file_that_cannot_be_taken(rows: list[list[Any]], options: ImportOptions, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        find_layout(ImportKind.MEMBERS, rows, options)
    assert caught.value.code == code


def test_what_is_missing_is_named() -> None:
    with pytest.raises(KnownError) as caught:
        find_layout(ImportKind.PRODUCTS, [["品名", "单位"]], ImportOptions())
    assert caught.value.details["columns"] == ("price", "item/barcode")


def test_sums_and_repeated_headings_are_no_data() -> None:
    rows: list[list[Any]] = [["手机", "积分"], ["1", 2], ["手机", "积分"], ["合计", 2], [None, ""], [" ", 0]]
    layout, data = find_layout(ImportKind.MEMBERS, rows, ImportOptions())
    assert [number for number, row in data if layout.is_data(row)] == [2, 6]


@pytest.mark.parametrize("kind", list(ImportKind))
def test_no_heading_is_two_fields_and_every_field_has_words(kind: ImportKind) -> None:
    owners: dict[str, str] = {}
    for field, aliases in FIELDS[kind].items():
        assert field in FIELD_WORDS
        for alias in aliases:
            assert owners.setdefault(normal_heading(alias), field) == field, alias


@pytest.mark.parametrize("kind", list(ImportKind))
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_template_is_understood(kind: ImportKind, language: str) -> None:
    headings, example = template_rows(kind, language)
    assert len(fields(kind, *headings)) == len(headings) == len(example)
