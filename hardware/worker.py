"""The one thread that drives a device: opens its wire, does what it is given, looks after it in between.

A wire that breaks is closed and opened again with growing pauses, without noise: each change of state is told once.
What a device does with bytes is its `Driver`; everything about threads, queues and reconnecting is here.
"""

from __future__ import annotations

import collections
import contextlib
import enum
import logging
import threading
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import msgspec

from hardware.ports import DeviceError, DeviceState, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.ports import Transport

ItemT = TypeVar("ItemT")
ItemT_contra = TypeVar("ItemT_contra", contravariant=True)
_log = logging.getLogger(__name__)


class Keeps(enum.Enum):
    """What the queue of a worker keeps."""

    LATEST = "latest"
    """Only the newest, which is done again when a lost device is back: pictures, whose old ones nobody wants."""
    EACH = "each"
    """Each, up to a bound, and none of them twice or late: acts, such as opening a drawer."""


class WorkerConfig(msgspec.Struct, frozen=True, kw_only=True):
    """How a worker behaves; all times in milliseconds.

    Attributes:
        keeps: What its queue keeps.
        bound: How many items wait at most where each is kept.
        poll_ms: How often the device is looked after while there is nothing to do, until `DeviceWorker.pace` is told
            otherwise.
        open_ms: Deadline for opening the wire.
        retry_first_ms: First pause before a lost device is looked for again.
        retry_most_ms: Longest pause; with `open_ms` it bounds how late a device that is back is noticed.
    """

    keeps: Keeps = Keeps.LATEST
    bound: int = 8
    poll_ms: int = 250
    open_ms: int = 750
    retry_first_ms: int = 250
    retry_most_ms: int = 1000


class Driver(Protocol[ItemT_contra]):
    """What a device does with its wire; all of it in the worker's thread.

    Each method may raise `DeviceError`, which means that the device is lost, and returns within about a second.
    """

    def opened(self, wire: Transport) -> None:
        """The wire was opened just now: greet the device."""

    def do(self, wire: Transport, item: ItemT_contra) -> None:
        """Do one thing."""

    def look_after(self, wire: Transport) -> bool:
        """Nothing is to be done: notice what the device says, and whether it is there.

        Returns:
            Whether it is known to work. Until then a device that was lost, or not yet found, stays so.
        """

    def lost(self) -> None:
        """The wire is closed: forget what was half done."""

    def undone(self, item: ItemT_contra, error: DeviceError) -> None:
        """`item` was not done, or it is not known whether it was. Only where each item is kept."""


