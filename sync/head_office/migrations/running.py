"""How a step runs its SQL."""

from __future__ import annotations

from pathlib import Path

from alembic import op

_VERSIONS = Path(__file__).with_name("versions")


def run(name: str) -> None:
    """Run ``versions/<name>.sql`` in the step's transaction."""
    connection = op.get_bind().connection.driver_connection
    assert connection is not None
    # The driver's own: without parameters it takes many statements at once, and a per cent sign is one.
    connection.execute((_VERSIONS / f"{name}.sql").read_text(encoding="utf-8"))
