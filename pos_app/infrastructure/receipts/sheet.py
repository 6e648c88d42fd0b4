"""A sheet of paper of a given width being filled from top to bottom: rows, tables, emphasis, lines between blocks.

Rows that are to be large are padded here, because a table row of the printer's document knows one size only.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from hardware.printers.charset import clean, columns_of
from hardware.printers.document import Align, Cell, Columns, Divider, Document, Element, Feed, Text
from hardware.printers.layout import cut, wrap
from hardware.printers.profile import Charset
from pos_app.domain.money import Money
from pos_app.infrastructure.receipts.template_parts import Style

#: Columns of the longest text taken over from data; a name that is longer is cut with an ellipsis.
LONGEST: Final = 160
#: A label keeps at least this many columns beside its value, else the value goes to a line of its own.
_NARROWEST_LABEL: Final = 8
_INDENT: Final = 2
#: Characters looked at in all: cleaning ten thousand of them would take longer than the receipt.
_LONGEST_RAW: Final = 1_000
_SENTENCE: Final = re.compile(r".+?(?:[。！？；]|[.!?;](?= )|$)")
_BREAK: Final = re.compile(r"(?<=.)(?: |(?=[（(]))")
_BLANKS: Final = re.compile(r"\s+")


@functools.lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """Data as paper may show it: one line, no control, invisible or right-to-left characters, no faked alignment."""
    if len(text) > _LONGEST_RAW:
        text = text[:_LONGEST_RAW]
    text = _BLANKS.sub(" ", clean(text, Charset.UTF8)).strip()
    return text if columns_of(text) <= LONGEST else cut(text, LONGEST - 2) + "…"


def amount(money: Money) -> str:
    """An amount in a column of amounts: ``1,234.50``, ``-0.40``."""
    sign = "-" if money.minor < 0 else ""
    yuan, fen = divmod(abs(money.minor), 100)
    return f"{sign}{yuan:,}.{fen:02d}"


class Sheet:
    """Collects a document's elements.

    Lines and spaces between blocks are kept back until something follows, so that a block that turns out empty leaves
    no double line, and no paper ends in one.

    Attributes:
        columns: Width of the paper.
    """

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self._elements: list[Element] = []
        self._between: Element | None = None
        self._printed = False

    def add(self, element: Element) -> None:
        """Add an element as it is."""
        if self._between is not None:
            if self._printed:
                self._elements.append(self._between)
            self._between = None
        self._printed = True
        self._elements.append(element)

    def at_once(self, element: Element) -> None:
        """Add an element that is not printed, such as the drawer's pulse: no line belongs before or after it."""
        self._elements.append(element)

    def line(self, char: str) -> None:
        """Draw a line across if something follows."""
        self._between = Divider(char)

    def space(self) -> None:
        """Leave a blank line if something follows; a line across wins."""
        if not isinstance(self._between, Divider):
            self._between = Feed(1)

    def text(self, text: str, style: Style = Style.PLAIN, align: Align = Align.LEFT) -> None:
        """Add a paragraph; nothing when it is empty."""
        if not text:
            return
        width, height = self._size(style, max(map(columns_of, text.split("\n"))))
        self.text_of_size(text, width, height, align, bold=style is not Style.PLAIN)

    def note(self, text: str) -> None:
        """Add a remark below what it is about, moved in on all its lines; nothing when it is empty."""
        if text:
            self.text(self._indented(text, _INDENT, self.columns))

    def centred(self, text: str, style: Style = Style.PLAIN) -> None:
        """Add a paragraph in the middle; where it is too long, each sentence begins a line."""
        if "\n" in text:
            pass  # broken by whoever wrote it
        elif style is Style.LARGE and columns_of(text) > self.columns // 2:
            text = self._in_two(text)
        elif columns_of(text) > self.columns:
            text = "\n".join(part.strip() for part in _SENTENCE.findall(text))
        self.text(text, style, Align.CENTER)

    def row(self, label: str, value: str, style: Style = Style.PLAIN, indent: int = 0) -> None:
        """Add a label at the left and its value at the right edge."""
        need = columns_of(value)
        width, height = self._size(style, indent + columns_of(label) + 1 + need)
        label = self._indented(label, indent, self.columns - need - 1)
        if height == 1 and self.columns - need > _NARROWEST_LABEL:
            self.add(Columns((Cell(label), Cell(value, max(need, 1), Align.RIGHT)), bold=style is not Style.PLAIN))
            return
        bold = style is not Style.PLAIN
        room = self.columns // width - columns_of(label) - need
        if room >= 1:
            self.text_of_size(label + " " * room + value, width, height, bold=bold)
        else:
            self.text_of_size(label, width, height, bold=bold)
            self.text_of_size(value, width, height, Align.RIGHT, bold=bold)

    def text_of_size(self, text: str, width: int, height: int, align: Align = Align.LEFT, *, bold: bool) -> None:
        """Add a paragraph in the given size."""
        self.add(Text(text, align=align, bold=bold, width_factor=width, height_factor=height))

    def pair(self, left: str, right: str) -> None:
        """Add two facts in one line where they fit, else in two."""
        if left and right and columns_of(left) + 1 + columns_of(right) <= self.columns:
            self.row(left, right)
        else:
            self.text(left)
            self.text(right)

    def table(self, cells: Sequence[str], widths: Sequence[int], *, bold: bool = False) -> None:
        """Add a table row: the first cell at the left takes what the others leave, the others are right-aligned."""
        self.add(
            Columns(
                (
                    Cell(cells[0]),
                    *(Cell(cell, width, Align.RIGHT) for cell, width in zip(cells[1:], widths, strict=True)),
                ),
                bold=bold,
            )
        )

    def _in_two(self, text: str) -> str:
        """A large name in two lines, broken at a blank or before a bracket; as it is where that does not help."""
        for match in reversed(list(_BREAK.finditer(text))):
            parts = (text[: match.start()].rstrip(), text[match.start() :].lstrip())
            if all(columns_of(part) <= self.columns // 2 for part in parts):
                return "\n".join(parts)
        return text

    @staticmethod
    def _indented(label: str, indent: int, room: int) -> str:
        """The label moved in, on as many lines as it takes beside its value."""
        blank = " " * indent
        if not indent or indent + columns_of(label) <= room or room - indent < _NARROWEST_LABEL:
            return blank + label
        return "\n".join(blank + part for part in wrap(label, room - indent))

    def signature(self, label: str) -> None:
        """Add room to sign."""
        self.add(Feed(1))
        self.text(label + " " + "_" * max(4, self.columns - columns_of(label) - 1))

    def document(self, title: str) -> Document:
        """All that was added."""
        return Document(tuple(self._elements), title)

    def _size(self, style: Style, need: int) -> tuple[int, int]:
        if style is Style.LARGE:
            return (2, 2) if need <= self.columns // 2 else (1, 2)
        return (1, 2) if style is Style.TALL else (1, 1)
