"""Sales to head office: a day of one till, and as many as two cores take; beside a bare handler and beside PouchDB."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from benchmarks.bare_office import TABLE
from benchmarks.bench_sale import Customers, goods
from benchmarks.figures import Figure, median
from benchmarks.shop import basket, log_in, open_shop, shop
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app.application.selling import CompleteSale
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.tender import Tender, TenderKind
from sync.client.enrolling import Applicant, enrol
from sync.client.transport import Endpoint, UnreachableError
from sync.head_office.bundled import BundledPostgres
from sync.head_office.identity import Trust
from sync.protocol.batch import MAX_RECORDS, Batch, BatchHeader, pack
from sync.protocol.chain import GENESIS, hashes
from sync.protocol.errors import RefusedError

#: A shop's busy day; and the tills that send one all at once.
DAY = 2_000
TILLS = 4
WIRE_LIMIT_KB = 60
_PEER = Path(__file__).parent / "pouch"
_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_UP_S = 120.0


def run(large: bool) -> list[Figure]:
    """Measure."""
    folder = Path(tempfile.mkdtemp(prefix="guitai-bench-sync-"))
    folder.chmod(0o711)  # as root, the database runs as another user
    try:
        days = [_of_another_till(_day(), number) for number in range(TILLS + 1)]
        body = pack(Batch(_header(days[0][:MAX_RECORDS]), tuple(days[0][:MAX_RECORDS])))
        alone, accepted, applied = _ours(folder, days)
        floor = _bare(folder, days[1:])
        peer = _peer(folder, days[1])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    size = sum(len(each) for each in days[0]) / len(days[0])
    note = f"{TILLS} tills with {DAY} sales of {size:,.0f} bytes each, all at once; TLS, signed, fsync on"
    name = "1,000 sales to head office"
    figures = [
        Figure(
            f"{MAX_RECORDS} sales on the wire", len(body) / 1000, "kB", limit=WIRE_LIMIT_KB, note=f"{size:.0f} bytes"
        ),
        Figure(f"a day of {DAY:,} sales pushed and acknowledged", alone * 1e3, "ms", limit=5_000),
        Figure(f"{name}, accepted, beside a bare handler", accepted, "ms", floor=floor, most=1 / 0.7, note=note),
    ]
    if peer is not None:
        figures += [
            Figure(f"{name}, accepted, beside PouchDB", accepted, "ms", floor=peer, most=1 / 3, note=note),
            Figure(f"{name}, accepted and applied, beside PouchDB", applied, "ms", floor=peer, most=1 / 1.5, note=note),
        ]
    return figures


def _day() -> list[bytes]:
    """The payloads of a till's sales: baskets of one to three lines, most with a member. Made once a machine."""
    kept = Path(tempfile.gettempdir()) / f"guitai-bench-sales-v2-{DAY}.pickle"
    if kept.exists():
        found: list[bytes] = pickle.loads(kept.read_bytes())
        return found
    rng = random.Random(7)
    with shop(members=10_000) as paths, open_shop(paths) as books:
        till, operator = books.till, log_in(books.till)
        products, customers = goods(till), Customers.draw(books, 250).members
        for _ in range(DAY):
            filled, customer = basket(products, rng.choice((1, 1, 2, 2, 3)), rng), None
            if rng.random() < 0.6:
                filled = filled.with_member(rng.choice(customers))
                assert filled.member_id is not None
                customer = till.selling.member_view(filled.member_id).customer
            payable = till.selling.price(filled, customer, till.selling.programme()).payable
            tenders = (Tender(TenderKind.CASH, payable, payable),)
            till.selling.complete(operator, CompleteSale(till.selling.new_sale_id(), filled, tenders, payable))
        with books.ledger.read() as reader:
            sales = [reader.record(each.seq) for each in reader.payloads(after_seq=0, kinds=(RecordKind.SALE,))]
    found = [each.payload for each in sales if each is not None]
    kept.write_bytes(pickle.dumps(found))
    return found


def _of_another_till(payloads: list[bytes], number: int) -> list[bytes]:
    """The same sales as another till would have made them: with ids and members of its own, in a chain of its own."""

    def other(found: re.Match[bytes]) -> bytes:
        text = found.group()
        return text[:24] + f"{int(text[24:], 16) ^ number << 40:012x}".encode()

    changed = [_ID.sub(other, each) for each in payloads]
    return [re.sub(rb'"seq":\d+', b'"seq":%d' % (place + 1), each, count=1) for place, each in enumerate(changed)]


def _header(payloads: list[bytes]) -> BatchHeader:
    return BatchHeader("till-1", 1, GENESIS, len(payloads), os.urandom(64))


