"""What a person does at head office from a terminal; the words are the command line's."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

import msgspec
import psycopg
from psycopg.conninfo import conninfo_to_dict

from pos_app.errors import KnownError
from sync.head_office.bundled import tool
from sync.head_office.context import Config
from sync.head_office.database import Connection, Database, open_database
from sync.head_office.epochs import begin_epoch
from sync.head_office.identity import Trust
from sync.head_office.journal import Journal
from sync.head_office.openings import NO_KEY
from sync.head_office.serving import Listen, serve
from sync.protocol.batch import unpack
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.export import read_export

#: What PostgreSQL's own tools read instead of words on a command line that anybody could see.
_ENVIRONMENT: Final = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


class TillStatus(msgspec.Struct, frozen=True):
    """Where a till stands.

    Attributes:
        till: Its id.
        number: On receipts.
        store: Its store.
        state: ``active``, ``revoked`` or ``lost``.
        incarnation: Which life of it.
        fenced: Why nothing more is taken of that; empty while it goes on.
        seen_ms: When it last sent something; 0 for never.
        clock_off_ms: Its clock minus ours.
        waiting: Records it said it had not sent.
        accepted: Records here.
        applied: Records decided.
        set_aside: Of those, the ones that are not in the books.
        software: Its version.
    """

    till: str
    number: int
    store: str
    state: str
    incarnation: int
    fenced: str
    seen_ms: int
    clock_off_ms: int
    waiting: int
    accepted: int
    applied: int
    set_aside: int
    software: str


class Notice(msgspec.Struct, frozen=True):
    """Something that a manager should know; attributes as ``messages.Attention``."""

    attention_id: UUID
    code: str
    params: dict[str, str]
    till: str
    store: str
    seq: int
    raised_ms: int


_STATUS: Final = """
SELECT t.till, t.number, t.store, t.state, l.incarnation, coalesce(l.fenced, ''), l.seen_ms, l.clock_off_ms,
       l.waiting, l.accepted_seq, l.applied_seq,
       (SELECT count(*) FROM set_aside AS s WHERE s.till = t.till AND s.state <> 'dismissed'), l.software
