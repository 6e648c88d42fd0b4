"""A till as head office sees it: a key, a chain of payloads, batches and signed requests. No books behind it."""

from __future__ import annotations

import itertools
import json
import uuid

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.batch import Acknowledged, Batch, BatchHeader, PersonRow
from sync.protocol.chain import GENESIS, Head, hashes
from sync.protocol.signing import KeyId, sign_request

_numbers = itertools.count(1)


class WireTill:
    """Makes what a till sends.

    Attributes:
        till: Its id.
        incarnation: Which life it is in.
        key: Its key.
        payloads: Its journal.
    """

    def __init__(self, till: str = "till-1", incarnation: int = 1, key: Ed25519PrivateKey | None = None) -> None:
        self.till = till
        self.incarnation = incarnation
        self.key = key or Ed25519PrivateKey.generate()
        self.payloads: list[bytes] = []
        self._heads: list[Head] = [GENESIS]

    @property
    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    @property
    def head(self) -> Head:
        return self._heads[-1]

    def head_at(self, seq: int) -> Head:
        return self._heads[seq]

    def write(self, count: int = 1, text: str = "") -> None:
        """Add records; each says something else than every other ever made."""
        made = [json.dumps({"n": next(_numbers), "id": str(uuid.uuid4()), "text": text}).encode() for _ in range(count)]
        self.write_payloads(*made)

    def write_payloads(self, *payloads: bytes) -> None:
        for payload, digest in zip(payloads, hashes(self.head.hash, payloads), strict=True):
            self.payloads.append(payload)
            self._heads.append(Head(self.head.seq + 1, digest))

    def copy(self, *, back_to: int | None = None, incarnation: int | None = None) -> WireTill:
        """The same disk again, perhaps of an earlier hour, perhaps as a new life."""
        other = WireTill(self.till, incarnation or self.incarnation, self.key)
        other.payloads = self.payloads[:back_to]
        other._heads = self._heads[: None if back_to is None else back_to + 1]
        return other

    def batch(
        self,
        after: int = 0,
        count: int | None = None,
        *,
        people: tuple[PersonRow, ...] = (),
        acknowledged: Acknowledged | None = None,
        sent_ms: int = 0,
        waiting: int = 0,
    ) -> Batch:
        """Records behind one."""
        payloads = tuple(self.payloads[after : None if count is None else after + count])
        last = self._heads[after + len(payloads)]
        signature = self.key.sign(last.hash) if payloads else b""
        header = BatchHeader(
            self.till,
            self.incarnation,
            self._heads[after],
            len(payloads),
            signature,
            people,
            acknowledged,
            sent_ms=sent_ms,
            waiting=waiting,
        )
        return Batch(header, payloads)

    def headers(self, method: str, target: str, body: bytes, now_ms: int, *, nonce: str = "") -> dict[str, str]:
        """The fields that sign a request."""
        return sign_request(
            method,
            target,
            body,
            key_id=KeyId(self.till, self.incarnation),
            sign=self.key.sign,
            now_ms=now_ms,
            nonce=nonce or uuid.uuid4().hex,
        )
