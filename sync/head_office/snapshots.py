"""Snapshots: everything that goes down, in chunks named by their content, for tills that are new or were long away."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from sync.head_office.database import Connection
from sync.head_office.feed import begin_snapshot, fact
from sync.protocol.messages import GONE, ChunkName, FeedRow, Manifest, RowKind, SignedManifest
from sync.protocol.pages import CHUNK_ROWS, pack_chunk

#: Chunks of former snapshots are kept this long: tills may be in the middle of one.
KEEP_MS: Final = 24 * 3_600_000
#: A new one is made when the last is this old.
EVERY_MS: Final = 24 * 3_600_000
_NAME: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ENDING: Final = ".chunk"

_POSITION: Final = """
SELECT greatest(
    (SELECT max(position) FROM person), (SELECT max(position) FROM account),
    (SELECT max(position) FROM merged), (SELECT max(position) FROM master), 0)
"""
#: By till, how far its own records are in the accounts: those of its latest life, or where an earlier one still waits.
_CONTAINS: Final = """
SELECT till, min(applied_seq) FILTER (WHERE incarnation = latest OR applied_seq < accepted_seq), max(latest)
FROM (SELECT *, max(incarnation) OVER (PARTITION BY till) AS latest FROM life) AS lives GROUP BY till
"""
#: Without these a till cannot sell as it should; they come first.
_FIRST: Final = f"SELECT kind, key, body FROM master WHERE body IS NOT NULL AND kind <> '{RowKind.UNIT_CODE}'"  # noqa: S608
_MEMBERS: Final = (
    "SELECT 'merge', replace(loser::text, '-', ''), convert_to(to_json(winner)::text, 'UTF8') FROM merged",
    "SELECT 'person', replace(member::text, '-', ''), body FROM person",
    "SELECT 'account', replace(member::text, '-', ''), body FROM account",
    f"SELECT kind, key, body FROM master WHERE body IS NOT NULL AND kind = '{RowKind.UNIT_CODE}'",  # noqa: S608
)


class Snapshots:
    """The snapshots of a head office.

    Args:
        folder: Where chunks are kept.
        sign: Signs with head office's own key.
    """

    def __init__(self, folder: Path, sign: Callable[[bytes], bytes]) -> None:
        self._folder: Final = folder
        self._sign: Final = sign

    def build(self, connection: Connection, now_ms: int) -> Manifest:
        """Write all chunks as of one moment.

        Args:
            connection: At the beginning of a transaction, which only reads; note it with :meth:`note` in another.
            now_ms: Head office's clock.
        """
        begin_snapshot(connection)
        self._folder.mkdir(parents=True, exist_ok=True)
        row = connection.execute(_POSITION).fetchone()
        first = tuple(self._chunks(connection, (_FIRST,)))
        members = tuple(self._chunks(connection, _MEMBERS))
        contains = connection.execute(_CONTAINS).fetchall()
        return Manifest(
            epoch=fact(connection, "epoch"),
            position=int(row[0]) if row is not None else 0,
            made_ms=now_ms,
            contains={str(till): int(seq) for till, seq, _ in contains},
            rows=sum(each.rows for each in (*first, *members)),
            first=first,
            members=members,
            lives={str(till): int(latest) for till, _, latest in contains},
        )

    def _chunks(self, connection: Connection, queries: tuple[str, ...]) -> Iterator[ChunkName]:
        rows: list[FeedRow] = []
        for query in queries:
            with connection.cursor(name="snapshot") as cursor:
                cursor.itersize = CHUNK_ROWS
                cursor.execute(query, binary=True)
                while found := cursor.fetchmany(CHUNK_ROWS):
                    rows += [
                        FeedRow(kind, key, GONE if body is None else msgspec.Raw(body)) for kind, key, body in found
                    ]
                    while len(rows) >= CHUNK_ROWS:
                        yield self._write(rows[:CHUNK_ROWS])
                        del rows[:CHUNK_ROWS]
        if rows:
            yield self._write(rows)

    def _write(self, rows: list[FeedRow]) -> ChunkName:
        name, data = pack_chunk(rows)
        path = self._folder / (name.sha256 + _ENDING)
        if path.exists():
            path.touch()
        else:
            half = path.with_suffix(".half")
            half.write_bytes(data)
            half.replace(path)
        return name

    def note(self, connection: Connection, manifest: Manifest) -> SignedManifest:
        """Sign a manifest and make it the one that is handed out."""
        data = msgspec.json.encode(manifest)
        signed = SignedManifest(data, self._sign(data))
        connection.execute(
            "INSERT INTO snapshot (position, epoch, manifest, signature, made_ms) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (position) DO UPDATE SET epoch = excluded.epoch, manifest = excluded.manifest,"
            " signature = excluded.signature, made_ms = excluded.made_ms",
            (manifest.position, manifest.epoch, signed.manifest, signed.signature, manifest.made_ms),
        )
        return signed

    def latest(self, connection: Connection) -> SignedManifest | None:
        """The newest of this life of head office; None where there is none yet."""
        row = connection.execute(
            "SELECT manifest, signature FROM snapshot WHERE epoch = (SELECT value FROM fact WHERE key = 'epoch')"
            " ORDER BY made_ms DESC LIMIT 1"
        ).fetchone()
        return None if row is None else SignedManifest(row[0], row[1])

    def is_due(self, connection: Connection, now_ms: int) -> bool:
        """Whether a new one is to be made."""
        row = connection.execute(
            "SELECT max(made_ms) FROM snapshot WHERE epoch = (SELECT value FROM fact WHERE key = 'epoch')"
        ).fetchone()
        return row is None or row[0] is None or now_ms - row[0] >= EVERY_MS

    def chunk(self, sha256: str) -> Path | None:
        """The file of a chunk; None where there is none of that name."""
        if _NAME.fullmatch(sha256) is None:
            return None
        path = self._folder / (sha256 + _ENDING)
        return path if path.is_file() else None

    def forget(self, connection: Connection, now_ms: int) -> int:
        """Remove former snapshots that nobody can be loading any more, and their chunks.

        Returns:
            How many files.
        """
        connection.execute(
            "DELETE FROM snapshot WHERE made_ms < %s AND made_ms < (SELECT max(made_ms) FROM snapshot)",
            (now_ms - KEEP_MS,),
        )
        wanted: set[str] = set()
        for (data,) in connection.execute("SELECT manifest FROM snapshot"):
            manifest = msgspec.json.decode(data, type=Manifest)
            wanted |= {each.sha256 for each in (*manifest.first, *manifest.members)}
        gone = 0
        oldest = time.time() - KEEP_MS / 1000  # by the clock of the files: one may be in the making
        for path in self._folder.glob(f"*{_ENDING}"):
            if path.stem not in wanted and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                gone += 1
        return gone
