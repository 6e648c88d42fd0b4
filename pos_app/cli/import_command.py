"""``guitai import products|members FILE``: show what would happen, ask, do it."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, Final, Protocol

import msgspec
import typer

from pos_app.application.context import TillContext
from pos_app.application.importing.members import ImportMembers
from pos_app.application.importing.model import (
    ImportKind,
    ImportOptions,
    ImportPreview,
    ImportResult,
    RowIssue,
)
from pos_app.application.importing.products import ImportProducts
from pos_app.application.importing.reports import rejected_rows, template_rows
from pos_app.application.importing.words import PROBLEMS, field_word, problem, reason
from pos_app.cli import words
from pos_app.domain.staff import Operator
from pos_app.domain.text import LocalText, mask_card, mask_name, mask_phone
from pos_app.errors import KnownError
from pos_app.infrastructure.spreadsheets import open_table, write_rows

#: Issues shown before the rest is left to the report.
SHOWN_ISSUES: Final = 20
#: Widest column of the sample, in terminal cells.
_WIDEST: Final = 24

EXIT_DONE: Final = 0
EXIT_REFUSED: Final = 1
EXIT_USAGE: Final = 2


class OpenedTill(Protocol):
    """A till that the command line has opened."""

    @property
    def context(self) -> TillContext:
        """Its use cases' world."""

    @property
    def language(self) -> str:
        """The user's language: ``zh_CN`` or ``en``."""

    def operator(self) -> Operator:
        """Who does it; asks for a PIN where the till wants one.

        Raises:
            KnownError: Nobody who may.
        """


OpenTill = Callable[[], AbstractContextManager[OpenedTill]]


class _Words:
    """What the command says."""

    file: Final = LocalText("文件", "File")
    header: Final = LocalText("标题在第 {row} 行", "headings in row {row}")
    columns: Final = LocalText("列", "Columns")
    ignored: Final = LocalText("未识别，不导入", "not known, left out")
    first: Final = LocalText("前几行", "First rows")
    row: Final = LocalText("行", "row")
    counts: Final = LocalText(
        "共 {rows} 行：新增 {new}，变更 {changed}，不变 {same}，不能导入 {rejected}，提醒 {warnings}",
        "{rows} rows: {new} new, {changed} changed, {same} the same, {rejected} rejected, {warnings} warnings",
    )
    points: Final = LocalText("期初积分合计 {points}", "Opening points in all: {points}")
    points_ignored: Final = LocalText(
        "{count} 位会员已在本机，文件中的积分不再导入",
        "{count} members are known already: their points in the file are not taken again",
    )
    rejected: Final = LocalText("不能导入", "Rejected")
    warnings: Final = LocalText("提醒", "Warnings")
    place: Final = LocalText("第 {row} 行 {column}", "row {row} {column}")
    more: Final = LocalText(
        "……另有 {count} 条；--errors 文件名 可写出全部", "... and {count} more; --errors FILE writes all of them"
    )
    report: Final = LocalText("不能导入的行已写入 {name}", "The rejected rows are in {name}")
    template: Final = LocalText("模板已写入 {name}", "The template is {name}")
    dry_run: Final = LocalText("只是预览，什么都没有写入", "A preview only: nothing was written")
    confirm: Final = LocalText("现在导入吗？", "Import now?")
    declined: Final = LocalText("没有导入，什么都没有写入", "Not imported: nothing was written")
    needs_yes: Final = LocalText("没有终端可以确认；请加 --yes", "No terminal to ask at: add --yes")
    done: Final = LocalText(
        "已导入：新增 {new}，变更 {changed}，不变 {same}，跳过 {rejected}",
        "Imported: {new} new, {changed} changed, {same} the same, {rejected} left out",
    )
    nothing: Final = LocalText("没有要写入的内容，一切照旧", "Nothing to write: everything is as the file says")
    bad_map: Final = LocalText("--map 请写成 标题=字段", "Write --map as HEADING=FIELD")
    no_file: Final = LocalText("请给出文件名", "Name a file")


