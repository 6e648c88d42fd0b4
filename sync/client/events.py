"""What happens to the till's end of sync, and what it then wants done.

Requests are numbered: an answer to another one than that which is under way (it came after all, after it was given
up) is passed over.
"""

from __future__ import annotations

import msgspec

from sync.client.state import Cursor, Kept, Standing
from sync.protocol.batch import Acknowledged
from sync.protocol.errors import Problem
from sync.protocol.messages import ChunkName, FeedPage, FeedRow, JournalAnswer, Manifest

# Events --------------------------------------------------------------------------------------------------------------


class Started(msgspec.Struct, frozen=True):
    """The till is up: with what it kept, the head of its journal and how far the feed is taken over."""

    kept: Kept
    head: int
    cursor: Cursor | None


class Appended(msgspec.Struct, frozen=True):
    """The journal has grown to this record."""

    head: int


class Tick(msgspec.Struct, frozen=True):
    """The alarm rang; one too many does no harm."""


class PushAnswered(msgspec.Struct, frozen=True):
    """Head office took a batch, and its signature is right.

    Attributes:
        number: Of the request.
        answer: Its answer.
        own_hash: Of the till's own record in the place of ``answer.accepted``; None where it has none.
    """

    number: int
    answer: JournalAnswer
    own_hash: bytes | None


class PushRefused(msgspec.Struct, frozen=True):
    """Head office did not take a batch; ``own_hash`` as above, for what the problem says is accepted."""

    number: int
    problem: Problem
    own_hash: bytes | None = None


class PushLost(msgspec.Struct, frozen=True):
    """No answer, or none that could be read: it is not known what became of the batch."""

    number: int
    reason: str = "sync.offline"


class PageReceived(msgspec.Struct, frozen=True):
    """A page of the feed; its checksum is right."""

    number: int
    page: FeedPage


class ManifestReceived(msgspec.Struct, frozen=True):
    """What a snapshot consists of; its signature is right."""

    number: int
    manifest: Manifest


class ChunkReceived(msgspec.Struct, frozen=True):
    """A piece of a snapshot; it is what its name says."""

    number: int
    name: ChunkName
    rows: tuple[FeedRow, ...]


class DownRefused(msgspec.Struct, frozen=True):
    """Head office did not answer a question for page, manifest or chunk."""

    number: int
    problem: Problem


class DownLost(msgspec.Struct, frozen=True):
    """No answer to such a question, or a damaged one."""

    number: int
    reason: str = "sync.offline"


class PageTaken(msgspec.Struct, frozen=True):
    """A page is taken over, durably, with its cursor."""

    cursor: Cursor


class SnapshotBegun(msgspec.Struct, frozen=True):
    """The till is ready for a snapshot: these chunks are not here yet (an interrupted load goes on)."""

    missing: tuple[ChunkName, ...]


class ChunkTaken(msgspec.Struct, frozen=True):
    """A chunk is here, durably."""

    sha256: str


class Swapped(msgspec.Struct, frozen=True):
    """The whole snapshot stands in the place of what was there before."""

    cursor: Cursor


class TakeFailed(msgspec.Struct, frozen=True):
    """What came could not be taken over here (a full disk); the reason as a code."""

    reason: str


class SyncNow(msgspec.Struct, frozen=True):
    """Somebody wants everything up and down now."""


class Stopped(msgspec.Struct, frozen=True):
    """The till ends."""


Event = (
    Started
    | Appended
    | Tick
    | PushAnswered
    | PushRefused
    | PushLost
    | PageReceived
    | ManifestReceived
    | ChunkReceived
    | DownRefused
    | DownLost
    | PageTaken
    | SnapshotBegun
    | ChunkTaken
    | Swapped
    | TakeFailed
    | SyncNow
    | Stopped
)

# Effects -------------------------------------------------------------------------------------------------------------


class Push(msgspec.Struct, frozen=True):
    """Send records; answer with ``PushAnswered``, ``PushRefused`` or ``PushLost``.

    Attributes:
        number: Of the request.
        after: The record before the first.
        count: How many, at most; fewer where they would be too large. 0 asks where head office stands.
        signed: What head office signed last.
        waiting: Records that are left after these.
    """

    number: int
    after: int
    count: int
    signed: Acknowledged | None
    waiting: int


class Note(msgspec.Struct, frozen=True):
    """Keep this durably. Later ones replace earlier ones."""

    kept: Kept


class NoteClock(msgspec.Struct, frozen=True):
    """Head office's clock says this; sign by it."""

    server_ms: int


class FetchPage(msgspec.Struct, frozen=True):
    """Ask the feed; answer with ``PageReceived``, ``DownRefused`` or ``DownLost``."""

    number: int
    cursor: Cursor
    limit: int
    wait_ms: int


class FetchManifest(msgspec.Struct, frozen=True):
    """Ask what a snapshot consists of; answer with ``ManifestReceived``, ``DownRefused`` or ``DownLost``."""

    number: int


class FetchChunk(msgspec.Struct, frozen=True):
    """Ask for a chunk; answer with ``ChunkReceived``, ``DownRefused`` or ``DownLost``."""

    number: int
    name: ChunkName


class TakePage(msgspec.Struct, frozen=True):
    """Take a page over, in one transaction with its cursor; answer with ``PageTaken`` or ``TakeFailed``."""

    page: FeedPage


class BeginSnapshot(msgspec.Struct, frozen=True):
    """Get ready for a snapshot, or go on with one; answer with ``SnapshotBegun`` or ``TakeFailed``."""

    manifest: Manifest


class TakeChunk(msgspec.Struct, frozen=True):
    """Put a chunk to the others; answer with ``ChunkTaken`` or ``TakeFailed``."""

    name: ChunkName
    rows: tuple[FeedRow, ...]


class SwapSnapshot(msgspec.Struct, frozen=True):
    """All chunks are here: put them in the place of what there was; answer with ``Swapped`` or ``TakeFailed``."""

    manifest: Manifest


class WakeAt(msgspec.Struct, frozen=True):
    """Say ``Tick`` at this time; replaces the alarm before. None: there is nothing to wake for."""

    at_ms: int | None


class Tell(msgspec.Struct, frozen=True):
    """Where sync stands has changed."""

    standing: Standing


class Finished(msgspec.Struct, frozen=True):
    """What ``SyncNow`` asked for is done, or cannot be; then with a reason."""

    reason: str = ""


Effect = (
    Push
    | Note
    | NoteClock
    | FetchPage
    | FetchManifest
    | FetchChunk
    | TakePage
    | BeginSnapshot
    | TakeChunk
    | SwapSnapshot
    | WakeAt
    | Tell
    | Finished
)
