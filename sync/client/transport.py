"""The till's requests as HTTP/1.1 over TLS: signed, bounded, and from one authority's servers only.

A :class:`Line` belongs to one thread and keeps one connection; another thread may :meth:`~Line.hang_up`, and whatever
waits for an answer then ends at once.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import secrets
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

import httpx
import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.client.events import FetchPage
from sync.protocol.batch import Batch, BatchHeader, pack
from sync.protocol.chain import receipt_statement
from sync.protocol.errors import Problem, Refusal, RefusedError
from sync.protocol.messages import (
    ChunkName,
    DayStatement,
    FeedPage,
    FeedRow,
    JournalAnswer,
    Manifest,
    RecoveredPage,
    SignedManifest,
    SpendAnswer,
    SpendRequest,
)
from sync.protocol.pages import MAX_PLAIN, unpack_chunk, unpack_page
from sync.protocol.signing import KeyId, sign_request
from sync.protocol.version import HEADER, JOURNAL, JSON, PREFIX, PROTOCOL

# A line in the log for every request would be most of the log.
logging.getLogger("httpx").setLevel(logging.WARNING)

T = TypeVar("T")
#: Bytes of an answer that is no page and no chunk.
MAX_ANSWER: Final = 8 << 20
CONNECT_S: Final = 5.0
READ_S: Final = 20.0
OFFLINE: Final = "sync.offline"
DAMAGED: Final = "sync.broken"
NOT_VOUCHED: Final = "sync.not_vouched"


class UnreachableError(Exception):
    """No answer, or none that can be used: it is not known what became of the request.

    Attributes:
        reason: Why, as a code.
    """

    def __init__(self, reason: str = OFFLINE, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason: Final = reason


class Endpoint(msgspec.Struct, frozen=True):
    """Where head office is, and who asks.

    Attributes:
        address: ``https://host:port``.
        ca_pem: The only authority that is trusted.
        office_key: With which head office signs heads and snapshots.
        key_id: The till in this life.
        software: The till's version.
    """

    address: str
    ca_pem: str
    office_key: bytes
    key_id: KeyId
    software: str


class Line:
    """Requests of one till."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        sign: Callable[[bytes], bytes],
        wall_ms: Callable[[], int],
        offset_ms: Callable[[], int] = lambda: 0,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            endpoint: Where to, and as whom.
            sign: Makes the till's Ed25519 signatures.
            wall_ms: The till's clock.
            offset_ms: What to add to it for head office's.
        """
        self._endpoint: Final = endpoint
        self._sign: Final = sign
        self._wall_ms: Final = wall_ms
        self._offset_ms: Final = offset_ms
        self._office: Final = Ed25519PublicKey.from_public_bytes(endpoint.office_key)
        self._http: Final = Wire(endpoint.address, pinned(endpoint.ca_pem))

    def push(self, header: BatchHeader, payloads: tuple[bytes, ...]) -> JournalAnswer:
        """Send records.

        Raises:
            RefusedError: Head office does not take them.
            UnreachableError: No answer, or one that it did not sign.
        """
        body = pack(Batch(header, payloads))
        data = self._ask("POST", f"{PREFIX}/journal", body=body, kind=JOURNAL)
        answer = _decoded(data, JournalAnswer)
        key_id = self._endpoint.key_id
        statement = receipt_statement(answer.epoch, key_id.till, key_id.incarnation, answer.accepted)
        self._check_office(answer.cosignature, statement)
        return answer

    def page(self, question: FetchPage) -> FeedPage:
        """Ask the feed; may be held open for ``wait_ms``. Raises as :meth:`push`."""
        query = {
            "epoch": question.cursor.epoch,
            "after": question.cursor.position,
            "limit": question.limit,
            "wait_ms": question.wait_ms,
        }
        read_s = READ_S + question.wait_ms / 1000
        data = self._ask("GET", f"{PREFIX}/feed", query=query, limit=MAX_PLAIN, read_s=read_s)
        return _undamaged(lambda: unpack_page(data))

    def manifest(self) -> Manifest:
        """What a snapshot consists of. Raises as :meth:`push`."""
        signed = _decoded(self._ask("GET", f"{PREFIX}/snapshot"), SignedManifest)
        self._check_office(signed.signature, signed.manifest)
        return _decoded(signed.manifest, Manifest)

    def chunk(self, name: ChunkName) -> tuple[FeedRow, ...]:
        """A piece of a snapshot. Raises as :meth:`push`."""
        data = self._ask("GET", f"{PREFIX}/snapshot/{name.sha256}", limit=min(name.size, MAX_PLAIN))
        return _undamaged(lambda: unpack_chunk(name, data))

    def recovered(self, after: int, limit: int) -> RecoveredPage:
        """Records of this till's former lives back. Raises as :meth:`push`."""
        query = {"after": after, "limit": limit}
        return _decoded(self._ask("GET", f"{PREFIX}/journal", query=query, limit=MAX_PLAIN), RecoveredPage)

    def day(self, first: int, last: int) -> DayStatement:
        """Head office's figures of a run of records. Raises as :meth:`push`."""
        return _decoded(self._ask("GET", f"{PREFIX}/days", query={"first": first, "last": last}), DayStatement)

    def authorise(self, request: SpendRequest) -> SpendAnswer:
        """Whether a member may spend something. Raises as :meth:`push`."""
        body = msgspec.json.encode(request)
        return _decoded(self._ask("POST", f"{PREFIX}/authorisations", body=body, kind=JSON), SpendAnswer)

    def hang_up(self) -> None:
        """End what is under way, and everything after it; from any thread."""
        self._http.hang_up()

    def close(self) -> None:
        """Let go of the connection; in the line's own thread."""
        self._http.close()

    def _ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: bytes = b"",
        kind: str = "",
        limit: int = MAX_ANSWER,
        read_s: float = READ_S,
    ) -> bytes:
        target = f"{path}?{urlencode(query)}" if query else path
        headers = sign_request(
            method,
            target,
            body,
            key_id=self._endpoint.key_id,
            sign=self._sign,
            now_ms=self._wall_ms() + self._offset_ms(),
            nonce=secrets.token_urlsafe(16),
        )
        headers[HEADER] = str(PROTOCOL)
        headers["User-Agent"] = f"guitai/{self._endpoint.software}"
        if kind:
            headers["Content-Type"] = kind
        return self._http.ask(method, target, body, headers, limit=limit, read_s=read_s)

    def _check_office(self, signature: bytes, data: bytes) -> None:
        try:
            self._office.verify(signature, data)
        except InvalidSignature as error:
            raise UnreachableError(NOT_VOUCHED, "not signed by the head office of this till") from error


