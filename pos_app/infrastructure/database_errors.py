"""What SQLite says, as errors a person can act on."""

from __future__ import annotations

from typing import Any, Final

from pos_app.errors import BugError, GuitaiError, KnownError

# Primary result codes of SQLite (https://www.sqlite.org/rescode.html); the low byte of an extended code.
_BUSY: Final = 5
_LOCKED: Final = 6
_READONLY: Final = 8
_IOERR: Final = 10
_CORRUPT: Final = 11
_FULL: Final = 13
_CANTOPEN: Final = 14
_NOTADB: Final = 26

_REASONS: Final = {
    _BUSY: "locked",
    _LOCKED: "locked",
    _READONLY: "read_only",
    _IOERR: "io_error",
    _FULL: "disk_full",
    _CANTOPEN: "io_error",
}


def primary_code(error: BaseException) -> int:
    """SQLite's primary result code; 0 where the driver does not say."""
    code: Any = getattr(error, "sqlite_errorcode", 0)
    return (code or 0) & 0xFF


def reason_of(error: BaseException) -> str:
    """Why the disk did not take something: disk_full, io_error, locked, read_only or unknown."""
    return _REASONS.get(primary_code(error), "unknown")


def is_damage(error: BaseException) -> bool:
    """Whether the file's content is at fault (or its key: SQLCipher cannot tell them apart)."""
    return primary_code(error) in (_CORRUPT, _NOTADB)


def surely_not_committed(error: BaseException) -> bool:
    """Whether an error from COMMIT leaves no doubt.

    A full disk and a lock are noticed before the commit frame is complete; after anything else (an fsync that
    failed, say) the frames may be in the file.
    """
    return primary_code(error) in (_FULL, _BUSY, _LOCKED, _READONLY)


def known_error(error: BaseException, role: str, *, writing: bool) -> GuitaiError:
    """The error to raise instead of the driver's.

    Args:
        error: From the driver.
        role: ``ledger`` or ``replica``: the area of the code.
        writing: Whether something was being written.
    """
    if is_damage(error):
        return KnownError(f"{role}.damaged")
    if primary_code(error) in _REASONS:
        return KnownError(f"{role}.not_saved" if writing else f"{role}.not_read", reason=reason_of(error))
    return BugError(f"{role}: {type(error).__name__}: {error}")
