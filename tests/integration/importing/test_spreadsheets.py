"""Files as shops have them: encodings, separators, workbooks, and what is no spreadsheet at all."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pos_testkit import hostile

from pos_app.errors import KnownError
from pos_app.infrastructure.spreadsheets import Limits, open_table, write_rows

LINES = '手机号,姓名,备注\r\n13800001234,王小明,"逗号,引号""换\n行"\r\n\r\n13800001235,李芳,\r\n'
ROWS = [["手机号", "姓名", "备注"], ["13800001234", "王小明", '逗号,引号"换\n行'], [], ["13800001235", "李芳", ""]]


def read(path: Path, **arguments: Any) -> list[list[Any]]:
    with open_table(path, **arguments) as table:
        return [list(row) for row in table.rows]


def refused(path: Path, **arguments: Any) -> tuple[str, object]:
    with pytest.raises(KnownError) as caught:
        read(path, **arguments)
    return caught.value.code, caught.value.details.get("reason")


def workbook(path: Path, fill: Callable[[xlsxwriter.Workbook], None]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        fill(book)
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_csv_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "会员.csv"
    path.write_bytes(LINES.encode(encoding))
    assert read(path) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
def test_csv_with_any_usual_separator(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(delimiter.join("abc") + "\n" + delimiter.join(["1", '"x,;y"', "3"]) + "\n", encoding="utf-8")
    assert read(path) == [["a", "b", "c"], ["1", "x,;y", "3"]]


def test_csv_that_names_its_separator(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\na;b\n", encoding="utf-8")
    assert read(path) == [[], ["a", "b"]]


def test_a_workbook_keeps_row_numbers_dates_and_values_of_formulas(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("空表")
        hidden = book.add_worksheet("隐藏")
        hidden.write(0, 0, "x")
        hidden.hide()
        sheet = book.add_worksheet("会员")
        sheet.write(2, 1, "手机")
        sheet.write_number(3, 1, 13800001234)
        sheet.write_datetime(3, 2, dt.datetime.fromisoformat("1990-05-17"), book.add_format({"num_format": "yyyy/m/d"}))
        sheet.write_formula(5, 1, "=B4+1", None, 13800001235)

    path = workbook(tmp_path / "a.xlsx", fill)
    with open_table(path) as table:
        assert (table.sheet, table.sheets) == ("会员", ("空表", "隐藏", "会员"))
        rows = [list(row) for row in table.rows]
    assert rows[2][0] == "手机"
    assert rows[3] == [13800001234.0, dt.date(1990, 5, 17)]
    assert rows[5][0] == 13800001235.0
    assert read(path, sheet="隐藏") == [["x"]]
    assert refused(path, sheet="没有")[0] == "import.no_sheet"
    assert refused(path, sheet="空表")[0] == "import.empty"


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "会员.csv", lambda book: book.add_worksheet().write(0, 0, "手机"))
    assert read(path) == [["手机"]]
    path = tmp_path / "会员.xls"
    path.write_text("手机\t姓名\n1\t2\n", encoding="gb18030")
    assert read(path) == [["手机", "姓名"], ["1", "2"]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 not a workbook", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not one either", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "encoding"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "encoding"),
        (b"a,b\n\xff\xff\xff\n", "encoding"),
        (b"  <html><table><tr><td>1</td></tr></table>", "html"),
        (b'a,b\n"' + b"x" * 200_000 + b'",1\n', "damaged"),
    ],
)
def test_what_is_no_spreadsheet(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert refused(path) == ("import.unreadable", reason)


def test_files_that_are_not_there_empty_or_too_large(tmp_path: Path) -> None:
    assert refused(tmp_path / "没有.csv")[0] == "import.not_found"
    assert refused(tmp_path) == ("import.unreadable", "folder")
    path = tmp_path / "a.csv"
    path.write_bytes(b"")
    assert refused(path)[0] == "import.empty"
    path.write_text("a\n" * 50, encoding="utf-8")
    assert refused(path, limits=Limits(file_bytes=10))[0] == "import.too_large"
    assert refused(path, limits=Limits(rows=20))[0] == "import.too_large"
    book = workbook(tmp_path / "a.xlsx", lambda book: book.add_worksheet().write(60, 0, "x"))
    assert refused(book, limits=Limits(rows=20))[0] == "import.too_large"
    assert refused(book, limits=Limits(unpacked_bytes=100))[0] == "import.too_large"


@pytest.mark.parametrize("name", ["报告.csv", "报告.xlsx"])
def test_what_is_written_stays_text(tmp_path: Path, name: str) -> None:
    rows = [["编号", "值"], ["0012", "=1+1"], ["13800001234", "@x"], ["", "-5"]]
    write_rows(tmp_path / name, rows)
    plain = [[cell.removeprefix("'") for cell in row] for row in read(tmp_path / name)]
    assert plain == rows
    if name.endswith(".csv"):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as stream:
            assert not any(cell.startswith(("=", "@", "-")) for row in csv.reader(stream) for cell in row)


FORMULAS = st.sampled_from(
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1＋1", "＋1", "－1", "＠x", "=cmd|' /C calc'!A0"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(hostile.texts | FORMULAS, min_size=1, max_size=4), st.sampled_from(["out.csv", "out.xlsx"]))
def test_no_cell_that_is_written_is_a_formula(tmp_path: Path, cells: list[str], name: str) -> None:
    wanted = [cell.encode("utf-8", "replace").decode() for cell in cells]
    write_rows(tmp_path / name, [["x"] * len(cells), cells])
    if name.endswith(".csv"):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as stream:
            _, found = csv.reader(stream)
        assert not any(
            cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) for cell in found
        )
        assert [cell.removeprefix("'") for cell in found] == [cell.removeprefix("'") for cell in wanted]
    else:
        with zipfile.ZipFile(tmp_path / name) as packed:
            sheet = packed.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert sheet.count(b"<v>") == sheet.count(b't="s"')


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_report_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnownError, match=r"import\.not_written"):
        write_rows(tmp_path / "nowhere" / name, [["x"]])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda data: b"PK\x03\x04" + data)))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    try:
        rows = read(path)
    except KnownError as error:
        assert error.code.startswith("import.")  # noqa: PT017 - either outcome is right
    else:
        assert all(isinstance(cell, str) for row in rows for cell in row)
