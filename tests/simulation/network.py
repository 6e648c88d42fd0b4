"""A network that loses, doubles, delays, reorders and truncates, in both directions; and stops doing so when healed."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from simulation.chances import Chances


@dataclass(order=True)
class Due:
    """Something that happens at a time."""

    at_ms: int
    order: int
    act: Callable[[], None] = field(compare=False)


class Agenda:
    """Virtual time: what is due happens in order, and then it is later."""

    def __init__(self) -> None:
        self.now_ms = 0
        self._due: list[Due] = []
        self._order = 0

    def at(self, at_ms: int, act: Callable[[], None]) -> None:
        """Do something at a time; at once, when that is past."""
        self._order += 1
        heapq.heappush(self._due, Due(max(at_ms, self.now_ms), self._order, act))

    def after(self, delay_ms: int, act: Callable[[], None]) -> None:
        """Do something later."""
        self.at(self.now_ms + delay_ms, act)

    def next_ms(self) -> int | None:
        """When something is due next."""
        return self._due[0].at_ms if self._due else None

    def run_one(self, until_ms: int) -> bool:
        """Do the next thing that is due by then; else it becomes that time."""
        if self._due and self._due[0].at_ms <= until_ms:
            due = heapq.heappop(self._due)
            self.now_ms = due.at_ms
            due.act()
            return True
        self.now_ms = max(self.now_ms, until_ms)
        return False


class Network:
    """Carries bytes between processes."""

    def __init__(self, agenda: Agenda, chances: Chances, counts: Counter[str]) -> None:
        self._agenda, self._chances, self._counts = agenda, chances, counts
        self.is_healed = False
        self._cut: set[str] = set()
        #: How bad it is: the share of messages that something happens to.
        self.badness = 0.0

    def cut(self, end: str) -> None:
        """From now on nothing of this end comes through."""
        self._cut.add(end)

    def join(self, end: str) -> None:
        """The line is back."""
        self._cut.discard(end)

    def is_cut(self, end: str) -> bool:
        """Whether its line is down."""
        return end in self._cut and not self.is_healed

    def heal(self) -> None:
        """Everything comes through from now on."""
        self.is_healed = True
        self._cut.clear()

    def carry(self, end: str, data: bytes, arrive: Callable[[bytes], None], what: str) -> None:
        """Bring bytes to the other side: once, more than once, damaged, or not at all.

        Args:
            end: Whose line it is.
            data: What.
            arrive: Takes it, there.
            what: ``request`` or ``answer``, for the counters.
        """
        if self.is_cut(end):
            self._counts[f"{what} lost"] += 1
            return
        if self.is_healed or not self._chances.happens(self.badness):
            self._agenda.after(self._chances.number(1, 40), lambda: arrive(data))
            return
        match self._chances.number(1, 10):
            case 1 | 2 | 3:
                self._counts[f"{what} lost"] += 1
            case 4 | 5:
                self._counts[f"{what} doubled"] += 1
                for _ in range(2):
                    self._agenda.after(self._chances.number(1, 5_000), lambda: arrive(data))
            case 6 | 7 | 8:
                self._counts[f"{what} delayed"] += 1  # and so overtaken by others
                self._agenda.after(self._chances.number(1_000, 90_000), lambda: arrive(data))
            case _:
                self._counts[f"{what} truncated"] += 1
                short = data[: self._chances.number(0, max(0, len(data) - 1))]
                self._agenda.after(self._chances.number(1, 40), lambda: arrive(short))
