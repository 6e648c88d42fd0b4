"""The shape of ``replica.db``: its version and its SQL."""

from __future__ import annotations

from importlib import resources
from typing import Final

#: Changes with every change of the shape or of the blobs; a file of another version is made again.
VERSION: Final = 7
_MARK: Final = "-- indexes --"


def schema_sql() -> tuple[str, str]:
    """The script that makes the tables, and the one that makes the indexes of members."""
    script = (resources.files(__package__) / "schema.sql").read_text(encoding="utf-8")
    tables, _, indexes = script.partition(_MARK)
    return tables, indexes
