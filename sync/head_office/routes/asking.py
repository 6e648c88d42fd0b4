"""What all routes share: the body within its bounds, and who asks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from litestar import Request
from litestar.di import NamedDependency
from litestar.exceptions import InternalServerException
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from sync.head_office.context import Office
from sync.head_office.gate import Caller
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.signing import KeyId
from sync.protocol.version import HEADER, JOURNAL, PROTOCOL

#: A body that does not come is not waited for longer.
_BODY_S: Final = 30.0
#: Of everything but a batch.
SMALL_BODY: Final = 256 << 10


async def _body_of(request: Request[Any, Any, Any], office: Office, sender: KeyId | None) -> bytes:
    """The body: at most what the route allows, in a reasonable time, and not too many in memory at once.

    Of strangers nothing is kept while it comes: whoever sends half a request takes nobody's place.

    Raises:
        RefusedError: ``sync.bad_request``, ``sync.busy``, ``sync.signature``.
    """
    try:
        if sender is None:
            async with asyncio.timeout(_BODY_S):
                async for _ in request.stream():
                    pass
            raise RefusedError(Refusal.SIGNATURE, "the request is not signed by a till that is known")
        async with office.bodies.of(sender.till), asyncio.timeout(_BODY_S):
            return await request.body()
    except (TimeoutError, InternalServerException) as error:  # the latter: whoever asked hung up
        raise RefusedError(Refusal.BAD_REQUEST, "the body did not come") from error


class Asked(msgspec.Struct, frozen=True):
    """A request that is here in full; who it is of has not been looked at.

    Attributes:
        method: In capitals.
        target: Path and query as they came.
        headers: Header fields.
        body: As it came.
    """

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


async def asked_of(request: Request[Any, Any, Any], office: NamedDependency[Office]) -> Asked:
    """What is asked, in full. Whoever takes it has the gate check it.

    Raises:
        RefusedError: ``sync.too_new``, ``sync.bad_request``, ``sync.busy``, ``sync.signature``.
    """
    version = request.headers.get(HEADER, str(PROTOCOL))
    if version.isascii() and version.isdigit() and int(version[:9]) > PROTOCOL:
        raise RefusedError(Refusal.TOO_NEW, f"version {PROTOCOL} of the wire is spoken here")
    headers = dict(request.headers.items())
    method, target = str(request.method), _target(request)
    if method == "GET":
        body = await request.body()
    else:
        sender = await office.threads.run(office.gate.sender, method, target, headers)
        body = await _body_of(request, office, sender)
    return Asked(method, target, headers, body)


async def caller_of(asked: NamedDependency[Asked], office: NamedDependency[Office]) -> Caller:
    """The till that asks, in service and with a signature of its own.

    Raises:
        RefusedError: As ``Gate.check``.
    """
    now_ms = office.now_ms()
    return await office.threads.run(office.gate.check, asked.method, asked.target, asked.headers, asked.body, now_ms)


async def living_caller(caller: NamedDependency[Caller]) -> Caller:
    """The till that asks, in a life that goes on.

    Raises:
        RefusedError: ``sync.fenced``, ``sync.fork``.
    """
    if caller.fenced:
        code = Refusal.FORK if caller.fenced == "fork" else Refusal.FENCED
        raise RefusedError(code, "this life of the till is over")
    return caller


def _target(request: Request[Any, Any, Any]) -> str:
    """Path and query as they came."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    path = raw.partition(b"?")[0].decode("latin-1")
    query = request.scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


@dataclass
class BatchOperation(Operation):
    """Describes a body that is a batch."""

    def __post_init__(self) -> None:
        """Name the kind of body."""
        binary = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        described = "A batch of journal records: sync/protocol/batch.py"
        self.request_body = RequestBody({JOURNAL: OpenAPIMediaType(schema=binary)}, described, required=True)
