"""Accounts are found by what ends first in them."""

from __future__ import annotations

from sync.head_office.migrations.running import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Note the first last day of each account."""
    run("0002_expiry")
