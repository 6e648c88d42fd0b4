"""Sync without a window: everything up and down once, for whoever runs it from a terminal."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from pos_app.bootstrap.devices import scan_config
from pos_app.bootstrap.head_office import sync_parts
from pos_app.bootstrap.till import open_books
from pos_app.errors import KnownError
from pos_app.runtime.lanes import LaneName, Lanes

if TYPE_CHECKING:
    from pos_app.application.head_office import SyncStatus
    from pos_app.config import Settings
    from pos_app.infrastructure.paths import Paths
    from sync.client.state import Standing


def sync_once(paths: Paths, settings: Settings, tell: Callable[[SyncStatus], None]) -> str:
    """Send and fetch everything; the window must be closed.

    Args:
        paths: Of the till.
        settings: Of the till.
        tell: Told where sync stands, from another thread.

    Returns:
        Why it could not be done, as a code; empty where it was.

    Raises:
        KnownError: ``sync.alone``; as ``open_books``.
    """
    from pos_app.runtime.sync_driver import SyncDriver
    from sync.client.events import Appended, SyncNow

    lanes = Lanes()
    outcome: list[str] = []
    finished = threading.Event()
    bugs: list[BaseException] = []

    def on_finished(reason: str) -> None:
        outcome.append(reason)
        finished.set()

    def on_bug(error: BaseException) -> None:
        bugs.append(error)
        finished.set()

    books = None
    try:
        books = lanes.submit(
            LaneName.LEDGER, lambda: open_books(paths, settings, scan_config(settings), lanes)
        ).result()
        membership, link = books.membership, books.link
        if membership is None:
            raise KnownError("sync.alone")
        parts = sync_parts(books, membership, lanes, paths.data, on_bug=on_bug)

        def note(standing: Standing) -> None:
            tell(link.note(standing))

        driver = SyncDriver(parts, lanes, tell=note, finished=on_finished)
        books.ledger.heard = lambda head: driver.happen(Appended(head))
        driver.happen(SyncNow())
        mind = threading.Thread(target=driver.run, name="guitai-sync-mind", daemon=True)
        mind.start()
        try:
            finished.wait()
        finally:
            driver.stop()
            driver.join(1.0)
            mind.join(1.0)
        if bugs:
            raise bugs[0]
        return outcome[0]
    finally:
        lanes.shutdown(None if books is None else books.close)
