"""A replica of very many invented members, kept between runs below the system's folder for temporary files."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from pos_app.application.demo import generate_members
from pos_app.infrastructure.keys import SECRET_FILE, Keys
from pos_app.infrastructure.replica.bulk import build_replica
from pos_app.infrastructure.replica.schema import VERSION

#: The same in every run, or a kept file could not be read; nobody's data is behind it.
SECRET = hashlib.sha256(b"guitai benchmarks").digest()
MILLION = 1_000_000
UNTIL = dt.date(2025, 11, 1)
_BYTES_PER_MEMBER = 260


def crowd(count: int) -> Path:
    """A folder with ``replica.db`` of so many members and the till's secret; made when it is not there yet.

    Raises:
        OSError: Not enough room; the message says how much is missing.
    """
    folder = Path(tempfile.gettempdir()) / f"guitai-bench-v{VERSION}-{count}"
    if folder.exists():
        return folder
    need, free = count * _BYTES_PER_MEMBER * 2, shutil.disk_usage(folder.parent).free
    if free < need:
        raise OSError(f"{need >> 20} MB are needed below {folder.parent}, {free >> 20} are free")
    part = folder.with_name(f"{folder.name}.{os.getpid()}")
    print(f"  making a replica of {count:,} members in {folder}", file=sys.stderr, flush=True)
    build_replica(part, generate_members(count, until=UNTIL), key=Keys(SECRET).replica, progress=_tell)
    (part / SECRET_FILE).write_text(SECRET.hex(), encoding="ascii")
    part.rename(folder)
    return folder


def _tell(rows: int) -> None:
    if rows % MILLION == 0:
        print(f"  {rows:,}", file=sys.stderr, flush=True)
