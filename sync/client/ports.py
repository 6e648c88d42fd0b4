"""What the till gives its end of sync to work with; the till's stores fulfil it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from sync.client.state import Cursor, Kept
from sync.protocol.batch import PersonRow
from sync.protocol.chain import Head
from sync.protocol.messages import ChunkName, FeedPage, FeedRow, Manifest


class Outgoing(msgspec.Struct, frozen=True):
    """Own records on their way up.

    Attributes:
        before: The head before the first.
        payloads: In order, as they were hashed.
        signature: The till's, of the last one's hash; empty for no records.
        people: Personal data that belongs to them.
    """

    before: Head
    payloads: tuple[bytes, ...]
    signature: bytes
    people: tuple[PersonRow, ...]


class JournalSource(Protocol):
    """The till's journal, read on a connection of the caller's own thread; never on the one that writes."""

    def head_seq(self) -> int:
        """The last record."""

    def hash_at(self, seq: int) -> bytes | None:
        """A record's hash; zeros before the first record, None where there is no such record."""

    def outgoing(self, after_seq: int, count: int, max_bytes: int) -> Outgoing:
        """Records after one: so many at most, and fewer where they would be larger; one at least."""

    def kept(self) -> Kept:
        """What was kept last."""


class FeedSink(Protocol):
    """Takes over the feed; on the lane that writes the replica."""

    def cursor(self) -> Cursor | None:
        """How far the feed is taken over; None for a till that never had a snapshot."""

    def take_over(self, page: FeedPage) -> None:
        """Take over a page, durably, in one transaction with its cursor (its epoch and ``through``).

        Raises:
            KnownError: It could not be written; nothing of it was.
        """


class SnapshotSink(Protocol):
    """Takes over a snapshot.

    ``begin`` and ``take_chunk`` come on a thread of their own, for a chunk takes a while and nobody must wait for it:
    they write a file of their own. ``swap`` comes on the lane that writes the replica.
    """

    def begin(self, manifest: Manifest) -> Sequence[ChunkName]:
        """Get ready; returns the chunks that are not here yet, in the order to fetch them.

        An earlier load of the same manifest goes on where it was cut; one of another manifest is thrown away.
        """

    def take_chunk(self, name: ChunkName, rows: Sequence[FeedRow]) -> None:
        """Put a chunk to the others, durably."""

    def swap(self, manifest: Manifest) -> None:
        """Put the snapshot in the place of what there was, whole or not at all; the cursor is then the manifest's."""
