"""Feed pages and snapshot chunks as bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
import zstandard

from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import ChunkName, FeedPage, FeedRow

LEVEL: Final = 3
#: What a page or a chunk may unpack to.
MAX_PLAIN: Final = 64 << 20
#: Rows in a chunk of a snapshot.
CHUNK_ROWS: Final = 10_000
_ROWS: Final = msgspec.json.Decoder(tuple[FeedRow, ...])
_PAGE: Final = msgspec.json.Decoder(FeedPage)


def page_checksum(rows: Iterable[FeedRow]) -> bytes:
    """SHA-256 over a page's rows."""
    digest = hashlib.sha256()
    for row in rows:
        body = bytes(row.body)
        digest.update(f"{row.kind}\x00{row.key}\x00{len(body)}\x00".encode())
        digest.update(body)
    return digest.digest()


def pack_page(page: FeedPage) -> bytes:
    """A page with its checksum, compressed."""
    whole = msgspec.structs.replace(page, checksum=page_checksum(page.rows))
    return zstandard.ZstdCompressor(level=LEVEL).compress(msgspec.json.encode(whole))


def unpack_page(data: bytes) -> FeedPage:
    """Read a page.

    Raises:
        RefusedError: ``sync.bad_request`` when it is damaged.
    """
    try:
        page = _PAGE.decode(_plain(data))
    except msgspec.DecodeError as error:
        raise RefusedError(Refusal.BAD_REQUEST, f"the page cannot be read: {error}") from error
    if page.checksum != page_checksum(page.rows):
        raise RefusedError(Refusal.BAD_REQUEST, "the page's checksum is wrong")
    return page


def pack_chunk(rows: Sequence[FeedRow]) -> tuple[ChunkName, bytes]:
    """A chunk and its name."""
    plain = msgspec.json.encode(rows)
    data = zstandard.ZstdCompressor(level=LEVEL).compress(plain)
    return ChunkName(hashlib.sha256(data).hexdigest(), len(rows), len(data), len(plain)), data


def unpack_chunk(name: ChunkName, data: bytes) -> tuple[FeedRow, ...]:
    """Read a chunk.

    Raises:
        RefusedError: ``sync.bad_request`` when it is not the one that was named.
    """
    if hashlib.sha256(data).hexdigest() != name.sha256:
        raise RefusedError(Refusal.BAD_REQUEST, "the chunk is not the one that was asked for")
    try:
        rows = _ROWS.decode(_plain(data))
    except msgspec.DecodeError as error:
        raise RefusedError(Refusal.BAD_REQUEST, f"the chunk cannot be read: {error}") from error
    if len(rows) != name.rows:
        raise RefusedError(Refusal.BAD_REQUEST, "the chunk has another number of rows than it says")
    return rows


def _plain(data: bytes) -> bytes:
    try:
        frame = zstandard.get_frame_parameters(data)
        if not 0 <= frame.content_size <= MAX_PLAIN:
            raise RefusedError(Refusal.TOO_LARGE, "it unpacks to more than it may")
        return zstandard.ZstdDecompressor().decompress(data, max_output_size=MAX_PLAIN)
    except zstandard.ZstdError as error:
        raise RefusedError(Refusal.BAD_REQUEST, f"it cannot be unpacked: {error}") from error
