"""A scale as a device: its last believed weight, always fresh or none."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

import msgspec

from hardware.ports import Deadline, DeviceError, DeviceState, Reason
from hardware.scales.protocols import ScaleProtocol
from hardware.scales.reading import FrameReader, Reading, Steadying
from hardware.worker import DeviceWorker, Keeps, WorkerConfig

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.ports import Transport

_PIECE: Final = 1024
_MOST_LATE: Final = 4096
_STILL_AFTER_S: Final = 2.0


class ScaleTimings(msgspec.Struct, frozen=True, kw_only=True):
    """Times in milliseconds.

    Attributes:
        poll_ms: How often it is read while somebody weighs: what it says changes.
        still_ms: How often while the same lies there for a while, or nothing, and while nobody is there to weigh.
        rest_ms: How often one that wants to be asked is asked while nobody is there to weigh: often enough to notice
            that it is gone.
        answer_ms: Deadline for one answer.
        silence_ms: Silence after which it is taken for gone.
        fresh_ms: A weight is not older than this.
    """

    poll_ms: int = 100
    still_ms: int = 200
    rest_ms: int = 1000
    answer_ms: int = 300
    silence_ms: int = 1500
    fresh_ms: int = 700


class Scale:
    """Reads a scale in a thread of its own.

    Args:
        transport: The wire.
        protocol: How it speaks.
        on_reading: Called with each reading that differs from the one before, and with None when there is none any
            more; in the worker's thread.
        on_state: Called once for each change of state.
        timings: Times.
        config: Reconnecting; its `poll_ms` is that of the timings.
    """

    def __init__(
        self,
        transport: Transport,
        protocol: ScaleProtocol,
        *,
        on_reading: Callable[[Reading | None], None] | None = None,
        on_state: Callable[[DeviceState, Reason | None], None] | None = None,
        timings: ScaleTimings | None = None,
        config: WorkerConfig | None = None,
    ) -> None:
        protocol.check()
        self._protocol = protocol
        self._timings = timings or ScaleTimings()
        self._on_reading = on_reading
        self._frames = FrameReader(protocol)
        self._steady = Steadying(protocol.repeat)
        self._lock = threading.Lock()
        self._reading: Reading | None = None
        self._read_at = 0.0
        self._heard_at = 0.0
        self._noise = False
        self._asked_at = 0.0
        self._changed_at = 0.0
        self._watched = threading.Event()
        config = config or WorkerConfig(keeps=Keeps.LATEST)
        config = msgspec.structs.replace(config, poll_ms=self._timings.poll_ms)
        self._worker: DeviceWorker[None] = DeviceWorker(transport, self, on_state=on_state, config=config)

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return self._worker.name

    @property
    def state(self) -> DeviceState:
        """How it stands; idle when readings come."""
        return self._worker.state

    @property
    def reason(self) -> Reason | None:
        """Why the state is error."""
        return self._worker.reason

    @property
    def reading(self) -> Reading | None:
        """What it says now; None when it has not said anything for a moment."""
        with self._lock:
            fresh = time.monotonic() - self._read_at <= self._timings.fresh_ms / 1000
            return self._reading if fresh else None

    def watch(self, *, on: bool) -> None:
        """Somebody weighs, or does no more: a scale that has to be asked is asked often only then."""
        if on:
            self._watched.set()
            self._worker.pace(self._timings.poll_ms)
        else:
            self._watched.clear()

    def start(self) -> None:
        """Begin to read."""
        self._worker.start()

    def stop(self, timeout_ms: int = 3000) -> bool:
        """End; returns whether the thread has ended."""
        return self._worker.stop(timeout_ms)

    # As the worker's driver

    def opened(self, wire: Transport) -> None:
        """Begin anew, with nothing heard yet."""
        self._heard_at = time.monotonic()
        self._asked_at = 0.0

    def do(self, wire: Transport, item: None) -> None:
        """There is nothing to be done at a scale."""

    def look_after(self, wire: Transport) -> bool:
        """Ask it, where it wants to be asked, and read what it says; returns whether it says anything."""
        if not self._protocol.ask:
            self._take(wire.read(_PIECE, timeout_ms=1))
        elif time.monotonic() - self._asked_at >= (0 if self._watched.is_set() else self._timings.rest_ms / 1000):
            self._asked_at = time.monotonic()
            self._ask(wire)
        self._notice_silence()
        self._worker.pace(self._timings.poll_ms if self._is_lively else self._timings.still_ms)
        return self._reading is not None

    def lost(self) -> None:
        """Nothing is known any more."""
        self._frames.forget()
        self._steady.forget()
        self._noise = False
        self._tell(None)

    def undone(self, item: None, error: DeviceError) -> None:
        """There is nothing to be done at a scale."""

    @property
    def _is_lively(self) -> bool:
        """Whether somebody weighs just now; so it is until its first word."""
        if self._reading is None:
            return True
        return self._watched.is_set() and time.monotonic() - self._changed_at < _STILL_AFTER_S

    def _ask(self, wire: Transport) -> None:
        """Ask once, step by step; an answer that does not come is silence."""
        # A late answer to an earlier question is not about what lies on it now.
        wire.read(_MOST_LATE, timeout_ms=1)
        self._frames.forget()
        for step in self._protocol.ask[:-1]:
            wire.write(step, timeout_ms=self._timings.answer_ms)
            answer = wire.read(_PIECE, timeout_ms=self._timings.answer_ms)
            if self._protocol.agreed not in answer:
                self._noise = self._noise or bool(answer)
                return
        wire.write(self._protocol.ask[-1], timeout_ms=self._timings.answer_ms)
        deadline = Deadline(self._timings.answer_ms)
        while not deadline.expired:
            if self._take(wire.read(_PIECE, timeout_ms=max(1, deadline.left_ms))):
                return

    def _take(self, data: bytes) -> bool:
        """Take in what came; returns whether a frame was complete."""
        self._noise = self._noise or bool(data)
        complete = False
        for reading in self._frames.feed(data):
            complete = True
            self._heard_at = time.monotonic()
            self._tell(self._steady.feed(reading))
        return complete

    def _notice_silence(self) -> None:
        """A scale that says nothing, or nothing that is a weight, is lost.

        Raises:
            DeviceError: TIMEOUT for silence, PROTOCOL for bytes that are no frames.
        """
        if time.monotonic() - self._heard_at < self._timings.silence_ms / 1000:
            return
        if self._noise:
            raise DeviceError(Reason.PROTOCOL, f"{self.name}: what it sends is no {self._protocol.name}")
        raise DeviceError(Reason.TIMEOUT, f"{self.name}: it says nothing")

    def _tell(self, reading: Reading | None) -> None:
        with self._lock:
            before, self._reading, self._read_at = self._reading, reading, time.monotonic()
        if reading is not None:
            self._noise = False
        if reading != before:
            self._changed_at = time.monotonic()
        if reading != before and self._on_reading is not None:
            self._on_reading(reading)
