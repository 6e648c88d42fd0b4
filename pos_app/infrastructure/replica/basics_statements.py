"""Finished SQL. Made by ``python -m pos_app.infrastructure.sql`` from the modules there; never edited by hand."""

from __future__ import annotations

from typing import Final

from pos_app.infrastructure.databases import Prepared

PUT_BASIC: Final = Prepared(
    """
    INSERT INTO basic (kind, "key", told, as_of_ms, snapshot, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, "key")
    DO UPDATE SET told = excluded.told, as_of_ms = excluded.as_of_ms, body = excluded.body
    """
)

PUT_BASIC_OF_SNAPSHOT: Final = Prepared(
    """
    INSERT INTO basic (kind, "key", told, as_of_ms, snapshot, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, "key")
    DO UPDATE SET told = excluded.told, as_of_ms = excluded.as_of_ms, snapshot = excluded.snapshot, body = excluded.body
    """
)

DROP_OTHERS: Final = Prepared("DELETE FROM basic WHERE basic.snapshot != ?")

BASICS: Final = Prepared(
    """
    SELECT basic.kind, basic."key", basic.told, basic.as_of_ms, basic.body FROM basic ORDER BY basic.place
    """
)
