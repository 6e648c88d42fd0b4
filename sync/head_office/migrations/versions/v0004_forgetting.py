"""What is forgotten by its age is found by it."""

from __future__ import annotations

from sync.head_office.migrations.running import run

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Index used numbers and notices."""
    run("0004_forgetting")
