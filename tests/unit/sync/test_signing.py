"""Signed requests: altered ones, old ones and those of strangers are refused."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.signing import WINDOW_MS, KeyId, Signed, sign_request, verify_request

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
WHO = KeyId("till-1", 2)
NOW = 1_795_350_791_000
TARGET = "/v1/feed?after=7&epoch=e"


def signed(body: bytes = b"") -> dict[str, str]:
    return sign_request("POST", TARGET, body, key_id=WHO, sign=KEY.sign, now_ms=NOW, nonce="n1")


def check(headers: dict[str, str], body: bytes = b"", *, method: str = "POST", target: str = TARGET, now: int = NOW,
          key: bytes | None = PUBLIC) -> Signed:  # fmt: skip
    return verify_request(method, target, headers, body, find_key=lambda _: key, now_ms=now)


def test_a_signed_request_names_its_till() -> None:
    found = check({name.lower(): value for name, value in signed(b"body").items()}, b"body")
    assert found == Signed(WHO, "n1", NOW)
    assert KeyId.parse(str(WHO)) == WHO


@pytest.mark.parametrize(
    "changed",
    [
        {"body": b"Body"},
        {"method": "PUT"},
        {"target": TARGET.replace("7", "8")},
        {"key": None},
        {"headers": {}},
    ],
    ids=["body", "method", "target", "key", "no signature"],
)
def test_what_is_altered_is_refused(changed: dict[str, Any]) -> None:
    sent = {"headers": signed(b"body"), "body": b"body"} | changed
    with pytest.raises(RefusedError) as refused:
        check(**sent)
    assert refused.value.code is Refusal.SIGNATURE


def test_another_time_is_told() -> None:
    headers = signed()
    for now in (NOW - WINDOW_MS - 1_000, NOW + WINDOW_MS + 1_000):
        with pytest.raises(RefusedError) as refused:
            check(headers, now=now)
        assert refused.value.code is Refusal.CLOCK
        assert refused.value.problem.server_ms == now
