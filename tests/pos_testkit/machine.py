"""A till without books behind it, at a head office that runs."""

from __future__ import annotations

import time

import httpx
from pos_testkit.published_office import PublishedOffice
from pos_testkit.wire_till import WireTill

from sync.client.enrolling import Applicant, enrol
from sync.client.transport import Endpoint, Line, pinned
from sync.protocol.signing import KeyId
from sync.protocol.version import JOURNAL


class Machine:
    """A till without books behind it, taken in by a head office that runs."""

    def __init__(self, office: PublishedOffice) -> None:
        self.till = WireTill()
        taken = enrol(office.address, office.code(), Applicant(self.till.public_key))
        self.till.till = taken.enrolled.till
        self.ca_pem = taken.ca_pem
        endpoint = Endpoint(office.address, taken.ca_pem, taken.enrolled.key, KeyId(self.till.till, 1), "1.0")
        self.line = Line(endpoint, sign=self.till.key.sign, wall_ms=wall_ms)
        self.http = httpx.Client(verify=pinned(taken.ca_pem), base_url=office.address, timeout=20)

    def push(self, after: int = 0) -> None:
        batch = self.till.batch(after)
        assert self.line.push(batch.header, batch.payloads).accepted == self.till.head

    def send(self, method: str, target: str, body: bytes, kind: str = JOURNAL) -> httpx.Response:
        headers = self.till.headers(method, target, body, wall_ms())
        return self.http.request(method, target, content=body or None, headers={**headers, "Content-Type": kind})

    def close(self) -> None:
        self.line.close()
        self.http.close()


def wall_ms() -> int:
    return time.time_ns() // 1_000_000
