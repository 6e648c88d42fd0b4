"""Signed requests (RFC 9421, Ed25519): method, path, query and the body's digest, with a time and a number used once.

The authority is not signed: a head office behind a proxy sees another one than the till.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidSignature as WrongSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    algorithms,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from sync.protocol.errors import Refusal, RefusedError

#: Separates these signatures from every other the key makes.
TAG: Final = "guitai-sync-1"
COVERED: Final = ("@method", "@path", "@query")
#: A request is taken this long before and after the time it was signed at.
WINDOW_MS: Final = 5 * 60 * 1000
_LABEL: Final = "till"
_FOR_EVER: Final = dt.timedelta(days=36_500)


class KeyId(msgspec.Struct, frozen=True):
    """Whose key signs: a till in one of its lives."""

    till: str
    incarnation: int

    def __str__(self) -> str:
        return f"{self.till}/{self.incarnation}"

    @staticmethod
    def parse(text: str) -> KeyId | None:
        """The other way round; None for anything else."""
        till, slash, incarnation = text.rpartition("/")
        if not (slash and till and incarnation.isascii() and incarnation.isdigit() and len(incarnation) < 10):
            return None
        return KeyId(till, int(incarnation))


@dataclass(frozen=True, slots=True)
class _Message:
    """What the library looks at."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


class Signed(msgspec.Struct, frozen=True):
    """A request whose signature is right.

    Attributes:
        key_id: Whose key it was.
        nonce: Used once; whoever takes the request remembers it for as long as the window.
        created_ms: When it was signed, to the second.
    """

    key_id: KeyId
    nonce: str
    created_ms: int


def sign_request(
    method: str,
    target: str,
    body: bytes,
    *,
    key_id: KeyId,
    sign: Callable[[bytes], bytes],
    now_ms: int,
    nonce: str,
) -> dict[str, str]:
    """The header fields that make a request a signed one.

    Args:
        method: In capitals.
        target: Path and query, as they are sent.
        body: As it is sent; empty for none.
        key_id: Whose key.
        sign: Makes an Ed25519 signature of 64 bytes.
        now_ms: By the server's clock, as far as it is known.
        nonce: Random.
    """
    message = _Message(method, "https://head-office.example.com" + target)
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519)
    prepared = signer.prepare(
        message,
        key_id=str(key_id),
        created=dt.datetime.fromtimestamp(now_ms / 1000, tz=dt.UTC),
        nonce=nonce,
        label=_LABEL,
        tag=TAG,
        covered_component_ids=COVERED,
        body=body,
    )
    signer.apply(message, prepared, sign(prepared.signature_base))
    return dict(message.headers)


class _Keys(HTTPSignatureKeyResolver):
    """Finds the key that a request names."""

    def __init__(self, find: Callable[[KeyId], bytes | None]) -> None:
        self._find = find

    def resolve_public_key(self, key_id: str) -> Any:
        named = KeyId.parse(key_id)
        raw = None if named is None else self._find(named)
        return None if raw is None else Ed25519PublicKey.from_public_bytes(raw)

    def resolve_private_key(self, key_id: str) -> Any:
        raise NotImplementedError("head office has no till's private key")


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = _FOR_EVER  # times are looked at below, by the clock that is handed in


def verify_request(
    method: str,
    target: str,
    headers: Mapping[str, str],
    body: bytes | None,
    *,
    find_key: Callable[[KeyId], bytes | None],
    now_ms: int | None,
) -> Signed:
    """Check a request.

    Args:
        method: In capitals.
        target: Path and query, as they came.
        headers: Header fields; names in any case.
        body: As it came; None where it has not come yet: then only what was said of it is checked.
        find_key: The public key of a till's life; None for one that is unknown.
        now_ms: The server's clock; None where it does not matter yet when it was signed.

    Raises:
        RefusedError: ``sync.signature`` or ``sync.clock``.
    """
    message = _Message(method, "https://head-office.example.com" + target, dict(headers))
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=_Keys(find_key))
    try:
        (result,) = verifier.verify(
            message, max_age=None, expect_tag=TAG, require_components=(*COVERED, "content-digest"), body=body
        )
        key_id, created = KeyId.parse(str(result.parameters["keyid"])), int(result.parameters["created"])
    except (InvalidSignature, HTTPMessageSignaturesException, WrongSignature, ValueError, KeyError) as error:
        raise RefusedError(Refusal.SIGNATURE, "the request is not signed by a till that is known") from error
    if key_id is None or not result.nonce:
        raise RefusedError(Refusal.SIGNATURE, "the signature names no till or has no nonce")
    if now_ms is not None and abs(created * 1000 - now_ms) > WINDOW_MS:
        raise RefusedError(Refusal.CLOCK, "signed at another time than it is here", server_ms=now_ms)
    return Signed(key_id, result.nonce, created * 1000)
