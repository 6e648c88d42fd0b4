"""A till's data is taken off the machine: books first, so that a cut leaves nothing that looks like a till at work."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.errors import KnownError
from pos_app.infrastructure.keys import SecretVault, forget_secret
from pos_app.infrastructure.ledger.opening import LEDGER_FILE, LOCK_FILE, lock_folder

if TYPE_CHECKING:
    from pos_app.infrastructure.paths import Paths


def forget_till(paths: Paths, *, vault: SecretVault | None = None) -> int:
    """Remove a till's files and its secret; folders of others below the same place stay.

    May be cut anywhere and begun again.

    Args:
        paths: Of the till; no instance may have it open.
        vault: Where secrets are kept; the operating system's keyring where none is given.

    Returns:
        How many files were removed.

    Raises:
        KnownError: ``ledger.in_use``; ``file.not_removed`` (with ``reason``).
    """
    lock = lock_folder(paths.data)
    try:
        books = sorted(paths.data.glob(f"{Path(LEDGER_FILE).stem}.*"))
        keys = [each for each in _files(paths.data) if each.name.startswith("secret.")]
        rest = [each for each in _files(paths.data) if each not in {*books, *keys} and each.name != LOCK_FILE]
        gone = [*books, *rest, *_files(paths.logs), *_files(paths.cache)]
        for each in gone:
            each.unlink(missing_ok=True)
        shutil.rmtree(paths.training, ignore_errors=True)
        # Last: without it nothing of the rest can be read again.
        forget_secret(paths.data, vault=vault)
    except OSError as error:
        raise KnownError("file.not_removed", reason=str(error)) from error
    finally:
        lock.release()
    (paths.data / LOCK_FILE).unlink(missing_ok=True)
    for folder in (paths.logs, paths.cache, paths.data):
        with contextlib.suppress(OSError):  # not empty, or not there
            folder.rmdir()
    return len(gone) + len(keys)


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_file()) if folder.is_dir() else []
