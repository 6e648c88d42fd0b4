"""What an import says before and after it happens."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Final

import msgspec

from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import RecordId
from pos_app.domain.member import Member

#: A cell as a reader of spreadsheets gives it.
Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


class ImportKind(enum.StrEnum):
    """What a file holds."""

    PRODUCTS = "products"
    MEMBERS = "members"


class Severity(enum.StrEnum):
    """Whether an issue keeps its row out."""

    ERROR = "error"
    WARNING = "warning"  # the row is taken, but somebody should look


class ImportOptions(msgspec.Struct, frozen=True):
    """What a person decided about a file.

    Attributes:
        mapping: Heading and field, where the person knows better; an empty field leaves the column out.
        header_row: Row of the headings as the file counts, from 1; None to find it.
        skip_rejected: Whether the good rows are taken although others are rejected.
        card_digits: Cards that lost leading zeros are filled up to this many digits; 0 leaves them.
        sample_rows: How many rows the preview shows.
    """

    mapping: tuple[tuple[str, str], ...] = ()
    header_row: int | None = None
    skip_rejected: bool = False
    card_digits: int = 0
    sample_rows: int = 5


DEFAULT_OPTIONS: Final = ImportOptions()


class ColumnMatch(msgspec.Struct, frozen=True):
    """What a column was taken for.

    Attributes:
        index: Place in the row, from 0.
        heading: As in the file.
        field: What it is; empty where nothing is known of it.
        chosen: Whether a person said so.
    """

    index: int
    heading: str
    field: str = ""
    chosen: bool = False


class RowIssue(msgspec.Struct, frozen=True):
    """What is wrong with a row.

    Attributes:
        row: As the file counts, from 1.
        column: The heading; empty when it concerns the whole row.
        code: Reason; ``words`` has the sentence.
        value: What the cell held, shortened.
        details: Values for the sentence.
        severity: Whether the row is kept out.
    """

    row: int
    column: str
    code: str
    value: str = ""
    details: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.ERROR


class RejectedRow(msgspec.Struct, frozen=True):
    """A row that is not taken, with all its cells as text, so that it can be mended in a file of its own."""

    row: int
    cells: tuple[str, ...]
    issues: tuple[RowIssue, ...]


class SampleRow(msgspec.Struct, frozen=True):
    """A row as the preview shows it: field and text, in the order of the columns."""

    row: int
    values: tuple[tuple[str, str], ...]


class ImportCounts(msgspec.Struct, frozen=True):
    """How many rows would do what; ``rows`` is the sum of the next four."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0
    warnings: int = 0


class PlannedMember(msgspec.Struct, frozen=True):
    """A member that would be written.

    Attributes:
        row: Where it comes from.
        member: As it would be.
        before: As it is; None for a new one.
        points: Opening balance, of a new one only.
        points_expire: Last day of those points, where the file says one.
    """

    row: int
    member: Member
    before: Member | None = None
    points: int = 0
    points_expire: dt.date | None = None


class PlannedProduct(msgspec.Struct, frozen=True):
    """A product that would be written; ``before`` is None for a new one."""

    row: int
    product: Product
    before: Product | None = None


class ImportPreview(msgspec.Struct, frozen=True):
    """Everything an import would do; nothing has been done.

    Attributes:
        kind: What the file holds.
        header_row: Row of the headings, from 1.
        headings: All headings, as in the file.
        columns: What each column was taken for.
        sample: The first rows.
        counts: New, changed, same, rejected.
        rejected: Rows that are not taken, with reasons.
        warnings: Doubts about rows that are taken.
        points: Sum of the opening balances.
        points_ignored: Members known already whose points in the file are not taken: a balance is brought in once.
        members: New and changed members.
        members_known: How many members there were.
        products: New and changed products.
        categories: New and renamed categories.
        options: With which it was made.
    """

    kind: ImportKind
    header_row: int
    headings: tuple[str, ...]
    columns: tuple[ColumnMatch, ...]
    sample: tuple[SampleRow, ...]
    counts: ImportCounts
    rejected: tuple[RejectedRow, ...] = ()
    warnings: tuple[RowIssue, ...] = ()
    points: int = 0
    points_ignored: int = 0
    members: tuple[PlannedMember, ...] = ()
    members_known: int = 0
    products: tuple[PlannedProduct, ...] = ()
    categories: tuple[Category, ...] = ()
    options: ImportOptions = DEFAULT_OPTIONS

    @property
    def errors(self) -> tuple[RowIssue, ...]:
        """All reasons of all rejected rows, in the order of the file."""
        return tuple(issue for row in self.rejected for issue in row.issues if issue.severity is Severity.ERROR)

    @property
    def can_apply(self) -> bool:
        """Whether apply would go ahead."""
        return not self.rejected or self.options.skip_rejected


class ImportResult(msgspec.Struct, frozen=True):
    """What was done.

    Attributes:
        kind: What the file held.
        new: Rows that are now there.
        changed: Rows that differ now.
        same: Rows that were as they are.
        rejected: Rows left out.
        points: Sum of the opening balances brought in.
        import_id: Names the import in the journal; None when there was nothing to write.
    """

    kind: ImportKind
    new: int
    changed: int
    same: int
    rejected: int
    points: int = 0
    import_id: RecordId | None = None
