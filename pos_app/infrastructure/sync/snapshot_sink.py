"""A whole snapshot beside the counter's work: goods and staff at once, members into a file that then takes over.

Chunks are taken on a thread of their own; they write a file of their own, and the counter comes first. Only the
exchange at the end comes on the lane that writes the replica: by then all work is done.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.domain.member import Member
from pos_app.errors import BugError, KnownError
from pos_app.infrastructure.ledger.lives import BASE_SEQ
from pos_app.infrastructure.replica.loading import NEW_FILE, LoadingReplica
from pos_app.infrastructure.replica.store import MasterSource, ReplicaStore
from pos_app.infrastructure.sync.feed_sink import AS_OF, CURSOR
from pos_app.infrastructure.sync.told_rows import KeptSeq, RowTaker, read_person
from sync.client.state import Cursor
from sync.protocol.messages import ChunkName, FeedRow, Manifest, RowKind

#: How long the load steps aside between two pieces of work.
PAUSE_S: Final = 0.001
_BULK: Final = (RowKind.PERSON, RowKind.ACCOUNT)


class SnapshotSink:
    """Takes a snapshot over (fulfils the ``SnapshotSink`` of the till's end of sync).

    Args:
        store: The replica in use.
        folder: The data folder.
        key: Of the replica, 32 bytes.
        till: This till's id.
        kept_seq: What the till keeps of a member.
        forget: As ``FeedSink`` has it.
        masters: Opens the ledger's own master data, on the asking thread.
        pause: Called between pieces of work.
    """

    def __init__(
        self,
        store: ReplicaStore,
        folder: Path,
        *,
        key: bytes,
        till: str,
        kept_seq: KeptSeq,
        forget: Callable[[Sequence[MemberId], int], None],
        masters: Callable[[], AbstractContextManager[MasterSource]],
        pause: Callable[[], None] = lambda: time.sleep(PAUSE_S),
    ) -> None:
        self._store: Final = store
        self._folder: Final = folder
        self._key: Final = key
        self._till: Final = till
        self._kept_seq: Final = kept_seq
        self._forget: Final = forget
        self._masters: Final = masters
        self._pause: Final = pause
        self._manifest: Manifest | None = None
        self._loading: LoadingReplica | None = None

    def begin(self, manifest: Manifest) -> Sequence[ChunkName]:
        """Get ready; returns the chunks that are not here yet, in the order to fetch them.

        An earlier load of the same snapshot goes on where it was cut; one of another is thrown away.

        Raises:
            KnownError: ``replica.not_saved``.
        """
        if self._loading is not None:
            self._loading.close()
        self._loading = LoadingReplica(self._folder, key=self._key, snapshot=_name_of(manifest), pause=self._pause)
        self._manifest = manifest
        missing = self._missing()
        if not missing:
            self._finish()
        return missing

    def _missing(self) -> list[ChunkName]:
        loading, manifest = self._under_way()
        return [each for each in (*manifest.first, *manifest.members) if not loading.has_chunk(each.sha256)]

    def _under_way(self) -> tuple[LoadingReplica, Manifest]:
        if self._loading is None or self._manifest is None:
            raise BugError("no snapshot is under way")
        return self._loading, self._manifest

    def take_chunk(self, name: ChunkName, rows: Sequence[FeedRow]) -> None:
        """Put a chunk to the others, durably. What selling needs counts at once.

        Raises:
            KnownError: ``sync.row_unreadable``, ``replica.not_saved``; nothing of it was taken.
        """
        loading, manifest = self._under_way()
        if loading.has_chunk(name.sha256):
            return
        through = self._contains(manifest)
        erased = _erased(rows)
        if erased:  # before the chunk counts as taken
            self._forget(erased, through)
        with loading.chunk(name.sha256):
            try:
                loading.add_members(_people(rows), through)
                loading.add_accounts(_accounts(rows), through, manifest.made_ms)
            except (msgspec.DecodeError, ValueError) as error:
                raise KnownError("sync.row_unreadable", kind="snapshot") from error
            rest = [row for row in rows if row.kind not in _BULK]
            taker = RowTaker(loading.store.writer, self._till, self._kept_seq, is_load=True)
            taker.take(rest, through, manifest.made_ms)
            self._store.basics.keep(rest, through, manifest.made_ms, snapshot=_name_of(manifest))
        if name in manifest.first:
            RowTaker(self._store.writer, self._till, self._kept_seq).take(rest, through, manifest.made_ms)
        if not self._missing():
            self._finish()

    def _contains(self, manifest: Manifest) -> int:
        with self._masters() as masters:
            life, base = int(masters.meta("incarnation") or 1), int(masters.meta(BASE_SEQ) or 0)
        return manifest.contains_of(self._till, life, base)

    def _finish(self) -> None:
        loading, manifest = self._under_way()
        if loading.is_done:
            return
        cursor = Cursor(manifest.epoch, manifest.position)
        facts = [(CURSOR, msgspec.json.encode(cursor).decode()), (AS_OF, str(manifest.made_ms))]
        loading.finish(self._contains(manifest), facts)
        with self._masters() as masters:
            loading.store.catch_up(masters, is_loaded=True)

    def swap(self, manifest: Manifest) -> None:
        """Put the snapshot in the place of what there was, whole or not at all; the cursor is then the manifest's.

        On the lane that writes the replica.

        Raises:
            KnownError: ``replica.not_exchanged``, ``replica.not_saved``.
        """
        if self._manifest != manifest:
            raise BugError("another snapshot is under way")
        if self._loading is not None:
            if not self._loading.is_done:
                raise BugError("the snapshot is not whole")
            self._loading.close(durably=True)
            self._loading = None
        self._store.basics.keep_only(_name_of(manifest))
        self._store.exchange(self._folder / NEW_FILE)
        self._manifest = None
        # What was kept since the load ended.
        with self._masters() as masters:
            self._store.catch_up(masters, is_loaded=True)

    def close(self) -> None:
        """Let go of a load under way; it goes on with the next start."""
        if self._loading is not None:
            self._loading.close()
            self._loading = self._manifest = None


def _name_of(manifest: Manifest) -> str:
    return hashlib.sha256(msgspec.json.encode(manifest)).hexdigest()


def _people(rows: Sequence[FeedRow]) -> Iterator[Member]:
    return (read_person(row) for row in rows if row.kind == RowKind.PERSON and not row.is_gone)


def _erased(rows: Sequence[FeedRow]) -> list[MemberId]:
    return [MemberId(UUID(row.key)) for row in rows if row.kind == RowKind.PERSON and row.is_gone]


def _accounts(rows: Sequence[FeedRow]) -> Iterator[tuple[bytes, bytes]]:
    return ((bytes.fromhex(row.key), bytes(row.body)) for row in rows if row.kind == RowKind.ACCOUNT)
