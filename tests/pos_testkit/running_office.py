"""``guitai head-office serve`` as it is run: real processes, real TLS, its own PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from pos_testkit.office import open_folder

from sync.client.transport import UnreachableError

T = TypeVar("T")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Served:
    """A head office that runs.

    Attributes:
        folder: Its data folder.
        port: Where it listens.
        process: The first of its processes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """For tills."""
        return f"https://127.0.0.1:{self.port}"

    def guitai(self, *words: str, **environment: str) -> str:
        """Run one of its subcommands, with more in its environment; returns what it says."""
        command = [sys.executable, "-m", "pos_app", "head-office", "--data", str(self.folder), *words]
        around = {**os.environ, **environment}
        return subprocess.run(command, check=True, capture_output=True, text=True, env=around).stdout

    def code(self, store: str) -> str:
        """A new one-time code of a store."""
        return self.guitai("code", "new", "--store", store).split()[1].partition("（")[0]

    def start(self) -> None:
        """Begin to serve; returns at once."""
        command = [sys.executable, "-m", "pos_app", "head-office", "--data", str(self.folder), "serve"]
        self.process = subprocess.Popen([*command, "--listen", f"127.0.0.1:{self.port}"])

    def answers(self) -> None:
        """Wait until it takes calls."""
        patiently(lambda: socket.create_connection(("127.0.0.1", self.port)).close())

    def stop(self) -> int:
        """End it properly; returns its exit code."""
        self.process.terminate()
        return self.process.wait(60)

    def children(self) -> list[int]:
        """Its processes but the first."""
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(each) for each in found.stdout.split()]


@contextlib.contextmanager
def served_office() -> Iterator[Served]:
    """A new head office, begun; ended and gone after the block."""
    folder = open_folder()
    made = Served(folder / "office")
    made.start()
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def patiently(work: Callable[[], T], patience_s: float = 90.0) -> T:
    """Try until it is there."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            return work()
        except (UnreachableError, AssertionError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
