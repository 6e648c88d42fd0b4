"""The receipt printer as a device: one job is one byte string over one connection, with an honest outcome."""

from __future__ import annotations

import contextlib
import enum
import logging
import threading
import time
from typing import TYPE_CHECKING

import msgspec

from hardware.ports import Deadline, DeviceError, DeviceState, Findable, OneWay, PeerClosedError, Reason, Settles
from hardware.printers import status as protocol
from hardware.printers.escpos_encoder import drawer_pulse, realtime_drawer_pulse
from hardware.printers.profile import StatusSupport
from hardware.printers.status import PrinterStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hardware.ports import Transport
    from hardware.printers.document import DrawerPulse
    from hardware.printers.profile import PrinterProfile

_log = logging.getLogger(__name__)
#: So long after a job its confirmation may still come: the longest report is printed by then.
_OWED_S = 60.0


class PrintState(enum.StrEnum):
    """How a job ended."""

    CONFIRMED = "confirmed"
    """The printer said that everything is printed."""
    SENT_UNCONFIRMED = "sent_unconfirmed"
    """Everything left and nothing objected, but the printer does not say that it printed."""
    FAILED_BEFORE_ANY_BYTE = "failed_before_any_byte"
    """Nothing was printed; trying again is safe."""
    FAILED_AFTER_BYTES_LEFT = "failed_after_bytes_left"
    """Something may have been printed: ask a person, and mark the next copy as a reprint."""


class PrintOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a job.

    Attributes:
        job_id: As given.
        state: What is known.
        reason: Why it failed, or why it is unconfirmed; None when confirmed or when the printer never confirms.
        bytes_sent: How many bytes of the job are known to have left.
        duration_ms: How long it took.
        detail: Technical text for the log.
    """

    job_id: str
    state: PrintState
    reason: Reason | None = None
    bytes_sent: int = 0
    duration_ms: int = 0
    detail: str = ""


class PrinterTimings(msgspec.Struct, frozen=True, kw_only=True):
    """Deadlines.

    Attributes:
        open_ms: For the connection.
        status_ms: For the answer to each question; short, since it stands between payment and receipt.
        stall_ms: How long the printer may stop taking data, beyond what its speed explains.
        confirm_ms: For the confirmation, beyond what the amount of data explains.
        close_ms: How long to listen for objections after an unconfirmed job.
    """

    open_ms: int = 3000
    status_ms: int = 250
    stall_ms: int = 8000
    confirm_ms: int = 6000
    close_ms: int = 300


class ReceiptPrinter:
    """A printer on a transport. Synchronous and bounded by deadlines; belongs to one thread at a time.

    Printers that answer no questions are recognised by the first one they ignore and are not asked again until
    `status` is called, so that they print without delay.

    Attributes:
        profile: What the printer can do.
    """

    def __init__(
        self,
        transport: Transport,
        profile: PrinterProfile,
        *,
        timings: PrinterTimings | None = None,
        on_state: Callable[[DeviceState, Reason | None], None] | None = None,
    ) -> None:
        """Make the device; nothing is opened yet.

        Args:
            transport: The wire; belongs to this object from now on.
            profile: What the printer can do.
            timings: Deadlines.
            on_state: Told each change of state, in the calling thread.
        """
        self.profile = profile
        self._transport = transport
        self._timings = timings or PrinterTimings()
        self._on_state = on_state
        self._state = DeviceState.CLOSED
        self._reason: Reason | None = None
        self._in_use = threading.Lock()
        self._asks_status = profile.realtime_status is not StatusSupport.NO
        self._asks_completion = profile.completion is not StatusSupport.NO
        # Once a printer has answered, its silence is a fault and no longer a habit.
        self._answers = False
        self._confirms = False
        # Confirmations that were asked for and did not come, and until when they may come.
        self._owed = 0
        self._owed_until = 0.0
        # What speaks nonsense is believed nothing, in this job.
        self._garbled = False

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return self._transport.name

    @property
    def state(self) -> DeviceState:
        """Closed before the first use, then idle, busy or error."""
        return self._state

    @property
    def reason(self) -> Reason | None:
        """Why the state is error."""
        return self._reason

    def print(self, job_id: str, data: bytes, *, on_bytes_leaving: Callable[[], None]) -> PrintOutcome:
        """Print one job.

        Args:
            job_id: For the outcome and the log.
            data: The encoded receipt.
            on_bytes_leaving: Called once when the printer is ready and before the first byte leaves; the place to
                write down that the job may be on paper. What it raises stops the job with nothing sent.

        Returns:
            The outcome; device failures are outcomes, never exceptions.
        """
        with self._used():
            started = time.monotonic()
            try:
                outcome = self._job(job_id, data, on_bytes_leaving)
            except BaseException:
                self._become(DeviceState.IDLE, None)
                raise
            outcome = msgspec.structs.replace(outcome, duration_ms=int((time.monotonic() - started) * 1000))
            failed = outcome.state in {PrintState.FAILED_BEFORE_ANY_BYTE, PrintState.FAILED_AFTER_BYTES_LEFT}
            self._become(DeviceState.ERROR if failed else DeviceState.IDLE, outcome.reason if failed else None)
            return outcome

    def open_drawer(self, pulse: DrawerPulse | None = None, *, at_once: bool = False) -> PrintOutcome:
        """Send only a drawer pulse; never confirmed, since printers do not know whether a drawer opened.

        Args:
            pulse: Another pin and other times than the profile's.
            at_once: By the command that printers carry out even while paper is out; the profile's pin and time.
        """
        with self._used():
            started = time.monotonic()
            data = realtime_drawer_pulse(self.profile) if at_once else drawer_pulse(self.profile, pulse)
            try:
                self._transport.open(timeout_ms=self._timings.open_ms)
            except DeviceError as error:
                self._become(DeviceState.ERROR, error.reason)
                return self._outcome("drawer", PrintState.FAILED_BEFORE_ANY_BYTE, error)
            try:
                self._transport.write(data, timeout_ms=self._timings.stall_ms)
                self._transport.close(timeout_ms=self._timings.close_ms)
            except DeviceError as error:
                self._discard()
                self._become(DeviceState.ERROR, error.reason)
                left = bool(error.bytes_written) or error.may_be_more
                state = PrintState.FAILED_AFTER_BYTES_LEFT if left else PrintState.FAILED_BEFORE_ANY_BYTE
                return self._outcome("drawer", state, error, error.bytes_written)
            self._become(DeviceState.IDLE, None)
            return PrintOutcome(
                job_id="drawer",
                state=PrintState.SENT_UNCONFIRMED,
                bytes_sent=len(data),
                duration_ms=int((time.monotonic() - started) * 1000),
            )

    def status(self) -> PrinterStatus:
        """Return what the printer says about itself now: a health check that prints nothing."""
        with self._used():
            self._asks_status = self.profile.realtime_status is not StatusSupport.NO
            self._asks_completion = self.profile.completion is not StatusSupport.NO
            try:
                self._transport.open(timeout_ms=self._timings.open_ms)
            except DeviceError as error:
                self._become(DeviceState.ERROR, error.reason)
                return PrinterStatus(reachable=False, online=False, reason=error.reason, detail=error.detail)
            try:
                found = self._ask(self._timings.status_ms * 4)
            except DeviceError as error:
                found = PrinterStatus(online=False, reason=error.reason, detail=error.detail)
            finally:
                self._discard()
            self._become(DeviceState.ERROR if found.reason else DeviceState.IDLE, found.reason)
            return found

    def missing(self) -> Reason | None:
        """Why the printer is not there, seen without asking it anything; None while it is, or where that is unseen."""
        return self._transport.missing() if isinstance(self._transport, Findable) else None

    def close(self) -> None:
        """Give the wire back."""
        with self._used():
            self._discard()
            self._become(DeviceState.CLOSED, None)

    # One job

    def _job(self, job_id: str, data: bytes, on_bytes_leaving: Callable[[], None]) -> PrintOutcome:
        self._become(DeviceState.BUSY, None)
        try:
            self._transport.open(timeout_ms=self._timings.open_ms)
        except DeviceError as error:
            return self._outcome(job_id, PrintState.FAILED_BEFORE_ANY_BYTE, error)
        try:
            return self._opened_job(job_id, data, on_bytes_leaving)
        finally:
            self._discard()

    def _opened_job(self, job_id: str, data: bytes, on_bytes_leaving: Callable[[], None]) -> PrintOutcome:
        try:
            before = self._ask(self._timings.status_ms)
        except DeviceError as error:
            return self._outcome(job_id, PrintState.FAILED_BEFORE_ANY_BYTE, error)
        if before.reason is not None:
            not_ready = DeviceError(before.reason, before.detail)
            return self._outcome(job_id, PrintState.FAILED_BEFORE_ANY_BYTE, not_ready)
        on_bytes_leaving()
        wire_ms = len(data) * 1000 // self._transport.bytes_per_second
        job = data + protocol.COMPLETION_REQUEST if self._wants_confirmation else data
        try:
            self._send(job)
        except DeviceError as error:
            sent = min(error.bytes_written, len(data))
            if not sent and not error.may_be_more and error.reason is not Reason.TIMEOUT:
                return self._outcome(job_id, PrintState.FAILED_BEFORE_ANY_BYTE, error)
            return self._outcome(job_id, PrintState.FAILED_AFTER_BYTES_LEFT, self._explained(error), sent)
        return self._finish(job_id, data, wire_ms, answered_before=before.answered)

    def _send(self, job: bytes) -> None:
        """Send the job in pieces of about a second, each with its own deadline, so that a stall is noticed soon.

        Raises:
            DeviceError: With the bytes of the whole job that have left.
        """
        size = max(1024, self._transport.bytes_per_second)
        piece_ms = self._timings.stall_ms + 2000 * size // self._transport.bytes_per_second
        for at in range(0, len(job), size):
            try:
                self._transport.write(job[at : at + size], timeout_ms=piece_ms)
            except DeviceError as error:
                written = at + error.bytes_written
                raise DeviceError(
                    error.reason, error.detail, bytes_written=written, may_be_more=error.may_be_more
                ) from error

    def _finish(self, job_id: str, data: bytes, wire_ms: int, *, answered_before: bool) -> PrintOutcome:
        expected = self._confirms or answered_before or self.profile.completion is StatusSupport.YES
        reason = Reason.TIMEOUT if expected and self._wants_confirmation else None
        try:
            if self._wants_confirmation and self._completed(self._timings.confirm_ms + wire_ms):
                return PrintOutcome(job_id=job_id, state=PrintState.CONFIRMED, bytes_sent=len(data))
            if answered_before:
                after = self._ask(self._timings.status_ms)
                if after.reason is not None:
                    stopped = DeviceError(after.reason, after.detail)
                    return self._outcome(job_id, PrintState.FAILED_AFTER_BYTES_LEFT, stopped, len(data))
            if isinstance(self._transport, Settles):
                self._transport.settle(timeout_ms=self._timings.stall_ms + 2 * wire_ms)
            self._learn_no_completion()
            self._transport.close(timeout_ms=self._timings.close_ms)
        except PeerClosedError as error:
            if answered_before:
                # It spoke, and went without a word: that is no printer that has finished.
                return self._outcome(job_id, PrintState.FAILED_AFTER_BYTES_LEFT, error, len(data))
            reason = Reason.OFFLINE
        except DeviceError as error:
            return self._outcome(job_id, PrintState.FAILED_AFTER_BYTES_LEFT, error, len(data))
        return PrintOutcome(
            job_id=job_id,
            state=PrintState.SENT_UNCONFIRMED,
            reason=Reason.PROTOCOL if self._garbled else reason,
            bytes_sent=len(data),
            detail="no confirmation",
        )

    def _completed(self, timeout_ms: int) -> bool:
        """Return whether the answer to ``GS r 1`` comes in time; late answers to other questions are passed over.

        An answer that nobody waited for long enough may come during a later job, and look as if it were that one's.
        """
        if time.monotonic() > self._owed_until:
            self._owed = 0
        wanted, found = self._owed + 1, 0
        deadline = Deadline(timeout_ms)
        while not deadline.expired and not self._garbled:
            for byte in self._transport.read(64, timeout_ms=deadline.left_ms):
                self._garbled = self._garbled or protocol.is_garbage(byte)
                if protocol.is_completion_answer(byte) and not self._garbled:
                    self._confirms = True
                    found += 1
                    if found == wanted:
                        self._owed = 0
                        return True
        self._owed = wanted - found
        self._owed_until = time.monotonic() + _OWED_S
        return False

    def _learn_no_completion(self) -> None:
        """Stop waiting for confirmations from a printer that works and never gives any."""
        if self._wants_confirmation and not self._confirms and self.profile.completion is StatusSupport.AUTO:
            self._asks_completion = False
            _log.info("%s does not confirm jobs", self.name)

    # Questions

    @property
    def _hears(self) -> bool:
        """Whether the wire, once open, brings answers."""
        return not (isinstance(self._transport, OneWay) and self._transport.one_way)

    @property
    def _wants_confirmation(self) -> bool:
        return self._asks_completion and self._hears

    def _ask(self, timeout_ms: int) -> PrinterStatus:
        """Return the answers to ``DLE EOT``; each question waits for the one before, as small printers need."""
        if not self._asks_status or not self._hears:
            return PrinterStatus()
        answers: list[int] = []
        self._garbled = False
        for question in (protocol.PRINTER, protocol.OFFLINE_CAUSE, protocol.PAPER_SENSOR):
            self._transport.write(protocol.DLE_EOT + bytes((question,)), timeout_ms=timeout_ms)
            byte = self._realtime_answer(timeout_ms)
            if byte is None:
                break
            answers.append(byte)
        if self._garbled:
            # One that used to speak sense is not ready; of any other this may be all it can say.
            reason = Reason.PROTOCOL if self._answers else None
            return PrinterStatus(online=reason is None, reason=reason, detail="nonsense for an answer")
        if not answers:
            if self._answers or self.profile.realtime_status is StatusSupport.YES:
                return PrinterStatus(online=False, reason=Reason.TIMEOUT, detail="no answer to DLE EOT")
            self._asks_status = False
            _log.info("%s does not answer status questions", self.name)
            return PrinterStatus(detail="no answer to DLE EOT")
        self._answers = True
        cause, sensor = ([*answers[1:], None, None])[:2]
        return protocol.status_of(answers[0], cause, sensor)

    def _realtime_answer(self, timeout_ms: int) -> int | None:
        deadline = Deadline(timeout_ms)
        while True:
            data = self._transport.read(1, timeout_ms=deadline.left_ms)
            if not data:
                return None
            if protocol.is_garbage(data[0]):
                self._garbled = True
                return None
            if protocol.is_realtime_answer(data[0]):
                return data[0]

    def _explained(self, error: DeviceError) -> DeviceError:
        """Return a stall with the printer's own reason, when it still answers."""
        if error.reason is not Reason.TIMEOUT or not self._asks_status:
            return error
        with contextlib.suppress(DeviceError):
            found = self._ask(self._timings.status_ms)
            if found.reason is not None:
                return DeviceError(found.reason, f"{error.detail}; {found.detail}", bytes_written=error.bytes_written)
        return error

    # Housekeeping

    def _outcome(self, job_id: str, state: PrintState, error: DeviceError, bytes_sent: int = 0) -> PrintOutcome:
        return PrintOutcome(job_id=job_id, state=state, reason=error.reason, bytes_sent=bytes_sent, detail=error.detail)

    def _discard(self) -> None:
        with contextlib.suppress(DeviceError):
            self._transport.close(timeout_ms=0)

    def _become(self, state: DeviceState, reason: Reason | None) -> None:
        if (state, reason) == (self._state, self._reason):
            return
        self._state, self._reason = state, reason
        if self._on_state is not None:
            self._on_state(state, reason)

    @contextlib.contextmanager
    def _used(self) -> Iterator[None]:
        """Guard that one thread at a time uses the device; two are a bug in the caller."""
        if not self._in_use.acquire(blocking=False):
            raise RuntimeError(f"{self.name} is used by two threads at once")
        try:
            yield
        finally:
            self._in_use.release()
