"""The table of ``basics.db`` as SQLAlchemy Core sees it; ``basics.sql`` makes it, a test compares both."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData()

basic: Final = sa.Table(
    "basic",
    METADATA,
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text),
    sa.Column("key", sa.Text),
    sa.Column("told", sa.Integer),
    sa.Column("as_of_ms", sa.Integer),
    sa.Column("snapshot", sa.Text),
    sa.Column("body", sa.LargeBinary),
)
