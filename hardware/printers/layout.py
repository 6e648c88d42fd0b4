"""Where text breaks: pure functions from paragraphs and table rows to lines that fit the paper.

Two promises hold for every input and are tested as properties: no line is wider than the paper, and no double-width
character is split. All functions take text that `charset.clean` has been through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from hardware.printers.charset import clean, columns_of
from hardware.printers.document import Align

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hardware.printers.document import Cell, Columns, Divider, Text
    from hardware.printers.profile import Charset

GAP = 1
"""Blank columns between neighbouring cells."""
_MIN_CELL = 2
"""A Chinese character must fit."""
_MIN_FLEX = 8
"""A name cell gives columns away to amounts only down to this."""

# A word that Latin, Greek or Cyrillic script keeps together, a run of blanks, or any other single character; a currency
# sign or opening bracket keeps what follows it.
_WORD = "!-~À-ÖØ-öø-ɏͰ-ϿЀ-ӿ"
_TOKEN = re.compile(rf" +|[￥￡￠（《〈「『【〔“‘]*(?:[{_WORD}]+|[^ {_WORD}])")
_NOT_AT_START = frozenset("，。、；：？！）》】」』”’…％℃,.;:?!)]}%")


class Line(msgspec.Struct, frozen=True):
    """One printed line.

    Attributes:
        text: Content without trailing blanks; for `align` LEFT already padded as needed.
        align: Position on the paper.
        bold: Emphasised.
        width_factor: 1 or 2.
        height_factor: 1 or 2.
        underline: Underlined.
    """

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    width_factor: int = 1
    height_factor: int = 1
    underline: bool = False

    @property
    def columns(self) -> int:
        """Printed width."""
        return columns_of(self.text) * self.width_factor

    def plain(self, columns: int) -> str:
        """Return the line as monospaced text, positioned by blanks."""
        width = columns_of(self.text)
        room = columns // self.width_factor - width
        if self.align is Align.RIGHT:
            return " " * room * self.width_factor + self.text
        if self.align is Align.CENTER:
            return " " * (room * self.width_factor // 2) + self.text
        return self.text


def wrap(text: str, columns: int) -> list[str]:
    """Return `text` in lines of at most `columns` columns.

    Newlines break, Latin words stay together where they fit, closing punctuation does not begin a line, and blanks
    at a break disappear. Blanks at the beginning of a paragraph stay, so receipts can indent.

    Args:
        text: Cleaned text.
        columns: At least 2.

    Raises:
        ValueError: When not even one Chinese character would fit.
    """
    if columns < _MIN_CELL:
        raise ValueError("a line needs at least two columns")
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, columns))
    return lines


def _wrap_paragraph(paragraph: str, columns: int) -> Iterator[str]:
    if columns_of(paragraph) <= columns:
        yield paragraph.rstrip(" ")
        return
    line, width = "", 0
    for match in _TOKEN.finditer(paragraph):
        token = match.group()
        token_width = columns_of(token)
        if width + token_width <= columns:
            line, width = line + token, width + token_width
            continue
        if token[0] == " ":
            # Blanks at the break vanish; more of them than a line holds are no reason for empty lines.
            yield line.rstrip(" ")
            line, width = "", 0
            continue
        if line.strip(" "):
            carry = _carry(line, token, columns)
            if line != carry:
                yield line[: len(line) - len(carry)].rstrip(" ")
                line, width = carry, columns_of(carry)
        else:
            line, width = "", 0
        if width + token_width > columns:
            token = line + token
            while columns_of(token) > columns:
                head = cut(token, columns)
                yield head.rstrip(" ")
                token = token[len(head) :]
            line = ""
        line += token
        width = columns_of(line)
    if line.strip(" "):
        yield line.rstrip(" ")


def _carry(line: str, token: str, columns: int) -> str:
    """Return the end of `line` that moves down with `token`, so that punctuation does not begin a line."""
    if token[0] not in _NOT_AT_START or (len(token) > 1 and columns_of(token) > columns // 2):
        return ""
    last = line[-1]
    if last == " " or last in _NOT_AT_START or last < "\x80" or columns_of(line) <= 2:
        return ""
    return last if columns_of(last) + columns_of(token) <= columns else ""


def cut(text: str, columns: int) -> str:
    """Return the longest beginning of `text` that fits; never half a character."""
    if text.isascii():
        return text[:columns]
    width = 0
    for index, ch in enumerate(text):
        width += 1 if ch < "\x80" else 2
        if width > columns:
            return text[:index]
    return text


def pad(text: str, columns: int, align: Align) -> str:
    """Return `text` filled with blanks to exactly `columns`."""
    room = max(0, columns - columns_of(text))
    if align is Align.RIGHT:
        return " " * room + text
    if align is Align.CENTER:
        return " " * (room // 2) + text + " " * (room - room // 2)
    return text + " " * room


def text_lines(element: Text, columns: int, charset: Charset) -> list[Line]:
    """Return the lines of a paragraph."""
    return [
        Line(
            text=part,
            align=element.align,
            bold=element.bold,
            width_factor=element.width_factor,
            height_factor=element.height_factor,
            underline=element.underline,
        )
        for part in wrap(clean(element.text, charset), columns // element.width_factor)
    ]


def divider_line(element: Divider, columns: int, charset: Charset) -> Line:
    """Return a line across the paper."""
    char = clean(element.char, charset).replace("\n", "")[:1] or "-"
    return Line(text=char * (columns // columns_of(char)))


def column_lines(element: Columns, columns: int, charset: Charset) -> list[Line]:
    """Return the lines of a table row.

    Amounts stand on the first line at the right, a long name goes on below inside its own cell. A row with more cells
    than the paper can hold side by side prints one cell per line.
    """
    if not element.cells:
        return [Line(text="", bold=element.bold)]
    texts = [clean(cell.text, charset) for cell in element.cells]
    widths = cell_widths(element.cells, texts, columns)
    if widths is None:
        return [
            Line(text=part, align=cell.align, bold=element.bold)
            for cell, text in zip(element.cells, texts, strict=True)
            for part in wrap(text, columns)
        ]
    stacks = [wrap(text, width) for text, width in zip(texts, widths, strict=True)]
    lines = []
    for row in range(max(len(stack) for stack in stacks)):
        parts = [
            pad(stack[row] if row < len(stack) else "", width, cell.align)
            for stack, width, cell in zip(stacks, widths, element.cells, strict=True)
        ]
        lines.append(Line(text=(" " * GAP).join(parts).rstrip(" "), bold=element.bold))
    return lines


def cell_widths(cells: tuple[Cell, ...], texts: list[str], columns: int) -> list[int] | None:
    """Return the width of each cell, or None when they do not fit side by side.

    A fixed cell whose amount is longer than planned takes what it needs from the flexible ones, so that no number is
    broken in two; where that is not possible the widest fixed cells shrink until the row fits.
    """
    room = columns - GAP * (len(cells) - 1)
    if room < _MIN_CELL * len(cells):
        return None
    flex = [index for index, cell in enumerate(cells) if cell.columns == 0]
    widths = [max(_MIN_CELL, cell.columns) if cell.columns else 0 for cell in cells]
    reserve = _MIN_CELL * len(flex)
    while sum(widths) + reserve > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        widths[widest] -= 1
    spare = room - sum(widths) - min(_MIN_FLEX * len(flex), room)
    for index, cell in enumerate(cells):
        if not cell.columns:
            continue
        need = max((columns_of(part) for part in texts[index].split("\n")), default=0) - widths[index]
        if 0 < need <= spare and (cell.align is Align.RIGHT or " " not in texts[index]):
            widths[index] += need
            spare -= need
    left = room - sum(widths)
    for position, index in enumerate(flex):
        share = left // (len(flex) - position)
        widths[index] = share
        left -= share
    return widths
