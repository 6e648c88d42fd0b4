"""Printers behind the system's print queue: CUPS here, Windows in `winspool`.

A queue takes a whole job or nothing, and prints it when it can: what it took is *sent*, and whether it is on paper
nobody can say. It answers no questions, so a printer behind it is never asked any.
"""

from __future__ import annotations

import enum
import os
import re
import subprocess
import time
from typing import TYPE_CHECKING, Protocol

from hardware.ports import Deadline, DeviceError, OneWay, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

_POLL_S = 0.05
_TITLE = "receipt"
_REQUEST_ID = re.compile(r"request id is (\S+)")
_ALERTS = {"media-empty": Reason.PAPER_OUT, "cover-open": Reason.COVER_OPEN, "offline": Reason.OFFLINE}
_ALERT_LINE = re.compile(r"^\s*Alerts: (.*)$", re.MULTILINE)
_QUEUE_NAME = re.compile(r"[^\s/#-][^\s/#]{0,126}")


class Fate(enum.StrEnum):
    """What became of a job in a queue."""

    WAITING = "waiting"
    LEFT = "left"
    """It went to the printer."""
    LOST = "lost"
    """Somebody or something threw it away."""


class Spooler(Protocol):
    """A system's print queues. Every call returns by its deadline."""

    def queues(self, *, timeout_ms: int) -> list[str]:
        """Names of the queues there are; none where the system has no spooler.

        Raises:
            DeviceError: TIMEOUT, OFFLINE.
        """
        ...

    def check(self, queue: str, *, timeout_ms: int) -> None:
        """See that jobs are taken and passed on.

        Raises:
            DeviceError: NOT_FOUND, OFFLINE, PAPER_OUT, COVER_OPEN, TIMEOUT.
        """
        ...

    def submit(self, queue: str, data: bytes, *, title: str, timeout_ms: int) -> str:
        """Put a whole job into a queue, unchanged, and return its name there.

        Raises:
            DeviceError: With `may_be_more` where the queue may have taken it all the same.
        """
        ...

    def fate(self, queue: str, job: str, *, timeout_ms: int) -> Fate:
        """What became of a job; WAITING when it cannot be told.

        Raises:
            DeviceError: TIMEOUT, OFFLINE.
        """
        ...


class SpoolerTransport(OneWay):
    """A queue of the system as a wire; what is written at once is one job of it.

    Args:
        queue: Its name there.
        spooler: Whose queue; None takes this system's.
    """

    def __init__(self, queue: str, *, spooler: Spooler | None = None) -> None:
        self._queue = queue
        self._spooler = spooler or system_spooler()
        self._open = False
        self._jobs: list[str] = []

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return f"spooler://{self._queue}"

    @property
    def bytes_per_second(self) -> int:
        """A job goes in as a whole, however long it is."""
        return 10_000_000

    def open(self, *, timeout_ms: int) -> None:
        """See that the queue takes jobs; see `Transport.open`."""
        self._open = False
        self._jobs.clear()
        self._spooler.check(self._queue, timeout_ms=timeout_ms)
        self._open = True

    def write(self, data: bytes, *, timeout_ms: int) -> None:
        """Put one job into the queue; see `Transport.write`."""
        if not self._open:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
        self._jobs.append(self._spooler.submit(self._queue, data, title=_TITLE, timeout_ms=timeout_ms))

    def read(self, max_bytes: int, *, timeout_ms: int) -> bytes:
        """Queues say nothing; see `Transport.read`."""
        if not self._open:
            raise DeviceError(Reason.OFFLINE, f"{self.name}: not open")
        return b""

    def close(self, *, timeout_ms: int) -> None:
        """Look until the deadline what becomes of the jobs; one that waits longer is no error.

        Raises:
            DeviceError: OFFLINE when a job was thrown away.
        """
        jobs, self._jobs = list(self._jobs), []
        self._open = False
        deadline = Deadline(timeout_ms)
        while jobs and not deadline.expired:
            try:
                fate = self._spooler.fate(self._queue, jobs[0], timeout_ms=max(1, deadline.left_ms))
            except DeviceError:
                return  # it has the jobs; what becomes of them cannot be told now
            if fate is Fate.LOST:
                raise DeviceError(Reason.OFFLINE, f"{self.name}: job {jobs[0]} was thrown away")
            if fate is Fate.LEFT:
                jobs.pop(0)
            else:
                time.sleep(min(_POLL_S, deadline.left_s))


