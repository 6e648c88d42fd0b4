"""Files that are either the old ones or the new ones, whenever the power goes."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def write_atomically(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file by way of another one; it is on the disk when this returns.

    Args:
        path: The file; replaced.
        content: All of it.
        private: Only its owner may read it. On Windows the mode means nothing; there the rights of the profile
            folder keep others out.

    Raises:
        OSError: The old file is then still there.
    """
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    if sys.platform != "win32":
        # The new name itself must survive a power cut.
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
