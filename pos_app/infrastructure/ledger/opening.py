"""How a ledger comes to be: the till's own, and the throw-away one of training mode."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from pos_app.domain.clock import Clock
from pos_app.domain.ledger.journal import Head, Signer
from pos_app.errors import KnownError
from pos_app.infrastructure.databases import KEY_BYTES, Connection, DatabaseFile, Mode
from pos_app.infrastructure.ledger import statements as q
from pos_app.infrastructure.ledger.migrate import CURRENT, migrate, version_of
from pos_app.infrastructure.ledger.reader import SqlLedgerReader
from pos_app.infrastructure.ledger.store import AUTOCHECKPOINT_PAGES, WRITER_CACHE_KIB, SqlLedger
from pos_app.infrastructure.ledger.till import BusinessDay, TillIdentity
from pos_app.infrastructure.ledger.witness import HeadWitness

LEDGER_FILE: Final = "ledger.db"
LOCK_FILE: Final = "guitai.lock"
_TILL: Final = "till"
_NUMBER: Final = "till_number"
_INCARNATION: Final = "incarnation"
_PUT_META: Final = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


def open_ledger(
    folder: Path,
    *,
    key: bytes,
    till: TillIdentity,
    clock: Clock,
    business_day: BusinessDay,
    signer: Signer,
    accept_older: bool = False,
    first_incarnation: int = 1,
) -> SqlLedger:
    """Open the till's ledger, or make it.

    Args:
        folder: The data folder; locked until the ledger is closed.
        key: 32 bytes.
        till: Which till; must be the one that the file was made for.
        clock: For the times in records.
        business_day: Which trading day an instant belongs to.
        signer: Holds the till's key.
        accept_older: Go on with a ledger that misses records it once had (a restored backup, a lost ``-wal``), in a
            new incarnation.
        first_incarnation: Of a ledger that is made: higher than 1 for a successor on another machine.

    Raises:
        KnownError: ``ledger.in_use`` (another instance runs on the folder), ``ledger.wrong_key``,
            ``ledger.damaged``, ``ledger.missing`` (it was there once), ``ledger.newer_version``,
            ``ledger.other_till``, ``ledger.went_back`` (see ``accept_older``), ``ledger.not_saved``.
    """
    with contextlib.ExitStack() as undo:
        undo.callback(lock_folder(folder).release)
        path = folder / LEDGER_FILE
        _check_key(path, key)
        witness = HeadWitness(path.with_suffix(".head"))
        undo.callback(witness.close)
        file = DatabaseFile(path, key, "ledger")
        undo.callback(file.close)
        try:
            writer = file.connect(Mode.WRITE, cache_kib=WRITER_CACHE_KIB)
        except KnownError as error:
            if error.code == "ledger.wrong_key" and _key_id_path(path).exists():
                # The key is the right one, so the first page is not what was written.
                raise KnownError("ledger.damaged") from error
            raise
        writer.plain(f"PRAGMA wal_autocheckpoint = {AUTOCHECKPOINT_PAGES}")
        migrate(writer)
        _note_key(path, key)
        went_back = _went_back(writer, witness.last())
        if went_back and not accept_older:
            raise KnownError("ledger.went_back")
        incarnation = _identify(writer, till, new_life=went_back, first=first_incarnation)
        if went_back:
            witness.note(SqlLedgerReader(writer).head())
        return SqlLedger(
            file,
            writer,
            till=till,
            incarnation=incarnation,
            clock=clock,
            business_day=business_day,
            signer=signer,
            witness=witness,
            on_close=undo.pop_all(),
        )


@contextlib.contextmanager
def read_ledger(path: Path, key: bytes) -> Iterator[SqlLedgerReader]:
    """A ledger's file for reading alone, also while a till has it open.

    Raises:
        KnownError: As ``open_ledger``; ``ledger.newer_version`` also for one that an earlier version wrote last.
    """
    file = DatabaseFile(path, key, "ledger")
    try:
        connection = file.connect(Mode.READ, cache_kib=WRITER_CACHE_KIB)
        if version_of(connection) != CURRENT:
            raise KnownError("ledger.newer_version", found=version_of(connection), known=CURRENT)
        yield SqlLedgerReader(connection)
    finally:
        file.close()


def ledger_owner(folder: Path, *, key: bytes) -> TillIdentity | None:
    """Whose books lie in a folder: for a till that lost its settings. None where there are none.

    Raises:
        KnownError: As ``open_ledger``.
    """
    path = folder / LEDGER_FILE
    if not path.exists():
        return None
    _check_key(path, key)
    file = DatabaseFile(path, key, "ledger")
    try:
        reader = SqlLedgerReader(file.connect(Mode.READ, cache_kib=WRITER_CACHE_KIB))
        owner, number = reader.meta(_TILL), reader.meta(_NUMBER)
    finally:
        file.close()
    return TillIdentity(owner, int(number)) if owner and number else None


def open_training_ledger(
    folder: Path, *, till: TillIdentity, clock: Clock, business_day: BusinessDay, signer: Signer
) -> SqlLedger:
    """A ledger that is like the real one and touches no books.

    It lives in a folder of its own with a key that nobody keeps, so what a crash leaves behind cannot be read; the
    next training starts with an empty one, and closing removes it.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with contextlib.ExitStack() as undo:
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        file = DatabaseFile(folder / LEDGER_FILE, os.urandom(KEY_BYTES), "ledger", synchronous="OFF")
        undo.callback(file.close)
        writer = file.connect(Mode.WRITE, cache_kib=WRITER_CACHE_KIB)
        migrate(writer)
        return SqlLedger(
            file,
            writer,
            till=till,
            incarnation=_identify(writer, till, new_life=False),
            clock=clock,
            business_day=business_day,
            signer=signer,
            witness=None,
            on_close=undo.pop_all(),
        )


