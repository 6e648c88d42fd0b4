"""Spreadsheets in and out: CSV in any usual encoding, XLSX and XLS; reports and templates.

Nothing is believed of a file's name: its first bytes say what it is. Cells come out as they are; what they mean is
the import's business.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.errors import KnownError

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

    from pos_app.application.importing.model import Cell

_MEBI: Final = 1024 * 1024
_SAMPLE_BYTES: Final = 256 * 1024
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ZIP_MAGIC: Final = b"PK\x03\x04"
_OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0"
_DELIMITERS: Final = (",", "\t", ";", "|", "，")
#: Control characters of text; others mean that a file is no text.
_TEXT_CONTROLS: Final = frozenset("\t\n\r\x0b\x0c\x1a")
#: A cell that begins like this is taken for a formula by spreadsheet programmes; the wide ones by those in East Asia.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Limits(msgspec.Struct, frozen=True):
    """How much is read at most, so that a wrong file cannot take the till down.

    Attributes:
        file_bytes: Size of the file.
        unpacked_bytes: Size of what an XLSX holds once unpacked.
        rows: Rows of the sheet, blank ones too.
    """

    file_bytes: int = 200 * _MEBI
    unpacked_bytes: int = 1024 * _MEBI
    rows: int = 1_000_001


DEFAULT_LIMITS: Final = Limits()


class Table(msgspec.Struct, frozen=True):
    """An open sheet.

    Attributes:
        rows: All rows from the first one, blank ones too, read as they are asked for; can be gone through once.
        sheet: Its name; empty for CSV.
        sheets: All sheets of the file.
    """

    rows: Iterator[Sequence[Cell]]
    sheet: str = ""
    sheets: tuple[str, ...] = ()


@contextmanager
def open_table(path: Path, sheet: str = "", limits: Limits = DEFAULT_LIMITS) -> Iterator[Table]:
    """Open a file of rows.

    Args:
        path: CSV, XLSX, XLSM, XLSB, ODS or XLS.
        sheet: Name of the sheet; empty for the first one that is visible and has cells.
        limits: How much is read at most.

    Raises:
        KnownError: ``import.not_found``, ``import.too_large`` (``limit``, ``unit``), ``import.empty``,
            ``import.no_sheet``, ``import.unreadable`` with ``reason`` ``encoding``, ``damaged``, ``password``,
            ``html``, ``permission`` or ``folder``; also while the rows are read.
    """
    head = _first_bytes(path, limits)
    if head.startswith((_ZIP_MAGIC, _OLE_MAGIC)):
        with _workbook(path, head, limits) as book:
            yield _sheet(book, sheet, limits)
        return
    if head.lstrip()[:200].lower().startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        raise KnownError("import.unreadable", reason="html")
    encoding = _encoding(path, head)
    with path.open(encoding=encoding, newline="") as stream:
        yield Table(_csv_rows(stream, limits))


def _first_bytes(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise KnownError("import.unreadable", reason="folder")
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise KnownError("import.too_large", limit=limits.file_bytes // _MEBI, unit="MB")
        with path.open("rb") as stream:
            head = stream.read(_SAMPLE_BYTES)
    except FileNotFoundError:
        raise KnownError("import.not_found", name=path.name) from None
    except OSError:
        raise KnownError("import.unreadable", reason="permission") from None
    if not head:
        raise KnownError("import.empty")
    return head


@contextmanager
def _workbook(path: Path, head: bytes, limits: Limits) -> Iterator[CalamineWorkbook]:
    """An open workbook; whatever is wrong with it is a known error."""
    import python_calamine as calamine

    if head.startswith(_ZIP_MAGIC):
        try:
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError):
            raise KnownError("import.unreadable", reason="damaged") from None
        if unpacked > limits.unpacked_bytes:
            raise KnownError("import.too_large", limit=limits.unpacked_bytes // _MEBI, unit="MB")
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise KnownError("import.unreadable", reason="password") from None
    except (calamine.CalamineError, OSError, ValueError):
        # An XLSX with a password is wrapped in the old format, with its content in a stream of this name.
        reason = "password" if "EncryptedPackage".encode("utf-16-le") in path.read_bytes() else "damaged"
        raise KnownError("import.unreadable", reason=reason) from None
    try:
        yield book
    finally:
        book.close()


def _sheet(book: CalamineWorkbook, wanted: str, limits: Limits) -> Table:
    import python_calamine as calamine

    names = tuple(book.sheet_names)
    if wanted and wanted not in names:
        raise KnownError("import.no_sheet", sheet=wanted, known=names)
    visible = [each.name for each in book.sheets_metadata if each.visible == calamine.SheetVisibleEnum.Visible] or list(
        names
    )
    try:
        for name in [wanted] if wanted else visible:
            sheet = book.get_sheet_by_name(name)
            if sheet.start is None or sheet.end is None:
                continue
            if sheet.end[0] >= limits.rows:
                raise KnownError("import.too_large", limit=limits.rows - 1, unit="rows")
            return Table(sheet.iter_rows(), name, names)
    except (calamine.CalamineError, ValueError):
        raise KnownError("import.unreadable", reason="damaged") from None
    raise KnownError("import.empty")


def _encoding(path: Path, head: bytes) -> str:
    """UTF-8, UTF-16 or GB 18030: the first that reads the whole file."""
    candidates = ["utf-8", "gb18030"]
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), None)
    if marked is not None:
        candidates = [marked]
    elif b"\0" in head:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        candidates = ["utf-16-le" if odd > even else "utf-16-be"]
    for name in candidates:
        if _decodes(path, name):
            return name
    raise KnownError("import.unreadable", reason="encoding")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_MEBI):
                decoded = decoder.decode(chunk)
                if not _is_text(decoded):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_text(decoded: str) -> bool:
    """Whether a piece is free of what text never has: NUL, and more than a stray control character."""
    controls = sum(decoded.count(chr(code)) for code in range(32) if chr(code) not in _TEXT_CONTROLS)
    return "\0" not in decoded and controls * 200 <= len(decoded)


def _csv_rows(stream: io.TextIOBase, limits: Limits) -> Iterator[Sequence[Cell]]:
    sample = stream.read(64 * 1024)
    delimiter = _delimiter(sample)
    stream.seek(0)
    reader = csv.reader(stream, delimiter=delimiter)
    count = 0
    try:
        for row in reader:
            count += 1
            if count == 1 and delimiter.join(row).lower() == f"sep={delimiter}":
                yield []
                continue
            if count >= limits.rows:
                raise KnownError("import.too_large", limit=limits.rows - 1, unit="rows")
            yield row
    except (csv.Error, UnicodeDecodeError):
        raise KnownError("import.unreadable", reason="damaged") from None


def _delimiter(sample: str) -> str:
    """The character that parts the lines most evenly into the most fields; a comma where none does."""
    lines = [line for line in sample.splitlines()[:50] if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        return lines[0][4]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        counts = [_outside_quotes(line, delimiter) for line in lines]
        counts = [count for count in counts if count]
        if not counts:
            continue
        usual = max(set(counts), key=lambda count: (counts.count(count), count))
        score = counts.count(usual) * 100 + usual
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _outside_quotes(line: str, delimiter: str) -> int:
    return sum(part.count(delimiter) for part in line.split('"')[::2])


def write_rows(path: Path, rows: Iterable[Sequence[str]], *, column_width: int = 18) -> None:
    """Write rows of text, the first of them headings, as XLSX or (by the name's ending) CSV.

    Every cell stays text: leading zeros stay, and nothing becomes a formula.

    Raises:
        KnownError: ``import.not_written`` with the ``name``.
    """
    rows = ([_whole(cell) for cell in row] for row in rows)
    try:
        if path.suffix.lower() == ".xlsx":
            _write_xlsx(path, rows, column_width)
        else:
            with path.open("w", encoding="utf-8-sig", newline="") as stream:
                csv.writer(stream).writerows([_harmless(cell) for cell in row] for row in rows)
    except OSError:
        raise KnownError("import.not_written", name=path.name) from None


def _whole(cell: str) -> str:
    """Without halves of characters, which no file can hold."""
    return cell.encode("utf-8", "replace").decode("utf-8")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _write_xlsx(path: Path, rows: Iterable[Sequence[str]], column_width: int) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    # The writer finds out at the end, and then leaves its own temporary files open.
    with path.open("ab"):
        pass
    try:
        with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            as_text = book.add_format({"num_format": "@"})
            heading = book.add_format({"num_format": "@", "bold": True, "bg_color": "#E8EEF4"})
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 60, column_width, as_text)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell, heading if number == 0 else as_text)
    except XlsxWriterException as error:
        raise OSError(str(error)) from error
