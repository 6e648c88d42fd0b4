"""Write a replica of very many members quickly: rows first, in one go, indexes at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Final

from pos_app.domain.member import Member
from pos_app.infrastructure.databases import DatabaseFile, Mode
from pos_app.infrastructure.replica import statements as q
from pos_app.infrastructure.replica.members import to_columns
from pos_app.infrastructure.replica.schema import VERSION, schema_sql
from pos_app.infrastructure.replica.store import REPLICA_FILE, make_schema, remove_database
from pos_app.infrastructure.sql_script import split_statements

_BATCH: Final = 20_000
_CACHE_KIB: Final = 256 * 1024


def build_replica(
    folder: Path, members: Iterable[Member], *, key: bytes, progress: Callable[[int], None] | None = None
) -> int:
    """Make ``replica.db`` in a folder with these members, replacing what is there; returns how many there were.

    Everything else (products, programme, staff) goes in afterwards through the ordinary writer. The file is not
    durable until the function returns: a load that breaks off is done again.

    Args:
        folder: The data folder.
        members: Any number; each id once.
        key: 32 bytes.
        progress: Told the number of rows written after each batch.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / REPLICA_FILE
    remove_database(path)
    file = DatabaseFile(path, key, "replica", synchronous="OFF")
    try:
        connection = file.connect(Mode.WRITE, cache_kib=_CACHE_KIB)
        connection.plain("PRAGMA journal_mode = OFF")
        make_schema(connection, indexes=False)
        connection.begin(immediate=True)
        source, count = iter(members), 0
        cards: list[tuple[str, int]] = []
        while batch := list(islice(source, _BATCH)):
            connection.run_many(
                q.INSERT_MEMBER, [(count + place, *to_columns(each), None) for place, each in enumerate(batch, start=1)]
            )
            cards += [(number, count + place) for place, each in enumerate(batch, start=1) for number in each.cards]
            count += len(batch)
            if progress is not None:
                progress(count)
        # In the order of the key: each page of the table is then written once.
        cards.sort()
        connection.run_many(q.INSERT_CARD, cards)
        for statement in split_statements(schema_sql()[1]):
            connection.plain(statement)
        connection.plain(f"PRAGMA user_version = {VERSION}")
        connection.commit()
        connection.plain("PRAGMA journal_mode = WAL")
    finally:
        file.close()
    return count
