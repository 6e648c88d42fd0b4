"""Cells as spreadsheets have them, read into exact values.

Spreadsheet programmes make numbers of phone numbers, drop leading zeros, keep fifteen digits, store days as serial
numbers and write 1.38E+10. What can be read without doubt is read; everything else is a :class:`CellError`, never a
guess.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final

from pos_app.application.importing.model import Cell
from pos_app.domain.catalog import MAX_TARE_G
from pos_app.domain.member import Birthday
from pos_app.domain.money import MAX_ENTRY_MINOR, Money

#: What people and programmes write for "nothing".
_NOTHING: Final = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "空", "未知", "暂无", "none", "null", "nil", "n/a", "na", "nan", "#n/a"}
    | {"0000-00-00", "0000-00-00 00:00:00", "1900-01-00", "1900/1/0"}
)
#: Beyond this a spreadsheet's number has lost digits (it keeps fifteen).
_EXACT_LIMIT: Final = 1e15
#: A whole number from here on is shown as spreadsheets show one that does not fit.
_UNSHOWN: Final = 10**20
#: A cell longer than this is not a value of any field.
MAX_CELL: Final = 4_000
_SERIAL_EPOCH: Final = dt.date(1899, 12, 30)
#: Serial numbers taken for days: 1910 to 2064; smaller ones are something else.
_SERIALS: Final = range(3_654, 60_000)
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2200
_SCIENTIFIC: Final = re.compile(r"([+-]?)(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_WHOLE_FLOAT: Final = re.compile(r"(\d+)\.0+", re.ASCII)
_CURRENCY: Final = re.compile(r"^(?:¥|￥|rmb|cny|人民币)\s*|\s*(?:元|块|圆|rmb|cny)(?:/.{1,6})?$", re.IGNORECASE)
_TIME: Final = re.compile(r"[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
_DATE: Final = re.compile(r"(\d{1,4})([-/.])(\d{1,2})(?:\2(\d{1,4}))?", re.ASCII)
_COMPACT_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_CHINESE_DATE: Final = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?", re.ASCII)
_YES: Final = frozenset(
    {"是", "y", "yes", "true", "t", "1", "√", "✓", "✔", "有", "对", "on", "称重", "可", "允许", "同意"}
)
_NO: Final = frozenset(
    {
        "否",
        "n",
        "no",
        "false",
        "f",
        "0",
        "×",
        "✗",
        "x",
        "不",
        "不是",
        "off",
        "计件",
        "不称重",
        "非称重",
        "不可",
        "不允许",
    }
    | {"不同意", "拒绝"}
)


class CellError(ValueError):
    """A cell that cannot be read.

    Attributes:
        code: Reason; ``words`` has the sentence.
        details: Values for the sentence.
    """

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code: Final = code
        self.details: Final = tuple(details.items())


def plain(cell: Cell) -> str:
    """A cell as text, as a person would see it; whole numbers without ``.0``. Never raises."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell if cell.isascii() and cell.isprintable() and cell[:1] != "'" else _tidy(cell)
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, int):
        return str(cell) if abs(cell) < _UNSHOWN else "####"
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return "#NUM!"
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e20 else format(cell, ".15g")
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    return str(cell)


def _tidy(text: str) -> str:
    """Full-width forms as ASCII, invisible characters gone, spaces at the ends gone."""
    text = unicodedata.normalize("NFKC", text)
    # An apostrophe in front is how spreadsheets mark a number as text.
    return "".join(ch for ch in text if unicodedata.category(ch) != "Cf").strip("\t\r\n \0").removeprefix("'")


def text(cell: Cell, limit: int = 200) -> str:
    """One line of text; empty for nothing.

    Raises:
        CellError: ``text.too_long``, ``text.control``.
    """
    value = " ".join(plain(cell).split())
    if len(value) > limit:
        raise CellError("text.too_long", limit=str(limit))
    if value and not value.isprintable():
        raise CellError("text.control")
    return "" if value.casefold() in _NOTHING else value


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    return cell is None or plain(cell).strip().casefold() in _NOTHING