class CupsSpooler:
    """CUPS, through its own programs: they find the server as the system is set up, and need no library here.

    Args:
        environment: For `lp` and its like, over this process's; ``CUPS_SERVER`` chooses another server.
    """

    def __init__(self, environment: dict[str, str] | None = None) -> None:
        self._environment = environment or {}

    def queues(self, *, timeout_ms: int) -> list[str]:
        """See `Spooler.queues`."""
        try:
            # Who takes jobs, without asking the network for printers of others.
            _, said, _ = self._run(["lpstat", "-a"], timeout_ms=timeout_ms)
        except DeviceError as error:
            if error.reason is Reason.NOT_FOUND:
                return []
            raise
        names = [line.split(" ", 1)[0] for line in said.splitlines() if line and not line[0].isspace()]
        return [name for name in names if _QUEUE_NAME.fullmatch(name)]

    def check(self, queue: str, *, timeout_ms: int) -> None:
        """See `Spooler.check`; the printer's own state counts as far as CUPS knows it."""
        _require_name(queue)
        code, said, wrong = self._run(["lpstat", "-r", "-l", "-p", queue, "-a", queue], timeout_ms=timeout_ms)
        if "scheduler is running" not in said:
            raise DeviceError(Reason.OFFLINE, f"CUPS is not running: {wrong or said}")
        if code:
            raise DeviceError(Reason.NOT_FOUND, f"no queue {queue}: {wrong}")
        if f"printer {queue} disabled" in said or f"{queue} not accepting" in said:
            raise DeviceError(Reason.OFFLINE, f"queue {queue} is stopped: {said}")
        alerts = _ALERT_LINE.search(said)
        for alert in alerts[1].replace(",", " ").split() if alerts else ():
            for known, reason in _ALERTS.items():
                if alert.startswith(known) and not alert.endswith("-warning"):
                    raise DeviceError(reason, f"queue {queue}: {alert}")

    def submit(self, queue: str, data: bytes, *, title: str, timeout_ms: int) -> str:
        """See `Spooler.submit`."""
        _require_name(queue)
        command = ["lp", "-d", queue, "-o", "raw", "-t", title]
        try:
            code, said, wrong = self._run(command, given=data, timeout_ms=timeout_ms)
        except DeviceError as error:
            late = error.reason is Reason.TIMEOUT
            raise DeviceError(error.reason, error.detail, may_be_more=late) from error
        if code:
            raise DeviceError(Reason.OFFLINE, f"queue {queue} refused: {wrong or said}")
        found = _REQUEST_ID.search(said)
        return found[1] if found else ""

    def fate(self, queue: str, job: str, *, timeout_ms: int) -> Fate:
        """See `Spooler.fate`."""
        if not job:
            return Fate.WAITING
        deadline = Deadline(timeout_ms)
        _, waiting, _ = self._run(["lpstat", "-W", "not-completed", "-o", queue], timeout_ms=timeout_ms)
        if _listed(waiting, job):
            return Fate.WAITING
        _, done, _ = self._run(["lpstat", "-l", "-W", "completed", "-o", queue], timeout_ms=max(1, deadline.left_ms))
        about = _listed(done, job)
        if not about:
            return Fate.WAITING  # cleared from the history too, or none is kept: nobody can say
        return Fate.LOST if "job-canceled" in about or "aborted" in about else Fate.LEFT

    def _run(self, command: Sequence[str], *, given: bytes = b"", timeout_ms: int) -> tuple[int, str, str]:
        # Their words depend on the language; these are read.
        environment = {**os.environ, **self._environment, "LC_ALL": "C", "LANGUAGE": "C"}
        try:
            done = subprocess.run(
                command, input=given, capture_output=True, env=environment, timeout=timeout_ms / 1000, check=False
            )
        except FileNotFoundError as error:
            raise DeviceError(Reason.NOT_FOUND, f"{command[0]} is not installed") from error
        except OSError as error:
            raise DeviceError(Reason.OFFLINE, f"{command[0]}: {error}") from error
        except subprocess.TimeoutExpired as error:
            raise DeviceError(Reason.TIMEOUT, f"{command[0]} did not answer") from error
        return done.returncode, _text(done.stdout), _text(done.stderr)


def system_spooler() -> Spooler:
    """The spooler of the system this runs on."""
    if os.name == "nt":
        from hardware.transports.winspool import WindowsSpooler

        return WindowsSpooler()
    return CupsSpooler()


def _require_name(queue: str) -> None:
    """Refuse what would be taken for an option, or is no name."""
    if not _QUEUE_NAME.fullmatch(queue):
        raise DeviceError(Reason.NOT_FOUND, f"no name of a queue: {queue!r}")


def _listed(listing: str, job: str) -> str:
    """What a listing says of a job: its line and the indented ones below; empty where it is not in it."""
    lines = listing.splitlines()
    for at, line in enumerate(lines):
        if line.split(" ", 1)[0] == job:
            below = lines[at + 1 : at + 6]
            end = next((index for index, each in enumerate(below) if not each[:1].isspace()), len(below))
            return "\n".join([line, *below[:end]])
    return ""


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").strip()
