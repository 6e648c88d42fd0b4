"""A note beside the ledger of how far it has come, so that a ledger that went back in time is noticed.

SQLite alone cannot see that its ``-wal`` was deleted or that an old copy of the file was put back: both open without
an error and simply miss the latest records. The note is written after each COMMIT, without a sync of its own: it may
be behind after a power cut, never ahead. A whole folder put back takes its note along; that, only head office sees.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from pos_app.domain.ledger.journal import Head

_SEQ_BYTES: Final = 8
_HASH_BYTES: Final = 32
_CHECK_BYTES: Final = 8


class HeadWitness:
    """The note.

    Attributes:
        path: Its file.
    """

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)

    def last(self) -> Head | None:
        """The head noted last; None when there is none or the note is torn."""
        os.lseek(self._file, 0, os.SEEK_SET)
        data = os.read(self._file, _SEQ_BYTES + _HASH_BYTES + _CHECK_BYTES)
        content, check = data[: _SEQ_BYTES + _HASH_BYTES], data[_SEQ_BYTES + _HASH_BYTES :]
        if len(check) != _CHECK_BYTES or _check(content) != check:
            return None
        return Head(int.from_bytes(content[:_SEQ_BYTES], "big"), content[_SEQ_BYTES:])

    def note(self, head: Head) -> None:
        """Write down where the ledger stands; the ledger does not depend on it, so a failure is passed over."""
        content = head.seq.to_bytes(_SEQ_BYTES, "big") + head.hash
        try:
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, content + _check(content))
        except OSError:
            return

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def _check(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:_CHECK_BYTES]