# Head office ---------------------------------------------------------------------------------------------------------


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _guitai(data: Path, *words: str) -> str:
    command = [sys.executable, "-m", "pos_app", "head-office", "--data", str(data), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@contextlib.contextmanager
def _serving(command: list[str]) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def _ours(folder: Path, days: list[list[bytes]]) -> tuple[float, float, float]:
    """Seconds for one till's day; milliseconds for 1,000 sales, accepted, and applied, of all tills at once."""
    data, port = folder / "office", _free_port()
    address = f"https://127.0.0.1:{port}"
    serve = [sys.executable, "-m", "pos_app", "head-office", "--data", str(data), "serve"]
    with _serving([*serve, "--listen", f"127.0.0.1:{port}"]):
        jobs = []
        _patiently(lambda: _guitai(data, "store", "add", "S001", "惠民生活超市"))
        for number, payloads in enumerate(days):
            jobs.append(_join(data, address, folder / f"till-{number}.pickle", payloads))
        alone = _push(jobs[:1])
        with psycopg.connect(_dsn(data), autocommit=True) as asking:
            _wait_applied(asking)
            begin = time.perf_counter()
            accepted = _push(jobs[1:])
            _wait_applied(asking)
            applied = time.perf_counter() - begin
            said = asking.execute("SELECT count(*) FROM set_aside").fetchone()
            assert said == (0,), f"{said} records were set aside"
    thousands = (len(days) - 1) * DAY / 1000
    return alone, accepted * 1e3 / thousands, max(applied, accepted) * 1e3 / thousands


def _dsn(data: Path) -> str:
    return BundledPostgres(data / "postgres").dsn("guitai")


def _wait_applied(asking: psycopg.Connection[Any]) -> None:
    deadline = time.monotonic() + _UP_S
    while asking.execute("SELECT count(*) FROM life WHERE applied_seq < accepted_seq").fetchone() != (0,):
        assert time.monotonic() < deadline, "head office does not apply"
        time.sleep(0.02)


def _join(data: Path, address: str, job: Path, payloads: list[bytes]) -> Path:
    """Enrol a till; what its process needs goes into a file."""
    key = Ed25519PrivateKey.generate()
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", _guitai(data, "code", "new", "--store", "S001"))
    assert code is not None
    applicant = Applicant(key.public_key().public_bytes_raw(), software="bench")
    taken = _patiently(lambda: enrol(address, code.group(), applicant))
    who = taken.enrolled
    endpoint = Endpoint(address, taken.ca_pem, who.key, _key_id(who.till, who.incarnation), "bench")
    own = [re.sub(rb'"till":"[^"]*"', b'"till":"%s"' % who.till.encode(), each, count=1) for each in payloads]
    job.write_bytes(pickle.dumps((endpoint, key.private_bytes_raw(), own)))
    return job


def _key_id(till: str, incarnation: int) -> Any:
    from sync.protocol.signing import KeyId

    return KeyId(till, incarnation)


def _push(jobs: list[Path], *more: str) -> float:
    """Seconds until all are acknowledged: from the first batch of any to the last answer of any."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.push_till", str(job), *more],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for job in jobs
    ]
    for each in processes:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in processes:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    spans = [json.loads(each.communicate(timeout=_UP_S)[0]) for each in processes]
    return float(max(end for _, end in spans) - min(begin for begin, _ in spans))


def _patiently(work: Any) -> Any:
    deadline = time.monotonic() + _UP_S
    while True:
        try:
            return work()
        except (UnreachableError, RefusedError, OSError, subprocess.CalledProcessError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


# Floor and peer ------------------------------------------------------------------------------------------------------


def _bare(folder: Path, days: list[list[bytes]]) -> float:
    """Milliseconds for 1,000 sales by the bare handler: the same bytes from the same tills."""
    trust = Trust(folder / "office" / "keys")
    postgres = BundledPostgres(folder / "bare")
    postgres.start()
    try:
        dsn, port = postgres.dsn("postgres"), _free_port()
        with psycopg.connect(dsn) as connection:
            connection.execute(TABLE)
        server = [sys.executable, "-m", "benchmarks.bare_office", dsn, str(port), str(trust.certificate)]
        with _serving([*server, str(trust.key)]):
            jobs = [folder / f"till-{number + 1}.pickle" for number in range(len(days))]
            _patiently(lambda: socket.create_connection(("127.0.0.1", port), 1).close())
            seconds = median([_push(jobs, f"https://127.0.0.1:{port}") for _ in range(3)])
    finally:
        postgres.stop()
    return seconds * 1e6 / (len(days) * DAY)


def _peer(folder: Path, payloads: list[bytes]) -> float | None:
    """Milliseconds for 1,000 sales by PouchDB; None where Node is not here."""
    if shutil.which("node") is None or not (_PEER / "node_modules").is_dir():
        return None
    documents = folder / "documents.jsonl"
    documents.write_bytes(b"\n".join(payloads) + b"\n")
    done = subprocess.run(
        ["node", _PEER / "peer.mjs", documents], check=True, capture_output=True, text=True, timeout=_UP_S
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return float(found["seconds"]) * 1e6 / float(found["documents"])


def chain_of(payloads: list[bytes]) -> list[bytes]:
    """The hash of each."""
    return list(hashes(GENESIS.hash, payloads))