def code(cell: Cell, limit: int = 40) -> str:
    """A number that is a name: phone, card, barcode, item number. Digits stay as they are.

    Raises:
        CellError: ``number.lost_digits`` where the file no longer has all digits, ``number.fraction``,
            ``text.too_long``, ``text.control``.
    """
    if isinstance(cell, bool):
        raise CellError("number.wrong")
    if isinstance(cell, int | float):
        if not 0 <= cell < math.inf:
            raise CellError("number.wrong")
        if cell >= _EXACT_LIMIT:
            raise CellError("number.lost_digits")
        if cell != int(cell):
            raise CellError("number.fraction")
        return str(int(cell))
    value = text(cell, MAX_CELL).replace(" ", "")
    if value.startswith('="') and value.endswith('"'):
        value = value[2:-1]
    if match := _SCIENTIFIC.fullmatch(value):
        digits = match[2] + (match[3] or "")
        if len(digits) != int(match[4]) + 1 or match[1] == "-":
            raise CellError("number.lost_digits")
        value = digits
    elif match := _WHOLE_FLOAT.fullmatch(value):
        value = match[1]
    if len(value) > limit:
        raise CellError("text.too_long", limit=str(limit))
    return value


def number(cell: Cell) -> Decimal | None:
    """An exact decimal, or None for nothing; thousands separators and currency signs are understood.

    Raises:
        CellError: ``number.wrong``, ``number.lost_digits``.
    """
    if is_blank(cell):
        return None
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        raise CellError("number.wrong")
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):
        if not math.isfinite(cell):
            raise CellError("number.wrong")
        # Fifteen digits are what a spreadsheet means: 0.1 + 0.2 is 0.3 there.
        return Decimal(format(cell, ".15g"))
    value = _CURRENCY.sub("", _CURRENCY.sub("", text(cell, MAX_CELL))).strip()
    if _SCIENTIFIC.fullmatch(value):
        raise CellError("number.lost_digits")
    if len(value) > 30 or not _NUMBER.fullmatch(value):
        raise CellError("number.wrong")
    try:
        return Decimal(value.replace(",", ""))
    except InvalidOperation:  # pragma: no cover - the pattern leaves nothing that Decimal refuses
        raise CellError("number.wrong") from None


def money(cell: Cell) -> Money | None:
    """An amount that is not negative, or None for nothing.

    Raises:
        CellError: ``number.wrong``, ``money.negative``, ``money.too_fine``, ``money.too_large``.
    """
    value = number(cell)
    if value is None:
        return None
    if value < 0:
        raise CellError("money.negative")
    if value > MAX_ENTRY_MINOR // 100:
        raise CellError("money.too_large")
    minor = value * 100
    if minor != minor.to_integral_value():
        raise CellError("money.too_fine")
    return Money(int(minor))


def rate_bp(cell: Cell) -> int | None:
    """A tax rate in basis points, or None for nothing: ``13%``, ``13`` and ``0.13`` are the same.

    Raises:
        CellError: ``rate.wrong``.
    """
    if is_blank(cell):
        return None
    source: Cell = cell
    percent = False
    if isinstance(cell, str):
        words = text(cell, MAX_CELL)
        if words.removesuffix("商品") in ("免税", "零税率", "不征税", "exempt"):
            return 0
        percent = words.endswith("%")
        source = words.removesuffix("%").strip()
    try:
        value = number(source)
    except CellError:
        raise CellError("rate.wrong") from None
    if value is None:
        raise CellError("rate.wrong")
    basis_points = value * 100 if percent or value >= 1 else value * 10_000
    if basis_points != basis_points.to_integral_value() or not 0 <= basis_points <= 10_000:
        raise CellError("rate.wrong")
    return int(basis_points)


def tare_grams(cell: Cell) -> int | None:
    """A weight of packaging in whole grams, or None for nothing; a unit behind it may be ``g`` or ``克``.

    Raises:
        CellError: ``tare.wrong``.
    """
    source: Cell = cell
    if isinstance(cell, str):
        source = text(cell, MAX_CELL).removesuffix("克").removesuffix("g").strip()
    try:
        value = number(source)
    except CellError:
        raise CellError("tare.wrong", most=str(MAX_TARE_G)) from None
    if value is None:
        return None
    if value != value.to_integral_value() or not 0 <= value <= MAX_TARE_G:
        raise CellError("tare.wrong", most=str(MAX_TARE_G))
    return int(value)