FROM till AS t JOIN life AS l USING (till)
WHERE l.incarnation = (SELECT max(incarnation) FROM life AS m WHERE m.till = t.till) AND l.public_key <> %s
ORDER BY t.store, t.number
"""
_PUT_ADDRESS: Final = """
INSERT INTO fact (key, value) VALUES ('address', %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""
_NOTICES: Final = """
SELECT attention_id, code, params, coalesce(till, ''), coalesce(store, ''), seq, raised_ms
FROM attention WHERE seen_ms IS NULL ORDER BY raised_ms
"""


def run_server(dsn: str, data: Path, name: str, listen: Listen, *, ready: Callable[[], None]) -> None:
    """Serve until told to stop.

    Args:
        dsn: Of the database; empty for the bundled one.
        data: Head office's folder.
        name: How it calls itself.
        listen: Where tills reach it.
        ready: Called once the database is there.

    Raises:
        KnownError: As ``open_database`` and ``serve``.
    """
    # Until the server takes over, being told to stop is an ordinary end: a database of ours is stopped as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    data.mkdir(parents=True, exist_ok=True)
    with open_database(dsn or None, data / "postgres", shares=False) as opened:
        with psycopg.connect(opened.dsn) as connection:
            connection.execute(_PUT_ADDRESS, (address_of(listen),))
        ready()
        serve(Config(opened.dsn, data, name), listen)


def address_of(listen: Listen) -> str:
    """By which tills most likely reach a server: a name it was given, else its address in the local network."""
    host = next(iter(listen.names), listen.host)
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - every address: tills need one of them
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.connect(("192.0.2.1", 9))
            host = asking.getsockname()[0]
    host = socket.gethostname() if host in ("0.0.0.0", "::", "") else host  # noqa: S104
    return f"https://[{host}]:{listen.port}" if ":" in host else f"https://{host}:{listen.port}"


def invitation(connection: Connection, code: str, address: str = "") -> str:
    """What a till scans to join: address and code in one; empty before a server has run and said its address.

    Args:
        connection: Of head office's database.
        code: A new code.
        address: Instead of the one that the server said last.
    """
    if not address:
        row = connection.execute("SELECT value FROM fact WHERE key = 'address'").fetchone()
        address = "" if row is None else str(row[0])
    return f"{address}#{code}" if address else ""


@contextlib.contextmanager
def at_desk(dsn: str, data: Path) -> Iterator[Connection]:
    """One transaction on head office's database: the one that runs, or one that is started for it.

    Raises:
        KnownError: As ``open_database``; ``sync.busy``.
    """
    data.mkdir(parents=True, exist_ok=True)
    with open_database(dsn or None, data / "postgres") as opened:
        database = Database(opened.dsn, size=1)
        try:
            with database.transaction() as connection:
                yield connection
        except RefusedError as error:
            raise KnownError(error.code.value) from error
        finally:
            database.close()


_WRONG_FILE: Final = {
    Refusal.GAP: "office.file_gap",
    Refusal.FORK: "sync.fork",
    Refusal.BUSY: "sync.busy",
    Refusal.SIGNATURE: "office.file_not_signed",
    Refusal.NOT_FOUND: "office.file_not_signed",
}


class TakenFromFile(msgspec.Struct, frozen=True):
    """What a file of a till's records came to.

    Attributes:
        till: Whose.
        records: How many it holds.
        new: How many of them head office did not have.
        accepted: The last record that head office has of that life now.
    """

    till: str
    records: int
    new: int
    accepted: int


def take_file(dsn: str, data: Path, file: BinaryIO, now_ms: int) -> TakenFromFile:
    """Take the records of a till that cannot send them, from the file that it wrote.

    Raises:
        KnownError: As ``open_database``; ``office.file_wrong``, ``office.file_gap``, ``office.file_not_signed``,
            ``sync.fork``, ``sync.busy``. What stands before that is taken, and taking the file again changes nothing.
    """
    till, records, new, accepted = "", 0, 0, 0
    with open_database(dsn or None, data / "postgres") as opened:
        database = Database(opened.dsn, size=1)
        journal = Journal(database, Trust(data / "keys").identity())
        try:
            for packed in read_export(file):
                batch = unpack(packed)
                till = batch.header.till
                with database.transaction() as connection:
                    before = _count_records(connection, till)
                accepted = journal.take(batch, now_ms, by_hand=True).accepted.seq
                with database.transaction() as connection:
                    new += _count_records(connection, till) - before
                records += batch.header.count
        except RefusedError as error:
            raise KnownError(_WRONG_FILE.get(error.code, "office.file_wrong")) from error
        finally:
            database.close()
    return TakenFromFile(till, records, new, accepted)


def _count_records(connection: Connection, till: str) -> int:
    row = connection.execute("SELECT count(*) FROM journal WHERE till = %s", (till,)).fetchone()
    return 0 if row is None else int(row[0])


def pin_key(data: Path) -> bytes:
    """Pepper of the PINs of the staff that is published."""
    return Trust(data / "keys").identity().pin_key


def tills(connection: Connection) -> list[TillStatus]:
    """All tills, by store and number."""
    return [TillStatus(*row) for row in connection.execute(_STATUS, (NO_KEY,))]


def notices(connection: Connection) -> list[Notice]:
    """What nobody has seen yet, oldest first."""
    return [Notice(*row) for row in connection.execute(_NOTICES)]


def mark_seen(connection: Connection, attention_id: UUID, now_ms: int) -> bool:
    """Say that a notice was seen.

    Returns:
        Whether there was one of that id.
    """
    done = connection.execute(
        "UPDATE attention SET seen_ms = %s WHERE attention_id = %s AND seen_ms IS NULL", (now_ms, attention_id)
    )
    return done.rowcount == 1


def back_up(dsn: str, data: Path, out: Path) -> None:
    """Write the whole database, as of one moment, to a new file that nobody else may read.

    Raises:
        KnownError: ``office.backup_failed``.
    """
    try:
        out.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise KnownError("office.backup_failed", reason=str(error)) from error
    with open_database(dsn or None, data / "postgres") as opened:
        _run_tool("pg_dump", opened.dsn, "--format=custom", f"--file={out.absolute()}")


def restore(dsn: str, data: Path, file: Path) -> str:
    """Put the database back as a backup has it, and begin a new epoch: tills send again what is missing.

    Returns:
        The new epoch.

    Raises:
        KnownError: ``office.running``, ``office.backup_failed``.
    """
    if not file.is_file():
        raise KnownError("office.backup_failed", reason=str(file))
    with open_database(dsn or None, data / "postgres") as opened:
        if opened.is_shared:
            raise KnownError("office.running")
        options = ("--clean", "--if-exists", "--single-transaction", "--no-owner")
        name = conninfo_to_dict(opened.dsn).get("dbname") or "guitai"
        _run_tool("pg_restore", opened.dsn, *options, f"--dbname={name}", str(file.absolute()))
    # Opened anew: a backup of older software is brought up to date first.
    with at_desk(dsn, data) as connection:
        return begin_epoch(connection)


def _run_tool(name: str, dsn: str, *arguments: str) -> None:
    named = {key: str(value) for key, value in conninfo_to_dict(dsn).items() if value is not None}
    settings = {_ENVIRONMENT[key]: value for key, value in named.items() if key in _ENVIRONMENT}
    done = subprocess.run(
        [tool(name), *arguments], env={**os.environ, **settings}, capture_output=True, check=False, cwd="/"
    )
    if done.returncode:
        raise KnownError("office.backup_failed", reason=done.stderr.decode(errors="replace")[-500:].strip())