class DeviceWorker(Generic[ItemT]):
    """A device's thread. `start` and `stop` belong to its owner; `put` may be called from any thread.

    Args:
        transport: The wire; belongs to this object from now on.
        driver: What to do with it.
        on_state: Called once for each change, in the worker's thread; closed at the end.
        config: Timing and queue.
    """

    def __init__(
        self,
        transport: Transport,
        driver: Driver[ItemT],
        *,
        on_state: Callable[[DeviceState, Reason | None], None] | None = None,
        config: WorkerConfig | None = None,
    ) -> None:
        self._transport = transport
        self._driver = driver
        self._on_state = on_state
        self._config = config or WorkerConfig()
        self._poll_ms = self._config.poll_ms
        self._wake = threading.Condition()
        self._items: collections.deque[ItemT] = collections.deque()
        self._shown: list[ItemT] = []
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._state = DeviceState.CLOSED
        self._reason: Reason | None = None

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return self._transport.name

    @property
    def state(self) -> DeviceState:
        """Closed (not found yet, or stopped), idle, busy, or error (looking for the device)."""
        return self._state

    @property
    def reason(self) -> Reason | None:
        """Why the state is error."""
        return self._reason

    def start(self) -> None:
        """Begin to work.

        Raises:
            RuntimeError: It works already, or has been stopped.
        """
        if self._thread is not None:
            raise RuntimeError(f"{self.name} is driven already")
        self._thread = threading.Thread(target=self._run, name=f"device-{self.name}", daemon=True)
        self._thread.start()

    def stop(self, timeout_ms: int = 3000) -> bool:
        """End the work; what waits is not done any more.

        Returns:
            Whether the thread has ended within the deadline.
        """
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread is None:
            return True
        self._thread.join(timeout_ms / 1000)
        return not self._thread.is_alive()

    def put(self, item: ItemT) -> bool:
        """Have something done, and return at once.

        Returns:
            False where each item is kept and it cannot be done now: too many wait, or the device is lost. An act that
            came late would surprise somebody.
        """
        with self._wake:
            if self._stopping:
                return False
            if self._config.keeps is Keeps.LATEST:
                self._items.clear()
            elif self._state is DeviceState.ERROR or len(self._items) >= self._config.bound:
                return False
            self._items.append(item)
            self._wake.notify_all()
        return True

    def pace(self, poll_ms: int) -> None:
        """Look after the device so often from now on, and at once where that is more often than before."""
        with self._wake:
            sooner = poll_ms < self._poll_ms
            self._poll_ms = poll_ms
            if sooner:
                self._wake.notify_all()

    # The thread

    def _run(self) -> None:
        pause_ms = self._config.retry_first_ms
        try:
            while not self._stopping:
                try:
                    self._transport.open(timeout_ms=self._config.open_ms)
                    self._driver.opened(self._transport)
                    self._again()
                    while self._work():
                        if self._state is DeviceState.IDLE:
                            pause_ms = self._config.retry_first_ms
                except DeviceError as error:
                    self._lose(error)
                except Exception:  # noqa: BLE001 - a mistake in a driver must not end the device for the day
                    _log.exception("the driver of %s failed", self.name)
                    self._lose(DeviceError(Reason.PROTOCOL, "the driver failed"))
                self._pause(pause_ms)
                pause_ms = min(2 * pause_ms, self._config.retry_most_ms)
        finally:
            self._disconnect()
            self._become(DeviceState.CLOSED, None)

    def _again(self) -> None:
        """Put what a display showed before it was lost into its place, unless something newer waits."""
        with self._wake:
            if self._shown and not self._items:
                self._items.extend(self._shown)

    def _work(self) -> bool:
        """Do the next thing, or look after the device; False at the end."""
        item = self._next()
        if self._stopping:
            return False
        if not item:
            if self._driver.look_after(self._transport):
                self._become(DeviceState.IDLE, None)
            return True
        works = self._state is not DeviceState.ERROR
        if works:
            self._become(DeviceState.BUSY, None)
        try:
            self._driver.do(self._transport, item[0])
        except DeviceError as error:
            if self._config.keeps is Keeps.EACH:
                self._driver.undone(item[0], error)
            raise
        if works:
            self._become(DeviceState.IDLE, None)
        return True

    def _next(self) -> list[ItemT]:
        """The next item in a list, or an empty one when nothing came for a while."""
        with self._wake:
            if not self._items and not self._stopping:
                self._wake.wait(self._poll_ms / 1000)
            if not self._items or self._stopping:
                return []
            item = [self._items.popleft()]
            if self._config.keeps is Keeps.LATEST:
                self._shown = item
            return item

    def _lose(self, error: DeviceError) -> None:
        self._disconnect()
        # A second reason while it is away (gone, then busy) is no news.
        if self._state is not DeviceState.ERROR:
            self._become(DeviceState.ERROR, error.reason)
        if self._config.keeps is Keeps.EACH:
            with self._wake:
                waiting = list(self._items)
                self._items.clear()
            for item in waiting:
                self._driver.undone(item, error)

    def _disconnect(self) -> None:
        self._driver.lost()
        with contextlib.suppress(DeviceError):
            self._transport.close(timeout_ms=0)

    def _pause(self, pause_ms: int) -> None:
        with self._wake:
            self._wake.wait_for(lambda: self._stopping, pause_ms / 1000)

    def _become(self, state: DeviceState, reason: Reason | None) -> None:
        if (state, reason) == (self._state, self._reason):
            return
        self._state, self._reason = state, reason
        if self._on_state is not None:
            self._on_state(state, reason)