FileArgument = Annotated[Path | None, typer.Argument(metavar="FILE", help="CSV, XLSX or XLS · 文件")]
SheetOption = Annotated[str, typer.Option("--sheet", help="Name of the sheet · 工作表")]
MapOption = Annotated[
    list[str] | None, typer.Option("--map", metavar="HEADING=FIELD", help="What a column is: 手机=phone · 指明列")
]
HeaderOption = Annotated[int | None, typer.Option("--header", min=1, help="Row of the headings · 标题行")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would happen · 只预览")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask · 不询问")]
SkipOption = Annotated[bool, typer.Option("--skip-rejected", help="Leave rejected rows out · 跳过错误行")]
ErrorsOption = Annotated[
    Path | None, typer.Option("--errors", metavar="FILE", help="Write rejected rows here (CSV, XLSX) · 错误行")
]
TemplateOption = Annotated[
    Path | None, typer.Option("--template", metavar="FILE", help="Write an empty file to fill in · 写出模板")
]
DigitsOption = Annotated[
    int, typer.Option("--card-digits", min=0, max=40, help="Fill cards up with zeros to this length · 卡号补零")
]


def import_app(open_till: OpenTill) -> typer.Typer:
    """The commands, for the command line to add under ``import``."""
    app = typer.Typer(help="Take products or members over from a file · 导入商品或会员", no_args_is_help=True)

    @app.command("products", help="Products from a spreadsheet · 导入商品", epilog=words.PIN_NOTE)
    def products(
        file: FileArgument = None,
        sheet: SheetOption = "",
        mapping: MapOption = None,
        header: HeaderOption = None,
        dry_run: DryRunOption = False,
        yes: YesOption = False,
        skip_rejected: SkipOption = False,
        errors: ErrorsOption = None,
        template: TemplateOption = None,
    ) -> None:
        options = _Request(file, sheet, mapping or [], header, dry_run, yes, skip_rejected, errors, template)
        raise typer.Exit(_run(ImportKind.PRODUCTS, options, open_till))

    @app.command("members", help="Members from a spreadsheet · 导入会员", epilog=words.PIN_NOTE)
    def members(
        file: FileArgument = None,
        sheet: SheetOption = "",
        mapping: MapOption = None,
        header: HeaderOption = None,
        dry_run: DryRunOption = False,
        yes: YesOption = False,
        skip_rejected: SkipOption = False,
        errors: ErrorsOption = None,
        template: TemplateOption = None,
        card_digits: DigitsOption = 0,
    ) -> None:
        options = _Request(
            file, sheet, mapping or [], header, dry_run, yes, skip_rejected, errors, template, card_digits
        )
        raise typer.Exit(_run(ImportKind.MEMBERS, options, open_till))

    return app


class _Request(msgspec.Struct, frozen=True):
    """What was asked for on the command line."""

    file: Path | None
    sheet: str
    mapping: list[str]
    header: int | None
    dry_run: bool
    yes: bool
    skip_rejected: bool
    errors: Path | None
    template: Path | None
    card_digits: int = 0

    def options(self) -> ImportOptions | None:
        """As the use case takes them; None where a mapping has no ``=``."""
        pairs = [pair.rpartition("=") for pair in self.mapping]
        if any(not heading or not sign for heading, sign, _ in pairs):
            return None
        mapping = tuple((heading, field.strip()) for heading, _, field in pairs)
        return ImportOptions(mapping, self.header, self.skip_rejected, self.card_digits)


def _run(kind: ImportKind, request: _Request, open_till: OpenTill) -> int:
    with open_till() as till:
        try:
            return _import(kind, request, till)
        except KnownError as error:
            text = problem(error, till.language) if error.code in PROBLEMS else words.error(error)
            typer.echo(text, err=True)
            return EXIT_REFUSED


def _import(kind: ImportKind, request: _Request, till: OpenedTill) -> int:
    language = till.language
    if request.template is not None:
        write_rows(request.template, template_rows(kind, language))
        typer.echo(_say(_Words.template, language, name=request.template))
        return EXIT_DONE
    options = request.options()
    if request.file is None or options is None:
        typer.echo(_say(_Words.no_file if options else _Words.bad_map, language), err=True)
        return EXIT_USAGE
    service = ImportMembers(till.context) if kind is ImportKind.MEMBERS else ImportProducts(till.context)
    with open_table(request.file, request.sheet) as table:
        preview = service.preview(table.rows, options)
    for line in describe(preview, request.file.name, language):
        typer.echo(line)
    if request.errors is not None and preview.rejected:
        write_rows(request.errors, rejected_rows(preview, language))
        typer.echo(_say(_Words.report, language, name=request.errors))
    if request.dry_run:
        typer.echo(_say(_Words.dry_run, language))
        return EXIT_DONE if preview.can_apply else EXIT_REFUSED
    if not preview.can_apply:
        raise KnownError("import.rejected_rows", count=preview.counts.rejected)
    if not preview.counts.new and not preview.counts.changed and not preview.categories:
        typer.echo(_say(_Words.nothing, language))
        return EXIT_DONE
    if not request.yes:
        if not sys.stdin.isatty():
            typer.echo(_say(_Words.needs_yes, language), err=True)
            return EXIT_USAGE
        if not typer.confirm(_say(_Words.confirm, language)):
            typer.echo(_say(_Words.declined, language))
            return EXIT_REFUSED
    result = service.apply(preview, till.operator())
    typer.echo(summary(result, language))
    return EXIT_DONE


