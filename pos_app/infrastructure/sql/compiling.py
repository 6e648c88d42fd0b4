"""From Core statements to finished SQL text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from pos_app.errors import BugError

_DIALECT: Final = SQLiteDialect_pysqlite()


class Compiled:
    """A statement as text.

    Attributes:
        sql: SQLite text with ``?`` marks.
        slots: Constants that the statement binds itself, None where an argument goes; empty where it binds none.
    """

    def __init__(self, sql: str, slots: tuple[Any, ...]) -> None:
        self.sql: Final = sql
        self.slots: Final = slots


def prepare(statement: sa.sql.ClauseElement, *names: str) -> Compiled:
    """Compile a statement and check the order of its arguments.

    Args:
        statement: Any Core statement.
        names: Its bound parameters in the order in which callers give them; one used twice is named twice.

    Raises:
        BugError: If the statement takes other arguments, or in another order.
    """
    compiled: Any = statement.compile(dialect=_DIALECT)
    order = list(compiled.positiontup or ())
    given = [name for name in order if name in names]
    if given != list(names):
        raise BugError(f"statement takes {given}, not {list(names)}: {compiled}")
    slots = tuple(None if name in names else compiled.params[name] for name in order)
    return Compiled(str(compiled), slots if len(given) != len(order) else ())


def insert_all(table: sa.Table) -> Compiled:
    """An INSERT of every column, in the table's order."""
    return prepare(sa.insert(table), *(column.name for column in table.columns))


def put(table: sa.Table, keys: Sequence[str], *, keep: str = "") -> Compiled:
    """Insert a whole row, or replace what is there under the same key except the column to keep."""
    statement = upsert(table)
    rest = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in (*keys, keep)}
    names = [column.name for column in table.columns]
    return prepare(statement.on_conflict_do_update(index_elements=list(keys), set_=rest), *names)
