"""One turn of the engine: the state as it becomes, the effects so far, and what both ways have in common."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from sync.client.backoff import Rng, retry_after, spread
from sync.client.events import Effect, Finished, Note, NoteClock
from sync.client.state import Down, Kept, State, Up
from sync.protocol.errors import Problem, Refusal

#: The till cannot go on by itself: this life of it is over, or another machine is the same till.
FINAL: Final = frozenset({Refusal.FORK, Refusal.FENCED, Refusal.REVOKED})
#: The ledger misses records that head office has of this life: it was put back to an earlier day.
WENT_BACK: Final = "sync.went_back"
NO_ANSWER: Final = "sync.offline"
#: After the other way found the line again, this one tries within so long.
_HASTEN_MS: Final = 1_000


class Turn:
    """What one event makes of the state.

    Attributes:
        state: As it is by now.
        now: This moment.
        rng: Whole random numbers.
        effects: What is to be done, in order.
    """

    def __init__(self, state: State, now_ms: int, rng: Rng) -> None:
        self.state = state
        self.now: Final = now_ms
        self.rng: Final = rng
        self.effects: list[Effect] = []

    def set(self, **changes: Any) -> None:
        """Change the state."""
        self.state = msgspec.structs.replace(self.state, **changes)

    def set_up(self, **changes: Any) -> None:
        """Change the way up."""
        self.set(up=msgspec.structs.replace(self.state.up, **changes))

    def set_down(self, **changes: Any) -> None:
        """Change the way down."""
        self.set(down=msgspec.structs.replace(self.state.down, **changes))

    def emit(self, effect: Effect) -> None:
        """Want something done."""
        self.effects.append(effect)

    def number(self) -> int:
        """The number of the next request."""
        self.set(last_number=self.state.last_number + 1)
        return self.state.last_number

    def is_open(self) -> bool:
        """Whether requests may be made at all."""
        return self.state.is_running and not self.state.stopped

    def keep(self, kept: Kept) -> None:
        """Keep what head office said, where it is news."""
        if kept != self.state.kept:
            self.set(kept=kept)
            self.emit(Note(kept))

    def stop(self, code: str) -> None:
        """Sync ends here until a person does something; selling goes on."""
        self.set(stopped=code)
        self.finish(code)

    def finish(self, reason: str = "") -> None:
        """Whoever waits for all of it waits no longer."""
        if self.state.wanted is not None:
            self.set(wanted=None)
            self.emit(Finished(reason))

    def reached(self, server_ms: int) -> None:
        """Head office answered something. Where both ways had lost the line, it is back for the other one, too."""
        self.set(was_reached=True, as_of_ms=server_ms or self.state.as_of_ms)
        if self.state.up.trouble == self.state.down.trouble == NO_ANSWER:
            soon = self.now + spread(_HASTEN_MS, self.rng)
            self.set_up(due_ms=min(self.state.up.due_ms, soon))
            self.set_down(due_ms=min(self.state.down.due_ms, soon))

    def fail_up(self, reason: str, *, rarely: bool = False) -> None:
        """The way up tries again later."""
        up = self.state.up
        due = self.now + (self._rarely() if rarely else self._delay(up, reason))
        self.set_up(number=0, failures=up.failures + 1, waits=True, trouble=reason, due_ms=due)
        self.finish(reason)

    def fail_down(self, reason: str, *, rarely: bool = False, is_here: bool = False) -> None:
        """The way down tries again later; ``is_here`` where this till could not take over what came."""
        down = self.state.down
        due = self.now + (self._rarely() if rarely else self._delay(down, reason))
        # Whether something is left is not known any more: the next question is not held open, so that its answer says
        # soon that the line is back.
        self.set_down(number=0, takes=False, failures=down.failures + 1, due_ms=due, is_current=False)
        self.set_down(trouble=reason, is_trouble_here=is_here)
        self.finish(reason)

    def heed(self, problem: Problem) -> Refusal:
        """What a refusal says apart from its code; returns the code."""
        self.reached(problem.server_ms)
        if problem.retry_after_ms > 0:
            # Not all at the very moment that it named.
            wait = problem.retry_after_ms + spread(min(problem.retry_after_ms, self.state.window_ms), self.rng)
            self.set(not_before_ms=max(self.state.not_before_ms, self.now + wait))
        try:
            return Refusal(problem.code)
        except ValueError:
            return Refusal.BROKEN

    def set_clock(self, way: Up | Down, problem: Problem) -> bool:
        """Sign by head office's clock; False where that was just done and did not help."""
        if way.was_clock or problem.server_ms <= 0:
            return False
        self.emit(NoteClock(problem.server_ms))
        return True

    def _delay(self, way: Up | Down, reason: str) -> int:
        if way.failures == 0 and reason == NO_ANSWER and self.state.was_reached:
            return spread(self.state.window_ms, self.rng)
        rules = self.state.rules
        return retry_after(way.failures + 1, self.rng, first_ms=rules.first_retry_ms, last_ms=rules.last_retry_ms)

    def _rarely(self) -> int:
        half = self.state.rules.rarely_ms // 2
        return half + self.rng(max(1, half))
