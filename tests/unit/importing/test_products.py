"""Products from a file, against a till in memory."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pos_testkit.builders import ean13
from pos_testkit.import_fakes import ANY_CELL, MANAGER, FakeLedger, FakeReplica, codes, fake_till

from pos_app.application.context import TillContext
from pos_app.application.importing.model import ImportOptions, ImportPreview, ImportResult
from pos_app.application.importing.products import ImportProducts
from pos_app.application.importing.words import REASONS
from pos_app.domain.barcodes import is_gtin, is_in_store, normal_barcode
from pos_app.domain.catalog import Product
from pos_app.domain.ids import CategoryId, ProductId, check_digit
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.money import Money
from pos_app.errors import KnownError

Till = tuple[TillContext, FakeLedger, FakeReplica]
HEAD = ["货号", "条码", "品名", "售价", "会员价", "分类"]
ONE, TWO = ean13(1), ean13(2)


@pytest.fixture
def till() -> Till:
    return fake_till()


def run(till: Till, *rows: list[Any], head: list[Any] = HEAD, **options: Any) -> tuple[ImportPreview, ImportResult]:
    service = ImportProducts(till[0])
    preview = service.preview([head, *rows], ImportOptions(**options))
    return preview, service.apply(preview, MANAGER)


def test_a_product_comes_in_with_everything(till: Till) -> None:
    head = [*HEAD, "单位", "税率", "是否称重", "时价", "可折扣", "停用", "品牌", "分类编码", "分类英文"]
    row: list[Any] = [
        100101.0,
        f"{ONE},{TWO}",
        "天然水 550ml ",
        "¥2.00",
        1.8,
        "饮料",
        "瓶",
        "13%",
        "否",
        "否",
        "是",
        "否",
        "涧泉",
    ]
    _, result = run(till, [*row, "drinks", "Drinks"], head=head)
    assert result.new == 1
    assert till[2].products["100101"] == Product(
        ProductId("100101"),
        "天然水 550ml",
        Money(200),
        CategoryId("drinks"),
        barcodes=(ONE, TWO),
        unit="瓶",
        member_price=Money(180),
        brand="涧泉",
    )
    assert till[2].category_list["drinks"].name.en == "Drinks"
    (record,) = till[1].records
    assert record.kind is RecordKind.MASTER_IMPORTED
    assert len(record.body.sha256) == 32


def test_the_same_file_again_changes_nothing_and_a_price_changes_one(till: Till) -> None:
    rows = [["1", ONE, "甲", 2, 1, "饮料"], ["2", TWO, "乙", 3, "", ""]]
    run(till, *rows)
    preview, result = run(till, *rows)
    assert (preview.counts.same, result.import_id, len(till[1].records)) == (2, None, 1)
    preview, result = run(till, ["1", ONE, "甲", 2.5, "", "饮料"], rows[1])
    assert (result.changed, result.same) == (1, 1)
    assert till[2].products["1"].member_price is None


def test_columns_that_are_missing_leave_things_as_they_are(till: Till) -> None:
    run(till, ["1", ONE, "甲", 2, 1, "饮料"])
    run(till, ["1", "甲", 3], head=["货号", "品名", "售价"])
    product = till[2].products["1"]
    assert (product.barcodes, product.member_price, product.price) == ((ONE,), Money(100), Money(300))


def test_a_barcode_is_number_enough(till: Till) -> None:
    run(till, ["", ONE, "甲", 2, "", ""])
    assert till[2].products[ONE].barcodes == (ONE,)
    preview, _ = run(till, ["", float(ONE), "甲", 2, "", ""])
    assert preview.counts.same == 1


def test_errors_name_row_column_and_reason(till: Till) -> None:
    wrong = ONE[:-1] + str((int(ONE[-1]) + 1) % 10)
    run(till, ["9", TWO, "旧", 1, "", ""])
    preview = ImportProducts(till[0]).preview(
        [
            HEAD,
            ["1", ONE, "甲", 2, 1, ""],
            ["2", wrong, "乙", 2, "", ""],
            ["3", "6.9012E+12", "丙", 2, "", ""],
            ["4", ONE, "丁", 2, "", ""],
            ["1", "", "戊", 2, "", ""],
            ["5", "", "", 2, "", ""],
            ["6", "", "己", "", "", ""],
            ["", "", "庚", 2, "", ""],
            ["7", TWO, "辛", 2, "", ""],
            ["8", "", "壬", "2.345", -1, ""],
            ["货号", "", "癸", 1, "", ""],
        ]
    )
    assert codes(preview) == [
        (3, "条码", "barcode.check_digit"),
        (4, "条码", "number.lost_digits"),
        (5, "条码", "barcode.repeated"),
        (6, "货号", "item.repeated"),
        (7, "品名", "name.missing"),
        (8, "售价", "price.missing"),
        (9, "", "product.no_key"),
        (10, "条码", "barcode.taken"),
        (11, "售价", "money.too_fine"),
        (11, "会员价", "money.negative"),
        (12, "货号", "item.wrong"),
    ]
    assert dict(preview.errors[0].details) == {"expected": ONE[-1]}
    assert preview.counts.rejected == 10


def test_doubts(till: Till) -> None:
    in_store = "2101010012345"
    assert not is_gtin(in_store)
    upca = "01234567890" + check_digit("01234567890")
    head = [*HEAD, "称重", "时价", "皮重"]
    preview, _ = run(
        till,
        ["1", in_store, "甲", 2, 3, "", "否", "否"],
        ["2", float(upca), "乙", 0, "", "", "否", "否"],
        [12.0, "", "苹果", 9.8, "", "", "是", "否", 25],
        ["5", "", "快递费", "", "", "", "否", "是"],
        head=head,
    )
    assert [(issue.row, issue.code) for issue in preview.warnings] == [
        (2, "barcode.own_check_digit"),
        (2, "member_price.above"),
        (3, "barcode.filled"),
        (3, "price.zero"),
        (4, "item.filled"),
    ]
    assert till[2].products["2"].barcodes == (f"0{upca}",)
    assert (till[2].products["00012"].is_weighed, till[2].products["00012"].tare_g) == (True, 25)
    assert till[2].products["5"].is_open_price


@pytest.mark.parametrize(
    ("heading", "cell", "is_active"),
    [("状态", "正常", True), ("状态", "停售", False), ("停用", "是", False), ("停用", "否", True), ("停用", "", True)],
)
def test_goods_out_of_sale(till: Till, heading: str, cell: str, is_active: bool) -> None:
    run(till, ["1", "甲", 1, cell], head=["货号", "品名", "售价", heading])
    assert till[2].products["1"].is_active is is_active


def test_categories_are_found_by_name_or_code(till: Till) -> None:
    head = ["货号", "品名", "售价", "分类编码", "分类"]
    run(till, ["1", "甲", 1, "drinks", "饮料"], ["2", "乙", 1, "", "饮料"], ["3", "丙", 1, "", "茶"], head=head)
    assert [till[2].products[item].category_id for item in "123"] == ["drinks", "drinks", "茶"]
    run(till, ["1", "甲", 1, "drinks", "酒水饮料"], head=head)
    assert till[2].category_list["drinks"].name.zh == "酒水饮料"


def test_a_fault_leaves_nothing_behind_and_rejected_rows_stop_it(till: Till) -> None:
    service = ImportProducts(till[0])
    preview = service.preview([HEAD, ["1", ONE, "甲", 2, "", "饮料"]])
    for fail_at in (1, 2, 3):
        till[1].steps, till[1].fail_at = 0, fail_at
        with pytest.raises(OSError, match="disk full"):
            service.apply(preview, MANAGER)
        assert not till[1].records
        assert not till[1].masters
        assert not till[2].products
    with pytest.raises(KnownError, match=r"import\.rejected_rows"):
        run(till, ["1", ONE, "甲", 2, "", ""], ["2", "", "", 2, "", ""])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(ANY_CELL, max_size=18), max_size=8))
def test_garbage_is_taken_or_refused_and_never_crashes(rows: list[list[Any]]) -> None:
    head = ["货号", "品名", "售价", "条码", "会员价", "分类", "单位", "税率", "称重", "时价", "可折扣", "停用", "品牌"]
    head += ["分类编码", "分类英文", "状态", "不可折扣", "条码2"]
    till = fake_till()
    service = ImportProducts(till[0])
    preview = service.preview([head, *rows])
    counts = preview.counts
    assert counts.rows == counts.new + counts.changed + counts.same + counts.rejected
    assert all(issue.code in REASONS for issue in (*preview.errors, *preview.warnings))
    service.apply(msgspec.structs.replace(preview, options=ImportOptions(skip_rejected=True)), MANAGER)
    assert {product.category_id for product in till[2].products.values()} <= set(till[2].category_list)
    again = service.preview([head, *rows])
    assert (again.counts.new, again.counts.changed) == (0, 0)


@given(st.integers(0, 10**13 - 1), st.sampled_from([7, 11, 12, 13]))
def test_one_article_has_one_barcode_whatever_carried_it(number: int, size: int) -> None:
    body = f"{number % 10**size:0{size}d}"
    code = body + check_digit(body)
    normal = normal_barcode(code)
    assert is_gtin(code)
    assert is_gtin(normal)
    assert normal_barcode(code.zfill(14)) == normal or size == 7
    assert normal.zfill(14) == code.zfill(14)


def test_ranges_that_shops_may_use() -> None:
    assert is_in_store("2101010012345")
    assert is_in_store("0212345678905")
    assert is_in_store("21234567")
    assert not is_in_store(ONE)
    assert not is_in_store("abc")


def _doubts(preview: ImportPreview) -> list[tuple[int, str, str]]:
    return [(issue.row, issue.column, issue.code) for issue in preview.warnings]


@pytest.mark.parametrize("unit", ["斤", "公斤", "千克", "克", "kg", "KG"])
def test_a_unit_of_weight_that_is_not_weighed_is_doubted(till: Till, unit: str) -> None:
    head = ["货号", "品名", "售价", "单位", "称重"]
    preview, result = run(till, ["00101", "瓜子", "8.00", unit, "否"], ["00102", "枣", "8.00", unit, "是"], head=head)
    assert _doubts(preview) == [(2, "单位", "unit.by_the_piece")]
    assert result.new == 2
    assert till[2].products["00101"].price == Money(800)
    assert not till[2].products["00101"].is_weighed


def test_without_a_column_for_it_half_kilos_are_doubted_and_kilos_weighed(till: Till) -> None:
    head = ["货号", "品名", "售价", "单位"]
    preview, _ = run(till, ["00101", "瓜子", "8.00", "斤"], ["00102", "枣", "8.00", "公斤"], head=head)
    assert _doubts(preview) == [(2, "单位", "unit.by_the_piece")]
    assert till[2].products["00102"].is_weighed