def yes_no(cell: Cell) -> bool | None:
    """Yes or no in any usual way, or None for nothing.

    Raises:
        CellError: ``yes_no.wrong``.
    """
    if isinstance(cell, bool):
        return cell
    value = plain(cell).strip().casefold()
    if value in _YES:
        return True
    if value in _NO:
        return False
    if value in _NOTHING:
        return None
    raise CellError("yes_no.wrong")


def day(cell: Cell) -> dt.date | None:
    """A day with its year, or None for nothing.

    Raises:
        CellError: ``date.wrong``, ``date.ambiguous``, ``date.no_year``.
    """
    parts = _date_parts(cell)
    if parts is None:
        return None
    year, month, day_of_month = parts
    if year is None:
        raise CellError("date.no_year")
    try:
        return dt.date(year, month, day_of_month)
    except ValueError:
        raise CellError("date.wrong") from None


def birthday(cell: Cell) -> Birthday | None:
    """A birthday with or without its year, or None for nothing.

    Raises:
        CellError: ``date.wrong``, ``date.ambiguous``.
    """
    parts = _date_parts(cell)
    if parts is None:
        return None
    try:
        return Birthday(parts[1], parts[2], parts[0])
    except ValueError:
        raise CellError("date.wrong") from None


def _date_parts(cell: Cell) -> tuple[int | None, int, int] | None:
    """Year (where there is one), month and day; checked for a plausible year only."""
    if is_blank(cell) or (isinstance(cell, int | float) and cell == 0):
        return None
    if isinstance(cell, dt.date):
        return _plausible(cell.year, cell.month, cell.day)
    if isinstance(cell, bool | dt.time | dt.timedelta):
        raise CellError("date.wrong")
    value = code(cell, MAX_CELL) if isinstance(cell, int) else _day_text(cell)
    if value.isascii() and value.isdigit():
        return _from_digits(value)
    if match := _CHINESE_DATE.fullmatch(value):
        return _plausible(int(match[1]) if match[1] else None, int(match[2]), int(match[3]))
    if match := _DATE.fullmatch(value):
        return _from_parts(match[1], match[3], match[4])
    raise CellError("date.wrong")


def _day_text(cell: str | float | None) -> str:
    if isinstance(cell, float):
        if not math.isfinite(cell) or cell < 0:
            raise CellError("date.wrong")
        return str(int(cell))  # the fraction of a serial number is the time of day
    value = _TIME.sub("", text(cell, MAX_CELL)).strip()
    return value if "月" not in value else value.replace(" ", "")


def _from_digits(value: str) -> tuple[int | None, int, int]:
    """``19900517``, ``0517``, or a serial number."""
    if match := _COMPACT_DATE.fullmatch(value):
        return _plausible(int(match[1]), int(match[2]), int(match[3]))
    if len(value) == 4 and 1 <= int(value[:2]) <= 12 and value[0] in "01":
        return None, int(value[:2]), int(value[2:])
    if len(value) == 5 and int(value) in _SERIALS:
        serial = _SERIAL_EPOCH + dt.timedelta(days=int(value))
        return serial.year, serial.month, serial.day
    raise CellError("date.wrong")


def _from_parts(first: str, second: str, third: str | None) -> tuple[int | None, int, int]:
    if third is None:
        if len(first) > 2:
            raise CellError("date.wrong")
        return None, int(first), int(second)
    if len(first) == 4:
        return _plausible(int(first), int(second), int(third))
    if len(third) == 4 and len(first) <= 2:
        one, two = int(first), int(second)
        if one > 12 or one == two:
            return _plausible(int(third), two, one)
        if two > 12:
            return _plausible(int(third), one, two)
        raise CellError("date.ambiguous")
    if len(first) == 2 and int(first) > 31 and len(third) <= 2:
        return _plausible(1900 + int(first), int(second), int(third))
    raise CellError("date.ambiguous" if len(first) == 2 and len(third) <= 2 else "date.wrong")


def _plausible(year: int | None, month: int, day_of_month: int) -> tuple[int | None, int, int]:
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise CellError("date.wrong")
    return year, month, day_of_month