def summary(result: ImportResult, language: str) -> str:
    """What was done, in one line."""
    return _say(
        _Words.done,
        language,
        new=result.new,
        changed=result.changed,
        same=result.same,
        rejected=result.rejected,
    )


def describe(preview: ImportPreview, name: str, language: str) -> Iterator[str]:
    """The preview for people: columns, first rows, counts, reasons. Personal data is masked."""
    yield f"{_say(_Words.file, language)}: {name} ({_say(_Words.header, language, row=preview.header_row)})"
    yield f"{_say(_Words.columns, language)}:"
    for column in preview.columns:
        if column.heading:
            word = field_word(column.field, language) if column.field else _say(_Words.ignored, language)
            yield f"  {_padded(column.heading)} -> {word}"
    if preview.sample:
        yield f"{_say(_Words.first, language)}:"
        yield from _sample(preview, language)
    yield _say(_Words.counts, language, **_counts(preview))
    if preview.points:
        yield _say(_Words.points, language, points=f"{preview.points:,}")
    if preview.points_ignored:
        yield _say(_Words.points_ignored, language, count=preview.points_ignored)
    show_values = preview.kind is ImportKind.PRODUCTS
    yield from _issues(_Words.rejected, preview.errors, language, show_values=show_values)
    yield from _issues(_Words.warnings, preview.warnings, language, show_values=show_values)


def _counts(preview: ImportPreview) -> dict[str, object]:
    counts = preview.counts
    return {
        "rows": counts.rows,
        "new": counts.new,
        "changed": counts.changed,
        "same": counts.same,
        "rejected": counts.rejected,
        "warnings": counts.warnings,
    }


def _sample(preview: ImportPreview, language: str) -> Iterator[str]:
    fields = [column.field for column in preview.columns if column.field]
    lines = [[_say(_Words.row, language), *(field_word(field, language) for field in fields)]]
    for row in preview.sample:
        values = (_masked(preview.kind, field, value) for field, value in row.values)
        lines.append([str(row.row), *values])
    widths = [min(_WIDEST, max(_width(line[place]) for line in lines)) for place in range(len(fields) + 1)]
    for line in lines:
        cells = (_padded(cell, width) for cell, width in zip(line, widths, strict=True))
        yield ("  " + "  ".join(cells)).rstrip()


def _masked(kind: ImportKind, field: str, value: str) -> str:
    if kind is ImportKind.PRODUCTS:
        return value
    match field:
        case "phone":
            return mask_phone(value)
        case "card":
            return mask_card(value)
        case "name":
            return mask_name(value)
        case "email" | "birthday" | "note":
            return "***" if value else ""
    return value


def _issues(title: LocalText, issues: Sequence[RowIssue], language: str, *, show_values: bool) -> Iterator[str]:
    if not issues:
        return
    yield f"{title.in_language(language)}:"
    for issue in issues[:SHOWN_ISSUES]:
        place = _say(_Words.place, language, row=issue.row, column=issue.column).rstrip()
        shown = f" “{_printable(issue.value)}”" if show_values and issue.value else ""
        yield f"  {place}{shown}: {reason(issue, language)}"
    if len(issues) > SHOWN_ISSUES:
        yield f"  {_say(_Words.more, language, count=len(issues) - SHOWN_ISSUES)}"


def _say(words: LocalText, language: str, **values: object) -> str:
    return words.in_language(language).format(**values)


def _printable(text: str) -> str:
    return "".join(ch if ch.isprintable() else "�" for ch in text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)


def _padded(text: str, width: int = 16) -> str:
    """Cut or filled to a width in terminal cells, of which a Chinese character takes two."""
    text = _printable(" ".join(text.split()))
    if _width(text) > width:
        while text and _width(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * max(0, width - _width(text))
