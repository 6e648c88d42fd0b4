"""A till that sends its day: ``python -m benchmarks.push_till JOB [ADDRESS]``; with an address, to a bare handler.

Says "ready", waits for a line, sends, and says when it began and ended (seconds of the machine's monotonic clock).
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path

import httpx
from benchmarks.bench_sync import chain_of
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.client.transport import Endpoint, Line, pinned
from sync.protocol.batch import MAX_RECORDS, Batch, BatchHeader, pack
from sync.protocol.chain import GENESIS, Head


def main() -> None:
    endpoint, secret, payloads = pickle.loads(Path(sys.argv[1]).read_bytes())
    key = Ed25519PrivateKey.from_private_bytes(secret)
    chain = chain_of(payloads)
    # Each record was signed when it was sold, long before it is sent.
    signatures = {at: key.sign(chain[at]) for at in range(len(chain)) if (at + 1) % MAX_RECORDS == 0}
    batches = []
    for at in range(0, len(payloads), MAX_RECORDS):
        before = Head(at, chain[at - 1]) if at else GENESIS
        last = at + MAX_RECORDS - 1
        who = endpoint.key_id
        header = BatchHeader(who.till, who.incarnation, before, MAX_RECORDS, signatures[last], sent_ms=_wall_ms())
        batches.append((header, tuple(payloads[at : at + MAX_RECORDS])))
    if len(sys.argv) > 2:
        _to_bare(endpoint, sys.argv[2], batches)
        return
    line = Line(endpoint, sign=key.sign, wall_ms=_wall_ms)
    line.push(BatchHeader(endpoint.key_id.till, endpoint.key_id.incarnation, GENESIS, 0), ())  # opens the connection
    _when_told()
    begin = time.monotonic()
    for header, each in batches:
        answer = line.push(header, each)
        assert answer.accepted.seq == header.before.seq + header.count
    print(json.dumps((begin, time.monotonic())))


def _to_bare(endpoint: Endpoint, address: str, batches: list[tuple[BatchHeader, tuple[bytes, ...]]]) -> None:
    with httpx.Client(verify=pinned(endpoint.ca_pem), trust_env=False, timeout=60) as client:
        client.post(f"{address}/", content=_nothing())
        _when_told()
        begin = time.monotonic()
        for header, each in batches:
            # Packed while the clock runs, as the till does it: what is compared is the other end.
            client.post(f"{address}/", content=pack(Batch(header, each))).raise_for_status()
        print(json.dumps((begin, time.monotonic())))


def _nothing() -> bytes:
    return pack(Batch(BatchHeader("till", 1, GENESIS, 0), ()))


def _when_told() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


if __name__ == "__main__":
    main()
