"""Whoever means harm: half requests, strangers, tills that name others, and memory."""

from __future__ import annotations

import contextlib
import socket
import ssl
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
import zstandard
from pos_testkit.machine import Machine, wall_ms
from pos_testkit.published_office import PublishedOffice
from pos_testkit.wire_till import WireTill

from sync.protocol import batch as batches
from sync.protocol.errors import Problem, Refusal, RefusedError
from sync.protocol.messages import SpendItem, SpendRequest
from sync.protocol.version import JOURNAL

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("published_office")]
#: More than there are bodies in memory at once.
HALVES = 80


@contextlib.contextmanager
def half_requests(office: PublishedOffice, target: str, count: int, headers: dict[str, str]) -> Iterator[None]:
    """Connections that say a body comes, send a byte of it, and wait."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            plain = stack.enter_context(socket.create_connection(("127.0.0.1", office.port)))
            line = stack.enter_context(context.wrap_socket(plain))
            fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            line.sendall(f"POST {target} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n{fields}\r\nG".encode())
        yield


@pytest.mark.parametrize("target", ["/v1/journal", "/v1/enrolments", "/v1/authorisations"])
def test_half_requests_of_strangers_hold_up_nobody(
    running: PublishedOffice, machines: tuple[Machine, Machine], target: str
) -> None:
    machine, _ = machines
    with half_requests(running, target, HALVES, {"Content-Type": JOURNAL}):
        machine.till.write(3)
        machine.push()
        assert machine.http.get("/v1/about").status_code == 200


def test_half_requests_of_one_till_do_not_hold_up_another(
    running: PublishedOffice, machines: tuple[Machine, Machine]
) -> None:
    bad, good = machines
    headers = bad.till.headers("POST", "/v1/journal", b"what never comes", wall_ms())
    with half_requests(running, "/v1/journal", HALVES, {**headers, "Content-Type": JOURNAL}):
        good.till.write(3)
        good.push()


def test_what_one_till_sent_another_can_neither_read_nor_change(
    running: PublishedOffice, machines: tuple[Machine, Machine]
) -> None:
    one, other = machines
    one.till.write(5)
    one.push()
    # There is no way to name another till: its own are all that it sees.
    assert other.line.recovered(0, 500).records == ()
    assert other.line.day(1, 5).last == 0
    assert [each.payload for each in one.line.recovered(0, 500).records] == one.till.payloads
    # A batch of the other's, in its name or in one's own.
    forged = one.till.batch(5)
    response = other.send("POST", "/v1/journal", batches.pack(forged))
    assert problem(response) == Refusal.SIGNATURE
    stolen = msgspec.structs.replace(one.till.batch(), header=header_as(one.till.batch(), other.till.till))
    assert problem(other.send("POST", "/v1/journal", batches.pack(stolen))) == Refusal.SIGNATURE
    # With the other's name in the signature, too.
    headers = other.till.copy().headers("GET", "/v1/journal?after=0", b"", wall_ms())
    named = {name: value.replace(other.till.till, one.till.till) for name, value in headers.items()}
    assert problem(other.http.get("/v1/journal?after=0", headers=named)) == Refusal.SIGNATURE
    # A question for spending is its asker's: another that uses its id hears no, and learns nothing.
    request = SpendRequest(uuid.uuid4(), (SpendItem(uuid.uuid4(), "points", uuid.uuid4(), 5),), 0)
    assert one.line.authorise(request).reason != "spend.wrong"
    assert other.line.authorise(request).reason == "spend.wrong"
    with running.connection() as connection:
        found = connection.execute("SELECT count(*) FROM journal WHERE till = %s", (other.till.till,)).fetchone()
    assert found == (0,)


def header_as(batch: batches.Batch, till: str) -> batches.BatchHeader:
    return msgspec.structs.replace(batch.header, till=till)


def test_what_was_changed_on_its_way_or_sent_again_is_refused(machines: tuple[Machine, Machine]) -> None:
    machine, _ = machines
    machine.till.write(2)
    body = batches.pack(machine.till.batch())
    target = "/v1/journal"
    headers = {**machine.till.headers("POST", target, body, wall_ms()), "Content-Type": JOURNAL}
    assert problem(machine.http.post(target, content=body + b"x", headers=headers)) == Refusal.SIGNATURE
    assert problem(machine.http.post(target + "?a=1", content=body, headers=headers)) == Refusal.SIGNATURE
    assert machine.http.post(target, content=body, headers=headers).status_code == 200
    assert problem(machine.http.post(target, content=body, headers=headers)) == Refusal.REPLAYED
    late = machine.till.headers("POST", target, body, wall_ms() - 600_000)
    refused = machine.http.post(target, content=body, headers={**late, "Content-Type": JOURNAL})
    assert problem(refused) == Refusal.CLOCK


def bombs(till: WireTill) -> list[bytes]:
    """Bodies that are small on the wire and large behind it, or large on the wire already."""
    till.write()
    packed = batches.pack(till.batch())
    _, place = batches.unpack_header(packed)
    text = b"\x01" + b"\x02\x01" * (14 << 20)
    marks = (1).to_bytes(4, "little") + bytes(16) + len(text).to_bytes(4, "little") + text
    squeeze = zstandard.ZstdCompressor(level=3).compress
    deep = b"GJB1" + (1 << 20).to_bytes(4, "little") + b"[" * (1 << 20)
    return [
        packed[:place] + squeeze(bytes(256 << 20)),
        packed[:place] + squeeze(marks),
        deep,
        bytes(10 << 20),
        b"\xff\xfe" * (1 << 20),
        b'{"till": NaN}',
        packed[:40] + b"\xff\xff" + packed[42:],
        b'GJB1\x12\x00\x00\x00{"till":5,"x":[]}}',
    ]


def test_memory_stays_where_it_was_under_bodies_that_mean_harm(
    running: PublishedOffice, machines: tuple[Machine, Machine]
) -> None:
    machine, _ = machines
    machine.till.write(3)
    machine.push()
    before = largest_mb(running)
    for body in bombs(machine.till.copy()) * 3:
        try:
            response = machine.send("POST", "/v1/journal", body)
        except httpx.WriteError:
            continue  # head office hung up in the middle of what is too large
        assert 400 <= response.status_code < 500, response.text
        assert problem(response) in (Refusal.BAD_REQUEST, Refusal.TOO_LARGE)
    grown = largest_mb(running) - before
    assert grown < 200
    with pytest.raises(RefusedError):
        machine.line.day(5, 1)


def largest_mb(office: PublishedOffice) -> int:
    """The most memory that one of its processes ever had."""
    found = []
    for pid in office.own_processes():
        status = Path(f"/proc/{pid}/status").read_text()
        found.append(int(status.partition("VmHWM:")[2].split()[0]) >> 10)
    return max(found)


def problem(response: httpx.Response) -> str:
    return msgspec.json.decode(response.content, type=Problem).code
