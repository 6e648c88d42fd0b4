"""Records of a till in a file, for when the line will not come back: the batches that would have travelled.

Layout: ``"GJX1"``, then for each batch its length (u32) and its bytes (``batch.py``). Head office takes each as if it
had come over the line; a file that is cut gives all whole batches before the cut.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from sync.protocol.batch import MAX_WIRE
from sync.protocol.errors import Refusal, RefusedError

MAGIC: Final = b"GJX1"
_U32: Final = struct.Struct("<I")


def write_export(file: BinaryIO, batches: Iterable[bytes]) -> None:
    """Write packed batches."""
    file.write(MAGIC)
    for batch in batches:
        file.write(_U32.pack(len(batch)))
        file.write(batch)


def read_export(file: BinaryIO) -> Iterator[bytes]:
    """Packed batches, in order; each is still to be read (``batch.unpack``) and checked.

    Raises:
        RefusedError: ``sync.bad_request``: it is no such file, or it ends in the middle of a batch.
    """
    if file.read(len(MAGIC)) != MAGIC:
        raise RefusedError(Refusal.BAD_REQUEST, "this is no file of journal records")
    while length := file.read(_U32.size):
        if len(length) < _U32.size:
            raise RefusedError(Refusal.BAD_REQUEST, "the file ends in the middle")
        (size,) = _U32.unpack(length)
        if size > MAX_WIRE:
            raise RefusedError(Refusal.TOO_LARGE, "a batch is larger than it may be")
        batch = file.read(size)
        if len(batch) < size:
            raise RefusedError(Refusal.BAD_REQUEST, "the file ends in the middle")
        yield batch
