"""Whole files as shops send them, through the command line, against a till in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from pos_testkit.builders import ean13
from pos_testkit.import_fakes import MANAGER, FakeLedger, FakeReplica, demo_rules, fake_till
from typer.testing import CliRunner

from pos_app.application.context import TillContext
from pos_app.application.importing.model import ImportKind
from pos_app.application.importing.reports import template_rows
from pos_app.cli.import_command import import_app
from pos_app.domain.member import Birthday
from pos_app.domain.staff import Operator
from pos_app.infrastructure.spreadsheets import open_table, write_rows


class Till:
    """What the command line is given."""

    def __init__(self, language: str) -> None:
        self.context: TillContext
        self.ledger: FakeLedger
        self.replica: FakeReplica
        self.context, self.ledger, self.replica = fake_till(demo_rules())
        self.language = language

    def operator(self) -> Operator:
        return MANAGER

    @contextmanager
    def opened(self) -> Iterator[Till]:
        yield self

    def run(self, *words: str | Path, answer: str = "") -> tuple[int, str]:
        result = CliRunner().invoke(import_app(self.opened), [str(word) for word in words], input=answer)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output


@pytest.fixture
def till() -> Till:
    return Till("zh_CN")


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy/m/d"}) as book:
        sheet = book.add_worksheet("数据")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
    return path


def member_export(path: Path) -> Path:
    """As an old shop system exports it: a title, blank columns, numbers for names, sums at the end."""
    return workbook(
        path,
        [
            ["惠民超市 会员资料导出"],
            ["导出时间：2025-06-01 10:00"],
            [],
            [
                None,
                "序号",
                "会员卡号",
                "会员姓名",
                "手机号码(必填)",
                None,
                "性别",
                "生日",
                "会员级别",
                "可用积分",
                "开卡时间",
            ],
            [None, 1, 88000008, " 王小明 ", 13800001234, None, "男", dt.date(1990, 5, 17), "金卡", 1280, 44927],
            [
                None,
                2,
                "88000015",
                "李芳",
                "１３８００００１２３５",
                None,
                "女",
                "1985年2月9日",
                "普通会员",
                "1,005",
                "2023/1/15 09:30",
            ],
            [None, 3, 88000022, "欧阳娜娜", 1.3800001236e10, None, "", "05-06", "", 0, ""],
            [],
            [None, "合计", None, None, None, None, None, None, None, 2285, None],
        ],
    )


def test_an_export_of_an_old_system_comes_in(till: Till, tmp_path: Path) -> None:
    code, output = till.run("members", member_export(tmp_path / "会员.xlsx"), "--yes")
    assert code == 0, output
    assert "标题在第 4 行" in output
    assert "共 3 行：新增 3，变更 0，不变 0，不能导入 0，提醒 0" in output
    assert "期初积分合计 2,285" in output
    assert "序号" in output
    assert "未识别" in output
    members = till.replica.phones
    assert (members["13800001234"].name, members["13800001234"].cards) == ("王小明", ("88000008",))
    assert members["13800001234"].joined_on == dt.date(2023, 1, 1)
    assert members["13800001235"].birthday == Birthday(2, 9, 1985)
    assert members["13800001236"].birthday == Birthday(5, 6)
    assert [members[f"1380000123{n}"].tier_id for n in (4, 5, 6)] == ["gold", "regular", "regular"]


def test_personal_data_is_masked_on_the_screen(till: Till, tmp_path: Path) -> None:
    _, output = till.run("members", member_export(tmp_path / "会员.xlsx"), "--dry-run")
    assert "138****1234" in output
    for secret in ("13800001234", "88000008", "王小明", "1990"):
        assert secret not in output
    assert "只是预览" in output
    assert not till.ledger.records


def test_rejected_rows_stop_it_and_come_back_as_a_file(till: Till, tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text("Mobile,Name,Points\n13800001234,A,5\n1.38E+10,B,6\n12,C,x\n", encoding="utf-8")
    code, output = till.run("members", path, "--yes", "--errors", tmp_path / "错误.xlsx")
    assert code == 1
    assert "第 3 行 Mobile: 号码已被表格软件改成科学计数法" in output
    assert "有 2 行不能导入，什么都没有写入" in output
    assert not till.ledger.records
    with open_table(tmp_path / "错误.xlsx") as table:
        rows = [list(row) for row in table.rows]
    assert rows[0] == ["原行号", "原因", "Mobile", "Name", "Points"]
    assert [row[0] for row in rows[1:]] == ["3", "4"]
    assert rows[2][2:] == ["12", "C", "x"]
    code, output = till.run("members", path, "--yes", "--skip-rejected")
    assert code == 0
    assert "已导入：新增 1，变更 0，不变 0，跳过 2" in output


def test_products_in_english_with_a_mapping(tmp_path: Path) -> None:
    till = Till("en")
    path = tmp_path / "goods.csv"
    path.write_bytes(f"Ref;Code EAN;Product name;Retail price (CNY)\n7;{ean13(7)};Tea;¥1,028.50\n".encode("gb18030"))
    code, output = till.run("products", path, "--yes", "--map", "Ref=item", "--map", "Code EAN=barcode")
    assert code == 0, output
    assert "1 rows: 1 new" in output
    product = till.replica.products["7"]
    assert (product.barcodes, product.price.minor) == ((ean13(7),), 102_850)
    code, output = till.run("products", path, "--map", "Ref=item", "--map", "Code EAN=barcode")
    assert (code, output.splitlines()[-1]) == (0, "Nothing to write: everything is as the file says")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("products", "没有.csv"), 1, "找不到文件 没有.csv"),
        (("products",), 2, "请给出文件名"),
        (("products", "a.csv", "--map", "货号"), 2, "--map 请写成 标题=字段"),
        (("products", "a.csv"), 1, "缺少列：零售价、货号/条码"),
        (("products", "a.csv", "--map", "品名=price", "--map", "x=name"), 1, "文件里没有标题“x”"),
        (("products", "a.csv", "--map", "品名=prize"), 1, "没有字段“prize”"),
        (("members", "b.csv"), 2, "请加 --yes"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(
    till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("品名,单位\n茶,盒\n", encoding="utf-8")
    Path("b.csv").write_text("手机\n13800001234\n", encoding="utf-8")
    found, output = till.run(*words)
    assert (found, said in output) == (code, True), output
    assert "?" not in output
    assert not till.ledger.records


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", list(ImportKind))
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_template_can_be_imported_as_it_is(tmp_path: Path, kind: ImportKind, language: str, suffix: str) -> None:
    till = Till(language)
    path = tmp_path / f"template.{suffix}"
    assert till.run(kind.value, "--template", path)[0] == 0
    code, output = till.run(kind.value, path, "--yes")
    assert code == 0, output
    assert len(till.replica.members) + len(till.replica.products) == 1
    with open_table(path) as table:
        assert tuple(next(table.rows)) == template_rows(kind, language)[0]


def test_the_mended_report_can_be_imported(till: Till, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("手机,姓名\n13800001234,甲\n1380000123,乙\n", encoding="utf-8")
    report = tmp_path / "错误.csv"
    till.run("members", path, "--yes", "--skip-rejected", "--errors", report)
    with open_table(report) as table:
        rows = [list(map(str, row)) for row in table.rows]
    rows[1][2] = "13800001235"
    write_rows(report, rows)
    assert till.run("members", report, "--yes")[0] == 0
    assert sorted(till.replica.phones) == ["13800001234", "13800001235"]
