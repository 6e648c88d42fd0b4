"""A running head office with goods and rules, whose database can be looked into and whose processes can be killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from pos_testkit import builders
from pos_testkit.office import open_folder
from pos_testkit.running_office import Served, patiently
from pos_testkit.till import some_categories, some_products

from sync.head_office.bundled import BundledPostgres
from sync.head_office.database import DATABASE, Connection
from sync.head_office.enrolling import Store, new_code, put_store
from sync.head_office.publishing import publish_catalogue, publish_policy, publish_programme
from sync.protocol.messages import Policy


class PublishedOffice(Served):
    """A head office that runs."""

    @property
    def dsn(self) -> str:
        """Of its database, while it runs."""
        return BundledPostgres(self.folder / "postgres").dsn(DATABASE)

    def until_it_listens(self) -> None:
        """Wait until tills can reach it; where it ended by itself, it is started again, as its service would be."""

        def reach() -> None:
            if self.process.poll() is not None:
                self.start()
            socket.create_connection(("127.0.0.1", self.port)).close()

        patiently(reach)

    def kill(self) -> None:
        """Kill the first process; the others follow by themselves, but for the database."""
        self.process.kill()
        self.process.wait()

    def own_processes(self) -> list[int]:
        """Of those, the ones that can die without the others: web server, applying, housekeeping."""
        return [pid for pid in self.children() if b"spawn_main" in _command_line(pid)]

    def database_pid(self) -> int | None:
        """The database's first process; None where it does not run."""
        return next((pid for pid in self.children() if b"postgres" in _command_line(pid)), None)

    def backends(self) -> list[int]:
        """The database's processes that answer somebody; empty where it does not run."""
        command = ["ps", "-o", "pid=,args=", "--ppid", str(self.database_pid() or 0)]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = [line.split(maxsplit=1) for line in found.stdout.splitlines()]
        return [int(number) for number, title in lines if f" {DATABASE} " in title]

    @contextlib.contextmanager
    def connection(self) -> Iterator[Connection]:
        """One transaction on its database."""
        with psycopg.connect(self.dsn) as connection:
            yield connection

    def publish(self) -> None:
        """A store with goods and rules; points may be spent without a line."""
        now_ms = time.time_ns() // 1_000_000
        with self.connection() as connection:
            put_store(connection, Store("S001", "人民路店"))
            publish_catalogue(connection, some_categories(), some_products(), now_ms)
            publish_programme(connection, builders.programme(), now_ms)
            publish_policy(connection, Policy(("points",)), now_ms)

    def code(self, store: str = "S001") -> str:
        """A code for a machine."""
        with self.connection() as connection:
            return new_code(connection, store, time.time_ns() // 1_000_000)

    def end(self) -> None:
        """Stop whatever runs and remove all of it."""
        if self.process.poll() is None:
            self.stop()
        database = BundledPostgres(self.folder / "postgres")
        with contextlib.suppress(OSError):
            pid = int((self.folder / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
            if b"postgres" in _command_line(pid):  # it outlived a server that was killed
                database.start()
                database.stop()
        shutil.rmtree(self.folder.parent, ignore_errors=True)


@contextlib.contextmanager
def published_office() -> Iterator[PublishedOffice]:
    """A head office that runs, with a store; ended and removed afterwards."""
    office = PublishedOffice(open_folder() / "office")
    office.start()
    try:
        office.until_it_listens()
        office.publish()
        yield office
    finally:
        office.end()


def is_alive(pid: int) -> bool:
    """Whether a process runs."""
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def kill_group(pid: int) -> None:
    """Kill a process and everything it leads."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _command_line(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
