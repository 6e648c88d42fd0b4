"""The way down: the feed page by page, and a snapshot where there is no way to follow it."""

from __future__ import annotations

from typing import Final

import msgspec

from sync.client.events import (
    BeginSnapshot,
    ChunkReceived,
    ChunkTaken,
    DownLost,
    DownRefused,
    FetchChunk,
    FetchManifest,
    FetchPage,
    ManifestReceived,
    PageReceived,
    PageTaken,
    SnapshotBegun,
    Swapped,
    SwapSnapshot,
    TakeChunk,
    TakeFailed,
    TakePage,
)
from sync.client.progress import Progress
from sync.client.state import Cursor, Stage
from sync.client.turn import FINAL, Turn
from sync.protocol.errors import Problem, Refusal

DAMAGED: Final = "sync.broken"


def go(turn: Turn) -> None:
    """Ask for what is due."""
    down = turn.state.down
    if not turn.is_open() or down.number or down.takes:
        return
    if turn.now < max(down.due_ms, turn.state.not_before_ms):
        return
    if down.stage is Stage.SWAP and down.manifest is not None:
        turn.set_down(takes=True)
        turn.emit(SwapSnapshot(down.manifest))
        return
    number = turn.number()
    turn.set_down(number=number, asked_ms=turn.now)
    if down.stage is Stage.CHUNKS:
        turn.emit(FetchChunk(number, down.missing[0]))
    elif down.stage is Stage.FEED and down.cursor is not None:
        wait = turn.state.poll_wait_ms if down.is_current else 0
        turn.emit(FetchPage(number, down.cursor, turn.state.rules.page, wait))
    else:
        turn.set_down(stage=Stage.MANIFEST)
        turn.emit(FetchManifest(number))


def _is_answer(turn: Turn, number: int) -> bool:
    """Whether it answers the question under way, and sync was not stopped since."""
    if number != turn.state.down.number:
        return False
    turn.set_down(number=0)
    return turn.is_open()


def _well(turn: Turn) -> None:
    turn.set_down(failures=0, trouble="", is_trouble_here=False, was_clock=False)


def page_received(turn: Turn, event: PageReceived) -> None:
    """A page: to be taken over, or nothing new."""
    down, page = turn.state.down, event.page
    if not _is_answer(turn, event.number):
        return
    turn.reached(page.server_ms)
    cursor = down.cursor
    if cursor is None or (page.epoch, page.after) != (cursor.epoch, cursor.position) or page.through < page.after:
        turn.fail_down(DAMAGED)
        return
    turn.set_down(behind=page.behind)
    if page.rows or page.through > page.after:
        turn.set_down(takes=True)
        turn.emit(TakePage(page))
        return
    if page.behind:
        turn.fail_down(DAMAGED)  # something is left, and this does not lead there
        return
    _well(turn)
    # Head office holds a question until there is something; one that does not must not be asked all the time.
    due = max(turn.now, down.asked_ms + turn.state.rules.poll_ms) if down.is_current else turn.now
    turn.set_down(due_ms=due)
    _caught_up(turn, due)


def page_taken(turn: Turn, event: PageTaken) -> None:
    """A page is in the replica: on to the next."""
    if not turn.state.down.takes:
        return
    turn.set_down(takes=False, cursor=event.cursor)
    _well(turn)
    _caught_up(turn, turn.now + turn.state.rules.settle_ms)


def _caught_up(turn: Turn, due_ms: int) -> None:
    is_current = turn.state.down.behind == 0
    turn.set_down(is_current=is_current, due_ms=due_ms if is_current else turn.now)
    wanted = turn.state.wanted
    if is_current and wanted is not None:
        turn.set(wanted=msgspec.structs.replace(wanted, is_down=True))


def manifest_received(turn: Turn, event: ManifestReceived) -> None:
    """A snapshot is there to be fetched."""
    if not _is_answer(turn, event.number):
        return
    turn.reached(0)
    turn.set_down(manifest=event.manifest, takes=True)
    turn.emit(BeginSnapshot(event.manifest))


def snapshot_begun(turn: Turn, event: SnapshotBegun) -> None:
    """The chunks that are missing, one after the other."""
    manifest = turn.state.down.manifest
    if not turn.state.down.takes or manifest is None:
        return
    left = sum(each.rows for each in event.missing)
    turn.set(loaded=Progress(manifest.rows, max(0, manifest.rows - left), 0, turn.now))
    turn.set_down(takes=False, missing=event.missing, due_ms=turn.now)
    turn.set_down(stage=Stage.CHUNKS if event.missing else Stage.SWAP)


