"""A TLS server on this machine that answers as it is told, with an authority of its own."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sync.client.transport import TlsSocket

_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])


@dataclass
class Asked:
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    peer: tuple[str, int]


@dataclass
class Said:
    """An answer. A length that is more than the body cuts it short."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None


@dataclass
class Loopback:
    """A running server."""

    address: str
    ca_pem: str
    asked: list[Asked]


def authority(folder: Path) -> tuple[str, ssl.SSLContext]:
    """An authority, and a server's TLS with a certificate of it for this machine."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    now = dt.datetime.now(dt.UTC)

    def certificate(public: ec.EllipticCurvePublicKey, *, is_authority: bool) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test" if is_authority else "127.0.0.1")])
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_NAME)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=2))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        )
        if not is_authority:
            names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(ca_key, hashes.SHA256())

    ca_pem = certificate(ca_key.public_key(), is_authority=True).public_bytes(serialization.Encoding.PEM).decode()
    chain, secret = folder / "server.pem", folder / "server.key"
    chain.write_bytes(certificate(key.public_key(), is_authority=False).public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, secret)
    context.sslsocket_class = TlsSocket  # a client may be gone before TLS begins
    return ca_pem, context


@contextlib.contextmanager
def loopback(answer: Callable[[Asked], Said]) -> Iterator[Loopback]:
    """Serve on a free port until the block ends."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            request = Asked(self.command, self.path, dict(self.headers.items()), body, self.client_address[:2])
            asked.append(request)
            said = answer(request)
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body) if said.length is None else said.length))
            self.end_headers()
            self.wfile.write(said.body)
            self.close_connection = said.length is not None

        do_GET = do_POST = _serve  # noqa: N815 - names that the library calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is what some tests are about."""

    with tempfile.TemporaryDirectory() as folder:
        ca_pem, context = authority(Path(folder))
        with Server(("127.0.0.1", 0), Handler) as server:
            server.socket = context.wrap_socket(server.socket, server_side=True)
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
            thread.start()
            try:
                yield Loopback(f"https://127.0.0.1:{server.server_address[1]}", ca_pem, asked)
            finally:
                server.shutdown()
                thread.join()
