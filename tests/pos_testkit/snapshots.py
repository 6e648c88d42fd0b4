"""Snapshots as head office would make them, and the sink that takes them over into a till."""

from __future__ import annotations

from collections.abc import Sequence

from pos_testkit import told
from pos_testkit.till import TILL, RealTill

from pos_app.infrastructure.sync.kept_data import KeptData
from pos_app.infrastructure.sync.snapshot_sink import SnapshotSink
from sync.protocol.messages import ChunkName, FeedRow, Manifest
from sync.protocol.pages import pack_chunk, unpack_chunk


class Snapshot:
    """Chunks and their manifest."""

    def __init__(self, first: Sequence[FeedRow], *members: Sequence[FeedRow], contains: int, position: int = 9) -> None:
        packed = [pack_chunk(rows) for rows in (first, *members)]
        self.chunks = {name.sha256: (name, data) for name, data in packed}
        names = tuple(name for name, _ in packed)
        rows = sum(name.rows for name in names)
        self.manifest = Manifest(
            told.EPOCH, position, told.NOW_MS, {TILL.till_id: contains}, rows, names[:1], names[1:]
        )

    def rows(self, name: ChunkName) -> tuple[FeedRow, ...]:
        """What is in a chunk."""
        return unpack_chunk(*self.chunks[name.sha256])


def sink_of(till: RealTill) -> SnapshotSink:
    """Takes a snapshot over without pauses, all in one thread."""
    kept = KeptData(till.ledger, lambda work: work())
    return SnapshotSink(
        till.replica,
        till.folder,
        key=till.keys.replica,
        till=TILL.till_id,
        kept_seq=kept.seq,
        forget=kept.forget,
        masters=till.ledger.read,
        pause=lambda: None,
    )


def load(till: RealTill, snapshot: Snapshot) -> SnapshotSink:
    """All chunks, up to the exchange."""
    sink = sink_of(till)
    for name in sink.begin(snapshot.manifest):
        sink.take_chunk(name, snapshot.rows(name))
    return sink