def chunk_received(turn: Turn, event: ChunkReceived) -> None:
    """A chunk: to be put to the others."""
    down = turn.state.down
    if not _is_answer(turn, event.number):
        return
    turn.reached(0)
    if not down.missing or event.name != down.missing[0]:
        turn.fail_down(DAMAGED)
        return
    turn.set_down(takes=True)
    turn.emit(TakeChunk(event.name, event.rows))


def chunk_taken(turn: Turn, event: ChunkTaken) -> None:
    """One less is missing."""
    down = turn.state.down
    if not down.takes:
        return
    missing = tuple(each for each in down.missing if each.sha256 != event.sha256)
    left = sum(each.rows for each in missing)
    loaded = turn.state.loaded
    turn.set(loaded=loaded.with_left(left, turn.now) if left else msgspec.structs.replace(loaded, done=loaded.total))
    stage = Stage.CHUNKS if missing else Stage.SWAP
    turn.set_down(takes=False, missing=missing, stage=stage, due_ms=turn.now)
    _well(turn)


def swapped(turn: Turn, event: Swapped) -> None:
    """The snapshot stands; the feed goes on from its position."""
    if not turn.state.down.takes:
        return
    turn.set(loaded=Progress())
    turn.set_down(
        stage=Stage.FEED, cursor=event.cursor, takes=False, manifest=None, missing=(), is_current=False, due_ms=turn.now
    )
    _well(turn)


def take_failed(turn: Turn, event: TakeFailed) -> None:
    """It could not be kept here: the same again later."""
    if turn.state.down.takes:
        turn.fail_down(event.reason, is_here=True)


def lost(turn: Turn, event: DownLost) -> None:
    """No answer: ask again later."""
    if _is_answer(turn, event.number):
        turn.fail_down(event.reason)


def refused(turn: Turn, event: DownRefused) -> None:
    """A refusal says what to do about it."""
    if not _is_answer(turn, event.number):
        return
    down, problem = turn.state.down, event.problem
    code = turn.heed(problem)
    if code in FINAL:
        turn.stop(code)
    elif code is Refusal.CLOCK and turn.set_clock(down, problem):
        turn.set_down(was_clock=True, due_ms=turn.now)
    elif code in (Refusal.EPOCH, Refusal.TOO_OLD) and down.stage is Stage.FEED:
        _start_over(turn, problem)
    elif code is Refusal.NOT_FOUND and down.stage is Stage.CHUNKS:
        _to_stage(turn, Stage.MANIFEST, code)  # the snapshot was replaced by a newer one
    elif code is Refusal.NOT_FOUND and down.stage is Stage.MANIFEST and down.cursor is None:
        _from_the_beginning(turn, code)
    else:
        turn.fail_down(code, rarely=code is Refusal.TOO_NEW)


def _from_the_beginning(turn: Turn, code: Refusal) -> None:
    """No snapshot was made yet: a new till follows the feed from its beginning, of the epoch that its push is told."""
    if turn.state.kept.epoch:
        turn.set_down(cursor=Cursor(turn.state.kept.epoch, 0))
        _to_stage(turn, Stage.FEED, code)
    elif turn.state.up.number:
        turn.set_down(due_ms=turn.now + turn.state.rules.settle_ms)
    else:
        turn.fail_down(code)


def _start_over(turn: Turn, problem: Problem) -> None:
    cursor = turn.state.down.cursor
    if cursor is not None and cursor.position == 0 and problem.epoch not in ("", cursor.epoch):
        turn.set_down(cursor=Cursor(problem.epoch, 0))
        _to_stage(turn, Stage.FEED, Refusal.EPOCH)
        return
    turn.set_down(is_current=False)
    if cursor is not None and cursor.position == 0:
        turn.set_down(cursor=None)
    _to_stage(turn, Stage.MANIFEST, Refusal.EPOCH)


def _to_stage(turn: Turn, stage: Stage, code: Refusal) -> None:
    """Go another way: at once, unless it is the second time in a row."""
    failures = turn.state.down.failures
    turn.set_down(stage=stage, missing=(), manifest=None)
    if failures:
        turn.fail_down(code)
    else:
        turn.set_down(failures=1, due_ms=turn.now)


def want(turn: Turn) -> None:
    """Somebody wants everything down: now, unless the line is held open for it already."""
    down, wanted = turn.state.down, turn.state.wanted
    if wanted is None:
        return
    if (down.is_current and not down.trouble) or down.stage is not Stage.FEED:
        turn.set(wanted=msgspec.structs.replace(wanted, is_down=True))
    if down.number == 0 and not down.takes:
        turn.set_down(due_ms=turn.now)
