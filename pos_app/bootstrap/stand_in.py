"""A second printer for receipts, which prints while the first one cannot."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from pos_app.application.ports import JobState
from pos_app.runtime.printing import PrinterHealth, PrintResult

if TYPE_CHECKING:
    from pos_app.application.print_content import PrintContent
    from pos_app.bootstrap.devices import PaperPrinter


class StandInPrinter:
    """Two printers as one: the first, and after it was not ready for a while the other, until the first is back.

    A paper of which a byte has left stays with the printer it left for: only a person can say whether it is there.

    Args:
        first: For receipts.
        other: Stands in.
        after_s: So long the first is waited for.
        now: Seconds that only go forward.
    """

    def __init__(
        self,
        first: PaperPrinter,
        other: PaperPrinter,
        after_s: float,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._first = first
        self._other = other
        self._after_s = after_s
        self._now = now
        self._gone_since: float | None = None
        self._reason = ""

    def print(self, job_id: str, content: PrintContent, on_bytes_leaving: Callable[[], None]) -> PrintResult:
        """Print one job where it can be printed now."""
        content = self._opening_once(job_id, content)
        if not self._stands_in:
            result = self._first.print(job_id, content, on_bytes_leaving)
            self._note(result.reason if result.state is JobState.QUEUED else "")
            if not self._stands_in:
                return result
        result = self._other.print(job_id, self._opening_once(job_id, content), on_bytes_leaving)
        if result.state is JobState.QUEUED:
            return PrintResult(JobState.QUEUED, self._reason)  # neither can: it waits for the one it is for
        return msgspec.structs.replace(result, instead_of=self._reason)

    def open_drawer(self, job_id: str) -> None:
        """At the first printer, where the drawer hangs, and at the other where that one printed last."""
        self._first.open_drawer(job_id)
        if not self._first.opened_drawer_for(job_id) and self._stands_in:
            self._other.open_drawer(job_id)

    def missing(self) -> str:
        """Why the first is not there, as a code, or empty."""
        reason = self._first.missing()
        if reason:
            self._note(reason)
        return reason

    def health(self) -> PrinterHealth:
        """How the first is, and whether the other stands in."""
        health = self._first.health()
        self._note(health.reason)
        stands_in = self._stands_in and not self._other.health().reason
        return msgspec.structs.replace(health, stand_in=stands_in)

    def close(self) -> None:
        """Let both ports go."""
        self._first.close()
        self._other.close()

    def _opening_once(self, job_id: str, content: PrintContent) -> PrintContent:
        opened = any(each.opened_drawer_for(job_id) for each in (self._first, self._other))
        return msgspec.structs.replace(content, opens_drawer=False) if opened else content

    @property
    def _stands_in(self) -> bool:
        return self._gone_since is not None and self._now() - self._gone_since >= self._after_s

    def _note(self, reason: str) -> None:
        self._reason = reason
        if not reason:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = self._now()
