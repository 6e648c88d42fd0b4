"""Persons who were erased are found at once."""

from __future__ import annotations

from sync.head_office.migrations.running import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Index them."""
    run("0003_erased")
