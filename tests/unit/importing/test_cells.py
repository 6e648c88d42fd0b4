"""Cells as spreadsheets mangle them."""

from __future__ import annotations

import contextlib
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit.import_fakes import ANY_CELL

from pos_app.application.importing import cells
from pos_app.application.importing.cells import CellError
from pos_app.domain.member import Birthday
from pos_app.domain.money import Money


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("13800001234", "13800001234"),
        (13800001234, "13800001234"),
        (13800001234.0, "13800001234"),
        ("13800001234.0", "13800001234"),
        ("1.3800001234E+10", "13800001234"),
        (" 138 0000 1234 ", "13800001234"),
        ("'013800", "013800"),
        ("１３８０", "1380"),
        ("\ufeff138\u200b00", "13800"),
        ('="0012"', "0012"),
        ("无", ""),
        (None, ""),
    ],
)
def test_a_number_that_is_a_name_keeps_its_digits(cell: Any, expected: str) -> None:
    assert cells.code(cell) == expected


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1.38E+10", "number.lost_digits"),
        ("1.38e10", "number.lost_digits"),
        (6.90123456789012e17, "number.lost_digits"),
        (10**16, "number.lost_digits"),
        (12.5, "number.fraction"),
        (-5.0, "number.wrong"),
        (float("nan"), "number.wrong"),
        (True, "number.wrong"),
        ("ab\x07c", "text.control"),
        ("9" * 41, "text.too_long"),
    ],
)
def test_digits_that_are_gone_are_never_guessed(cell: Any, reason: str) -> None:
    with pytest.raises(CellError) as caught:
        cells.code(cell)
    assert caught.value.code == reason


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12.5", 1250),
        (12.5, 1250),
        (12, 1200),
        ("¥1,234.50", 123450),
        ("￥１２．５０", 1250),
        ("12.50元", 1250),
        ("3.5元/kg", 350),
        (0.1 + 0.2, 30),
        (1234.4999999999998, 123450),
        ("0", 0),
    ],
)
def test_amounts(cell: Any, expected: int) -> None:
    assert cells.money(cell) == Money(expected)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("12.345", "money.too_fine"),
        ("-1", "money.negative"),
        ("abc", "number.wrong"),
        ("1,23.5", "number.wrong"),
        ("1_000", "number.wrong"),
        ("1e3", "number.lost_digits"),
        (1e300, "money.too_large"),
        (10**400, "money.too_large"),
        (True, "number.wrong"),
        (dt.date(2025, 1, 1), "number.wrong"),
    ],
)
def test_amounts_that_are_none(cell: Any, reason: str) -> None:
    with pytest.raises(CellError) as caught:
        cells.money(cell)
    assert caught.value.code == reason


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("13%", 1300), (0.13, 1300), ("13", 1300), (13.0, 1300), ("0.09", 900), ("免税", 0), (0, 0), (1, 100), ("", None)],
)
def test_rates(cell: Any, expected: int | None) -> None:
    assert cells.rate_bp(cell) == expected


@pytest.mark.parametrize("cell", ["一三", "130%", -1, "13%%", 250.0, "-"])
def test_rates_that_are_none(cell: Any) -> None:
    if cell == "-":
        assert cells.rate_bp(cell) is None
        return
    with pytest.raises(CellError, match=r"rate\.wrong"):
        cells.rate_bp(cell)


@pytest.mark.parametrize(
    ("cell", "expected"), [(25, 25), ("25 g", 25), ("25克", 25), (12.0, 12), ("0", 0), ("", None), (None, None)]
)
def test_tares(cell: Any, expected: int | None) -> None:
    assert cells.tare_grams(cell) == expected


@pytest.mark.parametrize("cell", ["2.5", -1, "一两", 50_001, "25 kg", True])
def test_tares_that_are_none(cell: Any) -> None:
    with pytest.raises(CellError, match=r"tare\.wrong"):
        cells.tare_grams(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1990年5月17日", Birthday(5, 17, 1990)),
        ("1990 年 5 月 17 日", Birthday(5, 17, 1990)),
        ("1990-05-17", Birthday(5, 17, 1990)),
        ("1990/5/17 00:00:00", Birthday(5, 17, 1990)),
        ("1990.05.17", Birthday(5, 17, 1990)),
        ("1990-05-17T08:30:00Z", Birthday(5, 17, 1990)),
        ("19900517", Birthday(5, 17, 1990)),
        (19900517.0, Birthday(5, 17, 1990)),
        (33010.0, Birthday(5, 17, 1990)),
        ("33010", Birthday(5, 17, 1990)),
        (33010.75, Birthday(5, 17, 1990)),
        (dt.datetime.fromisoformat("1990-05-17T08:00"), Birthday(5, 17, 1990)),
        (dt.date(1990, 5, 17), Birthday(5, 17, 1990)),
        ("90/5/17", Birthday(5, 17, 1990)),
        ("17/5/1990", Birthday(5, 17, 1990)),
        ("5/17/1990", Birthday(5, 17, 1990)),
        ("5月17日", Birthday(5, 17)),
        ("05-17", Birthday(5, 17)),
        ("0517", Birthday(5, 17)),
        ("2-29", Birthday(2, 29)),
        ("0000-00-00", None),
        ("", None),
        (0.0, None),
        ("未知", None),
    ],
)
def test_birthdays(cell: Any, expected: Birthday | None) -> None:
    assert cells.birthday(cell) == expected


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("5/6/1990", "date.ambiguous"),
        ("05/06/07", "date.ambiguous"),
        ("1990-13-01", "date.wrong"),
        ("1990-02-30", "date.wrong"),
        ("农历五月初五", "date.wrong"),
        ("1790-01-01", "date.wrong"),
        ("1990", "date.wrong"),
        (517.0, "date.wrong"),
        (True, "date.wrong"),
        (float("inf"), "date.wrong"),
        (dt.time(8), "date.wrong"),
    ],
)
def test_birthdays_that_are_none(cell: Any, reason: str) -> None:
    with pytest.raises(CellError) as caught:
        cells.birthday(cell)
    assert caught.value.code == reason


def test_a_day_needs_its_year() -> None:
    with pytest.raises(CellError, match=r"date\.no_year"):
        cells.day("05-17")


@given(ANY_CELL)
def test_any_cell_is_read_or_refused_with_a_reason(cell: Any) -> None:
    assert isinstance(cells.plain(cell), str)
    assert isinstance(cells.is_blank(cell), bool)
    for parse in (
        cells.code,
        cells.text,
        cells.number,
        cells.money,
        cells.rate_bp,
        cells.tare_grams,
        cells.yes_no,
        cells.day,
        cells.birthday,
    ):
        with contextlib.suppress(CellError):
            parse(cell)


@given(st.integers(0, 10**9))
def test_amounts_come_back_as_they_were_written(fen: int) -> None:
    assert cells.money(Money(fen).display()) == Money(fen)
    assert cells.money(float(Decimal(fen) / 100)) == Money(fen)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
def test_days_come_back_as_they_were_written(day: dt.date) -> None:
    assert cells.day(day.isoformat()) == day
    assert cells.day(f"{day.year}年{day.month}月{day.day}日") == day
    assert cells.day(day.strftime("%Y%m%d")) == day
