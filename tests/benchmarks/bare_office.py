"""The least that could take the same bytes: an ASGI handler that unpacks them and COPYs one row a record, durably.

No signatures, no chain, no answer that means anything: what the network, TLS, the server and PostgreSQL cost by
themselves.
"""

from __future__ import annotations

import struct
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import zstandard
from granian.constants import HTTPModes, Interfaces
from granian.server import Server

TABLE = "CREATE TABLE bare (id bigserial PRIMARY KEY, payload bytea NOT NULL)"
_U32 = struct.Struct("<I")


class Bare:
    """The handler."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._pool = ThreadPoolExecutor(4)
        self._connections: dict[int, psycopg.Connection[Any]] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI."""
        import asyncio

        if scope["type"] != "http":
            await send({"type": f"{(await receive())['type']}.complete"})
            return
        parts: list[bytes] = []
        more = True
        while more:
            message = await receive()
            parts.append(message.get("body", b""))
            more = message.get("more_body", False)
        await asyncio.get_running_loop().run_in_executor(self._pool, self._store, b"".join(parts))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    def _store(self, body: bytes) -> None:
        import threading

        me = threading.get_ident()
        connection = self._connections.get(me)
        if connection is None:
            connection = self._connections[me] = psycopg.connect(self._dsn)
        (header,) = _U32.unpack_from(body, 4)
        plain = zstandard.ZstdDecompressor().decompress(body[8 + header :])
        (ids,) = _U32.unpack_from(plain, 0)
        place = 4 + 16 * ids
        with connection.cursor() as cursor, cursor.copy("COPY bare (payload) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["bytea"])
            while place < len(plain):
                (size,) = _U32.unpack_from(plain, place)
                copy.write_row((plain[place + 4 : place + 4 + size],))
                place += 4 + size
        connection.commit()


def main() -> None:
    """``python -m benchmarks.bare_office DSN PORT CERTIFICATE KEY``: serve until killed."""
    dsn, port, certificate, key = sys.argv[1:]
    from pathlib import Path

    Server(
        "benchmarks.bare_office:application",
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.ASGI,
        workers=1,
        http=HTTPModes.http1,
        websockets=False,
        ssl_cert=Path(certificate),
        ssl_key=Path(key),
        log_enabled=False,
    ).serve(target_loader=lambda *_: Bare(dsn), wrap_loader=False)


if __name__ == "__main__":
    main()
