"""Scanners with a port of their own: a loop that turns bytes into codes and survives unplugging.

What the bytes mean is the decoder's affair: lines of a serial port (`LineSplitter`), events of a keyboard
(`input_events.KeyDecoder`), reports of a HID device (`hid_pos.HidPosDecoder`).
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from typing import TYPE_CHECKING, Protocol

import msgspec

from hardware.ports import DeviceError, DeviceState, Reason
from hardware.scanners.text import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.ports import Transport

_log = logging.getLogger(__name__)
_ENDS = b"\r\n"
_HOLDING_MS = 50


class ScannerConfig(msgspec.Struct, frozen=True, kw_only=True):
    """How the loop behaves.

    Attributes:
        idle_ends_ms: Silence that ends a code without CR or LF, so that half a scan is not glued to the next one.
        max_length: Longer codes are cut off here; longer than `ScanConfig.max_length`, so that they are refused.
        poll_ms: How long one read waits where nothing comes, and so how long `stop` may take. A scan is read at once.
        retry_first_ms: First pause before looking for an unplugged scanner again.
        retry_most_ms: Longest pause.
        open_ms: Deadline for opening.
        echo_ms: The same code again within so short a time is a trigger that bounced, and counts once; 0 for never.
            Nobody scans two pieces on purpose so fast. Each scanner is counted for itself.
    """

    idle_ends_ms: int = 300
    max_length: int = 1024
    poll_ms: int = 250
    retry_first_ms: int = 250
    retry_most_ms: int = 1000
    open_ms: int = 1000
    echo_ms: int = 150


class CodeDecoder(Protocol):
    """Pieces of bytes in, whole codes out; pure."""

    @property
    def holding(self) -> bool:
        """Whether part of a code has arrived."""
        ...

    def feed(self, data: bytes) -> list[str]:
        """Return the codes that `data` completes."""
        ...

    def end(self) -> list[str]:
        """Return what is held, if it may pass for a code: silence has ended it."""
        ...

    def forget(self) -> None:
        """Drop what is held."""
        ...


class LineSplitter:
    """Pure: pieces of bytes in, whole codes out."""

    def __init__(self, max_length: int) -> None:
        self._max_length = max_length
        self._held = bytearray()

    @property
    def holding(self) -> bool:
        """Whether part of a code has arrived."""
        return bool(self._held)

    def feed(self, data: bytes) -> list[str]:
        """Return the codes that `data` completes."""
        codes = []
        for byte in data:
            if byte in _ENDS:
                codes += self.end()
            elif len(self._held) < self._max_length:
                self._held.append(byte)
        return codes

    def end(self) -> list[str]:
        """Return what is held as a code, if anything."""
        held = bytes(self._held).replace(b"\0", b"")
        self._held.clear()
        return [text_of(held)] if held else []

    def forget(self) -> None:
        """Drop what is held."""
        self._held.clear()


class ScannerLoop:
    """Reads codes from a transport until stopped. `run` belongs to one thread, `stop` may come from any.

    Args:
        transport: The wire.
        on_scan: Called with each code, in the loop's thread.
        on_state: Called once for each change: idle when connected, error with its reason when lost, closed at the end.
        decoder: What the bytes mean; lines of text where none is given.
        config: Timing.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        on_scan: Callable[[str], None],
        on_state: Callable[[DeviceState, Reason | None], None] | None = None,
        decoder: CodeDecoder | None = None,
        config: ScannerConfig | None = None,
    ) -> None:
        self._transport = transport
        self._on_scan = on_scan
        self._on_state = on_state
        self._config = config or ScannerConfig()
        self._decoder = decoder or LineSplitter(self._config.max_length)
        self._last_code, self._last_code_s = "", 0.0
        self._stop = threading.Event()
        self._running = threading.Lock()
        self._state = DeviceState.CLOSED
        self._reason: Reason | None = None

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return self._transport.name

    @property
    def state(self) -> DeviceState:
        """Closed, idle (listening) or error (looking for the scanner)."""
        return self._state

    @property
    def reason(self) -> Reason | None:
        """Why the state is error."""
        return self._reason

    def run(self) -> None:
        """Read codes until `stop`; a lost scanner is looked for with growing pauses, without noise.

        Raises:
            RuntimeError: When it runs already.
        """
        if not self._running.acquire(blocking=False):
            raise RuntimeError(f"{self.name} is read by two threads at once")
        try:
            retry_ms = self._config.retry_first_ms
            while not self._stop.is_set():
                try:
                    self._transport.open(timeout_ms=self._config.open_ms)
                    self._become(DeviceState.IDLE, None)
                    retry_ms = self._config.retry_first_ms
                    self._listen()
                except DeviceError as error:
                    self._lost(error)
                    self._stop.wait(retry_ms / 1000)
                    retry_ms = min(2 * retry_ms, self._config.retry_most_ms)
        finally:
            self._disconnect()
            self._become(DeviceState.CLOSED, None)
            self._running.release()

    def stop(self) -> None:
        """End the loop within `poll_ms`; may be called from any thread, also before `run`."""
        self._stop.set()

    def _listen(self) -> None:
        last_s = time.monotonic()
        while not self._stop.is_set():
            # The end of a code that has no suffix is silence, which must not be noticed late.
            wait_ms = min(self._config.poll_ms, _HOLDING_MS) if self._decoder.holding else self._config.poll_ms
            data = self._transport.read(256, timeout_ms=wait_ms)
            now_s = time.monotonic()
            if data:
                last_s = now_s
                self._emit(self._decoder.feed(data))
            elif self._decoder.holding and (now_s - last_s) * 1000 >= self._config.idle_ends_ms:
                self._emit(self._decoder.end())

    def _emit(self, codes: list[str]) -> None:
        for code in codes:
            now_s = time.monotonic()
            is_echo = code == self._last_code and (now_s - self._last_code_s) * 1000 < self._config.echo_ms
            self._last_code, self._last_code_s = code, now_s
            if is_echo:
                continue
            try:
                self._on_scan(code)
            except Exception:  # noqa: BLE001 - a mistake in the listener must not silence the scanner for the day
                _log.exception("the listener of %s failed", self.name)

    def _lost(self, error: DeviceError) -> None:
        self._disconnect()
        if self._state is not DeviceState.ERROR:
            _log.info("scanner lost: %s", error)
        # A second reason while it is away (gone, then busy) is no news.
        if self._state is not DeviceState.ERROR or self._reason is None:
            self._become(DeviceState.ERROR, error.reason)

    def _disconnect(self) -> None:
        self._decoder.forget()
        with contextlib.suppress(DeviceError):
            self._transport.close(timeout_ms=0)

    def _become(self, state: DeviceState, reason: Reason | None) -> None:
        if (state, reason) == (self._state, self._reason):
            return
        self._state, self._reason = state, reason
        if self._on_state is not None:
            self._on_state(state, reason)
