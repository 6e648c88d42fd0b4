"""Becoming a till of a head office: with a one-time code, and with nothing else known of it before."""

from __future__ import annotations

import re
from typing import Final, TypeVar

import msgspec

from sync.client.transport import MAX_ANSWER, NOT_VOUCHED, UnreachableError, Wire, pinned, unverified
from sync.protocol.chain import Head
from sync.protocol.enrolment import is_proof, offer_proof, parse_code, request_proof, stretch
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import Enrolled, EnrolmentOffer, EnrolmentRequest
from sync.protocol.version import HEADER, JSON, PREFIX, PROTOCOL

T = TypeVar("T")
DEFAULT_PORT: Final = 8443
_ADDRESS: Final = re.compile(r"(?:https://)?(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.\-]+)(?::(\d{1,5}))?/*")


class Applicant(msgspec.Struct, frozen=True):
    """Who wants to be taken in.

    Attributes:
        public_key: The till's own Ed25519 key.
        till: Its id, where it has worked alone so far; empty for a new one.
        number: Its number on receipts; 0 for a new one.
        head: Where its journal stands.
        incarnation: Which life that is.
        software: Its version.
    """

    public_key: bytes
    till: str = ""
    number: int = 0
    head: Head = Head(0, bytes(32))
    incarnation: int = 1
    software: str = ""


class TakenIn(msgspec.Struct, frozen=True):
    """What the till has to keep to be one of head office's.

    Attributes:
        address: Where it is.
        ca_pem: The only authority to trust.
        enrolled: Who the till is from now on.
    """

    address: str
    ca_pem: str
    enrolled: Enrolled


def read_address(typed: str) -> str | None:
    """An address as typed, as ``https://host:port``; None for what is none."""
    found = _ADDRESS.fullmatch(typed.strip())
    if found is None:
        return None
    port = int(found[2] or DEFAULT_PORT)
    return f"https://{found[1]}:{port}" if 0 < port < 1 << 16 else None


def enrol(address: str, code: str, applicant: Applicant) -> TakenIn:
    """Ask to be taken in.

    Args:
        address: As :func:`read_address` gives it.
        code: As typed.
        applicant: Who asks.

    Raises:
        RefusedError: ``sync.code`` (also where whoever answers cannot prove to know it) and whatever head office says.
        UnreachableError: No answer; ``sync.not_vouched`` where whoever answers the second question is not who
            answered the first, or speaks of something else.
    """
    parsed = parse_code(code)
    if parsed is None:
        raise RefusedError(Refusal.CODE, "this is no code")
    code_id, secret = parsed
    offer = _ask(Wire(address, unverified()), "GET", f"{PREFIX}/enrolments/{code_id}", EnrolmentOffer)
    key = stretch(secret, offer.salt)
    if not is_proof(offer_proof(key, offer.ca_pem), offer.proof):
        # A slip in the second half of the code, or somebody else's server: from here, both look alike.
        raise RefusedError(Refusal.CODE, "whoever answers does not know this code")
    request = EnrolmentRequest(
        code_id=code_id,
        public_key=applicant.public_key,
        proof=request_proof(key, applicant.public_key, applicant.till),
        till=applicant.till,
        number=applicant.number,
        head=applicant.head,
        incarnation=applicant.incarnation,
        software=applicant.software,
    )
    wire = Wire(address, pinned(offer.ca_pem))
    enrolled = _ask(wire, "POST", f"{PREFIX}/enrolments", Enrolled, msgspec.json.encode(request))
    return TakenIn(address, offer.ca_pem, enrolled)


def _ask(wire: Wire, method: str, target: str, kind: type[T], body: bytes = b"") -> T:
    headers = {HEADER: str(PROTOCOL)} | ({"Content-Type": JSON} if body else {})
    try:
        data = wire.ask(method, target, body, headers, limit=MAX_ANSWER)
    finally:
        wire.close()
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise UnreachableError(NOT_VOUCHED, f"whoever answers is no head office: {error}") from error