class Wire:
    """Bytes there and back, with bounds; one connection that is kept.

    Attributes:
        address: ``https://host:port``.
    """

    def __init__(self, address: str, context: ssl.SSLContext) -> None:
        self.address: Final = address.rstrip("/")
        self._client: Final = httpx.Client(
            verify=context,
            trust_env=False,  # no proxy and no authority of the machine's
            follow_redirects=False,
            http2=False,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        )
        self._lock: Final = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_over = False

    def ask(
        self, method: str, target: str, body: bytes, headers: Mapping[str, str], *, limit: int, read_s: float = READ_S
    ) -> bytes:
        """One request.

        Args:
            method: In capitals.
            target: Path and query, exactly as it is signed.
            body: Empty for none.
            headers: Header fields.
            limit: Bytes of the answer, at most.
            read_s: Seconds until something comes, at most.

        Raises:
            RefusedError: An answer that is a refusal.
            UnreachableError: No answer, or one that is too long.
        """
        request = self._client.build_request(
            method,
            self.address + target,
            content=body if method == "POST" else None,
            headers={"Accept-Encoding": "identity", **headers},
            timeout=httpx.Timeout(READ_S, connect=CONNECT_S, read=read_s),
            extensions={"trace": self._trace},
        )
        if self._is_over:
            raise UnreachableError(OFFLINE, "hung up")
        try:
            response = self._client.send(request, stream=True)
            with contextlib.closing(response):
                data = _bounded(response, limit if response.is_success else MAX_ANSWER)
        except (httpx.HTTPError, OSError) as error:
            reason = NOT_VOUCHED if _is_other_authority(error) else OFFLINE
            raise UnreachableError(reason, f"{type(error).__name__}: {error}") from error
        if response.is_success:
            return data
        raise _refusal(response, data)

    def hang_up(self) -> None:
        """Cut the connection, from any thread; nothing is sent any more."""
        with self._lock:
            self._is_over = True
            open_socket = self._socket
        if open_socket is not None:
            with contextlib.suppress(OSError):
                # Not the TLS object's own: the thread that waits in it must find it as it was.
                socket.socket.shutdown(open_socket, socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        if event not in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            return
        with self._lock:
            self._socket = info["return_value"].get_extra_info("socket")
        if self._is_over:
            self.hang_up()


class TlsSocket(ssl.SSLSocket):
    """A socket of TLS that is closed, too, where the other side was gone before TLS began.

    The library asks one that is not connected for a last byte, and where that says more than this forgets it open.
    """

    def recv(self, *arguments: Any) -> bytes:
        """As every socket."""
        try:
            return super().recv(*arguments)
        except OSError as error:
            if error.errno not in (errno.ENOTCONN, errno.EINVAL) and self.version() is None:
                self.close()
            raise


def pinned(ca_pem: str) -> ssl.SSLContext:
    """TLS that trusts one authority and no other.

    Raises:
        UnreachableError: ``sync.not_vouched``: it is no certificate.
    """
    try:
        context = ssl.create_default_context(cadata=ca_pem)
    except (ssl.SSLError, ValueError) as error:
        raise UnreachableError(NOT_VOUCHED, "the authority cannot be read") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = TlsSocket
    return context


def unverified() -> ssl.SSLContext:
    """TLS with anybody: only for the first question, whose answer proves itself."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.sslsocket_class = TlsSocket
    return context


def _bounded(response: httpx.Response, limit: int) -> bytes:
    parts, size = [], 0
    for part in response.iter_raw():
        size += len(part)
        if size > limit:
            raise UnreachableError(DAMAGED, "the answer is longer than it may be")
        parts.append(part)
    return b"".join(parts)


def _refusal(response: httpx.Response, data: bytes) -> RefusedError:
    """An answer that is none: head office's own words, or what whoever stands between says by its status."""
    try:
        problem = msgspec.json.decode(data, type=Problem)
    except msgspec.DecodeError:
        problem = Problem("", f"status {response.status_code}")
    try:
        code = Refusal(problem.code)
    except ValueError:
        code = Refusal.BUSY if response.status_code in (429, 503) else Refusal.BROKEN
    after = response.headers.get("Retry-After", "")
    waits = int(after) * 1000 if after.isascii() and after.isdigit() and len(after) < 6 else 0
    refused = RefusedError(code, problem.detail)
    refused.problem = msgspec.structs.replace(
        problem, code=code.value, retry_after_ms=max(problem.retry_after_ms, waits)
    )
    return refused


def _is_other_authority(error: BaseException) -> bool:
    """Whether somebody else answered: TLS ends with a certificate that the pinned authority did not sign."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _decoded(data: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise UnreachableError(DAMAGED, f"the answer cannot be read: {error}") from error


def _undamaged(read: Callable[[], T]) -> T:
    try:
        return read()
    except RefusedError as error:
        raise UnreachableError(DAMAGED, str(error)) from error
