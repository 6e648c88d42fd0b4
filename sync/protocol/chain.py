"""The journal's hash chain, for both ends; the same as ``pos_app.domain.ledger.journal`` (a test says so)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

HASH_TAG: Final = b"guitai/journal/1\x00"
GENESIS_HASH: Final = bytes(32)
HASH_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64


class Head(msgspec.Struct, frozen=True):
    """Where a journal stands: the last record's place and hash; place 0 and zeros before the first."""

    seq: int
    hash: bytes


GENESIS: Final = Head(0, GENESIS_HASH)


def record_hash(prev_hash: bytes, payload: bytes) -> bytes:
    """The hash of a record in its chain."""
    return hashlib.sha256(HASH_TAG + prev_hash + payload).digest()


def hashes(prev_hash: bytes, payloads: Iterable[bytes]) -> Sequence[bytes]:
    """The hash of each record of a run, in order."""
    found: list[bytes] = []
    last = prev_hash
    for payload in payloads:
        last = record_hash(last, payload)
        found.append(last)
    return found


def receipt_statement(epoch: str, till: str, incarnation: int, head: Head) -> bytes:
    """The exact bytes that head office signs when it has a journal durably up to a head (the co-signature)."""
    return (
        b"\x00".join(
            (b"guitai/co-signed/1", epoch.encode(), till.encode(), str(incarnation).encode(), str(head.seq).encode())
        )
        + b"\x00"
        + head.hash
    )
