"""Sync as the window has it: begun when the window stands, told of new records, heard on the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pos_app.application.head_office import SyncStatus
from pos_app.runtime.office_link import OfficeLink

if TYPE_CHECKING:
    from pos_app.runtime.lanes import Lanes
    from pos_app.runtime.sync_driver import SyncDriver, SyncParts
    from sync.client.state import Standing

#: Closing waits so long for requests that are under way.
_CLOSING_S: Final = 0.8


class SyncService(QObject):
    """Keeps the till and its head office alike, in threads of its own.

    Signals:
        status_changed: A ``SyncStatus``, on this object's thread.
        asked: What ``sync_now`` came to: a code where it could not be done, else empty.
    """

    status_changed = Signal(object)
    asked = Signal(str)

    def __init__(self, link: OfficeLink, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.link: Final = link
        self._lanes: Final = lanes
        self._driver: SyncDriver | None = None
        self._thread: threading.Thread | None = None
        self._lock: Final = threading.Lock()
        self._head = 0
        self._is_over = False

    @property
    def is_running(self) -> bool:
        """Whether sync was begun and not ended."""
        return self._thread is not None and not self._is_over

    def start(self, make_parts: Callable[[], SyncParts], on_bug: Callable[[BaseException], None]) -> None:
        """Begin.

        Args:
            make_parts: Gives what sync works with; called in the thread that thinks, for it loads the wire's libraries.
            on_bug: Told what keeps sync from beginning; from that thread.
        """
        if self._thread is not None:
            return
        self.link.join()

        def run() -> None:
            try:
                self._run(make_parts)
            except Exception as error:  # noqa: BLE001 -- the counter goes on without sync, and the log says why
                on_bug(error)

        self._thread = threading.Thread(target=run, name="guitai-sync-mind", daemon=True)
        self._thread.start()

    def records_written(self, head: int) -> None:
        """The journal has grown to this record; from any thread."""
        with self._lock:
            self._head = max(self._head, head)
            driver = self._driver
        if driver is not None:
            from sync.client.events import Appended

            driver.happen(Appended(head))

    def sync_now(self) -> None:
        """Everything up and down now; ``asked`` says when."""
        driver = self._driver
        if driver is None:
            self.asked.emit("sync.offline" if self.link.is_member else "sync.alone")
            return
        from sync.client.events import SyncNow

        driver.happen(SyncNow())

    def status(self) -> SyncStatus:
        """Where sync stands."""
        return self.link.status()

    def stop(self, patience_s: float = _CLOSING_S) -> None:
        """End whatever is under way, and wait for it.

        Every thread closes its own line as soon as it was hung up; closing the till waits no longer for that than a
        person would.

        Args:
            patience_s: How long each thread is waited for.
        """
        with self._lock:
            self._is_over = True
            driver, self._driver = self._driver, None
        self.link.use(None)
        if driver is not None:
            driver.stop()
            driver.join(patience_s)
        self.link.wait_ended(patience_s)
        if self._thread is not None:
            self._thread.join(patience_s)

    def _run(self, make_parts: Callable[[], SyncParts]) -> None:
        from pos_app.runtime.sync_driver import SyncDriver
        from sync.client.events import Appended

        driver = SyncDriver(make_parts(), self._lanes, tell=self._tell, finished=self.asked.emit)
        with self._lock:
            if self._is_over:
                return
            self._driver = driver
            head = self._head
        self.link.use(driver)
        driver.happen(Appended(head))  # what was written while this was loaded
        driver.run()

    def _tell(self, standing: Standing) -> None:
        # In the thread that thinks: whoever asks the link sees it at once, the window when it has time.
        if not self._is_over:
            self.status_changed.emit(self.link.note(standing))
