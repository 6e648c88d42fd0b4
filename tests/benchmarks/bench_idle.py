"""What a till at which nothing happens asks of head office: counted in a day of the engine's time, not measured."""

from __future__ import annotations

from benchmarks.figures import Figure
from pos_testkit.sync_engine import asked_while_idle

#: A till that is on all day, and the most it may ask: once every 30 s.
_HOURS = 24
_MOST = _HOURS * 3600 / 30
#: Head office holds a question so long open: not at all (a proxy that does not let it), in between, as it should.
_HELD_MS = (0, 20_000, 34_000, 50_000)


def run(large: bool) -> list[Figure]:
    """Count."""
    asked = {held_ms: asked_while_idle(_HOURS, held_ms) for held_ms in _HELD_MS}
    note = ", ".join(f"{count:,} where it holds questions for {held_ms / 1000:g} s" for held_ms, count in asked.items())
    return [
        Figure("requests of an idle till in a day, at most", max(asked.values()), "requests", limit=_MOST, note=note)
    ]
