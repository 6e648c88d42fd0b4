"""A head office for tests of screens: says what it is told to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from pos_app.application.enrolling import Joined
from pos_app.application.head_office import DayComparison, Line, SpendAsset, SyncStatus
from pos_app.domain.ledger.run_figures import RunFigures
from pos_app.errors import KnownError


@dataclass
class FakeHeadOffice:
    """The line to a head office (fulfils ``HeadOffice`` and ``Enrolling``).

    Attributes:
        said: How the line stands.
        failure: Raised by every question while it is set.
        answer: Makes what head office says of a day; by default what it was asked about.
        asked: Runs it was asked about.
        codes: Codes it was joined with.
    """

    said: SyncStatus = field(default_factory=lambda: SyncStatus(Line.CURRENT))
    failure: KnownError | None = None
    answer: Callable[[DayComparison], DayComparison] | None = None
    asked: list[tuple[int, int]] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    joined: Joined = field(default_factory=lambda: Joined("惠民生活超市", 3))

    def status(self) -> SyncStatus:
        return self.said

    def become(self, line: Line, **changes: Any) -> SyncStatus:
        """Let the line stand otherwise."""
        self.said = msgspec.structs.replace(self.said, line=line, **changes)
        return self.said

    def day(self, first_seq: int, last_seq: int) -> DayComparison:
        if self.failure is not None:
            raise self.failure
        self.asked.append((first_seq, last_seq))
        plain = DayComparison(first_seq, last_seq, RunFigures(), b"")
        return plain if self.answer is None else self.answer(plain)

    def may_spend_offline(self, asset: SpendAsset) -> bool:
        return False

    def enrol(self, address: str, code: str) -> Joined:
        if self.failure is not None:
            raise self.failure
        self.codes.append((address, code))
        return self.joined
