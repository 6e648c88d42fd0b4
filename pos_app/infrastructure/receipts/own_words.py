"""A copy of the till's own templates for the shop to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.errors import KnownError
from pos_app.infrastructure.atomic_files import write_atomically
from pos_app.resources import resources_dir

if TYPE_CHECKING:
    from pathlib import Path


def copy_words(locale: str, folder: Path) -> None:
    """Lay the till's own templates into the shop's folder, every line commented out: what is changed there counts.

    A file that is there already stays as it is, and an update still brings what the shop has not changed.

    Raises:
        KnownError: ``file.not_written``.
    """
    try:
        (folder / locale).mkdir(parents=True, exist_ok=True)
        for template in sorted((resources_dir() / "receipts" / locale).glob("*.toml")):
            copy = folder / locale / template.name
            if not copy.exists():
                lines = template.read_text("utf-8").splitlines()
                write_atomically(copy, "".join(f"# {line}".rstrip() + "\n" for line in lines).encode())
    except OSError as error:
        raise KnownError("file.not_written", reason=str(error)) from error