def lock_folder(folder: Path) -> FileLock:
    """Keep every other instance off a data folder until the lock is released.

    Raises:
        KnownError: ``ledger.in_use``, ``ledger.not_saved``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK_FILE, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise KnownError("ledger.in_use") from None
    except OSError as error:
        raise KnownError("ledger.not_saved", reason="read_only") from error
    return lock


def _key_id(key: bytes) -> str:
    """Tells keys apart without telling anything of them."""
    return hmac.new(key, b"guitai/ledger-key-id/1", hashlib.sha256).hexdigest()[:16]


def _key_id_path(path: Path) -> Path:
    return path.with_suffix(".keyid")


def _check_key(path: Path, key: bytes) -> None:
    """Tell a wrong key from a damaged file, which SQLCipher cannot; and a ledger that is gone from a new one."""
    try:
        noted = _key_id_path(path).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return
    if noted != _key_id(key):
        raise KnownError("ledger.wrong_key")
    if not path.exists() or path.stat().st_size == 0:
        raise KnownError("ledger.missing")


def _note_key(path: Path, key: bytes) -> None:
    note = _key_id_path(path)
    if not note.exists():
        note.write_text(_key_id(key), encoding="ascii")


def _went_back(writer: Connection, noted: Head | None) -> bool:
    """Whether the ledger misses records, or has others, than it once had."""
    if noted is None or noted.seq == 0:
        return False
    row = writer.one(q.RECORD, noted.seq)
    return row is None or row[2] != noted.hash


def _identify(writer: Connection, till: TillIdentity, *, new_life: bool, first: int = 1) -> int:
    """Check whose ledger it is (or say so in a new one) and return its incarnation."""
    reader = SqlLedgerReader(writer)
    owner = reader.meta(_TILL)
    if owner is not None and (owner, reader.meta(_NUMBER)) != (till.till_id, str(till.number)):
        raise KnownError("ledger.other_till")
    incarnation = int(reader.meta(_INCARNATION) or first)
    if owner is not None and not new_life:
        return incarnation
    facts = {_TILL: till.till_id, _NUMBER: str(till.number), _INCARNATION: str(incarnation + new_life)}
    writer.begin(immediate=True)
    try:
        writer.driver.executemany(_PUT_META, list(facts.items()))
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    return incarnation + new_life
