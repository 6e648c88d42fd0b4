"""``guitai head-office serve`` as it is run: real processes, real TLS, the till's own line."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pos_testkit.office import open_folder
from pos_testkit.wire_till import WireTill

from sync.client.enrolling import Applicant, enrol
from sync.client.transport import Endpoint, Line, UnreachableError
from sync.protocol.signing import KeyId

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Served:
    """A head office that runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def guitai(self, *words: str) -> str:
        command = [sys.executable, "-m", "pos_app", "head-office", "--data", self.folder, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def start(self) -> None:
        command = [sys.executable, "-m", "pos_app", "head-office", "--data", self.folder, "serve"]
        self.process = subprocess.Popen([*command, "--listen", f"127.0.0.1:{self.port}"])

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(60)

    def children(self) -> list[int]:
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(each) for each in found.stdout.split()]


@pytest.fixture
def served():
    folder = open_folder()
    made = Served(folder / "office")
    made.start()
    yield made
    if made.process.poll() is None:
        made.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _patiently(work, patience_s: float = 90.0):
    """Until it is there."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            return work()
        except (UnreachableError, AssertionError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _is_alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_till_joins_and_syncs_and_the_server_mends_itself_and_ends_well(served):
    _patiently(lambda: socket.create_connection(("127.0.0.1", served.port)).close())
    served.guitai("store", "add", "s1", "人民路店")  # on the database that runs
    code = served.guitai("code", "new", "--store", "s1").split()[1].partition("（")[0]
    machine = WireTill()
    taken = enrol(served.address, code, Applicant(machine.public_key, software="1.0"))
    machine.till = taken.enrolled.till
    endpoint = Endpoint(served.address, taken.ca_pem, taken.enrolled.key, KeyId(machine.till, 1), "1.0")

    def line() -> Line:
        return Line(endpoint, sign=machine.key.sign, wall_ms=lambda: time.time_ns() // 1_000_000)

    def push(after: int):
        with contextlib.closing(line()) as open_line:
            batch = machine.batch(after)
            return open_line.push(batch.header, batch.payloads)

    machine.write(3)
    assert push(0).accepted == machine.head

    def all_decided() -> None:
        assert push(0).applied == 3

    _patiently(all_decided)
    # Whatever of it dies comes again.
    for pid in served.children():
        if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text():
            os.kill(pid, signal.SIGKILL)
    machine.write(2)
    assert _patiently(lambda: push(3)).accepted == machine.head

    def again_decided() -> None:
        assert push(0).applied == 5

    _patiently(again_decided)
    children = served.children()
    assert served.stop() == 0
    assert not any(_is_alive(pid) for pid in children)


def test_nothing_outlives_a_server_that_is_killed_but_its_database_which_the_next_one_takes_over(served):
    _patiently(lambda: socket.create_connection(("127.0.0.1", served.port)).close())
    ours = [pid for pid in served.children() if b"postgres" not in Path(f"/proc/{pid}/cmdline").read_bytes()]
    served.process.kill()
    served.process.wait()

    def gone() -> None:
        assert not any(_is_alive(pid) for pid in ours)

    _patiently(gone)
    served.start()
    _patiently(lambda: socket.create_connection(("127.0.0.1", served.port)).close())
    assert served.stop() == 0
