"""The first shape."""

from __future__ import annotations

from sync.head_office.migrations.running import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    run("0001_initial")
