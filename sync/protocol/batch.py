"""A batch of journal records as bytes: ids apart, compressed, and read with bounds that a hostile body cannot cross.

The payloads are JSON in which long ids (UUIDs as text) are the only part that does not compress. They are taken out
into a table of sixteen bytes each and replaced by a mark: ``0x01`` for the next new id, ``0x02`` and a distance for
one that came before. JSON never contains these bytes, so the way back is exact. Layout::

    "GJB1" | header length (u32) | header (JSON) | zstd( id count (u32) | ids | for each payload: length (u32), bytes )

A record's hash follows from the record before, and one signature (of the last record) vouches for all before it, so
neither hashes nor the other signatures travel: they are random and would be half of the wire.
"""

from __future__ import annotations

import re
import struct
from typing import Final

import msgspec
import zstandard

from sync.protocol.chain import HASH_BYTES, SIGNATURE_BYTES, Head
from sync.protocol.errors import Refusal, RefusedError

MAGIC: Final = b"GJB1"
#: Records in a batch.
MAX_RECORDS: Final = 500
#: Of a request's body, and of what it unpacks to.
MAX_WIRE: Final = 4 << 20
MAX_PLAIN: Final = 32 << 20
MAX_HEADER: Final = 1 << 20
LEVEL: Final = 9
_ID_TEXT: Final = 36
#: From its first hyphen on, since a literal is found three times as fast as a class of characters; the eight digits
#: before it are looked back at.
_UUID_TAIL: Final = re.compile(rb"(?<=[0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_U32: Final = struct.Struct("<I")


class PersonRow(msgspec.Struct, frozen=True):
    """Personal data that belongs to a record of the batch; it never stands in the journal itself.

    Attributes:
        seq: The record (a member was captured, changed or imported).
        person: The member, as ``pos_app.domain.member.Member`` in canonical JSON.
    """

    seq: int
    person: msgspec.Raw


class Acknowledged(msgspec.Struct, frozen=True):
    """The last thing head office signed for: by it head office notices that it was restored from a backup."""

    epoch: str
    head: Head
    cosignature: bytes


class BatchHeader(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is said of a batch.

    Attributes:
        till: Whose.
        incarnation: Which life of the till.
        before: The head before the first record of the batch.
        count: How many records there are; 0 asks only where head office stands.
        signature: The till's signature of the last record's hash; empty for no records.
        people: Personal data that belongs to the records.
        acknowledged: What head office signed last; None before the first time.
        sent_ms: The till's wall clock, which head office compares with its own.
        waiting: How many records are left at the till after these.
        software: The till's version.
    """

    till: str
    incarnation: int
    before: Head
    count: int
    signature: bytes = b""
    people: tuple[PersonRow, ...] = ()
    acknowledged: Acknowledged | None = None
    sent_ms: int = 0
    waiting: int = 0
    software: str = ""


class Batch(msgspec.Struct, frozen=True):
    """A header and its records' payloads."""

    header: BatchHeader
    payloads: tuple[bytes, ...]


def pack(batch: Batch, *, level: int = LEVEL) -> bytes:
    """A batch as bytes."""
    ids: dict[bytes, int] = {}
    texts = [_without_ids(payload, ids) for payload in batch.payloads]
    parts = [_U32.pack(len(ids)), bytes.fromhex(b"".join(ids).replace(b"-", b"").decode())]
    for text in texts:
        parts += (_U32.pack(len(text)), text)
    header = msgspec.json.encode(batch.header)
    packed = zstandard.ZstdCompressor(level=level).compress(b"".join(parts))
    return b"".join((MAGIC, _U32.pack(len(header)), header, packed))


def _without_ids(payload: bytes, ids: dict[bytes, int]) -> bytes:
    """A payload with marks for its ids; the table learns those that are new."""
    parts: list[bytes] = []
    done = 0
    for found in _UUID_TAIL.finditer(payload):
        begin, end = found.start() - 8, found.end()
        if begin < done:
            continue  # its first digits are the last ones of the id before
        text = payload[begin:end]
        place = ids.get(text)
        if place is None:
            ids[text] = len(ids)
            mark = b"\x01"
        else:
            mark = b"\x02" + _varint(len(ids) - place)
        parts += (payload[done:begin], mark)
        done = end
    parts.append(payload[done:])
    return b"".join(parts)


def unpack_header(data: bytes) -> tuple[BatchHeader, int]:
    """The header, and where the records begin.

    Raises:
        RefusedError: ``sync.bad_request`` or ``sync.too_large``.
    """
    if len(data) > MAX_WIRE:
        raise RefusedError(Refusal.TOO_LARGE, "the body is larger than a batch may be")
    if data[:4] != MAGIC or len(data) < 8:
        raise RefusedError(Refusal.BAD_REQUEST, "this is no batch of journal records")
    (size,) = _U32.unpack_from(data, 4)
    if size > MAX_HEADER or 8 + size > len(data):
        raise RefusedError(Refusal.BAD_REQUEST, "the header is too long")
    try:
        header = msgspec.json.decode(data[8 : 8 + size], type=BatchHeader)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError(Refusal.BAD_REQUEST, f"the header cannot be read: {error}") from error
    _check(header)
    return header, 8 + size


def unpack(data: bytes) -> Batch:
    """Read a batch.

    Raises:
        RefusedError: ``sync.bad_request`` or ``sync.too_large``.
    """
    header, place = unpack_header(data)
    try:
        # The size in the frame is checked before anything is unpacked.
        frame = zstandard.get_frame_parameters(data[place:])
        if not 0 <= frame.content_size <= MAX_PLAIN:
            raise RefusedError(Refusal.TOO_LARGE, "the batch unpacks to more than it may")
        plain = zstandard.ZstdDecompressor().decompress(data[place:], max_output_size=MAX_PLAIN)
    except zstandard.ZstdError as error:
        raise RefusedError(Refusal.BAD_REQUEST, f"the records cannot be unpacked: {error}") from error
    try:
        return Batch(header, _payloads(plain, header.count))
    except (IndexError, struct.error) as error:
        raise RefusedError(Refusal.BAD_REQUEST, "the records end in the middle") from error


def _check(header: BatchHeader) -> None:
    if not (header.till and len(header.till) <= 64 and header.incarnation >= 1 and header.before.seq >= 0):
        raise RefusedError(Refusal.BAD_REQUEST, "the header names no till")
    if not 0 <= header.count <= MAX_RECORDS:
        raise RefusedError(Refusal.TOO_LARGE, f"a batch has at most {MAX_RECORDS} records")
    if len(header.before.hash) != HASH_BYTES or len(header.signature) != (SIGNATURE_BYTES if header.count else 0):
        raise RefusedError(Refusal.BAD_REQUEST, "a hash or signature has the wrong length")
    first, last = header.before.seq + 1, header.before.seq + header.count
    if any(not first <= row.seq <= last for row in header.people):
        raise RefusedError(Refusal.BAD_REQUEST, "personal data belongs to no record of the batch")


def _payloads(plain: bytes, count: int) -> tuple[bytes, ...]:
    (known,) = _U32.unpack_from(plain, 0)
    place = 4 + 16 * known
    if place > len(plain):
        raise IndexError
    if known * _ID_TEXT > MAX_PLAIN:
        raise RefusedError(Refusal.TOO_LARGE, "there are more ids than a batch can have")
    ids = [_text(plain[at : at + 16]) for at in range(4, place, 16)]
    # Two bytes stand for thirty-six: what comes of them is bounded as well, before it is put together.
    seen, room = 0, (MAX_PLAIN - len(plain)) // _ID_TEXT
    payloads: list[bytes] = []
    for _ in range(count):
        (size,) = _U32.unpack_from(plain, place)
        place += 4 + size
        if place > len(plain):
            raise IndexError
        payload, seen, used = _with_ids(plain[place - size : place], ids, seen, room)
        payloads.append(payload)
        room -= used
    if place != len(plain) or seen != known:
        raise IndexError
    return tuple(payloads)


def _with_ids(text: bytes, ids: list[bytes], seen: int, room: int) -> tuple[bytes, int, int]:
    """A payload with its ids in their places.

    Searched mark by mark, as bytes are found much faster than a pattern is matched.

    Args:
        text: As it came.
        ids: The batch's table.
        seen: How many of the table's ids came before.
        room: How many ids may be put in.

    Returns:
        The payload; how many of the table's ids have come by now; how many ids were put in.
    """
    parts: list[bytes] = []
    done, used = 0, 0
    new, known = text.find(1), text.find(2)
    while new >= 0 or known >= 0:
        if used == room:
            raise RefusedError(Refusal.TOO_LARGE, "the records unpack to more than they may")
        used += 1
        if known < 0 or 0 <= new < known:
            parts += (text[done:new], ids[seen])
            seen += 1
            done = new + 1
            new = text.find(1, done)
            continue
        end = known + 1
        while text[end] & 0x80:
            end += 1
        end += 1
        back = seen - _from_varint(text[known + 1 : end])
        if not 0 <= back < seen:
            raise IndexError
        parts += (text[done:known], ids[back])
        done = end
        known = text.find(2, done)
        if 0 <= new < done:  # it was a part of the distance
            new = text.find(1, done)
    parts.append(text[done:])
    return b"".join(parts), seen, used


def _text(raw: bytes) -> bytes:
    digits = raw.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}".encode()


def _varint(number: int) -> bytes:
    """Seven bits a byte, most significant first; all but the last have the high bit."""
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(number & 0x7F | 0x80)
    return bytes(reversed(parts))


def _from_varint(data: bytes) -> int:
    if len(data) > 4:
        raise IndexError
    number = 0
    for each in data:
        number = number << 7 | each & 0x7F
    return number
