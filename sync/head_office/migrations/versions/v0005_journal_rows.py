"""Records of up to a page are not compressed."""

from __future__ import annotations

from sync.head_office.migrations.running import run

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Change how rows of the journal are stored."""
    run("0005_journal_rows")
