"""``guitai head-office serve`` as it is run: real processes, real TLS, the till's own line."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from pathlib import Path

import pytest
from pos_testkit.running_office import patiently, served_office
from pos_testkit.wire_till import WireTill

from sync.client.enrolling import Applicant, enrol
from sync.client.transport import Endpoint, Line
from sync.protocol.signing import KeyId

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def served():
    with served_office() as made:
        yield made


def _is_alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_till_joins_and_syncs_and_the_server_mends_itself_and_ends_well(served):
    patiently(lambda: socket.create_connection(("127.0.0.1", served.port)).close())
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

    patiently(all_decided)
    # Whatever of it dies comes again.
    for pid in served.children():
        if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text():
            os.kill(pid, signal.SIGKILL)
    machine.write(2)
    assert patiently(lambda: push(3)).accepted == machine.head

    def again_decided() -> None:
        assert push(0).applied == 5

    patiently(again_decided)
    children = served.children()
    assert served.stop() == 0

    def all_gone() -> None:  # what one of them started last may need a moment
        assert not any(_is_alive(pid) for pid in children)

    patiently(all_gone)


def test_nothing_outlives_a_server_that_is_killed_but_its_database_which_the_next_one_takes_over(served):
    patiently(lambda: socket.create_connection(("127.0.0.1", served.port)).close())
    ours = [pid for pid in served.children() if b"postgres" not in Path(f"/proc/{pid}/cmdline").read_bytes()]
    served.process.kill()
    served.process.wait()

    def gone() -> None:
        assert not any(_is_alive(pid) for pid in ours)

    patiently(gone)
    served.start()
    patiently(lambda: socket.create_connection(("127.0.0.1", served.port)).close())
    assert served.stop() == 0
