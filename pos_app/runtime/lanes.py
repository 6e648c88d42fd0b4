"""Lanes: threads that each own one thing. Work goes in from the window's thread, results come back to it.

A result is delivered through a signal to a *bound method of a QObject*, so it runs in that object's thread, and is
dropped when the object is gone. A lambda or a plain method would run in the worker.
"""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from pos_app.errors import CancelledError, KnownError

T = TypeVar("T")


class LaneName(enum.StrEnum):
    """Who owns what."""

    LEDGER = "ledger"  # the only read-write connection to the ledger
    READER = "reader"  # read-only connections, for look-ups and reports
    SYNC = "sync"  # the only writer of the replica
    NETWORK = "network"  # questions to head office that somebody waits for: may take seconds, owns nothing


class Executor(Protocol):
    """What a lane runs on: a one-thread pool, or the caller's own thread in tests."""

    def submit(self, fn: Callable[[], T], /) -> Future[T]:
        """Run something, in order of submission."""

    def shutdown(self, wait: bool = True) -> None:
        """Run what is queued, then stop."""


class InlineExecutor:
    """Runs everything at once in the caller's thread; for tests."""

    def submit(self, fn: Callable[[], T], /) -> Future[T]:
        """Run now."""
        future: Future[T] = Future()
        try:
            future.set_result(fn())
        except Exception as error:  # noqa: BLE001 -- a future carries whatever was raised
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True) -> None:
        """Nothing is running."""


class Lanes:
    """The till's threads.

    Attributes:
        names: Thread names are ``guitai-<lane>``, so that a crash report says who it was.
        is_shut: The till is closing: what is asked for now is not done any more.
    """

    def __init__(self, *, inline: bool = False) -> None:
        self._inline = inline
        self.is_shut = False
        self._executors: dict[str, Executor] = {}
        self._lock = threading.Lock()

    def executor(self, name: str) -> Executor:
        """The executor of a lane, started when first asked for; devices have lanes of their own names."""
        with self._lock:
            if name not in self._executors:
                self._executors[name] = (
                    InlineExecutor()
                    if self._inline
                    else ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"guitai-{name}")
                )
            return self._executors[name]

    def submit(self, name: str, work: Callable[[], T]) -> Future[T]:
        """Run something on a lane; the future is for other lanes, the window uses :class:`Operations`."""
        return self.executor(name).submit(work)

    def shutdown(self, last: Callable[[], object] | None = None) -> None:
        """Finish what is queued on every lane, devices first and the ledger last.

        Args:
            last: Done on the ledger's lane when all others have ended: it closes what they work with.
        """
        self.is_shut = True
        order = sorted(self._executors, key=lambda name: name in set(LaneName))
        for name in order:
            if name != LaneName.LEDGER:
                self._executors[name].shutdown(wait=True)
        if last is not None:
            self.submit(LaneName.LEDGER, last)
        if LaneName.LEDGER in self._executors:
            self._executors[LaneName.LEDGER].shutdown(wait=True)


class _Call(QObject):
    """One piece of work on its way: lives in the window's thread, is told in the worker's."""

    finished = Signal(object)
    failed = Signal(object)
    over = Signal(object)


class Operations(QObject):
    """Runs work on lanes for presenters and hands results and known errors back.

    Signals:
        bug_found: ``BaseException`` that nobody expected; the crash report listens.
        busy_changed: Number of operations under way.
    """

    bug_found = Signal(object)
    busy_changed = Signal(object)

    def __init__(self, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._calls: set[_Call] = set()

    def run(
        self,
        lane: str,
        work: Callable[[], T],
        done: Callable[[T], Any] | None = None,
        failed: Callable[[KnownError], Any] | None = None,
    ) -> None:
        """Run work on a lane.

        Args:
            lane: Which.
            work: Called in the lane's thread; must not touch widgets.
            done: Bound method of a QObject; gets the result in its own thread.
            failed: Bound method of a QObject; gets a :class:`KnownError`. What nobody expected arrives as
                ``bug.unexpected`` after :attr:`bug_found` was emitted.
        """
        if self._lanes.is_shut:
            return  # a timer or an answer that came after the end; nobody is there to see what it would bring
        call = _Call(self)
        if done is not None:
            call.finished.connect(_bound(done))
        if failed is not None:
            call.failed.connect(_bound(failed))
        call.over.connect(self._on_over, Qt.ConnectionType.AutoConnection)
        self._calls.add(call)
        self.busy_changed.emit(len(self._calls))
        future = self._lanes.submit(lane, work)
        future.add_done_callback(lambda finished: _deliver(call, finished))

    def wait(self, lane: str, work: Callable[[], T]) -> T:
        """Run work on a lane from another lane's thread and wait for it; never from the window's thread."""
        return self._lanes.submit(lane, work).result()

    def submit(self, lane: str, work: Callable[[], T]) -> Future[T]:
        """Run work on a lane; the future is for another lane to wait for."""
        return self._lanes.submit(lane, work)

    @property
    def pending(self) -> int:
        """How many operations are under way."""
        return len(self._calls)

    def _on_over(self, outcome: tuple[_Call, BaseException | None]) -> None:
        call, bug = outcome
        self._calls.discard(call)
        if bug is not None:
            self.bug_found.emit(bug)
        self.busy_changed.emit(len(self._calls))
        call.deleteLater()


def _bound(slot: Callable[..., Any]) -> Callable[..., Any]:
    if not isinstance(getattr(slot, "__self__", None), QObject):
        raise TypeError("results go to a bound method of a QObject")
    return slot


def _deliver(call: _Call, future: Future[Any]) -> None:
    bug: BaseException | None = None
    error = future.exception()
    if error is None:
        call.finished.emit(future.result())
    elif isinstance(error, KnownError):
        call.failed.emit(error)
    elif not isinstance(error, CancelledError):
        bug = error
        call.failed.emit(KnownError("bug.unexpected"))
    call.over.emit((call, bug))
