"""Reads rows by field and collects what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from pos_app.application.importing.cells import CellError, is_blank, plain
from pos_app.application.importing.headings import Layout
from pos_app.application.importing.model import Cell, RejectedRow, RowIssue, SampleRow, Severity

T = TypeVar("T")
#: How much of a cell an issue repeats.
_SHOWN: Final = 40


class RowReader:
    """One row at a time: values by field, issues as they are found.

    Attributes:
        layout: What the columns are.
        rejected: Rows with an error, so far.
        warnings: Doubts about rows without one, so far.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.rejected: list[RejectedRow] = []
        self.warnings: list[RowIssue] = []
        self._row = 0
        self._cells: Sequence[Cell] = ()
        self._issues: list[RowIssue] = []

    def start(self, row: int, cells: Sequence[Cell]) -> None:
        """Begin with a row."""
        self._row, self._cells, self._issues = row, cells, []

    @property
    def has_error(self) -> bool:
        """Whether this row is rejected by now."""
        return any(issue.severity is Severity.ERROR for issue in self._issues)

    def finish(self) -> bool:
        """End the row; say whether it may be taken."""
        if not self.has_error:
            self.warnings.extend(self._issues)
            return True
        cells = tuple(plain(cell) for cell in self._cells)
        self.rejected.append(RejectedRow(self._row, cells, tuple(self._issues)))
        return False

    def sample(self) -> SampleRow:
        """This row as the preview shows it."""
        return SampleRow(
            self._row,
            tuple((column.field, plain(self._at(column.index))) for column in self.layout.columns if column.field),
        )

    def has(self, field: str) -> bool:
        """Whether the file has a column for a field."""
        return field in self.layout.indexes

    def cell(self, field: str) -> Cell:
        """A field's cell; None where the row is short or the file lacks the column."""
        places = self.layout.indexes.get(field)
        return None if places is None else self._at(places[0])

    def cells(self, field: str) -> tuple[Cell, ...]:
        """All cells of a field that several columns fill, blank ones left out."""
        found = (self._at(place) for place in self.layout.indexes.get(field, ()))
        return tuple(cell for cell in found if not is_blank(cell))

    def read(self, field: str, parse: Callable[[Cell], T], default: T) -> T:
        """Read a field; where its cell is wrong, note it and go on with the default."""
        cell = self.cell(field)
        if cell is None:
            return default
        try:
            return parse(cell)
        except CellError as error:
            self._note(field, error.code, plain(cell), error.details, Severity.ERROR)
            return default

    def error(self, field: str, code: str, value: str = "", **details: str) -> None:
        """Reject the row; an empty field stands for the whole of it."""
        self._note(field, code, value, tuple(details.items()), Severity.ERROR)

    def warn(self, field: str, code: str, value: str = "", **details: str) -> None:
        """Note a doubt."""
        self._note(field, code, value, tuple(details.items()), Severity.WARNING)

    def cell_error(self, field: str, error: CellError, value: str) -> None:
        """Reject the row for a cell that could not be read."""
        self._note(field, error.code, value, error.details, Severity.ERROR)

    def _at(self, index: int) -> Cell:
        return self._cells[index] if index < len(self._cells) else None

    def _note(
        self, field: str, code: str, value: str, details: tuple[tuple[str, str], ...], severity: Severity
    ) -> None:
        column = self.layout.heading(field) if field else ""
        self._issues.append(RowIssue(self._row, column, code, value[:_SHOWN], details, severity))


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Pieces of up to ``size``."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
